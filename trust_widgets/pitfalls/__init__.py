"""The mistakes the checker knows, one file each, and `check`, which asks them all.

A member defines `PITFALL = Pitfall(...)`. Its `find` yields a `Hit` for each place where the
mistake is made and knows nothing of verdicts, order or other members: `check` completes, sorts and
hides. A second constant, `PRECEDENCE`, says how its findings are reported next to others, where
that is not as usual."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from trust_widgets.families import lazy_names
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
    read_policy,
)
from trust_widgets.names import helps_with_arguments
from trust_widgets.pitfalls.former_codes import FormerCode
from trust_widgets.pitfalls.judging import PitfallError, judged
from trust_widgets.pitfalls.precedence import General, Precedence
from trust_widgets.pitfalls.record import PITFALLS, Hit, Pitfall
from trust_widgets.policy import (
    OTHER_POLICY,
    Given,
    Home,
    Problem,
    TrustPolicy,
    home_from_given,
    other_kind_of,
    source_of,
    with_own_account,
)

if TYPE_CHECKING:
    from trust_widgets.pitfalls.caller_half import check_permissions
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
    pitfall that raises is a finding `TP000`, and the others run all the same. Never raises.
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
        return Findings(sorted(judged(policy, own, today), key=by_rank))
    except Exception as error:
        return Findings([internal_error("The check of this policy", error, NOT_CHECKED)])


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
