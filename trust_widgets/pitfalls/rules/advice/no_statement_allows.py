"""A policy without an Allow: nobody can assume its role, whatever a Deny says."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.policy import Home, Statement, TrustPolicy, example


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    if policy.statements and all(map(_is_whole_deny, policy.statements)):
        yield Hit(
            ("Statement", 0, "Effect"),
            "No statement of this policy is an Allow, so no one can assume the role. A Deny "
            "only takes access away. Add an Allow for the callers that need the role.",
        )


def _is_whole_deny(statement: Statement) -> bool:
    """Whether a statement is a Deny in which nothing is missing or empty, as IAM refuses."""
    principal = statement.principal
    if statement.effect != "Deny" or principal is None:
        return False
    values = [values for _, values in principal.kinds]
    return (principal.star or (bool(values) and all(values))) and bool(
        statement.action or statement.not_action
    )


_EVERYONE = {"AWS": "*"}

PITFALL = Pitfall(
    code="TP451",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="A policy without an Allow",
    find=find,
    fine="When the role is disabled on purpose.",
    source=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html"
    ),
    bad=(
        example(_EVERYONE, Effect="Deny"),
        example({"AWS": "arn:aws:iam::111122223333:user/octo"}, Effect="Deny"),
    ),
    good=(
        example({"AWS": "arn:aws:iam::111122223333:user/octo"}),
        example(_EVERYONE).replace(
            '"Statement": [',
            '"Statement": [{"Effect": "Deny", "Principal": {"AWS": "*"}, "Action":'
            ' "sts:AssumeRole", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}, ',
        ),
    ),
)
