"""Modules that a module calls by a path inside the folder that was given.

https://developer.hashicorp.com/terraform/language/modules/syntax
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from trust_widgets.readers._hcl.accounts import providers_of_call
from trust_widgets.readers._hcl.expressions import Expr, HclBlock
from trust_widgets.readers._hcl.instances import Instance, instances_of, names_at
from trust_widgets.readers._hcl.module_files import module_files
from trust_widgets.readers._hcl.scope import Scope
from trust_widgets.readers._hcl.syntax import NotTerraform
from trust_widgets.readers._tree import (
    Entry,
    Hole,
    Tree,
    entry,
    listed,
    mapped,
    not_told,
    text_of_scalar,
)
from trust_widgets.readers._tree_contents import is_known

if TYPE_CHECKING:
    from trust_widgets.readers._hcl.found import Found
    from trust_widgets.readers._hcl.module import Module

_MOST_FOLDERS = 200
_CALLED = re.compile(r'^[ \t]*"?source"?[ \t]*[=:][ \t]*"([^"$\n]*)"', re.MULTILINE)
# Modules of registries that make roles which others may assume.
OF_ROLES = re.compile(r"iam|role|irsa|oidc|trust", re.IGNORECASE)
_NO_ROLES = re.compile(
    r"(?:^|[/_-])iam-(?:users?|groups?|polic(?:y|ies)|account|read-only-policy)(?:-with-policies)?"
    r"(?:\?[^/]*|/aws)?\Z"
)
MOST_MODULES = 12  # modules in modules
_META = ("source", "version", "for_each", "count", "providers", "depends_on")


def output_of(
    module: Module, name: str, steps: list[Expr], scope: Scope, hole: Hole
) -> tuple[Tree, int]:
    """What `module.NAME` and the steps behind it represent.

    Returns:
        The value, and how many of the steps it took.
    """
    rest, taken = steps[1:], 1
    found = module.blocks.get(("module", name))
    if found is None:
        return not_told(hole), len(steps)
    try:
        if rest and rest[0].kind == "index":
            index = rest[0].parts[1]
            assert index is not None
            key = scope.value(index)
            suffix = _suffix(key)
            child = child_of(module, name, names_at(module, found, key), suffix)
            rest, taken = rest[1:], taken + 1
        elif rest and rest[0].kind == "splat" and rest[0].value:
            return _of_all(module, name, found, rest[0].value, hole), taken + 1
        elif not rest or rest[0].kind != "attribute":
            return _whole(module, name, found, hole), taken
        else:
            child = child_of(module, name)
    except NotTerraform:
        child = None
    if child is None:
        return not_told(hole), len(steps)
    if not rest or rest[0].kind != "attribute":
        return _outputs(child, hole), taken
    return _output(child, rest[0].value, hole), taken + 1


def _suffix(key: Tree) -> str:
    if is_known(key):
        return f"[{text_of_scalar(key.value)}]"
    return "[?]"


def _output(child: Module, name: str, hole: Hole) -> Tree:
    found = child.blocks.get(("output", name))
    try:
        if found is not None:
            value = found.parsed().attribute("value")
        else:
            value = None
    except NotTerraform:
        value = None
    if found is None or value is None:
        return not_told(hole)
    return child.scope(found).value(value.value)


def _outputs(child: Module, hole: Hole) -> Tree:
    """All outputs, as an object."""
    members: list[Entry] = []
    for kind, *names in tuple(child.blocks):
        if kind == "output" and len(names) == 1:
            members.append(entry(names[0], _output(child, names[0], hole)))
    return mapped(members, hole.start, hole.end)


def _children(module: Module, name: str, found: Found) -> list[tuple[Instance, Module | None]]:
    children: list[tuple[Instance, Module | None]] = []
    for instance in instances_of(module, found, found.parsed()):
        names = instance.names if instance.suffix else None
        children.append((instance, child_of(module, name, names, instance.suffix)))
    return children


def _of_all(module: Module, name: str, found: Found, path: tuple[str, ...], hole: Hole) -> Tree:
    """`module.NAME[*].OUTPUT`: an output of each instance."""
    if len(path) != 1:
        return not_told(hole)
    items: list[Tree] = []
    for _, child in _children(module, name, found):
        if child is not None:
            items.append(_output(child, path[0], hole))
        else:
            items.append(not_told(hole))
    return listed(items, hole.start, hole.end)


def _whole(module: Module, name: str, found: Found, hole: Hole) -> Tree:
    """A module as a value: its outputs, or a collection of them for each instance."""
    block = found.parsed()
    children = _children(module, name, found)
    if any(child is None for _, child in children):
        return not_told(hole)
    values = [_outputs(child, hole) for _, child in children if child is not None]
    is_each = block.attribute("for_each") is not None
    if not is_each and block.attribute("count") is None:
        return values[0]
    keys = [instance.key for instance, _ in children]
    if any(key is None for key in keys):
        return not_told(hole)
    if not is_each:
        return listed(values, hole.start, hole.end)
    members = [
        entry(text_of_scalar(key.value), value, key)
        for key, value in zip(keys, values, strict=True)
        if key is not None
    ]
    return mapped(members, hole.start, hole.end)


def child_of(
    module: Module, name: str, names: Mapping[str, Tree] | None = None, suffix: str = ""
) -> Module | None:
    """The module that a block calls by a relative path inside the folder; else `None`.

    Args:
        module: the one that calls. name: of the call.
        names: what `each` and `count` are. suffix: of the instance's address.
    """
    found = module.blocks.get(("module", name))
    if found is None or module.depth >= MOST_MODULES:
        return None
    key = name, suffix
    if key not in module.children:
        module.children[key] = None  # while it is read: a module may call itself
        module.children[key] = _made_child(module, name, found, names or {}, suffix)
    return module.children[key]


def _made_child(
    module: Module, name: str, found: Found, names: Mapping[str, Tree], suffix: str
) -> Module | None:
    try:
        block = found.parsed()
    except NotTerraform:
        return None
    source = source_of_call(module, found, block)
    if not source.startswith(("./", "../")):
        return None
    scope = module.scope(found, names)
    arguments = {
        attribute.name: scope.value(attribute.value)
        for attribute in block.attributes
        if attribute.name not in _META
    }
    path = os.path.normpath(os.path.join(module.path, source))
    made = type(module)(
        module.folder,
        path,
        f"{module.address}module.{name}{suffix}.",
        arguments,
        module.depth + 1,
        module.root_path or module.path,
        module.budget,
        providers_of_call(module, block),
    )
    for file in module_files(module.folder, path):
        text = module.folder.read(file)
        if text is not None:
            made.take(text)
    if made.blocks:
        return made
    return None


def source_of_call(module: Module, found: Found, block: HclBlock) -> str:
    """The source that a call of a module names; `""` when it is not written there."""
    value = module.value_of(block.attribute("source"), module.scope(found))
    if value is not None:
        return value.known_text
    return ""


def is_of_roles(source: str) -> bool:
    """Whether the source of a module that is elsewhere says that it makes roles.

    Example:
        >>> is_of_roles("x/iam/aws//modules/iam-role"), is_of_roles("x/iam/aws//modules/iam-user")
        (True, False)
    """
    return bool(OF_ROLES.search(source)) and not _NO_ROLES.search(source)


def may_have_roles(module: Module, source: str) -> bool:
    """Whether a module that is called by a path, or one that it calls, has a role."""
    waiting = [os.path.normpath(os.path.join(module.path, source))]
    seen: set[str] = set()
    while waiting and len(seen) < _MOST_FOLDERS:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        for file in module_files(module.folder, path):
            text = module.folder.read(file)
            if text is None:
                continue
            if '"aws_iam_role"' in text.clean:
                return True
            for below in _CALLED.findall(text.clean):
                if below.startswith("."):
                    waiting.append(os.path.normpath(os.path.join(path, below)))
                elif is_of_roles(below):
                    return True
    return False
