"""`NotAction`: everything but what it names, where a trust policy means one or two actions."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.policy import (
    Fix,
    Home,
    Insert,
    Path,
    Remove,
    Statement,
    TrustPolicy,
    example,
    groups_of,
    statements,
)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy):
        in_use = statement.principal is not None and statement.action is None
        if statement.not_action is not None and in_use:
            yield Hit(
                (*path, "NotAction"),
                "IAM may reject NotAction in a trust policy. It means every action except the "
                'ones in the list. Write the actions you mean: "Action": "sts:AssumeRole".',
                fix=_fix(path, statement),
                assumptions=("AWS does not say whether IAM accepts NotAction in a trust policy.",),
            )


def _fix(path: Path, statement: Statement) -> Fix | None:
    """The action that the principals use, unless that is the very one left out."""
    groups = groups_of(statement.principal)
    action = next(iter(groups), "")
    left_out = {word.lower() for word in statement.not_action or ()}
    if len(groups) != 1 or not action or statement.effect != "Allow":
        return None
    if any("*" in word for word in left_out):
        return None
    if action.lower() in left_out:
        return None
    edits = (Remove((*path, "NotAction")), Insert((*path, "Action"), action))
    return Fix(f'Write "Action": "{action}"', edits)


PITFALL = Pitfall(
    code="TP406",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="NotAction",
    find=find,
    fine="When IAM accepts it: it allows only the principals in this statement.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html",
    bad=(
        example({"Service": "ec2.amazonaws.com"}, None, NotAction="sts:TagSession"),
        example({"Service": "ec2.amazonaws.com"}, None, NotAction=["sts:AssumeRole"]),
    ),
    good=(example({"Service": "ec2.amazonaws.com"}),),
)
