"""Regular expressions of Go, which Terraform uses, as those of Python.

https://github.com/google/re2/wiki/Syntax
"""

from __future__ import annotations

import re

from trust_widgets.readers._hcl.calls import FunctionFails

_LONGEST_PATTERN = 300
_MOST_STEPS = 20_000_000
_ESCAPED = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]", re.DOTALL)
_REPEATED = re.compile(r"[*+]|\{\d+,?\d*\}")
_REPEATED_GROUP = re.compile(r"\)(?:[*+]|\{)")
# What means another thing in Go, or nothing.
_ONLY_GO = re.compile(r"\[\[:|\\[pPzQECQ]|\(\?[^:P]")
_REPLACEMENT = re.compile(r"\$(?:\$|(\w+)|\{(\w+)\})")


def pattern_for(written: str, text: str) -> re.Pattern[str]:
    """A pattern of Terraform, to be used on a text.

    Raises:
        KeyError: when it means another thing in Python, or may take too long on this text.
        FunctionFails: when it is no pattern.
    """
    bare = _ESCAPED.sub("_", written)
    repeats = len(_REPEATED.findall(bare))
    too_long = len(text) ** max(repeats, 1) > _MOST_STEPS or len(written) > _LONGEST_PATTERN
    if too_long or _REPEATED_GROUP.search(bare) or _ONLY_GO.search(written):
        raise KeyError(written)
    try:
        return re.compile(written)
    except re.error:
        raise FunctionFails(written) from None


def expanded(replacement: str, found: re.Match[str]) -> str:
    """A replacement, with the groups of a match.

    Example:
        >>> expanded("$1-${name}$$", re.match("(a)(?P<name>b)", "ab"))
        'a-b$'
    """

    def group(mark: re.Match[str]) -> str:
        name = mark[1] or mark[2]
        if name is None:
            return "$"
        if name.isdecimal():
            if int(name) <= found.re.groups:
                return found[int(name)] or ""
            return ""
        if name in found.re.groupindex:
            return found[name] or ""
        return ""

    return _REPLACEMENT.sub(group, replacement)
