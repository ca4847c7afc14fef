"""Secrets of a caller that is tried: kept from the state of a view, which is saved with notebooks.

What is in the policy's own text is none: the text is the document, and is saved anyway.
"""

from __future__ import annotations

import json
from typing import Any, TypeVar

from trust_widgets.aws.keys.records import key_record
from trust_widgets.evaluation import Request
from trust_widgets.explain import GIVEN
from trust_widgets.views.simulator.request_form import CallForm

EXTERNAL_ID = "external_id"  # what callers call it that ask for one
_State = TypeVar("_State")


def secrets_of(call_form: CallForm, request: Request | None, policy_text: str) -> tuple[str, ...]:
    """The values that a caller gives and that nothing saved may hold.

    Args:
        call_form: the answers of a form that may be unfinished.
        request: the request that is tried, if there is one.
        policy_text: the policy's text.
    """
    asked = request.context.items() if request is not None else ()
    given = [value for key, value in asked if key_record(key).secret]
    texts = [each for each in (*given, call_form.answers.get(EXTERNAL_ID)) if isinstance(each, str)]
    return tuple(dict.fromkeys(text for text in texts if text and text not in policy_text))


def hidden(state: _State, secrets: tuple[str, ...]) -> _State:
    """A state with another word in place of secrets that are alone or in quotation marks."""
    return _hidden(state, secrets) if secrets else state


def _hidden(state: Any, secrets: tuple[str, ...]) -> Any:
    if isinstance(state, dict):
        return {name: _hidden(value, secrets) for name, value in state.items()}
    if isinstance(state, list):
        return [_hidden(value, secrets) for value in state]
    if isinstance(state, str):
        return _hidden_text(state, secrets)
    return state


def _hidden_text(text: str, secrets: tuple[str, ...]) -> str:
    for secret in secrets:
        if text == secret:
            return GIVEN
        text = text.replace(f'"{secret}"', f'"{GIVEN}"')
        text = text.replace(json.dumps(secret), json.dumps(GIVEN))
    return text
