"""`NotPrincipal`, which a role's trust policy cannot hold."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.policy import Home, TrustPolicy, example, statements


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy):
        if statement.not_principal is not None:
            yield Hit(
                (*path, "NotPrincipal"),
                "A trust policy does not support NotPrincipal. In an Allow, name in Principal "
                'who can assume the role. In a Deny, write "Principal": {"AWS": "*"} with the '
                'exceptions under "ArnNotLike": {"aws:PrincipalArn": '
                '"arn:aws:iam::111122223333:role/admin"}.',
            )


PITFALL = Pitfall(
    code="TP103",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="NotPrincipal in a trust policy",
    find=find,
    fine=(
        'Never in a trust policy. Do not write an Allow for {"AWS": "*"} with ArnNotLike: it '
        "allows everyone else."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html",
    bad=(example(None, NotPrincipal={"AWS": "arn:aws:iam::111122223333:root"}, Effect="Deny"),),
    good=(
        example(
            {"AWS": "*"},
            condition={"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/a"}},
            Effect="Deny",
        ),
    ),
)
