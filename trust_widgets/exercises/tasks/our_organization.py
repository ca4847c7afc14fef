"""Let every principal of one organization assume the role, and nobody else."""

from __future__ import annotations

from trust_widgets.evaluation import Request
from trust_widgets.exercises import Exercise, NamedRequest
from trust_widgets.exercises.writing import PARTNER, ROLE, VENDOR, calls, policy, statement

_ORGANIZATION = "o-a1b2c3d4e5"
_KEY = "aws:PrincipalOrgID"
_OURS = {"StringEquals": {_KEY: _ORGANIZATION}}
_EVE = f"arn:aws:iam::{VENDOR}:user/eve"


def _session(account: str) -> str:
    return f"arn:aws:sts::{account}:assumed-role/reader/run-1"


EXERCISE = Exercise(
    name="our_organization",
    title="Is the door shut?",
    minutes=6,
    brief=(
        f"A colleague says of this policy: only our organization, {_ORGANIZATION}, can assume the"
        " role. Is that so? Change the policy until it is. Every account of the organization keeps"
        " its access."
    ),
    start=policy(
        statement({"AWS": "*"}, Condition={"StringEqualsIfExists": {_KEY: _ORGANIZATION}})
    ),
    must_allow=(
        calls(
            "a role of another account of your organization",
            "role_session",
            arn=_session(PARTNER),
            path="/",
            organization=_ORGANIZATION,
        ),
    ),
    must_deny=(
        calls(
            "a role of another organization",
            "role_session",
            arn=_session(VENDOR),
            path="/",
            organization="o-z9y8x7w6v5",
        ),
        NamedRequest(
            "a user of an account that is in no organization",
            Request("sts:AssumeRole", _EVE, ROLE, caller_permission="yes"),
        ),
    ),
    narrowest=policy(statement({"AWS": "*"}, Condition=_OURS)),
    widest=policy(statement({"AWS": "*"}, Condition=_OURS)),
    hints=(
        "What does the condition decide for an account that is in no organization?",
        "An operator that ends in IfExists is true when the key is missing.",
        'Write "StringEquals" in place of "StringEqualsIfExists".',
    ),
    solutions=(
        policy(statement({"AWS": "*"}, Condition=_OURS)),
        policy(
            statement(
                {"AWS": "*"},
                Condition={"StringLike": {_KEY: _ORGANIZATION}, "Null": {_KEY: "false"}},
            )
        ),
        policy(
            statement({"AWS": "*"}, Condition={"StringEqualsIfExists": {_KEY: _ORGANIZATION}}),
            statement({"AWS": "*"}, Effect="Deny", Condition={"Null": {_KEY: "true"}}),
        ),
    ),
    reading=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
    ),
)
