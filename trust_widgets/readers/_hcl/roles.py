"""The roles that the blocks of a Terraform module make."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import nullcontext

from trust_widgets.readers._document import Document, document_of
from trust_widgets.readers._hcl.accounts import of_provider, provider_of
from trust_widgets.readers._hcl.called_modules import (
    child_of,
    is_of_roles,
    may_have_roles,
    source_of_call,
)
from trust_widgets.readers._hcl.expressions import HclBlock
from trust_widgets.readers._hcl.found import Found
from trust_widgets.readers._hcl.instances import Names, instances_of
from trust_widgets.readers._hcl.module import Module
from trust_widgets.readers._hcl.module_files import module_files, value_files
from trust_widgets.readers._hcl.scope import TooMuch
from trust_widgets.readers._hcl.syntax import NotTerraform
from trust_widgets.readers._records import (
    FileContents,
    FileRequest,
    Note,
    RoleRecord,
    record_of,
    seconds_of,
)
from trust_widgets.readers._tree import Hole, Tree, with_empty_defaults

_ATTRIBUTES = {
    "name": "role_name",
    "role_name": "role_name",
    "path": "path",
    "permissions_boundary": "boundary",
}
# The resources that are roles, and the attribute with the trust policy.
# https://registry.terraform.io/providers/hashicorp/awscc/latest/docs/resources/iam_role
_RESOURCES = {
    "aws_iam_role": "assume_role_policy",
    "awscc_iam_role": "assume_role_policy_document",
}
_SOURCE = re.compile(r'^[ \t]*"?source"?[ \t]*[=:][ \t]*"([^"$\n]*)"', re.MULTILINE)


def roles_of_file(request: FileRequest, title: str) -> FileContents:
    """The roles of a file, with the values that the files next to it give.

    Args:
        request: the file. title: the kind of file.
    """
    module = _module_of(request)
    records: list[RoleRecord] = []
    notes: list[Note] = []
    for source, at in module.faults:
        if source is request.source:
            place = source.at(at)
            notes.append(
                Note(
                    place,
                    f"{title} cannot be read from this place on. Correct the syntax here",
                    is_fault=True,
                )
            )
    for key, found in module.blocks.items():
        if found.source is request.source:
            module.budget.renew()
            records += _records(module, key, found, request, title)
    return FileContents(tuple(records), tuple(notes))


def _module_of(request: FileRequest) -> Module:
    """The module that a file is a part of, with the values of its variables."""
    path = os.path.dirname(request.source.file)
    kept: Module | None = request.folder.modules.get(path)
    if kept is not None and request.source in kept.files:
        return kept
    module = Module(request.folder, path)
    names = module_files(request.folder, path, request.source.file)
    here = os.path.normpath(request.source.file)
    if here not in map(os.path.normpath, names):
        names.insert(0, request.source.file)
    for file in names:
        is_here = os.path.normpath(file) == here
        source = request.source if is_here else request.folder.read(file)
        if source is not None:
            module.take(source)
    for name in value_files(request.folder, path):
        module.take_values(name)
    for name in request.folder.var_files:
        module.take_values(name)
    request.folder.modules[path] = module
    return module


def _records(
    module: Module, key: tuple[str, ...], found: Found, request: FileRequest, title: str
) -> Iterator[RoleRecord]:
    """The roles that a block makes."""
    if key[0] == "resource" and len(key) == 3 and key[1] in _RESOURCES:
        yield from _roles(module, key, found, request, title)
    elif key[0] == "module" and len(key) == 2:
        yield from _of_module(module, key[1], found, request, title)


def _roles(
    module: Module, key: tuple[str, ...], found: Found, request: FileRequest, title: str
) -> Iterator[RoleRecord]:
    address = f"{module.address}{key[1]}.{key[2]}"
    try:
        block = found.parsed()
    except NotTerraform as error:
        at = found.base + error.at
        hole = Hole(address, at, at, reason="This block cannot be read as Terraform.")
        yield record_of(request, title, address, Document(holes=(hole,)))
        return
    for instance in instances_of(module, found, block):
        name = f"{address}{instance.suffix}"
        as_called = nullcontext() if instance.is_made else module.called_otherwise()
        with as_called:
            document = _document(module, found, block, instance.names)
        known = _known(module, found, block, instance.names)
        yield record_of(request, title, name, document, **known)


def _document(module: Module, found: Found, block: HclBlock, names: Names) -> Document:
    """The trust policy of a role."""
    scope = module.scope(found, names)
    name = _RESOURCES[block.labels[0]]
    attribute = block.attribute(name)
    start = found.base
    if attribute is None:
        reason = "The role has no trust policy in this file."
        return Document(holes=(Hole(name, start, start, reason=reason),))
    try:
        tree = with_empty_defaults(scope.value(attribute.value))
    except (TooMuch, RecursionError):
        place = scope.place(attribute.value)
        hole = Hole(
            scope.text_of(attribute.value),
            *place,
            reason="The expression takes too long to evaluate.",
        )
        return Document(holes=(hole,))
    return document_of(of_provider(tree, provider_of(module, block)))


def _known(module: Module, found: Found, block: HclBlock, names: Names) -> dict[str, object]:
    """What a block says of a role besides."""
    values = {name: _value(module, block, found, name, names) for name in _ATTRIBUTES}
    told: dict[str, object] = {
        _ATTRIBUTES[name]: value.known_text for name, value in values.items() if value
    }
    seconds = _value(module, block, found, "max_session_duration", names)
    return {**told, "max_session": seconds_of(seconds)}


def _value(module: Module, block: HclBlock, found: Found, name: str, names: Names) -> Tree | None:
    try:
        return module.value_of(block.attribute(name), module.scope(found, names))
    except (TooMuch, RecursionError):
        return None


def _of_module(
    module: Module, name: str, found: Found, request: FileRequest, title: str
) -> Iterator[RoleRecord]:
    """The roles of a module that a block calls."""
    written = found.source.clean[found.span.start : found.span.end]
    named = _SOURCE.search(written)
    if named is not None and not named[1].startswith(".") and not is_of_roles(named[1]):
        return  # nothing says that it makes roles, and it cannot be read
    if named is not None and named[1].startswith(".") and not may_have_roles(module, named[1]):
        return
    try:
        block = found.parsed()
        source = source_of_call(module, found, block)
    except (NotTerraform, TooMuch, RecursionError):
        return
    if not source.startswith(("./", "../")):
        if is_of_roles(source):
            yield _of_registry(module, name, found, block, source, request, title)
        return
    for instance in instances_of(module, found, block):
        names = instance.names if instance.suffix else None
        try:
            child = child_of(module, name, names, instance.suffix)
        except (TooMuch, RecursionError):
            continue
        if child is None:
            continue
        for key, inner in child.blocks.items():
            yield from _records(child, key, inner, request, title)


def _of_registry(
    module: Module,
    name: str,
    found: Found,
    block: HclBlock,
    source: str,
    request: FileRequest,
    title: str,
) -> RoleRecord:
    address = f"{module.address}module.{name}"
    attribute = block.attribute("source")
    at = module.scope(found).at(attribute.value.start) if attribute else found.base
    hole = Hole(
        source, at, at, reason="The module is not in this folder, and nothing is downloaded."
    )
    return record_of(request, title, address, Document(holes=(hole,)))
