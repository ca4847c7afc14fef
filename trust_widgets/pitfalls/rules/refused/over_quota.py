"""A policy longer than the quota.

Refused, though the quota can be raised: 2048 is what AWS documents for an account of which nothing
is known, and the message says what else may hold. Characters are counted from below here, without
any white space, since whether spaces inside strings count is not documented.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.limits import TRUST_POLICY_CHARACTERS
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.policy_size import size_without_white_space
from trust_widgets.policy import Home, TrustPolicy, example


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    size = size_without_white_space(policy)
    if size > TRUST_POLICY_CHARACTERS:
        yield Hit(
            (),
            f"This policy has {size} characters without white space. IAM accepts "
            f"{TRUST_POLICY_CHARACTERS}, unless the quota of the account has been raised. "
            "Merge statements that differ only in their principal, or request a higher quota "
            'for "Role trust policy length" in Service Quotas.',
        )


PITFALL = Pitfall(
    code="TP118",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="Longer than the quota",
    find=find,
    fine="When the quota of your account has been raised, to at most 8192 characters.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
    bad=(
        example(
            {"AWS": [f"arn:aws:iam::111122223333:role/worker-{number:04}" for number in range(50)]}
        ),
    ),
    good=(
        example(
            {"AWS": [f"arn:aws:iam::111122223333:role/worker-{number:04}" for number in range(30)]}
        ),
    ),
)
