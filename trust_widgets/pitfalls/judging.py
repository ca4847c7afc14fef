"""The findings of all pitfalls together: a step that raises is a finding, and stops no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from trust_widgets.access import one_budget
from trust_widgets.findings import Finding, Verdict, internal_error, not_decided
from trust_widgets.pitfalls.acceptance import settled
from trust_widgets.pitfalls.fix_safety import drop_widening_fixes
from trust_widgets.pitfalls.lists import once_a_list
from trust_widgets.pitfalls.needs import contained_in
from trust_widgets.pitfalls.policy_size import document_of
from trust_widgets.pitfalls.precedence import apply_precedence, note_held_back
from trust_widgets.pitfalls.record import PITFALLS, Pitfall
from trust_widgets.policy import Home, Path, TrustPolicy
from trust_widgets.text.budget import SharedBudgetExhausted, remembered_search

ALL_SHOWN = "All findings are shown, so one mistake may be reported more than once."
NO_FIXES = (
    "Everything was checked, but findings with the verdict dead are shown without their fixes."
)


class PitfallError(Exception):
    """The pitfall of this name raised, which is the cause."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def judged(policy: TrustPolicy, home: Home, today: date | None) -> list[Finding]:
    """The findings of all pitfalls, and one for each step that raised."""
    found: list[Finding] = []
    failed: dict[str, Finding] = {}  # by what failed, which is reported once
    unfinished: list[str] = []
    document = document_of(policy)
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
    return [
        (name, each) for name, each in PITFALLS.items() if not each.needs or each.needs <= contained
    ]


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
    """The path of the first statement for which the pitfall raises when it is alone; `()` when
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
        return note_held_back(apply_precedence(found, policy), found)
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
    return tuple(apply_precedence(found, policy))
