"""The reason of a decision in one or two plain sentences, rendered from its codes."""

from __future__ import annotations

from trust_widgets.evaluation.reasons import Node, Outcome
from trust_widgets.evaluation.request import Request


def headline_of(outcome: Outcome, tree: Node, request: Request) -> str:
    """The reason in one or two plain sentences."""
    return str(outcome)
