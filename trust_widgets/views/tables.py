"""The tables that are the same for every view: words to complete, pickers, suggestions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from trust_widgets.aws import actions, operators, services
from trust_widgets.aws.keys import condition_keys
from trust_widgets.aws.principals import PRINCIPAL_KINDS
from trust_widgets.callers import CALLERS
from trust_widgets.callers import GROUPS as CALLER_GROUPS
from trust_widgets.forms import Question
from trust_widgets.patterns import GROUPS, PATTERNS, Pattern
from trust_widgets.pictures import STYLE

if TYPE_CHECKING:
    from trust_widgets.views.state.common import Option
    from trust_widgets.views.state.tables import CallerGroup, PatternGroup, Tables, Vocabulary

_Suggestions: TypeAlias = tuple[Callable[[], tuple[str, ...]], Callable[[str], str] | None]


def tables() -> Tables:
    """All of them."""
    return {
        "vocabulary": _vocabulary(),
        "patterns": [{"name": name, "title": p.title} for name, p in PATTERNS.items()],
        "patternGroups": [group for group in map(_pattern_group, GROUPS) if group["patterns"]],
        "callerGroups": [group for group in map(_caller_group, CALLER_GROUPS) if group["callers"]],
        "suggestions": {name: _options(*given) for given, name in _SUGGESTION_NAMES.items()},
        "pictureStyle": STYLE,
    }


def suggestions_of(question: Question) -> str:
    """The name of the table of a question's suggestions; `""` for a question without any."""
    if question.suggestions is None:
        return ""
    return _SUGGESTION_NAMES.get((question.suggestions, question.named), "")


def _suggestion_names() -> dict[_Suggestions, str]:
    """A name for each function that suggests answers: that of the first question that has it."""
    names: dict[_Suggestions, str] = {}
    for name, question in _questions():
        if question.suggestions is not None:
            names.setdefault((question.suggestions, question.named), name)
    return names


def _questions() -> Iterator[tuple[str, Question]]:
    """Each question of a pattern or a caller, with its own name."""
    for name, pattern in PATTERNS.items():
        for answers in _first_answers(pattern):
            first = "".join(answers.values())
            yield from (
                (f"pattern {name} {first}, {each.name}", each.question)
                for each in pattern.fields_for(answers)
            )
    for name, caller in CALLERS.items():
        yield from ((f"caller {name}, {each.name}", each.question) for each in caller.fields)


def _first_answers(pattern: Pattern) -> Iterator[dict[str, str]]:
    """Answers to the question that decides which others a pattern asks, where there is one."""
    yield {}
    for field in pattern.fields:
        if field.name == pattern.decided_by:
            yield from ({field.name: option} for option in field.options)


def _options(
    suggestions: Callable[[], tuple[str, ...]], named: Callable[[str], str] | None
) -> list[Option]:
    return [{"value": value, "label": named(value) if named else ""} for value in suggestions()]


def _pattern_group(title: str) -> PatternGroup:
    members = [(name, pattern) for name, pattern in PATTERNS.items() if pattern.group == title]
    return {
        "title": title,
        "patterns": [{"name": name, "title": p.title, "about": p.about} for name, p in members],
    }


def _caller_group(title: str) -> CallerGroup:
    members = [(name, caller) for name, caller in CALLERS.items() if caller.group == title]
    return {
        "title": title,
        "callers": [{"name": name, "title": c.title, "about": c.about} for name, c in members],
    }


def _vocabulary() -> Vocabulary:
    return {
        "elements": ["Sid", "Effect", "Principal", "Action", "Condition"],
        "topElements": ["Version", "Id", "Statement"],
        "principals": list(PRINCIPAL_KINDS[:3]),
        "effects": ["Allow", "Deny"],
        "versions": ["2012-10-17"],
        "actions": list(actions.names()),
        "operators": list(operators.names()),
        "keys": list(condition_keys.names()),
        "services": list(services.suggestions()),
    }


_SUGGESTION_NAMES = _suggestion_names()
