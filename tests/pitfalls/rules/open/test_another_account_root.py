"""A whole account that is not known to be the reader's own.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import HOME, fixed, found, grant, loud, only, places, policy, several, statement
from trust_widgets.aws.accounts import accounts_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.policy import Home

NAME = "another_account_root"
OTHER = "444455556666"
ARN = "arn:aws:iam::444455556666"


@pytest.mark.parametrize("principal", [OTHER, f"{ARN}:root"])
def test_a_bare_account(principal: str) -> None:
    """Digits and root mean the same: every principal that the account's administrators choose."""
    finding = only(NAME, policy({"AWS": principal}), HOME)
    assert (finding.verdict, finding.severity) == (Verdict.OPEN, Severity.HIGH)
    assert finding.path == ("Statement", 0, "Principal", "AWS", 0)
    assert finding.callers == (f"{ARN}:role/Admin",)
    assert finding.fix is None


@pytest.mark.parametrize(
    "condition",
    [
        {"StringNotEquals": {"sts:ExternalId": "b2f6c3de"}},
        {"StringEqualsIfExists": {"sts:ExternalId": "b2f6c3de"}},
        {"ForAllValues:StringEquals": {"sts:ExternalId": "b2f6c3de"}},
        {"StringLike": {"sts:ExternalId": ["b2f6c3de", "*"]}},
        {"StringLike": {"sts:ExternalId": "?*"}},
        {"Null": {"sts:ExternalId": "false"}},
        {"Bool": {"aws:MultiFactorAuthPresent": "false"}},
        {"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}},
        {"StringEquals": {"aws:PrincipalAccount": OTHER}},
        {"ArnLike": {"aws:PrincipalArn": f"{ARN}:role/*"}},
        {"ArnLike": {"aws:PrincipalArn": f"{ARN}:*"}},
        {"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "0.0.0.0/0"]}},
        {"Bool": {"aws:SecureTransport": "true"}},
    ],
)
def test_conditions_that_choose_nobody(condition: Any) -> None:
    """Conditions that are true without their key, or for every caller of the account, narrow
    nothing.
    """
    assert only(NAME, policy({"AWS": OTHER}, condition=condition), HOME).severity is Severity.HIGH


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"STS:externalid": "b2f6c3de-9a41-4b55"}},
        {"Bool": {"aws:multifactorauthpresent": "True"}},
        {"ArnLike": {"aws:PrincipalARN": f"{ARN}:role/app-*"}},
        {"ArnLike": {"aws:PrincipalArn": f"{ARN}:role/team/*"}},
        {"StringEquals": {"aws:PrincipalTag/team": "octo"}},
        {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}},
        {
            "StringEqualsIfExists": {"sts:ExternalId": "b2f6c3de"},
            "Null": {"sts:ExternalId": "false"},
        },
    ],
)
def test_conditions_that_choose(condition: Any) -> None:
    """An external ID, MFA, roles by name or path, a tag, an address: whatever the case of the
    key.
    """
    assert found(NAME, policy({"AWS": OTHER}, condition=condition), HOME) == []


def test_each_account_of_a_list_has_its_place() -> None:
    """Among roles and the reader's own account, only the strangers' accounts are told, in each
    statement.
    """
    text = several(
        grant({"AWS": ["111122223333", f"{ARN}:role/a", OTHER]}), grant({"AWS": "999988887777"})
    )
    assert sorted(places(NAME, text, HOME)) == [
        ("Statement", 0, "Principal", "AWS", 2),
        ("Statement", 1, "Principal", "AWS", 0),
    ]


def test_each_account_of_a_list_is_called_by_its_own_number() -> None:
    """What is true of one is said of the other with its own callers; and neither is taken for a
    vendor.
    """
    one, other = found(NAME, policy({"AWS": [OTHER, "999988887777"]}), HOME)
    assert (one.callers, other.callers) == (
        (f"{ARN}:role/Admin",),
        ("arn:aws:iam::999988887777:role/Admin",),
    )
    assert (
        f"account {OTHER} allows" in one.message and "account 999988887777 allows" in other.message
    )
    assert "999988887777" not in one.message and OTHER not in other.message


def test_an_open_statement_beside_a_guarded_one() -> None:
    """Statements are alternatives: the guarded one does not narrow the open one."""
    guarded = grant({"AWS": OTHER}, condition={"StringEquals": {"sts:ExternalId": "b2f6c3de"}})
    assert places(NAME, several(guarded, grant({"AWS": OTHER}))) == [
        ("Statement", 1, "Principal", "AWS", 0)
    ]


def test_a_vendor_is_named_and_its_partition_kept() -> None:
    """A known vendor's account is called by its name, and the caller is of the account's own
    partition.
    """
    datadog = accounts_of("Datadog")[0]
    finding = only(NAME, policy({"AWS": f"arn:aws-us-gov:iam::{datadog}:root"}))
    assert "Datadog" in finding.message and "sts:ExternalId" in finding.message
    assert finding.callers == (f"arn:aws-us-gov:iam::{datadog}:role/Admin",)


def test_a_deny_lets_nobody_in() -> None:
    """A Deny for a whole account opens nothing."""
    assert found(NAME, policy({"AWS": OTHER}, Effect="Deny")) == []


def test_a_vendor_of_the_readers_own_is_asked_for_the_external_id() -> None:
    """Also one whose account nobody else knows."""
    text = policy({"AWS": "arn:aws:iam::999988887777:root"})
    (finding,) = found(
        "another_account_root", text, Home(("111122223333",), vendors=("999988887777",))
    )
    assert "of your vendor" in finding.message and "sts:ExternalId" in finding.message


LOOSE = "StringEqualsIfExists"


@pytest.mark.parametrize(
    ("condition", "path", "fixed_to"),
    [
        (
            {LOOSE: {"sts:ExternalId": "b2f6c3de"}},
            (LOOSE, "sts:ExternalId"),
            {"StringEquals": {"sts:ExternalId": "b2f6c3de"}},
        ),
        (
            {"StringLike": {"sts:ExternalId": ["b2f6c3de", "*"]}},
            ("StringLike", "sts:ExternalId", 1),
            {"StringLike": {"sts:ExternalId": ["b2f6c3de"]}},
        ),
        (
            {"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}},
            ("BoolIfExists", "aws:MultiFactorAuthPresent"),
            {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
        ),
        (
            {"Bool": {"aws:MultiFactorAuthPresent": "false"}},
            ("Bool", "aws:MultiFactorAuthPresent"),
            {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
        ),
        (
            {"StringNotEquals": {"sts:ExternalId": "b2f6c3de"}},
            ("StringNotEquals", "sts:ExternalId"),
            None,
        ),
        ({"Null": {"sts:ExternalId": "true"}}, ("Null", "sts:ExternalId", 0), None),
    ],
)
def test_the_place_and_the_fix_are_of_what_is_at_fault(
    condition: Any, path: tuple[str | int, ...], fixed_to: Any
) -> None:
    """The one condition or value without which the account would be narrowed, mended with its
    values kept.
    """
    text = policy({"AWS": OTHER}, condition=condition)
    finding = only(NAME, text, HOME)
    assert finding.path == ("Statement", 0, "Condition", *path)
    if fixed_to is None:
        assert finding.fix is None
    else:
        assert statement(fixed(finding, text))["Condition"] == fixed_to


ANYONE = {"AWS": "*"}
IN_ACCOUNT = {"StringEquals": {"aws:PrincipalAccount": OTHER}}
ORGANISATION = {"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}


@pytest.mark.parametrize(
    ("condition", "path"),
    [
        (IN_ACCOUNT, ("StringEquals", "aws:PrincipalAccount", 0)),
        (
            {"StringLike": {"aws:PrincipalAccount": OTHER}},
            ("StringLike", "aws:PrincipalAccount", 0),
        ),
        (
            {"StringEquals": {"AWS:principalaccount": ["111122223333", OTHER]}},
            ("StringEquals", "AWS:principalaccount", 1),
        ),
        ({"ArnLike": {"aws:PrincipalArn": f"{ARN}:role/*"}}, ("ArnLike", "aws:PrincipalArn", 0)),
        ({"StringLike": {"aws:PrincipalArn": f"{ARN}:*"}}, ("StringLike", "aws:PrincipalArn", 0)),
        (
            IN_ACCOUNT | {"ArnLike": {"aws:PrincipalArn": f"{ARN}:role/*"}},
            ("ArnLike", "aws:PrincipalArn", 0),
        ),
        (IN_ACCOUNT | ORGANISATION, ("StringEqualsIfExists", "aws:PrincipalOrgID")),
    ],
)
def test_everyone_of_whom_one_account_is_left(condition: Any, path: tuple[str | int, ...]) -> None:
    """It is that account's root in other words: told once, at what names the account or leaves it
    open.
    """
    finding = only(NAME, policy(ANYONE, condition=condition), HOME)
    assert (finding.verdict, finding.severity) == (Verdict.OPEN, Severity.HIGH)
    assert finding.path == ("Statement", 0, "Condition", *path)
    assert finding.callers == (f"{ARN}:role/Admin",)
    assert finding.message.startswith(f"Every user and role that account {OTHER} allows can")


@pytest.mark.parametrize(
    "condition",
    [
        IN_ACCOUNT | {"StringLike": {"sts:ExternalId": "b2f6c3de-9a41-4b55"}},
        IN_ACCOUNT | {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
        IN_ACCOUNT | {"StringLike": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
        {"ArnLike": {"aws:PrincipalArn": f"{ARN}:role/team/*"}},
        {"ArnEquals": {"aws:PrincipalArn": f"{ARN}:role/deploy"}},
        {"StringEquals": {"aws:PrincipalAccount": "111122223333"}},
        {"StringEquals": {"aws:PrincipalAccount": "${aws:ResourceAccount}"}},
        IN_ACCOUNT | {"StringNotEquals": {"aws:PrincipalAccount": OTHER}},
    ],
)
def test_what_closes_an_account_closes_it_here_too(condition: Any) -> None:
    """An external ID, MFA, an organization, chosen roles; the reader's own account; and nobody at
    all.
    """
    assert found(NAME, policy(ANYONE, condition=condition), HOME) == []


def test_where_strangers_get_in_that_is_told_alone() -> None:
    """One weak value beside the account's makes it everyone's."""
    condition = {"StringLike": {"aws:PrincipalAccount": [OTHER, "*"]}}
    assert [finding.name for finding in loud(policy(ANYONE, condition=condition), HOME)] == [
        "anyone"
    ]


def test_an_account_that_stands_beside_everyone_is_told_there() -> None:
    """And not at the condition as well."""
    text = policy({"AWS": ["*", OTHER]}, condition=IN_ACCOUNT)
    assert only(NAME, text, HOME).path == ("Statement", 0, "Principal", "AWS", 1)


def test_the_fix_of_what_leaves_it_open() -> None:
    """The organization asked for with the plain operator, and everyone stays as written."""
    text = policy(ANYONE, condition=IN_ACCOUNT | ORGANISATION)
    after = statement(fixed(only(NAME, text, HOME), text))
    both = {"aws:PrincipalAccount": OTHER, "aws:PrincipalOrgID": "o-a1b2c3d4e5"}
    assert (after["Principal"], after["Condition"]) == (ANYONE, {"StringEquals": both})


def test_accounts_told_apart_by_a_condition_are_judged_each() -> None:
    """A role of one account narrows that account and shuts out the other: only what is open is
    told.
    """
    wide = {
        "ArnLike": {"aws:PrincipalArn": [f"{ARN}:role/*", "arn:aws:iam::999988887777:role/deploy"]}
    }
    text = policy({"AWS": [OTHER, "999988887777"]}, condition=wide)
    assert [finding.callers for finding in found(NAME, text, HOME)] == [(f"{ARN}:role/Admin",)]


def test_a_deny_narrows_as_a_condition_does() -> None:
    """Statements are judged with the Deny statements beside them."""
    deny = grant(
        {"AWS": "*"},
        Effect="Deny",
        condition={"StringNotEquals": {"aws:PrincipalTag/team": "octo"}},
    )
    assert found(NAME, several(grant({"AWS": OTHER}), deny), HOME) == []
