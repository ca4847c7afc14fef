"""What a session would have to bring along from earlier hops for a hop to be possible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trust_widgets.evaluation import Request
from trust_widgets.inventory.chains.assuming import AssumeQuestion
from trust_widgets.inventory.chains.calls import PRINCIPAL_TAG, SOURCE_IDENTITY, is_of_session
from trust_widgets.inventory.chains.hops import NOTHING, SessionFacts
from trust_widgets.inventory.principals import ROLE


def wishes_of(question: AssumeQuestion) -> SessionFacts | None:
    """What a session would have to bring along for a hop that is not possible without; `None`
    where nothing helps.
    """
    if question.caller.kind != ROLE or not any(map(is_of_session, question.asked_keys())):
        return None
    found = question.with_any_tags().answer(wishes=True)
    if found is None or found.request is None:
        return None
    wished = dict(_wished(found.request, question.known_keys()))
    identity = wished.pop(SOURCE_IDENTITY, "")
    if not wished and not identity:
        return None
    return replace(NOTHING, tags=tuple(sorted(wished.items())), identity=identity)


def _wished(request: Request, known: dict[str, str]) -> Iterator[tuple[str, str]]:
    for key, value in request.context.items():
        small = key.lower()
        if is_of_session(small) and known.get(small) != value and isinstance(value, str):
            tag = key[len(PRINCIPAL_TAG) :] if small.startswith(PRINCIPAL_TAG) else small
            yield tag, value
