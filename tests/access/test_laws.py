"""`is_public`, `who_gets_in` and `can_let_in` agree on policies from every source; random ones:
`test_brute_force.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import trust_widgets as tw
from support.laws import broken_laws
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
