"""An external ID required from callers in the reader's own accounts only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.aws.arns import ACCOUNT_ID
from trust_widgets.aws.principal_forms import account_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import condition_on
from trust_widgets.policy import (
    Condition,
    Home,
    Statement,
    TrustPolicy,
    example,
    guarding_conditions,
    normalized_key,
    statements,
)

# https://docs.aws.amazon.com/eks/latest/APIReference/API_PodIdentityAssociation.html: the region,
# the account, the cluster, the namespace and the service account.
_FROM_EKS = re.compile(rf"[a-z0-9-]+/{ACCOUNT_ID}/[^/]+/[^/]+/[^/]+")


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy, "Allow"):
        for guard in guarding_conditions(statement):
            if normalized_key(guard.key) != "sts:externalid" or not _all_own(statement, home):
                continue
            if not _has_a_use(guard, policy, home):
                yield Hit(
                    (*path, *guard.path),
                    "An external ID is for third parties that act for many customers. Between "
                    "your own accounts it protects little: it is not a secret, and Switch Role "
                    "in the console cannot send it.",
                )


def _has_a_use(guard: Condition, policy: TrustPolicy, home: Home) -> bool:
    """Whether EKS Pod Identity sends the external ID, or a third party's statement requires it too:
    a vendor that also has the role assume itself asks for it in both.
    """
    ids = set(map(str, guard.values))
    if all(map(_FROM_EKS.fullmatch, ids)):
        return True
    for _, other in statements(policy, "Allow"):
        theirs = {str(value) for _, _, value in other.values_of("sts:ExternalId")}
        if ids & theirs and not _all_own(other, home):
            return True
    return False


def _all_own(statement: Statement, home: Home) -> bool:
    """Whether only accounts of the reader are named, or everyone in the reader's organization."""
    if statement.principal is None:
        return False
    kinds = dict(statement.principal.kinds)
    if set(kinds) != {"AWS"} or not kinds["AWS"]:
        return False
    if _requires_organization(statement, home):
        return True
    return all(account_of(caller) in home.accounts for caller in kinds["AWS"])


def _requires_organization(statement: Statement, home: Home) -> bool:
    """Whether a statement allows callers of the reader's organization alone."""
    return any(
        normalized_key(guard.key) == "aws:principalorgid"
        and set(guard.values) == {home.organization}
        for guard in guarding_conditions(statement)
    )


PITFALL = Pitfall(
    code="TP413",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="An external ID required from your own accounts",
    find=find,
    needs=condition_on("sts:ExternalId"),
    fine=(
        "When a third-party tool runs in your account and requires it. The external ID of EKS "
        "Pod Identity for a target role, and one that another statement requires from a "
        "vendor, are not reported."
    ),
    source=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user_externalid.html"
    ),
    bad=(
        example(
            {"AWS": "arn:aws:iam::111122223333:role/deploy"},
            condition={"StringEquals": {"sts:ExternalId": "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"}},
        ),
    ),
    good=(
        example(
            {"AWS": "arn:aws:iam::999988887777:root"},
            condition={"StringEquals": {"sts:ExternalId": "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"}},
        ),
        example({"AWS": "arn:aws:iam::111122223333:role/deploy"}),
        example(
            {"AWS": "arn:aws:iam::111122223333:role/pods"},
            condition={"StringEquals": {"sts:ExternalId": "eu-west-1/111122223333/web/shop/cart"}},
        ),
    ),
    home=Home(accounts=("111122223333",)),
)
