"""Another AWS account: all of it, or roles and users of it by name.

https://docs.aws.amazon.com/IAM/latest/UserGuide/tutorial_cross-account-with-roles.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from trust_widgets.patterns import Pattern
from trust_widgets.policy import Principal, Statement, TrustPolicy
from trust_widgets.questions import Question
from trust_widgets.role import Companion, Role

_ACCOUNT = Question(
    "Account",
    "Whose account: 12 digits.",
    "444455556666",
    r"[0-9]{12}",
    "An account id is 12 digits, like 444455556666.",
)
_SCOPE = Question(
    "Who in it",
    choices={"account": "Whomever that account allows", "named": "Only named roles and users"},
)
_PRINCIPALS = Question(
    "Roles and users",
    "Each as role/NAME or user/NAME, with its path if it has one.",
    "role/deployer",
    r"(role|user)/([!-~]+/)?[\w+=,.@-]{1,64}",
    "A role or user is written like role/deployer or user/teams/build.",
    when=("scope", ("named",)),
)
_PARTITION = Question(
    "Partition",
    "Both accounts are in the same one.",
    choices={"aws": "AWS (commercial)", "aws-cn": "China", "aws-us-gov": "GovCloud (US)"},
    more=True,
)


def statements(
    caller_account: Annotated[str, _ACCOUNT],
    scope: Annotated[Literal["account", "named"], _SCOPE] = "account",
    principals: Annotated[tuple[str, ...], _PRINCIPALS] = (),
    partition: Annotated[Literal["aws", "aws-cn", "aws-us-gov"], _PARTITION] = "aws",
) -> tuple[Statement, ...]:
    names = ("root",) if scope == "account" else principals
    arns = tuple(f"arn:{partition}:iam::{caller_account}:{name}" for name in names)
    return (Statement(principal=Principal(aws=arns), action=("sts:AssumeRole",)),)


_ARN = re.compile(r"arn:(aws|aws-cn|aws-us-gov):iam::(\d{12}):(root|(?:role|user)/.+)", re.ASCII)


def answers(statements: tuple[Statement, ...]) -> dict[str, Any] | None:
    principal = statements[0].principal
    if len(statements) != 1 or principal is None or not principal.aws:
        return None
    found = [_ARN.fullmatch(_long_form(value)) for value in principal.aws]
    parts = [match.groups() for match in found if match]
    if len(parts) != len(found) or len({part[:2] for part in parts}) != 1:
        return None
    partition, account, _ = parts[0]
    names = tuple(name for _, _, name in parts)
    told = {"caller_account": account, "partition": partition}
    if names == ("root",):
        return told
    return None if "root" in names else {**told, "scope": "named", "principals": names}


def _long_form(value: str) -> str:
    return f"arn:aws:iam::{value}:root" if re.fullmatch(r"[0-9]{12}", value) else value


def label(answers: Mapping[str, Any]) -> str:
    account = answers["caller_account"].strip() or "another"
    names = [name.rpartition("/")[2] for name in answers["principals"] if name.strip()]
    named = f" · {', '.join(names)}" if answers["scope"] == "named" and names else ""
    return f"Account {account}{named}"


def companions(
    role: Role,
    caller_account: str,
    scope: str = "account",
    principals: tuple[str, ...] = (),
    partition: str = "aws",
) -> tuple[Companion, ...]:
    resource = role.arn.replace("arn:aws:", f"arn:{partition}:", 1)
    allow = Statement(action=("sts:AssumeRole",), resource=(resource,))
    who = "the callers" if scope == "account" else ", ".join(principals)
    why = "Across accounts both sides have to agree: the trust policy here, and a permission there."
    if caller_account == role.account:
        why = "Within one account, a role or user that the trust policy names needs no more than that."
    return (
        Companion(
            "permission_policy",
            f"In account {caller_account}",
            f"Attach this permission policy to {who} in account {caller_account}. {why}",
            "allow-assume-role.json",
            str(TrustPolicy((allow,))),
        ),
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
