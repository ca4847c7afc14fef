"""Terraform's functions, as far as their results are known from the files alone.

https://developer.hashicorp.com/terraform/language/functions
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from trust_widgets.readers._hcl.values import (
    entries_of,
    is_collection,
    not_known,
    whole_number,
)
from trust_widgets.readers._tree import (
    EMPTY,
    Entry,
    Tree,
    concatenated,
    from_plain,
    is_known,
    listed,
    mapped,
    plain,
    scalar,
    text_of_scalar,
    unknown,
)

_LONGEST_RANGE = 1000
_FORMAT = re.compile(r"%%|%(?:\[\d+\])?[-+# 0]*\d*(?:\.\d+)?([a-zA-Z])")


class Call(NamedTuple):
    """A call of a function: its place, its text, and its arguments."""

    at: Tree
    expression: str
    arguments: tuple[Tree, ...]

    @property
    def not_known(self) -> Tree:
        """The result when it is not known."""
        return not_known(self.at, *self.arguments, expression=self.expression)

    def items(self, arguments: tuple[Tree, ...] | None = None) -> Tree:
        """The items of lists one after the other; of one that is not known, a hole."""
        found: list[Tree] = []
        holes: tuple[Any, ...] = ()
        for one in self.arguments if arguments is None else arguments:
            if one.kind == "list":
                found += [item.resting_on(one.defaults) for item in one.items]
                holes += one.holes
            else:
                holes += not_known(one, one, expression=self.expression).holes
        return listed(found, self.at.start, self.at.end, holes)


def called(name: str, call: Call) -> Tree:
    """The result of a function."""
    structural = _STRUCTURAL.get(name)
    try:
        if structural is not None and call.arguments:
            return _still_empty(structural(call), call)
        function = _PLAIN.get(name)
        if function is None or not all(map(is_known, call.arguments)):
            return call.not_known
        value = function(*map(plain, call.arguments))
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, re.error):
        return call.not_known
    return from_plain(value, call.at.start, call.at.end, call.not_known.defaults)


def _still_empty(made: Tree, call: Call) -> Tree:
    """A collection that is empty because a default is."""
    if made.kind in ("list", "object") and not (made.items or made.members or made.holes):
        for one in call.arguments:
            if one.tag.startswith(EMPTY):
                return replace(made, tag=one.tag)
    return made


# -- functions that keep what they are given, with its places


def _encoded(call: Call) -> Tree:
    return Tree(
        call.at.start,
        call.at.end,
        "json",
        items=call.arguments[:1],
    )


def _decoded(call: Call) -> Tree:
    (text,) = call.arguments
    if text.kind == "json":
        return text.items[0]
    if not text.known_text:
        return call.not_known
    return from_plain(json.loads(text.known_text), text.start, text.end, text.defaults)


def _same(call: Call) -> Tree:
    return call.arguments[0]


def _listed(call: Call) -> Tree:
    (one,) = call.arguments
    return one if one.kind == "list" else call.not_known


def _distinct(call: Call) -> Tree:
    one = call.items()
    kept, seen = [], set()
    for item in one.items:
        if is_known(item):
            key = json.dumps(plain(item), sort_keys=True)
        else:
            key = repr(item)
        if key not in seen:
            kept.append(item)
        seen.add(key)
    return replace(one, items=tuple(kept))


def _compact(call: Call) -> Tree:
    one = call.items()
    kept = [item for item in one.items if not (is_known(item) and item.value in ("", None))]
    return replace(one, items=tuple(kept))


def _flatten(call: Call) -> Tree:
    found = call.items()
    while any(item.kind == "list" for item in found.items):
        flat = tuple(replace(i, kind="list", items=(i,)) if i.kind != "list" else i
                     for i in found.items)  # fmt: skip
        found = replace(
            call.items(flat),
            holes=found.holes + call.items(flat).holes,
        )
    return found


def _merge(call: Call) -> Tree:
    members: dict[str, Entry] = {}
    holes: tuple[Any, ...] = ()
    for one in call.arguments:
        if one.kind == "object":
            holes += one.holes
            for member in one.members:
                members[text_of_scalar(member.key.value)] = member
        elif not (is_known(one) and one.value is None):
            holes += not_known(one, one, expression=call.expression).holes
    return mapped(members.values(), call.at.start, call.at.end, holes)


def _keys(call: Call) -> Tree:
    one = _collection(call)
    keys = sorted(
        (key for key, _ in entries_of(one)),
        key=lambda key: text_of_scalar(key.value),
    )
    return listed(keys, call.at.start, call.at.end, one.holes)


def _values(call: Call) -> Tree:
    one = _collection(call)
    pairs = sorted(entries_of(one), key=lambda pair: text_of_scalar(pair[0].value))
    return listed(
        [value for _, value in pairs],
        call.at.start,
        call.at.end,
        one.holes,
    )


def _collection(call: Call) -> Tree:
    one = call.arguments[0]
    if not is_collection(one):
        raise ValueError("no collection")
    return one


def _lookup(call: Call) -> Tree:
    of, key = call.arguments[:2]
    if of.kind == "object" and is_known(key):
        found = of.member(text_of_scalar(key.value))
        if found is None and not of.holes and len(call.arguments) == 3:
            found = call.arguments[2]
        if found is not None:
            return found.resting_on(key.defaults | of.defaults)
    return call.not_known


def _element(call: Call) -> Tree:
    of, index = call.arguments
    number = whole_number(index.value)
    if of.kind != "list" or of.holes or not of.items or number is None:
        return call.not_known
    return of.items[number % len(of.items)]


def _coalesce(call: Call) -> Tree:
    """The first argument that is neither null nor empty; nothing behind an unknown one counts."""
    empty: tuple[Any, ...] = (None, "", [])
    for one in call.arguments:
        if not is_known(one) and not one.is_text:
            return call.not_known
        if not is_known(one) or plain(one) not in empty:
            return one
    return call.not_known


def _try(call: Call) -> Tree:
    if call.arguments[0].kind != "unknown":
        return call.arguments[0]
    return call.not_known


def _one(call: Call) -> Tree:
    (of,) = call.arguments
    if of.kind != "list" or of.holes or len(of.items) > 1:
        return call.not_known
    if of.items:
        return of.items[0]
    return scalar(
        None,
        call.at.start,
        call.at.end,
    )


def _zipmap(call: Call) -> Tree:
    keys, values = call.arguments
    if keys.holes or values.holes or keys.kind != "list" or values.kind != "list":
        return call.not_known
    pairs = zip(keys.items, values.items, strict=True)
    return mapped(
        [Entry(*pair) for pair in pairs],
        call.at.start,
        call.at.end,
    )


def _slice(call: Call) -> Tree:
    of, start, end = call.arguments
    if of.kind != "list" or of.holes or not (is_known(start) and is_known(end)):
        return call.not_known
    return replace(
        of,
        items=of.items[whole_number(start.value) : whole_number(end.value)],
    )


def _reverse(call: Call) -> Tree:
    one = _listed(call)
    return replace(one, items=one.items[::-1])


# -- functions that make texts, of which a part may not be known


def _join(call: Call) -> Tree:
    separator, *lists = call.arguments
    one = call.items(tuple(lists))
    if one.holes or not separator.is_text:
        return call.not_known
    parts = list[Tree]()
    for item in one.items:
        if item.kind not in ("scalar", "unknown"):
            return call.not_known
        parts += [separator, item] if parts else [item]
    if not parts:
        return scalar("", call.at.start, call.at.end)
    return _text(concatenated(parts, call.at.start, call.at.end))


def _text(tree: Tree) -> Tree:
    """What was put together has no characters of a file."""
    return replace(tree, places=None)


def _tostring(call: Call) -> Tree:
    (one,) = call.arguments
    if one.kind == "scalar" and not one.holes and one.value is not None:
        return replace(one, value=text_of_scalar(one.value))
    return one


def _format(call: Call) -> Tree:
    form, *arguments = call.arguments
    if not form.known_text:
        return call.not_known
    parts, at, used = list[Tree](), 0, 0
    start, end = call.at.start, call.at.end
    for mark in _FORMAT.finditer(form.known_text):
        parts.append(
            scalar(
                form.known_text[at : mark.start()],
                start,
                end,
                form.defaults,
            )
        )
        at = mark.end()
        if mark[0] == "%%":
            parts.append(scalar("%", start, end))
        elif mark[0] in ("%s", "%d", "%v") and used < len(arguments):
            parts.append(arguments[used])
            used += 1
        else:
            return call.not_known
    parts.append(scalar(form.known_text[at:], start, end))
    if any(part.kind not in ("scalar", "unknown") for part in parts):
        return call.not_known
    return _text(concatenated(parts, start, end))


def _formatlist(call: Call) -> Tree:
    lists = [one for one in call.arguments if one.kind == "list"]
    if not lists or any(one.holes or len(one.items) != len(lists[0].items) for one in lists):
        return call.not_known
    made = []
    for i, item in enumerate(lists[0].items):
        row = tuple(one.items[i] if one.kind == "list" else one for one in call.arguments)
        text = _format(Call(item, call.expression, row))
        made.append(text)
    return listed(made, call.at.start, call.at.end)


def _affix(cut: Callable[[str, str], str]) -> Callable[[Call], Tree]:
    """A function that cuts from a text, which may have holes elsewhere."""

    def function(call: Call) -> Tree:
        text, affix = call.arguments
        if not text.is_text or not affix.known_text:
            return call.not_known
        return replace(text, value=cut(str(text.value), affix.known_text), places=None)

    return function


def _replace(call: Call) -> Tree:
    text, old, new = call.arguments
    if not is_known(old) or not is_known(new) or not text.is_text or not old.known_text:
        return call.not_known
    pattern = old.known_text
    if len(pattern) > 1 and pattern[0] == pattern[-1] == "/":
        if text.holes:
            return call.not_known
        made = re.sub(
            pattern[1:-1],
            re.sub(r"\$(\d)", r"\\\1", str(new.value)),
            str(text.value),
        )
    else:
        made = str(text.value).replace(pattern, text_of_scalar(new.value))
    return replace(
        text,
        value=made,
        places=None,
        start=call.at.start,
        end=call.at.end,
    )


_STRUCTURAL: dict[str, Callable[[Call], Tree]] = {
    "jsonencode": _encoded,
    "jsondecode": _decoded,
    "sensitive": _same,
    "nonsensitive": _same,
    "tomap": _same,
    "toset": _distinct,
    "tolist": _listed,
    "distinct": _distinct,
    "compact": _compact,
    "flatten": _flatten,
    "concat": Call.items,
    "setunion": _distinct,
    "merge": _merge,
    "keys": _keys,
    "values": _values,
    "lookup": _lookup,
    "element": _element,
    "coalesce": _coalesce,
    "coalescelist": _coalesce,
    "try": _try,
    "one": _one,
    "zipmap": _zipmap,
    "slice": _slice,
    "reverse": _reverse,
    "join": _join,
    "tostring": _tostring,
    "format": _format,
    "formatlist": _formatlist,
    "replace": _replace,
    "trimprefix": _affix(str.removeprefix),
    "trimsuffix": _affix(str.removesuffix),
}


def _range(*numbers: Any) -> list[int]:
    made = range(*(int(number) for number in numbers))
    if len(made) > _LONGEST_RANGE:
        raise ValueError("too long")
    return list(made)


def _substr(text: str, start: int, length: int) -> str:
    end = None if length < 0 else start + length
    return text[start:end]


def _split(separator: str, text: str) -> list[str]:
    if separator:
        return text.split(separator)
    return list(text)


def _title(text: str) -> str:
    return re.sub(r"\b[a-z]", lambda match: match[0].upper(), text)


def _tonumber(value: Any) -> float | int:
    number = float(value)
    return int(number) if number.is_integer() else number


_PLAIN: dict[str, Callable[..., Any]] = {
    "lower": str.lower,
    "upper": str.upper,
    "title": _title,
    "trimspace": str.strip,
    "chomp": lambda text: text.rstrip("\r\n"),
    "trim": str.strip,
    "split": _split,
    "substr": _substr,
    "length": len,
    "contains": lambda values, value: value in values,
    "startswith": str.startswith,
    "endswith": str.endswith,
    "strcontains": lambda text, part: part in text,
    "sort": lambda values: sorted(map(text_of_scalar, values)),
    "range": _range,
    "tonumber": _tonumber,
    "tobool": lambda value: {"true": True, "false": False}[text_of_scalar(value)],
    "min": min,
    "max": max,
    "sum": sum,
    "basename": lambda path: path.rstrip("/").rpartition("/")[2],
    "dirname": lambda path: path.rpartition("/")[0] or ".",
    "can": lambda value: True,
    "setsubtract": lambda a, b: [value for value in a if value not in b],
    "setintersection": lambda a, b: [value for value in a if value in b],
    "anytrue": lambda values: True in values,
    "alltrue": lambda values: False not in values,
}


def hole_for(call: Call) -> Tree:
    """The result of a function that is not known here, whatever it is given."""
    holes = not_known(call.at, expression=call.expression).holes
    return unknown(call.at.start, call.at.end, holes)
