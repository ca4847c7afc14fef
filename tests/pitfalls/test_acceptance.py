"""What the reader has accepted comes last, until the day on which it is over; however the policy is
given.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

import trust_widgets as tw
from support.asking import policy
from trust_widgets.pitfalls import check
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
