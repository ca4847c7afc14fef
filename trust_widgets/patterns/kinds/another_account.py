"""Another AWS account: all of it, or roles and users of it by name.

https://docs.aws.amazon.com/IAM/latest/UserGuide/tutorial_cross-account-with-roles.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from trust_widgets.aws.arns import ACCOUNT_ID, account_id_of
from trust_widgets.forms import Question
from trust_widgets.patterns import Pattern
from trust_widgets.patterns import accounts as _accounts
from trust_widgets.patterns.companions import try_it
from trust_widgets.policy import Companion, Role, Statement

_ACCOUNT = Question(
    "Account",
    "Whose account: 12 digits.",
    "444455556666",
    ACCOUNT_ID,
    "An account id is 12 digits, like 444455556666.",
    tidy=account_id_of,
)
_SCOPE = Question(
    "Who in it",
    choices={"account": "Whomever it allows", "named": "Named roles and users"},
)
_PRINCIPALS = Question(
    "Roles and users",
    "Each as role/NAME or user/NAME, with its path if it has one.",
    "role/deployer",
    rf"(role|user)/{_accounts.NAME}",
    "A role or user is written like role/deployer or user/teams/build, without the account that is"
    " asked for above.",
    when=("scope", ("named",)),
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
    return (
        told if named.names == ("root",) else {**told, "scope": "named", "principals": named.names}
    )


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
    why = "Across accounts both sides have to agree: the trust policy here, and a permission there."
    if caller_account == role.account:
        why = (
            "Within one account, a role or user that the trust policy names needs no more than"
            " that."
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
    about="People or programs of another AWS account: all that it allows, or some by name.",
    callers=frozenset({"aws"}),
    example={"caller_account": "444455556666", "scope": "named", "principals": ("role/deployer",)},
    statements=statements,
    answers=answers,
    label=label,
    companions=companions,
)
