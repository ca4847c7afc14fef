"""Files that nobody meant to write: changed at random, cut off, nested, repeated."""

from __future__ import annotations

import random
import time

import pytest

from trust_widgets.readers import READERS, read_text

PIECES = (
    *("{", "}", "[", "]", '"', "'", "${", "%{", "<<EOF\n", "EOF\n", "\n", "!Sub ", "&a ", "*a"),
    *("<<: *a", "---\n", "|", "#", "/*", "\\", "\x00", "\ue000", "\uffff", "𝒳", "null", "1e999"),
    *("(", ")", "? a : b", "[*]", "...", "{{ x }}", "$(", "`", "\r\n", "\ufeff", ":", "- "),
    *("Fn::If", "Ref", "jsonencode(", "range(99999999)", "each.key", "9" * 400),
)
SLOW = 2.0  # seconds


def changed(text: str, chance: random.Random) -> str:
    """A text with some characters put in, taken out or repeated."""
    letters = list(text)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randrange(len(letters) + 1)
        until = min(len(letters), at + chance.randrange(1, 40))
        way = chance.random()
        if way < 0.4:
            letters[at:at] = chance.choice(PIECES)
        elif way < 0.7:
            del letters[at:until]
        else:
            letters[at:at] = letters[at:until] * chance.choice((1, 2, 5))
    return "".join(letters)


@pytest.mark.parametrize("name", READERS)
def test_a_changed_file_is_no_exception(name: str) -> None:
    """Whatever is changed, in two seconds at most; what is read has its places in the file."""
    reader = READERS[name]
    chance = random.Random(name)
    for _ in range(60):
        text = changed(reader.example, chance)
        begun = time.monotonic()
        contents = read_text(reader.file, text)
        for record in contents.records:
            assert 0 <= record.place.offset <= len(text)
            assert record.text is not None and record.unresolved is not None
        assert time.monotonic() - begun < SLOW


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
        ("a.json", '{"Resources": ' * 3000),
        ("a.sh", "aws iam create-role --assume-role-policy-document " + '"$(' * 2000),
    ],
)
def test_nesting_and_repetition_end(file: str, text: str) -> None:
    """In two seconds, with or without a role."""
    begun = time.monotonic()
    contents = read_text(file, text)
    assert contents.records or contents.notes
    assert time.monotonic() - begun < 3 * SLOW
