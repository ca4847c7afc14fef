"""The shipped data is what the script makes of its sources. Skipped where these are not at hand."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from support.real_policies import larger_sets

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "trust_widgets" / "aws" / "data"
NAMES = ("services.json", "condition_keys.json", "partitions.json", "accounts.json")


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    sources = larger_sets()
    if sources is None:
        pytest.skip("TRUST_WIDGETS_DATA does not name the folder of the sources")
    pytest.importorskip("yaml")
    texts: dict[str, str] = runpy.run_path(str(ROOT / "scripts" / "refresh_aws_data.py"))["made"](
        sources
    )
    return texts


def test_the_script_makes_all_that_is_not_kept_by_hand(made: dict[str, str]) -> None:
    assert set(made) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_shipped_data_is_up_to_date(made: dict[str, str], name: str) -> None:
    assert (SHIPPED / name).read_text(encoding="utf-8") == made[name], (
        "run scripts/refresh_aws_data.py"
    )
