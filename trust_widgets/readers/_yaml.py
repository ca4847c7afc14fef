"""YAML documents as trees with places. Only this module knows `ruamel.yaml`.

Nothing is constructed: tags such as `!Sub` are kept, and numbers and dates stay as written.
"""

from __future__ import annotations

import os
import re
from typing import Any

from trust_widgets.readers._document import Document
from trust_widgets.readers._records import FileContents, FileRequest, Note, record_of
from trust_widgets.readers._sources import SourceText
from trust_widgets.readers._tree import Hole, Tree
from trust_widgets.readers._yaml_trees import _MOST_NODES, NodeSizes, NotYaml, TreeComposer

_MOST_BRACES = 250
_BRACE = re.compile(r"[\[\]{}]")
_TEMPLATE = re.compile(r"\{\{[^{}]*\}\}|\{%[^%]*%\}")
_ALONE = re.compile(r"^[ \t]*(?:\{\{[^{}\n]*\}\}|\{%[^%\n]*%\})[ \t]*$", re.MULTILINE)
_RENDER = "The file is a template. Render it, and read the result."


def documents_of(request: FileRequest) -> list[Tree]:
    """The documents in a file.

    Raises:
        NotYaml: for a text that cannot be read.
        ModuleNotFoundError: without ruamel.yaml.
    """
    kept = request.folder.last_yaml
    if kept is None or kept[0] != request.source.base:
        try:
            kept = request.source.base, yaml_documents(request.source)
        except NotYaml as error:
            kept = request.source.base, error
        request.folder.last_yaml = kept
    if isinstance(kept[1], NotYaml):
        raise kept[1]
    return kept[1]


def cannot_be_read(request: FileRequest, error: NotYaml) -> FileContents:
    """What is said of a file that cannot be read as YAML; of a template, that it is one."""
    mark = _TEMPLATE.search(request.source.clean)
    if mark is not None and not error.is_too_large and _is_template(request.source):
        start, end = (request.source.base + at for at in mark.span())
        hole = Hole(" ".join(mark[0].split()), start, end, reason=_RENDER)
        name = os.path.basename(request.source.file)
        record = record_of(request, "A Helm or Jinja template", name, Document(holes=(hole,)))
        return FileContents((record,))
    place = request.source.at(error.at)
    message = f"this is not YAML: {error}"
    if error.is_too_large:
        message = f"this YAML is too large to read: {error}"
    return FileContents(notes=(Note(place, message, is_fault=True),))


def _is_template(source: SourceText) -> bool:
    """Whether a text is YAML but for the marks of a template in it."""
    text = _ALONE.sub(lambda found: " " * len(found[0]), source.clean)
    text = _TEMPLATE.sub(lambda found: "x" * len(found[0]), text)
    try:
        yaml_documents(SourceText(source.file, text, source.base))
    except NotYaml:
        return False
    return True


_AS_VALUE = re.compile(r"(?<=[:-][ ])\{\{(-?)[ ]([^{}'\n]*)[ ](-?)\}\}(?=[ \t]*$)", re.MULTILINE)


def template_documents(source: SourceText) -> tuple[list[Tree], list[Hole]]:
    """The documents of a template of Helm, without the lines that are statements alone.

    Returns:
        The documents, in which `{{ ... }}` is part of a text; and the lines that were left out.

    Raises:
        NotYaml: where it is no YAML even so.
    """
    left_out = [
        Hole(found[0].strip(), source.base + found.start(), source.base + found.end())
        for found in _ALONE.finditer(source.clean)
    ]
    text = _ALONE.sub(lambda found: " " * len(found[0]), source.clean)
    text = _AS_VALUE.sub(_quoted, text)
    return yaml_documents(SourceText(source.file, text, source.base)), left_out


def _quoted(found: re.Match[str]) -> str:
    """A value in quotes, which is as long as without them."""
    return f"'{{{{{found[1]}{found[2]}{found[3]}}}}}'"


def yaml_documents(source: SourceText) -> list[Tree]:
    """The documents in a text."""
    from ruamel.yaml import YAML

    yaml = YAML(typ="safe", pure=True)
    text = source.clean
    if _is_nested_too_deeply(text):
        raise NotYaml(0, "it is nested too deeply")
    try:
        nodes = _composed(yaml, text)
        sizes = NodeSizes()
        if sum(sizes.of(node) for node in nodes if node is not None) > _MOST_NODES:
            reason = f"with all aliases expanded it has more than {_MOST_NODES:,} values"
            raise NotYaml(0, reason, is_too_large=True)
        return [TreeComposer(source).tree(node, 0) for node in nodes if node is not None]
    except NotYaml:
        raise
    except RecursionError:
        raise NotYaml(0, "it is nested too deeply") from None
    except Exception as error:  # of ruamel.yaml, of several kinds, for a hostile text of any kind
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        reason = str(getattr(error, "problem", None) or type(error).__name__)
        at = min(int(getattr(mark, "index", 0)), len(text))
        raise NotYaml(at, f"{reason} in line {text.count(chr(10), 0, at) + 1}") from None


def _is_nested_too_deeply(text: str) -> bool:
    """Whether far more braces are open than any file has; ruamel.yaml takes quadratic time then."""
    depth = 0
    for found in _BRACE.finditer(text):
        depth += 1 if found[0] in "{[" else -1
        if depth > _MOST_BRACES:
            return True
        depth = max(depth, 0)
    return False


# A line of spaces alone behind the header of a block, with fewer spaces than the block's own lines.
_SHORT_LINES = re.compile(r"([|>][-+0-9]*[ ]*\n)((?:[ ]*\n)+)")


_TABS = re.compile(r"(?<=[^\s])[ ]*\t[ \t]*")


def _composed(yaml: Any, text: str) -> list[Any]:
    """The nodes of all documents.

    ruamel.yaml refuses a block whose first line has spaces alone, and fewer than the next one.
    YAML allows it. Such lines are read as empty ones, as many as they have characters, so that the
    places of all others stay. https://yaml.org/spec/1.2.2/#8111-block-indentation-indicator
    It refuses tabs behind a value as well, which are read as spaces.
    https://yaml.org/spec/1.2.2/#62-separation-spaces
    """
    try:
        return list(yaml.compose_all(text))
    except Exception as error:
        if "cannot start any token" in str(error) and "\t" in text:
            return list(yaml.compose_all(_TABS.sub(lambda found: " " * len(found[0]), text)))
        if "more indented follow up line" not in str(error):
            raise
    emptied = _SHORT_LINES.sub(lambda found: found[1] + "\n" * len(found[2]), text)
    return list(yaml.compose_all(emptied))
