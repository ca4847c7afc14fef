"""A decision, an answer and a comparison are neither true nor false, and equal no text."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

import trust_widgets as tw

OPS = "arn:aws:iam::444455556666:user/ops"


def trusts(principal: tw.Principal) -> tw.TrustPolicy:
    return tw.TrustPolicy((tw.Statement("Allow", principal, "sts:AssumeRole"),))


OURS = trusts(tw.Principal(service="ec2.amazonaws.com"))
ANYONE = trusts(tw.Principal(aws="*"))
DECISIONS = [
    tw.evaluate(OURS, tw.Request("sts:AssumeRole", "ec2.amazonaws.com")),
    tw.evaluate(OURS, tw.Request("sts:AssumeRole", OPS)),
    tw.evaluate(ANYONE, tw.Request("sts:AssumeRole", OPS)),
]
ANSWERS = [tw.is_public(OURS), tw.is_public(ANYONE), tw.is_public(ANYONE, states=0)]
COMPARISONS = [tw.compare(OURS, OURS), tw.compare(OURS, ANYONE), tw.compare(ANYONE, OURS)]
PARTS = [part for each in COMPARISONS for part in (each.gained, each.lost)]
CASES = [
    *((each, r'write decision\.outcome == "allowed"') for each in DECISIONS),
    *((each, r"write answer\.found is True") for each in (*ANSWERS, *PARTS)),
    *((each, r"write comparison\.gained\.found is True") for each in COMPARISONS),
]


@pytest.mark.parametrize(("result", "write"), CASES)
def test_it_has_no_truth_value_whatever_the_outcome(result: Any, write: str) -> None:
    """In `bool`, `if`, `assert`, `not`, `and` and `or`."""
    with pytest.raises(TypeError, match=write):
        bool(result)
    with pytest.raises(TypeError, match=write):
        assert result
    with pytest.raises(TypeError, match=write):
        _ = not result
    with pytest.raises(TypeError, match=write):
        _ = result or None


@pytest.mark.parametrize(("result", "write"), CASES)
@pytest.mark.parametrize("other", ["allowed", "Allowed", "", True, False])
def test_a_comparison_with_a_text_or_a_truth_value_is_told(
    result: Any, write: str, other: Any
) -> None:
    for compare in (lambda: result == other, lambda: other == result, lambda: result in (other,)):
        with pytest.warns(UserWarning, match=write):
            assert compare() is False
    with pytest.warns(UserWarning, match=write):
        assert result != other


def test_what_is_meant_is_not_told() -> None:
    """Results of the same call are equal, and any may stand in a set or beside None."""
    again = tw.evaluate(OURS, tw.Request("sts:AssumeRole", "ec2.amazonaws.com"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert DECISIONS[0] == again and hash(DECISIONS[0]) == hash(again)
        assert DECISIONS[0] != DECISIONS[1]
        assert ANSWERS[0] is not None and ANSWERS[0] != ANSWERS[1]
        assert len({*DECISIONS, again, *ANSWERS, *COMPARISONS}) == 9
        assert DECISIONS[0].outcome == "allowed" and ANSWERS[0].found is False


def test_who_gets_in_is_as_true_as_any_tuple() -> None:
    """It has no third outcome: it is empty where nobody can assume the role."""
    assert tw.who_gets_in(OURS)
    assert not tw.who_gets_in(tw.TrustPolicy(()))


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (ANSWERS[0], "No."),
        (COMPARISONS[0], "No one gains access.\nNo one loses access."),
        (DECISIONS[0], "allowed: Statement 1 allows the AWS service ec2.amazonaws.com."),
    ],
)
def test_it_is_printed_in_words(result: Any, said: str) -> None:
    assert str(result) == said
    assert str(result) in result._repr_mimebundle_()["text/plain"] or result in DECISIONS


@pytest.mark.parametrize("decision", DECISIONS)
def test_an_outcome_has_no_truth_value_either(decision: tw.Decision) -> None:
    """It is a text, and a text that is not empty is true."""
    with pytest.raises(TypeError, match=r'write decision\.outcome == "allowed"'):
        assert decision.outcome
    assert decision.outcome in ("allowed", "not allowed", "depends")
