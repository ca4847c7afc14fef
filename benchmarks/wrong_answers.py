"""The exercises' wrong answers through checkers that match keys and patterns: which they accept.

Run it by `make wrong-answers`. It needs PyPI, and writes `peers/wrong_answers.json`, which
`tests/exercises/test_elsewhere.py` reads. An answer is **accepted** when the checker says nothing
above what it itself calls low or informational.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "exercises" / "tasks"))

from installing import peers_folder
from peer import Peer, ready_peer

from trust_widgets.exercises import EXERCISES

PEERS = ("checkov", "iam_policy_validator")
FILE = Path(__file__).parent / "peers" / "wrong_answers.json"


def main() -> int:
    """Ask the checkers, and write what they say; returns the exit status."""
    answers = list(map(_record, *zip(*_answers(), strict=True)))
    texts = [answer.pop("policy") for answer in answers]
    with peers_folder() as folder:
        peers = list(filter(None, (ready_peer(name, folder) for name in PEERS)))
        for peer in peers:
            for answer, rules in zip(answers, _rules(peer, texts), strict=True):
                answer[peer.name] = rules
            peer.stop()
    if len(peers) < len(PEERS):
        return 1
    versions = {peer.name: peer.said["version"] for peer in peers}
    lines = ",\n  ".join(json.dumps(answer) for answer in answers)
    head = f'{{\n "versions": {json.dumps(versions)},\n "answers": [\n  '
    FILE.write_text(f"{head}{lines}\n ]\n}}\n", "utf-8")
    _print_counts(answers)
    return 0


def _answers() -> list[tuple[str, str, bool, str]]:
    """Exercise, title, whether it is right, and text of each answer."""
    listed = []
    for name, exercise in EXERCISES.items():
        wrong = importlib.import_module(f"test_{name}").WRONG
        listed += [(name, each.title, False, each.policy) for each in wrong]
        listed += [
            (name, f"solution {number}", True, text)
            for number, text in enumerate(exercise.solutions, 1)
        ]
    return listed


def _record(exercise: str, title: str, is_right: bool, policy: str) -> dict[str, Any]:
    digest = hashlib.sha256(policy.encode()).hexdigest()[:16]
    return {
        "exercise": exercise,
        "title": title,
        "right": is_right,
        "digest": digest,
        "policy": policy,
    }


def _rules(peer: Peer, texts: list[str]) -> list[list[str]]:
    """The rules that a checker names for each text."""
    return [
        sorted({rule for rule, severity, _ in answer["found"] if peer.is_loud(severity)})
        for answer in peer.ask(texts)
    ]


def _print_counts(answers: list[dict[str, Any]]) -> None:
    """How many wrong answers each checker accepts, and how many right ones it does not."""
    print(f"{'':30}{'wrong':>6}" + "".join(f"{name:>24}" for name in PEERS))
    for exercise in EXERCISES.values():
        wrong = [each for each in answers if each["exercise"] == exercise.name]
        wrong = [each for each in wrong if not each["right"]]
        accepted = [sum(not each[name] for each in wrong) for name in PEERS]
        cells = "".join(f"{count:>15} accepted" for count in accepted)
        print(f"{exercise.label:4}{exercise.name:26}{len(wrong):>6}{cells}")
    right = [each for each in answers if each["right"]]
    for name in PEERS:
        refused = sum(bool(each[name]) for each in right)
        print(f"{name}: says something about {refused} of {len(right)} right answers")


if __name__ == "__main__":
    sys.exit(main())
