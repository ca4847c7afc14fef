"""Two texts side by side, with what differs marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trust_widgets.text.diff import DiffText, diff_texts, similarity
from trust_widgets.text.globs import matches

TEXTS = st.text(alphabet="ab*?:/-", max_size=12)


@pytest.mark.parametrize(
    ("has", "wants", "wildcards", "marks"),
    [
        (
            "repo:octo-org/app:environment:prod",
            "repo:octo-org/app:ref:refs/heads/main",
            False,
            ("environment:prod", "ref:refs/heads/main"),
        ),
        (
            "repo:octo-org/app:environment:prod",
            "repo:octo*/app:ref:refs/heads/main",
            True,
            ("environment:prod", "ref:refs/heads/main"),
        ),
        (
            "repo:octo-org/app:pull_request",
            "repo:octo-org/*:environment:prod",
            True,
            ("pull_request", "environment:prod"),
        ),
        ("repo:Octo-Org/app", "repo:octo-org/app", False, ("Octo-Org", "octo-org")),
        (
            "repo:octo-org/app:ref:refs/heads/main",
            "repo:octo-org/app:*",
            False,
            ("ref:refs/heads/main", "*"),
        ),
        (
            "arn:aws:iam::444455556666:role/a",
            "arn:aws:iam::444455557777:role/a",
            False,
            ("444455556666", "444455557777"),
        ),
        ("prod", "production", False, ("prod", "production")),
        ("app-2", "app", False, ("-2", "")),
        ("sts.amazonaws.com", "sts.amazonaws.com", False, ("", "")),
    ],
)
def test_the_differing_part_is_marked(
    has: str, wants: str, wildcards: bool, marks: tuple[str, str]
) -> None:
    """From the first word that differs to the last; wildcards of a pattern fit what they stand
    for.
    """
    pair = diff_texts(has, wants, wildcards)

    assert (pair[0].differs, pair[1].differs) == marks


@given(TEXTS, TEXTS, st.booleans())
def test_nothing_is_lost_or_made_up(has: str, wants: str, wildcards: bool) -> None:
    """The three pieces of each side are its text."""
    assert tuple("".join(side) for side in diff_texts(has, wants, wildcards)) == (has, wants)


@given(TEXTS, TEXTS)
def test_texts_that_differ_have_a_mark(has: str, wants: str) -> None:
    """And equal ones have none."""
    one, other = diff_texts(has, wants)

    assert bool(one.differs or other.differs) == (has != wants)


@given(TEXTS, TEXTS)
def test_what_stands_before_and_after_the_mark_fits(has: str, wants: str) -> None:
    """Read as a pattern, the policy's ends admit those of the call."""
    one, other = diff_texts(has, wants, wildcards=True)

    assert matches(other.before, one.before)
    assert matches(other.after, one.after)


def test_the_nearest_has_most_in_common() -> None:
    """Of two values the one that goes further with the call's."""
    near, far = (
        diff_texts("refs/heads/main", wants) for wants in ("refs/heads/prod", "refs/tags/v1")
    )

    assert similarity(near) > similarity(far)
    assert similarity((DiffText("", "a", ""), DiffText("", "b", ""))) == 0


def test_a_very_long_text_is_compared_letter_by_letter() -> None:
    """A hostile pattern of asterisks takes no time."""
    one, other = diff_texts("a" * 100_000 + "b", "*a" * 50_000, wildcards=True)

    assert "".join(one).endswith("ab") and "".join(other).startswith("*a")
