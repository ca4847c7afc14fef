"""`{"AWS": "*"}` without a condition that keeps external callers out."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.access import StatementProbe, probe_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import AWS_PRINCIPAL
from trust_widgets.pitfalls.open_callers import stranger_of
from trust_widgets.pitfalls.root_cause import RootCause, culprit_of
from trust_widgets.pitfalls.some_accounts import fits_some_accounts
from trust_widgets.policy import (
    Fix,
    Home,
    Path,
    Statement,
    TrustPolicy,
    add_condition,
    example,
    is_meant_to_assume,
    keys_of,
    principals,
    quoted,
)
from trust_widgets.text.budget import remembered_search


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement, value in principals(policy, "AWS", "Allow"):
        if value != "*" or not is_meant_to_assume(statement):
            continue
        opening = probe_of(policy, path, home)
        if opening is None:
            continue
        caller = stranger_of(opening)
        if caller:
            yield _hit(path, opening, caller, home)


@remembered_search(256)
def _hit(path: Path, opening: StatementProbe, caller: str, home: Home) -> Hit:
    cause = culprit_of(opening, lambda other: bool(stranger_of(other)))
    if cause is None:
        cause = RootCause(path, _why(opening.statement))
    parts = fits_some_accounts(opening.statement)
    if parts:
        message = _some(parts)
    else:
        message = f"Anyone with an AWS account can assume this role: {cause.why} {_DO}"
    return Hit(
        cause.place,
        message,
        callers=(caller,),
        fix=cause.fix or _fix(opening.path, opening.statement, home),
        severity=Severity.HIGH if parts else None,
    )


_DO = (
    "Name the accounts or roles, or add a condition on your organization:"
    ' "StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}.'
)


def _some(values: tuple[str, ...]) -> str:
    """What is said of values that fit some accounts."""
    fit = "fits" if len(values) == 1 else "fit"
    return (
        f"{quoted(values)} {fit} accounts that are not written out. Anyone who has one of them "
        f"can assume this role. {_DO}"
    )


def _why(statement: Statement) -> str:
    keys = keys_of(statement)
    if not keys:
        return "no condition prevents it."
    if keys == {"sts:externalid"}:
        return "an external ID is not a secret, and any account can send it."
    return (
        "the conditions of this statement do not limit the caller to one organization, account "
        "or role."
    )


def _fix(path: Path, statement: Statement, home: Home) -> Fix | None:
    """Require the reader's organization as well, if it is known."""
    if not home.organization or "aws:principalorgid" in keys_of(statement):
        return None
    edit = add_condition(path, statement, "StringEquals", "aws:PrincipalOrgID", home.organization)
    return Fix("Allow only your organization", (edit,))


PITFALL = Pitfall(
    code="TP301",
    verdict=Verdict.OPEN,
    severity=Severity.CRITICAL,
    title="Anyone can assume the role",
    find=find,
    needs=AWS_PRINCIPAL,
    fine=(
        "With a condition on your organization, on accounts, or on roles of a fixed account. A "
        "caller in another account also needs a permission for sts:AssumeRole, but every "
        "account can give its own users this permission."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    bad=(
        example({"AWS": "*"}),
        example({"AWS": "*"}, condition={"StringEquals": {"sts:ExternalId": "b2f6c3de-9a41-4b55"}}),
        example(
            {"AWS": "*"}, condition={"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
        ),
        example(
            {"AWS": "*"}, condition={"StringLike": {"aws:PrincipalOrgID": ["o-a1b2c3d4e5", "o-*"]}}
        ),
    ),
    good=(
        example({"AWS": "*"}, condition={"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
        example(
            {"AWS": "*"},
            condition={"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/app-*"}},
        ),
        example({"AWS": "*"}, Effect="Deny"),
    ),
)
