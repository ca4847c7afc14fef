"""A message as it was written, from a text that a tool wrapped it in: a log, a page, a terminal."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote_plus

MASK = "***"
"""What is in a text for what a CI system or its owner hid, whatever they wrote there."""

# Colors and titles of terminals, with the escape character itself or written out, or lost.
_ESCAPE = r"(?:\x1b|\\{1,8}(?:u001[bB]|x1[bB]|033|e)|\^\[|␛)"
_TERMINAL = re.compile(
    rf"{_ESCAPE}\[[0-9;?]{{0,20}}[A-Za-z]|{_ESCAPE}[\]_][^\x07\n]{{0,200}}?(?:\x07|\\a|{_ESCAPE}\\)"
    r"|\[[0-9]{1,3}(?:;[0-9]{1,3}){0,4}m|\[0?m|\x1b."
)
_HIDDEN = re.compile(
    r"(?:\\?\*){3,}|\[(?:MASKED|REDACTED|FILTERED|secure)\]|<(?:redacted|sensitive|masked|hidden)>"
    r"|\(sensitive value\)|•{3,}|█+",
    re.IGNORECASE,
)
# In an ARN: arn:aws:iam::<account-id>:role/{name}
_WORDS = r"[\w .-]{1,40}"
_INLINE = r"(?:wbr|span|b|i|u|em|strong|code|mark|font|a|br|p|kbd|tt)"
_PLACEHOLDER = re.compile(
    rf"(?<=[:/])(?:<(?!/?{_INLINE}[ />]){_WORDS}>|\{{\{{?{_WORDS}\}}?\}}|\$\{{{_WORDS}\}})"
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff\x00-\x08\x0b-\x1f\x7f]")
_WORD_BREAK = re.compile(rf"</?(?!br|p){_INLINE}\b[^<>]{{0,300}}>", re.I)
_TAG = re.compile(r"<!\[CDATA\[|\]\]>|</?(?!arn:)[A-Za-z][\w:.-]{0,60}(?:\s[^<>]{0,300})?/?>")
_ESCAPED_CODE = re.compile(r"\\{1,8}u00([0-9a-fA-F]{2})")
_ESCAPED_SPACE = re.compile(r"\\{1,8}[nrt]")
_ESCAPED_SIGN = re.compile(r"\\{1,8}(?=[\"'/`_*<>\[\]()#+.!-])")
_MARKDOWN = re.compile(r"\*\*|`+")
_DATE = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[\d.,]{0,12}(?:Z|\s?[+-]\d\d:?\d\d)?"
# What comes before each line: times, who logs, the sides of a box, marks of a quotation.
_SYSLOG = r"[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d"
_BEFORE = re.compile(
    rf"(?:\[?(?:{_DATE}|{_SYSLOG}|\d\d:\d\d:\d\d[\d.,]{{0,8}})\]?"
    r"|(?:stdout|stderr) [FP]\b|[\w./-]{1,60}\s{0,20}\|(?=\s|$)|[A-Za-z][\w.-]{0,60}\[\d{1,8}\]:"
    r"|[│┃|╷╵├└┌║>]|##\[\w{1,20}\]|#\d{1,4} \d{1,6}\.\d{1,6})\s*"
)


def as_written(text: str) -> str:
    """A text without what tools put around, into and between its lines.

    Colors, tags, entities, escapes, boxes, quotation marks of Markdown and times go; whatever
    replaces hidden parts becomes `MASK`. Lines stay lines.

    Example:
        >>> as_written("<Message>User: a is\\\\n\\\\tnot &quot;b&quot;</Message>").split()
        ['User:', 'a', 'is', 'not', '"b"']
        >>> as_written("\\x1b[31m│\\x1b[0m account [MASKED]")
        'account ***'
    """
    plain = _TERMINAL.sub("", text)
    plain = html.unescape(html.unescape(_HIDDEN.sub(MASK, plain)))
    plain = _ESCAPED_CODE.sub(lambda found: chr(int(found[1], 16)), plain)
    plain = _ESCAPED_SIGN.sub("", _ESCAPED_SPACE.sub(" ", plain))
    plain = _PLACEHOLDER.sub(MASK, plain)
    plain = _TAG.sub(" ", _WORD_BREAK.sub("", _TERMINAL.sub("", plain)))
    plain = _INVISIBLE.sub("", _HIDDEN.sub(MASK, plain))
    hidden = MASK.join(_MARKDOWN.sub("", part) for part in plain.split(MASK))
    return "\n".join(map(_without_margins, hidden.splitlines()))


def _without_margins(line: str) -> str:
    line = line.strip()
    while True:
        found = _BEFORE.match(line)
        if found is None:
            return line.rstrip("│┃║ ")
        line = line[found.end() :]


def as_sent(text: str) -> str:
    """A text that was part of a URL."""
    return unquote_plus(text)
