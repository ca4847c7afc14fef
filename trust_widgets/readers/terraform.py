"""Terraform's own files: `resource "aws_iam_role"` with `jsonencode`, a heredoc, or a data source.

Values that the files do not say stay unresolved; nothing is run and nothing is downloaded.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping

from trust_widgets.readers._document import Document, document_of
from trust_widgets.readers._hcl.evaluator import Steps, TooMuch, evaluated
from trust_widgets.readers._hcl.module import OF_ROLES, Found, Module
from trust_widgets.readers._hcl.syntax import HclBlock, NotTerraform
from trust_widgets.readers._hcl.values import entries_of, is_collection, whole_number
from trust_widgets.readers._records import (
    FileContents,
    FileRequest,
    Note,
    Reader,
    RoleRecord,
    record_of,
    seconds_of,
)
from trust_widgets.readers._tree import (
    Hole,
    Tree,
    entry,
    is_known,
    mapped,
    scalar,
    with_empty_defaults,
)

TITLE = "Terraform"
MOST_INSTANCES = 200
_ATTRIBUTES = {"name": "role_name", "path": "path", "permissions_boundary": "boundary"}
_RESOURCES = {"aws_iam_role": "assume_role_policy"}
_LOOKS = re.compile(r"^[ \t]*(?:resource|data|module|variable|locals|output)\b[^\n:=]*\{", re.M)
_SOURCE = re.compile(r'^[ \t]*source[ \t]*=[ \t]*"([^"$\n]*)"', re.MULTILINE)


def looks(file: str, text: str) -> bool:
    """Whether a text is Terraform's language."""
    if file.endswith((".tf", ".tofu", ".hcl")):
        return True
    return not os.path.splitext(file)[1] and bool(_LOOKS.search(text))


def read(request: FileRequest) -> FileContents | None:
    """The roles of a file, with the values that the files next to it give."""
    module = _module_of(request)
    records: list[RoleRecord] = []
    notes: list[Note] = []
    for source, at in module.faults:
        if source is request.source:
            place = source.at(at)
            notes.append(Note(place, f"{TITLE} cannot be read after this point", is_fault=True))
    for key, found in module.blocks.items():
        if found.source is request.source:
            module.budget = Steps()
            records += _records(module, key, found, request, notes)
    return FileContents(tuple(records), tuple(notes))


def _module_of(request: FileRequest) -> Module:
    """The module that a file is a part of, with the values of its variables."""
    path = os.path.dirname(request.source.file)
    kept: Module | None = request.folder.modules.get(path)
    if kept is not None and request.source in kept.files:
        return kept
    module = Module(request.folder, path)
    module.take(request.source)
    for file in request.folder.names_in(path, ".tf", ".tofu"):
        source = request.folder.read(file)
        if source is not None and source is not request.source:
            module.take(source)
    for name in request.folder.names_in(path, "terraform.tfvars", ".auto.tfvars"):
        module.take_values(name)
    for name in request.folder.var_files:
        module.take_values(name)
    request.folder.modules[path] = module
    return module


def _records(
    module: Module, key: tuple[str, ...], found: Found, request: FileRequest, notes: list[Note]
) -> Iterator[RoleRecord]:
    """The roles that a block makes."""
    if key[0] == "resource" and len(key) == 3 and key[1] in _RESOURCES:
        yield from _roles(module, key, found, request)
    elif key[0] == "module" and len(key) == 2:
        yield from _of_module(module, key[1], found, request, notes)


def _roles(
    module: Module, key: tuple[str, ...], found: Found, request: FileRequest
) -> Iterator[RoleRecord]:
    address = f"{module.address}{key[1]}.{key[2]}"
    try:
        block = found.parsed()
    except NotTerraform as error:
        at = found.base + error.at
        hole = Hole(address, at, at, reason="This block cannot be read as Terraform.")
        yield record_of(request, TITLE, address, Document(holes=(hole,)))
        return
    for suffix, names in _instances(module, found, block):
        yield _role(module, found, block, f"{address}{suffix}", names, request)


def _role(
    module: Module,
    found: Found,
    block: HclBlock,
    address: str,
    names: Mapping[str, Tree],
    request: FileRequest,
) -> RoleRecord:
    scope = module.scope(found, names)
    attribute = block.attribute(_RESOURCES["aws_iam_role"])
    start = found.base
    if attribute is None:
        hole = Hole("assume_role_policy", start, start, reason="The role has no trust policy here.")
        return record_of(request, TITLE, address, Document(holes=(hole,)))
    try:
        document = document_of(with_empty_defaults(evaluated(attribute.value, scope)))
    except (TooMuch, RecursionError):
        place = scope.place(attribute.value)
        hole = Hole(scope.text_of(attribute.value), *place, reason="Its evaluation takes too long.")
        document = Document(holes=(hole,))
    values = {name: _value(module, block, found, name, names) for name in _ATTRIBUTES}
    told = {_ATTRIBUTES[name]: value.known_text for name, value in values.items() if value}
    seconds = seconds_of(_value(module, block, found, "max_session_duration", names))
    return record_of(request, TITLE, address, document, max_session=seconds, **told)


def _value(
    module: Module, block: HclBlock, found: Found, name: str, names: Mapping[str, Tree]
) -> Tree | None:
    try:
        return module.value_of(block.attribute(name), module.scope(found, names))
    except (TooMuch, RecursionError):
        return None


def _instances(
    module: Module, found: Found, block: HclBlock
) -> Iterator[tuple[str, Mapping[str, Tree]]]:
    """The instances of a block, each with what `each` and `count` are in it."""
    scope = module.scope(found)
    each, count = block.attribute("for_each"), block.attribute("count")
    try:
        if each is not None:
            yield from _of_each(evaluated(each.value, scope), scope.text_of(each.value))
            return
        if count is not None:
            number = whole_number(evaluated(count.value, scope).value)
        else:
            number = None
    except (TooMuch, RecursionError):
        number = None
    if number is None or not 1 < number <= MOST_INSTANCES:
        yield "", {"count": _index(0, found.base)}
        return
    for index in range(number):
        yield f"[{index}]", {"count": _index(index, found.base)}


def _index(number: int, at: int) -> Tree:
    return mapped([entry("index", scalar(number, at, at))], at, at)


def _of_each(over: Tree, expression: str) -> Iterator[tuple[str, Mapping[str, Tree]]]:
    pairs = entries_of(over) if is_collection(over) else []
    if over.kind == "list":
        pairs = [(value, value) for _, value in pairs]
    if not pairs or len(pairs) > MOST_INSTANCES:
        yield "", {"each": _unknown_each(over, expression)}
        return
    for key, value in pairs:
        members = [entry("key", key), entry("value", value.resting_on(over.defaults))]
        suffix = f'["{key.value}"]' if is_known(key) else ""
        yield suffix, {"each": mapped(members, key.start, key.end)}


def _unknown_each(over: Tree, expression: str) -> Tree:
    reason = f"It is one of {expression}."
    hole = Hole("each.value", over.start, over.end, reason=reason)
    key = hole._replace(expression="each.key")
    members = [
        entry("key", Tree(over.start, over.end, "unknown", holes=(key,))),
        entry("value", Tree(over.start, over.end, "unknown", holes=(hole,))),
    ]
    return mapped(members, over.start, over.end)


def _of_module(
    module: Module, name: str, found: Found, request: FileRequest, notes: list[Note]
) -> Iterator[RoleRecord]:
    """The roles of a module that a block calls."""
    written = found.source.clean[found.span.start : found.span.end]
    named = _SOURCE.search(written)
    if named is not None and not named[1].startswith(".") and not OF_ROLES.search(named[1]):
        return  # nothing says that it makes roles, and it cannot be read
    if named is not None and named[1].startswith(".") and not module.may_have_roles(named[1]):
        return
    try:
        block = found.parsed()
        source = module.source_of_call(found, block)
    except (NotTerraform, TooMuch, RecursionError):
        return
    if not source.startswith(("./", "../")):
        if OF_ROLES.search(source):
            yield _of_registry(module, name, found, block, source, request)
        return
    for suffix, names in _instances(module, found, block):
        try:
            child = module.child(name, names if suffix else None)
        except (TooMuch, RecursionError):
            child = None
        if child is None:
            continue
        if suffix:
            child.address = f"{module.address}module.{name}{suffix}."
        for key, inner in child.blocks.items():
            yield from _records(child, key, inner, request, notes)


def _of_registry(
    module: Module, name: str, found: Found, block: HclBlock, source: str, request: FileRequest
) -> RoleRecord:
    address = f"{module.address}module.{name}"
    attribute = block.attribute("source")
    at = found.base + (attribute.value.start if attribute else 0)
    hole = Hole(source, at, at, reason="This module is not in the given folder.")
    return record_of(request, TITLE, address, Document(holes=(hole,)))


READER = Reader(
    title=TITLE,
    looks=looks,
    read=read,
    example='resource "aws_iam_role" "app" {\n  assume_role_policy = jsonencode({\n'
    '    Version   = "2012-10-17"\n    Statement = []\n  })\n}\n',
    file="main.tf",
    source="https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role",
    order=10,
)
