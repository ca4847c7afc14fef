"""IAM Roles Anywhere without all three actions that it needs."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.actions import SET_SOURCE_IDENTITY, TAG_SESSION
from trust_widgets.aws.service_calls import ROLES_ANYWHERE
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall, needs
from trust_widgets.pitfalls.missing_actions import without_actions
from trust_widgets.policy import (
    Home,
    TrustPolicy,
    example,
)

_NEEDED = ("sts:AssumeRole", TAG_SESSION, SET_SOURCE_IDENTITY)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    return without_actions(policy, ROLES_ANYWHERE, _NEEDED, _MESSAGE)


_MESSAGE = (
    "IAM Roles Anywhere puts the certificate into the session's tags and source identity, so the"
    " request fails without {missing}. As written, this statement allows no one."
)


_CERTIFICATES = {"Service": ROLES_ANYWHERE}
_WHO = {
    "StringEquals": {"aws:PrincipalTag/x509Subject/CN": "octo-workload"},
    "ArnEquals": {"aws:SourceArn": "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/ta"},
}

PITFALL = Pitfall(
    code="TP219",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="Roles Anywhere without its three actions",
    find=find,
    needs=needs.service(ROLES_ANYWHERE),
    fine="Never: all three are needed, in one statement or in several.",
    source="https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html",
    bad=(
        example(_CERTIFICATES, condition=_WHO),
        example(_CERTIFICATES, ["sts:AssumeRole", "sts:TagSession"], _WHO),
    ),
    good=(
        example(_CERTIFICATES, ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"], _WHO),
        example({"Service": "ec2.amazonaws.com"}),
    ),
)
