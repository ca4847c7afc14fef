"""Account access manager allowed to assume the role, but not to set the context, as it does each
time.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.actions import SET_CONTEXT
from trust_widgets.aws.service_calls import ACCOUNT_ACCESS
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall, needs
from trust_widgets.pitfalls.missing_actions import without_actions
from trust_widgets.policy import (
    Home,
    TrustPolicy,
    example,
)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    return without_actions(policy, ACCOUNT_ACCESS, (SET_CONTEXT,), _MESSAGE)


_MESSAGE = (
    "Account access manager sets a context in each session, and no statement allows {missing}."
    ' Its requests fail, so this statement allows no one. Add "{missing}" to the actions.'
)


_MANAGER = {"Service": ACCOUNT_ACCESS}
_SOURCE = {
    "StringEquals": {"aws:SourceAccount": "111122223333"},
    "ArnLike": {"aws:SourceArn": "arn:aws:account-access:*:111122223333:application/*"},
}

PITFALL = Pitfall(
    code="TP241",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="Account access manager without sts:SetContext",
    find=find,
    needs=needs.service(ACCOUNT_ACCESS),
    fine="Never: the service sets a context whenever it assumes a role.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/aam-prepare-roles.html",
    bad=(
        example(_MANAGER, condition=_SOURCE),
        example(_MANAGER, ["sts:AssumeRole", "sts:TagSession"], _SOURCE),
    ),
    good=(
        example(_MANAGER, ["sts:AssumeRole", "sts:SetContext"], _SOURCE),
        example(_MANAGER, ["sts:AssumeRole", "sts:TagSession", "sts:SetContext"], _SOURCE),
        example({"Service": "ec2.amazonaws.com"}),
        example(_MANAGER, Effect="Deny"),
    ),
)
