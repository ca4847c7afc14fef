"""How much the conditions of one statement keep out, judged by their values and not by their keys.

A condition restricts an Allow only if it is false for a call that lacks the key: negated operators,
`IfExists`, `ForAllValues` and `Null` are true then.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.aws import operators
from trust_widgets.aws.arns import ACCOUNT_ID, resource_of
from trust_widgets.aws.keys.claims import is_claim
from trust_widgets.aws.keys.records import key_record
from trust_widgets.aws.keys.spelling import intended
from trust_widgets.aws.oidc_issuers import distinguishing_keys
from trust_widgets.policy.conditions import Condition, Scalar
from trust_widgets.policy.policy_cache import CACHE
from trust_widgets.policy.semantics import ConditionView, principal_ref, requires_match
from trust_widgets.policy.statements import each_principal
from trust_widgets.policy.values import Statement
from trust_widgets.text.globs import has_wildcard

_ESCAPED_OR_OWN = re.compile(r"\$\{(?:[*?$]|aws:resource(?:account|orgid))\}", re.IGNORECASE)
_VARIABLE = re.compile(r"\$\{\s*([^*?$,}][^,}]*?)\s*[,}]")
_ONE_VARIABLE = re.compile(r"\$\{\s*([^*?$,}][^,}]*?)\s*\}")
_ONE_PRINCIPAL = re.compile(r"(?:A[A-Z0-9]{15,}|" + ACCOUNT_ID + r")(?::|$)")


def guarding_conditions(statement: Statement) -> Iterator[Condition]:
    """The conditions that are false when their key is missing from the call.

    One whose operator IAM does not know counts as well: IAM refuses it, which is all there is to
    say.
    """
    views = [ConditionView(condition) for condition in statement.conditions]
    # A `Null` condition that requires a key makes up for the loophole of a missing one.
    present = {view.key for view in views if view.requires_presence}
    for view in views:
        if view.operator is None or requires_match(view.condition):
            yield view.condition
        elif view.key in present and view.condition.values:
            if not view.is_null and not view.is_negated:
                yield view.condition


def admits_all(operator: str, value: Scalar) -> bool:
    """Whether a value is nothing but wildcards, under an operator that reads them, or every address
    there is.
    """
    parsed = operators.parse_operator(operator)
    if parsed is None:
        return False
    if parsed.type == "IPAddress" and not parsed.if_exists:
        return str(value).endswith("/0")
    return parsed.takes_wildcards and not str(value).strip("*?:/")


def is_open_ended(operator: str, text: str) -> bool:
    """Whether a text holds a wildcard its operator reads, or a variable other than the role's
    own.
    """
    text = _ESCAPED_OR_OWN.sub("", text)
    return "${" in text or (operators.takes_wildcards(operator) and has_wildcard(text))


def narrowing_conditions(statement: Statement) -> tuple[Condition, ...]:
    """The conditions that narrow who calls; the others describe the role, the moment or the
    connection, or the caller writes their values as it likes.

    What an issuer demands as its control counts, and so does a comparison with a property of the
    caller, such as `${aws:username}` or `${aws:PrincipalTag/team}`. Every rule about what is open
    asks here. One whose operator or key is not known counts as well.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html

    Example:
        >>> from trust_widgets.policy import Principal
        >>> conditions = (
        ...     Condition("StringEquals", "aws:RequestedRegion", ("eu-west-1",)),
        ...     Condition("Bool", "aws:MultiFactorAuthPresent", ("true",)),
        ... )
        >>> statement = Statement("Allow", Principal(aws=("*",)), conditions=conditions)
        >>> [condition.key for condition in narrowing_conditions(statement)]
        ['aws:MultiFactorAuthPresent']
    """
    memo = CACHE.parts.of(statement)
    found: tuple[Condition, ...] | None = memo.get(narrowing_conditions)
    if found is None:
        found = memo[narrowing_conditions] = tuple(_narrowing(statement))
    return found


def _narrowing(statement: Statement) -> Iterator[Condition]:
    refs = [principal_ref(value) for _, _, value in each_principal(statement)]
    kinds: set[str] = {ref.kind or "aws" for ref in refs}
    controls = {key.lower() for ref in refs for key in distinguishing_keys(ref.issuer)}
    for condition in statement.conditions:
        if intended(condition.key) in controls or _narrows_any(condition, kinds):
            yield condition


def _narrows_any(condition: Condition, kinds: set[str]) -> bool:
    """Whether a condition narrows the callers of one of these kinds."""
    parsed = operators.parse_operator(condition.operator)
    if parsed is None or not condition.values:
        return True
    if not parsed.is_negated and _compares_with_itself(condition):
        return False
    narrowed = key_record(intended(condition.key)).narrows_who_calls
    if not kinds or kinds & set(narrowed):
        return True
    compared = [name for value in condition.values for name in _VARIABLE.findall(str(value))]
    return any(kinds & set(key_record(name).narrows_who_calls) for name in compared)


def _compares_with_itself(condition: Condition) -> bool:
    """Whether a value is the variable of the condition's own key, which is equal whenever there is
    one.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    """
    key = intended(condition.key)
    names = [_ONE_VARIABLE.fullmatch(str(value)) for value in condition.values]
    return any(name is not None and intended(name[1]) == key for name in names)


def keeps_strangers_out(statement: Statement) -> bool:
    """Whether its conditions leave no user or role of an account that no value names."""
    for condition in guarding_conditions(statement):
        if all(_is_strong(condition, value) for value in condition.values):
            return True
    return False


def _is_strong(guard: Condition, value: Scalar) -> bool:
    key, text = intended(guard.key), str(value)
    if key_record(key).is_of_services_alone or is_claim(key):
        return True
    if key == "aws:principalisawsservice":
        return text.lower() == "true"
    if key == "aws:principalarn":
        return has_fixed_account(guard.operator, text)
    if key == "aws:principalorgpaths":
        return not is_open_ended(guard.operator, text.partition("/")[0]) and "/" in text
    if key == "aws:userid":
        return _ONE_PRINCIPAL.match(text) is not None
    return key in ("aws:principalorgid", "aws:principalaccount") and not is_open_ended(
        guard.operator, text
    )


def has_fixed_account(operator: str, arn: str) -> bool:
    """Whether an ARN pattern admits one account alone. `StringLike`'s `*` runs across colons."""
    parsed = operators.parse_operator(operator)
    if parsed is None or not parsed.takes_wildcards:
        return "${" not in _ESCAPED_OR_OWN.sub("", arn)
    parts = arn.split(":", 5)
    if parsed.type == "ARN":
        before = parts[4:5]
    else:
        before = parts[:5]
    return len(parts) == 6 and not is_open_ended(operator, ":".join(before)) and bool(parts[4])


def narrows(statement: Statement) -> bool:
    """Whether its conditions choose among the callers of one account."""
    narrowing = list(narrowing_conditions(statement))
    for condition in guarding_conditions(statement):
        if condition in narrowing and all(chooses(condition, value) for value in condition.values):
            return True
    return False


def chooses(guard: Condition, value: Scalar) -> bool:
    """Whether a value is one that some callers of an account have and others do not."""
    key, text = intended(guard.key), str(value)
    if not key_record(key).tells_callers_apart or admits_all(guard.operator, value):
        return False
    if key == "aws:multifactorauthpresent":
        return text.lower() == "true"
    if key == "aws:principalarn" and operators.takes_wildcards(guard.operator):
        head, slash, name = resource_of(text).partition("/")
        return bool(
            (name if slash else head.removeprefix("role").removeprefix("user")).strip("*?/")
        )
    return True
