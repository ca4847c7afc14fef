"""Mutate texts that people paste, and look whether the boxes for them hold: `make hostile-pasted
TEXTS=200000 SEED=1`.

Each text is made from one seed, so that `python scripts/fuzz_pasted.py 1 SEED` repeats it. The exit
status is 1 if a text crashed a box, took more than two seconds, or left a secret behind.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from support.pasted_fuzz import run

_MOST_SHOWN = 20


def main(arguments: list[str] | None = None) -> int:
    """Run, print what came of it, and return the exit status."""
    parser = argparse.ArgumentParser(description="Mutate texts that people paste.")
    parser.add_argument("texts", type=int, nargs="?", default=2000, help="how many texts")
    parser.add_argument("seed", type=int, nargs="?", default=1, help="the seed of the first")
    options = parser.parse_args(arguments)
    start = time.perf_counter()
    report = run(options.seed, options.texts, lambda line: print(line, flush=True))
    print(f"{options.texts} texts, {time.perf_counter() - start:.0f} seconds,", end=" ")
    print(f"slowest {report.slowest:.2f} seconds, {len(report.faults)} faults")
    for name, count in sorted(report.counts.items()):
        print(f"  {name}: {count}")
    print("\n".join(report.faults[:_MOST_SHOWN]))
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
