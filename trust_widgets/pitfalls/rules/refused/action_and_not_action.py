"""`Action` and `NotAction` in one statement, which takes either."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.policy import Fix, Home, Remove, TrustPolicy, example, statements


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy):
        if statement.action is not None and statement.not_action is not None:
            place = (*path, "NotAction")
            yield Hit(
                place,
                "A statement can have Action or NotAction, not both. Keep the Action, for "
                'example "sts:AssumeRole".',
                fix=Fix("Remove NotAction", (Remove(place),)),
            )


PITFALL = Pitfall(
    code="TP129",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="Action and NotAction together",
    find=find,
    fine="Never: the grammar of policies allows only one of the two.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
    bad=(example({"Service": "ec2.amazonaws.com"}, NotAction="sts:TagSession"),),
    good=(
        example({"Service": "ec2.amazonaws.com"}),
        example({"Service": "ec2.amazonaws.com"}, None, NotAction="sts:TagSession"),
    ),
)
