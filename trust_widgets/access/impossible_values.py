"""Values of conditions that no request has, which the search leaves out and the rules report.

A value is left out of a condition whatever the operator: nothing matches it, so that a condition
with a negated operator is true of every request.
"""

from __future__ import annotations

import re
from dataclasses import replace

from trust_widgets.access.domains import domain_of
from trust_widgets.access.value_kinds import TEXT
from trust_widgets.access.value_sets import value_set_of
from trust_widgets.access.values import ValueConstraints, value
from trust_widgets.aws.arns import arn_in_right_partition, placeholder_in_arn, resource_of
from trust_widgets.aws.identity_center import fits_a_role, is_reserved_name
from trust_widgets.aws.keys.claims import intended_claim
from trust_widgets.aws.keys.record_fields import ANYTHING
from trust_widgets.aws.keys.records import key_record
from trust_widgets.aws.principal_forms import account_of, partition_of
from trust_widgets.aws.saml_audiences import why_no_endpoint
from trust_widgets.aws.service_calls import is_other_source
from trust_widgets.evaluation import (
    CompiledCondition,
    CompiledValue,
    Reason,
    operator_named,
    template_from_text,
)
from trust_widgets.policy import CACHE, remember
from trust_widgets.providers import facts_of_issuer, is_of_no_token, why_no_audience
from trust_widgets.text.budget import Budget, Undecided
from trust_widgets.text.placeholders import marked_placeholder, placeholder_in


def without_impossible_values(
    clause: CompiledCondition, principal: str, role: str
) -> CompiledCondition:
    """A condition without the values that no request of a principal has.

    Args:
        clause: the condition.
        principal: the caller, or the identity provider.
        role: the ARN of the role.
    """
    if clause.operator.is_null:
        return clause
    memo = CACHE.parts.of(clause)
    found: CompiledCondition | None = memo.get((is_impossible, principal, role))
    if found is None:
        found = _possible_part(clause, principal, role)
        remember(memo, (is_impossible, principal, role), found)
    return found


def _possible_part(clause: CompiledCondition, principal: str, role: str) -> CompiledCondition:
    base = clause.operator.positive
    kept = tuple(
        value
        for value in clause.values
        if not is_impossible(clause.key, base, value.text, principal, not _is_text(value))
        and not is_no_role_of_identity_center(clause.key, value.text, role)
    )
    if len(kept) == len(clause.values):
        return clause
    return replace(clause, values=kept)


def _is_text(value: CompiledValue) -> bool:
    """Whether what looks like a policy variable is compared as text."""
    return value.why is Reason.VARIABLE_IS_TEXT


def is_impossible(
    key: str, base: str, text: str, principal: str, has_variable: bool = True
) -> bool:
    """Whether surely no request of a principal has a value that matches.

    Args:
        key: the condition key.
        base: the operator, without a set operator and `IfExists`, not negated.
        text: the value as written.
        principal: the caller, or the identity provider.
        has_variable: whether what looks like a policy variable is one; otherwise it is compared as
            text.

    Example:
        >>> is_impossible("aws:PrincipalAccount", "StringEquals", "${ACCOUNT_ID}", "111122223333")
        True
    """
    if left_over(key, text):
        return True
    if key.lower() == "aws:sourcearn" and is_other_source(principal, text):
        return True
    if holds_arn(key) and arn_in_right_partition(text):
        return True
    issuer, claim = intended_claim(key)
    if claim == "sub" and is_of_no_token(issuer, base, text, has_variable):
        return True
    if claim == "aud" and why_no_audience(issuer, base, text):
        return True
    return key.lower() == "saml:aud" and bool(why_no_saml_audience(base, text, principal))


def holds_arn(key: str) -> bool:
    """Whether a condition key holds ARNs.

    Example:
        >>> holds_arn("aws:SourceArn"), holds_arn("aws:SourceAccount")
        (True, False)
    """
    return (key_record(key).form or "").startswith("arn:")


def is_no_role_of_identity_center(key: str, text: str, role: str) -> bool:
    """Whether a value names a role of Identity Center in the role's own account, in a form that
    none of them has.

    https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html

    Example:
        >>> is_no_role_of_identity_center(
        ...     "aws:PrincipalArn",
        ...     "arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_*",
        ...     "arn:aws:iam::111122223333:role/app",
        ... )
        True
    """
    if key.lower() != "aws:principalarn" or account_of(text) != account_of(role):
        return False
    resource = resource_of(text)
    return is_reserved_name(resource) and not fits_a_role(resource)


def left_over(key: str, text: str) -> str:
    """The placeholder in a value that nothing filled in; `""` where there is none.

    A word such as YOUR_ACCOUNT_ID counts where a caller cannot choose the value as they like.
    """
    record, words = key_record(key), ""
    if record.form == ANYTHING:
        return ""
    if record.owned != "no" and record.property_of != "session":
        words = placeholder_in(text) or placeholder_in_arn(text)
    elif intended_claim(key).claim == "sub" and re.search("YOUR_[A-Z]", text):
        words = placeholder_in(text)  # GitHub's and GitLab's names have no underscore there
    marked = marked_placeholder(text)
    if marked in facts_of_issuer(intended_claim(key).issuer).bracketed:
        marked = ""
    return marked or words


def why_no_saml_audience(base: str, text: str, provider: str) -> str:
    """What a value of `SAML:aud` is that no endpoint of the provider's partition matches."""
    compared = text.lower() if "IgnoreCase" in base else text
    return why_no_endpoint(compared, partition_of(provider))


def never_holds(key: str, base: str, text: str, has_variable: bool = True) -> bool:
    """Whether no value of a key's form matches a value of a condition, its wildcards read.

    Args:
        key: the condition key.
        base: the operator, without a set operator and `IfExists`, not negated.
        text: the value as written.
        has_variable: whether what looks like a policy variable is one; otherwise it is compared as
            text.

    Example:
        >>> never_holds("aws:PrincipalOrgID", "StringLike", "ou-*")
        True
        >>> never_holds("aws:PrincipalOrgID", "StringLike", "o-a1b2*")
        False
    """
    operator, domain = operator_named(base), domain_of(key.lower())
    pattern = template_from_text(text, wildcards=operator.wildcards, variables=False)
    value_set = value_set_of(operator.positive, (pattern,))
    if domain.kind != TEXT or value_set.kind != TEXT or (has_variable and "${" in text):
        return False
    try:
        return value(ValueConstraints((value_set,)), domain, Budget()) is None
    except Undecided:
        return False
