"""Conditions that narrow nobody silence no rule about what is open.

The key describes the role itself, the moment or the connection, or the caller writes its value:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from support.asking import HOME, WEB, found, loud, policy
from trust_widgets.findings import Verdict
from trust_widgets.pitfalls import PITFALLS
from trust_widgets.pitfalls.idle_conditions import why_idle
from trust_widgets.policy import Condition, Principal, Statement

IDLE: dict[str, tuple[str, Any]] = {
    "aws:RequestedRegion": ("StringEquals", "eu-west-1"),
    "aws:ResourceAccount": ("StringEquals", "111122223333"),
    "aws:ResourceOrgID": ("StringLike", "o-*"),
    "aws:ResourceTag/team": ("StringEquals", "octo"),
    "iam:ResourceTag/team": ("StringLike", "octo*"),
    "aws:SecureTransport": ("Bool", "true"),
    "aws:CurrentTime": ("DateGreaterThan", "2026-01-31T00:00:00Z"),
    "aws:UserAgent": ("StringLike", "octo*"),
}
"""Conditions that somebody meets in each partition, whoever they are."""

OPEN = [
    pytest.param(name, text, id=f"{name}-{number}")
    for name, pitfall in PITFALLS.items()
    if pitfall.verdict is Verdict.OPEN
    for number, text in enumerate(pitfall.bad)
]


def with_condition(text: str, operator: str, key: str, value: Any) -> str:
    """A policy in which each Allow has one more condition."""
    document = json.loads(text)
    for statement in document["Statement"]:
        if statement["Effect"] == "Allow":
            block = statement.setdefault("Condition", {}).setdefault(operator, {})
            block[key] = value
    return json.dumps(document, indent=2)


@pytest.mark.parametrize("key", IDLE)
@pytest.mark.parametrize(("name", "text"), OPEN)
def test_no_rule_is_silenced(name: str, text: str, key: str) -> None:
    """Each mistake of each open rule is found with such a condition, at the same severity."""
    home = PITFALLS[name].home
    before = [finding.severity for finding in found(name, text, home)]
    after = found(name, with_condition(text, IDLE[key][0], key, IDLE[key][1]), home)
    assert [finding.severity for finding in after] == before and before


ACCOUNT = {"AWS": "arn:aws:iam::444455556666:root"}


@pytest.mark.parametrize(
    ("operator", "key", "value"),
    [
        ("StringLike", "sts:RoleSessionName", "deploy-*"),
        ("StringEquals", "sts:SourceIdentity", "octo"),
        ("StringEquals", "aws:RequestTag/team", "octo"),
        ("ForAnyValue:StringEquals", "aws:TagKeys", "team"),
        ("ForAnyValue:StringEquals", "sts:TransitiveTagKeys", "team"),
        ("StringEquals", "aws:RequestTag/team", "${aws:ResourceTag/team}"),
        ("StringNotEquals", "aws:RequestedRegion", "us-east-1"),
    ],
)
def test_what_the_caller_writes_keeps_nobody_out(operator: str, key: str, value: str) -> None:
    """The whole of another account, which writes the session's name, tags and source identity."""
    actions = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]
    (finding,) = loud(policy(ACCOUNT, actions, {operator: {key: value}}))
    assert (finding.code, finding.path[2]) == ("TP302", "Principal")
    assert f"The condition on {key} does not restrict who can assume the role." in finding.message


# A variable is replaced by the value in the request, so that each request that has the key matches:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
@pytest.mark.parametrize(
    "operator",
    [
        "StringEquals",
        "StringEqualsIgnoreCase",
        "StringLike",
        "StringEqualsIfExists",
        "ForAnyValue:StringEquals",
        "ForAllValues:StringLike",
    ],
)
@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("aws:PrincipalTag/team", ["${aws:PrincipalTag/team}"]),
        ("aws:PrincipalTag/team", ["blue", "${ aws:principaltag/team }"]),
        ("aws:PrincipalOrgID", ["${aws:PrincipalOrgID}"]),
        ("aws:PrincipalAccount", ["${aws:PrincipalAccount}"]),
        ("aws:username", ["${aws:username}"]),
    ],
)
def test_a_key_compared_with_itself_keeps_nobody_out(
    operator: str, key: str, values: list[str]
) -> None:
    """Neither in another account, nor anyone at all."""
    condition = {operator: {key: values}}
    assert "TP302" in {each.code for each in loud(policy(ACCOUNT, condition=condition))}
    assert "TP301" in {each.code for each in loud(policy({"AWS": "*"}, condition=condition))}


@pytest.mark.parametrize(
    ("operator", "key", "value"),
    [
        ("StringEquals", "aws:PrincipalTag/team", "${aws:PrincipalTag/unit}"),
        ("StringEquals", "aws:PrincipalTag/team", "blue-${aws:PrincipalTag/team}"),
        ("StringEquals", "aws:PrincipalTag/team", "$"),
    ],
)
def test_a_comparison_with_something_else_narrows(operator: str, key: str, value: str) -> None:
    """Another tag, a part of the value, a character."""
    condition = Condition(operator, key, (value,))
    assert why_idle(Statement("Allow", Principal(aws=("*",)), conditions=(condition,))) == ""


SENTINEL = "sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d"


@pytest.mark.parametrize(
    "text",
    [
        # A property of the caller that the value is compared with.
        policy(ACCOUNT, condition={"StringLike": {"sts:RoleSessionName": "${aws:username}"}}),
        policy(
            ACCOUNT,
            ["sts:AssumeRole", "sts:SetSourceIdentity"],
            {"StringEquals": {"sts:SourceIdentity": "${ aws:username }"}},
        ),
        policy(
            ACCOUNT,
            condition={"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}},
        ),
        policy(
            {"AWS": "*"}, condition={"StringEquals": {"aws:PrincipalOrgID": "${aws:ResourceOrgID}"}}
        ),
        # Beside a condition that does narrow.
        policy(
            ACCOUNT,
            condition={
                "StringEquals": {
                    "aws:RequestedRegion": "eu-west-1",
                    "sts:ExternalId": "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11",
                }
            },
        ),
        # The issuer's own control.
        policy(
            {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{SENTINEL}"},
            WEB,
            {
                "StringEquals": {
                    f"{SENTINEL}:aud": "api://1462b192-27f7-4cb9-8523-0f4ecb54b47e",
                    "sts:RoleSessionName": "MicrosoftSentinel_b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11",
                }
            },
        ),
    ],
)
def test_right_policies_stay_silent(text: str) -> None:
    assert loud(text, HOME) == []


def test_the_sentence_names_each_key_once() -> None:
    conditions = (
        Condition("StringEquals", "aws:RequestedRegion", ("eu-west-1",)),
        Condition("StringLike", "aws:RequestedRegion", ("eu-*",)),
        Condition("Bool", "aws:SecureTransport", ("true",)),
        Condition("Bool", "aws:MultiFactorAuthPresent", ("true",)),
    )
    said = why_idle(Statement("Allow", Principal(aws=("*",)), conditions=conditions))
    assert said == (
        "The conditions on aws:RequestedRegion and aws:SecureTransport do not restrict who "
        "can assume the role."
    )
    assert why_idle(Statement("Allow", Principal(aws=("*",)))) == ""
