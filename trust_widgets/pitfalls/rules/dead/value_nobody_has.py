"""One value among several that no caller of its statement can have."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.access import dead_values
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import General, Hit, Pitfall, Precedence
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.pitfalls.required_conditions import asked
from trust_widgets.policy import Home, TrustPolicy, example

# Where all of a list are dead, the statement is, and that is another finding.
_SEVERAL = 2


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    lists = {each.place: each for each in asked(policy) if len(each.condition.values) >= _SEVERAL}
    for index in sorted({int(place[1]) for place in lists}):
        dead = [blocker.path for blocker in dead_values(policy, index, home)]
        for place in dead:
            each = lists.get(place[:-1])
            if each is None:
                continue
            in_the_list = [other for other in dead if other[:-1] == place[:-1]]
            if len(in_the_list) < len(each.condition.values):
                value = each.condition.values[int(place[-1])]
                yield Hit(
                    place,
                    f'No caller of this statement has "{value}" as {each.condition.key}. '
                    "The other values of the list still work.",
                )


_ROOT = {"AWS": "111122223333"}
_ARNS = ["arn:aws:iam::111122223333:role/deploy", "arn:aws:iam::444455556666:role/deploy"]

PRECEDENCE = Precedence(general=General.VALUE)

PITFALL = Pitfall(
    code="TP231",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="A value that no caller has",
    find=find,
    needs=CONDITIONS,
    fine="When the statement will name the callers' account later.",
    source=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"
    ),
    bad=(example(_ROOT, condition={"ArnLike": {"aws:PrincipalArn": _ARNS}}),),
    good=(
        example(
            {"AWS": ["111122223333", "444455556666"]},
            condition={"ArnLike": {"aws:PrincipalArn": _ARNS}},
        ),
        example({"AWS": "*"}, condition={"ArnLike": {"aws:PrincipalArn": _ARNS}}),
        example(_ROOT, condition={"ArnNotLike": {"aws:PrincipalArn": _ARNS}}),
    ),
)
