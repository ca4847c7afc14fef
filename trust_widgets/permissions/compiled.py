"""A permissions policy made ready for deciding calls on a role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trust_widgets.aws.arns import parts_of_pattern
from trust_widgets.aws.operators import parse_operator
from trust_widgets.evaluation import (
    CompiledCondition,
    CompiledPrincipal,
    Keys,
    Node,
    Reason,
    Request,
    Template,
    Variable,
    compiled_clause,
    decide_clause,
    decide_principal,
    fill,
    needs_in,
    template_from_text,
    who_of,
)
from trust_widgets.permissions.values import PermissionsPolicy
from trust_widgets.policy import CACHE, ActionList, Path, Principal, Statement, actions_of
from trust_widgets.text.globs import Pattern, is_anything, matcher_from_pattern

EVERYTHING = "*"


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """One statement of a permissions policy.

    Args:
        path: its place. allows: whether it is an Allow.
        actions, resources, clauses: what it asks for; `excludes` where it has `NotResource`.
        principals: whom it names; empty for everyone.
    """

    path: Path
    allows: bool
    actions: ActionList
    resources: tuple[Template, ...]
    excludes: bool
    clauses: tuple[CompiledCondition, ...]
    principals: tuple[CompiledPrincipal, ...]


@dataclass(frozen=True, slots=True)
class RuleAnswer:
    """What one statement says of a call: `None` where that depends on `needs`."""

    truth: bool | None
    needs: tuple[str, ...] = ()


def compiled_permissions(policy: PermissionsPolicy) -> tuple[CompiledRule, ...]:
    """The statements of a policy made ready; the same policy is made ready once.

    Raises:
        ValueError: for a statement that AWS would refuse and that has no meaning to decide by.
    """
    memo = CACHE.permissions.of(policy)
    rules: tuple[CompiledRule, ...] | None = memo.get(compiled_permissions)
    if rules is None:
        has_variables = policy.version == "2012-10-17"
        rules = memo[compiled_permissions] = tuple(
            _rule(("Statement", index), statement, has_variables)
            for index, statement in enumerate(policy.statements)
        )
    return rules


def _rule(path: Path, statement: Statement, has_variables: bool) -> CompiledRule:
    _expect_meaning(path, statement)
    texts = statement.resource
    if texts is None:
        texts = statement.not_resource
    resources = tuple(
        template_from_text(text, wildcards=True, variables=has_variables) for text in texts or ()
    )
    return CompiledRule(
        path,
        statement.effect == "Allow",
        actions_of(statement),
        resources,
        statement.resource is None,
        tuple(compiled_clause(path, each, has_variables) for each in statement.conditions),
        tuple(_named(path, statement.principal)),
    )


def _named(path: Path, principal: Principal | None) -> Iterator[CompiledPrincipal]:
    """The principals of a statement; none where it is for everyone."""
    if principal is None or principal.star or EVERYONE in list(principal.each()):
        return
    for below, kind, text in principal.each():
        who = who_of(text) if kind == "AWS" else None
        yield CompiledPrincipal((*path, "Principal", *below), kind, text, who)


EVERYONE = (("AWS", 0), "AWS", "*")


def _expect_meaning(path: Path, statement: Statement) -> None:
    fault = _fault_of(statement)
    if fault:
        raise ValueError(f"Statement[{path[1]}] of a permissions policy {fault}")


def _fault_of(statement: Statement) -> str:
    """What leaves a statement without a meaning to decide by; `""` for nothing."""
    if statement.effect not in ("Allow", "Deny"):
        return 'has no Effect. Write "Effect": "Allow" or "Deny".'
    if not statement.action and not statement.not_action:
        return 'has no Action. Write "Action": "sts:AssumeRole".'
    if not statement.resource and not statement.not_resource:
        return 'has no Resource. Write the ARN of the role, or "*".'
    if statement.not_principal is not None:
        return "has NotPrincipal. A permissions policy cannot have it. Remove it."
    operators = [condition.operator for condition in statement.conditions]
    for name in (*operators, *statement.bare_operators):
        if parse_operator(name) is None:
            return f"has the operator {name!r}, which AWS does not know."
    return ""


def decide_rule(rule: CompiledRule, action: str, request: Request) -> RuleAnswer:
    """Whether one statement applies to one action of a call on its role."""
    if not rule.actions.names(action):
        return RuleAnswer(False)
    parts = [_of_resource(rule, request), _of_principals(rule, request)]
    parts += [_of_node(decide_clause(clause, request.keys)) for clause in rule.clauses]
    if any(part.truth is False for part in parts):
        return RuleAnswer(False)
    needs = tuple(dict.fromkeys(name for part in parts for name in part.needs))
    if any(part.truth is None for part in parts):
        return RuleAnswer(None, needs)
    return RuleAnswer(True, needs)


def _of_node(node: Node) -> RuleAnswer:
    return RuleAnswer(node.truth, needs_in((node,)))


def _of_resource(rule: CompiledRule, request: Request) -> RuleAnswer:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html"""
    answers = [
        resource_truth(template, str(request.role), request.keys) for template in rule.resources
    ]
    if any(answer.truth for answer in answers):
        return RuleAnswer(not rule.excludes)
    needs = tuple(name for answer in answers for name in answer.needs)
    if any(answer.truth is None for answer in answers):
        return RuleAnswer(None, needs)
    return RuleAnswer(rule.excludes)


def resource_truth(template: Template, role: str, keys: Keys) -> RuleAnswer:
    """Whether a value of `Resource` fits the ARN of a role, each of its six parts.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html

    Example:
        >>> template = template_from_text("arn:aws:iam::*:role/app", wildcards=True, variables=True)
        >>> resource_truth(template, "arn:aws:iam::111122223333:role/app", {}).truth
        True
    """
    pattern = fill(template, keys)
    if isinstance(pattern, Variable):
        is_unknown = pattern.key in keys and keys[pattern.key] is None
        if is_unknown:
            return RuleAnswer(None, (pattern.name,))
        return RuleAnswer(False)
    return RuleAnswer(_fits(pattern, role))


def _fits(pattern: Pattern, role: str) -> bool | None:
    text = "".join(part if isinstance(part, str) else part.value for part in pattern)
    if is_anything(text):
        return True
    parts = parts_of_pattern(pattern)
    if parts is None:  # no ARN: IAM refuses it, or its asterisk runs over colons
        if matcher_from_pattern(pattern)(role):
            return None
        return False
    for part, value in zip(parts, role.split(":", 5), strict=True):
        if not matcher_from_pattern(part)(value):
            return False
    return True


def _of_principals(rule: CompiledRule, request: Request) -> RuleAnswer:
    """Whether a statement names the caller; only policies of VPC endpoints name someone.

    An account there may mean its root user alone, or all its principals:
    https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
    """
    if not rule.principals:
        return RuleAnswer(True)
    nodes = [decide_principal(principal, request) for principal in rule.principals]
    if any(node.truth and node.code is not Reason.ACCOUNT_DELEGATES for node in nodes):
        return RuleAnswer(True)
    if any(node.truth is not False for node in nodes):
        return RuleAnswer(None)
    return RuleAnswer(False)
