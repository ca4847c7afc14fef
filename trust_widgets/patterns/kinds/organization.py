"""Every account of an AWS organization, or of some of its units.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from trust_widgets.aws.arns import ORGANIZATION_ID, ORGANIZATION_ID_FORM
from trust_widgets.forms import Question
from trust_widgets.patterns import Pattern
from trust_widgets.patterns import accounts as _accounts
from trust_widgets.patterns.companions import try_it
from trust_widgets.policy import Companion, Condition, Principal, Role, Statement

_ANYONE = Principal(aws=("*",))  # the condition says whom
_SCOPE = Question(
    "Which accounts",
    "AWS services and federated callers belong to no organization. Add separate entries for them.",
    choices={
        "organization": "All accounts of an organization",
        "units": "Specific organizational units (OUs)",
    },
)
_ORGANIZATION = Question(
    "Organization",
    "ID of the organization. Its management account is included.",
    "o-a1b2c3d4e5",
    ORGANIZATION_ID,
    f"{ORGANIZATION_ID_FORM}, like o-a1b2c3d4e5.",
    when=("scope", ("organization",)),
)
# https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html
_UNITS = Question(
    "Units",
    "The path from the organization to the OU. A * at the end includes the OUs below it.",
    "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*",
    rf"{ORGANIZATION_ID}/r-[a-z0-9]{{4,32}}/(ou-[a-z0-9]{{4,32}}-[a-z0-9]{{8,32}}/)*\*?",
    "Write it like o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/* : organization, root and OUs, each "
    "followed by a slash.",
    when=("scope", ("units",)),
)


def statements(
    scope: Annotated[Literal["organization", "units"], _SCOPE] = "organization",
    organization: Annotated[str, _ORGANIZATION] = "",
    units: Annotated[tuple[str, ...], _UNITS] = (),
) -> tuple[Statement, ...]:
    # An account is in one place only, but the key holds a list: ForAnyValue, which is false where
    # there is none.
    within = Condition("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", units)
    if scope == "organization":
        within = Condition("StringEquals", "aws:PrincipalOrgID", (organization,))
    return (Statement(principal=_ANYONE, action=("sts:AssumeRole",), conditions=(within,)),)


def answers(statements: tuple[Statement, ...]) -> dict[str, Any] | None:
    first = statements[0]
    if len(statements) != 1 or first.principal != _ANYONE:
        return None
    ids = [
        str(value)
        for _, operator, value in first.values_of("aws:PrincipalOrgID")
        if operator == "StringEquals"
    ]
    paths = tuple(str(value) for _, _, value in first.values_of("aws:PrincipalOrgPaths"))
    if ids:
        return {"organization": ids[0]}
    if paths:
        return {"scope": "units", "units": paths}
    return None


def label(answers: Mapping[str, Any]) -> str:
    if answers["scope"] == "organization":
        return f"Organization {answers['organization'].strip()}".strip()
    units = [path.rstrip("/*").rpartition("/")[2] for path in answers["units"] if path.strip()]
    if units:
        return f"Organization · {', '.join(units)}"
    return "OUs of an organization"


def companions(role: Role, **answers: Any) -> tuple[Companion, ...]:
    note = (
        "Attach this permissions policy to the callers in their own accounts. Cross-account "
        "access needs both."
    )
    return (_accounts.permission(role, "In the calling accounts", note), try_it(role, _ANYONE))


PATTERN = Pattern(
    title="Your organization",
    group="AWS accounts",
    about=(
        "Users and roles in an AWS organization or selected OUs. AWS services are not included."
    ),
    callers=frozenset({"aws"}),
    example={"organization": "o-a1b2c3d4e5"},
    statements=statements,
    answers=answers,
    label=label,
    companions=companions,
)
