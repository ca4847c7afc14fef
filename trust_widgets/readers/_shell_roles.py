"""The roles that the commands of a shell script make.

https://docs.aws.amazon.com/cli/latest/reference/iam/create-role.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from trust_widgets.policy import POLICY_DOCUMENT
from trust_widgets.readers._document import Document, document_of, tree_of_text
from trust_widgets.readers._placeholders import cut, with_holes
from trust_widgets.readers._records import FileRequest, RoleRecord, record_of, seconds_of
from trust_widgets.readers._shell import Script
from trust_widgets.readers._tree import Hole, Tree, not_told

_OPTIONS = {
    "create-role": "--assume-role-policy-document",
    "update-assume-role-policy": "--policy-document",
}
COMMAND = re.compile(r"\biam\s+(?:\\[ \t\r]*\n\s*)?(create-role|update-assume-role-policy)\b")
TRUST = re.compile(r"sts:AssumeRole", re.IGNORECASE)
_BLANK = re.compile(r"(?:[ \t]|\\\r?\n)*")
# What GitHub Actions puts into a script before it runs.
_EXPRESSION = re.compile(r"\$\{\{\s*([^{}]+?)\s*\}\}")


def roles_of_commands(request: FileRequest, title: str, script: Script) -> Iterator[RoleRecord]:
    """The roles of `aws iam create-role` and `update-assume-role-policy`."""
    for found in COMMAND.finditer(script.text):
        options = _options(script, found.end())
        if "--cli-input-json" in options:
            yield from _of_input(request, title, options["--cli-input-json"], script)
        document = options.get(_OPTIONS[found[1]])
        name = options.get("--role-name")
        if document is None:
            continue
        made = _document(document, script)
        yield record_of(request, title, _shown(name, script), made, **_known(options))


def _of_input(request: FileRequest, title: str, word: Tree, script: Script) -> Iterator[RoleRecord]:
    """The role of a command whose options are a JSON object."""
    argument = _argument(word, script)
    options = tree_of_text(argument) if argument.is_text else None
    if options is None:
        holes = argument.holes or (Hole("--cli-input-json", word.start, word.end),)
        yield record_of(request, title, "", Document(holes=holes))
        return
    policy = options.member(POLICY_DOCUMENT) or options.member("PolicyDocument")
    if policy is not None:
        name = options.text_at("RoleName")
        yield record_of(request, title, name, document_of(policy), role_name=name)


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
    argument = _argument(word, script)
    if argument.is_text:
        argument = with_holes(argument, _EXPRESSION, lambda _, hole: not_told(hole))
    return document_of(argument)


def _argument(word: Tree, script: Script) -> Tree:
    """What a command is given: a text, or the file that a text names."""
    base = script.source.base
    written = script.text[word.start - base : word.end - base].strip("\"'")
    text = str(word.value) if word.is_text else ""
    if not text.startswith("file://") and not written.startswith("file://"):
        return word
    for path in (written, word.known_text):
        at = word.start - base
        found = script.file(path.removeprefix("file://"), at) if path else None
        if found is not None:
            return found
    return not_told(Hole(written or "file://...", word.start, word.end))


def roles_of_files(request: FileRequest, title: str, script: Script) -> Iterator[RoleRecord]:
    """Trust policies that a script writes into files, for another command."""
    for name, writes in script.files.items():
        tree = writes[-1][1]
        if tree is None or not tree.is_text:
            continue
        if TRUST.search(str(tree.value)) and "Principal" in str(tree.value):
            yield record_of(request, title, name, document_of(tree))
