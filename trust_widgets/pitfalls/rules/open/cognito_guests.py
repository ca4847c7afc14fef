"""A Cognito identity pool whose guests, who have signed in nowhere, are allowed."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.access import StatementProbe, probe_of
from trust_widgets.aws.actions import WITH_WEB_IDENTITY
from trust_widgets.aws.oidc_issuers import COGNITO
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import FEDERATED_PRINCIPAL
from trust_widgets.pitfalls.open_callers import anyones_subject
from trust_widgets.pitfalls.required_claims import lacks_control
from trust_widgets.pitfalls.root_cause import RootCause, culprit_of
from trust_widgets.policy import (
    Fix,
    Home,
    Path,
    TrustPolicy,
    add_condition,
    conditions_on,
    each_principal,
    example,
    is_meant_to_assume,
    principals,
)
from trust_widgets.text.budget import remembered_search


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement, value in principals(policy, "Federated", "Allow"):
        if value not in COGNITO or not is_meant_to_assume(statement):
            continue
        if lacks_control(statement, value):
            continue
        opening = probe_of(policy, path, home)
        if opening is None or not _guests(opening):
            continue
        if anyones_subject(opening, value) is None:
            yield _hit(path, opening, f"{value}:amr")


@remembered_search(256)
def _guests(opening: StatementProbe) -> bool:
    """Whether someone who has not signed in is allowed."""
    return opening.stranger("oidc").found is True


def _hit(path: Path, opening: StatementProbe, amr: str) -> Hit:
    on_purpose = any(
        "unauthenticated" in str(value) for _, _, value in opening.statement.values_of(amr)
    )
    if on_purpose:
        what_to_do = "Give this role few permissions."
    else:
        what_to_do = (
            f'Require signed-in users: "ForAnyValue:StringLike": {{"{amr}": "authenticated"}}.'
        )
    condition = next((each.path for each in conditions_on(opening.statement, amr)), None)
    # Without a cause, the condition itself is at fault, or its absence.
    place = (*opening.path, *condition) if condition is not None else path
    cause = culprit_of(opening, _guests) or RootCause(place, "")
    return Hit(
        cause.place,
        "If the identity pool allows guests, anyone who knows the ID of the pool can assume this "
        "role without signing in. "
        f"{what_to_do}",
        callers=(f'an identity of {amr.removesuffix(":amr")} whose amr is "unauthenticated"',),
        severity=Severity.MEDIUM if on_purpose else None,
        fix=_fix(opening, amr) if condition is None else cause.fix,
    )


def _fix(opening: StatementProbe, amr: str) -> Fix | None:
    """Those who signed in, where the statement names nobody else, who would be kept out."""
    if len(list(each_principal(opening.statement))) > 1:
        return None
    operator = "ForAnyValue:StringLike"
    edit = add_condition(opening.path, opening.statement, operator, amr, "authenticated")
    return Fix("Allow only signed-in users", (edit,))


_POOL = {"StringEquals": {f"{COGNITO[0]}:aud": "us-east-1:12345678-abcd-abcd-abcd-123456789012"}}

PITFALL = Pitfall(
    code="TP312",
    verdict=Verdict.OPEN,
    severity=Severity.HIGH,
    title="Guests of an identity pool",
    find=find,
    needs=FEDERATED_PRINCIPAL,
    fine="When the role is for guests, or the pool gives guests no identity.",
    source="https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html",
    bad=(
        example({"Federated": COGNITO[0]}, WITH_WEB_IDENTITY, _POOL),
        example(
            {"Federated": COGNITO[0]},
            WITH_WEB_IDENTITY,
            _POOL | {"ForAnyValue:StringLike": {f"{COGNITO[0]}:amr": "unauthenticated"}},
        ),
        example(
            {"Federated": COGNITO[0]},
            WITH_WEB_IDENTITY,
            _POOL | {"ForAnyValue:StringLike": {f"{COGNITO[0]}:amr": "*"}},
        ),
    ),
    good=(
        example(
            {"Federated": COGNITO[0]},
            WITH_WEB_IDENTITY,
            _POOL | {"ForAnyValue:StringLike": {f"{COGNITO[0]}:amr": "authenticated"}},
        ),
    ),
)
