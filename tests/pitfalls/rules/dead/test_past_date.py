"""Dates that are past, for conditions on the time of the request.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from support.asking import found, policy
from trust_widgets.access import compare, is_public, who_gets_in
from trust_widgets.findings import Verdict
from trust_widgets.pitfalls import check
from trust_widgets.policy import Home, parse

NAME = "past_date"
USER = {"AWS": "arn:aws:iam::111122223333:user/ops"}
HOME = Home(today=date(2026, 11, 29))


@pytest.mark.parametrize(
    ("operator", "key", "value"),
    [
        ("DateLessThan", "aws:CurrentTime", "2020-01-01T00:00:00Z"),
        ("DateLessThan", "aws:CurrentTime", "2026-11-29T00:00:00Z"),
        ("DateLessThanEquals", "aws:CurrentTime", "2026-11-28"),
        ("DateEquals", "aws:CurrentTime", "2026-11-28T23:59:59Z"),
        ("DateLessThan", "aws:EpochTime", "1577836800"),
        ("NumericLessThan", "aws:EpochTime", "1577836800"),
        ("ForAnyValue:DateLessThan", "aws:currenttime", "2020-01-01T00:00:00+02:00"),
    ],
)
@pytest.mark.parametrize("principal", [USER, {"AWS": "444455556666"}, {"AWS": "*"}])
def test_nobody_comes_before_a_past_day(
    principal: dict[str, str], operator: str, key: str, value: str
) -> None:
    text = policy(principal, condition={operator: {key: value}})
    (finding,) = found(NAME, text, HOME)
    assert finding.verdict is Verdict.DEAD and "2026-11-29" in finding.message
    assert not any(each.verdict is Verdict.OPEN for each in check(text, HOME))
    assert not who_gets_in(parse(text), HOME)
    assert is_public(parse(text), HOME).found is False
    without = parse(policy(principal))
    assert compare(parse(text), without, HOME).gained.found is True
    assert compare(without, parse(text), HOME).gained.found is False


@pytest.mark.parametrize(
    "condition",
    [
        {"DateLessThan": {"aws:CurrentTime": "2026-11-29T00:00:01Z"}},
        {"DateLessThan": {"aws:CurrentTime": "2027-01-01"}},
        {"DateLessThanEquals": {"aws:CurrentTime": "2026-11-29T00:00:00Z"}},
        {"DateGreaterThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}},
        {"DateNotEquals": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}},
        {"DateLessThan": {"aws:TokenIssueTime": "2020-01-01T00:00:00Z"}},
        {
            "DateGreaterThan": {"aws:CurrentTime": "2024-01-01"},
            "DateLessThan": {"aws:CurrentTime": "2027-01-01"},
        },
    ],
)
def test_other_days_and_keys_are_fine(condition: dict[str, Any]) -> None:
    """The time that credentials were issued is another, and may be long ago."""
    text = policy(USER, condition=condition)
    assert found(NAME, text, HOME) == [] and who_gets_in(parse(text), HOME)


def test_the_day_is_an_input() -> None:
    """The same policy, a day before its end and a day after; `check` takes the day as well."""
    text = policy(USER, condition={"DateLessThan": {"aws:CurrentTime": "2026-06-01T00:00:00Z"}})
    before, after = date(2026, 5, 31), date(2026, 6, 1)
    assert who_gets_in(parse(text), Home(today=before))
    assert not who_gets_in(parse(text), Home(today=after))
    assert not any(each.code == "TP254" for each in check(text, today=before))
    assert any(each.code == "TP254" for each in check(text, today=after))


def test_a_deny_until_a_past_day_stops_nobody() -> None:
    deny = {"DateLessThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}
    text = policy({"AWS": "*"}, Effect="Deny", condition=deny)
    assert "As written, this Deny denies no one" in found(NAME, text, HOME)[0].message


def test_without_a_day_it_is_the_present_one() -> None:
    """In UTC; a date of 2020 is past on any of them."""
    text = policy(USER, condition={"DateLessThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}})
    assert found(NAME, text) and not who_gets_in(parse(text))
    with pytest.raises(TypeError, match="is not a date"):
        Home(today="2027-01-31")  # type: ignore[arg-type]
