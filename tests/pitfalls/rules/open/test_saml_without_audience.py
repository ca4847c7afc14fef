"""A SAML provider whose assertions are taken wherever they were sent.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import fixed, found, only, policy, statement
from trust_widgets.findings import Severity, Verdict

NAME = "saml_without_audience"
SAML = "sts:AssumeRoleWithSAML"
ENDPOINTS = {
    "aws": "https://signin.aws.amazon.com/saml",
    "aws-cn": "https://signin.amazonaws.cn/saml",
    "aws-us-gov": "https://signin.amazonaws-us-gov.com/saml",
}


def corp(partition: str = "aws") -> dict[str, str]:
    """The provider."""
    return {"Federated": f"arn:{partition}:iam::111122223333:saml-provider/corp"}


@pytest.mark.parametrize("partition", ENDPOINTS)
def test_the_fix_asks_for_the_partitions_endpoint(partition: str) -> None:
    """Each partition has its own sign-in endpoint, and the message says that it does not choose
    people.
    """
    text = policy(corp(partition), SAML)
    finding = only(NAME, text)
    assert (finding.verdict, finding.severity) == (Verdict.OPEN, Severity.LOW)
    assert finding.path == ("Statement", 0, "Principal", "Federated", 0)
    assert "does not restrict people" in finding.message
    wanted = {"StringEquals": {"SAML:aud": ENDPOINTS[partition]}}
    assert statement(fixed(finding, text))["Condition"] == wanted


@pytest.mark.parametrize(
    "condition",
    [{"StringEquals": {"SAML:sub_type": "persistent"}}, {"StringLike": {"SAML:sub": "octo-*"}}],
)
def test_people_may_be_chosen_and_the_endpoint_not(condition: Any) -> None:
    """Conditions on who signs in say nothing of the endpoint; the fix leaves them."""
    text = policy(corp(), SAML, condition)
    finding = only(NAME, text)
    assert finding.severity is Severity.LOW
    (operator,) = condition
    endpoint = {"SAML:aud": ENDPOINTS["aws"]}
    after = statement(fixed(finding, text))["Condition"]
    assert after[operator] == condition[operator] | (endpoint if operator == "StringEquals" else {})
    assert after["StringEquals"]["SAML:aud"] == ENDPOINTS["aws"]


@pytest.mark.parametrize(
    "text",
    [
        policy(corp(), SAML, {"StringEquals": {"SAML:aud": ENDPOINTS["aws"]}}),
        policy(corp(), SAML, {"StringLike": {"saml:AUD": "https://*.signin.aws.amazon.com/saml"}}),
        policy(corp(), SAML, Effect="Deny"),
        policy(corp(), "sts:TagSession"),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """The endpoint in any case of the key, a Deny, tags alone."""
    assert found(NAME, text) == []


@pytest.mark.parametrize(
    ("operator", "value"), [("StringLike", "*"), ("StringNotEquals", "https://octo.example")]
)
def test_an_endpoint_that_any_assertion_can_have(operator: str, value: str) -> None:
    """Told at the condition."""
    finding = only(NAME, policy(corp(), SAML, {operator: {"SAML:aud": value}}))
    assert finding.path[:5] == ("Statement", 0, "Condition", operator, "SAML:aud")
    assert (
        '"*" matches every value of SAML:aud' if value == "*" else "StringNotEquals is true for"
    ) in finding.message
    assert finding.fix is None
