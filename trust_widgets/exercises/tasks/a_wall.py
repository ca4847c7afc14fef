"""Repair a statement that nobody can meet: an organization and an external ID."""

from __future__ import annotations

from trust_widgets.exercises import Exercise
from trust_widgets.exercises.writing import OWN, PARTNER, VENDOR, calls, policy, statement

_ORGANIZATION, _ID = "o-a1b2c3d4e5", "octo-backup-2026"
_WANTED = {"StringEquals": {"aws:PrincipalOrgID": _ORGANIZATION, "sts:ExternalId": _ID}}


def _session(account: str, role: str = "backup") -> str:
    return f"arn:aws:sts::{account}:assumed-role/{role}/run-1"


EXERCISE = Exercise(
    name="a_wall",
    title="A wall",
    minutes=8,
    brief=(
        "This statement allows no one, and no one has noticed for a year. What was "
        f"meant: any role or user of your organization {_ORGANIZATION} may assume the "
        f"role, but only with the external ID {_ID}."
    ),
    start=policy(
        statement(
            {"AWS": "*"},
            Condition={
                "StringEquals": {
                    "aws:PrincipalOrgID": _ORGANIZATION,
                    "sts:ExternalId": "octo-backup-*",
                }
            },
        )
    ),
    must_allow=(
        calls(
            "the role backup of another account of your organization",
            "role_session",
            arn=_session(PARTNER),
            path="/",
            organization=_ORGANIZATION,
            external_id=_ID,
        ),
        calls(
            "a user of your own account",
            "iam_user",
            arn=f"arn:aws:iam::{OWN}:user/ops",
            organization=_ORGANIZATION,
            external_id=_ID,
        ),
    ),
    must_deny=(
        calls(
            "a role of your organization without an external ID",
            "role_session",
            arn=_session(PARTNER),
            path="/",
            organization=_ORGANIZATION,
        ),
        calls(
            "a role of your organization with an external ID of last year",
            "role_session",
            arn=_session(PARTNER),
            path="/",
            organization=_ORGANIZATION,
            external_id="octo-backup-2025",
        ),
        calls(
            "a role of another organization with the external ID",
            "role_session",
            arn=_session(VENDOR),
            path="/",
            organization="o-z9y8x7w6v5",
            external_id=_ID,
        ),
    ),
    narrowest=policy(statement({"AWS": "*"}, Condition=_WANTED)),
    widest=policy(statement({"AWS": "*"}, Condition=_WANTED)),
    hints=(
        "Which of the two conditions can no request meet?",
        "A wildcard has no meaning under an operator that asks for equality.",
        f'Write "{_ID}" in place of the pattern.',
    ),
    solutions=(
        policy(statement({"AWS": "*"}, Condition=_WANTED)),
        policy(
            statement(
                {"AWS": "*"},
                Condition={
                    "StringLike": {"sts:ExternalId": _ID},
                    "StringEquals": {"aws:PrincipalOrgID": [_ORGANIZATION]},
                },
            )
        ),
        policy(
            statement(
                {"AWS": "*"}, Condition={"StringEquals": {"aws:PrincipalOrgID": _ORGANIZATION}}
            ),
            statement(
                {"AWS": "*"}, Effect="Deny", Condition={"StringNotEquals": {"sts:ExternalId": _ID}}
            ),
        ),
    ),
    reading=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
    ),
)
