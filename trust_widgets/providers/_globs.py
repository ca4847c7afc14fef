"""Patterns with `*` and `?`, as `StringLike` reads them, in words."""

from __future__ import annotations


def is_exact(text: str) -> bool:
    """Whether a text admits itself alone."""
    return not set(text) & set("*?")


def is_anything(text: str) -> bool:
    """Whether a pattern is nothing but wildcards, with a `*` among them."""
    return "*" in text and not text.strip("*?")


def words(one: str, many: str, text: str) -> str:
    """A pattern for names in words.

    Args:
        one: what an exact name is called: `"branch"`.
        many: what any of them is called: `"any branch"`.
        text: the name or pattern.

    Example:
        >>> words("branch", "any branch", "main"), words("branch", "any branch", "release/*")
        ('branch main', 'any branch whose name begins with release/')
    """
    if is_exact(text):
        return f"{one} {text}".strip()
    if is_anything(text):
        return many
    if is_exact(text[:-1]) and text.endswith("*"):
        return f"{many} whose name begins with {text[:-1]}"
    if is_exact(text[1:]) and text.startswith("*"):
        return f"{many} whose name ends with {text[1:]}"
    return f"{many} whose name is like {text}"
