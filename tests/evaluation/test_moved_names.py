"""Names that left the package `evaluation` are found there for one version more."""

from __future__ import annotations

import pytest

import trust_widgets as tw
from trust_widgets import evaluation
from trust_widgets.evaluation.assumptions import ASSUMPTIONS


@pytest.mark.parametrize(
    ("name", "value"),
    [("evaluate", tw.evaluate), ("Decision", tw.Decision), ("ASSUMPTIONS", ASSUMPTIONS)],
)
def test_a_name_that_moved_is_found_with_a_warning(name: str, value: object) -> None:
    """The warning names the module to import from, and stands at the reader's own line."""
    with pytest.warns(DeprecationWarning, match="import it from trust_widgets") as warned:
        assert getattr(evaluation, name) is value
    assert warned[0].filename == __file__


def test_a_name_that_never_was_is_an_error() -> None:
    """As in any module."""
    with pytest.raises(AttributeError, match="has no attribute 'decided'"):
        _ = evaluation.decided
