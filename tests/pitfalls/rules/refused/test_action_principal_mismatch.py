"""An assume action that the statement's principals do not use.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
"""

from __future__ import annotations

import json

import pytest

from support.asking import WEB, found, grant, only, places, policy, several
from trust_widgets.findings import Severity, Verdict

NAME = "action_principal_mismatch"
SAML = "sts:AssumeRoleWithSAML"
EC2 = {"Service": "ec2.amazonaws.com"}
ROLE = {"AWS": "arn:aws:iam::444455556666:role/deploy"}
CORP = {"Federated": "arn:aws:iam::111122223333:saml-provider/corp"}
OIDC = {"Federated": "arn:aws:iam::111122223333:oidc-provider/idp.octo.example"}
SUB = {"StringEquals": {"idp.octo.example:sub": "deployer"}}
AUD = {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}


@pytest.mark.parametrize(
    ("principal", "wrong", "right", "condition"),
    [
        (EC2, WEB, "sts:AssumeRole", None),
        (ROLE, SAML, "sts:AssumeRole", None),
        (OIDC, "sts:AssumeRole", WEB, SUB),
        (OIDC, SAML, WEB, SUB),
        (CORP, "sts:AssumeRole", SAML, AUD),
        (CORP, WEB, SAML, AUD),
    ],
)
def test_the_one_action_is_another_kinds(
    principal: object, wrong: str, right: str, condition: object
) -> None:
    """Services and AWS principals use AssumeRole, SAML and OIDC providers each their own; the fix
    writes that.
    """
    text = policy(principal, wrong, condition)
    finding = only(NAME, text)
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert finding.path == ("Statement", 0, "Action", 0)
    assert finding.fix is not None
    assert finding.fix.apply(text) == policy(principal, right, condition)


def test_a_principal_under_the_wrong_kind_is_all_that_is_told() -> None:
    """Which action fits depends on who was meant: a role, or a provider after all."""
    role = "arn:aws:iam::444455556666:role/deploy"
    only("principal_under_wrong_kind", policy({"Federated": role}, SAML, AUD))
    both = policy({"Federated": role, "AWS": "444455556666"}, SAML, AUD)
    assert places(NAME, both) == [("Statement", 0, "Action", 0)]


def test_one_too_many_is_removed() -> None:
    """Beside the right action, the wrong one is taken out and what goes with the right one
    stays.
    """
    text = policy(EC2, ["sts:AssumeRole", WEB, "sts:TagSession"])
    finding = only(NAME, text)
    assert finding.path == ("Statement", 0, "Action", 1)
    assert finding.fix is not None
    assert json.loads(finding.fix.apply(text)) == json.loads(
        policy(EC2, ["sts:AssumeRole", "sts:TagSession"])
    )


def test_mixed_kinds_are_split() -> None:
    """Principals of two actions become two statements, each with the conditions it can meet, and
    only one Sid.
    """
    text = policy(ROLE | CORP, ["sts:AssumeRole", SAML, "sts:TagSession"], AUD, Sid="Both")
    finding = only(NAME, text)
    assert finding.path == ("Statement", 0, "Principal")
    assert finding.fix is not None
    assert json.loads(finding.fix.apply(text))["Statement"] == [
        grant(ROLE, ["sts:AssumeRole", "sts:TagSession"], Sid="Both"),
        grant(CORP, [SAML, "sts:TagSession"], AUD),
    ]


@pytest.mark.parametrize("action", ["sts:AssumeRole", WEB])
def test_mixed_kinds_with_one_action_are_split_too(action: str) -> None:
    """Whichever action was written, each kind gets its own, and the token's subject stays with the
    token.
    """
    finding = only(NAME, text := policy(EC2 | OIDC, action, SUB))
    assert finding.path == ("Statement", 0, "Principal")
    assert finding.fix is not None
    assert json.loads(finding.fix.apply(text))["Statement"] == [grant(EC2), grant(OIDC, WEB, SUB)]


@pytest.mark.parametrize(
    ("principal", "condition"),
    [
        ({"AWS": "444455556666"} | OIDC, SUB),
        (EC2 | OIDC, {"StringEquals": {"idp.octo.example:aud": "sts.amazonaws.com"}}),
        (EC2 | OIDC, None),
        ({"Service": "scheduler.amazonaws.com"} | OIDC, SUB),
    ],
)
def test_no_split_lets_in_more_than_was_named(principal: dict[str, str], condition: object) -> None:
    """A whole account, an issuer's every token and a service that should name its source need their
    author.
    """
    (finding,) = found(NAME, policy(principal, ["sts:AssumeRole", WEB], condition))
    assert finding.fix is None


def test_a_deny_for_mixed_kinds_is_left_to_its_author() -> None:
    """Split by action it would stop fewer calls than it says."""
    (finding,) = found(NAME, policy(ROLE | CORP, ["sts:AssumeRole", SAML], AUD, Effect="Deny"))
    assert (finding.path, finding.fix) == (("Statement", 0, "Principal"), None)


def test_the_statement_is_counted_and_a_deny_judged() -> None:
    """The second statement is named as the second, and a Deny of an action nobody uses is a mistake
    as well.
    """
    assert places(NAME, several(grant(EC2), grant(ROLE, WEB, Effect="Deny"))) == [
        ("Statement", 1, "Action", 0)
    ]
    assert places(NAME, several(grant(EC2, "sts:TagSession"), grant(ROLE, WEB))) == [
        ("Statement", 1, "Action", 0)
    ]


def test_a_provider_under_the_wrong_kind_is_one_mistake() -> None:
    """An OIDC provider under AWS with the OIDC action is under the wrong kind, and its action is
    right.
    """
    assert found(NAME, policy({"AWS": OIDC["Federated"]}, WEB, SUB)) == []


@pytest.mark.parametrize(
    "text",
    [
        policy(EC2 | ROLE),
        policy(CORP, "STS:assumerolewithsaml", AUD),
        policy(
            {"Federated": "accounts.google.com"},
            WEB,
            {"StringEquals": {"accounts.google.com:aud": "1"}},
        ),
        policy(ROLE, ["sts:TagSession", "sts:SetSourceIdentity"]),
        several(grant(ROLE), grant(CORP, SAML, AUD)),
        policy({"AWS": "*"}, WEB, Effect="Deny"),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """Kinds of one action together, any case, built-in issuers, tagging alone, one statement each,
    and everyone.
    """
    assert found(NAME, text) == []
