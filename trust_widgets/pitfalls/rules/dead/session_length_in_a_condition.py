"""`sts:DurationSeconds`, by which no trust policy can limit a session."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import condition_on
from trust_widgets.pitfalls.removal import without_condition
from trust_widgets.pitfalls.required_conditions import asked, outcome
from trust_widgets.policy import Home, TrustPolicy, example


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each in asked(policy):
        if each.key == "sts:durationseconds":
            yield Hit(
                each.place,
                "No request to assume a role contains sts:DurationSeconds: it is a key of other "
                "operations of AWS STS. The maximum session duration is a setting of the role. "
                + outcome(each, each.place),
                fix=without_condition(each),
            )


_ROLE = {"AWS": "arn:aws:iam::444455556666:role/deploy"}

PITFALL = Pitfall(
    code="TP208",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="The session duration in a condition",
    find=find,
    needs=condition_on("sts:DurationSeconds"),
    fine="Never in a trust policy: set the role's MaxSessionDuration.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html",
    bad=(example(_ROLE, condition={"NumericLessThanEquals": {"sts:DurationSeconds": "3600"}}),),
    good=(
        example(_ROLE),
        example(
            _ROLE, condition={"NumericLessThanEqualsIfExists": {"sts:DurationSeconds": "3600"}}
        ),
    ),
)
