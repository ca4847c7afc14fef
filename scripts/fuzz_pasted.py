"""Mutate texts that people paste, and look whether the boxes for them hold: `make hostile-pasted
TEXTS=200000 SEED=1`.

Each text is made from one seed, so that `python scripts/fuzz_pasted.py 1 SEED` repeats it. The exit
status is 1 if a text crashed a box, took more than two seconds, or left a secret behind.
"""

from __future__ import annotations

import sys

from fuzz_runs import fuzz
from support.pasted_fuzz import run


def main(arguments: list[str] | None = None) -> int:
    """Run, print what came of it, and return the exit status."""
    return fuzz("Mutate texts that people paste.", run, arguments)


if __name__ == "__main__":
    sys.exit(main())
