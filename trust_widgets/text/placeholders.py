"""Placeholders of templates that nothing filled in."""

from __future__ import annotations

import re

# A policy variable names a condition key, "${aws:username}", a character, "${*}", or has a default.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
_MARKED = re.compile(
    r"<[^<>]+>"
    r"|\{\{[^{}]*\}\}"
    r"|\$\{(?![*?$]\})(?:[^{}:,]*|[^{}]*::[^{}]*)\}"
    # Not a UUID in braces, with which Bitbucket's subjects begin.
    r"|(?<![${])\{(?![0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-)[A-Za-z_][\w .-]*\}"
)
_WORDS = re.compile(
    r"(?<![A-Za-z0-9])(?:YOUR[_-](?:[A-Z0-9_-]*[A-Z0-9])|your_[a-z0-9_]+)"
    r"|(?<![A-Za-z0-9])(?:X{4,}|x{4,})(?![A-Za-z0-9])"
    r"|X{6,}"
)


def marked_placeholder(text: str) -> str:
    """The first placeholder in brackets or braces; `""` where there is none.

    Example:
        >>> marked_placeholder("arn:aws:iam::<ACCOUNT_ID>:role/app")
        '<ACCOUNT_ID>'
        >>> marked_placeholder("${AWS::AccountId}"), marked_placeholder("{{ account }}")
        ('${AWS::AccountId}', '{{ account }}')
        >>> marked_placeholder("app-${aws:username}-${*}")
        ''
        >>> marked_placeholder("{a7c4a9e2-3b1f-4d60-9a52-0c8e7f6d5b41}:*")
        ''
    """
    found = _MARKED.search(text)
    if found:
        return found[0]
    return ""


def why_unfilled(text: str) -> str:
    """What is wrong with a text that holds a placeholder, as a sentence; `""` where it holds none.

    Example:
        >>> why_unfilled("arn:aws:iam::<ACCOUNT_ID>:root")
        '"<ACCOUNT_ID>" looks like a placeholder. Replace it with the real value.'
    """
    left = placeholder_in(text)
    if left:
        return f'"{left}" looks like a placeholder. Replace it with the real value.'
    return ""


def placeholder_in(text: str) -> str:
    """The first placeholder, in brackets or in words; `""` where there is none.

    Example:
        >>> placeholder_in("arn:aws:iam::YOUR_ACCOUNT_ID:role/app"), placeholder_in("vpc-xxxxxxxx")
        ('YOUR_ACCOUNT_ID', 'xxxxxxxx')
        >>> placeholder_in("oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE")
        ''
    """
    marked = marked_placeholder(text)
    if marked:
        return marked
    found = _WORDS.search(text)
    if found:
        return found[0]
    return ""
