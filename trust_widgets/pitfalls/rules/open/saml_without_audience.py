"""A SAML provider whose assertions are taken wherever they were sent."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from trust_widgets.access import StatementProbe, probe_of, without_distinguishing_values
from trust_widgets.aws.partitions import PARTITIONS
from trust_widgets.aws.principal_forms import partition_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall, Precedence
from trust_widgets.pitfalls.needs import FEDERATED_PRINCIPAL
from trust_widgets.pitfalls.root_cause import RootCause, culprit_of, operator_beside_others
from trust_widgets.policy import (
    Fix,
    Home,
    TrustPolicy,
    add_condition,
    example,
    is_meant_to_assume,
    keys_of,
    normalized_key,
    principals,
)
from trust_widgets.text.budget import remembered_search

_KEY = "SAML:aud"


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement, value in principals(policy, "Federated", "Allow"):
        if ":saml-provider/" not in value or not is_meant_to_assume(statement):
            continue
        opening = probe_of(policy, path, home)
        if opening is not None and _takes_any(opening, value):
            cause = culprit_of(opening, partial(_takes_any, principal=value))
            if cause is None:
                cause = RootCause(path, "", _fix(opening, value))
            yield Hit(
                cause.place,
                f'No condition requires AWS\'s sign-in endpoint in "{_KEY}". '
                f"{f'{cause.why} ' if cause.why else ''}This condition does not "
                "restrict people: the provider's Role attribute does, or a condition on SAML:sub "
                "or a group.",
                callers=(
                    (
                        f"a person who signs in at {value.rpartition('/')[2]}, with any recipient"
                        " in the assertion"
                    ),
                ),
                fix=cause.fix,
            )


@remembered_search(256)
def _takes_any(opening: StatementProbe, principal: str) -> bool:
    without = partial(without_distinguishing_values, counts=_is_audience)
    return opening.through(opening.callers(principal), without).found is True


def _is_audience(key: str) -> bool:
    return key == normalized_key(_KEY)


def _is_saml(principal: str) -> bool:
    return ":saml-provider/" in principal


def _fix(opening: StatementProbe, value: str) -> Fix | None:
    endpoints = [
        p.saml_endpoints[0]
        for p in PARTITIONS
        if p.name == partition_of(value) and p.saml_endpoints
    ]
    if not endpoints or normalized_key(_KEY) in keys_of(opening.statement):
        return None
    operator = operator_beside_others(opening.statement, "StringEquals", _is_saml)
    edit = add_condition(opening.path, opening.statement, operator, _KEY, endpoints[0])
    return Fix(f'Require "{endpoints[0]}"', (edit,))


_CORP = {"Federated": "arn:aws:iam::111122223333:saml-provider/corp"}
_SAML = "sts:AssumeRoleWithSAML"

PRECEDENCE = Precedence(last=70)

PITFALL = Pitfall(
    code="TP311",
    verdict=Verdict.OPEN,
    severity=Severity.LOW,
    title="A SAML provider without SAML:aud",
    find=find,
    needs=FEDERATED_PRINCIPAL,
    fine="When the identity provider makes assertions for AWS only.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html",
    bad=(
        example(_CORP, _SAML),
        example(_CORP, _SAML, {"StringEquals": {"SAML:sub_type": "persistent"}}),
    ),
    good=(
        example(_CORP, _SAML, {"StringEquals": {_KEY: "https://signin.aws.amazon.com/saml"}}),
        example(_CORP, _SAML, {"StringLike": {_KEY: "https://*.signin.aws.amazon.com/saml"}}),
    ),
)
