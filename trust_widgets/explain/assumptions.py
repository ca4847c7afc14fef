"""Assumptions: what AWS does not document and a decision has to assume."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trust_widgets.aws import operators
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
        text: what is taken to be so. open: what AWS's pages leave open. source: the page.
    """

    text: str
    open: str
    source: str


ASSUMPTIONS = {
    "as_if_saved": Assumption(
        "The policy is decided as if IAM had saved it.",
        "IAM refuses documents like this one, or may; what they would mean is plain all the same.",
        f"{_DOCS}/reference_policies_grammar.html",
    ),
    "star_covers_everyone": Assumption(
        'The principal "*" also covers AWS services. Whether it covers callers with a token or a'
        " SAML assertion stays open.",
        "AWS says what it means for users and roles, not whether services and federated callers are"
        " among everyone.",
        f"{_DOCS}/reference_policies_elements_principal.html",
    ),
    "partitions_apart": Assumption(
        "A caller of another partition than the role's, or than that of the principal named, is not"
        " let in.",
        "AWS says that access is not delegated across partitions, not what such a principal"
        " matches.",
        f"{_DOCS}/id_roles_compare-resource-policies.html",
    ),
    "boundary_and_arn": Assumption(
        "Nothing on the caller's own side forbids the call.",
        "In one account a trust policy that names the caller suffices, but an explicit Deny of its"
        " own, a permissions boundary or a session policy may still stop it, and AWS's pages differ"
        " on the latter two.",
        f"{_DOCS}/reference_policies_evaluation-logic.html",
    ),
    "operator_case": Assumption(
        "An operator is known whatever its case.",
        "AWS's pages give one spelling and do not say whether case counts.",
        _OPERATORS,
    ),
    "binary_is_base64": Assumption(
        "BinaryEquals decodes the call's value from base64 too.",
        "AWS says so of the policy's value only.",
        _OPERATORS,
    ),
    "multivalued_without_set": Assumption(
        "A key with several values never matches without ForAnyValue or ForAllValues.",
        "AWS says that one of them is required, not what happens without.",
        f"{_DOCS}/reference_policies_condition-single-vs-multi-valued-context-keys.html",
    ),
    "variables_in_bool": Assumption(
        "Bool reads policy variables.",
        "The page on operators says so, the page on variables names only operators for texts and"
        " ARNs.",
        _VARIABLES,
    ),
    "star_in_variable_value": Assumption(
        "An asterisk or question mark in a variable's value is a letter, not a wildcard.",
        "AWS's pages do not say.",
        _VARIABLES,
    ),
    "non_arn_negated": Assumption(
        "A negated ARN operator is true of a text that is no ARN.",
        "AWS's pages speak of ARNs alone.",
        _OPERATORS,
    ),
    "star_is_no_arn": Assumption(
        'An ARN operator does not read the value "*".',
        "AWS says that each of the six parts of an ARN is compared, not what one asterisk"
        " alone is.",
        _OPERATORS,
    ),
    "tag_key_case": Assumption(
        "The case of a tag's key does not count in a condition key.",
        "AWS says that the names of condition keys have no case; of tags that differ in case alone"
        " it says nothing.",
        f"{_DOCS}/reference_policies_elements_condition.html",
    ),
    "bare_v6_address": Assumption(
        "An IPv6 address without a prefix length is that one address.",
        "AWS says so of IPv4: /32.",
        _OPERATORS,
    ),
}
"""What AWS leaves open, by name."""


def assumptions_of(tree: Node, policy: TrustPolicy, request: Request) -> tuple[str, ...]:
    """The names of those that a decision used, in the order of `ASSUMPTIONS`."""
    used = set(_of_policy(policy))
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


def _rests_on_star(tree: Node) -> bool:
    """Whether only "*" names the caller in the statement that decides or comes nearest."""
    if any(map(_by_star, (*undecided(tree), *all_nearest(tree)))):
        return True
    for action in actions_of(tree):
        effect = ("Deny",) if action.code is Reason.DENY_APPLIES else ("Allow",)
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
