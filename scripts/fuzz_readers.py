"""Give hostile files to the readers: `make hostile-readers TEXTS=200000 SEED=1`.

Each file is made from one seed, so that `python scripts/fuzz_readers.py 1 SEED` repeats it. The
exit status is 1 if one raised, or took more than two seconds of the processor to read and to check.
"""

from __future__ import annotations

import sys

from fuzz_runs import fuzz
from support.hostile_files import run


def main(arguments: list[str] | None = None) -> int:
    """Run, print what came of it, and return the exit status."""
    return fuzz("Give hostile files to the readers.", run, arguments)


if __name__ == "__main__":
    sys.exit(main())
