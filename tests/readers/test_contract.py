"""What every reader owes its callers, and that the checks catch a reader that does not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import repeat

import pytest

from trust_widgets import parse
from trust_widgets.policy.wrappers import first_policy
from trust_widgets.readers import READERS, Inner, Reader, Value, policies_in
from trust_widgets.text.json.strict import read_strictly

NO_FILES_OF_ROLES = (
    "null",
    "1",
    "[]",
    "{}",
    "[[]]",
    '{"Version": "2012-10-17", "Statement": []}',
    '{"Statement": [], "Role": {"AssumeRolePolicyDocument": {}}}',
    '{"Role": null}',
    '{"Role": {"AssumeRolePolicyDocument": 1}}',
    '{"Roles": [{"AssumeRolePolicyDocument": {}}, {"RoleName": "late"}]}',
    '{"Roles": {"AssumeRolePolicyDocument": {}}}',
    '{"format_version": "1.0", "values": {"root_module": null}}',
    (
        '{"format_version": "1.0", "planned_values": {"root_module": {"resources": [{"type":'
        ' "aws_iam_role"}]}}}'
    ),
)


def root_of(text: str) -> Value:
    """The document in a text."""
    root = read_strictly(text)
    assert root is not None
    return root


def _is_written_at(char: str, place: int, text: str) -> bool:
    """A character is itself, or behind the backslash of an escape."""
    return text[place] in (char, "\\")


def broken_promises(reader: Reader, others: tuple[Reader, ...]) -> Iterator[str]:
    """What a reader does not keep."""
    if not reader.title or not reader.source.startswith("https://"):
        yield "title and source"
    root = root_of(reader.example)
    policies = reader.read(root)
    if policies is None or len(policies) != 1:
        yield "its example has one role"
        return
    (inner,) = policies
    if not inner.role:
        yield "the role has a name"
    if len(inner.places) != len(inner.text) + 1:
        yield "each character, and the end, has a place"
    elif not all(map(_is_written_at, inner.text, inner.places, repeat(reader.example))):
        yield "the places are those of the characters"
    if json.loads(inner.text).keys() != {"Version", "Statement"}:
        yield "the text is the policy"
    if any(other.read(root) is not None for other in others):
        yield "no other reader reads its example"
    if any(reader.read(root_of(text)) is not None for text in NO_FILES_OF_ROLES):
        yield "nothing else is read"


@pytest.mark.parametrize("name", READERS)
def test_a_reader_keeps_its_promises(name: str) -> None:
    """All of them."""
    others = tuple(reader for other, reader in READERS.items() if other != name)
    assert list(broken_promises(READERS[name], others)) == []


def _with_read(read: Callable[[Value], tuple[Inner, ...] | None]) -> Reader:
    return replace(READERS["role_description"], read=read)


def _shifted(root: Value) -> tuple[Inner, ...] | None:
    policies = READERS["role_description"].read(root)
    return policies and tuple(replace(p, places=[0, *p.places[:-1]]) for p in policies)


PLANTED = {
    "title and source": replace(READERS["role_description"], source="the manual"),
    "its example has one role": _with_read(lambda _: None),
    "the role has a name": _with_read(lambda _: (Inner("{}", range(3), ""),)),
    "each character, and the end, has a place": _with_read(lambda _: (Inner("{}", (0, 1), "app"),)),
    "the places are those of the characters": _with_read(_shifted),
    "the text is the policy": _with_read(lambda _: (Inner("{}", range(3), "app"),)),
    "nothing else is read": _with_read(
        lambda root: (
            READERS["role_description"].read(root)
            or READERS["role_list"].read(root_of('{"Roles": []}'))
        )
    ),
}


@pytest.mark.parametrize("promise", PLANTED)
def test_a_planted_breach_is_caught(promise: str) -> None:
    """Each promise, broken by a reader made for it."""
    assert promise in list(broken_promises(PLANTED[promise], ()))


def test_two_readers_of_one_kind_are_caught() -> None:
    """A second reader of the same document."""
    reader = READERS["role_list"]
    assert list(broken_promises(reader, (reader,))) == ["no other reader reads its example"]


@pytest.mark.parametrize("name", ["role_description", "role_list", "terraform_plan"])
def test_the_editor_finds_the_same_policy(name: str) -> None:
    """The editor unpacks what these readers read: one walker says where a policy is."""
    example = READERS[name].example
    policies = policies_in(example)
    assert policies is not None
    document = first_policy(root_of(example))
    assert document is not None
    expected = document.plain if isinstance(document.plain, str) else document.source
    assert [policy.text for policy in policies] == [expected]
    assert parse(policies[0].text).statements == ()
