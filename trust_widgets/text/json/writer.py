"""JSON text as IAM takes it: what no policy may hold as a character is written as an escape."""

from __future__ import annotations

import json
import re
from typing import Any

# IAM takes tab, line feed, carriage return and U+0020 to U+00FF, and reads escapes of all others.
# https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
_BEYOND = re.compile("[^\x00-\xff]")


def json_text(value: Any, indent: int | str | None = None) -> str:
    """Plain JSON values as text; characters above U+00FF are escaped.

    Args:
        value: what `json.dumps` takes.
        indent: as of `json.dumps`.

    Example:
        >>> print(json_text({"sts:ExternalId": "caf\u00e9 \u20ac"}))
        {"sts:ExternalId": "café \\u20ac"}
    """
    return escaped(json.dumps(value, indent=indent, ensure_ascii=False))


def holds_what_iam_refuses(value: Any) -> bool:
    """Whether plain JSON values hold characters above U+00FF."""
    return _BEYOND.search(json.dumps(value, ensure_ascii=False)) is not None


def escaped(text: str) -> str:
    """JSON text with the escapes of all characters above U+00FF.

    Example:
        >>> print(escaped('"\U0001f511"'))
        "\\ud83d\\udd11"
    """
    return _BEYOND.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]
