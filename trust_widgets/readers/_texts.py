"""The roles in one text: each reader is tried in turn."""

from __future__ import annotations

from trust_widgets.families import Registry
from trust_widgets.readers._folder import Folder
from trust_widgets.readers._json import looks_like_json
from trust_widgets.readers._pasted import records_of_yaml, wrapped_hcl
from trust_widgets.readers._records import (
    FileContents,
    FileRequest,
    Note,
    Reader,
)
from trust_widgets.readers._sources import SourceText
from trust_widgets.readers._unknown_files import no_role, policy_itself

READERS: Registry[Reader] = Registry("trust_widgets.readers", "READER")
PASTED = "text"
INSTALL = "pip install 'trust-widgets[files]'"


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
    is_terraform = '"resource"' in text and '"aws_iam_role"' in text
    name = "pasted.tf.json" if is_terraform and looks_like_json(PASTED, text) else PASTED
    contents = read_text(name, text)
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
    if records:
        return FileContents(records)
    return contents


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
    return policy_itself(request) or no_role(request)


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
