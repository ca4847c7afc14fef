"""Trust a role in all of its sessions instead of one session."""

from __future__ import annotations

from trust_widgets.exercises import Exercise
from trust_widgets.exercises.writing import OWN, PARTNER, calls, policy, statement

_ROLE = f"arn:aws:iam::{PARTNER}:role/nightly"
_MONDAY = f"arn:aws:sts::{PARTNER}:assumed-role/nightly/monday"
_TUESDAY = f"arn:aws:sts::{PARTNER}:assumed-role/nightly/tuesday"

EXERCISE = Exercise(
    name="any_session",
    title="It worked on Monday",
    minutes=5,
    brief=(
        f"The role nightly of account {PARTNER} copies your data every night. It worked on Monday,"
        " and on Tuesday it was refused. It has to work every night, and for nobody else."
    ),
    start=policy(statement({"AWS": _MONDAY})),
    must_allow=(
        calls("the role nightly on Monday", "role_session", arn=_MONDAY, path="/"),
        calls("the role nightly on Tuesday", "role_session", arn=_TUESDAY, path="/"),
    ),
    must_deny=(
        calls(
            "a role of that name in your account",
            "role_session",
            arn=f"arn:aws:sts::{OWN}:assumed-role/nightly/monday",
            path="/",
        ),
        calls(
            "another role of the account",
            "role_session",
            arn=f"arn:aws:sts::{PARTNER}:assumed-role/daily/monday",
            path="/",
        ),
    ),
    narrowest=policy(statement({"AWS": _ROLE})),
    widest=policy(
        statement({"AWS": _ROLE}),
        statement({"AWS": PARTNER}, Condition={"ArnEquals": {"aws:PrincipalArn": _ROLE}}),
    ),
    hints=(
        "Who is named here: a role, or what a role was for one hour?",
        "Every night the role starts a session with a new name.",
        f'Name the role itself: "{_ROLE}".',
    ),
    solutions=(
        policy(statement({"AWS": _ROLE})),
        policy(statement({"AWS": [_ROLE, _MONDAY]})),
        policy(statement({"AWS": PARTNER}, Condition={"ArnEquals": {"aws:PrincipalArn": _ROLE}})),
    ),
    reading=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    ),
)
