"""Grade an answer by deciding requests and by comparing it with the two bounds of what is right."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from trust_widgets.access import Answer, Comparison, compare
from trust_widgets.aws.actions import SESSION_ACTIONS
from trust_widgets.evaluation import Outcome, Reason
from trust_widgets.exercises.result import CheckedCaller, Mistake, Result
from trust_widgets.exercises.task import NamedRequest, Task
from trust_widgets.explain import TRUE_WITHOUT_KEY, Decision, evaluate, text_of
from trust_widgets.findings import Verdict
from trust_widgets.pitfalls import check
from trust_widgets.policy import DocumentError, TrustPolicy, parse, source_of
from trust_widgets.text.english import capital

PASSED = (
    "Right. Everyone who has to assume the role can, and no one else can:"
    " this was proved for all requests."
)


def grade(task: Task, answer: Any) -> Result:
    """Return the result of an answer; the first kind of mistake counts.

    Args:
        task: the exercise.
        answer: see `Exercise.check`.
    """
    text = source_of(answer, "an answer").as_text
    try:
        policy = parse(text)
    except DocumentError as error:
        problem, *others = error.problems
        message = f"This is not a valid policy yet. Line {problem.line}: {problem.message}"
        return Result(task.name, Mistake.UNREADABLE, message, left=len(others))
    result = _refused(task, text)
    if result is not None:
        return result
    callers = checked_callers(task, policy)
    result = _wrong_caller(task, callers)
    for step in (_too_wide, _too_narrow):
        if result is None:
            result = step(task, policy)
    if result is None:
        result = Result(task.name, None, PASSED)
    return replace(result, callers=callers)


def _refused(task: Task, text: str) -> Result | None:
    """Whether IAM would save it."""
    refused = [each for each in check(text, task.home) if each.verdict is Verdict.REFUSED]
    if not refused:
        return None
    message = f"IAM would not save this policy. {refused[0].message}"
    return Result(task.name, Mistake.REFUSED, message, left=len(refused) - 1)


def checked_callers(task: Task, policy: TrustPolicy) -> tuple[CheckedCaller, ...]:
    """Each caller of the story with what a policy decides, in the order of the story."""
    must = [(named, True) for named in task.must_allow]
    must_not = [(named, False) for named in task.must_deny]
    return tuple(_checked(policy, named, expected) for named, expected in must + must_not)


def _checked(policy: TrustPolicy, named: NamedRequest, must_assume: bool) -> CheckedCaller:
    decision = evaluate(policy, named.request)
    return CheckedCaller(
        named.caller, must_assume, decision.outcome, _reason(decision), named.request
    )


def _reason(decision: Decision) -> str:
    """Why, with the conditions that are true although the request does not have their key."""
    if decision.outcome is not Outcome.ALLOWED:
        return decision.because
    applies = [
        node
        for node in decision.tree.walk()
        if node.code is Reason.STATEMENT and node.data == ("Allow",) and node.truth
    ]
    missing = [
        text_of(part, decision.request)
        for statement in applies
        for part in statement.parts
        if part.code in TRUE_WITHOUT_KEY
    ]
    return " ".join([decision.because, *dict.fromkeys(missing)])


def _wrong_caller(task: Task, callers: tuple[CheckedCaller, ...]) -> Result | None:
    """The first caller of the story who is decided wrongly; what is certain comes first."""
    wrong = [each for each in callers if each.is_right is False]
    groups = (
        [each for each in wrong if each.must_assume],
        [each for each in wrong if not each.must_assume],
        [each for each in callers if each.is_right is None],
    )
    for group in groups:
        if group:
            return _about(task, group[0], len(group) - 1)
    return None


def _about(task: Task, checked: CheckedCaller, left: int) -> Result:
    if checked.is_right is None:
        message = f"It is not decided whether {checked.caller} can assume the role."
        mistake = Mistake.NOT_DECIDED
    elif checked.must_assume:
        message = f"{capital(checked.caller)} cannot assume the role, but must be able to."
        mistake = Mistake.LOCKED_OUT
    else:
        message = f"{capital(checked.caller)} can assume the role, but must not be able to."
        mistake = Mistake.LET_IN
    return Result(task.name, mistake, message, checked.because, checked.request, left)


def _too_wide(task: Task, policy: TrustPolicy) -> Result | None:
    """Whether someone can assume the role whom the widest right answer does not allow."""
    gained = _compared(task, _with_session_actions(task.widest), policy).gained
    if gained.witness is not None:  # its own reason is about the bound, which is a right answer
        gained = replace(gained, because=_reason(evaluate(policy, gained.witness)))
    message = (
        "All callers of the task are handled correctly, but this caller can also assume the role:"
    )
    unproved = "It could not be proved that no one else can assume the role."
    return _by_proof(task, gained, Mistake.TOO_WIDE, message, unproved)


def _too_narrow(task: Task, policy: TrustPolicy) -> Result | None:
    """Whether someone cannot assume the role whom the narrowest right answer allows."""
    lost = _compared(task, task.narrowest, policy).lost
    message = (
        "All callers of the task are handled correctly, but this caller cannot assume the role and"
        " must be able to:"
    )
    unproved = "It could not be proved that everyone who has to assume the role can."
    return _by_proof(task, lost, Mistake.TOO_NARROW, message, unproved)


def _with_session_actions(bound: str) -> str:
    """A bound that allows its callers to pass session tags, a source identity and a context too.

    A task says who can assume the role, and not what they pass.
    """
    document = json.loads(bound)
    for statement in document["Statement"]:
        if statement["Effect"] == "Allow":
            actions = statement["Action"]
            named = [actions] if isinstance(actions, str) else actions
            statement["Action"] = [*named, *(each for each in SESSION_ACTIONS if each not in named)]
    return json.dumps(document)


def _compared(task: Task, bound: str, policy: TrustPolicy) -> Comparison:
    """Compare an answer with a bound, for callers whose own policies allow the request.

    What a caller's own policies allow is not what a task about a trust policy requires.
    """
    return compare(parse(bound), policy, task.home, caller_permission="yes")


def _by_proof(
    task: Task, answer: Answer, mistake: Mistake, message: str, unproved: str
) -> Result | None:
    if answer.found is False:
        return None
    if answer.found is None:
        return Result(task.name, Mistake.NOT_DECIDED, unproved, answer.because)
    return Result(task.name, mistake, message, answer.because, answer.witness)
