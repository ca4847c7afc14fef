"""One cause, one finding: which findings are not told because of others.

What IAM refuses is not also called dead or open, nor what is dead, open.
"""

from __future__ import annotations

from collections.abc import Iterable

from trust_widgets.findings import Finding, Verdict
from trust_widgets.pitfalls._dead import is_asked
from trust_widgets.policy import Path, TrustPolicy

# The general rule: it speaks where no other rule has a name for what keeps everybody out.
GENERAL = "nobody"
_LOUDER = {Verdict.DEAD: {Verdict.REFUSED}, Verdict.OPEN: {Verdict.REFUSED, Verdict.DEAD}}
_BELOW_A_STATEMENT = len(("Statement", 0))


def told(found: list[Finding], policy: TrustPolicy) -> list[Finding]:
    """The findings that are told.

    The cause is the same where one place lies within the other and both lie within one element. A statement in which
    nobody can meet something lets nobody in, whatever else it says: what would be open in it is not. What is said of
    a whole statement or document, that something is missing or that it is too long, hides nothing. Nor does what was
    accepted, or the reader would have accepted unseen what stands behind it.
    """
    counted = [finding for finding in found if not finding.accepted]
    dead = _dead_statements([f for f in counted if f.verdict is Verdict.DEAD and f.name != GENERAL], policy)
    refused = {f.path[:_BELOW_A_STATEMENT] for f in counted if f.verdict is Verdict.REFUSED}

    def hidden(finding: Finding) -> bool:
        at = finding.path[:_BELOW_A_STATEMENT]
        if finding.name == GENERAL and (at in dead or at in refused or () in refused):
            return True
        if finding.verdict is Verdict.OPEN and at in dead:
            return True
        louder = _LOUDER.get(finding.verdict, ())
        return any(other.verdict in louder and _overlap(other.path, finding.path) for other in counted)

    return [finding for finding in found if not hidden(finding)]


def _overlap(one: Path, other: Path) -> bool:
    shorter = min(len(one), len(other))
    return shorter > _BELOW_A_STATEMENT and one[:shorter] == other[:shorter]


def _dead_statements(dead: Iterable[Finding], policy: TrustPolicy) -> set[Path]:
    """The statements of which every value of something that has to be met is dead."""
    places = {finding.path for finding in dead}
    return {path for place in places if (path := place[:_BELOW_A_STATEMENT]) and _is_whole(place, places, policy)}


def _is_whole(place: Path, places: set[Path], policy: TrustPolicy) -> bool:
    """Whether a place, with what is dead beside it, leaves nothing of its statement."""
    if len(place) < _BELOW_A_STATEMENT or place[0] != "Statement":
        return False
    statement = policy.statements[int(place[1])]
    below = place[_BELOW_A_STATEMENT:]
    if not below or below[0] == "Action":
        return True
    if below[0] == "Principal":
        principal = statement.principal
        each = [(*place[:3], *path) for path, _, _ in principal.each()] if principal else []
        return bool(each) and all(path in places for path in each)
    for condition in statement.conditions:
        if below[:3] == condition.path and is_asked(condition):
            base = (*place[:2], *condition.path)
            return base in places or all((*base, index) in places for index in range(len(condition.values)))
    return False
