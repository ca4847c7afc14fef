"""A version of some files: as they are, or as git has them in a revision."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from trust_widgets.readers import (
    FileContents,
    FileRead,
    Folder,
    RoleRecord,
    copy_revision,
    is_revision,
    read_file,
    read_folder,
)
from trust_widgets.reports.input_file import text_of_file


@dataclass
class Version:
    """A version that was read.

    Args:
        name: as it was given.
        root: the folder or file that it was read from.
        shown: what represents the root in the names of files.
        records: its roles.
        unread: files that could not be read, with the reason.
    """

    name: str
    root: str
    shown: str
    records: list[RoleRecord] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)

    def label(self, text: str) -> str:
        """A text with the names of files as a person knows them."""
        if self.root != self.shown:
            return text.replace(self.root, self.shown)
        return text


def read_version(name: str, path: str = ".", var_files: Sequence[str] = ()) -> Version:
    """The roles of a version.

    Args:
        name: a file, a folder, `-` for the standard input, or a revision of the git repository
            around the present folder, `main` or `main:roles.tf`.
        path: the file or folder to read from a revision without a path.
        var_files: files with values for Terraform's variables.

    Raises:
        ValueError: for what is none of them.
    """
    if name == "-" or Path(name).exists():
        version = Version(name, name, name)
        _take(version, _read(name, var_files))
        return version
    if not is_revision(name):
        raise ValueError(f"{name}: no such file or folder, and no revision that git knows")
    revision, _, inside = name.partition(":")
    return _of_revision(name, revision, inside or path, var_files)


def _of_revision(name: str, revision: str, path: str, var_files: Sequence[str]) -> Version:
    with tempfile.TemporaryDirectory() as folder:
        root = os.path.realpath(folder)
        copy_revision(revision, path, Path(root))
        inside = os.path.normpath(os.path.join(root, path))
        version = Version(name, inside, f"{revision}:{os.path.normpath(path)}")
        if path == ".":
            version.root, version.shown = inside + os.sep, f"{revision}:"
        if Path(inside).exists():
            _take(version, _read(inside, var_files))
    return version


def _read(name: str, var_files: Sequence[str]) -> Iterator[FileRead]:
    if Path(name).is_dir():
        yield from read_folder(name, tuple(var_files))
        return
    folders: dict[str, Folder] = {}
    try:
        yield FileRead(name, read_file(name, text_of_file(name), folders, tuple(var_files)))
    except (OSError, ValueError) as error:
        yield FileRead(name, None, str(error))


def _take(version: Version, files: Iterator[FileRead]) -> None:
    for file, reading, reason in files:
        if reading is None:
            version.unread.append((version.label(file), reason))
            continue
        version.records += reading.records
        version.unread += _faults(version, reading)


def _faults(version: Version, reading: FileContents) -> Iterator[tuple[str, str]]:
    for note in reading.notes:
        if note.is_fault:
            yield version.label(note.place.file), note.message
