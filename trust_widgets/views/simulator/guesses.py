"""What the policy alone put into a form, and the form in which to say more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from trust_widgets.callers import field_about
from trust_widgets.evaluation import Outcome, arn_of_role
from trust_widgets.explain import OF_ROLES, Decision, evaluate
from trust_widgets.forms import Answer, Field
from trust_widgets.policy import normalized_key
from trust_widgets.views.simulator.form_for_request import form_for
from trust_widgets.views.simulator.request_form import PASTED, CallForm

if TYPE_CHECKING:
    from trust_widgets.views.state.simulator import FieldName, GuessState

GUESSED = "This value is not known. It was filled in because the policy requires it."


def guesses_behind(call_form: CallForm, decision: Decision) -> tuple[Field, ...]:
    """Return the questions whose answers came from the policy and change the decision.

    Args:
        call_form: the call. decision: what the policy says of it.
    """
    caller = call_form.caller
    if caller is None:
        return ()
    guessed = [field for field in caller.fields if field.name in call_form.guessed]
    return tuple(field for field in guessed if _matters(call_form, field, decision))


def _matters(call_form: CallForm, field: Field, decision: Decision) -> bool:
    """Whether the decision is another one without an answer.

    An answer without which there is no request does not count.
    """
    try:
        other = evaluate(decision.policy, call_form.call(without=field.name))
    except ValueError:
        return False
    return (other.outcome, set(other.needs)) != (decision.outcome, set(decision.needs))


def guess_states(call_form: CallForm, decision: Decision) -> list[GuessState]:
    """Those questions, with their answers."""
    return [
        _drawn(field, call_form.answers[field.name])
        for field in guesses_behind(call_form, decision)
    ]


def _drawn(field: Field, answer: Answer) -> GuessState:
    labels = [field.question.choices.get(text, text) for text in texts_of_answer(answer)]
    return {"name": field.name, "label": field.question.label, "value": ", ".join(labels)}


def texts_of_answer(answer: Answer) -> tuple[str, ...]:
    """Return an answer as texts; a flag that is set is "yes"."""
    if isinstance(answer, tuple):
        return answer
    if answer is True:
        return ("yes",)
    return (str(answer),)


def field_name_about(call_form: CallForm, need: str) -> FieldName | None:
    """The question by which the reader can say what a decision needs."""
    if call_form.caller is None or not need:
        return None
    field = field_about(call_form.caller, call_form.answers, need)
    if field is None:
        return None
    return {"name": field.name, "label": field.question.label}


def form_to_say_more(call_form: CallForm, decision: Decision) -> tuple[str, dict[str, Any]] | None:
    """Return a form in which to say what a pasted request leaves open.

    Only where the role is in the account that the form would ask about.
    """
    caller, request = call_form.caller, decision.request
    if caller is None or caller.group != PASTED or decision.outcome is not Outcome.DEPENDS:
        return None
    if request.role_arn.account != arn_of_role(call_form.role).account:
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
    if found and found[0] != call_form.name:
        return found
    return None
