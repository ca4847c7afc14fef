"""Sources by URL, on fsspec's file system in memory."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import Any

import fsspec
import pytest

import trust_widgets as tw
from support.organizations import export

ONE = export({"users": {"u": ["sts:AssumeRole one"]}, "roles": {"one": {"trust": ["root"]}}})
TWO = export({"roles": {"two": {"trust": ["*"]}}})
TEMPLATE = """{"Resources": {"Three": {"Type": "AWS::IAM::Role", "Properties": {
  "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]}}}}}"""
FILES = {
    "/exports/one.json": ONE.encode(),
    "/exports/deep/two.json.gz": gzip.compress(TWO.encode()),
    "/exports/notes.txt": b"nothing",
    "/template.json": TEMPLATE.encode(),
    "/cut.json": f'{ONE[:-1]}, "x": 1}} what'.encode(),
    "/latin.json": b'{"RoleDetailList": "\xe9"}',
}


@pytest.fixture
def memory() -> Iterator[Any]:
    """A file system in memory with some files."""
    memory = fsspec.filesystem("memory")
    for path, data in FILES.items():
        memory.pipe_file(path, data)
    yield memory
    memory.rm("/", recursive=True)


def scanned(*urls: str) -> tw.Inventory:
    """A scan in this process that shows nothing."""
    return tw.scan(*urls, workers=1, progress=False)


@pytest.mark.parametrize(
    ("url", "roles"),
    [
        ("memory://exports/one.json", ["one"]),
        ("memory://exports/*.json", ["one"]),
        ("memory://exports/", ["two", "one"]),
        ("memory://exports/deep/two.json.gz", ["two"]),
        ("memory://template.json", ["Three"]),
    ],
)
def test_files_are_read(memory: Any, url: str, roles: list[str]) -> None:
    """One file, a pattern, a folder, a compressed one, and one that is no export."""
    inventory = scanned(url)
    assert [row["role"] for row in inventory.roles] == roles
    assert not inventory.unread
    assert all(row["file"].startswith("memory://") for row in inventory.roles)


def test_a_report_names_the_url(memory: Any) -> None:
    """SARIF has it as it is, with the line of the trust policy."""
    [result, *_] = scanned("memory://exports/deep/two.json.gz").to_sarif()["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "memory:///exports/deep/two.json.gz"
    assert place["region"]["startLine"] == 1


def test_chains_know_the_permissions_at_a_url(memory: Any) -> None:
    """They are read there again."""
    [path] = scanned("memory://exports/*.json").paths(start="users")
    assert (path.certain, path.target) == (True, "arn:aws:iam::222233334444:role/one")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("memory://none.json", "none.json"),
        ("memory://none/*.json", "no file matches this URL"),
        ("nothing://a/b.json", "Protocol not known: nothing"),
        ("memory://latin.json", "can't decode"),
        ("memory://cut.json", "what follows role 1, on line 1, is not a role"),
    ],
)
def test_what_cannot_be_read_is_said(memory: Any, url: str, reason: str) -> None:
    """With the URL, in one line; other sources are read, and chains are looked for in them."""
    inventory = scanned(url, "memory://exports/one.json")
    [unread] = map(str, inventory.unread)
    assert reason in unread and "\n" not in unread
    assert "one" in {row["role"] for row in inventory.roles}
    assert inventory.paths(start="users")


def test_a_protocol_without_its_library_says_what_to_install() -> None:
    """As fsspec says it."""
    [unread] = scanned("s3://bucket/roles.json").unread
    assert "s3fs" in unread.reason
