"""Every mutant of a file, by mutmut's operators: one small change that a test should notice.

mutmut's own runner leaves out decorated functions, lambdas and what stands outside functions; here
all are mutated. Left out are annotations, decorators, docstrings, calls of `len` and `isinstance`,
as mutmut does, and what only changes words.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import libcst as cst
from libcst.metadata import MetadataWrapper, ParentNodeProvider, PositionProvider
from mutmut.mutation.mutators import mutation_operators

# What a person reads, where it is a single word: arguments, and calls whose texts are all of them
# words.
_WORD_ARGUMENTS = {
    "title",
    "label",
    "words",
    "noun",
    "help",
    "example",
    "setup",
    "verified",
    "everything",
    "source",
}
_WORD_CALLS = {"asked", "Question"}


@dataclass(frozen=True)
class Mutant:
    """A file with one change.

    Args:
        file: the file.
        module: its code.
        node: what is changed in it.
        mutated: what it becomes.
        lines: the lines from the start of the statement to the end of what is changed.
        only_words: whether the change is one of words that a person reads.
        inside: whether it is inside a function.
    """

    file: Path
    module: cst.Module
    node: cst.CSTNode
    mutated: cst.CSTNode
    lines: range
    only_words: bool
    inside: bool

    def source(self) -> str:
        """The whole file with the change; `""` if it is no program or means the same."""
        source = cast(cst.Module, self.module.deep_replace(self.node, self.mutated)).code
        try:
            compile(source, "mutant", "exec")
        except (SyntaxError, ValueError):
            return ""
        return source if _tree(source) != _tree(self.module.code) else ""

    def __str__(self) -> str:
        before, after = (
            " ".join(self.module.code_for_node(node).split()) for node in (self.node, self.mutated)
        )
        return f"{self.file.as_posix()}:{self.lines[-1]}: {before} -> {after}"


def mutants_of(file: Path) -> list[Mutant]:
    """All mutants of a file; a few of them are no programs."""
    wrapper = MetadataWrapper(cst.parse_module(file.read_text(encoding="utf-8")))
    visitor = _Visitor(file, wrapper.module)
    wrapper.visit(visitor)
    return visitor.found


def _tree(source: str) -> str:
    return ast.dump(ast.parse(source))


class _Visitor(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (PositionProvider, ParentNodeProvider)

    def __init__(self, file: Path, module: cst.Module) -> None:
        super().__init__()
        self._of = file, module
        self.found: list[Mutant] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(
            node, cst.Annotation | cst.Decorator | cst.Import | cst.ImportFrom
        ) or _is_plain_call(node):
            return False
        for kind, operator in mutation_operators:
            if isinstance(node, kind):
                for mutated in operator(node):
                    lines, words = self._lines(node), self._only_words(node, mutated)
                    self.found.append(
                        Mutant(*self._of, node, mutated, lines, words, self._inside(node))
                    )
        return True

    def _lines(self, node: cst.CSTNode) -> range:
        """From the start of the statement that holds a node to the node's end."""
        here: cst.CSTNode = node
        while not isinstance(
            here, cst.BaseStatement | cst.SimpleStatementLine | cst.Module | cst.Lambda
        ):
            here = self.get_metadata(ParentNodeProvider, here)
        start = self.get_metadata(PositionProvider, here).start.line
        return range(start, self.get_metadata(PositionProvider, node).end.line + 1)

    def _inside(self, node: cst.CSTNode) -> bool:
        here: cst.CSTNode | None = node
        while here is not None and not isinstance(here, cst.FunctionDef | cst.Lambda):
            here = self.get_metadata(ParentNodeProvider, here, None)
        return here is not None

    def _only_words(self, node: cst.CSTNode, mutated: cst.CSTNode) -> bool:
        if isinstance(node, cst.SimpleString):
            return _are_words(node) or self._is_read(node)
        if isinstance(node, cst.Call) and isinstance(mutated, cst.Call):
            kept = {id(argument) for argument in mutated.args}
            gone = [argument for argument in node.args if id(argument) not in kept]
            return bool(gone) and all(_are_words(a.value) or self._is_read(a.value) for a in gone)
        if isinstance(node, cst.Assign | cst.AnnAssign) and node.value:
            return _are_words(node.value)
        return False

    def _is_read(self, node: cst.BaseExpression) -> bool:
        """Whether a text is an argument that is shown to people."""
        here: cst.CSTNode = node
        while isinstance(here, cst.BaseExpression) and not isinstance(here, cst.Call | cst.Lambda):
            parent = self.get_metadata(ParentNodeProvider, here)
            if isinstance(parent, cst.Arg):
                call = self.get_metadata(ParentNodeProvider, parent)
                named = parent.keyword.value if parent.keyword else ""
                return named in _WORD_ARGUMENTS or _name(call) in _WORD_CALLS
            here = parent
        return False


def _is_plain_call(node: cst.CSTNode) -> bool:
    return _name(node) in {"len", "isinstance"}


def _name(node: cst.CSTNode) -> str:
    return node.func.value if isinstance(node, cst.Call) and isinstance(node.func, cst.Name) else ""


def _are_words(node: cst.CSTNode) -> bool:
    """A text with a blank in it, or one that puts texts together: no key, operator, ARN or pattern
    has blanks.
    """
    if isinstance(node, cst.SimpleString):
        return " " in str(node.evaluated_value)
    if isinstance(node, cst.ConcatenatedString):
        return _are_words(node.left) or _are_words(node.right)
    if isinstance(node, cst.FormattedString):
        return any(
            isinstance(part, cst.FormattedStringText) and " " in part.value for part in node.parts
        )
    return False
