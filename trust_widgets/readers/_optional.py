"""What a tree holds that may be missing itself."""

from __future__ import annotations

from trust_widgets.readers._tree import Entry, Tree


def members_of(tree: Tree | None) -> tuple[Entry, ...]:
    """The members of an object; none where there is no object.

    Example:
        >>> members_of(None)
        ()
    """
    if tree is None:
        return ()
    return tree.members


def items_of(tree: Tree | None) -> tuple[Tree, ...]:
    """The items of a list; none where there is no list.

    Example:
        >>> items_of(None)
        ()
    """
    if tree is None:
        return ()
    return tree.items
