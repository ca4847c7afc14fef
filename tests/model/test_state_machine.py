"""Random operations on a model, whole sequences of them: what holds after each."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

import trust_widgets as tw
from support.model_machine import ModelMachine
from trust_widgets.model import model as model_module

SHORT = settings(
    max_examples=30,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)

UNTIL_CAUGHT = settings(SHORT, phases=(Phase.generate,))


def test_a_model_agrees_with_its_text_after_each_step() -> None:
    """The same steps each time; `make model STEPS=50000` makes new ones."""
    run_state_machine_as_test(ModelMachine, settings=SHORT)


def test_a_redo_that_does_nothing_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tw.TrustModel, "redo", lambda model: None)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(ModelMachine, settings=UNTIL_CAUGHT)


def test_text_that_is_rewritten_beside_a_change_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """A statement that nobody touched gets other characters, and means the same."""
    right = model_module.rewritten_text

    def rewritten(text: str, changes: Any) -> str:
        written = right(text, changes)
        return written.replace('"Effect": "Allow"', '"Effect":  "Allow"')

    monkeypatch.setattr(model_module, "rewritten_text", rewritten)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(ModelMachine, settings=UNTIL_CAUGHT)
