"""`sts:TagSession` in a statement that requires an external ID, which belongs to assuming the
role.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.actions import TAG_SESSION
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import condition_on
from trust_widgets.policy import (
    Fix,
    Home,
    Insert,
    Path,
    Remove,
    Statement,
    TrustPolicy,
    example,
    guarding_conditions,
    known_action,
    normalized_key,
    statement_to_dict,
    statements,
)

_TAG, _ASSUME, _KEY = TAG_SESSION, "sts:AssumeRole", "sts:externalid"


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy, "Allow"):
        actions = [known_action(action) for action in statement.action or ()]
        asked = any(normalized_key(guard.key) == _KEY for guard in guarding_conditions(statement))
        if asked and _TAG in actions and _ASSUME in actions:
            yield Hit(
                (*path, "Action", actions.index(_TAG)),
                "AWS lists sts:ExternalId for sts:AssumeRole only, not for sts:TagSession. Its own"
                " examples allow sts:TagSession in a second statement, without the external ID.",
                fix=_fix(path, statement, actions),
            )


def _fix(path: Path, statement: Statement, actions: list[str | None]) -> Fix | None:
    """Split in two; the second statement allows no one by itself."""
    if actions.count(_TAG) != 1:
        return None
    second = statement_to_dict(statement) | {"Action": _TAG}
    second.pop("Sid", None)
    kept = {}
    for operator, keys in second.pop("Condition").items():
        others = {key: value for key, value in keys.items() if normalized_key(key) != _KEY}
        if others:
            kept[operator] = others
    if kept:
        second["Condition"] = kept
    edits = (
        Remove((*path, "Action", actions.index(_TAG))),
        Insert(("Statement", int(path[1]) + 1), second),
    )
    return Fix("Allow sts:TagSession in a separate statement", edits)


PITFALL = Pitfall(
    code="TP414",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="sts:TagSession with an external ID",
    find=find,
    needs=condition_on("sts:ExternalId"),
    fine=(
        "Many such policies work. AWS's own policy check (IAM Access Analyzer) recommends to "
        "split the statement."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html",
    bad=(
        example(
            {"AWS": "arn:aws:iam::999988887777:root"},
            ["sts:AssumeRole", TAG_SESSION],
            {"StringEquals": {"sts:ExternalId": "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"}},
        ),
    ),
    good=(
        example({"AWS": "arn:aws:iam::111122223333:role/deploy"}, ["sts:AssumeRole", TAG_SESSION]),
        example(
            {"AWS": "arn:aws:iam::999988887777:root"},
            condition={"StringEquals": {"sts:ExternalId": "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"}},
        ),
    ),
)
