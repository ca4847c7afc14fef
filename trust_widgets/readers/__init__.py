"""Files that hold the trust policies of roles, one module a kind of file.

A member defines `READER = Reader(...)`. It is given a file's text, and says which roles are in it:
`RoleRecord`s with places. The editor, the command line, the cell magic and `read_roles` use the
same readers.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from trust_widgets.families import Registry
from trust_widgets.policy import decoded, is_encoded, is_written_out, unquoted
from trust_widgets.readers._document import Document, document_of
from trust_widgets.readers._exports import (
    Exported,
    ExportedRole,
    NoExport,
    exported_items,
    exported_roles,
)
from trust_widgets.readers._folder import LARGEST_FILE, Folder, text_of_bytes
from trust_widgets.readers._hcl.statement_block import can_be_a_block, statement_as_block
from trust_widgets.readers._json import (
    is_other_document,
    is_trust_policy,
    looks_like_json,
    root_of,
)
from trust_widgets.readers._pasted import records_of_yaml, wrapped_hcl
from trust_widgets.readers._records import (
    FileContents,
    FileRequest,
    Note,
    Reader,
    RoleRecord,
    Unresolved,
    record_of,
)
from trust_widgets.readers._render import Rendered, rendered
from trust_widgets.readers._revisions import copy_revision, is_revision
from trust_widgets.readers._shown import (
    ShownPolicy,
    document_of_shown,
    placeholder,
    plain_shown,
    shown_pieces,
)
from trust_widgets.readers._sources import Place, Sources, SourceText
from trust_widgets.readers._tree import (
    FIRST_HOLE,
    Entry,
    Hole,
    Tree,
    defaults_of,
    holes_of,
    unknown_holes,
    walk,
)
from trust_widgets.readers._walk import (
    called_modules,
    files_in,
    filled_templates,
    included_files,
    may_hold_roles,
)

__all__ = [
    "FIRST_HOLE",
    "INSTALL",
    "LARGEST_FILE",
    "READERS",
    "Document",
    "Entry",
    "Exported",
    "ExportedRole",
    "FileContents",
    "FileRead",
    "FileRequest",
    "Folder",
    "Hole",
    "NoExport",
    "Note",
    "Place",
    "Reader",
    "Rendered",
    "RoleRecord",
    "ShownPolicy",
    "SourceText",
    "Sources",
    "Tree",
    "Unresolved",
    "can_be_a_block",
    "copy_revision",
    "defaults_of",
    "document_of",
    "document_of_shown",
    "exported_items",
    "exported_roles",
    "files_in",
    "holes_of",
    "is_revision",
    "placeholder",
    "plain_shown",
    "read_file",
    "read_folder",
    "read_in_folder",
    "read_pasted",
    "read_roles",
    "read_text",
    "rendered",
    "shown_pieces",
    "statement_as_block",
    "text_of_bytes",
    "unknown_holes",
    "walk",
]

READERS: Registry[Reader] = Registry("trust_widgets.readers", "READER")
POLICY = "A trust policy"
PASTED = "text"
Var: TypeAlias = Sequence[str]
_ASSUMES = re.compile(r"sts:(?:\*|AssumeRole)|\*", re.IGNORECASE)
LONGEST_POLICY = 65_536
INSTALL = "pip install 'trust-widgets[files]'"
_JSON_SUFFIXES = (".json", ".txt", ".policy", "")


def _in_order() -> tuple[Reader, ...]:
    return tuple(
        sorted(
            READERS.values(),
            key=lambda reader: (reader.order, reader.title),
        )
    )


def read_text(file: str, text: str) -> FileContents:
    """The roles in a text that is in no folder, such as a pasted one.

    Args:
        file: a name for it, whose end may say what it is. text: any text at all.

    Example:
        >>> text = '{"Role": {"RoleName": "app", "AssumeRolePolicyDocument": {"Statement": []}}}'
        >>> [(record.name, record.place.column) for record in read_text("role.json", text).records]
        [('app', 58)]
    """
    folder = Folder(None)
    return read_in_folder(folder, folder.add(file, text))


def read_pasted(text: str, *, is_exact: bool = False) -> FileContents:
    """The roles in a text that was pasted, which may be a part of a file.

    Args:
        text: any text at all.
        is_exact: whether only parts are read whose places are those in the text.

    Example:
        >>> part = 'assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })'
        >>> [record] = read_pasted(part).records
        >>> record.trust.version
        '2012-10-17'
    """
    contents = read_text(PASTED, text)
    if any(record.is_role for record in contents.records):
        return contents
    whole = wrapped_hcl(text)
    if whole and (whole.startswith(text) or not is_exact):
        return read_text("pasted.tf", whole)
    try:
        records = records_of_yaml(text)
    except ModuleNotFoundError as error:
        message = f"YAML cannot be read without the package {error.name}. Run: {INSTALL}"
        note = Note(Folder(None).add(PASTED, text).at(0), message, is_fault=True)
        return FileContents(notes=(note,))
    return FileContents(records) if records else contents


def read_in_folder(folder: Folder, source: SourceText) -> FileContents:
    """The roles in a file of a folder, with what other files of the folder say of them."""
    request = FileRequest(source, folder)
    for reader in _in_order():
        if reader.looks(source.file, source.clean):
            try:
                reading = reader.read(request)
            except ModuleNotFoundError as error:
                return _not_installed(request, reader, error)
            if reading is not None:
                return reading
    return _policy_itself(request) or _no_role(request)


def _not_installed(
    request: FileRequest, reader: Reader, error: ModuleNotFoundError
) -> FileContents:
    message = f"{reader.title} cannot be read without the package {error.name}. Run: {INSTALL}"
    return FileContents(
        notes=(
            Note(
                request.source.at(0),
                message,
                is_fault=True,
            ),
        )
    )


def _policy_itself(request: FileRequest) -> FileContents | None:
    """A file that is a trust policy, perhaps URL-encoded or as a JSON string."""
    source = request.source
    text = source.text
    start = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    if is_encoded(text[start : start + 3]):
        inner = decoded(
            text[start:].rstrip(),
            range(start, len(text) + 1),
        )
        return _as_policy(
            request,
            Document(inner.text, [source.base + p for p in inner.places]),
        )
    root = root_of(request)
    if root is not None and isinstance(root.plain, str) and is_written_out(root.plain):
        inner = unquoted(root)
        return _as_policy(
            request,
            Document(inner.text, [source.base + p for p in inner.places]),
        )
    if root is not None and is_other_document(root.plain):
        return None
    suffix = os.path.splitext(source.file)[1].lower()
    if looks_like_json(source.file, text) or suffix in _JSON_SUFFIXES:
        places = range(source.base, source.base + len(text) + 1)
        return _as_policy(request, Document(text, places))
    return None


def _as_policy(request: FileRequest, document: Document) -> FileContents:
    return FileContents((record_of(request, POLICY, "", document, is_role=False),))


_PROGRAMS = (
    (
        re.compile(r"cdktf|@cdktf/"),
        "a CDK for Terraform program, which is not run. Run `cdktf synth`, and check its output",
    ),
    (
        re.compile(r"aws-cdk|aws_cdk|awscdk|amazon\.awscdk|Amazon\.CDK"),
        "a CDK program, which is not run. Run `cdk synth`, and check the templates in cdk.out",
    ),
    (
        re.compile(r"pulumi", re.IGNORECASE),
        "a Pulumi program, which is not run. Check the output of `aws iam get-role`",
    ),
)
_SOURCES = (".py", ".ts", ".js", ".go", ".java", ".cs")


def program_of(request: FileRequest) -> str:
    """What is said of a program that makes roles when it is run; `""` for any other file."""
    if request.source.file.lower().endswith(_SOURCES):
        for pattern, message in _PROGRAMS:
            if pattern.search(request.source.text):
                return message
    return ""


_KINDS = {
    ".tf": "Terraform",
    ".yaml": "YAML",
    ".yml": "YAML",
    ".py": "Python",
    ".ts": "TypeScript",
    ".md": "Markdown",
    ".json": "JSON",
}


def _no_role(request: FileRequest) -> FileContents:
    suffix = os.path.splitext(request.source.file)[1].lower()
    about = "trust-widgets does not read files of this kind"
    if suffix in _KINDS:
        about = f"it is {_KINDS[suffix]}, but has no trust policy"
    message = program_of(request) or f"no role in this file: {about}"
    return FileContents(notes=(Note(request.source.at(0), message),))


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
            for note in one.reading.notes if one.reading is not None else ():
                _warn(note)
            if one.reading is None:
                raise ValueError(f"{one.file}: {one.reason}")
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
