"""Give hostile files to the readers: `make hostile-readers TEXTS=200000 SEED=1`.

Each file is made from one seed, so that `python scripts/fuzz_readers.py 1 SEED` repeats it. The
exit status is 1 if one raised, or took more than two seconds of the processor to read and to check.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from support.hostile_files import run

_MOST_SHOWN = 50


def main(arguments: list[str] | None = None) -> int:
    """Run, print what came of it, and return the exit status."""
    parser = argparse.ArgumentParser(description="Give hostile files to the readers.")
    parser.add_argument("texts", type=int, nargs="?", default=2000, help="how many files")
    parser.add_argument("seed", type=int, nargs="?", default=1, help="the seed of the first")
    options = parser.parse_args(arguments)
    start = time.perf_counter()
    report = run(options.seed, options.texts, lambda line: print(line, flush=True))
    seconds, seed = report.slowest
    print(f"{options.texts} files, {time.perf_counter() - start:.0f} seconds,", end=" ")
    print(f"slowest {seconds:.2f} seconds (seed {seed}), {len(report.faults)} faults")
    for name, count in sorted(report.counts.items()):
        print(f"  {name}: {count}")
    print("\n".join(report.faults[:_MOST_SHOWN]))
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
