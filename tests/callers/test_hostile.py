"""Pasted texts, mutated: no crash, none slow, no secret kept; `make hostile-pasted` runs more."""

from __future__ import annotations

import random

import pytest

import trust_widgets as tw
from support import pasted_fuzz
from trust_widgets.callers import CALLERS, Caller


def test_mutated_texts_are_read_or_refused() -> None:
    report = pasted_fuzz.run(1, 400)
    assert report.faults == []
    assert report.counts["unreadable"] and report.counts["not allowed"]


def test_the_texts_hold_secrets() -> None:
    """Else the promise that none is kept would be tried by nothing."""
    every = pasted_fuzz.cases()
    texts = [pasted_fuzz.text_of(random.Random(seed), every) for seed in range(1, 400)]
    for secret in pasted_fuzz.SECRETS:
        assert any(secret in text for text in texts), secret


@pytest.mark.parametrize("fault", ["raise", "keep"])
def test_a_fault_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(self: Caller, role: object, answers: object = None, **named: object) -> tw.Request:
        raise KeyError("no such thing")

    if fault == "raise":
        monkeypatch.setattr(Caller, "make", crash)
    else:
        monkeypatch.setattr(pasted_fuzz, "SECRETS", ("AccessDenied", "sts:AssumeRole"))
    assert pasted_fuzz.run(1, 60).faults
    assert CALLERS
