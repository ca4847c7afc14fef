"""A vendor, who acts for many customers, allowed without the external ID of the customer."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from trust_widgets.access import StatementProbe, probe_of, without_distinguishing_values
from trust_widgets.aws.principal_forms import PrincipalForm, account_of, form_of
from trust_widgets.evaluation import principal_arn
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import AWS_PRINCIPAL
from trust_widgets.pitfalls.open_callers import anybody_of, vendor_of
from trust_widgets.pitfalls.root_cause import RootCause, culprit_of
from trust_widgets.policy import Home, TrustPolicy, example, is_meant_to_assume, principals
from trust_widgets.text.budget import remembered_search


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement, value in principals(policy, "AWS", "Allow"):
        vendor = vendor_of(account_of(value), home)
        if not vendor or not is_meant_to_assume(statement):
            continue
        opening = probe_of(policy, path, home)
        if opening is None:
            continue
        if form_of(value) is PrincipalForm.ACCOUNT and anybody_of(opening, value):
            continue  # it is open to all of the account, which another rule reports
        caller = _without_the_id(opening, value)
        if caller:
            cause = culprit_of(opening, partial(_is_open, value)) or RootCause(path, "")
            yield Hit(
                cause.place,
                f"{vendor[:1].upper()}{vendor[1:]} acts for many customers, and this statement "
                "allows it without an "
                f"external ID. Another customer may be able to make {vendor} use this role "
                f"(confused deputy). {f'{cause.why} ' if cause.why else ''}Require "
                f'the external ID that you got from {vendor}: "StringEquals": '
                '{"sts:ExternalId": "..."}.',
                callers=(f"{caller}, without your external ID",),
                fix=cause.fix,
            )


@remembered_search(256)
def _without_the_id(opening: StatementProbe, value: str) -> str:
    without = partial(without_distinguishing_values, counts=_is_external_id)
    witness = opening.through(opening.callers(value), without).witness
    if witness is None:
        return ""
    return principal_arn(witness.identity)


def _is_external_id(key: str) -> bool:
    return key == "sts:externalid"


def _is_open(value: str, opening: StatementProbe) -> bool:
    return bool(_without_the_id(opening, value))


_ROLE = {"AWS": "arn:aws:iam::464622532012:role/collector"}
_ID = {"sts:ExternalId": "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"}

PITFALL = Pitfall(
    code="TP307",
    verdict=Verdict.OPEN,
    severity=Severity.HIGH,
    title="A vendor without an external ID",
    find=find,
    needs=AWS_PRINCIPAL,
    fine="When the account belongs to that vendor but works only for you.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
    bad=(
        example(_ROLE),
        example(_ROLE, condition={"StringEqualsIfExists": _ID}),
        example(_ROLE, condition={"StringLike": {"sts:ExternalId": "*"}}),
        example(
            {"AWS": "464622532012"},
            condition={
                "ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::464622532012:role/collector"}
            },
        ),
    ),
    good=(
        example(_ROLE, condition={"StringEquals": _ID}),
        example({"AWS": "464622532012"}, condition={"StringEquals": _ID}),
        example({"AWS": "arn:aws:iam::444455556666:role/deploy"}),
    ),
)
