"""Run all tests in two processes: those that wait for a browser or a kernel, and beside them the
others.

Run it by `make test`. The first process prints as it goes, what the second one printed comes behind
it. Further arguments go to both, as in `python scripts/run_tests.py -x`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence

IN_A_BROWSER = ("tests/browser", "notebooks")
OTHERS = ("tests", "trust_widgets", "--ignore=tests/browser")


def main(arguments: Sequence[str]) -> int:
    """Run both processes, and return 0 if all tests passed.

    Args:
        arguments: for pytest.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as printed:
        waiting = subprocess.Popen(
            command(IN_A_BROWSER, arguments), stdout=printed, stderr=subprocess.STDOUT
        )
        try:
            status = subprocess.run(command(OTHERS, arguments), check=False).returncode
            statuses = (status, waiting.wait())
        finally:
            waiting.terminate()
            waiting.wait()
        printed.seek(0)
        print("\nIn a browser, and the notebooks:", flush=True)
        sys.stdout.writelines(printed)
    return next((each for each in statuses if each), 0)


def command(places: Sequence[str], arguments: Sequence[str]) -> list[str]:
    """The command line of one process."""
    return [sys.executable, "-m", "pytest", *places, *arguments]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
