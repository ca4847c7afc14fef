"""Values that a key never holds by its form.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import WEB, fixed, found, grant, only, policy, statement
from trust_widgets.access import who_gets_in
from trust_widgets.findings import Verdict
from trust_widgets.pitfalls import check
from trust_widgets.policy import parse

NAME = "value_of_another_form"
ANYONE, LOGS = {"AWS": "*"}, {"Service": "logs.amazonaws.com"}


@pytest.mark.parametrize(
    ("principal", "key", "value", "told"),
    [
        (ANYONE, "aws:PrincipalOrgID", "ou-ab12-11111111", "aws:PrincipalOrgPaths"),
        (
            ANYONE,
            "aws:PrincipalOrgID",
            "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111",
            "aws:PrincipalOrgPaths",
        ),
        (ANYONE, "aws:PrincipalOrgID", "111122223333", "organization's ID"),
        (ANYONE, "aws:PrincipalAccount", "octo-production", "12 digits"),
        (LOGS, "aws:SourceAccount", "11112222333", "12 digits"),
        ({"AWS": "111122223333"}, "aws:SourceVpce", "vpc-1a2b3c4d", "aws:SourceVpc."),
    ],
)
def test_it_says_what_the_key_holds(principal: Any, key: str, value: str, told: str) -> None:
    """The value is the place; where another key holds such values, that is named."""
    finding = found(NAME, policy(principal, condition={"StringEquals": {key: value}}))[0]
    assert finding.verdict is Verdict.DEAD and told in finding.message
    assert finding.path == ("Statement", 0, "Condition", "StringEquals", key, 0)


@pytest.mark.parametrize(
    ("pool", "count"),
    [("us-east-1_AbCdEfGhI", 1), ("us-east-1:12345678-abcd-abcd-abcd-123456789012", 0)],
)
def test_a_user_pool_is_no_identity_pool(pool: str, count: int) -> None:
    """Cognito's tokens are for identity pools, whose ids read otherwise than those of user
    pools.
    """
    key = "cognito-identity.amazonaws.com"
    block = {
        "StringEquals": {f"{key}:aud": pool},
        "ForAnyValue:StringLike": {f"{key}:amr": "authenticated"},
    }
    assert len(found(NAME, policy({"Federated": key}, WEB, block))) == count


@pytest.mark.parametrize(
    "written", ["1111-2222-3333", "1111 2222 3333", "arn:aws:iam::111122223333:root"]
)
def test_an_account_written_otherwise_is_put_right(written: str) -> None:
    """As the console shows it, or as a principal."""
    text = policy(LOGS, condition={"StringEquals": {"aws:SourceAccount": written}})
    after = statement(fixed(only(NAME, text), text))["Condition"]
    assert after == {"StringEquals": {"aws:SourceAccount": "111122223333"}}


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:PrincipalOrgID": ["o-a1b2c3d4e5", "${aws:ResourceOrgID}"]}},
        {"StringLike": {"aws:PrincipalAccount": "1111*"}},
        {"StringNotEquals": {"aws:PrincipalOrgID": "octo"}},
        {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/*"}},
    ],
)
def test_near_cases_are_silent(condition: Any) -> None:
    """Right ones, variables, patterns, negated operators, and the key of paths."""
    assert found(NAME, policy(ANYONE, condition=condition)) == []


PROVIDERS = "arn:aws:iam::111122223333"
GITLAB = {
    "gitlab.com:aud": "https://gitlab.com",
    "gitlab.com:sub": "project_path:octo-org/app:ref_type:branch:ref:main",
}
FEDERATED = {
    "an OIDC provider": (f"{PROVIDERS}:oidc-provider/gitlab.com", WEB, GITLAB),
    "a built-in provider": (
        "accounts.google.com",
        WEB,
        {
            "accounts.google.com:aud": "1-a.apps.googleusercontent.com",
            "accounts.google.com:sub": "108421000000000000001",
        },
    ),
    "a SAML provider": (
        f"{PROVIDERS}:saml-provider/Okta",
        "sts:AssumeRoleWithSAML",
        {"SAML:aud": "https://signin.aws.amazon.com/saml"},
    ),
}


@pytest.mark.parametrize("name", FEDERATED)
def test_the_provider_of_a_federated_caller_is_its_own(name: str) -> None:
    """The key has the ARN of the provider, or the name of a built-in one; nobody has another.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    principal, action, usual = FEDERATED[name]
    others = ("gitlab.com", "Okta", f"{PROVIDERS}:oidc-provider/idp.octo.example")
    for value, somebody in ((principal, True), *((other, False) for other in others)):
        block = {"StringEquals": usual | {"aws:FederatedProvider": value}}
        text = policy({"Federated": principal}, action, block)
        assert bool(who_gets_in(parse(text))) is somebody
        assert any(f.verdict is Verdict.DEAD for f in check(text)) is not somebody


def test_the_issuer_becomes_the_arn_of_its_provider() -> None:
    principal = {"Federated": f"{PROVIDERS}:oidc-provider/gitlab.com"}
    text = policy(
        principal, WEB, {"StringEquals": GITLAB | {"aws:FederatedProvider": "gitlab.com"}}
    )
    after = GITLAB | {"aws:FederatedProvider": principal["Federated"]}
    assert fixed(only(NAME, text), text)["Statement"] == [
        grant(principal, WEB, {"StringEquals": after})
    ]


def test_an_empty_value_is_no_issuer_of_a_provider() -> None:
    """A statement for an account has no provider that could be meant."""
    block = {"StringEquals": {"aws:PrincipalAccount": ""}}
    text = policy({"AWS": "arn:aws:iam::111122223333:root"}, "sts:AssumeRole", block)
    assert only(NAME, text).fix is None
