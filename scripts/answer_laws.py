"""Hold the answers about random policies against each other: `make laws PAIRS=10000 SEED=1`.

Each pair of policies is made from one seed, so that `python scripts/answer_laws.py 1 SEED` repeats
a single pair. The exit status is 1 if two answers contradict each other.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from support.brute_force.comparison import HOME
from support.brute_force.policies import PolicyMaker
from support.laws import contradictions, contradictions_of_a_change

_MOST_SHOWN = 20
_PAIRS_OF_A_STEP = 200


def main(arguments: list[str] | None = None) -> int:
    """Run, print what came of it, and return the exit status."""
    parser = argparse.ArgumentParser(description="Hold answers about policies against each other.")
    parser.add_argument("pairs", type=int, nargs="?", default=2000, help="how many pairs")
    parser.add_argument("seed", type=int, nargs="?", default=1, help="the seed of the first pair")
    options = parser.parse_args(arguments)
    start, found = time.perf_counter(), 0
    for number, seed in enumerate(range(options.seed, options.seed + options.pairs), 1):
        for each in found_with(seed):
            found += 1
            if found <= _MOST_SHOWN:
                print(f"seed {seed}: {each}", flush=True)
        if number % _PAIRS_OF_A_STEP == 0 or number == options.pairs:
            seconds = time.perf_counter() - start
            print(
                f"seeds {options.seed} to {seed}: {found} contradictions, {seconds:.0f} s",
                flush=True,
            )
    return 1 if found else 0


def found_with(seed: int) -> Iterator[str]:
    """The contradictions between answers about the policies of a seed."""
    old, new = map(json.dumps, PolicyMaker(seed).pair())
    yield from (f"{each}\n  {old}\n  {new}" for each in contradictions_of_a_change(old, new, HOME))
    for text in (old, new):
        yield from (f"{each}\n  {text}" for each in contradictions(text, HOME))


if __name__ == "__main__":
    sys.exit(main())
