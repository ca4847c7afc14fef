"""TOML: texts, lists of texts, and tables of them.

Source: https://toml.io/en/v1.0.0
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from trust_widgets.text.quoting._text import quoted

WIDTH = 88
Value: TypeAlias = "str | Sequence[str]"
Table: TypeAlias = "Mapping[str, Value]"


def string(text: str) -> str:
    r"""A basic string. A lone surrogate, which TOML cannot hold, becomes U+FFFD.

    Source: https://toml.io/en/v1.0.0#string

    Example:
        >>> print(string('C:\\ "x"\n'))
        "C:\\ \"x\"\n"
    """
    return quoted(re.sub("[\ud800-\udfff]", "\ufffd", text))


def array(texts: Sequence[str]) -> str:
    """A list of texts: on one line if it fits, else one a line.

    Example:
        >>> print(array(("111122223333", "444455556666")))
        ["111122223333", "444455556666"]
    """
    line = f"[{', '.join(map(string, texts))}]"
    if len(line) <= WIDTH:
        return line
    return "[\n" + "".join(f"  {string(text)},\n" for text in texts) + "]"


def document(table: Table, tables: Mapping[str, Sequence[Table]] | None = None) -> str:
    """A whole file: first the members of a table, then arrays of tables by their name.

    Example:
        >>> accepted = {"accepted": [{"code": "TP301"}]}
        >>> print(document({"accounts": ("111122223333",)}, accepted), end="")
        accounts = ["111122223333"]
        <BLANKLINE>
        [[accepted]]
        code = "TP301"
    """
    parts = [_members(table)] if table else []
    parts += [
        f"[[{key(name)}]]\n{_members(inner)}"
        for name, inners in (tables or {}).items()
        for inner in inners
    ]
    return "\n".join(parts)


def key(text: str) -> str:
    """A key, bare where that is allowed. Source: https://toml.io/en/v1.0.0#keys

    Example:
        >>> key("github_owners"), key("a.b")
        ('github_owners', '"a.b"')
    """
    if re.fullmatch(r"[A-Za-z0-9_-]+", text):
        return text
    return string(text)


def _members(table: Table) -> str:
    lines = (
        f"{key(name)} = {string(it) if isinstance(it, str) else array(it)}\n"
        for name, it in table.items()
    )
    return "".join(lines)
