"""Comparisons under RCPs and SCPs against an SMT solver.

A long run is `benchmarks/ceilings_oracle.py`.
"""

from __future__ import annotations

from datetime import date

import pytest

import trust_widgets as tw
from support import z3_oracle
from support.changed_policies import Maker
from support.random_ceilings import ACCOUNT, lets_in_more_under, random_ceilings

SEEDS = range(15, 23)
HOME = tw.Home(accounts=(ACCOUNT,), role=f"arn:aws:iam::{ACCOUNT}:role/app", today=date(1970, 1, 1))


def test_the_solver_agrees_under_ceilings(monkeypatch: pytest.MonkeyPatch) -> None:
    """On every pair that it answers; the ceilings change some of the answers."""
    monkeypatch.setattr(z3_oracle, "LIMITS", {"rlimit": 400_000})
    answered = changed = 0
    for seed in SEEDS:
        one, other = Maker(seed).pair()
        ceilings = random_ceilings(seed)
        for old, new in ((one, other), (other, one)):
            found = tw.compare(
                old, new, HOME, caller_permission="yes", rcps=ceilings.rcps, scps=ceilings.scps
            ).gained.found
            wanted = lets_in_more_under(new, old, ceilings)
            if wanted is not None and found is not None:
                assert found is wanted, seed
                answered += 1
                alone = tw.compare(old, new, HOME, caller_permission="yes").gained.found
                changed += alone is not found
    assert answered > len(SEEDS) and changed > 0
