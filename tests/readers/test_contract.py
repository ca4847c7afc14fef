"""What every reader owes its callers, and that the checks catch a reader that does not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from trust_widgets import parse
from trust_widgets.policy.wrappers import first_policy
from trust_widgets.readers import (
    READERS,
    FileContents,
    FileRequest,
    Folder,
    Reader,
    RoleRecord,
    read_text,
)
from trust_widgets.text.json.strict import read_strictly

NO_FILES_OF_ROLES = (
    "",
    "null",
    "1",
    "[]",
    "{}",
    "[[]]",
    "a: b",
    "- a",
    "hello",
    '{"Version": "2012-10-17", "Statement": []}',
    '{"Statement": [], "Role": {"AssumeRolePolicyDocument": {}}}',
    '{"Role": null}',
    '{"Role": {"AssumeRolePolicyDocument": 1}}',
    '{"Roles": [{"AssumeRolePolicyDocument": {}}, {"RoleName": "late"}]}',
    '{"Roles": {"AssumeRolePolicyDocument": {}}}',
    '{"format_version": "1.0", "values": {"root_module": null}}',
    "Resources:\n  A: {Type: AWS::S3::Bucket}\n",
    'resource "aws_s3_bucket" "b" {\n}\n',
)


def request_of(file: str, text: str) -> FileRequest:
    """A text that stands in no folder."""
    folder = Folder(None)
    return FileRequest(folder.add(file, text), folder)


def contents(reader: Reader, file: str, text: str) -> FileContents | None:
    """What a reader makes of a text."""
    return reader.read(request_of(file, text)) if reader.looks(file, text) else None


def broken_promises(reader: Reader) -> Iterator[str]:
    """What a reader does not keep."""
    if not reader.title or not reader.source.startswith("https://"):
        yield "title and source"
    read = contents(reader, reader.file, reader.example)
    if read is None or len(read.records) != 1:
        yield "its example has one role"
        return
    (record,) = read.records
    if not record.name or not record.is_role:
        yield "the role has a name"
    if record.place.file != reader.file or record.place.offset >= len(reader.example):
        yield "its place is in the file"
    document = record.document
    if document.text and len(document.places) != len(document.text) + 1:
        yield "each character, and the end, has a place"
    if not {"Version", "Statement"} <= set(names_of(record)):
        yield "the text is the policy"
    if any(_roles(contents(reader, reader.file, text)) for text in NO_FILES_OF_ROLES):
        yield "nothing else is read"


def names_of(record: RoleRecord) -> list[str]:
    """The names of the elements of a role's policy, as far as they are known."""
    if record.document.tree is not None:
        return [member.key.known_text for member in record.document.tree.members]
    return list(json.loads(record.text)) if record.text else []


def _roles(read: FileContents | None) -> int:
    return len(read.records) if read is not None else 0


@pytest.mark.parametrize("name", READERS)
def test_a_reader_keeps_its_promises(name: str) -> None:
    """All of them."""
    assert list(broken_promises(READERS[name])) == []


@pytest.mark.parametrize("name", READERS)
def test_its_example_is_read_by_it(name: str) -> None:
    """No other reader is asked before that takes it for its own."""
    reader = READERS[name]
    [record] = read_text(reader.file, reader.example).records
    assert record.source == reader.title
    if not record.unresolved:
        assert record.trust is not None and record.trust.statements == ()


def _with_read(read: Callable[[FileRequest], FileContents | None]) -> Reader:
    return replace(READERS["role_description"], read=read)


def _nameless(request: FileRequest) -> FileContents | None:
    read = READERS["role_description"].read(request)
    return read and FileContents(tuple(replace(each, name="") for each in read.records))


def _short(request: FileRequest) -> FileContents | None:
    read = READERS["role_description"].read(request)
    if read is None:
        return None
    documents = [replace(each.document, places=(0, 1)) for each in read.records]
    return FileContents(
        tuple(replace(one, document=two) for one, two in zip(read.records, documents, strict=True))
    )


def _too_much(request: FileRequest) -> FileContents | None:
    reader = READERS["role_description"]
    return reader.read(request) or reader.read(request_of(reader.file, reader.example))


PLANTED = {
    "title and source": replace(READERS["role_description"], source="the manual"),
    "its example has one role": _with_read(lambda _: None),
    "the role has a name": _with_read(_nameless),
    "each character, and the end, has a place": _with_read(_short),
    "nothing else is read": _with_read(_too_much),
}


@pytest.mark.parametrize("promise", PLANTED)
def test_a_planted_breach_is_caught(promise: str) -> None:
    """Each promise, broken by a reader made for it."""
    assert promise in list(broken_promises(PLANTED[promise]))


@pytest.mark.parametrize("name", ["role_description", "role_list", "terraform_plan"])
def test_the_editor_finds_the_same_policy(name: str) -> None:
    """The editor unpacks what these readers read: one walker says where a policy is."""
    example = READERS[name].example
    [record] = read_text(READERS[name].file, example).records
    root = read_strictly(example)
    assert root is not None
    document = first_policy(root)
    assert document is not None
    expected = document.plain if isinstance(document.plain, str) else document.source
    assert record.text == expected
    assert parse(record.text).statements == ()
