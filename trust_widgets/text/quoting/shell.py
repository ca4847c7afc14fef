"""POSIX shell: words, commands, here-documents.

Source: https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from trust_widgets.text.quoting._text import comment as comment

PLAIN = re.compile(r"[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*")


def quote(text: str) -> str:
    """One word that the shell hands on unchanged, whatever is in it.

    Raises:
        ValueError: for a NUL, which no argument of a process can hold.

    Example:
        >>> print(quote("it's $HOME"), quote("role/app"))
        'it'\\''s $HOME' role/app
    """
    if "\0" in text:
        raise ValueError("an argument cannot hold a NUL character")
    if PLAIN.fullmatch(text):
        return text
    return "'" + text.replace("'", "'\\''") + "'"


def command(words: Sequence[str], options: Mapping[str, str]) -> str:
    r"""A command with its options, each on its own line.

    A value that begins with `-` is joined by `=`, or it would be read as an option.

    Args:
        words: the command and its subcommands.
        options: option names with their leading dashes, and their values.

    Example:
        >>> options = {"--role-name": "app", "--description": "-x"}
        >>> print(command(("aws", "iam", "create-role"), options))
        aws iam create-role \
          --role-name app \
          --description=-x
    """
    said = (
        f"{quote(name)}{'=' if value.startswith('-') else ' '}{quote(value)}"
        for name, value in options.items()
    )
    return " \\\n  ".join((" ".join(quote(word) for word in words), *said))


def list_of_one(text: str) -> str:
    """A list of one text, for an option of the AWS CLI that takes several.

    Version 1 of the AWS CLI reads a value that begins with `http://` or `https://` from that
    address, so such a text is written as a JSON list.
    https://docs.aws.amazon.com/cli/v1/userguide/cli-usage-parameters-file.html

    Example:
        >>> print(list_of_one("sts.amazonaws.com"), list_of_one("https://gitlab.com"))
        sts.amazonaws.com ["https://gitlab.com"]
    """
    if text.startswith(("http://", "https://")):
        return json.dumps([text])
    return text


def heredoc(text: str) -> str:
    r"""A here-document whose text the shell leaves as it is; its last line ends with a newline.

    Raises:
        ValueError: for a NUL.

    Example:
        >>> print("cat " + heredoc("EOF\n$HOME\n"), end="")
        cat <<'EOF1'
        EOF
        $HOME
        EOF1
    """
    if "\0" in text:
        raise ValueError("a shell script cannot hold a NUL character")
    lines = text.removesuffix("\n").split("\n")
    names = ("EOF", *(f"EOF{number}" for number in range(1, len(lines) + 1)))
    end = next(name for name in names if name not in lines)
    body = text
    if text and not text.endswith("\n"):
        body += "\n"
    return f"<<'{end}'\n{body}{end}\n"
