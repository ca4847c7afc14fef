"""Faults that were found outside, and right policies that stay as they are, by their kinds.

`tests/cases/README.md` says how the cases were made; `tests/support/ruling_judge.py` judges them.
"""

from __future__ import annotations

import pytest

from support.ruling_judge import Case, cases, faults_of

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_a_case_is_right(case: Case) -> None:
    """All that is expected of it holds."""
    assert faults_of(case) == []


def test_each_case_says_why_and_where() -> None:
    """A name of its own, a reason, and the page that settles it."""
    assert len({case["id"] for case in CASES}) == len(CASES) >= 135
    for case in CASES:
        assert case["why"] and case["page"].startswith("https://") and case["expect"], case["id"]


@pytest.mark.parametrize(
    ("expect", "is_right"),
    [
        ({"no_above_advice": True}, False),
        ({"verdicts_any": ["open"]}, True),
        ({"verdicts_any": ["dead"]}, False),
        ({"verdicts_any": ["open"], "message_has": ["no such words"]}, False),
        ({"at_most": 0}, False),
        ({"any_of": [{"verdicts_any": ["dead"]}, {"verdicts_any": ["open"]}]}, True),
        ({"any_of": [{"verdicts_any": ["dead"]}, {"verdicts_any": ["refused"]}]}, False),
    ],
)
def test_the_judge_can_say_no(expect: dict[str, object], is_right: bool) -> None:
    """Of a role that everyone can assume."""
    statement = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
    text = {"Version": "2012-10-17", "Statement": [statement]}
    case = {"ask": "check", "text": text, "expect": expect}
    assert (faults_of(case) == []) is is_right


@pytest.mark.parametrize(
    ("expect", "is_right"),
    [
        ({"nobody": True}, False),
        ({"somebody": True, "stranger": True, "witness": True}, True),
        ({"stranger": False}, False),
        ({"sentence_has_not": ["AWS account"]}, False),
    ],
)
def test_so_can_the_judge_of_who_gets_in(expect: dict[str, object], is_right: bool) -> None:
    statement = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
    text = {"Version": "2012-10-17", "Statement": [statement]}
    assert (faults_of({"ask": "who", "text": text, "expect": expect}) == []) is is_right
