"""Random operations on a model, as many as asked for: `make model STEPS=50000 SEED=1`.

Each run of 50 steps at most is made from a seed. The exit status is 1 if a law is broken; the
smallest steps that break it are printed.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as seeded
from hypothesis.stateful import get_state_machine_test, invariant

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from support.model_machine import ModelMachine

_STEPS_OF_A_RUN = 50
_RUNS_OF_A_SEED = 100


class _Counted(ModelMachine):
    """Counts its steps."""

    steps = 0

    @invariant()
    def count(self) -> None:
        """Count a step."""
        type(self).steps += 1


def main(arguments: list[str] | None = None) -> int:
    """Run, print seeds, steps and time, and return the exit status."""
    parser = argparse.ArgumentParser(description="Do random operations on a model.")
    parser.add_argument("steps", type=int, nargs="?", default=5000)
    parser.add_argument("seed", type=int, nargs="?", default=1, help="the first seed")
    options = parser.parse_args(arguments)
    start, seed, failures = time.perf_counter(), options.seed, 0
    while _Counted.steps < options.steps:
        failures += not _holds(seed)
        done = f"{_Counted.steps} steps, {failures} failures"
        print(f"seed {seed}: {done}, {time.perf_counter() - start:.0f} s", flush=True)
        seed += 1
    return 1 if failures else 0


def _holds(seed: int) -> bool:
    """Whether no law is broken in the runs of a seed."""
    test = seeded(seed)(get_state_machine_test(_Counted, settings=_LONG))
    try:
        test()
    except Exception as error:
        print(f"seed {seed}: {error}\n" + "\n".join(getattr(error, "__notes__", [])))
        return False
    return True


_LONG = settings(
    max_examples=_RUNS_OF_A_SEED,
    stateful_step_count=_STEPS_OF_A_RUN,
    deadline=None,
    database=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)


if __name__ == "__main__":
    sys.exit(main())
