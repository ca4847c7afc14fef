"""What is the same for every view, and travels with the code."""

from __future__ import annotations

from typing import TypedDict

from trust_widgets.views.state.common import Option, Titled, TitledKind


class Vocabulary(TypedDict):
    """Words for completion."""

    elements: list[str]
    topElements: list[str]
    principals: list[str]
    effects: list[str]
    actions: list[str]
    operators: list[str]
    keys: list[str]
    services: list[str]
    versions: list[str]


class PatternGroup(TypedDict):
    """Patterns in the picker."""

    title: str
    patterns: list[TitledKind]


class CallerGroup(TypedDict):
    """Kinds of callers in the picker."""

    title: str
    callers: list[TitledKind]


class Tables(TypedDict):
    """The tables."""

    vocabulary: Vocabulary
    patterns: list[Titled]
    """To switch a grant to."""
    patternGroups: list[PatternGroup]
    callerGroups: list[CallerGroup]
    suggestions: dict[str, list[Option]]
    """Offered while typing; a question names its own."""
    pictureStyle: str
    """Of the picture's root."""
