"""Names of branches and tags, also out of a whole git ref."""

from __future__ import annotations

import pytest

from trust_widgets.text.git import branch_name, tag_name


@pytest.mark.parametrize("name", ["main", "release/2.0", "heads/main", "v1"])
def test_a_ref_is_its_name_and_a_name_is_its_own(name: str) -> None:
    assert branch_name(f"refs/heads/{name}") == name == branch_name(name)
    assert tag_name(f"refs/tags/{name}") == name == tag_name(name)


def test_a_ref_of_another_kind_is_left_to_the_rule() -> None:
    assert branch_name("refs/tags/v1") == "refs/tags/v1"
    assert tag_name("refs/heads/main") == "refs/heads/main"
