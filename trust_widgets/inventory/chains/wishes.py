"""What a session would have to bring along from earlier hops for a hop to be possible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trust_widgets.evaluation import Request
from trust_widgets.inventory.chains.assuming import AssumeQuestion
from trust_widgets.inventory.chains.calls import PRINCIPAL_TAG, SOURCE_IDENTITY, is_of_session
from trust_widgets.inventory.chains.hops import NOTHING, SessionFacts
from trust_widgets.inventory.principals import ROLE
from trust_widgets.policy import Statement, keys_of


def wishes_of(question: AssumeQuestion) -> tuple[SessionFacts, ...]:
    """What a session would have to bring along for a hop that is not possible without.

    There may be several ways: by each statement, by tags, by a source identity, or by both.
    """
    if question.caller.kind != ROLE or not question.asks_of_session():
        return ()
    found: dict[SessionFacts, None] = {}
    for one in _by_each_statement(question):
        tags = one.with_any_tags()
        ways = [_wish(one, question), _wish(replace(tags, may_wish_identity=False), question)]
        if not any(ways):
            ways = [_wish(tags, question)]
        found |= dict.fromkeys(filter(None, ways))
    return tuple(found)


def _by_each_statement(question: AssumeQuestion) -> Iterator[AssumeQuestion]:
    """The question about the whole trust policy, then about each statement that asks about a
    session's keys, with those that do not.
    """
    yield question
    trust = question.trust
    asking = [n for n, statement in enumerate(trust.statements) if _asks(statement)]
    for index in asking if len(asking) > 1 else ():
        others = set(asking) - {index}
        kept = tuple(each for n, each in enumerate(trust.statements) if n not in others)
        narrowed = replace(trust, statements=kept)
        yield replace(question, role=replace(question.role, trust=narrowed))


def _asks(statement: Statement) -> bool:
    """Whether an Allow has a condition on a key that earlier hops give a session."""
    return statement.effect == "Allow" and any(map(is_of_session, keys_of(statement)))


def _wish(asked: AssumeQuestion, question: AssumeQuestion) -> SessionFacts | None:
    """What would help, as a question that allows wishes finds it."""
    found = asked.answer(wishes=True)
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
            if small.startswith(PRINCIPAL_TAG):
                tag = key[len(PRINCIPAL_TAG) :]
            else:
                tag = small
            yield tag, value
