"""What the languages share: backslash escapes in double quotes, comments after `#`."""

from __future__ import annotations

from textwrap import wrap

WIDTH = 96  # characters of a comment's line
SHORT = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quoted(text: str, mark: str = '"') -> str:
    r"""Text between quotation marks, with escapes that Python, YAML and HCL all read alike.

    Whatever does not print (control characters, marks of direction, lone surrogates) is escaped, so
    that what is read is what is there.

    Sources: https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences,
    https://yaml.org/spec/1.1/#id872840,
    https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#template-expressions

    Example:
        >>> print(quoted('a "b"\n\u202ec'))
        "a \"b\"\n\u202ec"
    """
    if text.isprintable() and mark not in text and "\\" not in text:
        return f"{mark}{text}{mark}"  # nearly every text, and at every key
    return mark + "".join(f"\\{mark}" if char == mark else _escaped(char) for char in text) + mark


def _escaped(char: str) -> str:
    if char in SHORT or char.isprintable():
        return SHORT.get(char, char)
    if ord(char) <= 0xFFFF:
        return f"\\u{ord(char):04x}"
    return f"\\U{ord(char):08x}"


def comment(text: str) -> str:
    r"""Text as comment lines; nothing in it can end the comment.

    Example:
        >>> print(comment("Only once.\nrm -rf x"), end="")
        # Only once.
        # rm -rf x
    """
    lines = (part for line in text.splitlines() for part in wrapped_line(_printable(line)))
    return "".join(f"# {line}".rstrip() + "\n" for line in lines)


def wrapped_line(line: str) -> list[str]:
    """A line of a comment, broken between words where it is longer than a screen is wide."""
    return wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False) or [""]


def _printable(line: str) -> str:
    return "".join(char if char.isprintable() else " " for char in line)
