"""Which conditions of a CloudFormation template can hold at the same time.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import product

from trust_widgets.readers._tree import Tree, text_of_scalar
from trust_widgets.readers._tree_contents import walk

_MOST_WORLDS = 4096
_DEEPEST = 20
_OTHER = "\ue000"  # a value that the template does not name
Operand = tuple[str, ...]
World = Mapping[Operand, str]


class _UnreadableCondition(Exception):
    """A condition that cannot be read."""


def labels_of(name: str) -> tuple[str, str]:
    """What is said when a condition is true, and when it is false."""
    return f"{name} is true", f"{name} is false"


def possible_choices(
    tree: Tree, conditions: Tree | None, parameters: Tree | None, needed: str = ""
) -> tuple[frozenset[str], ...]:
    """What can be true and false at the same time, of the conditions that a value depends on.

    Args:
        tree: the value. conditions, parameters: the template's sections.
        needed: a condition without which there is no such value; `""` for none.

    Returns:
        Sets of labels; none where the conditions cannot be read, or there is nothing to choose.
    """
    names = _names_of(tree)
    if not names or conditions is None:
        return ()
    names += [needed] if needed and needed not in names else []
    try:
        found = _possible(names, conditions, parameters)
    except _UnreadableCondition:
        found = _combinations(names) if needed else ()
    if needed:
        found = tuple(labels for labels in found if labels_of(needed)[0] in labels)
    return found


def _possible(
    names: list[str], conditions: Tree, parameters: Tree | None
) -> tuple[frozenset[str], ...]:
    """Which labels go together."""
    values = _values(names, conditions, parameters)
    if math.prod(map(len, values.values())) > _MOST_WORLDS:
        raise _UnreadableCondition("too many values")
    found: dict[frozenset[str], None] = {}
    for row in product(*values.values()):
        world = dict(zip(values, row, strict=True))
        found[_labels(names, conditions, world)] = None
    return tuple(found)


def _combinations(names: list[str]) -> tuple[frozenset[str], ...]:
    """All labels in every combination."""
    if 2 ** len(names) > _MOST_WORLDS:
        return ()
    return tuple(map(frozenset, product(*map(labels_of, names))))


def _names_of(tree: Tree) -> list[str]:
    """The conditions that a value depends on."""
    names: dict[str, None] = {}
    for one in walk(tree):
        if one.kind == "choice":
            names[one.labels[0].removesuffix(" is true")] = None
    return list(names)


def _labels(names: list[str], conditions: Tree, world: World) -> frozenset[str]:
    labels = []
    for name in names:
        truth, falsehood = labels_of(name)
        is_true = _is_true(_named(name, conditions), conditions, world)
        labels.append(truth if is_true else falsehood)
    return frozenset(labels)


def _named(name: str, conditions: Tree) -> Tree:
    found = conditions.member(name)
    if found is None:
        raise _UnreadableCondition(name)
    return found


def _parts(condition: Tree) -> tuple[str, tuple[Tree, ...]]:
    """The function of a condition, and what it is given."""
    if condition.tag.startswith("!"):
        return condition.tag[1:], condition.items or (condition,)
    if len(condition.members) == 1:
        key, value = condition.members[0]
        return key.known_text.removeprefix("Fn::"), value.items or (value,)
    raise _UnreadableCondition(condition.kind)


def _is_true(condition: Tree, conditions: Tree, world: World, depth: int = 0) -> bool:
    if depth > _DEEPEST:
        raise _UnreadableCondition("a circle")
    name, parts = _parts(condition)
    if name == "Equals" and len(parts) == 2:
        one, other = (_value(part, world) for part in parts)
        return one == other
    if name == "Condition" and len(parts) == 1:
        inner = _named(parts[0].known_text, conditions)
        return _is_true(inner, conditions, world, depth + 1)
    truths = [_is_true(part, conditions, world, depth + 1) for part in parts]
    if name == "Not" and len(truths) == 1:
        return not truths[0]
    if name == "And":
        return all(truths)
    if name == "Or":
        return any(truths)
    raise _UnreadableCondition(name)


def _value(operand: Tree, world: World) -> str:
    key = _key(operand)
    if len(key) == 1:
        return key[0]
    return world[key]


def _key(operand: Tree) -> Operand:
    """A text, or what else is compared: two that are written alike are equal."""
    if operand.kind == "scalar" and not operand.tag and not operand.holes:
        return (text_of_scalar(operand.value),)
    parts = (f"{one.kind} {one.tag} {one.value}" for one in walk(operand))
    return ("value", *parts)


def _values(
    names: list[str], conditions: Tree, parameters: Tree | None
) -> dict[Operand, list[str]]:
    """What each thing that is compared may be: the texts it is compared with, and another one."""
    values: dict[Operand, list[str]] = {}
    for operands in _comparisons(names, conditions):
        keys = [_key(operand) for operand in operands]
        texts = [key[0] for key in keys if len(key) == 1]
        for key, operand in zip(keys, operands, strict=True):
            if len(key) > 1:
                known = values.setdefault(key, _allowed(operand, parameters) or [_OTHER])
                known += [text for text in texts if text not in known and _OTHER in known]
        if not texts and len(set(keys)) > 1:
            raise _UnreadableCondition("two unknown values")
    return values


def _comparisons(names: list[str], conditions: Tree) -> Iterator[tuple[Tree, ...]]:
    """What `Fn::Equals` compares, in these conditions and those that they use."""
    waiting = [_named(name, conditions) for name in names]
    seen: set[int] = set()
    while waiting:
        condition = waiting.pop()
        if condition.start in seen:
            continue
        seen.add(condition.start)
        name, parts = _parts(condition)
        if name == "Equals" and len(parts) == 2:
            yield parts
        elif name == "Condition":
            waiting.append(_named(parts[0].known_text, conditions))
        else:
            waiting += parts


def _allowed(operand: Tree, parameters: Tree | None) -> list[str]:
    """The values that a parameter may have, where the template lists them."""
    is_ref = operand.tag == "!Ref" or operand.member("Ref") is not None
    name = operand.known_text or operand.text_at("Ref")
    if parameters is not None and is_ref:
        allowed = parameters.at(name, "AllowedValues")
    else:
        allowed = None
    if allowed is None:
        return []
    return [text_of_scalar(item.value) for item in allowed.items]
