"""A decision as a browser draws it: outcome, changes, tree of reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trust_widgets.callers import CALLERS, told_of
from trust_widgets.evaluation import Node, Outcome, actions_of
from trust_widgets.explain import (
    ASSUMPTIONS,
    TITLES,
    WORDS,
    Change,
    Decision,
    comparison_rows,
    deciding_statement,
    text_of,
    without_secret,
)
from trust_widgets.model import TrustModel
from trust_widgets.views.simulator.guesses import field_name_about, form_to_say_more, guess_states
from trust_widgets.views.simulator.request_form import CallForm
from trust_widgets.views.simulator.row_state import row_state
from trust_widgets.views.simulator.secrets import hidden
from trust_widgets.views.text_positions import change_from_fix, place_of
from trust_widgets.views.words import TRUTHS

if TYPE_CHECKING:
    from trust_widgets.views.state.simulator import (
        AnswerChange,
        AnswerState,
        AssumptionState,
        ComparedRow,
        ReasonNode,
    )


def answer_state(
    model: TrustModel,
    call_form: CallForm,
    decision: Decision,
    whole: bool,
    secrets: tuple[str, ...] = (),
) -> AnswerState:
    """A decision of the model's policy.

    Args:
        model: whose text the places are in. call_form: the call. decision: what was decided of it.
        whole: whether to draw the tree too. secrets: what the caller gave that is not to be saved.
    """
    refusal = call_form.refusal
    more = form_to_say_more(call_form, decision)
    changes = [
        _change_state(model, call_form, at, change) for at, change in enumerate(decision.changes)
    ]
    statement = deciding_statement(decision.outcome, decision.tree)
    return {
        "refusal": told_of(refusal, decision) if refusal else "",
        "outcome": decision.outcome.value,
        "word": WORDS[decision.outcome],
        "because": decision.because,
        "title": TITLES[decision.outcome] if statement else "",
        "path": list(statement.path) if statement else [],
        "place": place_of(model, statement.path) if statement else "",
        "deny": decision.outcome is Outcome.DENIED,
        "rows": _rows(statement, decision, secrets) if statement else [],
        "guesses": guess_states(call_form, decision),
        "changes": changes,
        "settles": all(change["about"] for change in changes),
        "sayMore": CALLERS[more[0]].title if more else "",
        "assumptions": [_assumption_state(name) for name in decision.assumptions],
        "tree": tree_state(model, decision) if whole else None,
    }


def _rows(statement: Node, decision: Decision, secrets: tuple[str, ...]) -> list[ComparedRow]:
    rows = comparison_rows(statement, decision.policy, decision.request)
    return [row_state(without_secret(row) if secrets else row) for row in rows]


def change_named(decision: Decision, name: str, secrets: tuple[str, ...] = ()) -> Change | None:
    """The change that was drawn under a name, unless the answer has changed since."""
    named = {
        hidden(_name_of(index, change), secrets): change
        for index, change in enumerate(decision.changes)
    }
    return named.get(name)


def _name_of(index: int, change: Change) -> str:
    return f"{index} {change.text}"


def _change_state(
    model: TrustModel, call_form: CallForm, index: int, change: Change
) -> AnswerChange:
    return {
        "id": _name_of(index, change),
        "where": change.where,
        "text": change.text,
        "about": change.about,
        "field": field_name_about(call_form, change.about),
        "fix": change_from_fix(model.text, change.fix) if model.is_good else None,
    }


def _assumption_state(name: str) -> AssumptionState:
    assumption = ASSUMPTIONS[name]
    return {"text": assumption.text, "open": assumption.open, "source": assumption.source}


def tree_state(model: TrustModel, decision: Decision) -> ReasonNode:
    """Every reason with those it rests on."""
    several = actions_of(decision.tree) != (decision.tree,)
    count = len(decision.tree.parts)
    text = f"The request needs {count} actions. A statement must allow each of them."
    if count == 1:
        text = "The request needs one action. A statement must allow it."
    drawn = _node_state(model, decision, decision.tree)
    if several:
        drawn["text"] = text
    return drawn


def _node_state(model: TrustModel, decision: Decision, node: Node) -> ReasonNode:
    return {
        "text": text_of(node, decision.request),
        "truth": TRUTHS[node.truth],
        "path": list(node.path),
        "place": place_of(model, node.path),
        "parts": [_node_state(model, decision, part) for part in node.parts],
    }
