"""Globs compared by trying every short text: slow, and plainly right."""

from __future__ import annotations

import random
from itertools import product

from trust_widgets.text.globs import matches

LETTERS = "abx"  # x is the letter that no pattern names
LONGEST = 6
TEXTS = tuple(
    "".join(letters) for length in range(LONGEST + 1) for letters in product(LETTERS, repeat=length)
)


def brute(all_of: list[list[str]], none_of: list[str]) -> str | None:
    """A shortest text that one glob of each group admits and no other one; `None`: no text up to
    six letters.
    """
    for text in TEXTS:
        fits = all(any(matches(glob, text) for glob in group) for group in all_of)
        if fits and not any(matches(glob, text) for glob in none_of):
            return text
    return None


def some_globs(chance: random.Random) -> tuple[list[list[str]], list[str]]:
    """Groups of globs, and globs that shall not fit."""
    groups = [
        [_glob(chance) for _ in range(chance.randint(1, 2))] for _ in range(chance.randint(0, 2))
    ]
    return groups, [_glob(chance) for _ in range(chance.randint(0, 3))]


def _glob(chance: random.Random) -> str:
    return "".join(chance.choice("aab**?") for _ in range(chance.randint(0, 5)))
