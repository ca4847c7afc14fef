"""Grade an answer by deciding requests and by comparing it with the two bounds of what is right."""

from __future__ import annotations

from typing import Any

from trust_widgets.access import Answer, Comparison, compare
from trust_widgets.evaluation import Outcome
from trust_widgets.exercises.result import Mistake, Result
from trust_widgets.exercises.task import NamedRequest, Task
from trust_widgets.explain import Decision, evaluate
from trust_widgets.findings import Verdict
from trust_widgets.pitfalls import check
from trust_widgets.policy import DocumentError, TrustPolicy, parse, source_of
from trust_widgets.text.english import capital

PASSED = (
    "Right. Everyone who has to assume the role can, and nobody else can:"
    " this was proved for all requests."
)


def grade(task: Task, answer: Any) -> Result:
    """Return the result of an answer; the first kind of mistake counts.

    Args:
        task: what is asked.
        answer: see `Exercise.check`.
    """
    text = source_of(answer, "an answer").as_text
    try:
        policy = parse(text)
    except DocumentError as error:
        problem, *others = error.problems
        message = f"This is not a policy yet, in line {problem.line}: {problem.message}"
        return Result(task.name, Mistake.UNREADABLE, message, left=len(others))
    result = _refused(task, text)
    for step in (_wrong_request, _too_wide, _too_narrow):
        if result is None:
            result = step(task, policy)
    if result is None:
        return Result(task.name, None, PASSED)
    return result


def _refused(task: Task, text: str) -> Result | None:
    """Whether IAM would save it."""
    refused = [each for each in check(text, task.home) if each.verdict is Verdict.REFUSED]
    if not refused:
        return None
    message = f"IAM would not save this policy. {refused[0].message}"
    return Result(task.name, Mistake.REFUSED, message, left=len(refused) - 1)


def _wrong_request(task: Task, policy: TrustPolicy) -> Result | None:
    """The first request of the story that is decided wrongly."""
    decided = _decided(task.must_allow, policy)
    locked_out = [pair for pair in decided if pair[1].outcome is not Outcome.ALLOWED]
    if locked_out:
        named, decision = locked_out[0]
        return _about(task, named, decision, Mistake.LOCKED_OUT, len(locked_out) - 1)
    decided = _decided(task.must_deny, policy)
    let_in = [pair for pair in decided if pair[1].outcome not in _CLOSED]
    if let_in:
        named, decision = let_in[0]
        return _about(task, named, decision, Mistake.LET_IN, len(let_in) - 1)
    return None


def _decided(
    requests: tuple[NamedRequest, ...], policy: TrustPolicy
) -> list[tuple[NamedRequest, Decision]]:
    """Each request with its decision."""
    decided = []
    for named in requests:
        decision = evaluate(policy, named.request)
        decided.append((named, decision))
    return decided


_CLOSED = (Outcome.NOT_ALLOWED, Outcome.DENIED)


def _about(
    task: Task, named: NamedRequest, decision: Decision, mistake: Mistake, left: int
) -> Result:
    if decision.outcome in (Outcome.DEPENDS, Outcome.INVALID):
        message = f"Whether {named.caller} can assume the role is not decided."
        mistake = Mistake.NOT_DECIDED
    elif mistake is Mistake.LOCKED_OUT:
        message = f"{capital(named.caller)} cannot assume the role, but must be able to."
    else:
        message = f"{capital(named.caller)} can assume the role, but must not be able to."
    return Result(task.name, mistake, message, decision.because, named.request, left)


def _too_wide(task: Task, policy: TrustPolicy) -> Result | None:
    """Whether somebody can assume the role whom the widest right answer does not allow."""
    gained = _compared(task, task.widest, policy).gained
    message = "Each caller of the task is decided rightly, but this caller can assume the role too:"
    return _by_proof(task, gained, Mistake.TOO_WIDE, message)


def _too_narrow(task: Task, policy: TrustPolicy) -> Result | None:
    """Whether somebody cannot assume the role whom the narrowest right answer allows."""
    lost = _compared(task, task.narrowest, policy).lost
    message = (
        "Each caller of the task is decided rightly, but this caller cannot assume the role and"
        " must be able to:"
    )
    return _by_proof(task, lost, Mistake.TOO_NARROW, message)


def _compared(task: Task, bound: str, policy: TrustPolicy) -> Comparison:
    """Compare an answer with a bound, for callers whose own policies allow the request.

    What a caller's own policies allow is not what a task about a trust policy asks for.
    """
    return compare(parse(bound), policy, task.home, caller_permission="yes")


def _by_proof(task: Task, answer: Answer, mistake: Mistake, message: str) -> Result | None:
    if answer.found is False:
        return None
    if answer.found is None:
        message = "It could not be proved that nobody else can assume the role."
        return Result(task.name, Mistake.NOT_DECIDED, message, answer.because)
    return Result(task.name, mistake, message, answer.because, answer.witness)
