"""Fuzz what reads texts: `make fuzz SECONDS=60`, one target with `TARGET=document`.

atheris makes texts that reach new code, from those kept in `tests/fuzz/corpus`; it comes in an
environment of its own. Each target has its share of the time, in a process of its own. A text that
is a fault is written to `fuzz-faults`, and the exit status is 1: mend it, and keep the text, as
small as it can be, in the corpus, where `tests/fuzz/test_corpus.py` reads it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

_FAULTS = Path("fuzz-faults")
_TARGETS = ("document", "pasted", "home", "kept_callers", "messages", "readers")
_LONGEST = 4000  # bytes
_MOST_SECONDS = 10  # for one text: instrumented code takes some times as long


def main(arguments: list[str] | None = None) -> int:
    """Fuzz one target after the other, and return the exit status."""
    parser = argparse.ArgumentParser(description="Fuzz what reads texts.")
    parser.add_argument("seconds", type=int, nargs="?", default=60, help="for all targets together")
    parser.add_argument("target", nargs="?", choices=("", *_TARGETS), default="")
    parser.add_argument("--alone", action="store_true", help="in this process, for all the time")
    options = parser.parse_args(arguments)
    if options.alone:
        _fuzz(options.target, options.seconds)
    chosen = (options.target,) if options.target else _TARGETS
    share = max(1, options.seconds // len(chosen))
    status = 0
    for target in chosen:
        print(f"{target}: {share} seconds", flush=True)
        command = [sys.executable, __file__, str(share), target, "--alone"]
        ended = subprocess.run(command, check=False).returncode
        print(f"{target}: {'a fault, see fuzz-faults' if ended else 'no fault'}", flush=True)
        status = 1 if ended else status
    return status


def _fuzz(target: str, seconds: int) -> None:
    """Fuzz one target; the process ends with it."""
    import atheris  # not among the project's own packages

    with atheris.instrument_imports(include=["trust_widgets"]):
        from support.fuzz_targets import CORPUS, TARGETS

    def one(data: bytes) -> None:
        TARGETS[target](data.decode("utf-8", "surrogateescape"))

    _FAULTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as found:
        options = [
            f"-max_total_time={seconds}",
            f"-max_len={_LONGEST}",
            f"-timeout={_MOST_SECONDS}",
            f"-artifact_prefix={_FAULTS}/{target}-",
            "-print_final_stats=1",
            "-verbosity=1",
        ]
        atheris.Setup([sys.argv[0], *options, found, str(CORPUS / target)], one)
        atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
