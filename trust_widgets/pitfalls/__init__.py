"""The mistakes the checker knows, one file each, and `check`, which asks them all.

A member defines `PITFALL = Pitfall(...)`. Its `find` yields a `Hit` for each place where the
mistake is made and knows nothing of verdicts, order or other members: `check` completes, sorts and
hides. A second constant, `PRECEDENCE`, says how its findings are reported beside others, where that
is not as usual.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from trust_widgets.access import one_budget
from trust_widgets.families import Registry, lazy_names
from trust_widgets.findings import (
    CODE,
    NOT_CHECKED,
    Finding,
    Findings,
    Severity,
    Verdict,
    by_rank,
    finding_of,
    internal_error,
    not_decided,
    read_policy,
)
from trust_widgets.names import helps_with_arguments, helps_with_names
from trust_widgets.pitfalls.acceptance import settled
from trust_widgets.pitfalls.fix_safety import drop_widening_fixes
from trust_widgets.pitfalls.former_codes import FormerCode
from trust_widgets.pitfalls.lists import once_a_list
from trust_widgets.pitfalls.needs import Need, contained_in
from trust_widgets.pitfalls.precedence import General, Precedence, told
from trust_widgets.policy import (
    OTHER_POLICY,
    Fix,
    Given,
    Home,
    Path,
    Problem,
    TrustPolicy,
    home_from_given,
    other_kind_of,
    source_of,
    with_own_account,
)
from trust_widgets.text.budget import SharedBudgetExhausted, remembered_search

if TYPE_CHECKING:
    from trust_widgets.pitfalls.caller_half import CallerPitfall, check_permissions
    from trust_widgets.pitfalls.hopeless_conditions import why_never_met

__all__ = [
    "PITFALLS",
    "FormerCode",
    "General",
    "Hit",
    "Pitfall",
    "PitfallError",
    "Precedence",
    "check",
    "check_permissions",
    "findings_of",
    "why_never_met",
]

__getattr__ = lazy_names(
    __name__, {"check_permissions": "caller_half", "why_never_met": "hopeless_conditions"}
)


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a mistake is made.

    Args:
        path: the place: the value when the value is at fault, not its statement.
        message: one or two plain sentences about this very place, with its values.
        callers: for an `open` pitfall, concrete callers that get in, a hostile one among them.
        fix: a change that silences this pitfall and makes no other louder.
        other_fixes: further ones, where there is a choice.
        severity: where it differs from the pitfall's own.
        assumptions: what AWS has not documented and this rests on.
    """

    path: Path
    message: str
    callers: tuple[str, ...] = ()
    fix: Fix | None = None
    severity: Severity | None = None
    assumptions: tuple[str, ...] = ()
    other_fixes: tuple[Fix, ...] = ()

    def as_finding(self, name: str, pitfall: Pitfall | CallerPitfall) -> Finding:
        """The finding of a pitfall, which has a name, at this place."""
        return Finding(
            pitfall.code,
            name,
            pitfall.verdict,
            self.severity or pitfall.severity,
            self.message,
            self.path,
            self.callers,
            self.fix,
            self.assumptions,
            pitfall.fine,
            pitfall.source,
            other_fixes=self.other_fixes,
        )


@helps_with_names(page="source", name="title")
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
        needs: what a policy must contain for the mistake to be possible, as in `pitfalls/needs.py`.
        former_codes: codes under which its findings were reported before.
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
    needs: frozenset[Need] = frozenset()
    former_codes: tuple[FormerCode, ...] = ()


PITFALLS: Registry[Pitfall] = Registry("trust_widgets.pitfalls.rules", "PITFALL")

ALL_SHOWN = "All findings are shown, so one mistake may be reported more than once."
NO_FIXES = (
    "Everything was checked, but findings with the verdict dead are shown without their fixes."
)


@helps_with_arguments(accounts="home", mine="home", text="policy_or_text", policy="policy_or_text")
def check(
    policy_or_text: Given,
    home: Home | None = None,
    today: date | None = None,
) -> Findings:
    """Everything that is wrong with a trust policy, or worth knowing about it, worst first.

    What `home` accepts comes last, with the reason. At the end of a cell the findings show
    themselves.

    Args:
        policy_or_text: a policy, or any text at all: what cannot be read is a finding, never an
            exception. A document as boto3 returns it is checked as its JSON text, a `Role` or a
            `TrustModel` with what it knows of its account. An internal error is a finding too,
            `TP000`; checks that a large policy keeps from finishing are named in a note, `TP026`.
        home: what is yours, and what you have accepted.
        today: the day on which acceptances may be over and calls are made; that of `home` when none
            is given.

    Example:
        >>> import trust_widgets as tw
        >>> [str(f.verdict) for f in tw.check('{"Version": "2012-10-17", "Statement": []')]
        ['refused']
    """
    if today is not None and not isinstance(today, date):
        raise TypeError(f"today: {today!r} is not a date. Write datetime.date(2027, 1, 31).")
    source = source_of(policy_or_text)
    whole = source.home_with(home_from_given(home))
    if today is not None:
        whole = replace(whole, today=today)
    if source.text is None:
        return findings_of(source.policy, (), whole, today)
    return findings_of(*read_policy(source.text), whole, today)


def findings_of(
    policy: TrustPolicy | None,
    problems: tuple[Problem, ...],
    home: Home | None = None,
    today: date | None = None,
) -> Findings:
    """The findings of a document that was read already: its problems, and its policy's pitfalls.

    A document that cannot be read whole is judged by its problems alone, since what is missing from
    a half-read policy may be standing in the half that was not read. Problems cannot be accepted. A
    pitfall that raises is a finding `TP000`, and the others are asked all the same. Never raises.
    """
    if problems or policy is None:
        return Findings(map(_from_problem, problems))  # all alike: in the order of the text
    kind = other_kind_of(policy)
    if kind:
        return Findings(
            [Finding(OTHER_POLICY, "document", Verdict.REFUSED, Severity.ERROR, kind, ())]
        )
    try:
        own = with_own_account(home or Home(), policy)
        return Findings(sorted(_judged(policy, own, today), key=by_rank))
    except Exception as error:
        return Findings([internal_error("The check of this policy", error, NOT_CHECKED)])


class PitfallError(Exception):
    """The pitfall of this name raised, which is the cause."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def _judged(policy: TrustPolicy, home: Home, today: date | None) -> list[Finding]:
    """The findings of all pitfalls, and one for each step that raised."""
    found: list[Finding] = []
    failed: dict[str, Finding] = {}  # by what failed, which is told once
    unfinished: list[str] = []
    document = policy.to_dict()
    with one_budget(policy):
        for name, pitfall in possible_in(policy):
            try:
                for finding in _findings_by(name, pitfall, policy, home):
                    found.append(settled(finding, document, home, today, pitfall.former_codes))
            except SharedBudgetExhausted:
                unfinished.append(pitfall.code)
            except Exception as error:
                failed[name] = _pitfall_failed(name, error, policy, home)
        safe = _with_safe_fixes(_shown(found, policy, failed), policy, home, failed)

    def settle(finding: Finding) -> Finding:
        return settled(finding, document, home, today, PITFALLS[finding.name].former_codes)

    more = [not_decided(sorted(unfinished))] if unfinished else []
    return [*once_a_list(safe, settle), *failed.values(), *more]


def possible_in(policy: TrustPolicy) -> list[tuple[str, Pitfall]]:
    """The pitfalls with their names, but for those that need what a policy does not contain."""
    contained = contained_in(policy)
    return [(name, each) for name, each in PITFALLS.items() if each.needs <= contained]


def _findings_by(name: str, pitfall: Pitfall, policy: TrustPolicy, home: Home) -> Iterator[Finding]:
    """What one pitfall finds.

    Raises:
        PitfallError: when the pitfall raises.
    """
    try:
        for hit in pitfall.find(policy, home):
            yield hit.as_finding(name, pitfall)
    except SharedBudgetExhausted:
        raise
    except Exception as error:
        raise PitfallError(name) from error


def _pitfall_failed(name: str, error: Exception, policy: TrustPolicy, home: Home) -> Finding:
    """The finding about a pitfall that raised, at the statement that makes it raise, where there is
    one.
    """
    cause = error.__cause__ if isinstance(error, PitfallError) else error
    reason = cause if isinstance(cause, Exception) else error
    path = _failing_statement(PITFALLS[name], policy, home)
    return internal_error(f"Check {PITFALLS[name].code} ({name})", reason, path=path)


def _failing_statement(pitfall: Pitfall, policy: TrustPolicy, home: Home) -> Path:
    """The path of the first statement for which the pitfall raises when it stands alone; `()` when
    none does.
    """
    for index, statement in enumerate(policy.statements):
        try:
            for _ in pitfall.find(replace(policy, statements=(statement,)), home):
                pass
        except Exception:
            return ("Statement", index)
    return ()


def _shown(found: list[Finding], policy: TrustPolicy, failed: dict[str, Finding]) -> list[Finding]:
    """The findings without those that have the same cause as others; all of them when that cannot
    be decided.
    """
    try:
        return told(found, policy)
    except Exception as error:
        failed["told"] = internal_error(
            "Hiding findings that have the same cause", error, ALL_SHOWN
        )
        return found


def _with_safe_fixes(
    found: list[Finding], policy: TrustPolicy, home: Home, failed: dict[str, Finding]
) -> list[Finding]:
    """The findings, without each fix that would open the role to more callers, or of which that is
    not known.
    """
    try:
        return list(drop_widening_fixes(found, policy, lambda changed: _open_in(changed, home)))
    except SharedBudgetExhausted:
        pass  # it is not known which of the fixes are safe
    except PitfallError as error:
        if error.name not in failed:
            failed[error.name] = _pitfall_failed(error.name, error, policy, home)
    except Exception as error:
        failed["fixes"] = internal_error("Checking the fixes", error, NO_FIXES)
    return [
        finding.with_fixes(()) if finding.verdict is Verdict.DEAD else finding for finding in found
    ]


@remembered_search(256)
def _open_in(policy: TrustPolicy, home: Home) -> tuple[Finding, ...]:
    """What is open in a policy; remembered, since the fixes of a document mostly stay the same at
    the next key.

    Raises:
        PitfallError: when a pitfall raises.
    """
    wide = [
        (name, pitfall) for name, pitfall in possible_in(policy) if pitfall.verdict is Verdict.OPEN
    ]
    found = [
        finding for name, pitfall in wide for finding in _findings_by(name, pitfall, policy, home)
    ]
    return tuple(told(found, policy))


def _from_problem(problem: Problem) -> Finding:
    if problem.code == CODE:
        return finding_of(problem)
    return Finding(
        problem.code,
        "document",
        Verdict.REFUSED,
        Severity.ERROR,
        problem.message,
        problem.path,
        fix=problem.fix,
    )
