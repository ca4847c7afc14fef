"""`SAML:aud` is the recipient of the assertion, the partition's sign-in endpoint.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-saml
"""

from __future__ import annotations

import pytest

from support.asking import fixed, found, only, policy, statement
from trust_widgets.findings import Verdict

NAME = "saml_audience_of_nobody"
USUAL, CHINA, GOV = (
    "https://signin.aws.amazon.com/saml", "https://signin.amazonaws.cn/saml", "https://signin.amazonaws-us-gov.com/saml",
)  # fmt: skip


def saml(*endpoints: str, partition: str = "aws", operator: str = "StringEquals") -> str:
    """A statement for people who sign in at a SAML provider."""
    provider = {"Federated": f"arn:{partition}:iam::111122223333:saml-provider/corp"}
    return policy(provider, "sts:AssumeRoleWithSAML", {operator: {"SAML:aud": list(endpoints)}})


@pytest.mark.parametrize(
    ("written", "partition", "right"),
    [
        (USUAL, "aws-cn", CHINA),
        (USUAL, "aws-us-gov", GOV),
        (CHINA, "aws", USUAL),
        ("urn:amazon:webservices", "aws", USUAL),
        ("http://signin.aws.amazon.com/saml", "aws", USUAL),
        (f"{USUAL}/", "aws", USUAL),
        ("https://signin.aws.amazon.com", "aws", USUAL),
        ("https://signin.aws.amazon.com/", "aws", USUAL),
        ("https://signin.aws.amazon.com/oauth", "aws", USUAL),
        (
            "https://eu-west-1.signin.aws.amazon.com",
            "aws",
            "https://eu-west-1.signin.aws.amazon.com/saml",
        ),
        ("https://signin.amazonaws.cn", "aws-cn", CHINA),
        ("https://signin.aws.com/saml", "aws", USUAL),
        ("https://sign-in.aws.amazon.com/saml", "aws", USUAL),
        ("https://signin.amazonaws.com/saml", "aws", USUAL),
        ("https://signin.aws.amazn.com/saml", "aws", USUAL),
        (
            "https://signin.aws.com/saml/acs/SAMLSP0123456789",
            "aws",
            f"{USUAL}/acs/SAMLSP0123456789",
        ),
        (
            "https://eu-west-1.signin.amazon.com/saml",
            "aws",
            "https://eu-west-1.signin.aws.amazon.com/saml",
        ),
        ("https://signin.amazonaws.com.cn/saml", "aws-cn", CHINA),
        ("https://signin.amazonaws-usgov.com/saml", "aws-us-gov", GOV),
        (
            "https://EU-Central-1.signin.aws.amazon.com/saml",
            "aws",
            "https://eu-central-1.signin.aws.amazon.com/saml",
        ),
    ],
)
def test_the_endpoint_is_written(written: str, partition: str, right: str) -> None:
    """Another partition's, the assertion's audience, slips, and an address without the path that
    all of them have.
    """
    text = saml(written, partition=partition)
    finding = only(NAME, text)
    assert (finding.verdict, finding.path[-2:]) == (Verdict.DEAD, ("SAML:aud", 0))
    assert statement(fixed(finding, text))["Condition"]["StringEquals"]["SAML:aud"] in (
        right,
        [right],
    )


@pytest.mark.parametrize(
    "written",
    [
        "https://us-gov-west-1.signin.amazonaws-us-gov.com/saml",
        "https://eu-west-9.signin.aws.com/saml",
    ],
)
def test_a_region_is_not_guessed(written: str) -> None:
    """Which region was meant, of the other partition or for one that does not exist, only the
    author knows.
    """
    assert only(NAME, saml(written)).fix is None


@pytest.mark.parametrize(
    "text",
    [
        saml(USUAL, "https://us-west-2.signin.aws.amazon.com/saml"),
        saml("https://*.signin.aws.amazon.com/saml", operator="StringLike"),
        saml("https://signin.aws.amazon.com/saml/acs/SAMLSP0123456789"),
        saml("https://signin.amazonaws.eu/saml", partition="aws-eusc"),
        saml("https://eu-west-1.signin.aws.amazon.com/saml/acs/SAMLSP0123456789"),
        saml("https://signin.aws.amazon.com*", operator="StringLike"),
        saml("https://idp.octo.example"),
        saml("https://signin.octo.example/saml"),
        saml("http://localhost:7890/redshift/"),
        saml("https://octo.eu-west-1.elb.amazonaws.com/saml"),
        saml("https://eu-west-1.signin.aws/saml"),
        saml(CHINA, operator="StringNotEquals"),
        saml("https://signin.c2shome.ic.gov/saml", partition="aws-iso"),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """Endpoints of the partition, those for encrypted assertions, partitions that we know none of,
    and negations.
    """
    assert found(NAME, text) == []
