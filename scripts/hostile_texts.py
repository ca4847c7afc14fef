"""Give hostile texts to the package: `make hostile TEXTS=500000 SEED=1`, and to the command line:
`make hostile-files TEXTS=20000`.

Each text is made from one seed, so that `python scripts/hostile_texts.py 1 SEED` repeats a single
one. The exit status is 1 if a question raises, ends in an internal error or takes over 2 seconds of
the processor.
"""

from __future__ import annotations

import argparse
import logging
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from support.hostile_run import Watch, ask_everything, ask_the_command_line, given_texts

_TEXTS_OF_A_STEP = 5000
_MOST_SHOWN = 50


def main(arguments: list[str] | None = None) -> int:
    """Run, print what came of it, and return the exit status."""
    parser = argparse.ArgumentParser(description="Give hostile texts to the package.")
    parser.add_argument("texts", type=int, nargs="?", default=2000, help="how many texts")
    parser.add_argument("seed", type=int, nargs="?", default=1, help="the seed of the first text")
    parser.add_argument("--files", action="store_true", help="to the command line alone")
    options = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)  # an internal error is logged; it is counted here
    watch, given, shown, start = Watch(), given_texts(), 0, time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for number, seed in enumerate(range(options.seed, options.seed + options.texts), 1):
            if options.files:
                ask_the_command_line(watch, seed, Path(folder), given)
            else:
                ask_everything(watch, seed, given)
            if number % _TEXTS_OF_A_STEP == 0 or number == options.texts:
                print(_so_far(watch, options.seed, seed, time.perf_counter() - start), flush=True)
            shown = _print_new_faults(watch, shown)
    for name, count in sorted(watch.counts.items()):
        print(f"  {name}: {count}")
    return 1 if watch.faults else 0


def _print_new_faults(watch: Watch, shown: int) -> int:
    """Print the faults after those that are shown, up to a number; return how many there are."""
    for fault in watch.faults[shown:_MOST_SHOWN]:
        print(f"\n{fault}", flush=True)
    return len(watch.faults)


def _so_far(watch: Watch, first: int, last: int, seconds: float) -> str:
    slowest, asked, seed = watch.slowest
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return (
        f"seeds {first} to {last}: {len(watch.faults)} faults, {seconds:.0f} s, {memory} MB;"
        f" slowest {slowest:.2f} s ({asked}, seed {seed})"
    )


if __name__ == "__main__":
    sys.exit(main())
