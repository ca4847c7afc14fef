"""The words of the view of an exercise, and what of it is drawn without a kernel."""

from __future__ import annotations

from typing import Any

from trust_widgets.exercises import Exercise, Mistake, Result
from trust_widgets.text.html import Html, tag

LATER = "All other requests are checked when each caller above is right."
TITLES = {True: "Must be able to assume the role", False: "Must not be able to assume the role"}
MARKS = {"yes": "✓ ", "no": "✗ ", "unknown": "? ", None: ""}


def heading_of(exercise: Exercise) -> str:
    """The number and the title."""
    return f"{exercise.label}. {exercise.title}" if exercise.label else exercise.title


def about_others(result: Result) -> str:
    """What is not known yet of the requests that the story does not name; else `""`."""
    if result.mistake in (Mistake.LET_IN, Mistake.LOCKED_OUT):
        return LATER
    return ""


def still_row(row: dict[str, Any]) -> Html:
    """A caller of the story, without a kernel."""
    because = f": {row['because']}" if row["because"] else ""
    return tag("li", f"{MARKS[row['right']]}{row['caller']}{because}")


def still_hint(number: int, hint: str) -> Html:
    """A folded hint, without a kernel."""
    return tag("details", tag("summary", f"Hint {number}"), tag("p", hint))
