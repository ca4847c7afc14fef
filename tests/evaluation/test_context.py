"""Keys that are the same for each call on a role.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

import pytest

import trust_widgets as tw

ROLE = "arn:aws:iam::111122223333:role/app"
OWN, OTHER = "arn:aws:iam::111122223333:user/ops", "arn:aws:iam::444455556666:user/ops"


def policy(operator: str, key: str, value: str, principal: tw.Principal) -> tw.TrustPolicy:
    condition = tw.Condition(operator, key, (value,))
    return tw.TrustPolicy((tw.Statement("Allow", principal, "sts:AssumeRole", (condition,)),))


EVERYONE = tw.Principal(aws="*")
ACCOUNT, ORG = "${aws:ResourceAccount}", "${aws:ResourceOrgID}"


@pytest.mark.parametrize(
    ("operator", "caller", "outcome"),
    [
        ("StringEquals", OWN, "allowed"),
        ("StringEquals", OTHER, "not allowed"),
        ("StringLike", OWN, "allowed"),
        ("StringNotEquals", OWN, "not allowed"),
        ("StringNotEquals", OTHER, "allowed"),
    ],
)
def test_the_roles_account_as_a_variable(operator: str, caller: str, outcome: str) -> None:
    asked = policy(operator, "aws:PrincipalAccount", ACCOUNT, EVERYONE)
    request = tw.Request("sts:AssumeRole", caller, ROLE, caller_permission="yes")
    assert str(tw.evaluate(asked, request).outcome) == outcome


def test_the_roles_account_is_never_unknown() -> None:
    """Its ARN tells it; a list of unknown keys that names it does not change that."""
    request = tw.Request("sts:AssumeRole", OWN, ROLE, unknown=frozenset({"aws:ResourceAccount"}))
    assert request.keys["aws:resourceaccount"] == "111122223333"


def test_a_context_cannot_put_the_role_into_another_account() -> None:
    with pytest.raises(ValueError, match="the role is in account 111122223333"):
        tw.Request("sts:AssumeRole", OWN, ROLE, {"aws:ResourceAccount": "444455556666"})


@pytest.mark.parametrize(
    ("caller", "context", "unknown", "outcome"),
    [
        # of one account: in the same organization, whichever that is
        (OWN, {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}, {"aws:ResourceOrgID"}, "allowed"),
        (OWN, {}, {"aws:ResourceOrgID"}, "not allowed"),
        (OWN, {}, {"aws:ResourceOrgID", "aws:PrincipalOrgID"}, "depends"),
        (OTHER, {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}, {"aws:ResourceOrgID"}, "depends"),
        (OTHER, {}, {"aws:ResourceOrgID"}, "not allowed"),
    ],
)
def test_the_roles_organization(
    caller: str, context: dict[str, str], unknown: set[str], outcome: str
) -> None:
    asked = policy("StringEquals", "aws:PrincipalOrgID", ORG, EVERYONE)
    request = tw.Request("sts:AssumeRole", caller, ROLE, context, frozenset(unknown), "yes")
    assert str(tw.evaluate(asked, request).outcome) == outcome


@pytest.mark.parametrize("kind", ["StringEquals", "StringLike"])
def test_a_condition_on_the_roles_account_can_be_met(kind: str) -> None:
    """The role may be in the account that its policy names."""
    asked = policy(kind, "aws:ResourceAccount", "444455556666", EVERYONE)
    (found,) = tw.who_gets_in(asked)
    assert found.witness is not None and found.witness.role_arn.account == "444455556666"
    assert tw.evaluate(asked, found.witness).outcome == "allowed"
