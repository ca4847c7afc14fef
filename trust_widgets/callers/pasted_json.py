"""Pasted JSON, whatever it holds: nothing in it is trusted to be there, or to be of the kind one
expects.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
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
        where = ""
        if isinstance(error, json.JSONDecodeError):
            where = f" (line {error.lineno}, column {error.colno})"
        raise ValueError(f"This is not {what}: it is not valid JSON{where}.") from None
    if not isinstance(found, dict):
        raise ValueError(f"This is not {what}: it must be a JSON object in braces.")
    return found


def documents_in(text: str, what: str) -> list[Any]:
    """The JSON values in a text: alone, one a line, in a fence of Markdown, or behind other words.

    Args:
        text: as pasted. It is never part of a message, since it may be a secret.
        what: what it should be, for the message.

    Raises:
        ValueError: when there is none.

    Example:
        >>> documents_in('Here it is: {"a": 1}', "an event")
        [{'a': 1}]
    """
    tidy = _FENCE.sub("", text.strip()).strip().strip("\ufeff'")
    for candidate in (tidy, tidy.replace('\\"', '"')):
        try:
            value = json.loads(candidate)
            if isinstance(value, str):
                value = json.loads(value)
            else:
                value = value
            if next(dicts_within(value), None) is not None:
                return [value]
        except (ValueError, RecursionError):
            found = list(_objects_in(candidate))
            if found:
                return found
    object_in(tidy, what)  # says where the JSON ends
    raise ValueError(f"This is not {what}: it must be a JSON object in braces.")


_FENCE = re.compile(r"^\s*`{3,}\w{0,20}\s*$|`{3,}", re.MULTILINE)
_MOST_STARTS = 200


def _objects_in(text: str) -> Iterator[dict[str, Any]]:
    """The JSON objects in a text, one after the other."""
    decoder, at = json.JSONDecoder(), text.find("{")
    for _ in range(_MOST_STARTS):
        if at < 0:
            return
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            if value:
                yield value
        at = text.find("{", end)


def dicts_within(value: Any, depth: int = 8) -> Iterator[dict[str, Any]]:
    """Each JSON object in a value, also in a text that is JSON itself, the outer ones first."""
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "[") and depth > 0:
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return
    if isinstance(value, dict):
        yield value
        inner = list(value.values())
    else:
        inner = value if isinstance(value, list) else []
    if depth > 0:
        for each in inner:
            yield from dicts_within(each, depth - 1)


def part(value: Any, *names: str) -> Any:
    """What is below these names; `None` as soon as one is not there."""
    for name in names:
        if isinstance(value, dict):
            value = value.get(name)
        else:
            value = None
    return value


def text_at(value: Any, *names: str) -> str:
    """The text below these names, `""` for anything else; a number or a truth value as its text."""
    return text_of(part(value, *names))


def text_of(value: Any) -> str:
    """A text as it is, a number or a truth value as its text, `""` for anything else."""
    if isinstance(value, bool):
        if value:
            return "true"
        return "false"
    if isinstance(value, int) and abs(value) >= 10**40:
        return ""  # no number of any issuer's, and too long for a text
    if isinstance(value, (str, int, float)):
        return str(value)
    return ""


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
