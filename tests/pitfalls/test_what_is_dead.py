"""What is called dead is dead: no call passes a dead statement, and a dead value lets nobody in
that others do not.

Both are asked of the search, which knows nothing of the rules. A few rules rest on facts that it
does not hold, such as what an issuer's subjects look like; they are named here with that fact, and
only as long as they need to be.
"""

from __future__ import annotations

import dataclasses
import json

import pytest

from support.asking import HOME
from support.real_policies import records
from trust_widgets import TrustModel
from trust_widgets.access import can_let_in, compare, is_public, summary_of, who_gets_in
from trust_widgets.findings import Finding, Verdict
from trust_widgets.pitfalls import PITFALLS, check
from trust_widgets.pitfalls.precedence import dead_statements
from trust_widgets.policy import DocumentError, Home, Path, TrustPolicy, parse

BY_FACTS = {
    "owner_spelled_otherwise": "how the reader's owner is spelled",
}
DEAD = [name for name, pitfall in PITFALLS.items() if pitfall.verdict is Verdict.DEAD]


def living(policy: TrustPolicy, found: list[Finding], home: Home) -> list[str]:
    """What is said to be dead in a policy, and is not, with a call that shows it."""
    whole = dead_statements(found, policy)
    told = []
    for index in sorted({int(finding.path[1]) for finding in found}):
        if policy.statements[index].effect != "Allow":
            continue
        if ("Statement", index) in whole:
            answer = can_let_in(policy, index, home)
            told.extend([f"{answer.witness} passes"] if answer.found is not False else [])
            continue
        for finding in found:
            if finding.path[1] == index and finding.path[2] == "Condition":
                lost = compare(policy, without(policy, finding.path), home).lost
                told.extend(
                    [f"{lost.witness} needs {finding.path}"] if lost.found is not False else []
                )
    return told


def without(policy: TrustPolicy, path: Path) -> TrustPolicy:
    """The policy without one value of a condition."""
    index, value = int(path[1]), int(path[-1])
    statement = policy.statements[index]
    conditions = tuple(
        (
            dataclasses.replace(c, values=c.values[:value] + c.values[value + 1 :])
            if c.path == path[2:-1]
            else c
        )
        for c in statement.conditions
    )
    changed = dataclasses.replace(statement, conditions=conditions)
    return dataclasses.replace(
        policy, statements=(*policy.statements[:index], changed, *policy.statements[index + 1 :])
    )


def dead_of(text: str, home: Home, *names: str) -> list[Finding]:
    """The dead findings of some rules."""
    return [finding for finding in check(text, home) if finding.name in names]


def refused_statements(text: str) -> set[Path]:
    """The paths of the statements in which IAM refuses something."""
    return {f.path[:2] for f in check(text, HOME) if f.verdict is Verdict.REFUSED}


@pytest.mark.parametrize("name", [name for name in DEAD if name not in BY_FACTS])
def test_its_examples_are_dead(name: str) -> None:
    """No call passes what a rule's own examples show."""
    home = PITFALLS[name].home
    for text in PITFALLS[name].bad:
        assert living(parse(text), dead_of(text, home, name), home) == []


@pytest.mark.parametrize("name", [name for name in DEAD if name not in BY_FACTS])
def test_nobody_is_shown_who_gets_in_by_a_dead_statement(name: str) -> None:
    """The list, the summary of a model, and whether the policy is public say the same."""
    home = PITFALLS[name].home
    for text in PITFALLS[name].bad:
        policy = parse(text)
        whole = dead_statements([f for f in check(text, home) if f.verdict is Verdict.DEAD], policy)
        assert not whole & {each.path for each in who_gets_in(policy, home)}, text
        if len(whole) == len(policy.statements):
            model = TrustModel(text=text)
            assert model.summary == summary_of(())
            assert is_public(policy, home).found is False


@pytest.mark.parametrize("name", BY_FACTS)
def test_it_rests_on_a_fact_that_the_search_does_not_hold(name: str) -> None:
    """Else it would not be named here."""
    home = PITFALLS[name].home
    assert any(
        living(parse(text), dead_of(text, home, name), home)
        or "Condition" not in told_at(text, name, home)
        for text in PITFALLS[name].bad
    )


def told_at(text: str, name: str, home: Home) -> set[str | int]:
    """The elements in which a rule finds something."""
    return {finding.path[2] for finding in dead_of(text, home, name)}


EXAMPLES = sorted(
    {
        text
        for pitfall in PITFALLS.values()
        for text in (*pitfall.bad, *pitfall.good)
        if len(text) < 2000
    }
)


def test_all_examples_of_all_rules() -> None:
    """What one rule says of another's examples is dead too."""
    searched = [name for name in DEAD if name not in BY_FACTS]
    for text in EXAMPLES:
        found = dead_of(text, HOME, *searched)
        assert not found or living(parse(text), found, HOME) == [], text


def test_collected_policies() -> None:
    """And what is said of real ones; a condition that IAM refuses has no meaning to search."""
    searched = [name for name in DEAD if name not in BY_FACTS]
    for record in records():
        text = json.dumps(record["policy"])
        refused = refused_statements(text)
        found = [f for f in dead_of(text, HOME, *searched) if f.path[:2] not in refused]
        try:
            assert not found or living(parse(text), found, HOME) == [], record["id"]
        except DocumentError:
            continue
