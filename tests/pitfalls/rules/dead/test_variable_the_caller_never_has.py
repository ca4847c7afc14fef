"""Variables without a value: `aws:username` is there for users of IAM alone.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import HOME, WEB, found, only, policy
from trust_widgets.findings import Verdict

NAME = "variable_the_caller_never_has"
ROLE, USER = "arn:aws:iam::444455556666:role/deploy", "arn:aws:iam::444455556666:user/octo"
EKS = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
CLUSTER = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{EKS}"}


def named(value: str, operator: str = "StringLike") -> Any:
    """A condition on the session's name."""
    return {operator: {"sts:RoleSessionName": value}}


@pytest.mark.parametrize(
    ("principal", "value"),
    [
        ({"AWS": ROLE}, "${aws:username}"),
        ({"AWS": "arn:aws:sts::444455556666:assumed-role/deploy/run-1"}, "ci-${aws:username}-*"),
        ({"Service": "states.amazonaws.com"}, "${aws:PrincipalOrgID}"),
    ],
)
def test_nothing_is_equal_to_it(principal: Any, value: str) -> None:
    """Said of roles, sessions and services."""
    finding = only(NAME, policy(principal, condition=named(value)))
    assert (finding.verdict, finding.path[-2:]) == (Verdict.DEAD, ("sts:RoleSessionName", 0))


@pytest.mark.parametrize(
    ("principal", "condition"),
    [
        ({"AWS": USER}, named("${aws:username}")),
        ({"AWS": "111122223333"}, named("${aws:username}")),
        ({"AWS": [ROLE, USER]}, named("${aws:username}")),
        ({"AWS": ROLE}, named("${aws:username, 'nobody'}")),
        ({"AWS": ROLE}, named("${aws:PrincipalTag/team}")),
        ({"AWS": ROLE}, named("${aws:username}", "StringNotLike")),
        ({"AWS": ROLE}, named("a${*}")),
    ],
)
def test_near_cases_are_silent(principal: Any, condition: Any) -> None:
    """Users, accounts, some of several, a default, keys that roles may have, negated operators, and
    escapes.
    """
    assert found(NAME, policy(principal, condition=condition), HOME) == []


def test_claims_of_the_token_itself() -> None:
    """A token's own subject has a value; so has a tag of the session, which a token may bring, and
    an address.
    """
    for variable in (f"{EKS}:sub", "aws:RequestTag/team", "aws:SourceIp"):
        names = {
            f"{EKS}:sub": "system:serviceaccount:shop:cart",
            "sts:RoleSessionName": f"${{{variable}}}",
        }
        assert found(NAME, policy(CLUSTER, [WEB, "sts:TagSession"], {"StringEquals": names})) == []


@pytest.mark.parametrize("variable", ["accounts.google.com:sub", "aws:username"])
def test_claims_of_others_and_names_of_users(variable: str) -> None:
    """A token has the claims of its own issuer alone, and no user's name."""
    names = {
        f"{EKS}:sub": "system:serviceaccount:shop:cart",
        "sts:RoleSessionName": f"${{{variable}}}",
    }
    (finding,) = found(NAME, policy(CLUSTER, WEB, {"StringEquals": names}))
    assert ("of another issuer" in finding.message) is (variable != "aws:username")
