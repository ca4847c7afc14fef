"""The words of a JSON text, and of texts that were meant to be JSON."""

from __future__ import annotations

import re
from typing import NamedTuple

TOKEN = re.compile(
    r"""
      (?P<space>[ \t\r\n]+)
    | (?P<comment>//[^\r\n]*|\#[^\r\n]*|/\*[\s\S]*?(?:\*/|\Z))
    | (?P<mark>[{}\[\]:,])
    | (?P<string>"(?:[^"\\\r\n“”„‟]|\\[^\r\n]|[“”„‟](?![ \t]*[:,\]}]))*["“”„‟]?)
    | (?P<smart>[“”„‟](?:[^"\\\r\n“”„‟]|\\[^\r\n])*["“”„‟]?)
    | (?P<single>['‘’](?:[^'‘’\\\r\n]|\\[^\r\n])*['‘’]?)
    | (?P<odd_space>[\u00a0\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\x00-\x1f]+)
    | (?P<word>[^\s{}\[\]:,"'“”„‟‘’]+)
    | (?P<other>[\s\S])
    """,
    re.VERBOSE,
)


class JsonToken(NamedTuple):
    kind: str
    start: int
    end: int
    text: str


def is_closed(token: JsonToken) -> bool:
    if token.kind == "single":
        return len(token.text) > 1 and token.text[-1] in "'‘’"
    return len(token.text) > 1 and token.text[-1] in '"“”„‟' and _ends_unescaped(token.text)


def _ends_unescaped(text: str) -> bool:
    """Whether the last character is not escaped by the backslashes before it."""
    body = text[1:-1]
    return (len(body) - len(body.rstrip("\\"))) % 2 == 0


def last_is_name(tokens: list[JsonToken]) -> bool:
    """Whether the text ends in a name without a value, or may do so."""
    before = next((token.text for token in reversed(tokens[:-1])), "")
    return tokens[-1].kind != "mark" and before in ("{", ",") and _innermost(tokens) == "{"


def _innermost(tokens: list[JsonToken]) -> str:
    """The innermost bracket that is open at the end."""
    stack: list[str] = []
    for token in tokens:
        if token.kind == "mark" and token.text in "{[":
            stack.append(token.text)
        elif token.kind == "mark" and token.text in "}]" and stack:
            stack.pop()
    if stack:
        return stack[-1]
    return ""
