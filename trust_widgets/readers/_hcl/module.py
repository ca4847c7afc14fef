"""A module of Terraform: all `.tf` files of one folder, and what its names stand for."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from trust_widgets.readers._folder import Folder
from trust_widgets.readers._hcl import templates
from trust_widgets.readers._hcl.blocks import BlockSpan, Unclosed, blocks_of
from trust_widgets.readers._hcl.evaluator import Scope, Steps, evaluated, filled
from trust_widgets.readers._hcl.functions import Call
from trust_widgets.readers._hcl.resources import attribute_of_data, attribute_of_resource
from trust_widgets.readers._hcl.syntax import (
    Expr,
    HclAttribute,
    HclBlock,
    NotTerraform,
    block_of,
    expression_of,
)
from trust_widgets.readers._hcl.types import typed
from trust_widgets.readers._sources import Sources, SourceText
from trust_widgets.readers._tree import (
    EMPTY,
    Hole,
    Tree,
    entry,
    mapped,
    not_told,
    scalar,
    text_of_scalar,
)

_MOST_FOLDERS = 200
_CALLED = re.compile(r'^[ \t]*source[ \t]*=[ \t]*"([^"$\n]*)"', re.MULTILINE)
# Modules of registries that make roles which others may assume.
OF_ROLES = re.compile(r"iam|role|irsa|oidc|trust", re.IGNORECASE)
_MOST_FOLDERS = 200
_CALLED = re.compile(r'^[ \t]*source[ \t]*=[ \t]*"([^"$\n]*)"', re.MULTILINE)
# Modules of registries that make roles which others may assume.
OF_ROLES = re.compile(r"iam|role|irsa|oidc|trust", re.IGNORECASE)
MOST_MODULES = 12  # modules in modules
# What a name stands for that is not known, before the expression that uses it is known.
_NOT_TOLD = not_told(Hole("", 0, 0))


@dataclass(slots=True)
class Found:
    """A block of a file, not parsed yet."""

    source: SourceText
    span: BlockSpan
    block: HclBlock | None = None
    fault: NotTerraform | None = None

    def parsed(self) -> HclBlock:
        """Its attributes and blocks, with places counted from its first character.

        Raises:
            NotTerraform: when it cannot be parsed.
        """
        if self.fault is not None:
            raise self.fault
        if self.block is None:
            try:
                self.block = block_of(self.source.clean[self.span.start : self.span.end])
            except NotTerraform as error:
                self.fault = error
                raise
        return self.block

    @property
    def base(self) -> int:
        """The number of its first character."""
        return self.source.base + self.span.start


@dataclass
class Module:
    """A module, as it is called.

    Args:
        folder: where files may be read. path: the folder of the module.
        address: before the addresses of its resources: `"module.a."`, or `""`.
        arguments: what its call gives; `None` for a module that nobody calls here.
        depth: how many modules it is in.
    """

    folder: Folder
    path: str
    address: str = ""
    arguments: Mapping[str, Tree] | None = None
    depth: int = 0
    root_path: str = ""
    budget: Steps = field(default_factory=Steps)
    blocks: dict[tuple[str, ...], Found] = field(default_factory=dict)
    locals: dict[str, tuple[Found, HclAttribute]] = field(default_factory=dict)
    files: list[SourceText] = field(default_factory=list)
    faults: list[tuple[SourceText, int]] = field(default_factory=list)
    values: dict[str, Tree] = field(default_factory=dict)
    _locals_to_read: list[Found] = field(default_factory=list)
    _known: dict[str, Tree] = field(default_factory=dict)
    _busy: set[str] = field(default_factory=set)
    _children: dict[str, Module | None] = field(default_factory=dict)

    @property
    def sources(self) -> Sources:
        """All texts."""
        return self.folder.sources

    # -- its blocks

    def take(self, source: SourceText) -> None:
        """Take in the blocks of one of its files."""
        self.files.append(source)
        kept = self.folder.blocks
        if source.base not in kept:
            try:
                kept[source.base] = [Found(source, span) for span in blocks_of(source.clean)]
            except (Unclosed, RecursionError) as error:
                kept[source.base] = []
                self.faults.append((source, getattr(error, "at", 0)))
        for found in kept[source.base]:
            if found.span.kind == "locals":
                self._locals_to_read.append(found)
            else:
                self.blocks.setdefault((found.span.kind, *found.span.labels), found)

    def _read_locals(self) -> None:
        """Parse the blocks of local values, which is done when the first one is asked for."""
        while self._locals_to_read:
            found = self._locals_to_read.pop(0)
            try:
                for attribute in found.parsed().attributes:
                    self.locals.setdefault(attribute.name, (found, attribute))
            except NotTerraform:
                continue

    def take_values(self, file: str) -> None:
        """Take in the values of variables that a file gives: `NAME = VALUE`."""
        source = self.folder.read(file)
        if source is None:
            return
        begin = "x {\n"
        try:
            block = block_of(f"{begin}{source.clean}\n}}")
        except NotTerraform:
            self.faults.append((source, 0))
            return
        scope = Scope(self, source, source.base - len(begin))
        for attribute in block.attributes:
            value = evaluated(attribute.value, scope)
            self.values[attribute.name] = value

    def scope(self, found: Found, names: Mapping[str, Tree] | None = None) -> Scope:
        """The scope of a block's expressions."""
        return Scope(self, found.source, found.base, names or {})

    def expression(self, text: str) -> Expr:
        """The expression in a template, parsed once.

        Raises:
            NotTerraform: for a text that cannot be parsed.
        """
        kept = self.folder.expressions
        if text not in kept:
            kept[text] = expression_of(text)
        made: Expr = kept[text]
        return made

    def value_of(self, attribute: HclAttribute | None, scope: Scope) -> Tree | None:
        """The value of an attribute; `None` when it is not there."""
        if attribute is not None:
            return evaluated(attribute.value, scope)
        return None

    # -- its names

    def named(
        self,
        root: str,
        steps: list[Expr],
        scope: Scope,
        hole: Hole,
    ) -> tuple[Tree, int]:
        """The value that a name and its first attributes stand for.

        Args:
            root: the name. steps: what follows it. scope: where it stands.
            hole: what it is when it is not known.

        Returns:
            The value, and how many of the steps it took.
        """
        names = [step.value for step in steps if step.kind == "attribute"]
        if root in ("var", "local", "path") and names:
            return self._once(root, names[0], hole), 1
        if root == "data" and len(names) >= 2:
            return self._of_block(
                ("data", *names[:2]),
                steps[2:],
                scope,
                hole,
                2,
            )
        if root == "module" and names:
            return self._output(names[0], steps[1:], scope, hole)
        if names and ("resource", root, names[0]) in self.blocks:
            return self._of_block(
                ("resource", root, names[0]),
                steps[1:],
                scope,
                hole,
                1,
            )
        return not_told(hole), len(steps)

    def _once(self, root: str, name: str, hole: Hole) -> Tree:
        """A variable, a local value or a path, evaluated once."""
        key = f"{root}.{name}"
        if key in self._busy:
            return not_told(hole)
        if key not in self._known:
            self._busy.add(key)
            try:
                self._known[key] = getattr(self, f"_{root}")(name, hole)
            finally:
                self._busy.discard(key)
        value = self._known[key]
        if value.holes == _NOT_TOLD.holes:
            return not_told(hole._replace(reason=value.tag))
        return value

    def _path(self, name: str, hole: Hole) -> Tree:
        paths = {"module": self.path, "root": self.root_path or self.path, "cwd": "."}
        if name not in paths:
            return not_told(hole)
        return scalar(paths[name] or ".", hole.start, hole.end)

    def _local(self, name: str, hole: Hole) -> Tree:
        self._read_locals()
        if name not in self.locals:
            return _NOT_TOLD
        found, attribute = self.locals[name]
        return evaluated(attribute.value, self.scope(found))

    def _var(self, name: str, hole: Hole) -> Tree:
        given = (self.arguments or {}).get(name)
        if given is not None:
            return self._argument(name, given)
        if name in self.values:
            return self.values[name]
        found = self.blocks.get(("variable", name))
        if found is None:
            return _NOT_TOLD
        try:
            block = found.parsed()
        except NotTerraform:
            return _NOT_TOLD
        default = block.attribute("default")
        if default is None:
            return replace(_NOT_TOLD, tag="The variable has no default.")
        value = evaluated(default.value, self.scope(found))
        is_empty = value.kind in ("list", "object") and not (value.items or value.members)
        if is_empty or (value.kind == "scalar" and value.value in (None, "")):
            value = replace(value, tag=f"{EMPTY}var.{name}")
        return _resting(value, frozenset([f"var.{name}"]))

    def _argument(self, name: str, given: Tree) -> Tree:
        """What a call gives for a variable, with what the variable's type adds to it."""
        found = self.blocks.get(("variable", name))
        try:
            if found is not None:
                kind = found.parsed().attribute("type")
            else:
                kind = None
        except NotTerraform:
            kind = None
        if given.kind == "scalar":
            return replace(given, tag="argument")
        if found is None or kind is None:
            return given
        scope = self.scope(found)
        return typed(given, kind.value, lambda expr: evaluated(expr, scope))

    def _of_block(
        self, key: tuple[str, ...], steps: list[Expr], scope: Scope, hole: Hole, taken: int
    ) -> tuple[Tree, int]:
        """An attribute of a resource or a data source, which may be one of several."""
        found = self.blocks.get(key)
        names: dict[str, Tree] = {}
        if steps and steps[0].kind == "splat" and len(steps[0].value) == 1:
            one = self._attribute(key, found, steps[0].value[0], hole, names)
            return Tree(hole.start, hole.end, "list", items=(one,)), taken + 1
        if steps and steps[0].kind == "index":
            names = self._instance(steps[0], scope)
            steps, taken = steps[1:], taken + 1
        if not steps or steps[0].kind != "attribute":
            return not_told(hole), taken + len(steps)
        return self._attribute(key, found, steps[0].value, hole, names), taken + 1

    def _instance(self, step: Expr, scope: Scope) -> dict[str, Tree]:
        """What `each` and `count` are in the instance that an index chooses."""
        index = step.parts[1]
        assert index is not None
        key = evaluated(index, scope)
        value = not_told(Hole("each.value", key.start, key.end))
        each = [entry("key", key), entry("value", value)]
        return {
            "each": mapped(each, key.start, key.end),
            "count": mapped([entry("index", key)], key.start, key.end),
        }

    def _attribute(
        self,
        key: tuple[str, ...],
        found: Found | None,
        attribute: str,
        hole: Hole,
        names: dict[str, Tree],
    ) -> Tree:
        text = ".".join([*key, attribute, *(text_of_scalar(k.value) for k in names.values())])
        if text in self._busy:
            return not_told(hole)
        self._busy.add(text)
        try:
            if key[0] == "data":
                return attribute_of_data(self, key[1:], found, attribute, hole, names)
            if found is None:
                return not_told(hole)
            return attribute_of_resource(self, key[1:], found, attribute, hole, names)
        except NotTerraform:
            return not_told(hole)
        finally:
            self._busy.discard(text)

    # -- modules in it

    def _output(
        self,
        name: str,
        steps: list[Expr],
        scope: Scope,
        hole: Hole,
    ) -> tuple[Tree, int]:
        """An output of a module that is called here by a path."""
        taken = 1
        if steps and steps[0].kind == "index":
            steps, taken = steps[1:], 2
        child = self.child(name)
        if child is None or not steps or steps[0].kind != "attribute":
            return not_told(hole), taken + len(steps)
        found = child.blocks.get(("output", steps[0].value))
        try:
            if found is not None:
                value = found.parsed().attribute("value")
            else:
                value = None
        except NotTerraform:
            value = None
        if found is None or value is None:
            return not_told(hole), taken + len(steps)
        return evaluated(value.value, child.scope(found)), taken + 1

    def may_have_roles(self, source: str) -> bool:
        """Whether a module that is called by a path, or one that it calls, has a role."""
        waiting, seen = (
            [
                os.path.normpath(
                    os.path.join(
                        self.path,
                        source,
                    )
                )
            ],
            set[str](),
        )
        while waiting and len(seen) < _MOST_FOLDERS:
            path = waiting.pop()
            if path in seen:
                continue
            seen.add(path)
            for file in self.folder.names_in(path, ".tf", ".tofu"):
                text = self.folder.read(file)
                if text is not None and '"aws_iam_role"' in text.clean:
                    return True
                for below in _CALLED.findall(text.clean) if text is not None else ():
                    if below.startswith("."):
                        waiting.append(os.path.normpath(os.path.join(path, below)))
                    elif OF_ROLES.search(below):
                        return True
        return False

    def child(
        self,
        name: str,
        names: Mapping[str, Tree] | None = None,
    ) -> Module | None:
        """The module that a block calls by a relative path inside the folder; else `None`."""
        found = self.blocks.get(("module", name))
        if found is None or self.depth >= MOST_MODULES:
            return None
        if names:
            return self._made_child(name, found, names)
        if name not in self._children:
            self._children[name] = None  # while it is read: a module may call itself
            self._children[name] = self._made_child(name, found, {})
        return self._children[name]

    def _made_child(
        self,
        name: str,
        found: Found,
        names: Mapping[str, Tree],
    ) -> Module | None:
        try:
            block = found.parsed()
        except NotTerraform:
            return None
        source = self.source_of_call(found, block)
        if not source.startswith(("./", "../")):
            return None
        scope = self.scope(found, names)
        arguments = {
            attribute.name: evaluated(attribute.value, scope)
            for attribute in block.attributes
            if attribute.name not in ("source", "version", "for_each", "count", "providers")
        }
        path = os.path.normpath(os.path.join(self.path, source))
        made = Module(
            self.folder,
            path,
            f"{self.address}module.{name}.",
            arguments,
            self.depth + 1,
            self.root_path or self.path,
            self.budget,
        )
        for file in self.folder.names_in(path, ".tf"):
            text = self.folder.read(file)
            if text is not None:
                made.take(text)
        return made if made.blocks else None

    def source_of_call(self, found: Found, block: HclBlock) -> str:
        """The source that a call of a module names; `""` when it is not written there."""
        value = self.value_of(block.attribute("source"), self.scope(found))
        if value is not None:
            return value.known_text
        return ""

    # -- files

    def file_of(self, function: str, call: Call) -> Tree:
        """What `file` and `templatefile` give."""
        path = call.arguments[0].known_text if call.arguments else ""
        source = self.folder.read(path) if path else None
        if source is None:
            return call.not_known
        start, end = source.base, source.base + len(source.text)
        if function == "file":
            places = range(start, end + 1)
            return Tree(start, end, value=source.clean, places=places, tag="argument")
        if len(call.arguments) < 2 or call.arguments[1].kind != "object":
            return call.not_known
        names = {text_of_scalar(m.key.value): m.value for m in call.arguments[1].members}
        try:
            parts = templates.of_file(source.clean, start)
        except templates.NotATemplate:
            return call.not_known
        value = filled(parts, Scope(self, source, start, names), start, end)
        return replace(value, tag="argument")


def _resting(value: Tree, defaults: frozenset[str]) -> Tree:
    """A value all of which rests on a default."""
    return replace(
        value,
        defaults=value.defaults | defaults,
        items=tuple(_resting(item, defaults) for item in value.items),
        members=tuple(
            member._replace(value=_resting(member.value, defaults)) for member in value.members
        ),
    )
