"""Pasted JSON, whatever it holds: nothing in it is trusted to be there, or to be of the kind one
expects.
"""

from __future__ import annotations

import json
from typing import Any


def object_in(text: str, what: str) -> dict[str, Any]:
    """The JSON object that a text is.

    Args:
        text: as pasted. It is never part of a message, since it may be a secret.
        what: what it should be, for the message.

    Raises:
        ValueError: when it is none.

    Example:
        >>> object_in('{"a": 1}', "an event")
        {'a': 1}
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = (
            f" (line {error.lineno}, column {error.colno})"
            if isinstance(error, json.JSONDecodeError)
            else ""
        )
        raise ValueError(f"This is not {what}: it can't be read as JSON{where}.") from None
    if not isinstance(found, dict):
        raise ValueError(f"This is not {what}: that is a JSON object, in braces.")
    return found


def part(value: Any, *names: str) -> Any:
    """What stands below these names; `None` as soon as one is not there."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def text_at(value: Any, *names: str) -> str:
    """The text below these names, `""` for anything else; a number or a truth value as its text."""
    return text_of(part(value, *names))


def text_of(value: Any) -> str:
    """A text as it is, a number or a truth value as its text, `""` for anything else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) >= 10**40:
        return ""  # no number of any issuer's, and too long for a text
    return str(value) if isinstance(value, (str, int, float)) else ""


def texts_of(value: Any) -> tuple[str, ...]:
    """The texts in a list, or a single one."""
    values = value if isinstance(value, list) else [value]
    return tuple(text for text in map(text_of, values) if text)


def texts_by_name(value: Any) -> dict[str, str]:
    """A JSON object's names with their texts; of several texts the first."""
    if not isinstance(value, dict):
        return {}
    found = ((name, texts_of(inner) or ("",)) for name, inner in value.items() if name)
    return {name: texts[0] for name, texts in found}
