"""No fix brings a dead statement to life that would be open then.

A fix puts right what keeps everybody out, and nothing else does. Who would get in is asked of the policy as it would
be: the repair of a mistake must not make another one louder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from trust_widgets.document import DocumentError, parse
from trust_widgets.findings import Finding, Verdict, by_rank
from trust_widgets.fixes import Fix
from trust_widgets.pitfalls._beside import LEAST
from trust_widgets.policy import Path, TrustPolicy

Opened = Callable[[TrustPolicy], Iterable[Finding]]
"""The open findings of a policy."""


def without_openings(found: list[Finding], policy: TrustPolicy, opened: Opened) -> Iterator[Finding]:
    """The findings, those of dead ones without a fix that would let in more than was meant.

    Args:
        found: what is told.
        policy: the policy.
        opened: what is open in another one.
    """
    before = _worst(finding for finding in found if finding.verdict is Verdict.OPEN)
    for finding in found:
        if finding.verdict is Verdict.DEAD and finding.fix is not None and len(finding.path) > 1:
            after = _worst(opened(_mended(policy, finding.path, finding.fix)))
            louder = any(rank < before.get(name, 99) for name, rank in after.items())
            yield replace(finding, fix=None) if louder else finding
        else:
            yield finding


def _worst(findings: Iterable[Finding]) -> dict[str, int]:
    """The rank of each rule's worst finding, lower is worse; what is told of mended statements alone stays out."""
    ranks: dict[str, int] = {}
    for finding in (finding for finding in findings if finding.name not in LEAST):
        ranks[finding.name] = min(by_rank(finding)[1], ranks.get(finding.name, 99))
    return ranks


def _mended(policy: TrustPolicy, path: Path, fix: Fix) -> TrustPolicy:
    """The statement after its fix, beside every Deny, which stops whom it stopped."""
    try:
        after = parse(fix.apply(str(policy)))
    except DocumentError:
        return policy
    one = after.statements[int(path[1])]
    denies = [statement for statement in after.statements if statement.effect == "Deny" and statement is not one]
    return replace(after, statements=(one, *denies))
