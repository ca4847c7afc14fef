"""A reader that notes a fault and reads on, so that all of them can be reported at once.

The standard library's reader stops at the first fault, keeps no places, and drops all but the last
of two equal keys. This one never raises: it gives what could be read, and what is wrong with the
rest.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache

from trust_widgets.text.json.scalars import JsonScanner
from trust_widgets.text.json.tokens import JsonToken, is_closed, last_is_name
from trust_widgets.text.json.tree import (
    JsonFault,
    JsonNode,
    Member,
    ParsedJson,
    Span,
    Splice,
)

LONGEST = 65_536  # characters: far over any quota that a trust policy can have
DEEPEST = 64  # a trust policy is eight levels deep
MOST_FAULTS = 100


@lru_cache(maxsize=32)
def read(text: str) -> ParsedJson:
    """Read any text.

    Example:
        >>> reading = read('{"Effect": "Allow",}')
        >>> reading.root.member("Effect").node.value, reading.faults[0].kind
        ('Allow', 'trailing_comma')
    """
    if len(text) > LONGEST:
        message = (
            f"This text has {len(text):,} characters. That is far more than the quota of a "
            "policy. Check that it is the right text."
        )
        return ParsedJson(None, (JsonFault("too_long", message, Span(0, 0)),))
    reader = _Reader(text)
    try:
        root = reader.document()
    except _TooDeep as deep:
        where = Span(deep.args[0], deep.args[0] + 1)
        return ParsedJson(
            None,
            (
                JsonFault(
                    "too_deep", f"Brackets are nested more than {DEEPEST} levels deep here.", where
                ),
            ),
        )
    return ParsedJson(
        root, _repaired_together(sorted(reader.faults, key=lambda fault: fault.span)[:MOST_FAULTS])
    )


class _TooDeep(Exception):
    """Nested deeper than anything that could be a policy."""


_CLOSER = {"{": "}", "[": "]"}


class _Reader(JsonScanner):
    """Objects and lists, read recursively."""

    def document(self) -> JsonNode | None:
        if self._peek() is None:
            self._fault(
                "empty", "There is no policy here yet. A policy starts with {.", 0, len(self.text)
            )
            return None
        root = self._value()
        self._extra_text()
        return root

    def _extra_text(self) -> None:
        token = self._peek()
        if token is None:
            return
        what = "There is more text after the end of the document"
        if token.text == "{":
            what = "A second document starts here"
        message = f"{what}: a policy is one JSON object. Put all statements into its list."
        self._fault("extra_text", message, token.start, self.stop, "Remove the rest", "")

    def _value(self) -> JsonNode | None:
        token = self._peek()
        assert token is not None  # callers have looked
        if token.text in _CLOSER and token.kind == "mark":
            return self._container(token)
        self.at += 1
        if token.kind == "mark" or token.kind == "other":
            self._fault(
                "stray",
                f'Unexpected "{token.text}".',
                token.start,
                token.end,
                "Remove it",
                "",
            )
            return None
        if token.kind == "word":
            value = self._word(token)
        else:
            value = self._string(token)
        return JsonNode(Span(token.start, max(token.end, self._end_of_last())), value)

    def _end_of_last(self) -> int:
        return self.tokens[self.at - 1].end

    # -- objects and lists

    def _container(self, opener: JsonToken) -> JsonNode:
        if len(self.open) >= DEEPEST:
            raise _TooDeep(opener.start)
        self.at += 1
        self.open.append(_CLOSER[opener.text])
        members: list[Member] = []
        items: list[JsonNode] = []
        comma: JsonToken | None = None
        last_end = 0  # of the entry before, when there is one
        while (token := self._peek()) is not None and not self._closes(token, comma):
            if token.text == "," and token.kind == "mark":
                self.at += 1
                if comma or not last_end:
                    self._fault(
                        "extra_comma", "Unexpected comma.", token.start, token.end, "Remove it", ""
                    )
                comma = comma or token
                continue
            if last_end and comma is None:
                self._missing_comma(last_end, token)
            comma = None
            if opener.text == "{":
                self._member(members)
            else:
                items.extend(filter(None, [self._value()]))
            last_end = self._end_of_last()
        end = self._end_of_container(token)
        span = Span(opener.start, end)
        if opener.text == "[":
            return JsonNode(span, items=tuple(items))
        self._duplicates(members)
        return JsonNode(span, members=tuple(members))

    def _closes(self, token: JsonToken, comma: JsonToken | None) -> bool:
        """Whether a token ends the open container, by itself or by a missing bracket."""
        if token.kind != "mark" or token.text not in "}]":
            return False
        if token.text != self.open[-1] and token.text not in self.open[:-1]:
            return False
        if comma:
            message = "Remove the comma before the closing bracket."
            self._fault("trailing_comma", message, comma.start, comma.end, "Remove the comma", "")
        return True

    def _end_of_container(self, token: JsonToken | None) -> int:
        closer = self.open.pop()
        if token is None:
            self._cut_off(closer)
            return len(self.text)
        if token.text == closer:
            self.at += 1
            return token.end
        message = f"A {closer} is missing before this {token.text}."
        span = Span(token.start, token.end)
        self._insert("missing_bracket", message, span, f"Add {closer}", token.start, closer)
        return token.start

    def _cut_off(self, closer: str) -> None:
        """The text ends inside; reported once, by the innermost container."""
        if self.is_cut_off:
            return
        self.is_cut_off = True
        missing = "".join(reversed([*self.open, closer]))
        message = f"The text ends too early: {missing} is missing. Was all of it copied?"
        end = self.stop
        last = self.tokens[-1]
        if last.kind == "mark" and last.text == ",":
            comma = last.start
        else:
            comma = end
        if last.kind != "string" or is_closed(last):
            quote = ""
        else:
            quote = '"'
        mended = self.text[:comma].rstrip() + quote + missing
        splices: tuple[Splice, ...] = ()
        if not last_is_name(self.tokens) and last.text != ":":
            added = quote + missing
            splices = (Splice(len(mended) - len(added), len(self.text), added),)
        self.faults.append(
            JsonFault(
                "cut_off", message, Span(max(end - 1, 0), end), "Add the missing brackets", splices
            )
        )

    def _missing_comma(self, end: int, token: JsonToken) -> None:
        message = "A comma is missing between this value and the one before it."
        self._insert(
            "missing_comma", message, Span(token.start, token.end), "Add a comma", end, ","
        )

    def _member(self, members: list[Member]) -> None:
        token = self.tokens[self.at]
        if token.kind in ("mark", "other"):
            self._nameless(token)
            return
        self.at += 1
        key = self._key(token)
        if not self._colon(token):
            return
        node = self._value()
        if node is not None:
            members.append(Member(key, Span(token.start, token.end), node))

    def _nameless(self, token: JsonToken) -> None:
        if token.text in _CLOSER:
            message = 'Each value in an object needs a name, like "Principal": {...}.'
            self._fault("missing_name", message, token.start, token.end)
        self._value()

    def _key(self, token: JsonToken) -> str:
        if token.kind != "word":
            return self._string(token)
        message = f'Names need double quotes: "{token.text}".'
        self._fault(
            "unquoted", message, token.start, token.end, "Add the quotes", json.dumps(token.text)
        )
        return token.text

    def _colon(self, key: JsonToken) -> bool:
        """Whether a value follows the name, with or without its colon."""
        token = self._peek()
        if token is None:
            return False  # cut off: reported by the container
        if token.kind == "mark" and token.text == ":":
            self.at += 1
        elif token.text in "=" or token.text in ("=>", ":="):
            self._fault(
                "missing_colon",
                "JSON needs a colon here.",
                token.start,
                token.end,
                "Write a colon",
                ":",
            )
            self.at += 1
        elif token.kind != "mark" or token.text in _CLOSER:
            message = "A colon is missing between the name and its value."
            self._insert(
                "missing_colon", message, Span(key.start, key.end), "Add a colon", key.end, ":"
            )
        token = self._peek()
        if token is not None and token.kind == "mark" and token.text not in _CLOSER:
            self._fault("missing_value", "This name has no value.", key.start, key.end)
            return False
        return token is not None

    def _duplicates(self, members: list[Member]) -> None:
        first: dict[str, Span] = {}
        for member in members:
            if member.key in first:
                line = self.text.count("\n", 0, first[member.key].start) + 1
                message = (
                    f'"{member.key}" appears twice in this object, here and on line {line}. '
                    "JSON readers keep only one of them. Merge the two."
                )
                self._fault("duplicate_key", message, *member.key_span)
            first.setdefault(member.key, member.key_span)


_TOGETHER = ("comment", "odd_space", "smart_quotes", "single_quotes")


def _repaired_together(faults: list[JsonFault]) -> tuple[JsonFault, ...]:
    """Faults that come in dozens are fixed by one repair, whichever of them is chosen."""
    for kind in _TOGETHER:
        same = [fault for fault in faults if fault.kind == kind]
        if len(same) > 1:
            splices = tuple(splice for fault in same for splice in fault.splices)
            title = f"{same[0].title} (all {len(same)})"
            faults = [
                replace(f, splices=splices, title=title) if f.kind == kind else f for f in faults
            ]
    return tuple(faults)
