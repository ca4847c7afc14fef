"""Where the values and names of a policy are in its text."""

from __future__ import annotations

from trust_widgets.text.json.reader import read
from trust_widgets.text.json.tree import (
    Path,
    Span,
    member_at,
    node_at,
)


def locate(text: str, path: Path) -> Span | None:
    """Where a path's value is in the text as it was written; `None` when it is not there.

    A single value counts as a list of one, as everywhere in policies.

    Example:
        >>> text = '{"Statement": {"Action": "sts:AssumeRole"}}'
        >>> span = locate(text, ("Statement", 0, "Action", 0))
        >>> text[span.start : span.end]
        '"sts:AssumeRole"'
    """
    node = node_at(read(text).root, path)
    if node:
        return node.span
    return None


def locate_key(text: str, path: Path) -> Span | None:
    """Return where the name of a path's last member is; None if there is none."""
    member = member_at(read(text).root, path)
    if member:
        return member.key_span
    return None
