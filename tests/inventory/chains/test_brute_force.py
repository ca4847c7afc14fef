"""Chains in random organizations of eight roles, against trying every call."""

from __future__ import annotations

import pytest

import trust_widgets as tw
from support.brute_chains import Organization, made
from support.organizations import export


def names_found(seed: int) -> tuple[set[str], set[str]]:
    """The roles that are reached for sure, and those that are reached perhaps."""
    inventory = tw.scan(export(made(seed)), workers=1, progress=False)
    paths = inventory.paths(start="u")
    names = {path.target: path.certain for path in paths}
    certain = {arn.rpartition("/")[2] for arn, is_sure in names.items() if is_sure}
    return certain, {arn.rpartition("/")[2] for arn in names}


@pytest.mark.parametrize("seed", range(10))
def test_the_search_finds_what_trying_finds(seed: int) -> None:
    """No more, no less; for sure and perhaps."""
    organization = Organization(made(seed))
    certain, every = names_found(seed)
    assert certain == {name.partition("@")[0] for name in organization.reached(only_certain=True)}
    assert every == {name.partition("@")[0] for name in organization.reached(only_certain=False)}
