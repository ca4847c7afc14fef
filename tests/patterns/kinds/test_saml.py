"""People who sign in with SAML.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html
"""

from __future__ import annotations

import json
import shlex
from typing import Any

import pytest

import trust_widgets as tw

PATTERN = tw.PATTERNS["saml"]
USUAL = "https://signin.aws.amazon.com/saml"
REGIONAL = "https://eu-central-1.signin.aws.amazon.com/saml"


def built(*endpoints: str) -> tw.Role:
    """A role for people of one provider."""
    more = {"endpoints": endpoints} if endpoints else {}
    return PATTERN.build(account="111122223333", provider="corp", **more)


def read(
    condition: dict[str, Any], provider: str = "arn:aws:iam::111122223333:saml-provider/corp"
) -> tw.Grant:
    """The grant that a pasted statement becomes."""
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": provider},
        "Action": "sts:AssumeRoleWithSAML",
        "Condition": condition,
    }
    (grant,) = tw.TrustModel(
        text=json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    ).grants
    return grant


def test_the_usual_endpoint() -> None:
    """The statement of AWS's page."""
    assert built().trust.to_dict()["Statement"] == [
        {
            "Effect": "Allow",
            "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/corp"},
            "Action": "sts:AssumeRoleWithSAML",
            "Condition": {"StringEquals": {"SAML:aud": USUAL}},
        }
    ]


@pytest.mark.parametrize(
    ("endpoints", "operator", "partition"),
    [
        ((USUAL, REGIONAL), "StringEquals", "aws"),
        (("https://*.signin.aws.amazon.com/saml", USUAL), "StringLike", "aws"),
        ((f"{REGIONAL}/acs/SAMLSPEXAMPLE", USUAL), "StringEquals", "aws"),
        (
            ("https://signin.amazonaws.cn/saml", "https://cn-north-1.signin.amazonaws.cn/saml"),
            "StringEquals",
            "aws-cn",
        ),
        (
            (
                "https://us-gov-west-1.signin.amazonaws-us-gov.com/saml",
                "https://signin.amazonaws-us-gov.com/saml",
            ),
            "StringEquals",
            "aws-us-gov",
        ),
    ],
)
def test_the_endpoints_tell_the_partition(
    endpoints: tuple[str, ...], operator: str, partition: str
) -> None:
    """Global, regional, with a wildcard for the region, or of a provider that encrypts; nothing
    above advice.
    """
    role = built(*endpoints)
    (statement,) = role.trust.to_dict()["Statement"]
    assert statement["Principal"] == {
        "Federated": f"arn:{partition}:iam::111122223333:saml-provider/corp"
    }
    assert statement["Condition"] == {operator: {"SAML:aud": list(endpoints)}}
    assert [str(f) for f in tw.check(role.trust) if f.verdict is not tw.Verdict.ADVICE] == []


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://signin.aws.amazon.com/",
        "http://signin.aws.amazon.com/saml",
        "https://signinXaws.amazon.com/saml",
        "https://evil.example/https://signin.aws.amazon.com/saml",
        "https://evil.example.signin.aws.amazon.com/saml",
        "https://*/saml",
        "urn:amazon:webservices",
        "*",
    ],
)
def test_what_is_no_endpoint_is_refused(endpoint: str) -> None:
    """SAML:aud holds the assertion's recipient, and neither its audience nor anything else."""
    with pytest.raises(ValueError, match=f"endpoints: .*like {USUAL}"):
        built(endpoint)


@pytest.mark.parametrize(
    "name", ["corp/sso", "", "a b", "x" * 129, "arn:aws:iam::111122223333:saml-provider/corp"]
)
def test_what_is_no_providers_name_is_refused(name: str) -> None:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html"""
    with pytest.raises(ValueError, match=r"provider: .*corp"):
        PATTERN.build(account="111122223333", provider=name)


def test_what_the_identity_provider_sends() -> None:
    """Pairs of role and provider, and a name for the session.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html
    """
    assertion, provider, _ = built("https://signin.amazonaws.cn/saml").companions
    lines = [line.strip() for line in assertion.text.splitlines()]
    said = dict(zip(lines[::2], lines[1::2], strict=True))
    assert said["https://aws.amazon.com/SAML/Attributes/Role"] == (
        "arn:aws-cn:iam::111122223333:role/example-role,arn:aws-cn:iam::111122223333:saml-provider/corp"
    )
    assert "https://aws.amazon.com/SAML/Attributes/RoleSessionName" in said
    assert "https://signin.amazonaws.cn/saml" in said.values()
    assert shlex.split(provider.text.replace("\\\n", "")) == [
        *("aws", "iam", "create-saml-provider", "--name", "corp"),
        *("--saml-metadata-document", "file://metadata.xml"),
    ]


def test_reading_back() -> None:
    """Keys in any case; what else is asked stays a guard."""
    grant = read({"StringEquals": {"saml:aud": [REGIONAL, USUAL], "saml:sub_type": "persistent"}})
    assert (grant.pattern, grant.answers) == (
        "saml",
        {"provider": "corp", "endpoints": (REGIONAL, USUAL)},
    )
    assert [guard.key for guard in grant.guards] == ["saml:sub_type"]
    assert read({"StringEquals": {"SAML:aud": USUAL}}).answers == {"provider": "corp"}


def test_session_tags_need_an_action_of_their_own() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html"""
    role = PATTERN.build(account="111122223333", provider="corp", tags=True)
    assert role.trust.statements[0].action == ("sts:AssumeRoleWithSAML", "sts:TagSession")
    (grant,) = tw.TrustModel(text=str(role.trust)).grants
    assert (grant.pattern, grant.answers) == ("saml", {"provider": "corp", "tags": True})


@pytest.mark.parametrize(
    ("condition", "provider"),
    [
        (
            {"StringEquals": {"SAML:iss": "https://idp.octo.example"}},
            "arn:aws:iam::111122223333:saml-provider/corp",
        ),
        ({"StringNotEquals": {"SAML:aud": USUAL}}, "arn:aws:iam::111122223333:saml-provider/corp"),
        ({"StringLike": {"SAML:aud": "*"}}, "arn:aws:iam::111122223333:saml-provider/corp"),
        ({"StringEquals": {"SAML:aud": USUAL}}, "arn:aws-cn:iam::111122223333:saml-provider/corp"),
        (
            {"StringEquals": {"SAML:aud": USUAL}},
            "arn:aws:iam::111122223333:oidc-provider/corp.example",
        ),
    ],
)
def test_what_says_something_else_is_not_read_as_this(
    condition: dict[str, Any], provider: str
) -> None:
    """No endpoint, none of this partition, or no SAML provider."""
    assert read(condition, provider).pattern == "custom"


@pytest.mark.parametrize(("provider", "label"), [(" corp ", "SAML · corp"), ("", "SAML")])
def test_the_chip_says_which(provider: str, label: str) -> None:
    """However unfinished."""
    assert PATTERN.label({"provider": provider, "endpoints": ()}) == label
