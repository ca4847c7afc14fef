"""The values of an issuer's other claims: their form, a realistic one, and whose a value is.

A member of `issuers/` has them in `IssuerFacts.claim_values`. A key that is no claim, but whose
value the issuer vouches for, as Microsoft Sentinel does for the name of the session, stands there
by its whole name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from trust_widgets.text.automaton import member
from trust_widgets.text.budget import Budget
from trust_widgets.text.globs import is_exact, pattern_from_text, tidy
from trust_widgets.text.tokens import Glob, tokens_of_form, tokens_of_pattern, tokens_of_text

OWNER, WHOLE = "[^/*?]+/", r"[^*?]+\Z"
"""What has to be written out of a value that is one customer's: the owner, or all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimValues:
    """The values of one claim.

    Args:
        example: a realistic value.
        forms: the forms that a value may have, as `tokens_of_form` reads them; `()` where the
            vendor's page does not say.
        words: the form in words, as in `"holds OWNER/REPOSITORY"`; where `forms` is given.
        whose: a regular expression for the beginning of a pattern with wildcards that fits values
            of one customer alone, as an owner with the slash behind it; `""` where any customer
            may have any value.
    """

    example: str
    forms: tuple[str, ...] = ()
    words: str = ""
    whose: str = ""

    @property
    def globs(self) -> tuple[Glob, ...]:
        """The forms as sets of texts."""
        return tuple(map(tokens_of_form, self.forms))

    def is_one_customers(self, pattern: str) -> bool:
        """Whether a pattern for values, or a value, fits values of one customer alone.

        Example:
            >>> owner = ClaimValues(example="octo-org/app", whose=OWNER)
            >>> owner.is_one_customers("octo-org/*"), owner.is_one_customers("octo*")
            (True, False)
        """
        if not self.whose:
            return False
        return is_exact(pattern) or re.match(self.whose, pattern) is not None


def fits_some_value(values: ClaimValues, pattern: str, *, any_case: bool = False) -> bool:
    """Whether a claim can have a value that fits a pattern.

    Example:
        >>> ref = ClaimValues(example="refs/heads/main", forms=("refs/[^/][^/]*/[^?*][^?*]*",))
        >>> fits_some_value(ref, "refs/*"), fits_some_value(ref, "main")
        (True, False)
    """
    if not values.forms:
        return True
    glob = tokens_of_text(pattern, fold=True) if any_case else _tokens(pattern)
    return member([values.globs, (glob,)], (), Budget()) is not None


def _tokens(pattern: str) -> Glob:
    return tokens_of_pattern(pattern_from_text(pattern))


_SEPARATORS = re.compile("[/@:]")


def realistic_value(values: ClaimValues, pattern: str) -> str:
    """A value that fits a pattern, in which each `*` is what the example has there.

    Example:
        >>> name = ClaimValues(example="octo-org/app/.github/workflows/deploy.yml@refs/heads/main")
        >>> realistic_value(name, "octo-cat/ops/*")
        'octo-cat/ops/.github/workflows/deploy.yml@refs/heads/main'
        >>> realistic_value(name, "*/shared/*@refs/tags/v1")
        'octo-org/shared/.github/workflows/deploy.yml@refs/tags/v1'
    """
    first, *others = tidy(pattern).replace("?", "x").split("*")
    made, rest = first, _after(values.example, first)
    for piece in others:
        filler, rest = _before(rest, piece)
        made += filler + piece
        rest = _after(rest, piece)
    return made


def _after(example: str, piece: str) -> str:
    """What is left of an example behind a piece with the same separators."""
    if example.startswith(piece):
        return example.removeprefix(piece)
    for separator in _SEPARATORS.findall(piece):
        example = example.partition(separator)[2]
    if not _SEPARATORS.split(piece)[-1]:
        return example
    begun = _SEPARATORS.search(example)
    return example[begun.start() :] if begun else ""


def _before(example: str, piece: str) -> tuple[str, str]:
    """What an example has before a piece, and the rest of it."""
    separator = _SEPARATORS.search(piece)
    if separator is None:
        return example, ""
    head, found, tail = example.partition(separator[0])
    return head, f"{found}{tail}"
