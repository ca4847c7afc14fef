"""Text to policy and back. What cannot be a policy is reported in full, each problem at its place.

Here is judged only what keeps a text from being read as a policy: its JSON, and the types of its
values. What the values say is judged in `pitfalls/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trust_widgets.names import helps_with_arguments
from trust_widgets.policy.conditions import Path
from trust_widgets.policy.edits import Fix
from trust_widgets.policy.fast_parse import read_plain
from trust_widgets.policy.foreign import other_language
from trust_widgets.policy.policy_cache import CACHE, remember
from trust_widgets.policy.policy_reader import PolicyReader
from trust_widgets.policy.shapes import fault_of_json, fault_of_no_json, words_alone
from trust_widgets.policy.source import Given, source_of
from trust_widgets.policy.values import TrustPolicy
from trust_widgets.policy.wrappers import fence_or_encoding, wrapped_in
from trust_widgets.text.json.places import locate
from trust_widgets.text.json.reader import read
from trust_widgets.text.json.tree import JsonFault, JsonNode, Span, path_at

__all__ = [
    "CODES",
    "DocumentError",
    "Problem",
    "dump",
    "line_and_column",
    "locate",
    "parse",
]

CODES = {
    "empty": "TP001",
    "too_long": "TP002",
    "too_deep": "TP003",
    "other_language": "TP004",
    "wrapped": "TP005",
    "cut_off": "TP006",
    "trailing_comma": "TP007",
    "missing_comma": "TP007",
    "extra_comma": "TP007",
    "smart_quotes": "TP008",
    "single_quotes": "TP008",
    "unclosed_string": "TP008",
    "unquoted": "TP008",
    "comment": "TP009",
    "duplicate_key": "TP010",
    "missing_bracket": "TP011",
    "stray": "TP011",
    "missing_colon": "TP012",
    "missing_value": "TP012",
    "missing_name": "TP012",
    "word": "TP013",
    "bad_escape": "TP014",
    "control_character": "TP014",
    "half_character": "TP014",
    "odd_space": "TP015",
    "extra_text": "TP016",
    "refused_character": "TP017",
    "wrong_type": "TP020",
    "account_as_number": "TP021",
    "principal_without_kind": "TP022",
    "file_name": "TP023",
    "statement_alone": "TP024",
}
"""The code of every kind of problem, never reused."""

MOST_PROBLEMS = 100


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a text from being read as a trust policy.

    Args:
        code: one of `CODES`.
        message: one or two plain sentences.
        path: the innermost element that holds it, as far as the text can be read.
        span: its characters, from 0.
        line, column: of its first character, from 1.
        fix: a change that a machine can make.
    """

    code: str
    message: str
    path: Path
    span: Span
    line: int
    column: int
    fix: Fix | None = None

    def __str__(self) -> str:
        return f"{self.code} line {self.line}, column {self.column}: {self.message}"


class DocumentError(ValueError):
    """A text is no trust policy.

    Args:
        problems: all of them, in the order of their places.
        partial: what could be read, or `None`.
    """

    def __init__(self, problems: tuple[Problem, ...], partial: TrustPolicy | None = None) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
        self.partial = partial

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.problems, self.partial)


@helps_with_arguments(document="text", policy="text")
def parse(text: Given) -> TrustPolicy:
    """Read a trust policy's JSON text.

    Args:
        text: any string at all; or the document that boto3 returns, a policy, or what holds one,
            such as a `Role`.

    Raises:
        DocumentError: with every problem, each with its place and, where a machine can make one,
            its fix.
        TypeError: for anything else, with what to write.

    Example:
        >>> parse('{"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole"}}').statements[
        ...     0
        ... ].action
        ('sts:AssumeRole',)
        >>> try:
        ...     parse('{"Version": 2012-10-17,}')
        ... except DocumentError as error:
        ...     print(error.problems[1])
        TP007 line 1, column 23: Remove the comma before the closing bracket.
    """
    source = source_of(text)
    if source.text is None and source.policy is not None:
        return source.policy
    policy, problems = _read(source.as_text)
    if problems or policy is None:
        raise DocumentError(problems, policy)
    return policy


def dump(policy: TrustPolicy) -> str:
    """A policy as its canonical text: AWS's order of elements, single values without a list,
    indented by two.

    `parse(dump(policy)) == policy` for every policy that `parse` gives.
    """
    return str(policy)


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column of a character, both from 1. A line ends with LF, CRLF, or a lone CR.

    Example:
        >>> line_and_column("ab\\r\\ncd", 5)
        (2, 2)
    """
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _read(text: str) -> tuple[TrustPolicy | None, tuple[Problem, ...]]:
    contents: tuple[TrustPolicy | None, tuple[Problem, ...]] | None = CACHE.documents.get(text)
    if contents is not None:
        return contents
    plain = read_plain(text)
    if plain is not None:
        contents = (plain, ())
    else:
        contents = _read_with_places(text)
    return remember(CACHE.documents, text, contents, most=32)


def _read_with_places(text: str) -> tuple[TrustPolicy | None, tuple[Problem, ...]]:
    reading = read(text)
    fault = _fault_of_all(text, has_faults=bool(reading.faults))
    if fault is not None:
        return None, (_problem(text, None, fault),)
    reader = PolicyReader(text)
    if reading.root is not None:
        policy = reader.policy(reading.root)
    else:
        policy = None
    faults = [*reading.faults, *reader.faults, *_refused_characters(text, reading.root)]
    faults.sort(key=lambda fault: fault.span)
    return policy, tuple(_problem(text, reading.root, fault) for fault in faults[:MOST_PROBLEMS])


def _fault_of_all(text: str, *, has_faults: bool) -> JsonFault | None:
    """The fault of a text as a whole: a policy in a wrapping, or another language than JSON."""
    if has_faults:
        shaped = fence_or_encoding(text) or fault_of_no_json(text)
        return shaped or other_language(text) or words_alone(text)
    return wrapped_in(text) or fault_of_json(text)


def _problem(text: str, root: JsonNode | None, fault: JsonFault) -> Problem:
    line, column = line_and_column(text, fault.span.start)
    if fault.splices:
        fix = Fix(fault.title, fault.splices)
    else:
        fix = None
    path = _counted(path_at(root, fault.span.start))
    return Problem(CODES[fault.kind], fault.message, path, fault.span, line, column, fix)


def _counted(path: Path) -> Path:
    """A path in which a statement is counted, also where it is without a list."""
    is_without_list = len(path) > 1 and path[0] == "Statement" and isinstance(path[1], str)
    if is_without_list:
        return ("Statement", 0, *path[1:])
    return path


# IAM's own pattern for a policy document: tab, line feed, carriage return, U+0020 to U+00FF.
# https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
_REFUSED = re.compile(r"[^\t\n\r\u0020-\u00ff]")


def _refused_characters(text: str, root: JsonNode | None) -> Iterator[JsonFault]:
    """Each run of characters inside texts that IAM refuses, also where JSON allows them."""
    if root is None:
        return
    for node in _strings(root):
        for found in re.finditer(f"{_REFUSED.pattern}+", text[node.start : node.end]):
            if found[0][0] in "“”„‟":
                continue  # reported as quotes already
            start = node.start + found.start()
            names = f'"{found[0][:20]}" (U+{ord(found[0][0]):04X})'
            message = (
                f"IAM rejects {names}: a policy can contain only Latin characters "
                "(U+0020 to U+00FF)."
            )
            yield JsonFault("refused_character", message, Span(start, node.start + found.end()))


def _strings(node: JsonNode) -> Iterator[Span]:
    """The places of all names and texts."""
    if isinstance(node.value, str):
        yield node.span
    for member in node.members or ():
        yield member.key_span
        yield from _strings(member.node)
    for item in node.items or ():
        yield from _strings(item)
