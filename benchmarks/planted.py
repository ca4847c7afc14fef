"""How many planted mistakes the checker names, and how many good policies it leaves alone.

Run it by `.venv/bin/python benchmarks/planted.py [--verbose]`. It prints counts and judges nothing;
`--verbose` lists what was missed. The sets are `tests/planted` and `tests/planted_2026`; their
READMEs say how they were made and what their fields mean. `tests/support/planted_judge.py` says
when a mistake counts as named.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support.planted_judge import (
    NAMED,
    SETS,
    above_advice,
    cases,
    findings_of,
    result_of,
    verdicts_of,
)
from trust_widgets.findings import Verdict


def main() -> int:
    """Print the counts; returns the exit status."""
    arguments = argparse.ArgumentParser(description="How many planted mistakes are named.")
    arguments.add_argument("--verbose", action="store_true", help="list what was missed")
    verbose = arguments.parse_args().verbose
    for name, folder in SETS.items():
        print(f"-- {name}")
        print_mistakes(folder, verbose)
        print_good(folder, verbose)
    return 0


def print_mistakes(folder: Path, verbose: bool) -> None:
    """How many are named, by verdict, and how the others were missed."""
    results = [(case, result_of(case)) for case in cases(folder, "mistakes")]
    total = Counter(verdicts_of(case)[0] for case, _ in results)
    named = Counter(verdicts_of(case)[0] for case, result in results if result == NAMED)
    missed = Counter(result for _, result in results if result != NAMED)
    for verdict in Verdict:
        print(f"{verdict}: {named[verdict]} of {total[verdict]} named")
    share = 100 * named.total() / total.total()
    print(f"all: {named.total()} of {total.total()} named ({share:.1f} %)")
    strict = sum(result_of(case, strict=True) == NAMED for case, _ in results)
    share = 100 * strict / total.total()
    print(f"strictly, with what is missing reported at the statement: {strict} ({share:.1f} %)")
    reasons = [f"{count} {result}" for result, count in missed.most_common()]
    print("missed:", "; ".join(reasons) or "none")
    twice = sum(len(above_advice(findings_of(case))) > 1 for case, _ in results)
    print(f"one mistake reported more than once above advice: {twice} of {len(results)}")
    if not verbose:
        return
    for case, result in results:
        if result == NAMED:
            continue
        verdict = " or ".join(verdicts_of(case))
        print(f"  {case['family']}/{case['name']}: {verdict}; {result}")
        for finding in findings_of(case):
            print(f"      {finding}")


def print_good(folder: Path, verbose: bool) -> None:
    """How many good policies are left alone."""
    results = [(case, above_advice(findings_of(case))) for case in cases(folder, "good")]
    print(f"good: {sum(not found for _, found in results)} of {len(results)} quiet")
    if not verbose:
        return
    for case, found in results:
        for finding in found:
            print(f"  {case['family']}/{case['name']}: {finding}")


if __name__ == "__main__":
    sys.exit(main())
