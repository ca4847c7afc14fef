"""Count how many tokens stand on a line of Python source."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Container, Iterable
from dataclasses import dataclass

from code_counts import Function, Source

_NO_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}


@dataclass(frozen=True)
class Density:
    """How many tokens there are, and on how many lines.

    Comments, docstrings and blank lines do not count. An f-string counts as one token.
    """

    tokens: int = 0
    lines: int = 0

    def __add__(self, other: Density) -> Density:
        return Density(self.tokens + other.tokens, self.lines + other.lines)

    def __str__(self) -> str:
        return f"{self.tokens / max(self.lines, 1):.1f}"


def density(source: Source) -> Density:
    """Return the density of a whole module."""
    return density_of_lines(source, set(range(1, len(source.lines) + 1)))


def density_in_functions(source: Source) -> Density:
    """Return the density of a module's functions, without its tables, fields and imports."""
    inside: set[int] = set()
    for node in ast.walk(source.tree):
        if isinstance(node, Function):
            inside.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return density_of_lines(source, inside)


def density_of_lines(source: Source, counted: Container[int]) -> Density:
    """Return the density of the lines with these numbers."""
    docstrings = docstring_lines(source.tree)
    tokens, open_fstrings = 0, 0
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
        line = token.start[0]
        if token.type in _NO_CODE or line in docstrings or line not in counted:
            continue
        lines.update(range(line, token.end[0] + 1))
        # From Python 3.12 on an f-string comes in parts.
        kind = tokenize.tok_name[token.type]
        if open_fstrings == 0:
            tokens += 1
        if kind == "FSTRING_START":
            open_fstrings += 1
        elif kind == "FSTRING_END":
            open_fstrings -= 1
    return Density(tokens, len(lines))


def total(densities: Iterable[Density]) -> Density:
    """Return the density of all together."""
    return sum(densities, Density())


def docstring_lines(tree: ast.Module) -> set[int]:
    """Return the numbers of all lines of docstrings, and of other strings that stand alone."""
    lines: set[int] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Constant):
            continue
        if isinstance(node.value.value, str):
            lines.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return lines
