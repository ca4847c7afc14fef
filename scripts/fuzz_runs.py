"""What the fuzzers that begin with a seed share: their command line and what they print."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

_MOST_SHOWN = 50
Say = Callable[[str], None]


class FuzzReport(Protocol):
    """What a run found.

    Args:
        counts: how often what was made. faults: a line for each.
        slowest: seconds of the processor, and the seed.
    """

    counts: Counter[str]
    faults: list[str]
    slowest: tuple[float, int]


def fuzz(
    description: str, run: Callable[[int, int, Say], FuzzReport], arguments: list[str] | None
) -> int:
    """Run, print what came of it, and return the exit status: 1 where there was a fault.

    Args:
        description: what is done, as a sentence.
        run: gets the first seed, how many texts, and what it says its progress to.
        arguments: of the command line; `None` for those of the process.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("texts", type=int, nargs="?", default=2000, help="how many texts")
    parser.add_argument("seed", type=int, nargs="?", default=1, help="the seed of the first")
    options = parser.parse_args(arguments)
    start = time.perf_counter()
    report = run(options.seed, options.texts, lambda line: print(line, flush=True))
    seconds, seed = report.slowest
    print(f"{options.texts} texts, {time.perf_counter() - start:.0f} seconds,", end=" ")
    print(f"slowest {seconds:.2f} seconds (seed {seed}), {len(report.faults)} faults")
    for name, count in sorted(report.counts.items()):
        print(f"  {name}: {count}")
    print("\n".join(report.faults[:_MOST_SHOWN]))
    return 1 if report.faults else 0
