"""An account with conditions that choose its callers: each needs its own permission as
well.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from trust_widgets.aws.principal_forms import PrincipalForm, form_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import AWS_PRINCIPAL
from trust_widgets.policy import (
    Home,
    Path,
    Statement,
    TrustPolicy,
    example,
    guarding_conditions,
    is_meant_to_assume,
    narrows,
    normalized_key,
    principals,
)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path in islice(_accounts(policy), 1):  # once for the policy
        yield Hit(
            path,
            "An account as principal gives nobody access by itself: each caller there also "
            "needs a permission for sts:AssumeRole on this role. The root user of an account "
            "cannot assume roles.",
        )


def _accounts(policy: TrustPolicy) -> Iterator[Path]:
    """Accounts whose callers a condition chooses; what is said of the others says this already."""
    for path, statement, value in principals(policy, "AWS", "Allow"):
        if form_of(value) is not PrincipalForm.ACCOUNT or not is_meant_to_assume(statement):
            continue
        if narrows(statement) and not _for_a_vendor(statement):
            yield path


def _for_a_vendor(statement: Statement) -> bool:
    """With an external ID the other half is the vendor's, who knows what it needs."""
    return any(
        normalized_key(guard.key) == "sts:externalid" for guard in guarding_conditions(statement)
    )


PITFALL = Pitfall(
    code="TP409",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="The caller also needs a permission",
    find=find,
    needs=AWS_PRINCIPAL,
    fine="When the callers already have the permission, or a wider one.",
    source=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_permissions-to-switch.html"
    ),
    bad=(
        example(
            {"AWS": "111122223333"}, condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}}
        ),
    ),
    good=(
        example({"AWS": "arn:aws:iam::111122223333:role/deploy"}),
        example(
            {"AWS": "999988887777"},
            condition={"StringEquals": {"sts:ExternalId": "b2f6c3de-9a41-4b55"}},
        ),
    ),
    home=Home(accounts=("111122223333",)),
)
