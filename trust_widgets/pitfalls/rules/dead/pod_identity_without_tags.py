"""EKS Pod Identity allowed to assume the role, but not to tag the session, as it does each time."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.actions import TAG_SESSION
from trust_widgets.aws.service_calls import POD_IDENTITY
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall, needs
from trust_widgets.pitfalls.missing_actions import without_actions
from trust_widgets.policy import (
    Home,
    TrustPolicy,
    example,
)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    return without_actions(policy, POD_IDENTITY, (TAG_SESSION,), _MESSAGE)


_MESSAGE = (
    "EKS Pod Identity tags each session with the pod's cluster, namespace and service account, so"
    " the request fails without {missing}. As written, this statement allows no pod."
)


_PODS = {"Service": POD_IDENTITY}

PITFALL = Pitfall(
    code="TP218",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="Pod Identity without sts:TagSession",
    find=find,
    needs=needs.service(POD_IDENTITY),
    fine="When the association has session tags disabled, it may work.",
    source="https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html",
    bad=(example(_PODS),),
    good=(
        example(_PODS, ["sts:AssumeRole", "sts:TagSession"]),
        example({"Service": "ec2.amazonaws.com"}),
        example(_PODS, Effect="Deny"),
    ),
)
