"""A policy that fills at least 80 % of the quota."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.limits import TRUST_POLICY_CHARACTERS
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.policy_size import size_at_most, size_without_white_space
from trust_widgets.policy import Home, TrustPolicy, example


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    size = size_at_most(policy)
    if size < TRUST_POLICY_CHARACTERS * 0.8:
        return
    if size_without_white_space(policy) <= TRUST_POLICY_CHARACTERS:
        yield Hit(
            (),
            f"This policy has about {size} of the {TRUST_POLICY_CHARACTERS} characters that "
            "IAM accepts by default. White space between elements does not count, and the "
            "quota can be raised.",
        )


PITFALL = Pitfall(
    code="TP403",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="Nearly as long as the quota",
    find=find,
    fine="When you will add nothing more, or the quota of your account has been raised.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
    bad=(
        example(
            {"AWS": [f"arn:aws:iam::111122223333:role/worker-{number:04}" for number in range(40)]}
        ),
    ),
    good=(
        example(
            {"AWS": [f"arn:aws:iam::111122223333:role/worker-{number:04}" for number in range(30)]}
        ),
        example(
            {"AWS": [f"arn:aws:iam::111122223333:role/worker-{number:04}" for number in range(50)]}
        ),
    ),
)
