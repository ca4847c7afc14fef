"""Where the simulator answers otherwise than we do: by cause, each explained with AWS's page."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from simulator import HERE, Case, Peer

from trust_widgets import evaluate, parse

ANSWERS = {
    "Allowed": "allowed",
    "ImplicitlyDenied": "not allowed",
    "ExplicitlyDenied": "denied",
    "error": "error",
}


def print_differences(cases: list[Case], peer: Peer) -> None:
    """The answers that differ, by cause, each with AWS's page."""
    asked = [(case, call) for case in cases for call in case.calls]
    told = peer.ask("answers", cases=[[case.text, call] for case, call in asked])
    answers: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for (case, _), answer in zip(asked, told, strict=True):
        answers.setdefault((case.stem, case.name), []).append(answer)
    differing = []
    for case in cases:
        answer = worst(answers[case.stem, case.name])
        ours = str(evaluate(parse(case.text), case.request).outcome)
        if ours != answer["said"]:
            differing.append((case, ours, answer))
    print(f"answers: {len(cases) - len(differing)} of {len(cases)} alike, {len(differing)} differ:")
    print_causes(differing)


def worst(answers: list[dict[str, Any]]) -> dict[str, Any]:
    """What several answers come to: a call is let in only when all its actions are."""
    order = ("error", "denied", "not allowed", "allowed")
    said = [{**answer, "said": ANSWERS[answer["answer"]]} for answer in answers]
    return min(said, key=lambda answer: order.index(answer["said"]))


def print_causes(differing: list[tuple[Case, str, dict[str, Any]]]) -> None:
    """A paragraph a cause: how many, who says what, why, and the page."""
    causes = json.loads((HERE / "peers" / "decisions.json").read_text("utf-8"))
    groups: dict[str, list[tuple[Case, str, dict[str, Any]]]] = {}
    for case, ours, answer in differing:
        groups.setdefault(cause_of(case, answer, causes), []).append((case, ours, answer))
    for name, members in sorted(groups.items(), key=lambda group: -len(group[1])):
        said = Counter(f"ours {ours}, peer {answer['said']}" for _, ours, answer in members)
        print(
            f"  {name} ({len(members)}): "
            + "; ".join(f"{count} {which}" for which, count in said.most_common())
        )
        if name in causes:
            print(f"    {causes[name]['why']}\n    {causes[name]['source']}")
        else:
            print(
                "".join(
                    f"    not explained yet: {case.stem}: {case.name}\n" for case, _, _ in members
                ),
                end="",
            )


def cause_of(case: Case, answer: dict[str, Any], causes: dict[str, Any]) -> str:
    """The first cause whose words stand in the case's name or policy, or whose kind of key the peer
    left out.
    """
    for name, cause in causes.items():
        if cause.get("ignored") and answer["ignored"]:
            return name
        if any(words in f"{case.stem}: {case.name}" for words in cause.get("names", ())):
            return name
    return "no cause"
