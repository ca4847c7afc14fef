"""The mistakes the checker knows, one file each, and `check`, which asks them all.

A member defines `PITFALL = Pitfall(...)`. Its `find` yields a `Hit` for each place where the mistake is
made and knows nothing of verdicts, order or other members: `check` completes, sorts and hides.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from trust_widgets._found import Findings
from trust_widgets._registry import Registry
from trust_widgets.document import DocumentError, Problem, parse
from trust_widgets.findings import Finding, Severity, Verdict, by_rank
from trust_widgets.fixes import Fix
from trust_widgets.home import Home
from trust_widgets.pitfalls._accepting import settled
from trust_widgets.pitfalls._hiding import told
from trust_widgets.pitfalls._reviving import without_openings
from trust_widgets.policy import Path, TrustPolicy


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a mistake is made.

    Args:
        path: the place: the value when the value is at fault, not its statement.
        message: one or two plain sentences about this very place, with its values.
        callers: for an `open` pitfall, concrete callers that get in, a hostile one among them.
        fix: a change that silences this pitfall and makes no other louder.
        severity: where it differs from the pitfall's own.
        assumptions: what AWS has not documented and this rests on.
    """

    path: Path
    message: str
    callers: tuple[str, ...] = ()
    fix: Fix | None = None
    severity: Severity | None = None
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pitfall:
    """A mistake.

    Args:
        code: `TP1xx` refused, `TP2xx` dead, `TP3xx` open, `TP4xx` advice; never reused.
        verdict, severity: of its findings, unless a hit says otherwise.
        title: the mistake in a few words.
        find: yields the hits in a policy, given what is the reader's own.
        fine: when it is fine, and what it does not establish.
        source: the AWS page it rests on.
        bad: policies (JSON text) in which it is made; `good`: near ones in which it is not.
        home: what is the reader's own in those examples.
    """

    code: str
    verdict: Verdict
    severity: Severity
    title: str
    find: Callable[[TrustPolicy, Home], Iterator[Hit]]
    fine: str
    source: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    home: Home = field(default_factory=Home)


PITFALLS: Registry[Pitfall] = Registry("trust_widgets.pitfalls", "PITFALL")


def check(
    policy_or_text: TrustPolicy | str | Mapping[str, Any], home: Home | None = None, today: date | None = None
) -> Findings:
    """Everything that is wrong with a trust policy, or worth knowing about it, worst first.

    What `home` accepts comes last, with the reason. At the end of a cell the findings show themselves.

    Args:
        policy_or_text: a policy, or any text at all: what cannot be read is a finding, never an exception. A document
            as boto3 returns it is checked as its JSON text.
        home: what is yours, and what you have accepted.
        today: the day on which acceptances may be over; the present one when none is given.

    Example:
        >>> import trust_widgets as tw
        >>> [str(f.verdict) for f in tw.check('{"Version": "2012-10-17", "Statement": []')]
        ['refused']
    """
    if isinstance(policy_or_text, TrustPolicy):
        return findings_of(policy_or_text, (), home, today)
    text = json.dumps(policy_or_text, default=str) if isinstance(policy_or_text, Mapping) else policy_or_text
    try:
        return findings_of(parse(text), (), home, today)
    except DocumentError as error:
        return findings_of(error.partial, error.problems, home, today)


def findings_of(
    policy: TrustPolicy | None,
    problems: tuple[Problem, ...],
    home: Home | None = None,
    today: date | None = None,
) -> Findings:
    """The findings of a document that was read already: its problems, and its policy's pitfalls.

    A document that cannot be read whole is judged by its problems alone, since what is missing from a
    half-read policy may be standing in the half that was not read. Problems cannot be accepted.
    """
    if problems or policy is None:
        return Findings(map(_from_problem, problems))  # all alike: in the order of the text
    mine, document = home or Home(), policy.to_dict()
    found = [
        settled(_complete(name, pitfall, hit), document, mine, today)
        for name, pitfall in PITFALLS.items()
        for hit in pitfall.find(policy, mine)
    ]
    kept = without_openings(told(found, policy), policy, lambda changed: _open_in(changed, mine))
    return Findings(sorted(kept, key=by_rank))


@lru_cache(maxsize=256)
def _open_in(policy: TrustPolicy, home: Home) -> tuple[Finding, ...]:
    """What is open in a policy; remembered, since the fixes of a document mostly stay the same at the next key."""
    wide = [(name, pitfall) for name, pitfall in PITFALLS.items() if pitfall.verdict is Verdict.OPEN]
    found = [_complete(name, pitfall, hit) for name, pitfall in wide for hit in pitfall.find(policy, home)]
    return tuple(told(found, policy))


def _from_problem(problem: Problem) -> Finding:
    return Finding(
        problem.code,
        "document",
        Verdict.REFUSED,
        Severity.ERROR,
        problem.message,
        problem.path,
        fix=problem.fix,
    )


def _complete(name: str, pitfall: Pitfall, hit: Hit) -> Finding:
    return Finding(
        pitfall.code,
        name,
        pitfall.verdict,
        hit.severity or pitfall.severity,
        hit.message,
        hit.path,
        hit.callers,
        hit.fix,
        hit.assumptions,
        pitfall.fine,
        pitfall.source,
    )
