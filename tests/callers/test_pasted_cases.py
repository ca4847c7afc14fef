"""Texts that people paste, each with the true cause."""

from __future__ import annotations

import pytest

from support.pasted_judge import Case, cases, faults

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_cause_is_named_and_no_other(case: Case) -> None:
    assert list(faults(case)) == [], case["cause"]
