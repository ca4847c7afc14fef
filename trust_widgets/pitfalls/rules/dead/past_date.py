"""A condition that only requests of past days meet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from trust_widgets.aws.keys.condition_keys import key_named
from trust_widgets.aws.keys.records import key_record
from trust_widgets.evaluation import seconds_from_text
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.pitfalls.required_conditions import RequiredCondition, outcome, values
from trust_widgets.policy import Home, TrustPolicy, example

_BEFORE = ("LessThan", "LessThanEquals")


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each, place, text in values(policy):
        if _is_time_of_request(each.key) and _is_over(each, text, home.day):
            yield Hit(
                place,
                f'"{text}" is in the past: today is {home.day} (UTC). {each.condition.key} is the'
                f" time of the request. {outcome(each, place)} Write a later date, or remove the"
                " statement.",
            )


def _is_time_of_request(key: str) -> bool:
    """Whether a key holds the moment at which a request is made."""
    known = key_named(key)
    return known is not None and known.type == "Date" and key_record(key).is_in_every_call


def _is_over(each: RequiredCondition, text: str, day: date) -> bool:
    """Whether a moment that requests have to come before, or at, is before a day."""
    comparison = each.base.removeprefix("Date").removeprefix("Numeric")
    moment = seconds_from_text(text)
    if moment is None or comparison not in (*_BEFORE, "Equals"):
        return False
    start = datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
    if comparison == "LessThan":
        return moment <= start
    return moment < start


_ROOT = {"AWS": "111122223333"}
_DAY = date(2026, 11, 29)

PITFALL = Pitfall(
    code="TP254",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="A date in the past",
    find=find,
    needs=CONDITIONS,
    fine="When the access was meant to end on that day.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
    bad=(
        example(_ROOT, condition={"DateLessThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}),
        example(
            _ROOT,
            condition={
                "DateGreaterThan": {"aws:CurrentTime": "2024-01-01T00:00:00Z"},
                "DateLessThan": {"aws:CurrentTime": "2024-12-31T23:59:59Z"},
            },
        ),
        example(_ROOT, condition={"NumericLessThan": {"aws:EpochTime": "1577836800"}}),
    ),
    good=(
        example(_ROOT, condition={"DateLessThan": {"aws:CurrentTime": "2027-01-31T00:00:00Z"}}),
        example(_ROOT, condition={"DateGreaterThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}),
        example(
            _ROOT,
            Effect="Deny",
            condition={"DateLessThan": {"aws:TokenIssueTime": "2020-01-01T00:00:00Z"}},
        ),
    ),
    home=Home(today=_DAY),
)
