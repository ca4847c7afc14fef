"""The files of a folder that may hold roles, without what `.gitignore` leaves out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from trust_widgets.readers._folder import LARGEST_FILE, Folder

_NEVER = {".git", ".hg", ".svn", ".terraform", "node_modules", ".venv", "__pycache__"}
ENDINGS = (
    *(".tf", ".tofu", ".json", ".yaml", ".yml", ".template", ".tfstate", ".jsonl", ".ndjson"),
    *(".sh", ".bash", ".tpl", ".tftpl", ".tmpl", ".j2", ".py", ".ts", ".js", ".go", ".java", ".cs"),
)
# What each file has in it that says who may assume a role.
_MARK = re.compile(r"assume_?role|assumerole|aws_iam_role|modules?\b", re.IGNORECASE)
_OF_ROLES = re.compile(r"assume_?role", re.IGNORECASE)
_CALL = re.compile(r'^[ \t]*"?source"?[ \t]*[=:][ \t]*"(\.{1,2}/[^"\n]*)"', re.MULTILINE)
_INCLUDE = re.compile(r"^[ \t]*(?:-|resources:)[ \t]*[\"']?\$\{file\(([^)$\n]+)\)\}", re.MULTILINE)
_FILLED = re.compile(r"\btemplatefile\(\s*\"([^\"\n]*)\"")
_TERRAFORM = (".tf", ".tofu", ".tf.json", ".tofu.json")


def files_in(root: str) -> Iterator[str]:
    """The names of a folder's files that may hold roles, sorted.

    Raises:
        ModuleNotFoundError: without pathspec.
    """
    import pathspec

    ignored: list[tuple[Path, Any]] = []
    for folder, folders, files in os.walk(root):
        here = Path(folder)
        ignored = [(path, spec) for path, spec in ignored if here.is_relative_to(path)]
        if ".gitignore" in files:
            lines = (here / ".gitignore").read_text("utf-8", "replace").splitlines()
            ignored.append((here, pathspec.GitIgnoreSpec.from_lines(lines)))
        folders[:] = sorted(
            name
            for name in folders
            if name not in _NEVER and not _is_ignored(here / name, ignored, "/")
        )
        for name in sorted(files):
            if name.lower().endswith(ENDINGS) and not _is_ignored(here / name, ignored, ""):
                yield os.path.normpath(here / name)


def _is_ignored(path: Path, ignored: list[tuple[Path, Any]], end: str) -> bool:
    for base, spec in ignored:
        name = path.relative_to(base).as_posix()
        if spec.match_file(name + end):
            return True
    return False


def may_hold_roles(folder: Folder, file: str) -> bool:
    """Whether a file's text has a word that each file with a role has."""
    try:
        if Path(file).stat().st_size > LARGEST_FILE:
            return False
        source = folder.read(file)
    except OSError:
        return False
    if source is None:
        return False
    if os.path.basename(file).startswith("serverless.") and "${file(" in source.text:
        return True
    pattern = _MARK if file.endswith(_TERRAFORM) else _OF_ROLES
    return bool(pattern.search(source.text))


def _named_in(folder: Folder, file: str, pattern: re.Pattern[str]) -> list[str]:
    """The files that a file names; none where it cannot be read."""
    source = folder.read(file)
    if source is None:
        return []
    return pattern.findall(source.text)


def included_files(folder: Folder, files: list[str]) -> set[str]:
    """The files that a `serverless.yml` among the files takes its resources from."""
    included = set()
    for file in files:
        if not os.path.basename(file).startswith("serverless."):
            continue
        here = os.path.dirname(file)
        for name in _named_in(folder, file, _INCLUDE):
            included.add(os.path.normpath(os.path.join(here, name)))
    return included


def filled_templates(folder: Folder, files: list[str]) -> set[str]:
    """The files that Terraform fills in by `templatefile`: they are read where it does."""
    names = set()
    for file in files:
        if not file.endswith(_TERRAFORM):
            continue
        for path in _named_in(folder, file, _FILLED):
            names.add(os.path.basename(path))
    return {file for file in files if os.path.basename(file) in names}


def called_modules(folder: Folder, files: list[str]) -> set[str]:
    """The folders of Terraform's modules that other modules among the files call by a path."""
    called = set()
    for file in files:
        if not file.endswith(_TERRAFORM):
            continue
        for path in _named_in(folder, file, _CALL):
            here = os.path.dirname(file)
            there = os.path.normpath(os.path.join(here, path))
            if there != os.path.normpath(here):
                called.add(there)
    return called
