"""The text of a file that is named on the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from trust_widgets.readers import LARGEST_FILE, text_of_bytes


def text_of_file(name: str) -> str:
    """Return the characters of a file, line breaks as they are; `-` is the standard input.

    With UTF-16's mark before it, as Windows PowerShell's `>` writes it:
    https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_character_encoding

    Raises:
        OSError: for a file that cannot be read.
        ValueError: for a file that is too large, and one that is not text.
    """
    return text_of_bytes(_bytes_of(name))


def _bytes_of(name: str) -> bytes:
    """A file's bytes. A file that is too large is not read to its end."""
    if name != "-":
        with Path(name).open("rb") as file:
            return _bounded(file)
    if sys.stdin is None:  # as Python has it when a shell closed it with <&-
        raise ValueError("the standard input is closed")
    return _bounded(sys.stdin.buffer)


def _bounded(file: BinaryIO) -> bytes:
    data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise ValueError(
            f"larger than {LARGEST_FILE // 1024**2} MiB: split it into files with one "
            "role or one policy each"
        )
    return data
