"""Grade the caller's half of an exercise: a permission to assume one role, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from trust_widgets.aws.principal_forms import account_of
from trust_widgets.evaluation import Outcome, Request
from trust_widgets.exercises.result import Mistake, Result
from trust_widgets.exercises.task import PermissionTask
from trust_widgets.explain import evaluate
from trust_widgets.permissions import PermissionsPolicy
from trust_widgets.pitfalls import check_permissions
from trust_widgets.policy import DocumentError, Statement, names_action, parse, source_of
from trust_widgets.text.automaton import member
from trust_widgets.text.budget import Budget, Undecided
from trust_widgets.text.english import capital
from trust_widgets.text.globs import covers, pattern_from_text
from trust_widgets.text.tokens import Glob, tokens_of_pattern

ASSUME_ROLE = "sts:AssumeRole"
PASSED = (
    "Right. The caller can assume the role. The permission allows no other role and no other"
    " action: this was proved for all roles."
)
_VARIABLE = "${"


def grade_permission(task: PermissionTask, name: str, answer: Any) -> Result:
    """Return the result of an answer; the first kind of mistake counts.

    Args:
        task: the exercise.
        name: the name under which it is recorded.
        answer: a permissions policy, as `tw.check_permissions` takes it.
    """
    given = answer if isinstance(answer, str) else source_of(answer, "an answer").as_text
    try:
        policy = PermissionsPolicy.parse(given)
    except DocumentError as error:
        problem = error.problems[0]
        message = f"This is not a valid policy yet. Line {problem.line}: {problem.message}"
        return Result(name, Mistake.UNREADABLE, message)
    refused = _refused(policy, name)
    if refused is not None:
        return refused
    results = (
        _locked_out(task, name, policy),
        _let_in(task, name, policy),
        _other_action(name, policy),
        _other_role(task, name, policy),
    )
    return next((each for each in results if each is not None), Result(name, None, PASSED))


def _refused(policy: PermissionsPolicy, name: str) -> Result | None:
    """Whether IAM would save it."""
    refused = [each for each in check_permissions(policy) if each.verdict.value == "refused"]
    faults = [each.message for each in refused]
    for statement in policy.statements:
        if not (statement.resource or statement.not_resource):
            faults.append("A permissions policy needs a Resource. Write the ARN of the role.")
        if statement.principal is not None or statement.not_principal is not None:
            faults.append("A permissions policy has no Principal. Remove it.")
    if not faults:
        return None
    return Result(name, Mistake.REFUSED, f"IAM would not save this policy. {faults[0]}")


def _decided(task: PermissionTask, policy: PermissionsPolicy, role: str) -> Any:
    """The decision about the caller's request for a role that trusts the caller."""
    request: Request = replace(task.request.request, role=role, caller_permission="unknown")
    return evaluate(parse(task.trust), request, permissions=policy)


def _locked_out(task: PermissionTask, name: str, policy: PermissionsPolicy) -> Result | None:
    decision = _decided(task, policy, task.request.request.role)
    if decision.outcome is Outcome.ALLOWED:
        return None
    caller = task.request.caller
    if decision.outcome in (Outcome.DEPENDS, Outcome.INVALID):
        message = f"It is not decided whether {caller} can assume the role."
        return Result(name, Mistake.NOT_DECIDED, message, decision.because)
    message = f"{capital(caller)} cannot assume the role, but must be able to."
    return Result(name, Mistake.LOCKED_OUT, message, decision.because, task.request.request)


def _let_in(task: PermissionTask, name: str, policy: PermissionsPolicy) -> Result | None:
    for other, role in task.other_roles:
        decision = _decided(task, policy, role)
        if decision.outcome is Outcome.ALLOWED:
            message = (
                f"{capital(task.request.caller)} can also assume {other}, if that role trusts the"
                " caller, but must not be able to."
            )
            return Result(name, Mistake.LET_IN, message, f"The permission allows {role}.")
    return None


def _other_action(name: str, policy: PermissionsPolicy) -> Result | None:
    """Whether a statement allows anything besides assuming a role."""
    for statement in policy.statements:
        if statement.effect != "Allow":
            continue
        if statement.not_action:
            wide = "all actions but those in NotAction"
        else:
            beyond = [each for each in statement.action or () if not _is_assume_role(each)]
            wide = f'"{beyond[0]}"' if beyond else ""
        if wide:
            message = f"The permission allows {wide}. Allow {ASSUME_ROLE} only."
            return Result(name, Mistake.TOO_WIDE, message)
    return None


def _is_assume_role(action: str) -> bool:
    return covers(ASSUME_ROLE.lower(), action.lower())


def _other_role(task: PermissionTask, name: str, policy: PermissionsPolicy) -> Result | None:
    """Whether any other role is allowed, in any account."""
    role = task.request.request.role
    texts = [text for each in policy.statements for text in _resources(each)]
    if any(_VARIABLE in text for text in texts):
        return _undecided(name)
    for statement in policy.statements:
        if statement.effect != "Allow":
            continue
        try:
            witness = _witness(statement, role, policy)
        except Undecided:
            return _undecided(name)
        if witness and statement.conditions:
            return _undecided(name)
        if witness:
            message = (
                "All roles of the task are handled correctly, but the permission also allows this"
                f" role: {witness}"
            )
            return Result(name, Mistake.TOO_WIDE, message)
    return None


def _undecided(name: str) -> Result:
    message = "It could not be proved that the permission allows no other role."
    because = "It depends on a condition or a policy variable."
    return Result(name, Mistake.NOT_DECIDED, message, because)


def _witness(statement: Statement, role: str, policy: PermissionsPolicy) -> str | None:
    """The ARN of another role that a statement allows and no Deny stops; the likeliest first."""
    excluded = [_glob(role)]
    groups: list[list[Glob]] = []
    if statement.resource:
        groups.append([_glob(text) for text in statement.resource])
    excluded += [_glob(text) for text in statement.not_resource or ()]
    for deny in _unconditional_denies(policy):
        excluded += [_glob(text) for text in deny.resource or ()]
        if deny.not_resource:
            groups.append([_glob(text) for text in deny.not_resource])
    for shape in (f"arn:aws:iam::{account_of(role)}:role/*", "arn:aws:iam::????????????:role/*"):
        found = member([[_glob(shape)], *groups], excluded, Budget())
        if found is not None:
            return found
    return None


def _unconditional_denies(policy: PermissionsPolicy) -> Iterator[Statement]:
    """Statements that deny assuming roles whatever the request has."""
    for statement in policy.statements:
        is_unconditional = statement.effect == "Deny" and not statement.conditions
        if is_unconditional and names_action(statement, ASSUME_ROLE):
            yield statement


def _resources(statement: Statement) -> tuple[str, ...]:
    return (*(statement.resource or ()), *(statement.not_resource or ()))


def _glob(text: str) -> Glob:
    return tokens_of_pattern(pattern_from_text(text))
