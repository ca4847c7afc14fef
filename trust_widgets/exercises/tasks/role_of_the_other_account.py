"""Trust one role of another account instead of the whole account."""

from __future__ import annotations

from trust_widgets.exercises import Exercise, PermissionTask
from trust_widgets.exercises.writing import (
    OWN,
    PARTNER,
    ROLE,
    VENDOR,
    calls,
    permission,
    policy,
    statement,
)

_DEPLOYER = f"arn:aws:iam::{PARTNER}:role/deployer"
_ROOT = f"arn:aws:iam::{PARTNER}:root"


def _session(role: str, account: str = PARTNER, name: str = "run-1") -> str:
    return f"arn:aws:sts::{account}:assumed-role/{role}/{name}"


EXERCISE = Exercise(
    name="role_of_the_other_account",
    label="W2",
    title="One role of the other account",
    minutes=10,
    brief=(
        f"Account {PARTNER} belongs to another team. Its role deployer deploys your application,"
        " in any of its sessions. Nobody else of that account may assume this role, whatever"
        " permissions its administrators give."
    ),
    start=policy(statement({"AWS": _ROOT})),
    must_allow=(
        calls("a session of the role deployer", "role_session", arn=_session("deployer"), path="/"),
        calls(
            "another session of the role deployer",
            "role_session",
            arn=_session("deployer", name="night"),
            path="/",
        ),
    ),
    must_deny=(
        calls("the other team's intern", "iam_user", arn=f"arn:aws:iam::{PARTNER}:user/intern"),
        calls("a session of the role tester", "role_session", arn=_session("tester"), path="/"),
        calls(
            f"a role deployer of account {VENDOR}",
            "role_session",
            arn=_session("deployer", VENDOR),
            path="/",
        ),
    ),
    narrowest=policy(statement({"AWS": _DEPLOYER})),
    widest=policy(
        statement({"AWS": _DEPLOYER}),
        statement({"AWS": _ROOT}, Condition={"ArnEquals": {"aws:PrincipalArn": _DEPLOYER}}),
    ),
    hints=(
        "Whom does the principal in this policy stand for?",
        "A role's ARN as principal matches all of its sessions.",
        f'Write "{_DEPLOYER}" in place of the account, or require it of the caller\'s ARN.',
    ),
    solutions=(
        policy(statement({"AWS": _DEPLOYER})),
        policy(statement({"AWS": _ROOT}, Condition={"ArnEquals": {"aws:PrincipalArn": _DEPLOYER}})),
        policy(
            statement({"AWS": PARTNER}, Condition={"StringLike": {"aws:PrincipalArn": _DEPLOYER}})
        ),
        policy(
            statement({"AWS": _ROOT}),
            statement(
                {"AWS": "*"},
                Effect="Deny",
                Condition={"ArnNotEquals": {"aws:PrincipalArn": _DEPLOYER}},
            ),
        ),
    ),
    reading=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html",
    ),
    permission=PermissionTask(
        brief=(
            "The caller also needs a permission in its own account. Write the permissions policy of"
            f" the role deployer of account {PARTNER}: it may assume the role {ROLE}, and it may do"
            " nothing else."
        ),
        start=permission("sts:*", "*"),
        request=calls(
            "a session of the role deployer", "role_session", arn=_session("deployer"), path="/"
        ),
        trust=policy(statement({"AWS": _DEPLOYER})),
        other_roles=(
            (f"the role admin of account {OWN}", f"arn:aws:iam::{OWN}:role/admin"),
            (f"a role app of account {VENDOR}", f"arn:aws:iam::{VENDOR}:role/app"),
        ),
        solutions=(
            permission("sts:AssumeRole", ROLE),
            permission("sts:assumerole", [ROLE, f"arn:aws:iam::{OWN}:user/app"]),
        ),
    ),
)
