"""A call as a reader takes it: who calls, and the keys that the call brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trust_widgets.evaluation import Request
from trust_widgets.explain import example_of, short_key
from trust_widgets.text.html import Html, join, tag

if TYPE_CHECKING:
    from trust_widgets.views.state.common import CallState, KeyState


def call_state(request: Request) -> CallState:
    """A call as a browser draws it."""
    keys: list[KeyState] = [
        {"key": key, "name": short_key(key), "value": _said(value)}
        for key, value in request.context.items()
    ]
    return {
        "who": who_calls(request),
        "principal": request.principal,
        "action": request.action,
        "keys": keys,
    }


def call_html(request: Request) -> Html:
    """A call as it reads without a kernel."""
    who = tag("p", "For example ", who_calls(request), ": ", tag("code", request.principal))
    keys = [
        tag("li", tag("code", short_key(key)), " = ", tag("code", _said(value)))
        for key, value in request.context.items()
    ]
    return join(who, *([tag("ul", *keys)] if keys else []))


def who_calls(request: Request) -> str:
    """Who calls, in words: `a session of the role app of account 444455556666`."""
    return example_of(request.identity)


def _said(value: str | tuple[str, ...]) -> str:
    if isinstance(value, str):
        return value
    return ", ".join(value) or "(an empty list)"
