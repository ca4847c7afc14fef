"""Make the policies of a disagreement as small as they can be."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator
from typing import Any

from support.brute_force.comparison import Disagreement, check_pair
from support.brute_force.decision import Document, as_list


def shrunk(old: Document, new: Document, disagreement: Disagreement) -> Disagreement:
    """Return the same disagreement about the smallest policies that were found.

    Statements, conditions and values are left out one by one, from both policies, as long as the
    same question still gets a wrong answer.
    """
    found, pair = disagreement, (old, new)
    about_one = _again((new, new), disagreement)
    if about_one is not None:
        found, pair = about_one, (new, new)
    while True:
        for smaller in _smaller_pairs(*pair):
            again = _again(smaller, disagreement)
            if again is not None:
                found, pair = again, smaller
                break
        else:
            return found


def _again(pair: tuple[Document, Document], disagreement: Disagreement) -> Disagreement | None:
    found = check_pair(*pair, disagreement.seed, Counter())
    return next((each for each in found if each.question == disagreement.question), None)


def _smaller_pairs(old: Document, new: Document) -> Iterator[tuple[Document, Document]]:
    if old != new:
        for smaller in _smaller(old):
            yield smaller, new
        for smaller in _smaller(new):
            yield old, smaller
    yield from zip(_smaller(old), _smaller(new), strict=False)


def _smaller(document: Document) -> Iterator[Document]:
    """Yield a document without one of its statements, conditions or values."""
    for number, statement in enumerate(document["Statement"]):
        if len(document["Statement"]) > 1:
            yield _changed(document, number, None)
        for operator, keys in statement.get("Condition", {}).items():
            for key, values in keys.items():
                yield _changed(document, number, _with_values(statement, operator, key, []))
                if len(as_list(values)) > 1:
                    for value in as_list(values):
                        left = [each for each in as_list(values) if each != value]
                        yield _changed(
                            document, number, _with_values(statement, operator, key, left)
                        )


def _changed(document: Document, number: int, statement: Any) -> Document:
    """Return a document with another statement in one place, or without it."""
    statements = list(document["Statement"])
    statements[number : number + 1] = [] if statement is None else [statement]
    return {**document, "Statement": statements}


def _with_values(
    statement: dict[str, Any], operator: str, key: str, values: list[str]
) -> dict[str, Any]:
    """Return a statement with other values in one condition, or without the condition if there are
    none.
    """
    found = copy.deepcopy(statement)
    if values:
        found["Condition"][operator][key] = values
        return found
    del found["Condition"][operator][key]
    if not found["Condition"][operator]:
        del found["Condition"][operator]
    if not found["Condition"]:
        del found["Condition"]
    return found
