"""Each operator's value set, against how the evaluator reads the same value."""

from __future__ import annotations

import pytest

from trust_widgets.access.value_kinds import TEXT
from trust_widgets.access.value_sets import ValueSet, value_set_of
from trust_widgets.aws import operators
from trust_widgets.text.globs import pattern_from_text
from trust_widgets.text.tokens import admits

ARN = "arn:aws:iam::111122223333:role/app"
VALUES = {
    "String": ("team", "team-*", "t?am", "Team"),
    "ARN": (ARN, "arn:aws:iam::*:role/a*", "arn:aws:iam::1111222233?3:role/app"),
    "Numeric": ("5",),
    "Date": ("2026-11-30T00:00:00Z",),
    "IPAddress": ("192.0.2.0/24",),
    "Bool": ("true",),
    "Binary": ("dGVhbQ==",),
}
TEXTS = (
    "team",
    "Team",
    "team-",
    "team-a",
    "team-*",
    "a-team",
    "tEam",
    "t?am",
    "teams",
    "",
    ARN,
    f"{ARN}s",
)
BASES = [base for base in operators.BASES if base != "Null"]


def differing(language: ValueSet) -> list[str]:
    """Texts that the set has and the evaluator does not match, or the reverse."""
    return [
        text
        for text in TEXTS
        if any(admits(form, text) for form in language.tokens) != language.fits(text)
    ]


@pytest.mark.parametrize("base", BASES)
def test_a_value_set_is_what_the_evaluator_matches(base: str) -> None:
    """Of a text: the same texts. Of another kind: the points lie on both sides of the border.

    An operator whose set were taken for another's would let the search say "nobody" where somebody
    is allowed.
    """
    for value in VALUES[operators.type_of(base)]:
        language = value_set_of(base, (pattern_from_text(value),))
        if language.kind == TEXT:
            assert differing(language) == []
        else:
            assert {language.fits(point) for point in language.points} == {True, False}


def test_a_wrong_value_set_is_noticed() -> None:
    """An operator that matches a part of a text, with the set of one that matches the whole."""
    whole = value_set_of("StringEquals", (("team",),))
    part = ValueSet(TEXT, (lambda text: "team" in text,), whole.tokens)
    assert differing(part) == ["team-", "team-a", "team-*", "a-team", "teams"]
