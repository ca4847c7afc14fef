"""One cause, one finding: which findings are not reported because of others.

What IAM refuses is not also called dead or open, nor what is dead, open. A pitfall that differs
from this says so in a constant of its module, `PRECEDENCE = Precedence(...)`, next to its
`PITFALL`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import Enum

from trust_widgets.families import Registry
from trust_widgets.findings import Finding, Verdict, by_rank
from trust_widgets.policy import (
    Condition,
    ConditionView,
    Path,
    TrustPolicy,
    each_principal,
    requires_match,
)


class General(Enum):
    """What a general pitfall judges as a whole."""

    STATEMENT = "statement"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Precedence:
    """How the findings of one pitfall are reported next to other findings.

    Args:
        last: for a pitfall about something missing, its place among these. A finding of it is
            reported where no other finding above advice is in the statement, but for those of a
            higher number. 0 for all other pitfalls.
        general: for a pitfall that knows that no caller is allowed, but not why: it is reported
            where no other pitfall calls the same statement, or value, refused or dead.
        callers_are_known: whether the callers of a statement are known although this refuses their
            principal, so that what they can't meet is reported as well.
    """

    last: int = 0
    general: General | None = None
    callers_are_known: bool = False


_ORDINARY = Precedence()
_PRECEDENCES: Registry[Precedence] = Registry(
    "trust_widgets.pitfalls.rules", "PRECEDENCE", _ORDINARY
)


def precedence_of(name: str) -> Precedence:
    """The precedence of a pitfall's findings, and of a finding that is none of a pitfall."""
    if name not in _PRECEDENCES:
        return _ORDINARY
    return _PRECEDENCES[name]


def _yields(finding: Finding, others: Iterable[Finding]) -> bool:
    """Whether one of the other findings in the same statement is reported in place of this one.

    The one who fixes that one sees the next.
    """
    last = precedence_of(finding.name).last
    return bool(last) and any(precedence_of(other.name).last < last for other in others)


_LOUDER = {Verdict.DEAD: {Verdict.REFUSED}, Verdict.OPEN: {Verdict.REFUSED, Verdict.DEAD}}
_SAME = (Verdict.REFUSED, Verdict.DEAD)
_BELOW_A_STATEMENT = len(("Statement", 0))


def apply_precedence(found: list[Finding], policy: TrustPolicy) -> list[Finding]:
    """The findings that are reported: of several with one cause, the one that says most.

    The cause is the same where one place lies within the other and both lie within one element. A
    statement in which nobody can meet something allows no one, whatever else it says: what would
    be open in it is not. Nor is it said what the callers of a statement cannot meet while IAM
    refuses who they are. What is said of a whole statement or document, that something is missing
    or that it is too long, hides nothing. Nor does what was accepted, or the reader would have
    accepted unseen what follows it.
    """
    if all(finding.verdict is Verdict.ADVICE for finding in found):
        return found  # advice hides nothing
    causes = _causes(found, policy)
    return [finding for finding in found if not causes.hide(finding)]


def note_held_back(shown: list[Finding], found: list[Finding]) -> list[Finding]:
    """The findings that are reported; the worst of a statement says how many it holds back.

    Only what is missing in a statement is counted: when the worst is fixed, it is missing still.
    """
    if len(shown) == len(found):
        return shown
    reported = set(map(id, shown))
    missing = (each for each in found if precedence_of(each.name).last and not each.accepted)
    held_back = Counter(_statement_of(each) for each in missing if id(each) not in reported)
    worst: dict[Path, Finding] = {}
    for finding in sorted(shown, key=by_rank):
        worst.setdefault(_statement_of(finding), finding)
    noted = []
    for finding in shown:
        at = _statement_of(finding)
        count = held_back[at] if worst[at] is finding else 0
        noted.append(replace(finding, held_back=count))
    return noted


class _Places:
    """Places of findings, each within one element of a statement, to see which others overlap."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._paths = {each.path for each in findings if len(each.path) > _BELOW_A_STATEMENT}
        ends = range(_BELOW_A_STATEMENT + 1, max(map(len, self._paths), default=0) + 1)
        self._above = {path[:end] for path in self._paths for end in ends}

    def overlap(self, path: Path) -> bool:
        """Whether one place lies within another, and both within one element."""
        if len(path) <= _BELOW_A_STATEMENT:
            return False
        ends = range(_BELOW_A_STATEMENT + 1, len(path) + 1)
        return path in self._above or any(path[:end] in self._paths for end in ends)


@dataclass(frozen=True, slots=True)
class _Causes:
    """What was found, as far as it hides something else. Sets are of statements, by their paths.

    Args:
        by_statement: what was not accepted and is above advice.
        louder: for a verdict, the places of what hides it. named: the places of what has its own
        rule and is refused or dead, accepted or not.
        said: the statements that a named rule calls refused or dead, accepted or not.
        dead: those that allow no one. nameless: those whose principals IAM refuses.
    """

    by_statement: dict[Path, list[Finding]]
    louder: dict[Verdict, _Places]
    named: _Places
    said: set[Path]
    dead: set[Path]
    nameless: set[Path]

    def hide(self, finding: Finding) -> bool:
        at = _statement_of(finding)
        if _yields(finding, self.by_statement.get(at, ())):
            return True
        general = precedence_of(finding.name).general
        if general is General.STATEMENT:
            return bool({at, ()} & self.said)
        if general is General.VALUE:
            return self.named.overlap(finding.path)
        if finding.verdict is Verdict.OPEN and at in self.dead:
            return True
        if finding.verdict is Verdict.DEAD and at in self.nameless:
            return True
        louder = self.louder.get(finding.verdict)
        return louder is not None and louder.overlap(finding.path)


def _places_of(findings: Iterable[Finding], verdicts: Collection[Verdict]) -> _Places:
    return _Places(finding for finding in findings if finding.verdict in verdicts)


def _causes(found: list[Finding], policy: TrustPolicy) -> _Causes:
    counted = [finding for finding in found if not finding.accepted]
    # What was accepted is not reported again in general words.
    named = [finding for finding in found if precedence_of(finding.name).general is None]
    refused = {_statement_of(finding) for finding in named if finding.verdict is Verdict.REFUSED}
    dead = [finding for finding in named if finding.verdict is Verdict.DEAD]
    dead_and_counted = [finding for finding in dead if not finding.accepted]
    by_statement: dict[Path, list[Finding]] = {}
    nobody: set[Path] = set()
    nameless: set[Path] = set()
    for finding in counted:
        statement = _statement_of(finding)
        if finding.verdict is not Verdict.ADVICE:
            by_statement.setdefault(statement, []).append(finding)
        if precedence_of(finding.name).general is General.STATEMENT:
            nobody.add(statement)
        if _refuses_unknown_principal(finding):
            nameless.add(statement)
    return _Causes(
        by_statement,
        louder={verdict: _places_of(counted, hiding) for verdict, hiding in _LOUDER.items()},
        named=_places_of(named, _SAME),
        said=dead_statements(dead, policy) | refused,
        dead=dead_statements(dead_and_counted, policy) | nobody,
        nameless=nameless,
    )


def _refuses_unknown_principal(finding: Finding) -> bool:
    """Whether IAM refuses a principal of which it is not known whom it names."""
    if finding.verdict is not Verdict.REFUSED or finding.path[2:3] != ("Principal",):
        return False
    return not precedence_of(finding.name).callers_are_known


def _statement_of(finding: Finding) -> Path:
    return finding.path[:_BELOW_A_STATEMENT]


def dead_statements(dead: Iterable[Finding], policy: TrustPolicy) -> set[Path]:
    """The statements of which every value of something that has to be met is dead."""
    places = {finding.path for finding in dead}
    # One place of each element speaks for all: the principals, or the values of a condition.
    elements = {place[:3] if place[2:3] == ("Principal",) else place[:5]: place for place in places}
    return {
        path
        for place in elements.values()
        if (path := place[:_BELOW_A_STATEMENT]) and _is_whole(place, places, policy)
    }


def _is_within(path: Path, places: set[Path]) -> bool:
    """Whether a path, or an element around it within its statement, is one of these places."""
    return any(path[:end] in places for end in range(_BELOW_A_STATEMENT, len(path) + 1))


def _is_whole(place: Path, places: set[Path], policy: TrustPolicy) -> bool:
    """Whether a place, with what is dead next to it, leaves nothing of its statement."""
    if len(place) < _BELOW_A_STATEMENT or place[0] != "Statement":
        return False
    statement = policy.statements[int(place[1])]
    below = place[_BELOW_A_STATEMENT:]
    if not below or below[0] == "Action":
        return True
    if below[0] == "Principal":
        principals = [(*place[:3], *path) for path, _, _ in each_principal(statement)]
        return bool(principals) and all(_is_within(path, places) for path in principals)
    for condition in statement.conditions:
        if below[:3] == condition.path and _has_to_be_met(condition):
            base = (*place[:2], *condition.path)
            return base in places or all(
                (*base, index) in places for index in range(len(condition.values))
            )
    return False


def _has_to_be_met(condition: Condition) -> bool:
    return requires_match(condition) or ConditionView(condition).is_plain_null
