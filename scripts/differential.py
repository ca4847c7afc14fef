"""Compare the package with a brute-force decision on random policies: `make differential
PAIRS=40000 SEED=1`.

Each pair of policies is made from one seed, so that `python scripts/differential.py 1 SEED` repeats
a single pair. The exit status is 1 if there is a disagreement; the smallest policies that show it
are printed.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from support.brute_force.comparison import Disagreement, run
from support.brute_force.policies import PolicyMaker
from support.brute_force.shrinking import shrunk

_MOST_SHOWN = 20
_PAIRS_OF_A_STEP = 1000


def main(arguments: list[str] | None = None) -> int:
    """Run, print what came of it, and return the exit status."""
    parser = argparse.ArgumentParser(description="Compare the package with a brute-force decision.")
    parser.add_argument(
        "pairs", type=int, nargs="?", default=2000, help="how many pairs of policies"
    )
    parser.add_argument("seed", type=int, nargs="?", default=1, help="the seed of the first pair")
    options = parser.parse_args(arguments)
    seeds = range(options.seed, options.seed + options.pairs)
    start = time.perf_counter()
    report = run(())
    for step in range(0, len(seeds), _PAIRS_OF_A_STEP):
        part = run(seeds[step : step + _PAIRS_OF_A_STEP])
        report.counts.update(part.counts)
        report.disagreements.extend(part.disagreements)
        done = min(step + _PAIRS_OF_A_STEP, len(seeds))
        print(f"{done} pairs, {len(report.disagreements)} disagreements", flush=True)
    seconds = time.perf_counter() - start
    print(f"seeds {options.seed} to {seeds.stop - 1}, {seconds:.0f} seconds")
    for name, count in sorted(report.counts.items()):
        print(f"  {name}: {count}")
    print_disagreements(report.disagreements)
    return 1 if report.disagreements else 0


def print_disagreements(disagreements: list[Disagreement]) -> None:
    """Print the first of them, each with the smallest policies that show it."""
    for each in disagreements[:_MOST_SHOWN]:
        old, new = PolicyMaker(each.seed).pair()
        print(f"\n{shrunk(old, new, each)}")
    if len(disagreements) > _MOST_SHOWN:
        others = sorted({each.seed for each in disagreements[_MOST_SHOWN:]})
        print(f"\nFurther disagreements at the seeds {', '.join(map(str, others))}")


if __name__ == "__main__":
    sys.exit(main())
