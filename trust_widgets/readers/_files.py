"""The roles in files and folders that are named."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from trust_widgets.readers._folder import Folder, text_of_bytes
from trust_widgets.readers._json import (
    is_trust_policy,
)
from trust_widgets.readers._records import (
    FileContents,
    Note,
    RoleRecord,
)
from trust_widgets.readers._texts import (
    INSTALL,
    PASTED,
    read_in_folder,
    read_text,
)
from trust_widgets.readers._walk import (
    called_modules,
    files_in,
    filled_templates,
    included_files,
    may_hold_roles,
)

Var: TypeAlias = Sequence[str]
_ASSUMES = re.compile(r"sts:(?:\*|AssumeRole)|\*", re.IGNORECASE)
LONGEST_POLICY = 65_536


class FileRead(NamedTuple):
    """A file that was read, or why it was not.

    Args:
        file: its name. reading: what is in it; `None` when it cannot be read.
        reason: why it cannot be read.
    """

    file: str
    reading: FileContents | None
    reason: str = ""


def read_file(
    file: str, text: str, folders: dict[str, Folder], var_files: Var = ()
) -> FileContents:
    """The roles in a file that was named; other files of its folder may say more of them.

    Args:
        file: its name. text: what it holds.
        folders: the folders that were read already, by their names; a new one is added.
        var_files: files with values for Terraform's variables.
    """
    name = os.path.dirname(file)
    if name not in folders:
        folders[name] = Folder(Path(name or "."), var_files=tuple(var_files))
    folder = folders[name]
    return read_in_folder(folder, folder.add(file, text))


def read_folder(
    name: str, var_files: Var = (), without: Collection[str] = ()
) -> Iterator[FileRead]:
    """The roles in the files of a folder, and of the folders in it; others are passed over.

    Args:
        name: the folder. var_files: files with values for Terraform's variables.
        without: files that are left out.
    """
    folder = Folder(Path(name), var_files=tuple(var_files))
    try:
        files = list(files_in(name))
    except ModuleNotFoundError as error:
        yield FileRead(
            name, None, f"a folder cannot be read without the package {error.name}. Run: {INSTALL}"
        )
        return
    called = called_modules(folder, files)
    without = {*without, *included_files(folder, files), *filled_templates(folder, files)}
    for file in files:
        if os.path.dirname(file) in called and file.endswith(
            (".tf", ".tofu", ".tf.json", ".tofu.json")
        ):
            continue  # read with what its callers give it
        if file in without or not may_hold_roles(folder, file):
            continue
        source = folder.read(file)
        if source is None:
            continue
        try:
            reading = read_in_folder(folder, source)
        except Exception as error:  # one file that fails stops no other
            yield FileRead(file, None, f"internal error ({type(error).__name__})")
            continue
        kept = tuple(record for record in reading.records if _is_for_roles(record))
        faults = tuple(note for note in reading.notes if note.is_fault)
        if kept or faults:
            yield FileRead(file, FileContents(kept, faults))


def _is_for_roles(record: RoleRecord) -> bool:
    """Whether a policy that names no role says who may assume one.

    What is many times as long as a policy can be is data of another kind.
    """
    text = record.document.text
    if record.is_role:
        return True
    is_policy = len(text) <= LONGEST_POLICY and '"Statement"' in text
    if not is_policy or not _ASSUMES.search(text):
        return False
    return is_trust_policy(text)


def read_roles(
    *sources: str | os.PathLike[str], var_files: Sequence[str | os.PathLike[str]] = ()
) -> tuple[RoleRecord, ...]:
    """The roles in files, folders and texts, with their trust policies and places.

    What a file does not say stays unresolved; nothing is run and nothing is downloaded. A part of a
    file that cannot be read is a `UserWarning`.

    Args:
        sources: names of files and folders; a text that has a line break or a brace is read itself.
        var_files: files with values for Terraform's variables, as `terraform -var-file` takes them.

    Raises:
        OSError: for a file that cannot be opened.
        ValueError: for a file that is no text.

    Example:
        >>> import trust_widgets as tw
        >>> tw.read_roles('{"Role": {"RoleName": "app", "AssumeRolePolicyDocument": {}}}')[0].name
        'app'
    """
    variables = tuple(os.fspath(name) for name in var_files)
    folders: dict[str, Folder] = {}
    records: list[RoleRecord] = []
    for source in sources:
        name = os.fspath(source)
        for one in _read(name, folders, variables):
            if one.reading is None:
                raise ValueError(f"{one.file}: {one.reason}")
            for note in one.reading.notes:
                _warn(note)
            records += one.reading.records
    return tuple(records)


def _read(name: str, folders: dict[str, Folder], var_files: Var) -> Iterator[FileRead]:
    if "\n" in name or "{" in name:
        yield FileRead(PASTED, read_text(PASTED, name))
    elif Path(name).is_dir():
        yield from read_folder(name, var_files)
    else:
        text = text_of_bytes(Path(name).read_bytes())
        yield FileRead(name, read_file(name, text, folders, var_files))


def _warn(note: Note) -> None:
    file, line, column, _ = note.place
    warnings.warn(f"{file}:{line}:{column}: {note.message}", UserWarning, stacklevel=3)
