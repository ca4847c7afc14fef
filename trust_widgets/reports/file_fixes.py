"""Fixes as edits of the file that a person has: of its characters, in its language."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import unified_diff
from itertools import pairwise
from urllib.parse import quote

from trust_widgets.policy import Edit, Fix, change
from trust_widgets.readers import Document, Sources, SourceText, Tree
from trust_widgets.reports.file_editor import FileEditor
from trust_widgets.reports.file_places import NoPlace
from trust_widgets.text.json.tree import Splice

_INDENT = re.compile(r"\n[ \t]+")  # of a heredoc, it is not in the policy's text


@dataclass(frozen=True, slots=True)
class FileFix:
    """A fix of a file.

    Args:
        title: what it does, in a few words. file: the file's name.
        splices: what replaces which characters of it.
    """

    title: str
    file: str
    splices: tuple[Splice, ...]

    def apply(self, text: str) -> str:
        """The file's text with the fix made; each other character stays.

        Example:
            >>> FileFix("Write Allow", "a.json", (Splice(11, 18, '"Allow"'),)).apply(
            ...     '{"Effect": "allow"}'
            ... )
            '{"Effect": "Allow"}'
        """
        for splice in sorted(self.splices, reverse=True):
            text = text[: splice.start] + splice.text + text[splice.end :]
        return text

    def diff(self, text: str) -> str:
        """The change as a unified diff."""
        old, new = text.splitlines(keepends=True), self.apply(text).splitlines(keepends=True)
        lines = [
            line if line.endswith("\n") else f"{line}\n"
            for line in unified_diff(old, new, f"a/{self.file}", f"b/{self.file}")
        ]
        return "".join(lines)


# -- policies that are a text of the file


def fix_of_text(fix: Fix, document: Document, sources: Sources) -> FileFix | None:
    """A fix of a JSON text that the file holds; `None` where its characters are not its own."""
    after = fix.apply(document.text)
    if after == document.text:
        return None
    return fix_of_splices(fix.title, [change(document.text, after)], document, sources)


def fix_of_splices(
    title: str, splices: list[Splice], document: Document, sources: Sources
) -> FileFix | None:
    """Changes of a JSON text that the file holds; `None` where its characters are not its own."""
    made = [_in_file(splice, document, sources) for splice in splices]
    sure = [each for each in made if each is not None]
    files = {source.file for source, _ in sure}
    if len(sure) != len(made) or len(files) != 1:
        return None
    return FileFix(title, files.pop(), tuple(splice for _, splice in sure))


def _in_file(
    splice: Splice, document: Document, sources: Sources
) -> tuple[SourceText, Splice] | None:
    """A change of a JSON text as one of the file that holds it."""
    start, end = document.places[splice.start], document.places[splice.end]
    source = sources.of(start)
    old = document.text[splice.start : splice.end]
    encode = _encoding(document, source)
    written = sources.between(start, end)
    is_own = sources.of(max(end - 1, start)) is source
    if not is_own or _INDENT.sub("\n", written) != _INDENT.sub("\n", encode(old)):
        return None
    new = encode(_indented(splice, document, source, start))
    return source, Splice(start - source.base, end - source.base, new)


def _encoding(document: Document, source: SourceText) -> Callable[[str], str]:
    """How the file writes the characters of a policy's text."""
    at = document.text.find('"')
    if at >= 0:
        place = document.places[at] - source.base
    else:
        place = 0
    if at >= 0:
        char = source.text[place : place + 1]
    else:
        char = '"'
    if char == "\\":
        return lambda text: json.dumps(text, ensure_ascii=False)[1:-1]
    if char == "%":
        return lambda text: quote(text, safe="")
    if source.file.endswith((".tf", ".tofu")):
        return lambda text: text.replace("${", "$${").replace("%{", "%%{")
    return lambda text: text


def _indented(splice: Splice, document: Document, source: SourceText, start: int) -> str:
    """New lines behind the spaces that the file has before each line of the policy."""
    line = document.text.rfind("\n", 0, splice.start) + 1
    column = source.at(start - source.base).column - 1
    more = column - (splice.start - line)
    if line:
        return splice.text.replace("\n", "\n" + " " * max(more, 0))
    return splice.text


# -- policies that are values of the file's language


def fix_of_tree(fix: Fix, tree: Tree, sources: Sources) -> FileFix | None:
    """A fix of a policy in the file's own language; `None` where the place does not allow it.

    Args:
        fix: the fix, by paths of the policy. tree: the policy as the fix is about it.
        sources: the files.
    """
    return fix_of_edits(fix.title, fix.edits, FileEditor(tree, sources))


def fix_of_edits(title: str, edits: Iterable[Edit], editor: FileEditor) -> FileFix | None:
    """Edits of a policy as edits of one file; `None` where the place does not allow them."""
    try:
        for edit in edits:
            editor.make(edit)
    except NoPlace:
        return None
    files = {source.file for source, _ in editor.made}
    if len(files) != 1:
        return None
    splices = sorted(splice for _, splice in editor.made)
    for one, other in pairwise(splices):
        if one.end > other.start:
            return None
    return FileFix(title, files.pop(), tuple(splices))
