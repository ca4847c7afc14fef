"""What the reader has accepted comes last, until the day on which it is over; however the policy is
given.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import trust_widgets as tw
from support.asking import policy
from trust_widgets.findings import Verdict
from trust_widgets.pitfalls import PITFALLS, FormerCode, check
from trust_widgets.pitfalls.former_codes import moved_codes
from trust_widgets.policy import Accepted, Home

TEXT = policy({"AWS": "*"})
OPEN = "TP301"


@pytest.mark.parametrize(
    "given", [TEXT, json.loads(TEXT), tw.parse(TEXT)], ids=["text", "document", "policy"]
)
@pytest.mark.parametrize(
    ("today", "accepted"), [(date(2027, 1, 31), True), (date(2027, 2, 1), False)]
)
def test_it_is_over_after_its_last_day(given: Any, today: date, accepted: bool) -> None:
    """The last day counts."""
    home = Home(accepted=(Accepted(OPEN, "a public example", until="2027-01-31"),))
    (finding,) = [each for each in check(given, home, today=today) if each.code == OPEN]
    assert bool(finding.accepted) is accepted


OLD, OTHER = "TP498", "TP499"


@pytest.fixture
def _former(monkeypatch: pytest.MonkeyPatch) -> None:
    """`anyone`, as if its findings had been advice, of two codes."""
    former = tuple(FormerCode(code, "Anyone", "It is open now.") for code in (OLD, OTHER))
    changed = replace(PITFALLS["anyone"], former_codes=former)
    monkeypatch.setattr("trust_widgets.pitfalls.judging.PITFALLS", {"anyone": changed})


def accepted_as(*accepted: Accepted) -> str:
    """The acceptance of the one finding, on the last day of January 2027."""
    (finding,) = check(TEXT, Home(accepted=accepted), today=date(2027, 1, 31))
    assert (finding.code, finding.verdict) == (OPEN, Verdict.OPEN)
    return finding.accepted


@pytest.mark.usefixtures("_former")
@pytest.mark.parametrize("code", [OLD, OTHER])
def test_a_former_code_counts_with_a_note(code: str) -> None:
    """The note names the old code and the one to write."""
    told = accepted_as(Accepted(code, "a public example"))
    assert told.startswith("a public example") and code in told and OPEN in told


@pytest.mark.usefixtures("_former")
@pytest.mark.parametrize(
    "accepted",
    [
        Accepted(OLD, "over", until="2027-01-30"),
        Accepted(OLD, "elsewhere", where="Statement[7].Principal"),
        Accepted(OLD, "another value", value="444455556666"),
        Accepted("TP497", "no code of it"),
    ],
    ids=lambda accepted: accepted.reason,
)
def test_a_former_code_is_held_to_the_same(accepted: Accepted) -> None:
    """Its last day, its place and its value count as they do under the code of today."""
    assert accepted_as(accepted) == ""


@pytest.mark.usefixtures("_former")
def test_the_code_of_today_comes_first() -> None:
    """No note where nothing has to be changed."""
    now, before = Accepted(OPEN, "as it is called now"), Accepted(OLD, "as it was")
    assert accepted_as(before, now) == "as it is called now"


def test_moves_are_in_the_order_of_codes() -> None:
    """Each old code with all that it became."""
    moved = moved_codes(PITFALLS.values())
    assert list(moved) == sorted(moved)
    assert [move.code for move in moved["TP418"]] == ["TP240"]
