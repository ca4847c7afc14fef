"""Random operations on a model, whole sequences of them: what holds after each."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from support.model_machine import ModelMachine

SHORT = settings(
    max_examples=20,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def test_a_model_agrees_with_its_text_after_each_step() -> None:
    """The same steps each time; `make model STEPS=50000` makes new ones."""
    run_state_machine_as_test(ModelMachine, settings=SHORT)
