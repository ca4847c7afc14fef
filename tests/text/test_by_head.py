"""Whether a text fits one of many values: the index answers as trying each of them does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trust_widgets.text import by_head
from trust_widgets.text.globs import matcher_from_pattern, matches, pattern_from_text

PATTERNS = st.text("ab*?", max_size=5)


@given(st.lists(PATTERNS, max_size=12), st.text("ab", max_size=5))
def test_the_index_answers_as_each_value_does(values: list[str], text: str) -> None:
    """Whatever the values begin with, an asterisk and nothing among them."""
    patterns = [pattern_from_text(value) for value in values]
    index = by_head.TestsByHead(
        (by_head.literal_head(each), matcher_from_pattern(each)) for each in patterns
    )
    assert index.is_met(text) == any(matches(value, text) for value in values)


def test_the_head_is_what_comes_before_the_first_wildcard() -> None:
    """Each text of the pattern begins so."""
    heads = [
        by_head.literal_head(pattern_from_text(text))
        for text in ("octo-*/x", "*", "", "app", "a?b")
    ]
    assert heads == ["octo-", "", "", "app", "a"]
