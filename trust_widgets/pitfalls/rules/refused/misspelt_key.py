"""A condition key of AWS or STS that does not exist, and is very near to one that does."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.keys.spelling import meant
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.policy import (
    Condition,
    Fix,
    Home,
    Path,
    Rename,
    Statement,
    TrustPolicy,
    example,
    keys_of,
    statements,
)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy):
        for condition in statement.conditions:
            right = meant(condition.key)
            if right is not None:
                yield Hit(
                    (*path, *condition.path),
                    f'There is no condition key "{condition.key}". Did you mean "{right}"? No call'
                    " ever carries a key that does not exist.",
                    fix=_fix(path, statement, condition, right),
                )


def _fix(path: Path, statement: Statement, condition: Condition, right: str) -> Fix | None:
    """None where the right key stands under the same operator already."""
    beside = keys_of(statement, condition.operator)
    if right.lower() in beside:
        return None
    return Fix(f'Rename to "{right}"', (Rename((*path, *condition.path), right),))


PITFALL = Pitfall(
    code="TP127",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="A misspelt condition key",
    find=find,
    fine=(
        "AWS's own policy check (IAM Access Analyzer) reports this as an error, whether or not IAM"
        " saves the document."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    bad=(
        example({"AWS": "*"}, condition={"StringEquals": {"aws:PrincipalOrg": "o-a1b2c3d4e5"}}),
        example(
            {"AWS": "444455556666"},
            condition={"StringEquals": {"aws:ExternalId": "b2f6c3de-9a41-4b55-8b0e"}},
        ),
        example(
            {"Service": "states.amazonaws.com"},
            condition={"StringEquals": {"aws:SourceAcount": "111122223333"}},
        ),
        example(
            {"AWS": "111122223333"}, condition={"StringEquals": {"aws:PrincipalTags/team": "octo"}}
        ),
    ),
    good=(
        example({"AWS": "*"}, condition={"StringEquals": {"AWS:principalorgid": "o-a1b2c3d4e5"}}),
        example(
            {"AWS": "111122223333"}, condition={"StringEquals": {"aws:PrincipalTag/team": "octo"}}
        ),
        example(
            {"AWS": "444455556666"}, condition={"StringEquals": {"octo:ExternalId": "b2f6c3de"}}
        ),
    ),
)
