"""Planted mistakes and good policies through this checker and through those that `pip` installs:
who names what, who calls a good policy bad, and how long a policy takes.

Run it by `make benchmark`, or alone by `.venv/bin/python benchmarks/checkers.py`. It needs PyPI,
gives each peer an environment of its own that is thrown away, prints figures and judges nothing.
`benchmarks/README.md` says how to read it. The set is `tests/planted`; what is known of each peer
stands in `benchmarks/peers/NAME.json`.

**Named**, the same rule for all: a finding above advice (above what the peer itself calls low or
informational) that speaks of the planted family, and says what the plant is: that IAM refuses it,
that it's dead, or that it's open. The family is the element at the planted place, read from its
path (`families.py`). Of ours the family is read from the finding's own path; a peer's rule has its
families and verdicts in its file, written by hand and in its favour.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from families import Told, is_named, ours_on, planted_family
from installing import peers_folder
from peer import STARTS, Peer, read, ready_peer

import trust_widgets as tw
from support.planted_judge import SETS, cases, text_of
from trust_widgets.findings import Verdict

HERE = Path(__file__).parent
PEERS = (
    "iam_policy_validator",
    "parliament",
    "checkov",
    "cfn_lint",
    "iam_to_english",
    "aws_guardrails",
    "cloudsplaining",
    "cfripper",
    "iamarmor",
)
FASTEST = "iam_policy_validator"  # the one that speed is compared with
TURNS, SAMPLE = 5, 60
OURS = "trust_widgets"


def main() -> int:
    """Print all tables; returns the exit status."""
    with peers_folder() as folder:
        peers = list(filter(None, (ready_peer(name, folder) for name in PEERS)))
        for package, why in read("not_run").items():
            print(f"{package}: not run: {why}")
        good = list(cases(SETS["planted"], "good"))
        mistakes = list(cases(SETS["planted"], "mistakes"))
        print_names(peers, good, mistakes)
        print_times(peers, [text_of(case) for case in [*good, *mistakes]])
        for peer in peers:
            peer.stop()
    return 0


def print_names(
    peers: list[Peer], good: list[dict[str, Any]], mistakes: list[dict[str, Any]]
) -> None:
    """Who names what, by verdict and by family; who says something at all; who calls a good policy
    bad.
    """
    told = {OURS: [ours_on(case) for case in mistakes]}
    alarms = {OURS: [bool(ours_on(case)) for case in good]}
    rules: dict[str, list[list[list[str]]]] = {}
    for peer in peers:
        answers = [
            answer["found"] for answer in peer.ask([text_of(case) for case in [*good, *mistakes]])
        ]
        rules[peer.name] = answers[: len(good)]
        told[peer.name] = [peer.speaks(found) for found in answers[len(good) :]]
        alarms[peer.name] = [
            any(peer.is_loud(severity) for _, severity, _ in found) for found in rules[peer.name]
        ]
        print_unmapped(peer, answers)
    wanted = [case for case in mistakes if case["verdict"] != Verdict.ADVICE]
    kept = [index for index, case in enumerate(mistakes) if case["verdict"] != Verdict.ADVICE]
    said = {name: [findings[index] for index in kept] for name, findings in told.items()}
    print(
        "\nmistakes named / mistakes of which anything above advice is said, by verdict; good"
        " policies called bad:"
    )
    print_table(wanted, said, [case["verdict"] for case in wanted], alarms)
    print("\nthe same by what the mistake is about:")
    print_table(wanted, said, [planted_family(case) for case in wanted], None)
    print_disagreements(peers, rules)


def print_unmapped(peer: Peer, answers: list[list[list[str]]]) -> None:
    """Rules that no file has: they count as something said, and name nothing."""
    fired = {rule for found in answers for rule, severity, _ in found if peer.is_loud(severity)}
    unknown = sorted(fired - set(peer.said["rules"]))
    if unknown:
        print(f"{peer.said['package']}: rules in no family: {', '.join(unknown)}")
    crashes = sum(any(severity == "crash" for _, severity, _ in found) for found in answers)
    if crashes:
        print(f"{peer.said['package']}: crashes on {crashes} documents; they count as nothing said")


def print_table(
    wanted: list[dict[str, Any]],
    told: dict[str, list[list[Told]]],
    groups: list[str],
    alarms: dict[str, list[bool]] | None,
) -> None:
    """A row a group, a column a checker."""
    sizes = Counter(groups)
    heads = [name.replace("iam_policy_validator", "iam_policy_val") for name in told]
    print(f"{'':12}{'of':>5} " + " ".join(f"{head:>15}" for head in heads))
    for group in sizes:
        row = [cell(wanted, findings, groups, group) for findings in told.values()]
        print(f"{group:12}{sizes[group]:5} " + " ".join(f"{each:>15}" for each in row))
    row = [cell(wanted, findings, groups, None) for findings in told.values()]
    print(f"{'all':12}{len(wanted):5} " + " ".join(f"{each:>15}" for each in row))
    if alarms:
        counts = [sum(alarms[name]) for name in told]
        print(
            f"{'false alarms':12}{len(alarms[OURS]):5} "
            + " ".join(f"{count:>15}" for count in counts)
        )


def cell(
    wanted: list[dict[str, Any]], told: list[list[Told]], groups: list[str], group: str | None
) -> str:
    """How many of a group are named, and of how many anything is said."""
    rows = [
        (case, found)
        for case, found, its in zip(wanted, told, groups, strict=True)
        if group in (None, its)
    ]
    return (
        f"{sum(is_named(case, found) for case, found in rows)} /"
        f" {sum(bool(found) for _, found in rows)}"
    )


def print_disagreements(peers: list[Peer], rules: dict[str, list[list[list[str]]]]) -> None:
    """What each peer calls bad in the good policies, and why we don't."""
    print("\nwhat is said of good policies, and why it is taken for a false alarm:")
    for peer in peers:
        fired = Counter(
            rule
            for found in rules[peer.name]
            for rule in {r for r, s, _ in found if peer.is_loud(s)}
        )
        print(
            f"  {peer.said['package']}: "
            + (", ".join(f"{r} {n}" for r, n in fired.most_common()) or "nothing")
        )
        explained = set()
        for each in peer.said["disagreements"]:
            if set(each["rules"]) & set(fired):
                explained |= set(each["rules"])
                print(f"    {', '.join(each['rules'])}: {each['why']}\n      {each['source']}")
        if set(fired) - explained:
            print(f"    not explained yet: {', '.join(sorted(set(fired) - explained))}")


def print_times(peers: list[Peer], texts: list[str]) -> None:
    """Cold and warm, in turns on the same texts, each text new in each turn."""
    sample = texts[:: max(1, len(texts) // SAMPLE)]
    ours: list[list[float]] = []
    theirs: dict[str, list[list[float]]] = {peer.name: [] for peer in peers}
    for turn in range(TURNS + 1):
        renewed = [
            text.replace('"Statement"', f'"Id": "turn{turn}", "Statement"', 1) for text in sample
        ]
        ours.append([seconds_for_check(text) for text in renewed])
        for peer in peers:
            theirs[peer.name].append([answer["seconds"] for answer in peer.ask(renewed)])
    fastest = [peer for peer in peers if peer.name == FASTEST]
    plain = fastest[0].ask(sample, plain=True) if fastest else []
    print(
        f"\ntime a policy: cold (a new process to its first answer, median of {STARTS}), warm"
        f" (median of {len(sample)}"
    )
    print(
        f"policies in {TURNS} turns), and how many times as long as ours (median of each policy's"
        " own ratio):"
    )
    print(
        f"  {OURS}: cold {1000 * statistics.median(cold_starts()):.0f} ms, warm"
        f" {1000 * middle(ours[1:]):.3f} ms"
    )
    for peer in peers:
        mine = theirs[peer.name][1:]
        pairs = [
            t / o
            for turn, their in zip(ours[1:], mine, strict=True)
            for o, t in zip(turn, their, strict=True)
        ]
        print(
            f"  {peer.said['package']}: cold {1000 * statistics.median(peer.cold):.0f} ms, "
            f"warm {1000 * middle(mine):.3f} ms, {statistics.median(pairs):.1f} times as long"
        )
    if plain:
        once = statistics.median(answer["seconds"] for answer in plain)
        print(
            f"  {FASTEST} above keeps its registry and its tables of AWS between calls; the call"
            " that its SDK documents"
        )
        print(
            f"  (`validate_json`) makes both anew: warm {1000 * once:.3f} ms,"
            f" {once / middle(ours[1:]):.1f} times as long"
        )


def middle(turns: list[list[float]]) -> float:
    """The median of all."""
    return statistics.median(seconds for turn in turns for seconds in turn)


def seconds_for_check(text: str) -> float:
    """How long our check of one text takes."""
    start = time.perf_counter()
    tw.check(text)
    return time.perf_counter() - start


def cold_starts() -> list[float]:
    """How long a new process of ours takes to its first answer."""
    program = "import sys, trust_widgets as tw; tw.check(sys.argv[1])"
    text = read(FASTEST)["examples"][0]["text"]
    times = []
    for _ in range(STARTS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", program, text], check=True, cwd=HERE.parent)
        times.append(time.perf_counter() - start)
    return times


if __name__ == "__main__":
    sys.exit(main())
