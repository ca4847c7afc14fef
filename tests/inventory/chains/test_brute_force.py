"""Chains in random organizations of eight roles, against trying every call."""

from __future__ import annotations

import pytest

import trust_widgets as tw
from support.brute_chains import Organization, made
from support.organizations import export
from trust_widgets.inventory.chains.assuming import AssumeQuestion, Assuming


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


def test_roles_that_no_own_policy_allows_are_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 30 roles that trust the whole account, each may assume the next one: 30 questions, one
    for each hop, and no question for the 870 other pairs.
    """
    asked: list[str] = []
    answer = AssumeQuestion.answer

    def counted(self: AssumeQuestion, wishes: bool = False) -> Assuming | None:
        asked.append(self.role.name)
        return answer(self, wishes)

    monkeypatch.setattr(AssumeQuestion, "answer", counted)
    roles = {
        f"r{n}": {"trust": ["root"], "can": [f"sts:AssumeRole r{(n + 1) % 30}"]} for n in range(30)
    }
    users = {"u": {"can": ["sts:AssumeRole r0"]}}
    inventory = tw.scan(export({"roles": roles, "users": users}), workers=1, progress=False)
    paths = inventory.paths(start="u", most_hops=40)
    assert len(paths) == 30
    assert len(asked) <= 31
