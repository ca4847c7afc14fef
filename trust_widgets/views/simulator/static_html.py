"""The call that is tried, and what the policy says of it, as they read without a kernel.

What was pasted, and external IDs, are left out: a notebook is written to disk with what it shows.
"""

from __future__ import annotations

from dataclasses import replace

from trust_widgets.callers import Caller, told_of
from trust_widgets.explain import GIVEN, WORDS, Decision
from trust_widgets.forms import Answer, complete
from trust_widgets.text.html import Html, join, tag
from trust_widgets.views.requests import call_html
from trust_widgets.views.simulator.guesses import GUESSED, guesses_behind, texts_of_answer
from trust_widgets.views.simulator.request_form import PASTED, CallForm
from trust_widgets.views.simulator.secrets import EXTERNAL_ID, hidden, secrets_of
from trust_widgets.views.words import OLD

NOT_ASKED = "No request tried yet"
NOBODY = "No caller was tried yet."
TITLE = "Try a caller"


def call_form_html(call_form: CallForm, decision: Decision | None, is_good: bool) -> Html:
    """What is tried, and the answer.

    Args:
        call_form: the call.
        decision: what the policy says of it; `None` while its form is unfinished.
        is_good: whether the policy's text can be read; if not, the decision is of the last one that
            could.
    """
    if call_form.caller is None:
        return _given_request_html(call_form, decision)
    refused, guessed = "", []
    if decision is not None:
        word, answer = WORDS[decision.outcome], decision.because
        refused = told_of(call_form.refusal, decision) if call_form.refusal else ""
        guessed = _guessed_html(call_form, decision)
    else:
        word, answer = NOT_ASKED, call_form.ask()[1]
    secret = str(call_form.answers.get(EXTERNAL_ID) or "")
    return join(
        tag("p", tag("b", f"{TITLE}: {call_form.caller.title}")),
        tag("ul", *_answers_html(call_form, call_form.caller)),
        *([] if is_good else [tag("p", OLD)]),
        *([tag("p", refused)] if refused else []),
        tag("p", tag("b", f"{word}. "), answer.replace(secret, GIVEN) if secret else answer),
        *guessed,
    )


def _guessed_html(call_form: CallForm, decision: Decision) -> list[Html]:
    """By their questions: the answers are above."""
    labels = [f'"{field.question.label}"' for field in guesses_behind(call_form, decision)]
    if labels:
        return [tag("p", f"{GUESSED} ", ", ".join(labels))]
    return []


def _given_request_html(call_form: CallForm, decision: Decision | None) -> Html:
    """A call that came ready made."""
    if call_form.given_request is None or decision is None:
        return tag("p", NOBODY)
    word = tag("b", f"{WORDS[decision.outcome]}. ")
    request = call_form.given_request
    secrets = secrets_of(call_form, request, policy_text="")
    shown = replace(request, context=hidden(dict(request.context), secrets))
    return join(
        tag("p", tag("b", TITLE)),
        call_html(shown),
        tag("p", word, hidden(decision.because, secrets)),
    )


def _answers_html(call_form: CallForm, caller: Caller) -> list[Html]:
    """Each answer that was given, with its question."""
    if caller.group == PASTED:
        return []
    every = complete(caller.fields, call_form.answers)
    return [
        tag("li", f"{field.question.label}: ", tag("code", _text(field.name, every[field.name])))
        for field in caller.fields
        if field.is_asked(every) and every[field.name] and field.name in call_form.answers
    ]


def _text(name: str, answer: Answer) -> str:
    if name == EXTERNAL_ID:
        return GIVEN
    return ", ".join(texts_of_answer(answer))
