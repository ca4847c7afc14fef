"""Two policies as plain JSON values, and the edits that make one of the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trust_widgets.policy import Edit, Insert, Path, Remove, Rename, Replace, common_start
from trust_widgets.text.json.tree import Splice
from trust_widgets.text.json.writer import json_text


def edits_between(old: Any, new: Any, path: Path = ()) -> Iterator[Edit]:
    """The edits, as small as they can be; each names its place as it is before all of them.

    Args:
        old, new: plain JSON values. path: where they are.

    Example:
        >>> old, new = {"Action": "a", "Sid": "A"}, {"Action": ["a", "b"], "Id": "A"}
        >>> for edit in edits_between(old, new):
        ...     print(edit)
        Rename(path=('Sid',), key='Id')
        Replace(path=('Action',), value=['a', 'b'])
    """
    if _same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict) and old and new:
        yield from _of_objects(old, new, path)
    elif isinstance(old, list) and isinstance(new, list) and old and new:
        yield from _of_lists(old, new, path)
    else:
        yield Replace(path, new)


def _same(old: Any, new: Any) -> bool:
    """Whether two values are the same, and of one type: `1` is not `true`."""
    return old is new or json_text(old) == json_text(new)


def _of_objects(old: Mapping[str, Any], new: Mapping[str, Any], path: Path) -> Iterator[Edit]:
    gone = [key for key in old if key not in new]
    come = [key for key in new if key not in old]
    if len(gone) == 1 and len(come) == 1:
        yield Rename((*path, gone[0]), come[0])
        yield from edits_between(old[gone[0]], new[come[0]], (*path, gone[0]))
        gone, come = [], []
    for key in gone:
        yield Remove((*path, key))
    for key in old:
        if key in new:
            yield from edits_between(old[key], new[key], (*path, key))
    for key in come:
        yield Insert((*path, key), new[key])


def _of_lists(old: list[Any], new: list[Any], path: Path) -> Iterator[Edit]:
    texts, others = list(map(json_text, old)), list(map(json_text, new))
    start = common_start(texts, others)
    end = common_start(texts[start:][::-1], others[start:][::-1])
    between, put = old[start : len(old) - end], new[start : len(new) - end]
    pairs = min(len(between), len(put))
    for number in range(pairs):
        yield from edits_between(between[number], put[number], (*path, start + number))
    for number in reversed(range(pairs, len(between))):
        yield Remove((*path, start + number))
    for number in range(pairs, len(put)):
        yield Insert((*path, start + number), put[number])


def coarse_edits(old: Any, new: Any) -> Iterator[Edit]:
    """The same with whole statements: each that differs is written anew.

    Example:
        >>> old, new = {"Statement": [{"Sid": "A"}]}, {"Statement": [{"Sid": "B"}]}
        >>> list(coarse_edits(old, new))
        [Replace(path=('Statement', 0), value={'Sid': 'B'})]
    """
    for edit in edits_between(old, new):
        if not isinstance(edit, Splice) and (len(edit.path) < 3 or edit.path[0] != "Statement"):
            yield edit
    statements, others = old.get("Statement"), new.get("Statement")
    if isinstance(statements, list) and isinstance(others, list):
        for number, (one, other) in enumerate(zip(statements, others, strict=False)):
            if not _same(one, other):
                yield Replace(("Statement", number), other)
