"""IAM Roles Anywhere without the trust anchor, or without anything of the certificate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trust_widgets.access import StatementProbe, probe_of
from trust_widgets.aws.actions import SET_SOURCE_IDENTITY, TAG_SESSION
from trust_widgets.aws.principal_forms import account_of
from trust_widgets.aws.service_calls import ROLES_ANYWHERE
from trust_widgets.evaluation import Request
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall, needs
from trust_widgets.policy import (
    Home,
    Path,
    TrustPolicy,
    example,
    is_meant_to_assume,
    normalized_key,
    principals,
)
from trust_widgets.text.globs import example_text

_ARN, _ANCHOR = "aws:SourceArn", "trust-anchor/"
_TAG = "aws:principaltag/x509"
_PRINCIPAL_TAG, _REQUEST_TAG = "aws:PrincipalTag/", "aws:RequestTag/"
_OTHER = "somebody-else"
_ELSEWHERE = ("999988887777", "ap-south-1")
_NO_ANCHOR = (
    'This statement accepts any trust anchor{}. Require yours with "ArnEquals" on "aws:SourceArn".'
)
_NO_NAME = (
    "This statement accepts any certificate from the certificate authority of the trust anchor. "
    'Require a name in the certificate, for example with "aws:PrincipalTag/x509Subject/CN".'
)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement, value in principals(policy, "Service", "Allow"):
        if value != ROLES_ANYWHERE or not is_meant_to_assume(statement):
            continue
        opening = probe_of(policy, path, home)
        hit = _hit(opening, path) if opening is not None else None
        if hit is not None:
            yield hit


def _hit(opening: StatementProbe, path: Path) -> Hit | None:
    names, anchors = _asked_names(opening), list(_asked_anchors(opening))
    account = account_of(opening.role)
    others = [f"arn:aws:rolesanywhere:us-east-1:{account}:{_ANCHOR}other", *map(_another, anchors)]
    anybodys = next((anchor for anchor in others if _lets_in(opening, anchor, names)), None)
    any_name = any(
        _lets_in(opening, anchor, dict.fromkeys(names, _OTHER))
        for anchor in (*map(_filled, anchors), *others)
    )
    what: list[str] = []
    whose, named = "your trust anchor", ""
    if anybodys is not None:
        what.append(_NO_ANCHOR.format(_bound(opening, anybodys, names)))
        whose = "another trust anchor"
    if any_name:
        what.append(_NO_NAME)
        named = f", with the name {_OTHER}"
    if not what:
        return None
    return Hit(
        path,
        f"{' '.join(what)} A common name is unique only within one certificate authority, so "
        "both conditions are needed.",
        callers=(f"IAM Roles Anywhere, for a certificate of {whose}{named}",),
    )


def _asked_names(opening: StatementProbe) -> dict[str, str]:
    """What the certificate must have: its tags, and the source identity, which is its common
    name.
    """
    asked = [c for c in opening.policy.statements[0].conditions if c.values]
    names = [
        c
        for c in asked
        if normalized_key(c.key).startswith(_TAG) or normalized_key(c.key) == "sts:sourceidentity"
    ]
    return {condition.key: _filled(str(condition.values[0])) for condition in names}


def _asked_anchors(opening: StatementProbe) -> Iterator[str]:
    for _, _, value in opening.policy.statements[0].values_of(_ARN):
        yield str(value)


def _another(pattern: str) -> str:
    """Another anchor of the same account and region."""
    return _filled(pattern.partition(_ANCHOR)[0]) + f"{_ANCHOR}other"


def _bound(opening: StatementProbe, anchor: str, names: Mapping[str, str]) -> str:
    """Of which account and region every anchor is allowed, if not of all."""
    head, _, region, account, name = anchor.rsplit(":", 4)
    stranger, far = _ELSEWHERE
    here = all(
        not _lets_in(opening, f"{head}:rolesanywhere:{each}:{stranger}:{name}", names)
        for each in (region, far)
    )
    near = not _lets_in(opening, f"{head}:rolesanywhere:{far}:{account}:{name}", names)
    return f"{f' of account {account}' if here else ''}{f' in {region}' if near else ''}"


def _filled(pattern: str) -> str:
    return example_text(pattern, run="other")


def _lets_in(opening: StatementProbe, anchor: str, names: Mapping[str, str]) -> bool:
    account = account_of(anchor) or account_of(opening.role)
    told = {_ARN: anchor, "aws:SourceAccount": account, "aws:PrincipalTag/x509Subject/CN": _OTHER}
    mine = {normalized_key(key) for key in names}
    context = {key: value for key, value in told.items() if normalized_key(key) not in mine}
    context |= names
    if _compares_with_request_tags(opening):
        # Both are set from the same certificate.
        tags = {key: value for key, value in context.items() if _PRINCIPAL_TAG in key}
        context |= {k.replace(_PRINCIPAL_TAG, _REQUEST_TAG): value for k, value in tags.items()}
    return opening.lets_in(
        Request("sts:AssumeRole", ROLES_ANYWHERE, opening.role, context, caller_permission="yes")
    )


def _compares_with_request_tags(opening: StatementProbe) -> bool:
    """Whether a value is a tag of the session, which Roles Anywhere takes from the certificate."""
    conditions = opening.policy.statements[0].conditions
    values = [str(value).lower() for condition in conditions for value in condition.values]
    return any("${aws:requesttag/x509" in value.replace(" ", "") for value in values)


_ACTIONS = ["sts:AssumeRole", TAG_SESSION, SET_SOURCE_IDENTITY]
_MINE = {"ArnEquals": {_ARN: "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/ta-1"}}
_CN = {"StringEquals": {"aws:PrincipalTag/x509Subject/CN": "my-workload"}}
_SAME = {"StringEquals": {"aws:PrincipalTag/x509Subject/CN": "${aws:RequestTag/x509Subject/CN}"}}

PITFALL = Pitfall(
    code="TP315",
    verdict=Verdict.OPEN,
    severity=Severity.MEDIUM,
    title="IAM Roles Anywhere for any anchor or certificate",
    find=find,
    needs=needs.service(ROLES_ANYWHERE),
    fine=(
        "When the certificate authority of the trust anchor issues certificates for this workload "
        "only. Profiles of IAM Roles Anywhere also limit the roles."
    ),
    source="https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html",
    bad=(
        example({"Service": ROLES_ANYWHERE}, _ACTIONS),
        example({"Service": ROLES_ANYWHERE}, _ACTIONS, _MINE),
        example({"Service": ROLES_ANYWHERE}, _ACTIONS, _CN),
        example({"Service": ROLES_ANYWHERE}, _ACTIONS, _MINE | _SAME),
    ),
    good=(example({"Service": ROLES_ANYWHERE}, _ACTIONS, _MINE | _CN),),
)
