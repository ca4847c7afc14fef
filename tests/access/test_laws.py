"""All answers agree on policies from every source, also on random ones; `make laws` makes more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import trust_widgets as tw
from answer_laws import found_with
from support import laws
from support.laws import broken_laws, contradictions, contradictions_of_a_change
from support.real_policies import records
from trust_widgets.access import can_let_in

TESTS = Path(__file__).resolve().parents[1]
HOME = tw.Home(accounts=("111122223333",), organization="o-a1b2c3d4e5", github_owners=("octo-org",))


def cases_in(folder: str) -> list[dict[str, Any]]:
    """Return the cases of all files in a folder."""
    files = sorted((TESTS / folder).glob("*.json"))
    return [case for file in files for case in json.loads(file.read_text(encoding="utf-8"))]


def read(documents: Iterator[str]) -> list[tw.TrustPolicy]:
    """Return the policies, without the documents that are none."""
    found = []
    for document in documents:
        try:
            found.append(tw.parse(document))
        except tw.DocumentError:
            continue
    return found


def text_of(case: dict[str, Any]) -> str:
    """Return the document of a case."""
    return case["text"] if "text" in case else json.dumps(case["policy"])


SOURCES = {
    "planted/mistakes": lambda: map(text_of, cases_in("planted/mistakes")),
    "planted/good": lambda: map(text_of, cases_in("planted/good")),
    "evaluation/cases": lambda: map(text_of, cases_in("evaluation/cases")),
    "real policies": lambda: map(text_of, records()),
}


@pytest.mark.parametrize("home", [None, HOME], ids=["no home", "home"])
@pytest.mark.parametrize("source", SOURCES)
def test_nobody_is_left_out(source: str, home: tw.Home | None) -> None:
    """Whoever is public has a class, and so has each statement that can let somebody in."""
    policies = read(SOURCES[source]())
    assert len(policies) > 100
    broken = {str(policy): found for policy in policies if (found := broken_laws(policy, home))}
    assert broken == {}


@pytest.mark.parametrize("part", range(5))
def test_answers_about_random_policies_agree(part: int) -> None:
    """Operators that do not suit their key, variables, both cases, several statements and changes
    of them.
    """
    found = {seed: list(found_with(seed)) for seed in range(part, 80, 5)}
    assert {seed: each for seed, each in found.items() if each} == {}


EACH = {"planted/mistakes": 3, "planted/good": 2, "evaluation/cases": 8, "real policies": 12}
"""Every which of the policies of a source is asked about: it takes long."""


@pytest.mark.parametrize("source", SOURCES)
def test_answers_agree(source: str) -> None:
    """`evaluate`, `can_let_in`, `who_gets_in`, `is_public`, `check`, the summary, the picture."""
    policies = read(SOURCES[source]())[:: EACH[source]]
    found = {str(policy): contradictions(str(policy), HOME) for policy in policies}
    assert {text: each for text, each in found.items() if each} == {}


def policy_of(document: dict[str, Any]) -> tw.TrustPolicy:
    """Return a policy of one statement for everyone."""
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": "*"},
        "Action": "sts:AssumeRole",
        **document,
    }
    return tw.parse(json.dumps({"Version": "2012-10-17", "Statement": [statement]}))


def test_a_class_left_out_breaks_the_laws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both laws notice it, and neither does where nobody comes in."""
    dead = policy_of({"Condition": {"StringEquals": {"sts:ExternalId": "a*"}}})
    assert can_let_in(dead, 0).found is False
    monkeypatch.setattr(tw, "who_gets_in", lambda policy, home: ())
    assert len(broken_laws(policy_of({}))) == 2
    assert broken_laws(dead) == []


def test_not_decided_is_not_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """A statement of which `can_let_in` is not sure has a class too."""
    monkeypatch.setattr(tw, "who_gets_in", lambda policy, home: ())
    monkeypatch.setattr(tw, "is_public", lambda policy, home: tw.Answer(None))
    monkeypatch.setattr("support.laws.can_let_in", lambda policy, number, home: tw.Answer(None))
    assert len(broken_laws(policy_of({}))) == 1


OPEN = str(policy_of({}))
WITH_ID = str(policy_of({"Condition": {"StringEquals": {"sts:ExternalId": "ab"}}}))
DEAD = str(policy_of({"Condition": {"StringEquals": {"sts:ExternalId": "a*"}}}))


def lies(monkeypatch: pytest.MonkeyPatch, name: str, answer: Any) -> None:
    """Let a function give one answer whatever it is asked, wherever the laws ask it."""
    monkeypatch.setattr(tw, name, lambda *_, **__: answer)


def test_each_wrong_answer_is_a_contradiction(monkeypatch: pytest.MonkeyPatch) -> None:
    """One function at a time says the opposite, and every time a law notices it."""
    assert [contradictions(text) for text in (OPEN, WITH_ID, DEAD)] == [[], [], []]
    classes = tw.who_gets_in(tw.parse(OPEN))
    wrong = (
        ("who_gets_in", (), OPEN, "which has no class"),
        ("who_gets_in", classes, DEAD, "which has a class"),
        ("who_gets_in", (), OPEN, "the picture lets 1 in"),
        ("is_public", tw.Answer(False), OPEN, "a class of who_gets_in has strangers"),
        ("check", (), DEAD, "check reports nothing dead"),
        ("check", tuple(tw.check(DEAD)), WITH_ID, "says that nobody is allowed"),
        ("check", tuple(tw.check(OPEN)), DEAD, "too permissive"),
    )
    for name, answer, text, words in wrong:
        with monkeypatch.context() as patched:
            lies(patched, name, answer)
            assert any(words in each for each in contradictions(text)), (name, words)


def test_a_summary_and_a_picture_of_others_are_contradictions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both stand in a model, and each is held against the classes."""
    monkeypatch.setattr(tw, "TrustModel", _NobodysModel)
    assert len(contradictions(OPEN)) == 1
    monkeypatch.setattr(laws, "rows_of", lambda *_, **__: [])
    assert len(contradictions(OPEN)) == 2


class _NobodysModel(tw.TrustModel):
    """A model whose summary says that nobody gets in."""

    def __init__(self, **written: Any) -> None:
        super().__init__(**written)
        self.summary = laws.NOBODY


def test_a_wrong_comparison_is_a_contradiction(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a policy that lets everybody in and one that lets nobody in, both directions."""
    assert contradictions_of_a_change(DEAD, OPEN) == contradictions_of_a_change(OPEN, DEAD) == []
    no = tw.Answer(False)
    lies(monkeypatch, "compare", tw.Comparison(no, no))
    found = contradictions_of_a_change(OPEN, DEAD)
    assert found
    assert all(each.startswith("lost is no") for each in found)


def test_a_gain_of_nobody_is_a_contradiction(monkeypatch: pytest.MonkeyPatch) -> None:
    """A policy that lets nobody in gains nobody; the witness is allowed by neither."""
    yes = tw.Answer(True, tw.Request("sts:AssumeRole", "arn:aws:iam::999988887777:user/eve"))
    lies(monkeypatch, "compare", tw.Comparison(yes, tw.Answer(False)))
    assert len(contradictions_of_a_change(DEAD, DEAD)) == 2
