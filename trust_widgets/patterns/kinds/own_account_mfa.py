"""Users of the role's own account who have signed in with MFA.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from trust_widgets.forms import Question
from trust_widgets.patterns import Pattern
from trust_widgets.patterns import accounts as _accounts
from trust_widgets.patterns.companions import try_it
from trust_widgets.policy import Companion, Condition, Role, Statement

_PRESENT, _AGE = "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge"
_SCOPE = Question(
    "Which users",
    (
        "IAM users only. Role sessions never carry MFA information, including those of IAM "
        "Identity Center."
    ),
    choices={"account": "Specific users", "named": "All users of the account"},
)
_USERS = Question(
    "Users",
    "user/NAME, including the path.",
    "user/operator",
    rf"user/{_accounts.NAME}",
    "Write a user like user/operator or user/teams/operator. A role session never carries MFA "
    "information.",
    when=("scope", ("named",)),
    spread=_accounts.spread_arn("account", "users", "scope"),
)
_MAX_AGE = Question(
    "Maximum MFA age",
    "Seconds since the MFA sign-in. Empty: no limit.",
    "3600",
    r"[1-9][0-9]{0,8}",
    "Write a number of seconds, like 3600 for one hour.",
    optional=True,
)


def statements(
    account: str,
    scope: Annotated[Literal["account", "named"], _SCOPE] = "account",
    users: Annotated[tuple[str, ...], _USERS] = (),
    max_age: Annotated[str, _MAX_AGE] = "",
    partition: Annotated[_accounts.Partition, _accounts.PARTITION] = "aws",
) -> tuple[Statement, ...]:
    names = ("root",) if scope == "account" else users
    conditions = [Condition("Bool", _PRESENT, ("true",))]
    if max_age:
        conditions.append(Condition("NumericLessThan", _AGE, (max_age,)))
    caller = _accounts.principal(partition, account, names)
    return (Statement(principal=caller, action=("sts:AssumeRole",), conditions=tuple(conditions)),)


def answers(statements: tuple[Statement, ...]) -> dict[str, Any] | None:
    named, first = _accounts.read(statements), statements[0]
    if named is None or not any(True for _ in first.values_of(_PRESENT)):
        return None
    ages = [
        str(value) for _, operator, value in first.values_of(_AGE) if operator == "NumericLessThan"
    ]
    told = {
        "account": named.account,
        "partition": named.partition,
        "max_age": ages[0] if len(ages) == 1 else "",
    }
    if named.names == ("root",):
        return told
    return {**told, "scope": "named", "users": named.names}


def label(answers: Mapping[str, Any]) -> str:
    names = [name.rpartition("/")[2] for name in answers["users"] if name.strip()]
    return f"{', '.join(names) if answers['scope'] == 'named' and names else 'Own account'} · MFA"


def companions(
    role: Role, scope: str, partition: str, users: tuple[str, ...] = (), **answers: Any
) -> tuple[Companion, ...]:
    caller = _accounts.principal(partition, role.account, users or ("root",))
    tried = try_it(role, caller, partition, role.account)
    if scope == "named":  # a user whom the trust policy names needs nothing else within the account
        return (tried,)
    note = (
        "Attach this permissions policy to the users or groups that need the role. Users with "
        "full permissions in the account do not need it, but they still need MFA."
    )
    return (_accounts.permission(role, "Permission of the users", note, partition), tried)


PATTERN = Pattern(
    title="Your own account, with MFA",
    group="AWS accounts",
    about="IAM users of this account signed in with MFA. Role sessions never qualify.",
    callers=frozenset({"aws"}),
    example={"max_age": "3600"},
    statements=statements,
    answers=answers,
    label=label,
    companions=companions,
    tells_account=False,
)
