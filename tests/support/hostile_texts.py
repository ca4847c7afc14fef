"""Texts made to break a reader: policies with one thing wrong, broken JSON, and plain noise."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

from support.brute_force.language import EVERY_OPERATOR, OF_SETS
from support.brute_force.policies import PolicyMaker

PIECES = (
    "{", "}", "[", "]", ",", ":", '"', "'", "\\", "\\u", "\\ud800", "//", "/*", "*/", "#", "\n",
    "\r\n", "\t", "\x00", "\x1b[31m", "\u202e", "\ufeff", "\ud800", "é", "ſ", "😀", "null",
    "true", "NaN", "-0", "1e999", "9" * 40, "${", "${}", "${*}", "${aws:username", "*", "?", "**",
    "arn:", "arn:aws:iam::", "arn:aws:iam::111122223333:root", "111122223333", "root",
    '"Statement"', '"Principal"', '"Effect"', '"Condition"', '"Action"', '"Version"', '"AWS"',
    '"Federated"', '"NotPrincipal"', '"Allow"', '"Deny"', "sts:AssumeRole", "2012-10-17",
    "token.actions.githubusercontent.com:sub", "aws:PrincipalTag/", "ForAllValues:", "IfExists",
    "sts:ExternalId", "aws:CurrentTime", "2026-02-30", "0.0.0.0/99", "::ffff:1.2.3.4", " ", "",
    "<script>", "&lt;", "`", "=", "<<EOF", "yaml: [", "%", "\\x", "{{", "}}", "{% raw %}",
)  # fmt: skip
"""What is put into texts: marks of JSON and other languages, words of policies, odd characters."""

VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 10**30, "", " ", "*", "**", "?", "\x00", "\ud800", "\u202e", [],
    {}, [[]], [None], {"": ""}, [{}], "arn", "arn:aws:iam::1:root", "arn:aws:iam::*:root",
    "arn:aws:sts::111122223333:assumed-role/a", "arn:aws:iam::111122223333:role/", "${}", "${*}",
    "${aws:username}", "${a, 'b'}", "${aws:PrincipalTag/x, 'y", "111122223333", 111122223333,
    "Allow", "allow", "2012-10-17", "sts:*", "sts:assumerole", "amazonaws.com", ".", ":", "/", "é",
    "ß", "İ", "ſ", "true", "1e3", "2026-01-01", "-292277026596-12-04T15:30:07Z", "0.0.0.0/0",
    "::/0", "1.2.3.4/33", "o-", "r-", "AROADBQP57FF2AEXAMPLE", "AIDA", "lambda.amazonaws.com",
    "*.amazonaws.com", "accounts.google.com", "cognito-identity.amazonaws.com", "a" * 300,
)  # fmt: skip
"""What stands in the place of any value of a policy."""

NAMES = (
    "Statement", "statement", "Effect", "Principal", "NotPrincipal", "Action", "NotAction",
    "Resource", "Condition", "Sid", "Version", "Id", "AWS", "Service", "Federated",
    "CanonicalUser", "", " ", "*", "__proto__", "aws:PrincipalArn", "aws:PrincipalAccount",
    "aws:PrincipalTag/", "aws:PrincipalTag/é", "aws:TagKeys", "sts:ExternalId", "aws:SourceIp",
    "aws:CurrentTime", "aws:MultiFactorAuthAge", "token.actions.githubusercontent.com:sub",
    "gitlab.com:aud", "SAML:aud", "octo:", ":sub", "a:b:c", "Null", "Bool", "BinaryEquals",
    "ForAllValues:", "ForAnyValue:Null", "StringLikeIfExistsIfExists", *EVERY_OPERATOR, *OF_SETS,
)  # fmt: skip
"""What stands in the place of any name of a policy."""


class HostileTexts:
    """Draws texts.

    Args:
        seed: the same seed gives the same texts.
        given: texts of policies, which are changed like those that are made up.
    """

    def __init__(self, seed: int, given: tuple[str, ...] = ()) -> None:
        self.seed = seed
        self.chance = random.Random(seed)
        self.given = given

    def text(self) -> str:
        """Return a text: one in three can be read by most JSON readers."""
        kind = self.chance.choices(_KINDS, _WEIGHTS)[0]
        return kind(self)

    def changed_text(self, text: str) -> str:
        """Return a text after one small change of its characters."""
        at = self.chance.randint(0, len(text))
        end = min(len(text), at + self.chance.choice((0, 1, 1, 2, 8, 40)))
        change = self.chance.choice((_cut, _insert, _insert, _remove, _repeat, _swap_case))
        return change(self.chance, text, at, end)

    def changed_document(self, document: Any) -> Any:
        """Return a document with another value or name in some places, or without one."""
        document = json.loads(json.dumps(document))
        for _ in range(self.chance.choice((1, 1, 1, 2, 4))):
            places = list(_places(document))
            if places:
                holder, key = self.chance.choice(places)
                self._change(holder, key)
        return document

    def _change(self, holder: Any, key: Any) -> None:
        share = self.chance.random()
        if share < 0.1:
            del holder[key]
        elif share < 0.4 and isinstance(holder, dict):
            holder[self.chance.choice(NAMES)] = holder.pop(key)
        elif share < 0.5:
            holder[key] = [holder[key], self.chance.choice(VALUES)]
        elif share < 0.55:
            holder[key] = {self.chance.choice(NAMES): holder[key]}
        elif share < 0.7 and isinstance(holder[key], str):
            holder[key] = self.changed_text(holder[key])
        else:
            holder[key] = self.chance.choice(VALUES)

    def _policy(self) -> Any:
        return PolicyMaker(self.chance.randrange(1 << 30)).policy()

    def _written(self, document: Any) -> str:
        indent = self.chance.choice((None, None, 2, "\t"))
        return json.dumps(document, indent=indent, ensure_ascii=self.chance.random() < 0.5)

    def _wrong_value(self) -> str:
        return self._written(self.changed_document(self._policy()))

    def _given_with_a_wrong_value(self) -> str:
        try:
            document = json.loads(self._given())
        except ValueError:
            return self._broken_given()
        return self._written(self.changed_document(document))

    def _given(self) -> str:
        return self.chance.choice(self.given) if self.given else self._written(self._policy())

    def _broken(self) -> str:
        return self._broken_text(self._written(self._policy()))

    def _broken_given(self) -> str:
        return self._broken_text(self._given())

    def _broken_text(self, text: str) -> str:
        for _ in range(self.chance.choice((1, 1, 2, 5))):
            text = self.changed_text(text)
        return text

    def _noise(self) -> str:
        return "".join(self.chance.choices(PIECES, k=self.chance.randint(0, 30)))

    def _wrapped(self) -> str:
        """A policy inside other things: text in text, a role, a list, a foreign notation."""
        text = self._written(self._policy())
        return self.chance.choice(
            (
                json.dumps(text),
                f'{{"Role": {{"AssumeRolePolicyDocument": {text}}}}}',
                f'{{"AssumeRolePolicyDocument": {json.dumps(text)}}}',
                f"[{text}, {text}]",
                text.replace('"', "'"),
                text.replace(":", " ="),
                text.replace(", ", ",").replace('"', ""),
                f"```json\n{text}\n```",
                f"jsonencode({text})",
                f"{text}\n{text}",
                text.replace("{", "%7B").replace('"', "%22"),
            )
        )

    def _deep(self) -> str:
        """Brackets in brackets, or one thing many times."""
        depth = self.chance.choice((5, 60, 400, 3000))
        opened, closed = self.chance.choice((("[", "]"), ('{"a":', "}"), ('{"AWS":[', "]}")))
        inner = self.chance.choice(("", "1", self._written(self._policy())))
        text = opened * depth + inner + closed * self.chance.choice((depth, depth, depth - 1, 0))
        if self.chance.random() < 0.5:
            return text
        return f'{{"Version": "2012-10-17", "Statement": {text}}}'

    def _many(self) -> str:
        """A policy with a value that stands many times over."""
        document = self._policy()
        statement = self.chance.choice(document["Statement"])
        places = [each for each in _places(statement) if isinstance(each[0][each[1]], str)]
        holder, key = self.chance.choice(places)
        count = self.chance.choice((10, 30, 100))
        holder[key] = [f"{holder[key]}{self.chance.randrange(count)}" for _ in range(count)]
        return self._written(document)


def _places(document: Any) -> list[tuple[Any, Any]]:
    """Return every value of a document by its holder and its name or number in it."""
    found, waiting = [], [document]
    while waiting:
        holder = waiting.pop()
        keys = holder if isinstance(holder, dict) else range(len(holder))
        for key in keys:
            found.append((holder, key))
            if isinstance(holder[key], dict | list):
                waiting.append(holder[key])
    return found


def _cut(chance: random.Random, text: str, at: int, end: int) -> str:
    return text[:at]


def _insert(chance: random.Random, text: str, at: int, end: int) -> str:
    return text[:at] + chance.choice(PIECES) + text[at:]


def _remove(chance: random.Random, text: str, at: int, end: int) -> str:
    return text[:at] + text[end:]


def _repeat(chance: random.Random, text: str, at: int, end: int) -> str:
    return text[:end] + text[at:]


def _swap_case(chance: random.Random, text: str, at: int, end: int) -> str:
    return text[:at] + text[at:end].swapcase() + text[end:]


_KINDS_AND_WEIGHTS: dict[Callable[[HostileTexts], str], int] = {
    HostileTexts._wrong_value: 22,
    HostileTexts._given_with_a_wrong_value: 10,
    HostileTexts._broken: 25,
    HostileTexts._broken_given: 12,
    HostileTexts._noise: 24,
    HostileTexts._wrapped: 4,
    HostileTexts._deep: 2,
    HostileTexts._many: 1,
}
_KINDS = tuple(_KINDS_AND_WEIGHTS)
_WEIGHTS = tuple(_KINDS_AND_WEIGHTS.values())
