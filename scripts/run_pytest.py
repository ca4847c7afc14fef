"""Run pytest, and leave without freeing what was remembered.

At its end Python frees each object by itself, which takes about a minute after thousands of tests
whose answers are remembered. Run it as `python scripts/run_pytest.py` with pytest's arguments.
"""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Sequence

import pytest


def main(arguments: Sequence[str]) -> int:
    """Run pytest, and return its status.

    Args:
        arguments: for pytest.
    """
    statuses: list[int] = []
    # What is registered first is called last: temporary folders are gone by then.
    atexit.register(leave, statuses)
    statuses.append(int(pytest.main(list(arguments))))
    return statuses[0]


def leave(statuses: Sequence[int]) -> None:
    """End the process at once with the status of pytest, if pytest came to its end."""
    if statuses:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(statuses[0])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
