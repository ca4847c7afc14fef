"""The call that is tried, and what the policy says of it, as they read without a kernel.

What was pasted, and external ids, are left out: a notebook is written to disk with what it shows.
"""

from __future__ import annotations

from trust_widgets.callers import Caller, told_of
from trust_widgets.explain import GIVEN, WORDS, Decision
from trust_widgets.forms import Answer, complete
from trust_widgets.text.html import Html, join, tag
from trust_widgets.views.requests import call_html
from trust_widgets.views.simulator.request_form import PASTED, Trial
from trust_widgets.views.simulator.said import GUESSED, guesses_behind
from trust_widgets.views.words import OLD

NOT_ASKED = "Not asked yet"
NOBODY = "Nobody was tried yet."
TITLE = "Try a caller"
_SECRET = "external_id"  # what callers call it that ask for one


def trial_html(trial: Trial, decision: Decision | None, is_good: bool) -> Html:
    """What is tried, and the answer.

    Args:
        trial: the call.
        decision: what the policy says of it; `None` while its form is unfinished.
        is_good: whether the policy's text can be read; if not, the decision is of the last one that
            could.
    """
    if trial.caller is None:
        return _raw_html(trial, decision)
    word, answer = (
        (WORDS[decision.outcome], decision.because) if decision else (NOT_ASKED, trial.ask()[1])
    )
    refused = told_of(trial.refusal, decision) if decision and trial.refusal else ""
    secret = str(trial.answers.get(_SECRET) or "")
    return join(
        tag("p", tag("b", f"{TITLE}: {trial.caller.title}")),
        tag("ul", *_answers_html(trial, trial.caller)),
        *([] if is_good else [tag("p", OLD)]),
        *([tag("p", refused)] if refused else []),
        tag("p", tag("b", f"{word}. "), answer.replace(secret, GIVEN) if secret else answer),
        *(_guessed_html(trial, decision) if decision else []),
    )


def _guessed_html(trial: Trial, decision: Decision) -> list[Html]:
    """By their questions: the answers stand above."""
    labels = [f"“{field.question.label}”" for field in guesses_behind(trial, decision)]
    return [tag("p", f"{GUESSED} ", ", ".join(labels))] if labels else []


def _raw_html(trial: Trial, decision: Decision | None) -> Html:
    """A call that came ready made."""
    if trial.raw is None or decision is None:
        return tag("p", NOBODY)
    word = tag("b", f"{WORDS[decision.outcome]}. ")
    return join(tag("p", tag("b", TITLE)), call_html(trial.raw), tag("p", word, decision.because))


def _answers_html(trial: Trial, caller: Caller) -> list[Html]:
    """Each answer that was given, with its question."""
    if caller.group == PASTED:
        return []
    every = complete(caller.fields, trial.answers)
    return [
        tag("li", f"{field.question.label}: ", tag("code", _text(field.name, every[field.name])))
        for field in caller.fields
        if field.is_asked(every) and every[field.name] and field.name in trial.answers
    ]


def _text(name: str, answer: Answer) -> str:
    if name == _SECRET:
        return GIVEN
    return (
        ", ".join(answer) if isinstance(answer, tuple) else "yes" if answer is True else str(answer)
    )
