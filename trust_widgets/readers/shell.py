"""Shell scripts that call `aws iam create-role` or `update-assume-role-policy`.

https://docs.aws.amazon.com/cli/latest/reference/iam/create-role.html
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

from trust_widgets.readers._document import Document, document_of
from trust_widgets.readers._placeholders import cut
from trust_widgets.readers._records import (
    FileContents,
    FileRequest,
    Reader,
    RoleRecord,
    record_of,
    seconds_of,
)
from trust_widgets.readers._shell import Script
from trust_widgets.readers._sources import SourceText
from trust_widgets.readers._tree import Hole, Tree

TITLE = "A shell script"
_OPTIONS = {
    "create-role": "--assume-role-policy-document",
    "update-assume-role-policy": "--policy-document",
}
_COMMAND = re.compile(r"\biam\s+(?:\\[ \t\r]*\n\s*)?(create-role|update-assume-role-policy)\b")
_SCRIPT = re.compile(r"\A#!.*\b(?:ba|da|k|z)?sh\b")
_BLANK = re.compile(r"(?:[ \t]|\\\r?\n)*")
_TRUST = re.compile(r"sts:AssumeRole", re.IGNORECASE)


def looks(file: str, text: str) -> bool:
    """Whether a text may be such a script."""
    is_script = file.endswith((".sh", ".bash", ".zsh", ".ksh")) or bool(_SCRIPT.search(text))
    is_script = is_script or not os.path.splitext(file)[1]
    return is_script and bool(_COMMAND.search(text) or (_TRUST.search(text) and "<<" in text))


def read(request: FileRequest) -> FileContents | None:
    """The roles that the commands of a script make; `None` for a script without them."""
    here = os.path.dirname(request.source.file)

    def beside(name: str) -> SourceText | None:
        return request.folder.read(os.path.join(here, name))

    script = Script(request.source, beside)
    records = list(_of_commands(request, script))
    if not records:
        records = list(_of_files(request, script))
    if records:
        return FileContents(tuple(records))
    return None


def _of_commands(request: FileRequest, script: Script) -> Iterator[RoleRecord]:
    for found in _COMMAND.finditer(script.text):
        options = _options(script, found.end())
        document = options.get(_OPTIONS[found[1]])
        name = options.get("--role-name")
        if document is None:
            continue
        made = _document(document, script)
        yield record_of(request, TITLE, _shown(name, script), made, **_known(options))


def _options(script: Script, at: int) -> dict[str, Tree]:
    """The options of a command, each with its value."""
    options: dict[str, Tree] = {}
    name = ""
    while True:
        blank = _BLANK.match(script.text, at)
        at = blank.end() if blank else at
        word, end = script.word(at)
        if end == at:
            return options
        at = end
        text = str(word.value) if word.is_text else ""
        if text.startswith("--"):
            name, _, value = text.partition("=")
            if value:
                options[name] = cut(word, len(name) + 1, len(str(word.value)))
                name = ""
        elif name:
            options[name] = word
            name = ""


def _known(options: dict[str, Tree]) -> dict[str, Any]:
    """What the options say of the role besides."""
    name, path = options.get("--role-name"), options.get("--path")
    return {
        "role_name": name.known_text if name is not None else "",
        "path": path.known_text if path is not None else "",
        "max_session": seconds_of(options.get("--max-session-duration")),
    }


def _shown(name: Tree | None, script: Script) -> str:
    if name is None:
        return ""
    written = script.text[name.start - script.source.base : name.end - script.source.base]
    return name.known_text or written.strip("\"'")


def _document(word: Tree, script: Script) -> Document:
    """A policy as an argument: its text, or the file that holds it."""
    base = script.source.base
    written = script.text[word.start - base : word.end - base].strip("\"'")
    text = str(word.value) if word.is_text else ""
    if not text.startswith("file://") and not written.startswith("file://"):
        return document_of(word)
    for path in (written, word.known_text):
        at = word.start - base
        found = script.file(path.removeprefix("file://"), at) if path else None
        if found is not None:
            return document_of(found)
    return Document(holes=(Hole(written or "file://...", word.start, word.end),))


def _of_files(request: FileRequest, script: Script) -> Iterator[RoleRecord]:
    """Trust policies that a script writes into files, for another command."""
    for name, writes in script.files.items():
        tree = writes[-1][1]
        if tree is None or not tree.is_text:
            continue
        if _TRUST.search(str(tree.value)) and "Principal" in str(tree.value):
            yield record_of(request, TITLE, name, document_of(tree))


READER = Reader(
    title=TITLE,
    looks=looks,
    read=read,
    example="#!/bin/sh\naws iam create-role --role-name app --assume-role-policy-document "
    '\'{"Version": "2012-10-17", "Statement": []}\'\n',
    file="create.sh",
    source="https://docs.aws.amazon.com/cli/latest/reference/iam/create-role.html",
    order=45,
)
