"""A pasted answer that contains several answers: `octo-org/app` is owner and repository."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trust_widgets.forms.questions import Field


def spread_answer(
    fields: tuple[Field, ...], answers: Mapping[str, Any], pasted: str
) -> dict[str, Any]:
    """Return answers in which the one that was pasted is split, if its question can do that.

    A line of a list is left as it is where it contradicts the other answers: they are about all of
    its lines.

    Args:
        fields: the questions.
        answers: with the one that was pasted.
        pasted: its name.

    Example:
        >>> from trust_widgets.forms import Question
        >>> def parts(text):
        ...     return dict(zip(("owner", "name"), text.split("/"))) if "/" in text else {}
        >>> name = Field("name", Question("Name", spread=parts), "text", "")
        >>> spread_answer((name,), {"name": "octo-org/app"}, "name")
        {'name': 'app', 'owner': 'octo-org'}
    """
    asked = next((each for each in fields if each.name == pasted), None)
    if asked is None or asked.question.spread is None or pasted not in answers:
        return dict(answers)
    if asked.kind != "list":
        return {**answers, **asked.question.spread(str(answers[pasted]).strip())}
    spread = dict(answers)
    lines = []
    for line in answers[pasted]:
        parts = dict(asked.question.spread(str(line).strip()))
        own = parts.pop(pasted, line)
        if _contradicts(parts, spread):
            lines.append(line)
            continue
        lines.append(own)
        spread.update(parts)
    spread[pasted] = tuple(lines)
    return spread


def _contradicts(parts: Mapping[str, Any], answers: Mapping[str, Any]) -> bool:
    """Whether another answer was given already."""
    for name, value in parts.items():
        if answers.get(name, "") not in ("", value):
            return True
    return False
