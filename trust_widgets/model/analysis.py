"""What follows from the text and the grants of a model; a step that raises is a finding `TP000`."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from trust_widgets.access import SAYS, CallerClass, summary_of, who_gets_in
from trust_widgets.explain import PrincipalWords
from trust_widgets.findings import (
    CODE,
    Finding,
    Findings,
    Verdict,
    by_rank,
    internal_error,
    is_internal_error,
    is_not_decided,
    read_policy,
)
from trust_widgets.model.complaints import Complaint, complaints_about_grants, complaints_about_role
from trust_widgets.model.grants import Grant, kind_of
from trust_widgets.model.placement import Placed, Statements
from trust_widgets.patterns import revoke
from trust_widgets.pitfalls import findings_of
from trust_widgets.policy import Companion, Home, Problem, Role, TrustPolicy
from trust_widgets.readers import Hole, placeholder
from trust_widgets.reports import completed_text, shown_findings

EMPTY = '{\n  "Version": "2012-10-17",\n  "Statement": []\n}'
NOT_READ = (
    "This text was not read because of an internal error: who can assume this role is not known."
)
CALLERS_UNKNOWN = (
    "The analysis failed with an internal error: who can assume this role is not known."
)
UNREADABLE = "This text is not a valid policy yet."
UNREADABLE_NOW = "The text is not a valid policy (line {}). The last valid version: "
NOT_ALL_CHECKED = "The check is not complete: see finding {}."

Result = TypeVar("Result")


@dataclass(frozen=True)
class Written:
    """What the analysis is about.

    Args:
        text: the policy's text.
        placed: the grants, each with the statements that it has put into the text.
        role: the role's own fields, with the last policy that could be read.
        home: what is yours, with the role's account.
        holes: what `${expression}` in the text represents, where a file does not say it.
        form_failed: why all statements are shown as written by hand, if reading them failed.
    """

    text: str
    placed: tuple[Placed, ...]
    role: Role
    home: Home
    holes: tuple[Hole, ...] = ()
    form_failed: Finding | None = None


class Analysis(NamedTuple):
    """What follows, by the names of the model's traits, in the order in which they are set."""

    problems: tuple[Problem, ...]
    policy: TrustPolicy
    are_callers_known: bool
    callers: tuple[CallerClass, ...]
    complaints: tuple[Complaint, ...]
    role: Role
    findings: tuple[Finding, ...]
    summary: str


_MOST_NAMED = 3  # expressions that are not known
_MOST_REMEMBERED = 512  # undo goes back 200 steps


class Analyser:
    """Analyses a model's text and grants again and again."""

    def __init__(self) -> None:
        self._finished: dict[Statements, Grant] = {}
        """Which answers made the statements in the text."""

    def analyse(self, written: Written) -> Analysis:
        """Return all that follows from what is written."""
        policy, problems = read_policy(written.text)
        if policy is None or problems:
            policy = written.role.trust
        failed = [written.form_failed] if written.form_failed else []
        callers = _callers_and_sentence(policy, problems, written, failed)
        complaints = _complaints(written, failed)
        role = self._with_companions(
            replace(written.role, trust=policy), written.placed, complaints, failed
        )
        findings = _findings(written, policy, problems, failed)
        summary = _summary(policy, problems, callers, findings)
        if callers is not None and not problems:
            summary = _with_not_known(summary, written, callers[0])
        classes = callers[0] if callers else ()
        return Analysis(
            problems, policy, callers is not None, classes, complaints, role, findings, summary
        )

    def _with_companions(
        self,
        role: Role,
        placed: tuple[Placed, ...],
        complaints: tuple[Complaint, ...],
        failed: list[Finding],
    ) -> Role:
        """Return the role with the documents that belong to it; without them when that raises."""
        step, effect = (
            "Writing the documents that the role needs besides",
            "These documents are missing.",
        )
        unfinished = {complaint.grant for complaint in complaints}
        companions = _attempt(
            step, effect, lambda: self._companions(role, placed, unfinished), failed
        )
        return replace(role, companions=companions or ())

    def _companions(
        self, role: Role, placed: tuple[Placed, ...], unfinished: set[int]
    ) -> tuple[Companion, ...]:
        """Return the `companions` of all grants.

        For an unfinished grant they are those of the answers that made its statements.
        """
        companions: dict[Companion, None] = {}
        for index, (grant, statements) in enumerate(placed):
            made_by: Grant | None = grant
            if index in unfinished:
                made_by = self._finished.get(statements) if statements else None
            elif statements:
                self._remember(statements, grant)
            pattern = kind_of(made_by) if made_by else None
            if made_by and pattern:
                companions |= dict.fromkeys(pattern.companions_of(role, made_by.answers))
        return (*companions, *revoke(role))

    def _remember(self, statements: Statements, grant: Grant) -> None:
        """Note which answers made statements; the oldest are forgotten, however long one types."""
        self._finished.pop(statements, None)
        self._finished[statements] = grant
        if len(self._finished) > _MOST_REMEMBERED:
            del self._finished[next(iter(self._finished))]


def is_not_read(problems: tuple[Problem, ...]) -> bool:
    """Whether an internal error kept the text, perhaps a good policy, from being read."""
    return any(problem.code == CODE for problem in problems)


def _callers_and_sentence(
    policy: TrustPolicy, problems: tuple[Problem, ...], written: Written, failed: list[Finding]
) -> tuple[tuple[CallerClass, ...], str] | None:
    """Return who can assume the role, and the sentence; None when that is not known."""

    def search() -> tuple[tuple[CallerClass, ...], str]:
        callers: tuple[CallerClass, ...]
        whole = None
        if written.holes and not problems:
            whole = completed_text(written.text, written.holes, written.home)
        if whole is None:
            callers = who_gets_in(policy, written.home)
        else:
            unknown = [hole.expression for hole in written.holes if not hole.own]
            callers = _restored(who_gets_in(whole.policy, whole.home), whole.restored, unknown)
        denies = [statement for statement in policy.statements if statement.effect == "Deny"]
        return callers, summary_of(callers, len(denies))

    if is_not_read(problems):
        return None
    effect = "Who can assume this role is not known."
    return _attempt("The search for callers", effect, search, failed)


def _restored(
    callers: tuple[CallerClass, ...], restored: Callable[[str], str], unknown: Collection[str]
) -> tuple[CallerClass, ...]:
    """Callers with the expressions of the text in their sentences.

    Where a caller is not known, no call is shown, and external access is not decided.
    """
    made = list[CallerClass]()
    for each in callers:
        shown = _restored_class(each, restored)
        if any(name in shown.sentence for name in unknown):
            shown = replace(shown, stranger=shown.stranger or None, witness=None)
        made.append(shown)
    return tuple(made)


def _restored_class(each: CallerClass, restored: Callable[[str], str]) -> CallerClass:
    return replace(
        each,
        who=restored(each.who),
        sentence=restored(each.sentence),
        wide=tuple(map(restored, each.wide)),
        forms=tuple(_restored_words(form, restored) for form in each.forms),
    )


def _restored_words(words: PrincipalWords, restored: Callable[[str], str]) -> PrincipalWords:
    return words._replace(text=restored(words.text), condition=restored(words.condition))


def _complaints(written: Written, failed: list[Finding]) -> tuple[Complaint, ...]:
    """Return what is wrong with the answers; nothing when the check raises."""

    def check() -> tuple[Complaint, ...]:
        role = written.role
        about_role = complaints_about_role(role.name, role.path, role.account)
        return (*about_role, *complaints_about_grants(written.placed, role.account))

    effect = "Faults in the form's answers are not shown."
    return _attempt("The check of the form", effect, check, failed) or ()


def _findings(
    written: Written, policy: TrustPolicy, problems: tuple[Problem, ...], failed: list[Finding]
) -> tuple[Finding, ...]:
    """Return the findings, worst first; none for the text that a model begins with."""
    findings: tuple[Finding, ...] = ()
    if written.text != EMPTY:
        if written.holes and not problems:
            findings = shown_findings(written.text, written.holes, written.home)
        else:
            findings = findings_of(policy, problems, written.home)
    if failed:
        return Findings(sorted((*findings, *failed), key=by_rank))
    return findings


def _summary(
    policy: TrustPolicy,
    problems: tuple[Problem, ...],
    callers: tuple[tuple[CallerClass, ...], str] | None,
    findings: tuple[Finding, ...],
) -> str:
    """Return a sentence about who can assume the role, or that this is not known."""
    if is_not_read(problems):
        return NOT_READ
    if callers is None:
        return CALLERS_UNKNOWN
    if problems and not policy.statements:
        return UNREADABLE
    classes, sentence = callers
    if classes and not problems and any(map(_is_refused, findings)):
        sentence = f"{SAYS}{sentence}"
    incomplete = [f.code for f in findings if is_internal_error(f) or is_not_decided(f)]
    if incomplete:
        sentence = f"{sentence} {NOT_ALL_CHECKED.format(incomplete[0])}"
    return f"{unreadable_now(problems)}{sentence}"


def unreadable_now(problems: tuple[Problem, ...]) -> str:
    """What a sentence begins with that is about an older text, since the newest cannot be read."""
    if problems:
        return UNREADABLE_NOW.format(problems[0].line)
    return ""


def not_known_in(text: str, holes: tuple[Hole, ...]) -> tuple[str, ...]:
    """The expressions of a policy's text that a file does not say, as they are written."""
    expressions = dict.fromkeys(placeholder(hole) for hole in holes if not hole.own)
    return tuple(name for name in expressions if name in text)


def _with_not_known(summary: str, written: Written, callers: object) -> str:
    """A sentence about who can assume the role, with what is not known."""
    names = not_known_in(written.text, written.holes)
    if not names:
        return summary
    more = ", ..." if len(names) > _MOST_NAMED else ""
    told = f"{', '.join(names[:_MOST_NAMED])}{more}"
    if not callers:
        return f"It is not known who can assume this role: {told}."
    return f"{summary} Not known: {told}."


def _is_refused(finding: Finding) -> bool:
    return finding.verdict is Verdict.REFUSED and not finding.accepted


def _attempt(
    step: str, effect: str, compute: Callable[[], Result], failed: list[Finding]
) -> Result | None:
    """Return what a step gives; when it raises, None, and one finding more is in `failed`."""
    try:
        return compute()
    except Exception as error:
        failed.append(internal_error(step, error, effect))
        return None
