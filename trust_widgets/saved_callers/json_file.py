"""Kept callers as JSON, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from trust_widgets.callers import CALLERS
from trust_widgets.evaluation import Request
from trust_widgets.saved_callers.saved_caller import Kept, for_disk

FORMAT = "trust-widgets kept callers 1"
_NOTE = (
    "External IDs, tokens and credentials are left out; left_out says where. They are unknown "
    "when this file is loaded."
)
_MEMBERS = ("name", "caller", "answers", "request", "expected", "left_out")
_OF_REQUEST = ("action", "principal", "role", "context", "unknown", "caller_permission", "alone")
_NO_TEXTS = ("context", "unknown", "alone")


def to_json(kept: Iterable[Kept]) -> str:
    """Kept callers as JSON text, without external IDs, tokens and credentials.

    Example:
        >>> text = to_json(
        ...     [
        ...         Kept(
        ...             "vendor",
        ...             "iam_user",
        ...             {"arn": "arn:aws:iam::444455556666:user/ops", "external_id": "b2"},
        ...         )
        ...     ]
        ... )
        >>> "b2" in text, from_json(text)[0].left_out
        (False, ('the external ID',))
    """
    callers = [_written(for_disk(one)) for one in kept]
    document = {"format": FORMAT, "note": _NOTE, "callers": callers}
    return json.dumps(document, indent=2, ensure_ascii=True) + "\n"


def _written(kept: Kept) -> dict[str, Any]:
    call = kept.request
    said = {
        "name": kept.name,
        "caller": kept.caller,
        "answers": dict(kept.answers),
        "request": call and _told(call),
        "expected": None if kept.expected is None else str(kept.expected),
        "left_out": kept.left_out,
    }
    return {name: value for name, value in said.items() if value or name == "name"}


def _told(call: Request) -> dict[str, Any]:
    said = {name: getattr(call, name) for name in _OF_REQUEST if name != "alone" or call.alone}
    return {**said, "unknown": sorted(call.unknown)}


def from_json(text: str) -> tuple[Kept, ...]:
    """Kept callers from what `to_json` wrote.

    Raises:
        ValueError: names the place that is wrong: `callers[1].expected: ...`.

    Example:
        >>> entry = '{"name": "x", "caller": "martian"}'
        >>> from_json('{"format": "trust-widgets kept callers 1", "callers": [' + entry + "]}")
        Traceback (most recent call last):
        ...
        ValueError: callers[0].caller: there is no caller 'martian'.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f"line {error.lineno}: " if isinstance(error, json.JSONDecodeError) else ""
        raise ValueError(f"{where}this is not JSON") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise ValueError(
            'format: this is not a file of saved callers. Such a file contains "format": '
            f'"{FORMAT}".'
        )
    listed = _of(found.get("callers"), list, "callers", "a list")
    return tuple(_read(entry, f"callers[{index}]") for index, entry in enumerate(listed))


def _read(entry: Any, place: str) -> Kept:
    said = _members(entry, _MEMBERS, place)
    name, caller = (
        _text(said.get("name"), f"{place}.name"),
        _text(said.get("caller", ""), f"{place}.caller"),
    )
    if caller and caller not in CALLERS:
        raise ValueError(f"{place}.caller: there is no caller {caller[:60]!r}.")
    left_out = tuple(_texts(said.get("left_out", []), f"{place}.left_out"))
    answers = _answers(said.get("answers", {}), caller, f"{place}.answers")
    expected = said.get("expected")
    if expected is not None:
        _text(expected, f"{place}.expected")
    try:
        call = None
        if said.get("request") is not None:
            call = _request(said["request"], f"{place}.request")
        return Kept(name, caller, answers, expected, call, left_out)
    except ValueError as error:
        raise ValueError(
            str(error) if str(error).startswith(place) else f"{place}: {error}"
        ) from None


def _answers(found: Any, caller: str, place: str) -> dict[str, Any]:
    """Answers of the kinds that the caller's form has; whether they make a call is seen when it is
    decided.
    """
    given = _of(found, dict, place, "an object")
    if caller:
        kinds = {asked.name: asked.kind for asked in CALLERS[caller].fields}
    else:
        kinds = {}
    answers: dict[str, Any] = {}
    for name, value in given.items():
        if name not in kinds:
            raise ValueError(f"{place}.{name[:60]}: this caller has no question with this name.")
        answers[name] = _answer(value, kinds[name], f"{place}.{name}")
    return answers


def _answer(value: Any, kind: str, place: str) -> Any:
    if kind == "flag":
        return _of(value, bool, place, "true or false")
    if kind == "list":
        return tuple(_texts(value, place))
    return _text(value, place)


def _request(found: Any, place: str) -> Request:
    said = _members(found, _OF_REQUEST, place)
    texts = {name: _text(said[name], f"{place}.{name}") for name in said if name not in _NO_TEXTS}
    for name in ("action", "principal"):
        _text(texts.get(name), f"{place}.{name}")
    given = _of(said.get("context", {}), dict, f"{place}.context", "an object")
    context = {key: _value(value, f"{place}.context.{key[:60]}") for key, value in given.items()}
    unknown = frozenset(_texts(said.get("unknown", []), f"{place}.unknown"))
    alone = _of(said.get("alone", False), bool, f"{place}.alone", "true or false")
    return Request(**texts, context=context, unknown=unknown, alone=alone)  # type: ignore[arg-type]


def _value(value: Any, place: str) -> str | tuple[str, ...]:
    if isinstance(value, str):
        return value
    return tuple(_texts(value, place))


def _members(found: Any, names: tuple[str, ...], place: str) -> dict[str, Any]:
    said: dict[str, Any] = _of(found, dict, place, "an object")
    for name in said:
        if name not in names:
            raise ValueError(
                f"{place}.{name[:60]}: there is no such member; there are {', '.join(names)}."
            )
    return said


def _text(value: Any, place: str) -> str:
    text: str = _of(value, str, place, "a text")
    return text


def _texts(value: Any, place: str) -> list[str]:
    listed = _of(value, list, place, "a list of strings")
    return [_text(item, f"{place}[{index}]") for index, item in enumerate(listed)]


def _of(value: Any, kind: type, place: str, words: str) -> Any:
    if not isinstance(value, kind):
        raise ValueError(f"{place}: should be {words}.")
    return value
