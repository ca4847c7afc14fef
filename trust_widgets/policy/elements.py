"""Element names a trust policy knows, and which of them a misspelt one was meant to be.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from trust_widgets.aws.principals import PRINCIPAL_KINDS

DOCUMENT_ELEMENTS = ("Version", "Id", "Statement")
STATEMENT_ELEMENTS = (
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
)
KIND_NAMES = PRINCIPAL_KINDS


def nearest_name(name: str, known: Iterable[str]) -> str | None:
    """The known name that a misspelt one was most likely meant to be.

    Example:
        >>> (
        ...     nearest_name("principle", STATEMENT_ELEMENTS),
        ...     nearest_name("Comment", STATEMENT_ELEMENTS),
        ... )
        ('Principal', None)
    """
    by_lower = {word.lower(): word for word in known}
    close = get_close_matches(name.strip().lower(), by_lower, n=1, cutoff=0.75)
    if close:
        return by_lower[close[0]]
    return None
