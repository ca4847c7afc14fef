"""Answers about callers as a notebook shows them."""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.access import Answer, can_let_in
from trust_widgets.evaluation import identity_of
from trust_widgets.explain import caller_of

ISSUER = "token.actions.githubusercontent.com"


def policy(
    principal: dict[str, str], action: str = "sts:AssumeRole", **condition: Any
) -> tw.TrustPolicy:
    """A policy of one Allow."""
    statement = {
        "Effect": "Allow",
        "Principal": principal,
        "Action": action,
        "Condition": condition,
    }
    return tw.parse(json.dumps({"Version": "2012-10-17", "Statement": [statement]}))


def test_a_comparison_says_who_gains_and_that_nobody_loses() -> None:
    """`IfExists` lets in who is in no organization; the reason is the old policy's."""
    everyone, key = {"AWS": "*"}, {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}
    found = tw.compare(
        policy(everyone, StringEquals=key), policy(everyone, StringEqualsIfExists=key)
    )
    lines = found._repr_mimebundle_()["text/plain"].splitlines()

    assert lines[0].startswith(
        "New callers can assume this role, for example a session of the role"
    )
    assert lines[1].startswith("    arn:aws:sts::")
    assert lines[2].startswith("Before: ") and "aws:PrincipalOrgID" in lines[2]
    assert lines[3] == "No one loses access."


def test_the_same_policy_shows_no_change() -> None:
    """Two plain sentences."""
    ec2 = policy({"Service": "ec2.amazonaws.com"})
    assert (
        tw.compare(ec2, ec2)._repr_mimebundle_()["text/plain"]
        == "No one gains access.\nNo one loses access."
    )


def test_what_is_not_decided_says_why() -> None:
    """It is neither yes nor no."""
    answer = Answer(None, None, "Not decided: there are too many possibilities.")
    assert (
        answer._repr_mimebundle_()["text/plain"] == "Not decided: there are too many possibilities."
    )


def test_no_says_what_stops_everybody() -> None:
    """No service has signed in with MFA."""
    bundle = can_let_in(
        policy({"Service": "ec2.amazonaws.com"}, Bool={"aws:MultiFactorAuthPresent": "true"}), 0
    )
    lines = bundle._repr_mimebundle_()["text/plain"].splitlines()
    assert lines[0] == "No." and "aws:MultiFactorAuthPresent" in lines[1]


def test_a_hostile_value_runs_nowhere() -> None:
    """Values of a policy come into the call that shows it, and are escaped."""
    hostile = "<img src=x onerror=alert(1)>"
    found = tw.is_public(
        policy(
            {"AWS": "*"}, StringEquals={"sts:RoleSessionName": hostile, "sts:ExternalId": hostile}
        )
    )
    shown = Answer(
        True, tw.Request("sts:AssumeRole", "ec2.amazonaws.com", context={"sts:ExternalId": hostile})
    )
    for answer in (found, shown):
        assert "<img" not in answer._repr_mimebundle_()["text/html"]
    assert "&lt;img" in shown._repr_mimebundle_()["text/html"]


def test_callers_of_a_statement_come_with_an_example() -> None:
    """Whoever has an account anywhere gets in, and so does a stranger."""
    [callers] = tw.who_gets_in(policy({"AWS": "*"}))
    lines = callers._repr_mimebundle_()["text/plain"].splitlines()
    assert lines[0] == f"{callers.sentence} This includes external access."
    assert lines[1].startswith("For example ") and lines[2].startswith("    arn:aws:")


@pytest.mark.parametrize(
    ("name", "words"), [("session", "a session"), ("run-1", "the session run-1")]
)
def test_a_session_of_no_name_is_any(name: str, words: str) -> None:
    """Calls that are made up have one called "session"."""
    who = identity_of(f"arn:aws:sts::444455556666:assumed-role/other/{name}")
    assert caller_of(who) == f"{words} of the role other of account 444455556666"
