"""The long run: `compare` against an SMT solver on many pairs of policies, the automata against
every short text on many globs, and what policies of hostile sizes cost. It ends with status 1 when
there is a disagreement.

    python benchmarks/oracle.py [PAIRS [GLOBS [FIRST_SEED]]]
"""

from __future__ import annotations

import random
import sys
import time
import tracemalloc
from collections import Counter
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import trust_widgets as tw
from support import z3_oracle
from support.changed_policies import HARD, Maker
from support.glob_oracle import LONGEST, brute, some_globs
from support.hostile import HOSTILE
from trust_widgets.text.automaton import member
from trust_widgets.text.budget import DEFAULT, Budget
from trust_widgets.text.globs import pattern_from_text
from trust_widgets.text.tokens import Glob, tokens_of_pattern

# The solver knows no day before which nobody calls, and takes the caller's own permission as given.
LONG_AGO = tw.Home(today=date(1970, 1, 1))


def _gained(less: tw.TrustPolicy, more: tw.TrustPolicy) -> bool | None:
    return tw.compare(less, more, LONG_AGO, caller_permission="yes").gained.found


def main(pairs: int = 2000, globs: int = 100_000, first: int = 0) -> int:
    """Print the figures; returns the exit status."""
    print_hostile()
    wrong = wrong_globs(globs, first)
    print(f"globs: {globs} questions, {wrong} disagreements", flush=True)
    return 1 if wrong + wrong_pairs(pairs, first) else 0


def print_hostile() -> None:
    """Time, memory and answers of policies that are as nasty as they fit."""
    for name, old, new in HOSTILE:
        tracemalloc.start()
        start = time.perf_counter()
        found = tw.compare(old, new)
        took = (time.perf_counter() - start) * 1000
        memory = tracemalloc.get_traced_memory()[1] / 2**20
        tracemalloc.stop()
        print(
            f"hostile, {name}: {took:.0f} ms (traced), {memory:.1f} MiB, gained"
            f" {found.gained.found}, lost {found.lost.found}"
        )


def wrong_globs(count: int, first: int) -> int:
    """How often the automaton and the slow way differ."""
    chance = random.Random(first)
    return sum(not _agree(*some_globs(chance)) for _ in range(count))


def _agree(all_of: list[list[str]], none_of: list[str]) -> bool:
    found = member(
        [[_tokens(glob) for glob in group] for group in all_of],
        list(map(_tokens, none_of)),
        Budget(100_000),
    )
    slow = brute(all_of, none_of)
    if found is None or slow is None:
        return slow is None and (found is None or len(found) > LONGEST)
    return len(found) == len(slow)


def _tokens(glob: str) -> Glob:
    return tokens_of_pattern(pattern_from_text(glob))


def wrong_pairs(count: int, first: int) -> int:
    """How often the search and the solver differ; prints each, and the figures."""
    found: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    made = (
        *(hard[:2] for hard in HARD),
        *(Maker(seed).pair() for seed in range(first, first + count - len(HARD))),
    )
    for number, (old, new) in enumerate(made):
        answers = []
        for more, less in ((new, old), (old, new)):
            ours = _gained(less, more)
            theirs = z3_oracle.lets_in_more(more, less)
            answers.append(theirs)
            found[_judged(ours, theirs)] += 1
            if _judged(ours, theirs) in ("disagree", "we undecided"):
                print(f"pair {number}: we say {ours}, the solver {theirs}", flush=True)
        kinds.update(
            name for name, answer in zip(("gained", "lost"), answers, strict=True) if answer
        )
        kinds["same"] += answers == [False, False]
    print(
        f"pairs: {count}, {dict(kinds)}; answers for each direction: {dict(found)}; {DEFAULT}"
        " states for each"
    )
    return found["disagree"]


def _judged(ours: bool | None, theirs: bool | None) -> str:
    if ours is None:
        return "we undecided"
    return "solver undecided" if theirs is None else "agree" if ours == theirs else "disagree"


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
