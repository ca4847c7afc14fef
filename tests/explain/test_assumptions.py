"""Each assumption has a section in the docs, with a call that really rests on it."""

from __future__ import annotations

from pathlib import Path

import pytest

import assumption_pages
from trust_widgets.explain import ASSUMPTIONS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "assumptions.md"


@pytest.mark.parametrize("name", ASSUMPTIONS)
def test_the_example_rests_on_its_assumption(name: str) -> None:
    """And nothing rests on another one but on what may stop any caller on its own side."""
    assumptions = assumption_pages.EXAMPLES[name].decision.assumptions
    assert name in assumptions and set(assumptions) <= {name, "boundary_and_arn"}


def test_every_assumption_has_its_section() -> None:
    """In order, with AWS's page and all that a reader asks."""
    sections = PAGE.read_text(encoding="utf-8").split("\n## `")[1:]
    assert (
        [section.partition("`")[0] for section in sections]
        == list(ASSUMPTIONS)
        == list(assumption_pages.EXAMPLES)
    )
    for section, assumption in zip(sections, ASSUMPTIONS.values(), strict=True):
        assert f"[AWS's page]({assumption.source})" in section
        for asked in (
            "Assumed",
            "What AWS leaves open",
            "The request",
            "The decision",
            "If AWS behaved otherwise",
        ):
            assert f"\n**{asked}:** " in section
