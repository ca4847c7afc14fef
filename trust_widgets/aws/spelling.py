"""The words that one slip of the fingers makes of a word."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase


def one_letter_off(word: str) -> Iterator[str]:
    """All words with one letter more, less or other, or two exchanged.

    Digits stay: they distinguish versions.

    Example:
        >>> "lambda" in one_letter_off("lamda"), "lexv2" in one_letter_off("lexv1")
        (True, False)
    """
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after[:1].isdigit():
            rest = after
        else:
            rest = after[1:]
        yield before + rest
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in ascii_lowercase + "-":
            yield before + letter + after
            yield before + letter + rest
