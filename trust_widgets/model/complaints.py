"""What is wrong with answers as they are typed, so that each can be reported at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trust_widgets.aws.arns import ACCOUNT_ID, ACCOUNT_ID_FORM
from trust_widgets.aws.limits import ROLE_NAME, ROLE_PATH
from trust_widgets.model.grants import complaints_of, kind_of
from trust_widgets.model.placement import Placed

NOT_WRITTEN = (
    "This entry is not in the policy: the account was read from the text after the entry was "
    "made. To add it to the policy, change one of its answers."
)


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with one answer as typed.

    Args:
        grant: the grant's index; -1 is the role.
        question: the question's name.
        message: what is wrong.
    """

    grant: int
    question: str
    message: str


def complaints_about_grants(placed: tuple[Placed, ...], account: str) -> Iterator[Complaint]:
    """What keeps each grant from becoming statements.

    Args:
        placed: the grants, however unfinished, each with its statements in the text.
        account: the account the role lives in, which some of them need.
    """
    for index, (grant, statements) in enumerate(placed):
        complaints = complaints_of(grant, account)
        for question, message in complaints.items():
            yield Complaint(index, question, message)
        if not complaints and not statements and kind_of(grant) is not None:
            yield Complaint(index, "account", NOT_WRITTEN)


def complaints_about_role(name: str, path: str, account: str) -> tuple[Complaint, ...]:
    """Return what IAM would refuse about a role's own fields.

    Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
    """
    checks = (
        (
            "role_name",
            name,
            ROLE_NAME,
            "A role name is 1 to 64 letters, digits and + = , . @ - _, like deploy-app.",
        ),
        ("path", path, ROLE_PATH, "A path starts and ends with /, like / or /teams/web/."),
        ("account", account, f"({ACCOUNT_ID})?", f"{ACCOUNT_ID_FORM}, like 111122223333."),
    )
    return tuple(
        Complaint(-1, question, message)
        for question, value, rule, message in checks
        if not re.fullmatch(rule, value, re.ASCII)
    )
