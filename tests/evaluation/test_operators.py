"""Values as operators read them, by the pages of the operators and of the formats that those
name.
"""

from __future__ import annotations

import pytest

from trust_widgets.evaluation import seconds_from_text


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("2026-11-24T00:00:00-05:00", "2026-11-24T05:00:00Z"),
        ("2026-11-24T00:00:00+05:30", "2026-11-23T18:30:00Z"),
        ("2026-11-24T00:00:00+00:00", "2026-11-24T00:00:00Z"),
        ("2026-11-24", "2026-11-24T00:00:00Z"),
        ("2026-11", "2026-11-01T00:00:00Z"),
        ("2026", "2026-01-01T00:00:00Z"),
        ("1970-01-02", "86400"),
        ("1970-01-01T10:10:10Z", "36610"),
    ],
)
def test_a_date_is_a_moment(text: str, same: str) -> None:
    """Any form of ISO 8601 that W3C names, or seconds: https://www.w3.org/TR/NOTE-datetime"""
    assert seconds_from_text(text) == seconds_from_text(same) is not None


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "2026-13-01", "2026-11-31", "2026-11-24T25:00:00Z", "24.11.2026"]
)
def test_what_is_no_date(text: str) -> None:
    """A month, a day, an hour that there is not, or another form."""
    assert seconds_from_text(text) is None
