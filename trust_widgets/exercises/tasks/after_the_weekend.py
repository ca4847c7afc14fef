"""Repair a policy whose principals were deleted and made again."""

from __future__ import annotations

from trust_widgets.exercises import Exercise
from trust_widgets.exercises.writing import PARTNER, calls, policy, statement

_DEPLOYER = f"arn:aws:iam::{PARTNER}:role/deployer"
_BACKUPS = f"arn:aws:iam::{PARTNER}:role/backup-*"
_backups = statement(
    {"AWS": f"arn:aws:iam::{PARTNER}:root"},
    Condition={"ArnLike": {"aws:PrincipalArn": _BACKUPS}},
)


def _session(role: str) -> str:
    return f"arn:aws:sts::{PARTNER}:assumed-role/{role}/run-1"


EXERCISE = Exercise(
    name="after_the_weekend",
    title="After the weekend",
    minutes=8,
    brief=(
        f"Over the weekend the role deployer of account {PARTNER} was deleted and made again, and"
        " since then it is refused. The second principal was meant for all roles of that account"
        " whose name begins with backup-. Both have to work again, and nobody else."
    ),
    start=policy(statement({"AWS": ["AROAEXAMPLE1234567890", _BACKUPS]})),
    must_allow=(
        calls("the new role deployer", "role_session", arn=_session("deployer"), path="/"),
        calls("the role backup-nightly", "role_session", arn=_session("backup-nightly"), path="/"),
    ),
    must_deny=(
        calls("the role tester", "role_session", arn=_session("tester"), path="/"),
        calls("the role old-backup-1", "role_session", arn=_session("old-backup-1"), path="/"),
        calls("a user named backup-bot", "iam_user", arn=f"arn:aws:iam::{PARTNER}:user/backup-bot"),
    ),
    narrowest=policy(statement({"AWS": _DEPLOYER}), _backups),
    widest=policy(
        statement({"AWS": _DEPLOYER}),
        statement(
            {"AWS": f"arn:aws:iam::{PARTNER}:root"},
            Condition={"ArnLike": {"aws:PrincipalArn": [_DEPLOYER, _BACKUPS]}},
        ),
    ),
    hints=(
        "What does IAM write in place of a principal that was deleted?",
        "A principal's ARN has no wildcards. A condition on the caller's ARN reads them.",
        f'Name "{_DEPLOYER}", and allow the account under "ArnLike" on "aws:PrincipalArn".',
    ),
    solutions=(
        policy(statement({"AWS": _DEPLOYER}), _backups),
        policy(
            statement(
                {"AWS": PARTNER},
                Condition={"ArnLike": {"aws:PrincipalArn": [_DEPLOYER, _BACKUPS]}},
            )
        ),
    ),
    reading=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html",
    ),
)
