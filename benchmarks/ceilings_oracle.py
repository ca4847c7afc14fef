"""Comparisons under random RCPs and SCPs against an SMT solver: where the two answer otherwise.

Run it by `.venv/bin/python benchmarks/ceilings_oracle.py 500 1`: pairs of policies, and the first
seed. The exit status is 1 where the two disagree.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import trust_widgets as tw
from support import z3_oracle
from support.changed_policies import Maker
from support.random_ceilings import ACCOUNT, lets_in_more_under, random_ceilings

# The solver knows no day before which nobody calls.
HOME = tw.Home(accounts=(ACCOUNT,), role=f"arn:aws:iam::{ACCOUNT}:role/app", today=date(1970, 1, 1))


def main(arguments: list[str]) -> int:
    """Compare pairs, print what came of it, and return the exit status."""
    pairs, first = int(arguments[0]), int(arguments[1])
    z3_oracle.LIMITS = {"rlimit": 2_000_000}
    counts: Counter[str] = Counter()
    begun = time.perf_counter()
    for seed in range(first, first + pairs):
        one, other = Maker(seed).pair()
        for old, new in ((one, other), (other, one)):
            counts[_asked(seed, old, new)] += 1
    print(f"{pairs} pairs, {time.perf_counter() - begun:.0f} seconds: {dict(counts)}")
    return 1 if counts["disagree"] else 0


def _asked(seed: int, old: tw.TrustPolicy, new: tw.TrustPolicy) -> str:
    """Ask both whether `new` lets in more, under the ceilings of a seed."""
    ceilings = random_ceilings(seed)
    wanted = lets_in_more_under(new, old, ceilings)
    answer = tw.compare(
        old, new, HOME, caller_permission="yes", rcps=ceilings.rcps, scps=ceilings.scps
    ).gained.found
    if wanted is not None and answer is (not wanted):
        print(f"seed {seed}: the solver says {wanted}, the search {answer}", flush=True)
    return _word(answer, wanted)


def _word(answer: bool | None, wanted: bool | None) -> str:
    if wanted is None:
        return "the solver did not answer"
    if answer is None:
        return "the search did not decide"
    return f"agree: {wanted}" if answer is wanted else "disagree"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
