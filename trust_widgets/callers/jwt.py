"""A JWT in a pasted text: which part of the text it is. What it says, `kinds/token.py` reads.

https://www.rfc-editor.org/rfc/rfc7519
"""

from __future__ import annotations

import re

_PART = r"[A-Za-z0-9_-]+={0,2}"
_PREFIX = re.compile(r"(?:authorization:\s*)?(?:bearer\s+)?", re.IGNORECASE)
# A header is a JSON object: its base64 begins with eyJ, `{"`, or with ey, `{` and a blank.
_WHOLE = re.compile(rf"ey{_PART}\.{_PART}(?:\.(?:{_PART})?)?")
# It begins where such a run begins, so that no text is read twice.
_RUN = re.compile(rf"(?<![\w=-]){_PART}\.{_PART}(?:\.(?:{_PART})?)?")
_WITHIN = re.compile(rf"(?<![\w.-])eyJ{_PART}\.eyJ{_PART}(?:\.(?:{_PART})?)?")


def is_jwt(text: str) -> bool:
    """Whether a text is one JWT, with or without `Bearer`, blanks and quotes."""
    return _WHOLE.fullmatch(plain(text)) is not None


def plain(text: str) -> str:
    """A JWT without what is around it, if nothing else does: `Bearer`, blanks, quotes."""
    tidy = text.strip().strip("'\"").strip()
    return re.sub(r"\s", "", _PREFIX.sub("", tidy, count=1))


def jwt_in(text: str) -> str:
    """The first JWT in a text with other words, such as a log; `""` where there is none.

    Example:
        >>> jwt_in("ID_TOKEN=eyJhbGciOiAibm9uZSJ9.eyJzdWIiOiAiYSJ9.c2ln; aud=a")
        'eyJhbGciOiAibm9uZSJ9.eyJzdWIiOiAiYSJ9.c2ln'
    """
    found = _WITHIN.search(text)
    if found:
        return found[0]
    return ""


def without_jwts(text: str) -> str:
    """A text with a blank for each JWT in it: the one who reads the rest is not to take a part of
    one.

    Example:
        >>> without_jwts("role/appeyJhbGciOiAiYSJ9.eyJzdWIiOiAiYSJ9.c2ln!")
        'role/app !'
    """
    return _RUN.sub(_before_jwt, text)


def _before_jwt(run: re.Match[str]) -> str:
    at = run[0].partition(".")[0].find("eyJ")
    if at < 0:
        return run[0]
    return f"{run[0][:at]} "
