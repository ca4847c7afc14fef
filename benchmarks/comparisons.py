"""How long `compare` and `who_gets_in` take on changes of every clean real policy, beside an SMT
solver on the same pairs in the same run. It prints figures and judges nothing.

    python benchmarks/comparisons.py [CHANGES OF EACH POLICY]

The policies are those of `tests/test_real_policies.py`. The solver is asked in the encoding of the
tests' oracle, which leaves out some kinds of principals and keys; a pair that it can't read is left
out of both sides.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import z3

import trust_widgets as tw
from support import z3_oracle
from support.real_policies import records, summary


def main(changes: int = 1) -> int:
    """Print the figures; returns the exit status."""
    print(summary())
    ours, solver, reading, both = [], [], [], Counter[str]()
    pairs = list(_pairs(changes))
    for old, new in pairs[:60]:  # tables are loaded, subjects are remembered
        tw.compare(old, new), tw.who_gets_in(new)
    for old, new in pairs:
        took, theirs = _solver(old, new)
        if took is None:
            both["not read by the solver"] += 1
            continue
        again = tw.parse(str(new))  # nothing is remembered of it
        start = time.perf_counter()
        found = tw.compare(old, again)
        ours.append((time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        tw.who_gets_in(tw.parse(str(new)))
        reading.append((time.perf_counter() - start) * 1000)
        solver.append(took)
        both[_judged((found.gained.found, found.lost.found), theirs)] += 1
    print(f"{len(pairs)} pairs: {dict(both)}")
    for name, times in (
        ("compare", ours),
        ("parse and who_gets_in", reading),
        ("z3, the same pairs", solver),
    ):
        p = statistics.quantiles(times, n=100)
        print(
            f"{name}: p50 {p[49]:.2f} ms, p90 {p[89]:.2f}, p95 {p[94]:.2f}, p99 {p[98]:.2f}, most"
            f" {max(times):.1f}"
        )
    print(
        "median of z3 / median of compare:"
        f" {statistics.median(solver) / statistics.median(ours):.0f}"
    )
    return 0


def _judged(ours: tuple[bool | None, bool | None], theirs: tuple[bool | None, bool | None]) -> str:
    if None in ours:
        return "we undecided"
    return "solver undecided" if None in theirs else "agree" if ours == theirs else "differ"


def _solver(
    old: tw.TrustPolicy, new: tw.TrustPolicy
) -> tuple[float | None, tuple[bool | None, bool | None]]:
    start = time.perf_counter()
    try:
        found = z3_oracle.lets_in_more(new, old), z3_oracle.lets_in_more(old, new)
    except (KeyError, ValueError, IndexError, TypeError, z3.Z3Exception):
        return None, (None, None)
    return (time.perf_counter() - start) * 1000, found


def _pairs(changes: int) -> Iterator[tuple[tw.TrustPolicy, tw.TrustPolicy]]:
    """Each clean policy with something changed."""
    for number, entry in enumerate(records()):
        try:
            policy = tw.parse(json.dumps(entry["policy"]))
        except tw.DocumentError:
            continue
        if entry["clean"] and policy.statements:
            chance = random.Random(number)
            for _ in range(changes):
                yield policy, _changed(policy, chance)


def _changed(policy: tw.TrustPolicy, chance: random.Random) -> tw.TrustPolicy:
    """One change, of a kind that suits the policy."""
    at = chance.randrange(len(policy.statements))
    statement = policy.statements[at]
    kinds = ["a statement less", "a deny", "everyone", "the other way round"]
    kinds += ["a condition less", "wider", "other values", "if exists"] * bool(statement.conditions)
    kind = chance.choice(kinds)
    statements = list(policy.statements)
    if kind == "a statement less":
        del statements[at]
    elif kind == "a deny":
        no_mfa = tw.Condition("BoolIfExists", "aws:MultiFactorAuthPresent", ("false",))
        statements.append(
            tw.Statement("Deny", tw.Principal(aws=("*",)), ("sts:AssumeRole",), (no_mfa,))
        )
    elif kind == "everyone":
        statements.append(
            tw.Statement("Allow", tw.Principal(aws=("444455556666",)), ("sts:AssumeRole",))
        )
    elif kind == "the other way round":
        statements = [replace(s, conditions=s.conditions[::-1]) for s in statements[::-1]]
    else:
        statements[at] = replace(
            statement, conditions=_conditions(statement.conditions, kind, chance)
        )
    return replace(policy, statements=tuple(statements))


def _conditions(
    conditions: tuple[tw.Condition, ...], kind: str, chance: random.Random
) -> tuple[tw.Condition, ...]:
    at = chance.randrange(len(conditions))
    one, others = conditions[at], (*conditions[:at], *conditions[at + 1 :])
    if kind == "a condition less":
        return others
    if kind == "if exists" and one.operator != "Null":
        return (*others, replace(one, operator=one.operator.removesuffix("IfExists") + "IfExists"))
    if kind == "wider" and one.operator in ("StringEquals", "StringLike"):
        values = tuple(f"{str(value)[:-3].rstrip('*')}*" for value in one.values)
        return (*others, replace(one, operator="StringLike", values=values))
    return (*others, replace(one, values=tuple(f"{value}x" for value in one.values)))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
