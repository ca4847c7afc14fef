"""A condition key that begins with `aws:` or `sts:` and is in no list we have: it may be a new
one.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.keys.spelling import is_judged, is_known, lacks_tag, meant
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.policy import Home, TrustPolicy, example, statements


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy):
        for condition in statement.conditions:
            key = condition.key
            if is_judged(key) and not is_known(key) and not lacks_tag(key) and meant(key) is None:
                yield Hit(
                    (*path, *condition.path),
                    f'The condition key "{key}" is not in our list. If AWS does not have it '
                    "either, no request contains it. Look it up among the global keys and the "
                    "keys of AWS STS.",
                    assumptions=("AWS may have added keys since our list was made.",),
                )


PITFALL = Pitfall(
    code="TP407",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="A condition key that is not in our list",
    find=find,
    needs=CONDITIONS,
    fine="When AWS's list of keys contains it.",
    source=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"
    ),
    bad=(example({"AWS": "444455556666"}, condition={"StringEquals": {"aws:CallerMood": "good"}}),),
    good=(
        example(
            {"AWS": "444455556666"}, condition={"StringEquals": {"sts:ExternalId": "b2f6c3de"}}
        ),
        example(
            {"AWS": "444455556666"},
            condition={"StringEquals": {"ec2:SourceInstanceARN": "b2f6c3de"}},
        ),
    ),
)
