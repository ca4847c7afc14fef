"""Another AWS account: all of it, or roles and users of it by name.

https://docs.aws.amazon.com/IAM/latest/UserGuide/tutorial_cross-account-with-roles.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from trust_widgets.aws.arns import ACCOUNT_ID, ACCOUNT_ID_FORM, account_id_of
from trust_widgets.forms import Answer, Question
from trust_widgets.patterns import Pattern
from trust_widgets.patterns import accounts as _accounts
from trust_widgets.patterns.companions import try_it
from trust_widgets.policy import Companion, Role, Statement

_SPREAD = _accounts.spread_arn("caller_account", "principals", "scope")


def _spread_into_list(text: str) -> Mapping[str, Answer]:
    """A role's ARN in the field of its account."""
    parts = _SPREAD(text)
    if parts:
        return {**parts, "principals": (str(parts["principals"]),)}
    return {}


_ACCOUNT = Question(
    "Account",
    "12-digit ID of the trusted account.",
    "444455556666",
    ACCOUNT_ID,
    f"{ACCOUNT_ID_FORM}, like 444455556666.",
    tidy=account_id_of,
    spread=_spread_into_list,
)
_SCOPE = Question(
    "Trusted principals",
    choices={"account": "Entire account", "named": "Specific roles and users"},
)
_PRINCIPALS = Question(
    "Roles and users",
    "role/NAME or user/NAME, including the path.",
    "role/deployer",
    rf"(role|user)/{_accounts.NAME}",
    "Write a role or user like role/deployer or user/teams/build, without the account.",
    when=("scope", ("named",)),
    spread=_SPREAD,
)


def statements(
    caller_account: Annotated[str, _ACCOUNT],
    scope: Annotated[Literal["account", "named"], _SCOPE] = "account",
    principals: Annotated[tuple[str, ...], _PRINCIPALS] = (),
    partition: Annotated[_accounts.Partition, _accounts.PARTITION] = "aws",
) -> tuple[Statement, ...]:
    names = ("root",) if scope == "account" else principals
    return (
        Statement(
            principal=_accounts.principal(partition, caller_account, names),
            action=("sts:AssumeRole",),
        ),
    )


def answers(statements: tuple[Statement, ...]) -> dict[str, Any] | None:
    named = _accounts.read(statements)
    if named is None:
        return None
    told = {"caller_account": named.account, "partition": named.partition}
    if named.names == ("root",):
        return told
    return {**told, "scope": "named", "principals": named.names}


def label(answers: Mapping[str, Any]) -> str:
    account = answers["caller_account"].strip()
    if not account:
        return "Another account"
    names = [name.rpartition("/")[2] for name in answers["principals"] if name.strip()]
    named = f" · {', '.join(names)}" if answers["scope"] == "named" and names else ""
    return f"Account {account}{named}"


def companions(
    role: Role, caller_account: str, scope: str, partition: str, principals: tuple[str, ...] = ()
) -> tuple[Companion, ...]:
    who = "the callers" if scope == "account" else ", ".join(principals)
    why = (
        "Cross-account access needs both: this trust policy, and a permission in the caller's "
        "account."
    )
    if caller_account == role.account:
        why = (
            "In the same account, a role or user that the trust policy names needs no other "
            "permission."
        )
    note = f"Attach this permission policy to {who} in account {caller_account}. {why}"
    caller = _accounts.principal(partition, caller_account, principals or ("root",))
    return (
        _accounts.permission(role, f"In account {caller_account}", note, partition),
        try_it(role, caller, partition, caller_account),
    )


PATTERN = Pattern(
    title="Another account",
    group="AWS accounts",
    about="Users and roles in another AWS account: all of them, or specific ones.",
    callers=frozenset({"aws"}),
    example={"caller_account": "444455556666", "scope": "named", "principals": ("role/deployer",)},
    statements=statements,
    answers=answers,
    label=label,
    companions=companions,
)
