"""A placeholder of a template in a principal, which nothing filled in."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.examples import issuer_of_provider, token_example
from trust_widgets.policy import Home, TrustPolicy, each_principal, example, statements
from trust_widgets.text.placeholders import placeholder_in


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy):
        for below, _, value in each_principal(statement):
            left = placeholder_in(value)
            if left:
                yield Hit(
                    (*path, "Principal", *below),
                    f'"{left}" in "{value}" looks like a placeholder. No principal has this '
                    "name, so no one can assume the role through it. Replace the "
                    "placeholder with the real value.",
                )


_ARN = "arn:aws:iam::111122223333"


def _cluster(name: str) -> str:
    issuer = issuer_of_provider("eks", region="us-east-1", cluster=name)
    return token_example(issuer, {"StringEquals": {"sub": "system:serviceaccount:shop:cart"}})


PITFALL = Pitfall(
    code="TP252",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="A placeholder in a principal",
    find=find,
    fine="In a template, before a tool replaces it.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    bad=(
        _cluster("<CLUSTER_ID>"),
        _cluster("${OIDC_ID}"),
        _cluster("YOUR_CLUSTER_ID"),
        example({"AWS": f"{_ARN}:role/YOUR_ROLE_NAME"}),
    ),
    good=(
        _cluster("EXAMPLED539D4633E53DE1B71EXAMPLE"),
        example({"AWS": f"{_ARN}:role/your-role"}),
        example({"AWS": f"{_ARN}:role/example-role"}),
    ),
)
