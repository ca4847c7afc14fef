"""A federated principal that names no identity provider.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

import pytest

from support.asking import WEB, found, grant, only, places, policy, several
from trust_widgets.findings import Severity, Verdict

NAME = "federated_malformed"
ARN = "arn:aws:iam::111122223333:oidc-provider"
SUB = {"StringEquals": {"idp.octo.example:sub": "deployer"}}


@pytest.mark.parametrize(
    ("value", "tidy"),
    [
        (f"{ARN}/https://idp.octo.example", f"{ARN}/idp.octo.example"),
        (f"{ARN}/http://idp.octo.example/tenant", f"{ARN}/idp.octo.example/tenant"),
        (f" {ARN}/idp.octo.example", f"{ARN}/idp.octo.example"),
    ],
)
def test_a_scheme_or_a_space_too_much(value: str, tidy: str) -> None:
    """An ARN holds the address without its scheme; the fix takes out what is too much and nothing
    else.
    """
    text = policy({"Federated": value}, WEB, SUB)
    finding = only(NAME, text)
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert finding.path == ("Statement", 0, "Principal", "Federated", 0)
    assert finding.fix is not None
    assert finding.fix.apply(text) == policy({"Federated": tidy}, WEB, SUB)


def test_a_built_in_issuer_with_a_scheme() -> None:
    """The four built-in issuers are written as a bare address."""
    text = policy(
        {"Federated": "https://accounts.google.com"},
        WEB,
        {"StringEquals": {"accounts.google.com:aud": "1"}},
    )
    finding = only(NAME, text)
    assert finding.fix is not None
    assert '"Federated": "accounts.google.com"' in finding.fix.apply(text)


@pytest.mark.parametrize(
    "value",
    [
        "https://idp.octo.example",
        "idp.octo.example",
        "*",
        "arn:aws:iam::<ACCOUNT_ID>:oidc-provider/idp.octo.example",
        "arn:aws:iam::11112222333:oidc-provider/idp.octo.example",
        f"{ARN}/",
        "arn:aws:iam:111122223333:saml-provider/corp",
        "",
    ],
)
def test_what_the_author_alone_can_mend(value: str) -> None:
    """An address whose account is unknown, a placeholder, a digit short, nothing at all: there is
    no fix.
    """
    assert only(NAME, policy({"Federated": value}, WEB, SUB)).fix is None


@pytest.mark.parametrize(
    "value",
    [
        f"{ARN}/idp.octo.example",
        f"{ARN}/octo.eu.auth0.com/",
        f"{ARN}/oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
        "arn:aws-cn:iam::111122223333:saml-provider/corp_2.x-y",
        "cognito-identity.amazonaws.com",
        "accounts.google.com",
        "graph.facebook.com",
        "www.amazon.com",
    ],
)
def test_good_providers(value: str) -> None:
    """Both kinds of ARN, with paths and in any partition, and the built-in four."""
    assert found(NAME, policy({"Federated": value}, WEB, SUB)) == []


def test_what_belongs_elsewhere_is_another_mistake() -> None:
    """A role or a service under Federated is under the wrong kind, and told once."""
    for value in ("arn:aws:iam::111122223333:role/app", "ec2.amazonaws.com"):
        only("principal_under_wrong_kind", policy({"Federated": value}))


def test_each_value_has_its_place_also_in_a_deny() -> None:
    """In a list the bad value is told, and a Deny is read the same way."""
    text = several(
        grant({"Federated": [f"{ARN}/idp.octo.example", "idp"]}, WEB, SUB),
        grant({"Federated": "idp"}, WEB, Effect="Deny"),
    )
    assert places(NAME, text) == [
        ("Statement", 0, "Principal", "Federated", 1),
        ("Statement", 1, "Principal", "Federated", 0),
    ]
