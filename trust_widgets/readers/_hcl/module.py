"""A module of Terraform: the files of one folder, and what its names represent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from trust_widgets.readers._document import tree_of_value
from trust_widgets.readers._folder import Folder
from trust_widgets.readers._hcl import called_modules, references
from trust_widgets.readers._hcl.accounts import providers_of_root
from trust_widgets.readers._hcl.blocks import Unclosed, blocks_of
from trust_widgets.readers._hcl.calls import Call
from trust_widgets.readers._hcl.evaluator import evaluated
from trust_widgets.readers._hcl.expressions import Expr, HclAttribute
from trust_widgets.readers._hcl.files import FILE_FUNCTIONS
from trust_widgets.readers._hcl.found import Found, Overridden
from trust_widgets.readers._hcl.json_blocks import is_json, json_blocks_of
from trust_widgets.readers._hcl.module_files import is_override
from trust_widgets.readers._hcl.scope import Scope, Steps
from trust_widgets.readers._hcl.syntax import NotTerraform, block_of, expression_of
from trust_widgets.readers._hcl.templates import Chars
from trust_widgets.readers._hcl.variables import NOT_TOLD, value_of_variable
from trust_widgets.readers._sources import Sources, SourceText
from trust_widgets.readers._tree import Hole, Tree, not_told, scalar
from trust_widgets.text.json.strict import read_strictly


@dataclass
class Module:
    """A module, as it is called.

    Args:
        folder: where files may be read. path: the folder of the module.
        address: before the addresses of its resources: `"module.a."`, or `""`.
        arguments: what its call gives; `None` for a module that nobody calls here.
        depth: how many modules it is in.
        given_providers: its providers, by the names that they have in it.
    """

    folder: Folder
    path: str
    address: str = ""
    arguments: Mapping[str, Tree] | None = None
    depth: int = 0
    root_path: str = ""
    budget: Steps = field(default_factory=Steps)
    given_providers: Mapping[str, str] | None = None
    blocks: dict[tuple[str, ...], Found] = field(default_factory=dict)
    provider_blocks: list[Found] = field(default_factory=list)
    locals: dict[str, tuple[Found, HclAttribute]] = field(default_factory=dict)
    files: list[SourceText] = field(default_factory=list)
    faults: list[tuple[SourceText, int]] = field(default_factory=list)
    values: dict[str, Tree] = field(default_factory=dict)
    children: dict[tuple[str, str], Module | None] = field(default_factory=dict)
    _locals_to_read: list[Found] = field(default_factory=list)
    _known: dict[str, Tree] = field(default_factory=dict)
    _providers: dict[str, str] | None = None
    busy: set[str] = field(default_factory=set)
    is_certain: bool = True  # whether what its call leaves out is left out for good

    @property
    def sources(self) -> Sources:
        """All texts."""
        return self.folder.sources

    @property
    def providers(self) -> Mapping[str, str]:
        """Its providers, by their names in it: names that are the same in all modules."""
        if self.given_providers is not None:
            return self.given_providers
        if self._providers is None:
            self._providers = providers_of_root(self)
        return self._providers

    @property
    def file_functions(self) -> Mapping[str, Callable[[Module, Call], Tree]]:
        """The functions that read files."""
        return FILE_FUNCTIONS

    def evaluated(self, expr: Expr, scope: Scope) -> Tree:
        """The value of an expression."""
        return evaluated(expr, scope)

    @contextmanager
    def called_otherwise(self) -> Iterator[None]:
        """Read a part of it as if another call could give what this one leaves out."""
        known = self._known
        self._known, self.is_certain = {}, False
        try:
            yield
        finally:
            self._known, self.is_certain = known, True

    # -- its blocks

    def take(self, source: SourceText) -> None:
        """Take in the blocks of one of its files; one that overrides others after these."""
        self.files.append(source)
        for found in self._blocks_of(source):
            if found.span.kind == "locals":
                self._locals_to_read.append(found)
            elif found.span.kind == "provider":
                self.provider_blocks.append(found)
            elif found.key in self.blocks and is_override(source.file):
                self.blocks[found.key] = Overridden(self.blocks[found.key], found)
            else:
                self.blocks.setdefault(found.key, found)

    def _blocks_of(self, source: SourceText) -> list[Found]:
        kept = self.folder.blocks
        if source.base not in kept:
            try:
                if is_json(source):
                    kept[source.base] = list(json_blocks_of(source))
                else:
                    kept[source.base] = [Found(source, span) for span in blocks_of(source.clean)]
            except (Unclosed, RecursionError) as error:
                kept[source.base] = []
                self.faults.append((source, getattr(error, "at", 0)))
        found: list[Found] = kept[source.base]
        return found

    def _read_locals(self) -> None:
        """Parse the blocks of local values, which is done when the first one is used."""
        while self._locals_to_read:
            found = self._locals_to_read.pop(0)
            try:
                attributes = found.parsed().attributes
            except NotTerraform:
                continue
            for attribute in attributes:
                if attribute.name not in self.locals or is_override(found.source.file):
                    self.locals[attribute.name] = (found, attribute)

    def take_values(self, file: str) -> None:
        """Take in the values of variables that a file gives: `NAME = VALUE`, or JSON."""
        source = self.folder.read(file)
        if source is None:
            return
        try:
            if is_json(source):
                self.values |= _json_values(source)
            else:
                self.values |= self._values(source)
        except (NotTerraform, RecursionError):
            self.faults.append((source, 0))

    def _values(self, source: SourceText) -> dict[str, Tree]:
        begin = "x {\n"
        text = f"{begin}{source.clean}\n}}"
        end = source.base + len(source.clean)
        places = [source.base] * len(begin) + [*range(source.base, end), end, end, end]
        scope = Scope(self, Chars(text, places))
        return {one.name: scope.value(one.value) for one in block_of(text).attributes}

    def scope(self, found: Found, names: Mapping[str, Tree] | None = None) -> Scope:
        """The scope of a block's expressions."""
        return Scope(self, found.chars(), names or {})

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
            return scope.value(attribute.value)
        return None

    # -- its names

    def named(
        self,
        root: str,
        steps: list[Expr],
        scope: Scope,
        hole: Hole,
    ) -> tuple[Tree, int]:
        """The value that a name and its first attributes represent.

        Args:
            root: the name. steps: what follows it. scope: where it is.
            hole: what it is when it is not known.

        Returns:
            The value, and how many of the steps it took.
        """
        names = [step.value for step in steps if step.kind == "attribute"]
        if root in ("var", "local", "path") and names:
            return self._once(root, names[0], hole), 1
        if root == "data" and len(names) >= 2:
            return references.of_block(self, ("data", *names[:2]), steps, scope, hole, 2)
        if root == "module" and names:
            return called_modules.output_of(self, names[0], steps, scope, hole)
        if names and ("resource", root, names[0]) in self.blocks:
            return references.of_block(self, ("resource", root, names[0]), steps, scope, hole, 1)
        return not_told(hole), len(steps)

    def _once(self, root: str, name: str, hole: Hole) -> Tree:
        """A variable, a local value or a path, evaluated once."""
        key = f"{root}.{name}"
        if key in self.busy:
            return not_told(hole)
        if key not in self._known:
            self.busy.add(key)
            try:
                self._known[key] = getattr(self, f"_{root}")(name, hole)
            finally:
                self.busy.discard(key)
        value = self._known[key]
        if value.holes == NOT_TOLD.holes:
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
            return NOT_TOLD
        found, attribute = self.locals[name]
        return self.scope(found).value(attribute.value)

    def _var(self, name: str, hole: Hole) -> Tree:
        return value_of_variable(self, name)


def _json_values(source: SourceText) -> dict[str, Tree]:
    text = source.clean
    root = read_strictly(text, len(text) - len(text.lstrip()))
    if root is None or not isinstance(root.plain, dict):
        raise NotTerraform(0)
    tree = tree_of_value(root, lambda at: source.base + at)
    return {member.key.known_text: member.value for member in tree.members}
