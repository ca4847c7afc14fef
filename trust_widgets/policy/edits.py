"""A change to a document's text that a machine can make, as small as it can be.

`Fix` and the kinds of edits come first, then the edits of a statement's conditions that more than
one module makes. Each keeps what the author wrote: it changes no more than it names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from trust_widgets.names import helps_with_names
from trust_widgets.policy.conditions import Condition, Path
from trust_widgets.policy.semantics.conditions import keys_of
from trust_widgets.policy.source import Given, source_of
from trust_widgets.policy.values import Statement, TrustPolicy, statement_to_dict
from trust_widgets.text.json import edit
from trust_widgets.text.json.tree import Splice

__all__ = [
    "Edit",
    "Fix",
    "Insert",
    "Remove",
    "Rename",
    "Replace",
    "Splice",
    "add_condition",
    "add_value",
    "change",
    "common_start",
    "compare_with",
    "move_condition",
    "rename_key",
]

# The order in which AWS's own pages write the elements of a policy and of a statement.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
ORDER = (
    *("Version", "Id", "Statement"),
    *(
        "Sid",
        "Effect",
        "Principal",
        "NotPrincipal",
        "Action",
        "NotAction",
        "Resource",
        "NotResource",
    ),
    "Condition",
)


class Replace(NamedTuple):
    """Put `value` (plain JSON values) in the place of `path`."""

    path: Path
    value: Any


class Remove(NamedTuple):
    """Take out what is at `path`."""

    path: Path


class Insert(NamedTuple):
    """Put `value` in, so that it is at `path`."""

    path: Path
    value: Any


class Rename(NamedTuple):
    """Give the member at `path` the name `key`."""

    path: Path
    key: str


Edit: TypeAlias = "Replace | Remove | Insert | Rename | Splice"


@helps_with_names(text="title", changes="edits", run="apply")
@dataclass(frozen=True, slots=True)
class Fix:
    """A repair: what it does in a few words, and its edits, all of which are made or none.

    Args:
        title: what it does, for a button: `'Write "Allow"'`.
        edits: made one after the other; `Splice`s are all meant for the text as it was.
    """

    title: str
    edits: tuple[Edit, ...]

    def apply(self, text: Given) -> str:
        """The text with the repair made; the same text when a place is no longer there.

        Of a document or a policy it is its JSON text.

        Raises:
            TypeError: for what is no policy, with what to write.

        Example:
            >>> Fix("Write Allow", (Replace(("Effect",), "Allow"),)).apply('{ "Effect":"allow" }')
            '{ "Effect":"Allow" }'
        """
        if isinstance(text, str):
            given = text
        else:
            given = source_of(text, "the text").as_text
        now = given
        for step in self.edits:
            if isinstance(step, Splice):
                continue
            made = _made(now, step)
            if made is None:
                return given
            now = made
        splices = [step for step in self.edits if isinstance(step, Splice)]
        for splice in sorted(splices, reverse=True):
            now = now[: splice.start] + splice.text + now[splice.end :]
        return now


def _made(text: str, step: Edit) -> str | None:
    match step:
        case Replace(path, value):
            return edit.replace(text, path, value)
        case Remove(path):
            return edit.remove(text, path)
        case Insert(path, value):
            return edit.insert(text, path, value, ORDER)
        case Rename(path, key):
            return edit.rename(text, path, key)
    return text


def change(old: str, new: str) -> Splice:
    """The smallest single replacement that makes one text of another.

    Example:
        >>> change("abcd", "abXd")
        Splice(start=2, end=3, text='X')
    """
    head = common_start(old, new)
    tail = common_start(old[head:][::-1], new[head:][::-1])
    return Splice(head, len(old) - tail, new[head : len(new) - tail])


def common_start(one: Sequence[str], other: Sequence[str]) -> int:
    """How many characters, or lines, both begin with.

    Example:
        >>> common_start("octo-org", "octo-evil")
        5
    """
    same, longest = 0, min(len(one), len(other))
    while same < longest:  # both begin with the first `same` ones, and with no more than `longest`
        middle = (same + longest + 1) // 2
        if one[same:middle] == other[same:middle]:
            same = middle
        else:
            longest = middle - 1
    return same


# -- edits of conditions ------------------------------------------------------------------------


def add_value(policy: TrustPolicy, path: Path, value: str) -> Edit:
    """Add a value to the list that the value at a path is in, or make a list of that value and this
    one.

    Example:
        >>> statement = Statement(action=("sts:AssumeRole",))
        >>> add_value(TrustPolicy((statement,)), ("Statement", 0, "Action", 0), "sts:TagSession")
        Replace(path=('Statement', 0, 'Action'), value=['sts:AssumeRole', 'sts:TagSession'])
    """
    present: Any = statement_to_dict(policy.statements[int(path[1])])
    for step in path[2:-1]:
        present = present[step]
    values = present if isinstance(present, list) else [present]
    return Replace(path[:-1], [*values, value])


def add_condition(path: Path, statement: Statement, operator: str, key: str, value: str) -> Edit:
    """Add a condition on a key that the statement has no condition on.

    Args:
        path: the statement's place.

    Example:
        >>> add_condition(("Statement", 0), Statement(), "Bool", "aws:SecureTransport", "true")
        Insert(path=('Statement', 0, 'Condition'), value={'Bool': {'aws:SecureTransport': 'true'}})
    """
    block = statement_to_dict(statement).get("Condition")
    place = (*path, "Condition")
    if block is None:
        return Insert(place, {operator: {key: value}})
    if operator in block:
        return Insert((*place, operator, key), value)
    return Insert((*place, operator), {key: value})


def move_condition(statement: Statement, path: Path, operator: str) -> tuple[Edit, ...]:
    """Put a condition under another operator; if that has a block already, the key moves into it.

    Args:
        statement: the one that has the condition.
        path: the condition's place in the document: `("Statement", 0, "Condition", "Bool",
            "aws:SecureTransport")`.
        operator: the one to put it under.

    Returns:
        The edits; none if that operator has a condition on the key already. Two conditions on a key
        must both be met, so merging them would change what the policy means.

    Example:
        >>> from trust_widgets.policy.values import Condition
        >>> statement = Statement(conditions=(Condition("StringEquals", "aws:userid", ("A*",)),))
        >>> move_condition(
        ...     statement, ("Statement", 0, "Condition", "StringEquals", "aws:userid"), "StringLike"
        ... )
        (Rename(path=('Statement', 0, 'Condition', 'StringEquals'), key='StringLike'),)
    """
    written, key = str(path[3]), str(path[4])
    block = statement_to_dict(statement)["Condition"]
    target = block.get(operator)
    is_alone = len(block[written]) == 1
    if is_alone and target is None:
        return (Rename(path[:4], operator),)
    if target is not None and key.lower() in map(str.lower, target):
        return ()
    value = block[written][key]
    remove = Remove(path[:4] if is_alone else path)
    place = (*path[:3], operator)
    if target is None:
        return (remove, Insert(place, {key: value}))
    return (remove, Insert((*place, key), value))


def compare_with(statement: Statement, path: Path, operator: str) -> Fix | None:
    """The fix that puts a condition under another operator; None if that is not possible, as in
    `move_condition`.

    Example:
        >>> from trust_widgets.policy.values import Condition
        >>> statement = Statement(conditions=(Condition("Bool", "aws:SecureTransport", ("true",)),))
        >>> path = ("Statement", 0, "Condition", "Bool", "aws:SecureTransport")
        >>> compare_with(statement, path, "BoolIfExists").title
        'Compare with BoolIfExists'
    """
    edits = move_condition(statement, path, operator)
    if edits:
        return Fix(f"Compare with {operator}", edits)
    return None


def rename_key(path: Path, statement: Statement, condition: Condition, key: str) -> Fix | None:
    """The fix that gives a condition another key; None where its operator has that key already.

    Args:
        path: the statement's place.

    Example:
        >>> from trust_widgets.policy.values import Condition
        >>> condition = Condition("StringEquals", "aws:PrincipalOrg", ("o-a1b2c3d4e5",))
        >>> statement = Statement(conditions=(condition,))
        >>> rename_key(("Statement", 0), statement, condition, "aws:PrincipalOrgID").title
        'Rename to "aws:PrincipalOrgID"'
    """
    if key.lower() in keys_of(statement, condition.operator):
        return None
    return Fix(f'Rename to "{key}"', (Rename((*path, *condition.path), key),))


def adding(path: Path, statement: Statement, *actions: str) -> Fix | None:
    """The statement with more actions."""
    if not statement.action:
        return None
    title = f"Allow {' and '.join(actions)} too"
    if len(statement.action) == 1:
        return Fix(title, (Replace((*path, "Action"), [statement.action[0], *actions]),))
    end = len(statement.action)
    return Fix(
        title, tuple(Insert((*path, "Action", end + n), action) for n, action in enumerate(actions))
    )
