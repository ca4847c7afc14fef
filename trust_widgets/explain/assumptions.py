"""Assumptions: what AWS does not document and a decision has to assume."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trust_widgets.aws import operators
from trust_widgets.aws.actions import TAG_SESSION
from trust_widgets.aws.keys.records import key_record
from trust_widgets.aws.service_calls import carried_by
from trust_widgets.evaluation import (
    Node,
    Reason,
    Request,
    actions_of,
    all_nearest,
    compile_policy,
    template_from_text,
    undecided,
    variables_of,
)
from trust_widgets.policy import TrustPolicy, normalized_key
from trust_widgets.text.globs import has_wildcard

_DOCS = "https://docs.aws.amazon.com/IAM/latest/UserGuide"
_OPERATORS = f"{_DOCS}/reference_policies_elements_condition_operators.html"
_VARIABLES = f"{_DOCS}/reference_policies_variables.html"


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something that AWS does not say.

    Args:
        text: what is assumed. open: what AWS's pages leave open. source: the page.
    """

    text: str
    open: str
    source: str


ASSUMPTIONS = {
    "as_if_saved": Assumption(
        "The policy is evaluated as if IAM had saved it.",
        (
            "IAM rejects this document, or may reject it. What the document means is clear all the "
            "same."
        ),
        f"{_DOCS}/reference_policies_grammar.html",
    ),
    "star_covers_everyone": Assumption(
        'The principal "*" also covers AWS services. It is not known whether it covers'
        " callers with a token or a SAML assertion.",
        'AWS describes "*" for users and roles only, not for services and federated callers.',
        f"{_DOCS}/reference_policies_elements_principal.html",
    ),
    "partitions_apart": Assumption(
        "A caller in another partition than the role, or than the principal in the policy, is "
        "not allowed.",
        "AWS says that access is not delegated across partitions. It does not say what such a "
        "principal matches.",
        f"{_DOCS}/id_roles_compare-resource-policies.html",
    ),
    "boundary_and_arn": Assumption(
        "Nothing on the caller's side denies the request.",
        "In the same account a trust policy that names the caller is enough. An explicit Deny, "
        "a permissions boundary or a session policy of the caller may still deny it, and AWS's "
        "pages differ about the latter two.",
        f"{_DOCS}/reference_policies_evaluation-logic.html",
    ),
    "operator_case": Assumption(
        "Condition operators are not case-sensitive.",
        "AWS's pages show one spelling and do not say whether case matters.",
        _OPERATORS,
    ),
    "binary_is_base64": Assumption(
        "BinaryEquals also decodes the value in the request from base64.",
        "AWS says this only of the value in the policy.",
        _OPERATORS,
    ),
    "multivalued_without_set": Assumption(
        "A key with several values never matches without ForAnyValue or ForAllValues.",
        "AWS says that one of them is required. It does not say what happens without one.",
        f"{_DOCS}/reference_policies_condition-single-vs-multi-valued-context-keys.html",
    ),
    "variables_in_bool": Assumption(
        "Bool reads policy variables.",
        "The page on operators says this. The page on variables names only operators for "
        "strings and ARNs.",
        _VARIABLES,
    ),
    "star_in_variable_value": Assumption(
        "An asterisk or question mark in the value of a variable is not a wildcard.",
        "AWS's pages do not say this.",
        _VARIABLES,
    ),
    "non_arn_negated": Assumption(
        "A negated ARN operator is true for a value that is not an ARN.",
        "AWS's pages describe ARNs only.",
        _OPERATORS,
    ),
    "star_is_no_arn": Assumption(
        'An ARN operator does not match anything with the value "*".',
        "AWS says that each of the six parts of an ARN is compared. It does not describe a "
        "single asterisk.",
        _OPERATORS,
    ),
    "tag_key_case": Assumption(
        "In a condition key, the key of a tag is not case-sensitive.",
        "AWS says that condition keys are not case-sensitive. It does not describe tags that "
        "differ only in case.",
        f"{_DOCS}/reference_policies_elements_condition.html",
    ),
    "bare_v6_address": Assumption(
        "An IPv6 address without a prefix length is one address.",
        "AWS says this of IPv4 addresses (/32).",
        _OPERATORS,
    ),
    "pod_without_tags": Assumption(
        "A request of EKS Pod Identity without tags comes from an association whose session tags "
        "are disabled.",
        "EKS sends six tags with each request unless an association disables them. Its pages do "
        "not say what else changes then. The answers about all callers assume the tags.",
        "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html",
    ),
}
"""What AWS leaves open, by name."""


def assumptions_of(tree: Node, policy: TrustPolicy, request: Request) -> tuple[str, ...]:
    """The names of those that a decision used, in the order of `ASSUMPTIONS`."""
    used = {*_of_policy(policy), *_of_request(request)}
    if request.identity.kind != "aws" and _rests_on_star(tree):
        used.add("star_covers_everyone")
    statements = (
        node
        for action in actions_of(tree)
        for node in action.parts
        if node.code is Reason.STATEMENT
    )
    for statement in statements:
        used.update(_of_principal(statement))
        if all(part.truth is not False for part in statement.parts[:2]):
            used.update(_of_statement(statement, request))
    return tuple(name for name in ASSUMPTIONS if name in used)


def _of_policy(policy: TrustPolicy) -> Iterator[str]:
    if compile_policy(policy).faults:
        return
    for statement in policy.statements:
        stars = statement.principal is not None and statement.principal.star
        others = (statement.not_action, statement.resource, statement.not_resource)
        if stars or any(other is not None for other in others):
            yield "as_if_saved"


def _of_request(request: Request) -> Iterator[str]:
    if not carried_by(request.identity.text).always:
        return
    passed = (key for key, value in request.keys.items() if value != ())
    if not any(key_record(key).action == TAG_SESSION for key in passed):
        yield "pod_without_tags"


def _rests_on_star(tree: Node) -> bool:
    """Whether only "*" names the caller in the statement that decides or comes nearest."""
    if any(map(_by_star, (*undecided(tree), *all_nearest(tree)))):
        return True
    for action in actions_of(tree):
        if action.code is Reason.DENY_APPLIES:
            effect = ("Deny",)
        else:
            effect = ("Allow",)
        deciding = [
            s for s in action.parts if s.code is Reason.STATEMENT and s.truth and s.data == effect
        ]
        if deciding and all(map(_by_star, deciding)):
            return True
    return False


_EVERYONE = (Reason.EVERYONE, Reason.EVERYONE_UNDOCUMENTED)


def _by_star(statement: Node) -> bool:
    who = statement.parts[0]
    named = [node for node in who.parts or (who,) if node.truth is not False]
    return bool(named) and all(node.code in _EVERYONE for node in named)


def _of_principal(statement: Node) -> Iterator[str]:
    for node in statement.parts[0].walk():
        if node.code is Reason.PARTITION_DIFFERS:
            yield "partitions_apart"


def _of_statement(statement: Node, request: Request) -> Iterator[str]:
    asked = any(part.code.startswith("PERMISSION") for part in statement.parts)
    if (
        statement.truth
        and statement.data == ("Allow",)
        and request.identity.kind == "aws"
        and not asked
    ):
        yield "boundary_and_arn"
    for part in statement.parts[2:]:
        if len(part.data) >= 2:
            yield from _of_clause(part, request)


def _of_clause(node: Node, request: Request) -> Iterator[str]:
    name, spelled = node.data[:2]
    operator = operators.parse_operator(spelled)
    if operator is None:
        return
    if spelled != operator.spelling():
        yield "operator_case"
    if node.code is Reason.NO_SET_OPERATOR:
        yield "multivalued_without_set"
    if "/" in name and any(
        key != name and normalized_key(key) == normalized_key(name) for key in request.context
    ):
        yield "tag_key_case"
    values = [
        below
        for below in node.walk()
        if below.code.startswith(("VALUE", "VARIABLE", "UNREADABLE", "GLOB"))
    ]
    for value in values:
        yield from _of_value(operator, value.data[0], value.data[1], request)


def _of_value(
    operator: operators.ParsedOperator, given: str, wanted: str, request: Request
) -> Iterator[str]:
    if operator.base == "BinaryEquals":
        yield "binary_is_base64"
    if operator.base == "Bool" and "${" in wanted:
        yield "variables_in_bool"
    if operator.type == "ARN":
        if wanted == "*":
            yield "star_is_no_arn"
        elif operator.is_negated and (given.count(":") < 5 or not given.startswith("arn:")):
            yield "non_arn_negated"
    if operator.type == "IPAddress" and ":" in wanted and "/" not in wanted:
        yield "bare_v6_address"
    if operator.takes_wildcards:
        for variable in variables_of(template_from_text(wanted, wildcards=True, variables=True)):
            value = request.keys.get(variable.key, variable.default)
            if isinstance(value, str) and has_wildcard(value):
                yield "star_in_variable_value"
