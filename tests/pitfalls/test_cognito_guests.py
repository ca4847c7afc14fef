"""A Cognito identity pool whose guests, who have signed in nowhere, get in.

https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html
"""

from __future__ import annotations

from typing import Any

import pytest

from asking import WEB, fixed, found, only, policy, statement
from trust_widgets.findings import Severity, Verdict

NAME = "cognito_guests"
COGNITO = "cognito-identity.amazonaws.com"
AMR = f"{COGNITO}:amr"
POOL = {f"{COGNITO}:aud": "us-east-1:12345678-abcd-abcd-abcd-123456789012"}


def pool(**more: Any) -> str:
    """A role of a pool, with further conditions; `_` in an operator stands for a colon."""
    return policy(
        {"Federated": COGNITO}, WEB, {"StringEquals": POOL} | {k.replace("_", ":"): v for k, v in more.items()}
    )


def test_a_pool_alone() -> None:
    """The pool's id is no secret; the fix asks for people who signed in."""
    text = pool()
    finding = only(NAME, text)
    assert (finding.verdict, finding.severity) == (Verdict.OPEN, Severity.HIGH)
    assert finding.path == ("Statement", 0, "Principal", "Federated", 0)
    assert finding.callers == (f'an identity of {COGNITO} whose amr is "unauthenticated"',)
    wanted = {"StringEquals": POOL, "ForAnyValue:StringLike": {AMR: "authenticated"}}
    assert statement(fixed(finding, text))["Condition"] == wanted


@pytest.mark.parametrize(
    ("condition", "severity", "path"),
    [
        ({"ForAnyValue_StringLike": {AMR: "*"}}, Severity.HIGH, ("ForAnyValue:StringLike", AMR, 0)),
        ({"ForAnyValue_StringLike": {AMR: "*authenticated"}}, Severity.HIGH, ("ForAnyValue:StringLike", AMR, 0)),
        ({"ForAnyValue_StringEquals": {AMR: "unauthenticated"}}, Severity.MEDIUM, ("ForAnyValue:StringEquals", AMR)),
        ({"ForAnyValue_StringNotEquals": {AMR: "authenticated"}}, Severity.HIGH, ("ForAnyValue:StringNotEquals", AMR)),
    ],
)
def test_what_admits_guests(condition: Any, severity: Severity, path: tuple[str | int, ...]) -> None:
    """A wildcard, and guests asked for by name, which may be on purpose; told at the condition."""
    finding = only(NAME, pool(**condition))
    assert (finding.severity, finding.path) == (severity, ("Statement", 0, "Condition", *path))


def test_a_wildcard_beside_those_who_signed_in_is_taken_out() -> None:
    """The weakest value of a list counts; guests asked for by name have no fix, since they may be meant."""
    text = pool(ForAnyValue_StringLike={AMR: ["authenticated", "*"]})
    finding = only(NAME, text)
    assert finding.path[-1] == 1
    assert statement(fixed(finding, text))["Condition"]["ForAnyValue:StringLike"] == {AMR: ["authenticated"]}
    assert only(NAME, pool(ForAnyValue_StringEquals={AMR: "unauthenticated"})).fix is None


@pytest.mark.parametrize(
    "text",
    [
        pool(ForAnyValue_StringLike={AMR: "authenticated"}),
        pool(ForAnyValue_StringEquals={AMR: ["authenticated"]}),
        policy({"Federated": COGNITO}, WEB),
        policy({"Federated": COGNITO}, WEB, {"StringEquals": POOL}, Effect="Deny"),
        policy({"Federated": "accounts.google.com"}, WEB, {"StringEquals": {"accounts.google.com:aud": "1234"}}),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """People who signed in, a policy that IAM refuses, a Deny, another issuer."""
    assert found(NAME, text) == []
