"""`CanonicalUser`, an Amazon S3 form that a role's trust policy does not take."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import CANONICAL_USER
from trust_widgets.policy import Home, TrustPolicy, example, statements


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy):
        if statement.principal is not None and statement.principal.canonical_user is not None:
            yield Hit(
                (*path, "Principal", "CanonicalUser"),
                "CanonicalUser names an account in Amazon S3 bucket policies. A trust policy "
                'does not support it. Name the account instead, for example {"AWS": '
                '"111122223333"}.',
            )


PITFALL = Pitfall(
    code="TP104",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="An S3 canonical user as principal",
    find=find,
    needs=CANONICAL_USER,
    fine="Never in a trust policy. In a bucket policy it is a usual way to name an account.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
    bad=(
        example(
            {"CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}
        ),
    ),
    good=(example({"AWS": "111122223333"}),),
)
