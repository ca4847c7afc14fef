"""The tokens of a JSON text with their faults: quotes, escapes, numbers, invisible characters."""

from __future__ import annotations

import json
import re

from trust_widgets.text.json.tokens import TOKEN, JsonToken, is_closed
from trust_widgets.text.json.tree import JsonFault, Scalar, Span, Splice

_UNQUOTED = re.compile(r"[^\s,{}\[\]\"“”]+")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_CONTROL = re.compile(r"[\x00-\x1f]")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([\s\S]))")
_PLAIN = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None}
_OTHER_WORDS = {
    "True": "true",
    "False": "false",
    "None": "null",
    "TRUE": "true",
    "FALSE": "false",
    "nil": "null",
}


class JsonScanner:
    """A text's tokens, read one after the other; faults are noted on the way."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.faults: list[JsonFault] = []
        self.at = 0
        self.open: list[str] = []  # the closing brackets that are waited for
        self.is_cut_off = False
        self.stop = len(text.rstrip())
        self.tokens = [token for token in map(self._seen, TOKEN.finditer(text)) if token]

    def _seen(self, match: re.Match[str]) -> JsonToken | None:
        """A token that says something; comments and odd spaces are faults, and say nothing."""
        kind, start, end = str(match.lastgroup), match.start(), match.end()
        if kind == "comment":
            self._fault(
                "comment", "JSON does not allow comments.", start, end, "Remove all comments", ""
            )
        elif kind == "odd_space":
            self._odd_space(match[0], start, end)
        elif kind != "space":
            return JsonToken(kind, start, end, match[0])
        return None

    def _odd_space(self, found: str, start: int, end: int) -> None:
        if found == "\ufeff" and start == 0:
            message = (
                "An invisible character (a byte order mark) precedes the text. Some editors add it."
            )
        else:
            message = (
                f"Invisible character (U+{ord(found[0]):04X}). JSON does not treat it as a space."
            )
        self._fault(
            "odd_space",
            message,
            start,
            end,
            "Remove invisible characters",
            "" if start == 0 else " ",
        )

    def _fault(
        self,
        kind: str,
        message: str,
        start: int,
        end: int,
        title: str = "",
        text: str | None = None,
    ) -> None:
        """Note a fault; `text` would fix it in its place."""
        splices = () if text is None else (Splice(start, end, text),)
        self.faults.append(
            JsonFault(kind, message, Span(start, end), title if splices else "", splices)
        )

    def _insert(self, kind: str, message: str, span: Span, title: str, at: int, text: str) -> None:
        self.faults.append(JsonFault(kind, message, span, title, (Splice(at, at, text),)))

    def _peek(self) -> JsonToken | None:
        if self.at < len(self.tokens):
            return self.tokens[self.at]
        return None

    def _string(self, token: JsonToken) -> str:
        body, at = token.text[1:], token.start
        if is_closed(token):
            body = body[:-1]
        elif token.end < self.stop or not self.open:
            body = self._unclosed(
                token
            )  # at the end of an open bracket it is part of being cut off
        if token.kind != "string" or (token.text[-1] in "“”„‟" and len(token.text) > 1):
            self._quotes(token, body)
            return body
        return self._decoded(body, at + 1)

    def _unclosed(self, token: JsonToken) -> str:
        """A string that its line ends: what looks like JSON at the line's end is not part of it."""
        body = token.text[1:].rstrip(" \t,]}[{")
        end = token.start + 1 + len(body)
        tail = [m for m in TOKEN.finditer(self.text, end, token.end) if m.lastgroup == "mark"]
        self.tokens[self.at : self.at] = [JsonToken("mark", m.start(), m.end(), m[0]) for m in tail]
        span = Span(token.start, end)
        message = "This string has no closing quote."
        self._insert("unclosed_string", message, span, "Close the string", end, '"')
        return body

    def _quotes(self, token: JsonToken, body: str) -> None:
        kind, title = "smart_quotes", "Use straight quotes"
        message = "Strings need straight quotes. Word processors replace them with curly quotes."
        if token.kind == "single":
            kind, title = "single_quotes", "Use double quotes"
            message = "Strings need double quotes, not single quotes."
        mended = json.dumps(body.replace("\\'", "'"), ensure_ascii=False)
        self._fault(kind, message, token.start, token.end, title, mended)

    def _decoded(self, body: str, at: int) -> str:
        if _CONTROL.search(body):
            mended = (
                json.dumps(body, ensure_ascii=False).replace("\\\\", "\\").replace('\\"', '"')[1:-1]
            )
            message = (
                "This string contains a tab or another control character. JSON writes a tab as \\t."
            )
            self._fault(
                "control_character",
                message,
                at,
                at + len(body),
                "Write it with a backslash",
                mended,
            )
        if "\\" not in body:
            return self._without_surrogates(body, at)
        try:
            text: str = json.loads(f'"{body}"', strict=False)
        except ValueError:
            text = _ESCAPE.sub(lambda match: self._escape(match, at), body)
        return self._without_surrogates(text, at)

    def _escape(self, match: re.Match[str], at: int) -> str:
        if match[1]:
            return chr(int(match[1], 16))
        if match[2] in _PLAIN:
            return _PLAIN[match[2]]
        message = f"{match[0]} means nothing in JSON. A backslash itself is written \\\\."
        start = at + match.start()
        self._fault(
            "bad_escape", message, start, start + 2, "Double the backslash", "\\" + match[0]
        )
        return match[0]

    def _without_surrogates(self, text: str, at: int) -> str:
        """Half a character, which no file can hold, as the replacement character."""
        if not _HALF_CHARACTER.search(text):
            return text
        self._fault(
            "half_character",
            "This string contains half a character (a lone surrogate).",
            at - 1,
            at,
        )
        return _HALF_CHARACTER.sub("\ufffd", text)

    def _word(self, token: JsonToken) -> Scalar:
        if token.text in _WORDS:
            return _WORDS[token.text]
        if _NUMBER.fullmatch(token.text) and len(token.text) < 300:
            number: int | float = json.loads(token.text)
            if isinstance(number, int) or abs(number) < float("inf"):
                return number
        word = self._whole_word(token)
        end = token.start + len(word)
        if word in _OTHER_WORDS:
            right = _OTHER_WORDS[word]
            self._fault(
                "word",
                f"Write {right}: JSON does not have {word}.",
                token.start,
                end,
                f"Write {right}",
                right,
            )
            return _WORDS[right]
        message = "Strings need double quotes."
        if word.isascii() and word.isdigit():
            message = (
                "Write this number as a string in double quotes. Account IDs are always strings."
            )
        self._fault(
            "unquoted",
            message,
            token.start,
            end,
            "Add the quotes",
            json.dumps(word, ensure_ascii=False),
        )
        return word

    def _whole_word(self, token: JsonToken) -> str:
        """Return a text without quotes to its end, as in `arn:aws:iam::111122223333:root`."""
        match = _UNQUOTED.match(self.text, token.start)
        word = match[0] if match else token.text
        while self.at < len(self.tokens) and self.tokens[self.at].start < token.start + len(word):
            self.at += 1
        return word
