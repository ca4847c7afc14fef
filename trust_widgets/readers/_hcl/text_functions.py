"""Terraform's functions that make texts, of which a part may not be known.

https://developer.hashicorp.com/terraform/language/functions
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

from trust_widgets.readers._hcl.calls import Call
from trust_widgets.readers._hcl.patterns import expanded, pattern_for
from trust_widgets.readers._hcl.values import whole_number
from trust_widgets.readers._tree import Tree, concatenated, listed, scalar, text_of_scalar
from trust_widgets.readers._tree_contents import is_known, plain


def _join(call: Call) -> Tree:
    separator, *lists = call.arguments
    one = call.items(tuple(lists))
    if one.holes or not separator.is_text:
        return call.not_known
    if len(one.items) == 1 and one.items[0].kind == "json":
        return one.items[0]
    parts = list[Tree]()
    for item in map(_written, one.items):
        if item.kind not in ("scalar", "unknown"):
            return call.not_known
        parts += [separator, item] if parts else [item]
    if not parts:
        return scalar("", call.at.start, call.at.end)
    return _text(concatenated(parts, call.at.start, call.at.end))


def _written(item: Tree) -> Tree:
    """JSON that is known, as the text that it is."""
    if item.kind == "json" and is_known(item):
        text = json.dumps(plain(item), separators=(",", ":"))
        return scalar(text, item.start, item.end, item.defaults)
    return item


def _text(tree: Tree) -> Tree:
    """What was put together has no characters of a file."""
    return replace(tree, places=None)


def _tostring(call: Call) -> Tree:
    (one,) = call.arguments
    if one.kind == "scalar" and not one.holes and one.value is not None:
        return replace(one, value=text_of_scalar(one.value))
    return one


_MARK = re.compile(
    r"%(?P<flags>[-+# 0]*)(?P<width>\d*)(?:\.(?P<precision>\d+))?(?:\[(?P<index>\d+)\])?"
    r"(?P<verb>[%a-zA-Z])"
)
_WIDEST = 200


def _format(call: Call) -> Tree:
    form, *arguments = call.arguments
    if not form.known_text:
        return call.not_known
    parts, at, used = list[Tree](), 0, 0
    start, end = call.at.start, call.at.end
    for mark in _MARK.finditer(form.known_text):
        parts.append(scalar(form.known_text[at : mark.start()], start, end, form.defaults))
        at = mark.end()
        if mark["verb"] == "%":
            parts.append(scalar("%", start, end))
            continue
        if mark["index"]:
            used = int(mark["index"])
        else:
            used = used + 1
        if 0 < used <= len(arguments):
            made = _formatted(mark, arguments[used - 1])
        else:
            made = None
        if made is None:
            return call.not_known
        parts.append(made)
    parts.append(scalar(form.known_text[at:], start, end))
    if any(part.kind not in ("scalar", "unknown") for part in parts):
        return call.not_known
    return _text(concatenated(parts, start, end))


def _formatted(mark: re.Match[str], argument: Tree) -> Tree | None:
    """An argument as a verb writes it; `None` for a form that is not read here.

    https://developer.hashicorp.com/terraform/language/functions/format
    """
    verb, width = mark["verb"], int(mark["width"] or 0)
    if verb in "svd" and not (mark["flags"] or width or mark["precision"]):
        whole = argument.kind in ("scalar", "unknown")
        is_kept = verb != "d" or not is_known(argument) or whole_number(argument.value) is not None
        if whole and is_kept:
            return argument
        return None
    if not is_known(argument) or argument.kind != "scalar" or width > _WIDEST:
        return None
    text = _verb(verb, argument.value, mark["precision"])
    if text is None or set(mark["flags"]) - {"-", "0"}:
        return None
    if "-" in mark["flags"]:
        text = text.ljust(width)
    elif "0" in mark["flags"] and verb in "df":
        text = text.rjust(width, "0")
    else:
        text = text.rjust(width)
    return scalar(text, argument.start, argument.end, argument.defaults)


def _verb(verb: str, value: object, precision: str | None) -> str | None:
    number = whole_number(value)
    if verb == "d" and number is not None and not precision and number >= 0:
        return str(number)
    if verb == "q" and not precision:
        return json.dumps(text_of_scalar(value), ensure_ascii=False)
    if verb == "t" and isinstance(value, bool):
        return text_of_scalar(value)
    if verb in "sv" and not precision:
        return text_of_scalar(value)
    return None


def _formatlist(call: Call) -> Tree:
    lists = [one for one in call.arguments if one.kind == "list"]
    lengths = {len(one.items) for one in lists}
    if len(lengths) != 1 or any(one.holes for one in lists):
        return call.not_known
    made = []
    for index, item in enumerate(lists[0].items):
        row = tuple(_item_or_same(one, index) for one in call.arguments)
        made.append(_format(Call(item, call.expression, row)))
    return listed(made, call.at.start, call.at.end)


def _item_or_same(argument: Tree, index: int) -> Tree:
    """An item of a list; any other argument is the same for each item."""
    if argument.kind == "list":
        return argument.items[index]
    return argument


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
    pattern, replacement = old.known_text, text_of_scalar(new.value)
    if len(pattern) > 1 and pattern[0] == pattern[-1] == "/":
        if text.holes:
            return call.not_known
        compiled = pattern_for(pattern[1:-1], str(text.value))
        made = compiled.sub(lambda found: expanded(replacement, found), str(text.value))
    else:
        made = str(text.value).replace(pattern, replacement)
    rests = text.defaults | old.defaults | new.defaults
    return replace(
        text, value=made, places=None, start=call.at.start, end=call.at.end, defaults=rests
    )


TEXTS: dict[str, Callable[[Call], Tree]] = {
    "join": _join,
    "tostring": _tostring,
    "format": _format,
    "formatlist": _formatlist,
    "replace": _replace,
    "trimprefix": _affix(str.removeprefix),
    "trimsuffix": _affix(str.removesuffix),
}
