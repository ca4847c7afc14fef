"""What was said of a call, what only stands in its form because the policy asks for it, and where
to say more.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from trust_widgets.callers import field_about
from trust_widgets.evaluation import Outcome, arn_of_role
from trust_widgets.explain import OF_ROLES, Decision, evaluate
from trust_widgets.forms import Answer, Field
from trust_widgets.policy import normalized_key
from trust_widgets.views.simulator.raw import form_for
from trust_widgets.views.simulator.request_form import PASTED, Trial

if TYPE_CHECKING:
    from trust_widgets.views.state.simulator import FieldName, GuessState

GUESSED = "Nobody said this of the caller: it was filled in because the policy asks for it."


def guesses_behind(trial: Trial, decision: Decision) -> tuple[Field, ...]:
    """The questions whose answers came from the policy, and without which the decision would be
    another.

    Args:
        trial: the call. decision: what the policy says of it.
    """
    caller = trial.caller
    if caller is None:
        return ()
    guessed = [field for field in caller.fields if field.name in trial.guessed]
    return tuple(field for field in guessed if _matters(trial, field, decision))


def _matters(trial: Trial, field: Field, decision: Decision) -> bool:
    """Without an answer that has to be there nobody calls, and who calls stands in the form's first
    lines.
    """
    try:
        other = evaluate(decision.policy, trial.call(without=field.name))
    except ValueError:
        return False
    return (other.outcome, set(other.needs)) != (decision.outcome, set(decision.needs))


def drawn_guesses(trial: Trial, decision: Decision) -> list[GuessState]:
    """Those questions, with their answers."""
    return [_drawn(field, trial.answers[field.name]) for field in guesses_behind(trial, decision)]


def _drawn(field: Field, answer: Answer) -> GuessState:
    texts = answer if isinstance(answer, tuple) else ("yes" if answer is True else str(answer),)
    shown = (field.question.choices.get(text, text) for text in texts)
    return {"name": field.name, "label": field.question.label, "value": ", ".join(shown)}


def drawn_field_about(trial: Trial, need: str) -> FieldName | None:
    """The question by which the reader can say what a decision needs."""
    field = field_about(trial.caller, trial.answers, need) if trial.caller and need else None
    return {"name": field.name, "label": field.question.label} if field else None


def form_to_say_more(trial: Trial, decision: Decision) -> tuple[str, dict[str, Any]] | None:
    """For what was pasted and leaves something open: a form of the same caller, in which that can
    be said.

    Only where the role is in the account that the form would ask about.
    """
    caller, request = trial.caller, decision.request
    if caller is None or caller.group != PASTED or decision.outcome is not Outcome.DEPENDS:
        return None
    if request.role_arn.account != arn_of_role(trial.role).account:
        return None
    # That a session has no MFA is so in every form of one; nobody has to say it.
    told = {
        key: value
        for key, value in request.context.items()
        if normalized_key(key) != "aws:multifactorauthpresent"
    }
    found = form_for(
        replace(request, context=told) if request.identity.sort in OF_ROLES else request
    )
    return found if found and found[0] != trial.name else None
