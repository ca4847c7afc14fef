"""Texts in another language than JSON."""

from __future__ import annotations

import re
from typing import NamedTuple

from trust_widgets.text.json.tree import JsonFault, Span

_LONGEST_HEAD = 4000  # characters in which a language is looked for


class _Language(NamedTuple):
    name: str
    begins: re.Pattern[str]
    advice: str


_LANGUAGES = (
    _Language(
        "Terraform",
        re.compile(
            r"\s*(?:\#[^\n]*\n\s*)*(?:resource|data|module|locals|statement|variable)\b[^\n:]*\{"
        ),
        "Paste what Terraform makes of it: `terraform show -json`, or the role's trust policy from"
        " the console.",
    ),
    _Language(
        "YAML",
        re.compile(r"\s*(?:---\s|(?:\#[^\n]*\n\s*)*(?:- )?[A-Za-z]+:(?:\s|$))"),
        "Paste it as JSON: the same names and values, with braces, brackets and double quotes.",
    ),
    _Language(
        "XML", re.compile(r"\s*<[?!a-zA-Z]"), "Paste the trust policy itself, which is JSON."
    ),
)


def other_language(text: str) -> JsonFault | None:
    """The fault of a text that is no JSON document that could be fixed bit by bit, but Terraform,
    YAML or XML.

    Example:
        >>> other_language("Version: 2012-10-17").message[:20]
        'This looks like YAML'
    """
    head = text[:_LONGEST_HEAD]
    for language in _LANGUAGES:
        if language.begins.match(head):
            message = (
                f"This looks like {language.name}; IAM takes trust policies as JSON."
                f" {language.advice}"
            )
            return JsonFault("other_language", message, Span(0, len(text)))
    return None
