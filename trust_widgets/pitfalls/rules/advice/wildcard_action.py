"""`sts:*`: sources disagree on whether IAM saves it, and it says more than any trust policy
means.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.policy import (
    Fix,
    Home,
    Path,
    Replace,
    Statement,
    TrustPolicy,
    example,
    groups_of,
    statements,
)
from trust_widgets.text.globs import has_wildcard


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy, "Allow"):
        for index, action in enumerate(statement.action or ()):
            if action.lower().startswith("sts:") and has_wildcard(action):
                place = (*path, "Action", index)
                yield Hit(
                    place,
                    f'IAM may reject "{action}". Name the actions that callers need, in most '
                    'cases only "sts:AssumeRole".',
                    fix=_fix(place, statement),
                    assumptions=(
                        "AWS does not say whether IAM accepts a wildcard action in a trust policy.",
                    ),
                )


def _fix(place: Path, statement: Statement) -> Fix | None:
    groups = groups_of(statement.principal)
    if len(groups) != 1 or "" in groups or len(statement.action or ()) != 1:
        return None
    action = next(iter(groups))
    return Fix(f'Write "{action}"', (Replace(place, action),))


PITFALL = Pitfall(
    code="TP402",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="A wildcard as action",
    find=find,
    fine=(
        "When IAM accepts it: it allows only the principals in this statement. Session tags also "
        "need sts:TagSession."
    ),
    source="https://docs.aws.amazon.com/service-authorization/latest/reference/list_sts.html",
    bad=(
        example({"Service": "ec2.amazonaws.com"}, "sts:*"),
        example({"AWS": "arn:aws:iam::111122223333:role/app"}, "sts:AssumeRole*"),
    ),
    good=(example({"Service": "ec2.amazonaws.com"}, "sts:AssumeRole"),),
)
