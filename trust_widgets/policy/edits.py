"""A change to a document's text that a machine can make, as small as it can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from trust_widgets.policy.values import Path
from trust_widgets.text.json import edit
from trust_widgets.text.json.tree import Splice

__all__ = ["Edit", "Fix", "Insert", "Remove", "Rename", "Replace", "Splice", "change"]

# The order in which AWS's own pages write the elements of a policy and of a statement.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
ORDER = (
    *("Version", "Id", "Statement"),
    *("Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource"),
    "Condition",
)


class Replace(NamedTuple):
    """Put `value` (plain JSON values) where `path` stands."""

    path: Path
    value: Any


class Remove(NamedTuple):
    """Take out what stands at `path`."""

    path: Path


class Insert(NamedTuple):
    """Put `value` in, so that it stands at `path`."""

    path: Path
    value: Any


class Rename(NamedTuple):
    """Give the member at `path` the name `key`."""

    path: Path
    key: str


Edit: TypeAlias = "Replace | Remove | Insert | Rename | Splice"


@dataclass(frozen=True, slots=True)
class Fix:
    """A repair: what it does in a few words, and its edits, all of which are made or none.

    Args:
        title: what it does, for a button: `'Write "Allow"'`.
        edits: made one after the other; `Splice`s are all meant for the text as it was.
    """

    title: str
    edits: tuple[Edit, ...]

    def apply(self, text: str) -> str:
        """The text with the repair made; the same text when a place is no longer there. Never raises.

        Example:
            >>> Fix("Write Allow", (Replace(("Effect",), "Allow"),)).apply('{ "Effect":"allow" }')
            '{ "Effect":"Allow" }'
        """
        now: str | None = text
        for step in self.edits:
            if not isinstance(step, Splice) and now is not None:
                now = _made(now, step)
        splices = sorted((step for step in self.edits if isinstance(step, Splice)), reverse=True)
        for splice in splices if now is not None else ():
            now = str(now)[: splice.start] + splice.text + str(now)[splice.end :]
        return text if now is None else now


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
    pairs = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
