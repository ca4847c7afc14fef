"""Markdown: text, code, tables and links that hold whatever a person wrote.

Punctuation becomes a character reference, which no reader of Markdown takes as markup:
https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from trust_widgets.text.html import Html, tag
from trust_widgets.text.terminal import one_line

# What can begin markup inside a line. All else stays as it is, so that the source can be read.
_MARKUP = re.compile(
    r"[\\`*\[<|~$]|&(?=[#\w])|(?<!\w)_|_(?!\w)|\{(?=[{%])|@(?=@)|:(?=//)|\.(?<=www\.)",
    re.IGNORECASE,
)
# What can begin markup at the start of a line: a list, a heading, a rule.
_AT_START = re.compile(r"^(\d{0,9})([-+.)#=])")


def plain(text: str) -> str:
    r"""Return text as Markdown that shows exactly the text, in one line.

    Example:
        >>> print(plain("<b>*x*</b>"))
        &#60;b>&#42;x&#42;&#60;/b>
        >>> plain("- [a](javascript:b)")
        '&#45; &#91;a](javascript:b)'
    """
    escaped = _MARKUP.sub(_reference, one_line(text))
    return _AT_START.sub(_reference_of_start, escaped)


def code(text: str) -> str:
    """Return text as a code span, in one line, also in a cell of a table.

    Example:
        >>> print(code("aws:SourceIp"), code("a`b"))
        `aws:SourceIp` ``a`b``
    """
    line = one_line(text)
    if not line.strip():
        line = f'"{line}"'
    if "|" in line:  # a table ends its cell there, also within a code span
        return tag("code", Html(_MARKUP.sub(_reference, line)))
    fence = "`" * (_longest_run(line) + 1)
    if line[0] in "` " or line[-1] in "` ":
        gap = " "
    else:
        gap = ""
    return f"{fence}{gap}{line}{gap}{fence}"


def prose(text: str) -> str:
    """Return a message of ours as Markdown: what it has between backticks is code.

    Example:
        >>> print(prose("Add a condition on `aws:SourceAccount`, not on *."))
        Add a condition on `aws:SourceAccount`, not on &#42;.
    """
    pieces = text.split("`")
    if len(pieces) % 2 == 0:  # a backtick of a value
        return plain(text)
    parts = [_part(piece, index) for index, piece in enumerate(pieces)]
    return "".join(parts)


def _part(piece: str, index: int) -> str:
    if index % 2:
        return code(piece)
    if index == 0:
        return plain(piece)
    return _MARKUP.sub(_reference, one_line(piece))


def block(text: str, language: str) -> str:
    """Return text as a block of code, with a fence that the text cannot close.

    Example:
        >>> print(block("{}", "json"))
        ```json
        {}
        ```
    """
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of cells that are Markdown already.

    Example:
        >>> print(table(["Key", "Value"], [["a", "b"]]))
        | Key | Value |
        | --- | --- |
        | a | b |
    """
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def link(text: str, address: str) -> str:
    """Return a link to one of our own addresses.

    Raises:
        ValueError: for an address that is not https, or that could end the link.

    Example:
        >>> link("TP301", "https://docs.aws.amazon.com/IAM/")
        '[TP301](https://docs.aws.amazon.com/IAM/)'
    """
    if not address.startswith("https://") or re.search(r"[\s()<>\\]", address):
        raise ValueError(f"a link must be a plain https:// address, not {address[:60]!r}")
    return f"[{plain(text)}]({address})"


def picture(words: str, address: str) -> str:
    """Return a picture with the words that represent it."""
    return f"![{plain(words)}]({address})"


def _reference(found: re.Match[str]) -> str:
    """A character reference; in its own element for what would begin a formula.

    Jupyter looks for formulas in the page, after the references were read:
    https://docs.mathjax.org/en/v3.2/input/tex/delimiters.html
    """
    reference = Html(f"&#{ord(found[0])};")
    if found[0] in "$\\":
        return tag("span", reference)
    return reference


def _reference_of_start(found: re.Match[str]) -> str:
    return f"{found[1]}&#{ord(found[2])};"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)
