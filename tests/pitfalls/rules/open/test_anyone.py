"""`{"AWS": "*"}` without a condition that keeps strangers out.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import HOME, fixed, found, grant, loud, only, places, policy, several, statement
from trust_widgets.findings import Severity, Verdict

NAME = "anyone"
ORG = "o-a1b2c3d4e5"
ARN = "arn:aws:iam::111122223333"


def test_everyone_is_critical() -> None:
    """Any account's principal gets in; knowing nothing of the reader, there is no fix."""
    finding = only(NAME, policy({"AWS": "*"}))
    assert (finding.verdict, finding.severity) == (Verdict.OPEN, Severity.CRITICAL)
    assert finding.path == ("Statement", 0, "Principal", "AWS", 0)
    assert finding.callers == ("arn:aws:iam::999988887777:role/stranger",)
    assert finding.fix is None


def test_the_fix_asks_for_the_readers_organisation_as_well() -> None:
    """A condition on the known organization is added, and what was asked before stays."""
    text = policy({"AWS": "*"}, condition={"StringEquals": {"sts:ExternalId": "b2f6c3de"}})
    assert statement(fixed(only(NAME, text, HOME), text)) == {
        "Effect": "Allow",
        "Principal": {"AWS": "*"},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"sts:ExternalId": "b2f6c3de", "aws:PrincipalOrgID": ORG}},
    }


def test_no_fix_where_the_organisation_is_asked_for_already() -> None:
    """It is shut out there, and nobody is in it and not in it."""
    text = policy({"AWS": "*"}, condition={"StringNotEquals": {"AWS:principalorgid": ORG}})
    assert only(NAME, text, HOME).fix is None


WEAK = [
    {"StringEquals": {"sts:ExternalId": "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"}},
    {"StringNotEquals": {"aws:PrincipalOrgID": ORG}},
    {"StringEqualsIfExists": {"aws:PrincipalOrgID": ORG}},
    {"ForAllValues:StringEquals": {"aws:PrincipalOrgID": ORG}},
    {"Null": {"aws:PrincipalOrgID": "false"}},
    {"StringLike": {"aws:PrincipalOrgID": [ORG, "o-*"]}},
    {"ArnNotEquals": {"aws:PrincipalArn": f"{ARN}:role/a"}},
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/deploy"}},
    {"ArnLike": {"aws:PrincipalArn": [f"{ARN}:role/a", "arn:aws:iam::*:role/deploy"]}},
    {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}},
    {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
    {"StringEquals": {"aws:PrincipalTag/team": "octo"}},
    {"StringEquals": {"aws:PrincipalAccount": "${aws:PrincipalAccount}"}},
]


@pytest.mark.parametrize("condition", WEAK)
def test_what_a_stranger_can_bring_keeps_nobody_out(condition: Any) -> None:
    """External IDs, tags, MFA, addresses, wildcard accounts, and whatever is true without its
    key.
    """
    assert only(NAME, policy({"AWS": "*"}, condition=condition), HOME).severity is Severity.CRITICAL


STRONG = [
    {"StringEquals": {"AWS:principalorgid": ORG}},
    {"StringEquals": {"aws:PrincipalAccount": ["111122223333", "444455556666"]}},
    {"ArnLike": {"aws:PrincipalArn": f"{ARN}:role/*"}},
    {"StringLike": {"aws:PrincipalArn": f"{ARN}:role/app-*"}},
    {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": f"{ORG}/r-ab12/*"}},
    {
        "ForAllValues:StringEquals": {"aws:PrincipalOrgID": ORG},
        "Null": {"aws:PrincipalOrgID": "false"},
    },
    {"StringEqualsIfExists": {"aws:PrincipalOrgID": ORG}, "Null": {"AWS:PrincipalOrgID": False}},
    {"StringEquals": {"aws:PrincipalOrgID": ORG}, "StringLike": {"sts:ExternalId": "*"}},
]


@pytest.mark.parametrize("condition", STRONG)
def test_an_organisation_an_account_or_its_roles_do(condition: Any) -> None:
    """One strong condition is enough; `Null` false makes up for what is true without its key."""
    assert found(NAME, policy({"AWS": "*"}, condition=condition)) == []


def test_null_true_makes_up_for_nothing() -> None:
    """Asking that the key be absent, or another one present, leaves the loophole of `IfExists`
    open.
    """
    for null in ({"aws:PrincipalOrgID": "true"}, {"sts:ExternalId": "false"}):
        condition = {"StringEqualsIfExists": {"aws:PrincipalOrgID": ORG}, "Null": null}
        assert only(NAME, policy({"AWS": "*"}, condition=condition)).severity is Severity.CRITICAL


def test_the_open_statement_governs() -> None:
    """Beside a role in its list, and beside a guarded statement, the asterisk is told where it
    stands.
    """
    guarded = grant({"AWS": "*"}, condition={"StringEquals": {"aws:PrincipalOrgID": ORG}})
    text = several(guarded, grant({"AWS": [f"{ARN}:role/a", "*"]}))
    assert places(NAME, text) == [("Statement", 1, "Principal", "AWS", 1)]


def test_a_deny_opens_nothing_and_only_a_whole_one_fences() -> None:
    """A Deny of everyone outside shuts the Allow; one for outsiders' tags does not."""
    fence = {"StringNotEquals": {"aws:PrincipalOrgID": ORG}}
    assert (
        loud(several(grant({"AWS": "*"}), grant({"AWS": "*"}, condition=fence, Effect="Deny")))
        == []
    )
    tagged = fence | {"StringEquals": {"aws:PrincipalTag/team": "octo"}}
    text = several(grant({"AWS": "*"}, condition=tagged, Effect="Deny"), grant({"AWS": "*"}))
    assert places(NAME, text) == [("Statement", 1, "Principal", "AWS", 0)]


@pytest.mark.parametrize(
    ("condition", "path", "fixed_to"),
    [
        (
            {"StringEqualsIfExists": {"aws:PrincipalOrgID": ORG}},
            ("StringEqualsIfExists", "aws:PrincipalOrgID"),
            {"StringEquals": {"aws:PrincipalOrgID": ORG}},
        ),
        (
            {"StringLike": {"aws:PrincipalOrgID": [ORG, "o-*"]}},
            ("StringLike", "aws:PrincipalOrgID", 1),
            {"StringLike": {"aws:PrincipalOrgID": [ORG]}},
        ),
        (
            {"ForAllValues:StringLike": {"aws:PrincipalOrgPaths": f"{ORG}/*"}},
            ("ForAllValues:StringLike", "aws:PrincipalOrgPaths"),
            {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": f"{ORG}/*"}},
        ),
    ],
)
def test_the_place_and_the_fix_are_of_what_is_at_fault(
    condition: Any, path: tuple[str | int, ...], fixed_to: Any
) -> None:
    """The one condition or value without which strangers would be kept out; its row of the truth
    table is told.
    """
    text = policy({"AWS": "*"}, condition=condition)
    finding = only(NAME, text)
    assert finding.path == ("Statement", 0, "Condition", *path)
    assert statement(fixed(finding, text))["Condition"] == fixed_to


def test_a_stranger_who_has_to_be_named_so_is_shown() -> None:
    """The caller fits the pattern that lets strangers in."""
    finding = only(
        NAME,
        policy(
            {"AWS": "*"}, condition={"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/deploy"}}
        ),
    )
    assert finding.callers == ("arn:aws:iam::999988887777:role/deploy",)


def test_an_operator_that_needs_its_key_is_not_said_to_be_true_without_it() -> None:
    """ForAnyValue is false of a request without values, also with a negated operator; the role is
    open to the rest.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
    """
    text = policy(
        {"AWS": "*"},
        condition={"ForAnyValue:StringNotLike": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*"}},
    )
    (finding,) = found(NAME, text)
    assert "without aws:PrincipalOrgPaths" not in finding.message
    assert "is true for a request with any other value of aws:PrincipalOrgPaths" in finding.message
