"""What a planted mistake and a finding are about, and whether the one names the other.

The same rule for all.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import trust_widgets as tw
from support.planted_judge import home_of, text_of
from trust_widgets.findings import Verdict

Told: TypeAlias = tuple[list[str], list[str]]
"""The verdicts that a finding may mean, and the families that it speaks of."""


def family_of(verdict: str, path: tuple[str | int, ...] | None) -> str:
    """What a place is about; `None` for the path where the text is no JSON.

    Example:
        >>> family_of("open", ("Statement", 0))
        'guard'
        >>> family_of("dead", ("Statement", 0, "Condition", "StringLike"))
        'operator'
    """
    if path is None:
        return "text"
    if len(path) < 2:
        return "version" if path == ("Version",) else "document"
    if len(path) == 2:
        return {"open": "guard", "dead": "statement"}.get(verdict, "missing")
    if path[2] == "Condition":
        return ("condition", "operator", "key", "value")[min(len(path), 6) - 3]
    name = str(path[2]).removeprefix("Not")
    return name.lower() if name in ("Sid", "Effect", "Action", "Principal") else "element"


def planted_family(case: dict[str, Any]) -> str:
    """The family of a planted mistake."""
    return family_of(case["verdict"], None if "line" in case else tuple(case["place"]))


def ours_on(case: dict[str, Any]) -> list[Told]:
    """Verdicts and families of our findings above advice, in the form of a peer's."""
    found = [f for f in tw.check(text_of(case), home_of(case)) if f.verdict is not Verdict.ADVICE]
    return [([str(f.verdict)], families_of_ours(f.code, str(f.verdict), f.path)) for f in found]


def families_of_ours(code: str, verdict: str, path: tuple[str | int, ...]) -> list[str]:
    """A problem of the text (`TP0xx`) speaks of the text too, wherever in it the problem is."""
    return [family_of(verdict, path), *(["text"] if code.startswith("TP0") else [])]


def is_named(case: dict[str, Any], found: list[Told]) -> bool:
    """Whether a finding speaks of the planted family, and of the planted verdict."""
    return any(
        case["verdict"] in verdicts and planted_family(case) in families
        for verdicts, families in found
    )
