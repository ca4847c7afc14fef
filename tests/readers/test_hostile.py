"""Files that nobody meant to write: changed at random, cut off, nested, repeated."""

from __future__ import annotations

import random
import time

import pytest

from support.hostile_files import SLOW, changed
from trust_widgets.readers import READERS, read_text


@pytest.mark.parametrize("name", READERS)
def test_a_changed_file_is_no_exception(name: str) -> None:
    """Whatever is changed, in two seconds at most; what is read has its places in the file."""
    reader = READERS[name]
    chance = random.Random(name)
    for _ in range(60):
        text = changed(reader.example, chance)
        begun = time.process_time()
        contents = read_text(reader.file, text)
        for record in contents.records:
            assert 0 <= record.place.offset <= len(text)
            assert record.text is not None and record.unresolved is not None
        assert time.process_time() - begun < SLOW


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("a.tf", 'resource "aws_iam_role" "a" {\n  assume_role_policy = ' + "[" * 3000),
        ("a.tf", 'resource "aws_iam_role" "a" {\n  assume_role_policy = "' + '${"' * 3000),
        (
            "a.tf",
            'resource "aws_iam_role" "a" {\n  assume_role_policy = join("", [for i in range(999) :'
            ' join("", [for j in range(999) : join("", [for k in range(999) : "x"])])])\n}\n',
        ),
        (
            "a.yaml",
            "AssumeRolePolicyDocument: AWS::IAM::Role\nResources:\n  a: &a [x, x, x, x, x, x]\n"
            + "".join(f"  a{i}: &a{i} [*a{i - 1 or ''}, *a{i - 1 or ''}]\n" for i in range(1, 40)),
        ),
        ("a.yaml", "Resources: AWS::IAM::Role AssumeRolePolicyDocument\nx: " + "[" * 3000),
        ("a.yaml", "Resources: AWS::IAM::Role AssumeRolePolicyDocument\nx: " + "{a: " * 2000),
        ("a.json", '{"Resources": ' * 3000),
        ("a.json", '{"AssumeRolePolicyDocument": 1, "Resources": ' + "Resources " * 60_000),
        ("a.tf", 'resource "aws_iam_role" "a" {' + "\n" * 10_000 + "}"),
        ("a.tf", 'resource "aws_iam_role" "a" {}\n' + "null" * 20_000 + ' "b" {}\n'),
        ("a.tfstate", '{"version' + "\r\n" * 60_000 + "ssumeRolePolicy"),
        (
            "a.sh",
            "".join(f'v{i}="{f"$v{i + 1} " * 30}"\n' for i in range(12))
            + 'aws iam create-role --assume-role-policy-document "$v0"',
        ),
        ("a.sh", "aws iam create-role --assume-role-policy-document " + '"$(' * 2000),
    ],
)
def test_nesting_and_repetition_end(file: str, text: str) -> None:
    """In two seconds, with or without a role."""
    begun = time.process_time()
    contents = read_text(file, text)
    assert contents.records or contents.notes
    assert time.process_time() - begun < 3 * SLOW
