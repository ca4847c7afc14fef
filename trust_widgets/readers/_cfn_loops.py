"""`Fn::ForEach` of CloudFormation's language extensions.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from trust_widgets.readers._tree import Entry, Hole, Tree, text_of_scalar
from trust_widgets.readers._tree_contents import is_known, unknown_holes

LOOP = "Fn::ForEach::"
_MOST_TURNS = 500
_DEEPEST = 6
Value = Callable[[Tree], Tree]


def has_loop(tree: Tree) -> bool:
    """Whether a member of an object is a loop."""
    return any(member.key.known_text.startswith(LOOP) for member in tree.members)


def unrolled(members: tuple[Entry, ...], value: Value, depth: int = 0) -> Iterator[Entry]:
    """The members of an object, with those that loops make.

    A loop over something that is not known gives its members once; their values are not known.

    Args:
        members: of the object. value: gives the value of a loop's collection.
        depth: how many loops it is in.
    """
    for member in members:
        loop = member.value
        if not member.key.known_text.startswith(LOOP) or len(loop.items) != 3:
            yield member
            continue
        name, collection, body = loop.items
        found = value(collection)
        if found.kind == "list" and is_known(found) and len(found.items) <= _MOST_TURNS:
            turns = [text_of_scalar(item.value) for item in found.items]
            bodies = [_with_name(body, name.known_text, turn) for turn in turns]
        else:
            bodies = [_not_known(body, found)]
        if depth >= _DEEPEST:
            continue
        for one in bodies:
            yield from unrolled(one.members, value, depth + 1)


def _not_known(body: Tree, found: Tree) -> Tree:
    """The body of a loop, whose values depend on what is not known."""
    holes = unknown_holes(found)
    if not holes:
        return body
    members: list[Entry] = []
    for member in body.members:
        if member.value.kind == "object":
            members.append(Entry(member.key, _filled(member.value, holes)))
        else:
            members.append(member)
    return replace(body, members=tuple(members))


def _filled(resource: Tree, holes: tuple[Hole, ...]) -> Tree:
    """A resource of which each property is not known."""
    properties = resource.member("Properties")
    if properties is None:
        return resource
    unknown: list[Entry] = []
    for key, value in properties.members:
        unknown.append(Entry(key, Tree(value.start, value.end, "unknown", holes=holes)))
    made = replace(properties, members=tuple(unknown))
    kept: list[Entry] = []
    for member in resource.members:
        if member.key.known_text == "Properties":
            member = Entry(member.key, made)
        kept.append(member)
    return replace(resource, members=tuple(kept))


def _with_name(tree: Tree, name: str, turn: str) -> Tree:
    """A loop's body in one turn: what its name means there, in texts and in `Ref`."""
    if tree.is_text:
        if tree.tag == "!Ref" and tree.known_text == name:
            return replace(tree, value=turn, tag="", places=None)
        return _text(tree, name, turn)
    if len(tree.members) == 1 and tree.text_at("Ref") == name:
        return Tree(tree.start, tree.end, value=turn)
    if not tree.items and not tree.members:
        return tree
    return replace(
        tree,
        items=tuple(_with_name(item, name, turn) for item in tree.items),
        members=tuple(
            Entry(_with_name(m.key, name, turn), _with_name(m.value, name, turn))
            for m in tree.members
        ),
    )


def _text(tree: Tree, name: str, turn: str) -> Tree:
    """A text with `${Name}` and `&{Name}`; the latter keeps letters and digits alone."""
    text = str(tree.value)
    bare = re.sub(r"[^A-Za-z0-9]", "", turn)
    made = text.replace(f"${{{name}}}", turn).replace(f"&{{{name}}}", bare)
    if made == text:
        return tree
    return replace(tree, value=made, places=None)
