"""A Cognito identity pool whose guests, who have signed in nowhere, get in.

https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html
"""

from __future__ import annotations

from typing import Any

import pytest

import trust_widgets as tw
from support.asking import WEB, fixed, found, loud, only, policy, statement
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import check

NAME = "cognito_guests"
COGNITO = "cognito-identity.amazonaws.com"
AMR = f"{COGNITO}:amr"
POOL = {f"{COGNITO}:aud": "us-east-1:12345678-abcd-abcd-abcd-123456789012"}


def pool(**more: Any) -> str:
    """A role of a pool, with further conditions; `_` in an operator stands for a colon."""
    return policy(
        {"Federated": COGNITO},
        WEB,
        {"StringEquals": POOL} | {k.replace("_", ":"): v for k, v in more.items()},
    )


def test_a_pool_alone() -> None:
    """The pool's ID is no secret; the fix asks for people who signed in."""
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
        (
            {"ForAnyValue_StringLike": {AMR: "*authenticated"}},
            Severity.HIGH,
            ("ForAnyValue:StringLike", AMR, 0),
        ),
        (
            {"ForAnyValue_StringEquals": {AMR: "unauthenticated"}},
            Severity.MEDIUM,
            ("ForAnyValue:StringEquals", AMR),
        ),
        (
            {"ForAnyValue_StringNotEquals": {AMR: "authenticated"}},
            Severity.HIGH,
            ("ForAnyValue:StringNotEquals", AMR),
        ),
    ],
)
def test_what_admits_guests(
    condition: Any, severity: Severity, path: tuple[str | int, ...]
) -> None:
    """A wildcard, and guests asked for by name, which may be on purpose; told at the condition."""
    finding = only(NAME, pool(**condition))
    assert (finding.severity, finding.path) == (severity, ("Statement", 0, "Condition", *path))


def test_a_wildcard_beside_those_who_signed_in_is_taken_out() -> None:
    """The weakest value of a list counts; guests asked for by name have no fix, since they may be
    meant.
    """
    text = pool(ForAnyValue_StringLike={AMR: ["authenticated", "*"]})
    finding = only(NAME, text)
    assert finding.path[-1] == 1
    assert statement(fixed(finding, text))["Condition"]["ForAnyValue:StringLike"] == {
        AMR: ["authenticated"]
    }
    assert only(NAME, pool(ForAnyValue_StringEquals={AMR: "unauthenticated"})).fix is None


@pytest.mark.parametrize(
    "text",
    [
        pool(ForAnyValue_StringLike={AMR: "authenticated"}),
        pool(ForAnyValue_StringEquals={AMR: ["authenticated"]}),
        policy({"Federated": COGNITO}, WEB),
        policy({"Federated": COGNITO}, WEB, {"StringEquals": POOL}, Effect="Deny"),
        policy(
            {"Federated": "accounts.google.com"},
            WEB,
            {"StringEquals": {"accounts.google.com:aud": "1234"}},
        ),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """People who signed in, a policy that IAM refuses, a Deny, another issuer."""
    assert found(NAME, text) == []


# https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-cog.html
HOSTS = ["cognito-identity-us-gov.amazonaws.com", "cognito-identity.us-gov-east-1.amazonaws.com",
         "cognito-identity.cn-north-1.amazonaws.com.cn"]  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
def test_the_pools_of_other_partitions_are_pools_too(host: str) -> None:
    """They are identity providers, never services, and their guests are guests."""
    text = pool(ForAnyValue_StringLike={AMR: "authenticated"}).replace(COGNITO, host)
    guests = pool().replace(COGNITO, host)

    assert check(text) == ()
    assert [each.who for each in tw.who_gets_in(tw.parse(text))] == [
        "anyone with a token of Amazon Cognito from the identity pool"
        " us-east-1:12345678-abcd-abcd-abcd-123456789012 if signed in"
    ]
    finding = only(NAME, guests)
    added = {"ForAnyValue:StringLike": {f"{host}:amr": "authenticated"}}
    assert (
        statement(fixed(finding, guests))["Condition"]
        == {"StringEquals": {f"{host}:aud": POOL[f"{COGNITO}:aud"]}} | added
    )
    assert [f.name for f in loud(text.replace("Federated", "Service"))] == [
        "principal_under_wrong_kind"
    ]
