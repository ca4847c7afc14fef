"""Condition keys and operators, by AWS's pages on them."""

from __future__ import annotations

import pytest

from trust_widgets.aws import operators
from trust_widgets.aws.keys import condition_keys

GITHUB = "token.actions.githubusercontent.com"


@pytest.mark.parametrize(
    ("name", "spelling", "type_", "many"),
    [
        ("aws:sourcearn", "aws:SourceArn", "ARN", False),
        ("AWS:PRINCIPALORGPATHS", "aws:PrincipalOrgPaths", "String", True),
        ("aws:TagKeys", "aws:TagKeys", "String", True),
        ("aws:principaltag/Team", "aws:PrincipalTag/Team", "String", False),
        ("aws:MultiFactorAuthPresent", "aws:MultiFactorAuthPresent", "Bool", False),
        ("aws:SourceIp", "aws:SourceIp", "IPAddress", False),
        ("aws:TokenIssueTime", "aws:TokenIssueTime", "Date", False),
        ("SAML:aud", "saml:aud", "String", False),
        ("saml:edupersonaffiliation", "saml:edupersonaffiliation", "String", True),
        ("sts:transitivetagkeys", "sts:TransitiveTagKeys", "String", True),
        ("sts:RoleAuthorizedByIdp", "sts:RoleAuthorizedByIdp", "Bool", False),
        (
            "cognito-identity.amazonaws.com:amr",
            "cognito-identity.amazonaws.com:amr",
            "String",
            True,
        ),
        (f"{GITHUB}:sub", f"{GITHUB}:sub", "String", False),
        ("idp.octo.example:8443:sub", "idp.octo.example:8443:sub", "String", False),
        (
            "agent.octo.buildkite.dev:pipeline_id",
            "agent.octo.buildkite.dev:pipeline_id",
            "String",
            False,
        ),
    ],
)
def test_condition_keys(name: str, spelling: str, type_: str, many: bool) -> None:
    key = condition_keys.key_named(name)
    assert key is not None and (key.name, key.type, key.many) == (spelling, type_, many)


@pytest.mark.parametrize(
    "name", ["", "aws", "aws:Nothing", "aws:PrincipalTag/", f"{GITHUB}:sha", "gitlab.com:ref"]
)
def test_unknown_condition_keys(name: str) -> None:
    assert condition_keys.key_named(name) is None


def test_every_key_has_its_words_and_a_type_that_an_operator_is_for() -> None:
    types = {operators.type_of(base) for base in operators.BASES}
    for name in condition_keys.names():
        key = condition_keys.key_named(name.upper())
        assert key is not None and key.name == name and key.about and key.type in types


@pytest.mark.parametrize(
    ("key", "never", "can"),
    [
        ("sts:ExternalId", "saml oidc", "aws service"),
        ("aws:MultiFactorAuthPresent", "service saml oidc", "aws"),
        ("aws:PrincipalOrgID", "service saml oidc", "aws"),
        ("aws:PrincipalArn", "saml oidc", "aws service"),
        ("aws:PrincipalTag/team", "saml oidc", "aws service"),
        ("aws:PrincipalAccount", "", "aws service saml oidc"),
        ("aws:SourceAccount", "aws saml oidc", "service"),
        ("AWS:sourcearn", "aws saml oidc", "service"),
        ("aws:SourceIp", "", "aws service saml oidc"),
        ("aws:username", "service saml oidc", "aws"),
        ("aws:RequestTag/team", "", "aws service saml oidc"),
        ("sts:RoleSessionName", "", "aws service saml oidc"),
        ("sts:RoleAuthorizedByIdp", "aws service saml", "oidc"),
        ("sts:DurationSeconds", "aws service saml oidc", ""),
        ("SAML:aud", "aws service oidc", "saml"),
        ("saml:sub", "service oidc", "aws saml"),
        (f"{GITHUB}:ref", "aws service saml", "oidc"),
        ("cognito-identity.amazonaws.com:sub", "service saml", "aws oidc"),
        ("some:UnknownKey", "", "aws service saml oidc"),
    ],
)
def test_keys_that_a_caller_never_has(key: str, never: str, can: str) -> None:
    callers = {"aws", "service", "saml", "oidc"}
    assert set(never.split()) | set(can.split()) == callers
    assert {caller for caller in callers if condition_keys.why_never(key, caller)} == set(
        never.split()
    )
    assert condition_keys.why_never(key, "martian") == ""


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("StringEquals", ("", "StringEquals", False)),
        ("foranyvalue:stringlikeIFEXISTS", ("ForAnyValue", "StringLike", True)),
        ("ForAllValues:ArnEquals", ("ForAllValues", "ArnEquals", False)),
        ("Null", ("", "Null", False)),
        ("NullIfExists", None),
        ("ForSomeValues:StringEquals", None),
        (":StringEquals", None),
        ("StringEqual", None),
        ("IfExists", None),
        ("StringEqualsIfExistsIfExists", None),
        ("", None),
    ],
)
def test_operators(text: str, parts: tuple[str, str, bool] | None) -> None:
    assert operators.parse_operator(text) == parts and operators.is_operator(text) is (
        parts is not None
    )


def test_kinds_of_operators() -> None:
    assert all(map(operators.is_operator, operators.names()))
    assert {base for base in operators.BASES if operators.takes_wildcards(base)} == {
        "StringLike", "StringNotLike", "ArnLike", "ArnEquals", "ArnNotLike", "ArnNotEquals",
    }  # fmt: skip
    assert {base for base in operators.BASES if operators.is_negated(base)} == {
        "StringNotEquals", "StringNotEqualsIgnoreCase", "StringNotLike", "NumericNotEquals",
        "DateNotEquals", "NotIpAddress", "ArnNotEquals", "ArnNotLike",
    }  # fmt: skip
