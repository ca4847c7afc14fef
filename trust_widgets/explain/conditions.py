"""Conditions in words, as phrases in a sentence; `condition_labels` has their short forms.

All of them read the same tables: the words of operators are in `aws.operator_table.TABLE`, those of
`Null` are here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from trust_widgets.aws.keys.claims import intended_claim
from trust_widgets.aws.keys.condition_keys import key_named
from trust_widgets.aws.keys.records import key_record
from trust_widgets.aws.oidc_issuers import is_identity_pools
from trust_widgets.aws.operators import ParsedOperator, parse_operator
from trust_widgets.aws.partitions import region_title
from trust_widgets.explain.folding import Fold, alternatives
from trust_widgets.explain.variables_in_words import phrase_for, value_in_words
from trust_widgets.policy import (
    Condition,
    ConditionView,
    Scalar,
    Statement,
    null_result,
    text_from_scalar,
)
from trust_widgets.text.english import listed_briefly
from trust_widgets.text.globs import has_wildcard

MFA, WITHOUT_MFA = "signed in with MFA", "if the request has no MFA information"
# A pattern matches several values: "an external ID like octo*".
_OF_PATTERNS = re.compile("^with the (ARN|external ID)")
NO_VALUE = "(no value)"
# The words for the principal already say whose token it is.
_SAID_WITH_PRINCIPAL = ("sub", "aud")
# https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html
_SIGN_IN = "${IdentityPools}:amr"
_REGION = "aws:requestedregion"
_SIGNED_IN = {
    frozenset({"authenticated"}): "signed in",
    frozenset({"unauthenticated"}): "not signed in (a guest)",
    frozenset({"authenticated", "unauthenticated"}): "signed in or a guest",
}


class Limits(NamedTuple):
    """The conditions of a statement in words.

    Args:
        callers: what is said of the callers, directly after them: `"in the organization o-..."`.
        request: what is said after what they can do: `"with the external ID ... if ..."`.
    """

    callers: str = ""
    request: str = ""


class _Presence(NamedTuple):
    """What `Null` requires, in words: for a sentence, a label and a row."""

    phrase: str
    label: str
    row: str


_ABSENT = _Presence("absent", "absent", "absent")
_PRESENT = _Presence("present", "present", "present")
_EITHER = _Presence("present or absent", "present", "absent")


# -- in a sentence ---------------------------------------------------------------------------------


def limits_of(statement: Statement, fold: Fold = Fold.WHOLE, *, is_attached: bool = True) -> Limits:
    """The conditions of a statement as a few words.

    Args:
        statement: the statement.
        fold: how far lists of values, and the conditions themselves, are folded.
        is_attached: whether words about the callers may follow the callers. Otherwise they are
            conditions like any other.

    Example:
        >>> mfa = Condition("Bool", "aws:MultiFactorAuthPresent", ("true",))
        >>> limits_of(Statement(conditions=(mfa,))).request
        'if signed in with MFA'
    """
    said = list(_conditions_to_say(statement))
    if said and fold >= Fold.KEYS:
        return Limits("", _conditions_briefly(said, fold))
    callers: list[str] = []
    request: list[str] = []
    states: list[str] = []
    needs: list[str] = []
    for condition in said:
        phrase, state = _phrase_of_key(condition, fold), _state(condition, fold)
        if state is not None:
            states.append(state)
        elif phrase is None:
            needs.append(plain_words(condition, fold=fold))
        elif _is_of_request(condition):
            request.append(phrase)
        elif is_attached:
            callers.append(phrase)
        else:
            needs.append(_need(phrase) or plain_words(condition, fold=fold))
    if states or needs:
        request.append(f"if {' and '.join([*states, *needs])}")
    return Limits(" ".join(callers), " ".join(request))


def _is_of_request(condition: Condition) -> bool:
    """Whether a key describes the request, and not who makes it or for whom."""
    record = key_record(ConditionView(condition).key)
    return record.property_of in ("request", "network") and record.of_the_caller is None


def _need(phrase: str) -> str:
    """Words about the callers as a condition; `""` where they cannot be one."""
    if phrase.startswith("in "):
        return f"the caller is {phrase}"
    if phrase.startswith("with "):
        return f"the caller has {phrase.removeprefix('with ')}"
    return ""


def _conditions_briefly(conditions: list[Condition], fold: Fold) -> str:
    """Conditions by their keys, or by their number alone."""
    keys = list(dict.fromkeys(condition.key for condition in conditions))
    if len(conditions) == 1:
        return f"if the condition on {keys[0]} is met"
    if fold is Fold.COUNTS:
        return f"if {len(conditions)} conditions are met"
    return f"if the conditions on {listed_briefly(keys, most=3)} are met"


def plain_words(condition: Condition, key: str = "", *, fold: Fold = Fold.WHOLE) -> str:
    """Any condition as `KEY is VALUE`.

    The words include what the operator makes of a key that is absent or has several values.

    Args:
        condition: the condition.
        key: a shorter name for its key; else it is written as in the policy.
        fold: how far the list of its values is folded.

    Example:
        >>> plain_words(Condition("NumericLessThanIfExists", "aws:MultiFactorAuthAge", ("60",)))
        'aws:MultiFactorAuthAge is less than 60 (or absent)'
    """
    operator, key = parse_operator(condition.operator), key or condition.key
    values = _values_in_words(condition, fold)
    if operator is None:
        return f"{key} {condition.operator} {values}"
    if operator.is_null:
        return f"{key} is {presence_required(condition.values).phrase}"
    predicate = operator.phrase_for(len(condition.values)).format(values)
    if operator.quantifier == "ForAllValues":
        return f"each value of {key} (if any) {predicate}"
    subject = f"a value of {key}" if operator.quantifier else key
    return f"{subject} {predicate}{' (or absent)' if operator.if_exists else ''}"


def _conditions_to_say(statement: Statement) -> Iterator[Condition]:
    """Those that are not said already: with the principal, or with another condition."""
    has_age = any(True for _ in statement.values_of("aws:MultiFactorAuthAge"))
    for condition in statement.conditions:
        view = ConditionView(condition)
        said_with_age = has_age and _state(condition) == MFA
        issuer, claim = intended_claim(view.key)
        of_the_token = claim in _SAID_WITH_PRINCIPAL and not is_identity_pools(issuer)
        if not said_with_age and not (of_the_token and not view.is_negated):
            yield condition


def _phrase_of_key(condition: Condition, fold: Fold = Fold.WHOLE) -> str | None:
    """A condition in the phrase of its key; `None` for one that has none."""
    view, phrase = ConditionView(condition), key_record(condition.key).phrase
    if not phrase or not _is_usual(view):
        return None
    values = _values_in_words(condition, fold)
    if _has_pattern(condition):
        return _OF_PATTERNS.sub(r"with an \1 like", phrase).format(values)
    return phrase_for(phrase, view.values).format(values)


def _has_pattern(condition: Condition) -> bool:
    """Whether a value of a condition is compared as a pattern with wildcards."""
    operator = ConditionView(condition).operator
    if operator is None or not operator.takes_wildcards:
        return False
    return any(has_wildcard(text_from_scalar(value)) for value in condition.values)


def _state(condition: Condition, fold: Fold = Fold.WHOLE) -> str | None:
    """How the callers are signed in, as a condition says it; `None` for another condition."""
    view = ConditionView(condition)
    operator = view.operator
    if operator is None or operator.is_null or operator.is_negated:
        return None
    if view.key.startswith("aws:multifactorauth"):
        return _mfa(operator, view.key, _values_in_words(condition, fold))
    if key_record(view.key).name == _SIGN_IN and _is_usual(view):
        return _SIGNED_IN.get(frozenset(view.values))
    return None


def _is_usual(view: ConditionView) -> bool:
    """Whether a condition has an operator with nothing special, as its key needs it."""
    operator = view.operator
    if operator is None or operator.is_null or operator.is_negated or operator.if_exists:
        return False
    return operator.quantifier == ("ForAnyValue" if _has_several_values(view.key) else "")


def _has_several_values(key: str) -> bool:
    known = key_named(key)
    return known is not None and known.many


def _mfa(operator: ParsedOperator, key: str, values: str) -> str | None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html"""
    if operator.quantifier:
        return None
    without = f" (or {WITHOUT_MFA})" if operator.if_exists else ""
    if key == "aws:multifactorauthpresent" and values == "true":
        return f"{MFA}{without}"
    if key == "aws:multifactorauthpresent" and values == "false" and operator.if_exists:
        return "not signed in with MFA"
    if key == "aws:multifactorauthage" and operator.base.startswith("NumericLessThan"):
        return f"{MFA} less than {values} seconds ago{without}"
    return None


# -- in a label, a row, a list ---------------------------------------------------------------------


def _values_in_words(condition: Condition, fold: Fold) -> str:
    """The values of a condition as a sentence says them: variables by what they represent."""
    texts = map(text_from_scalar, condition.values)
    if ConditionView(condition).key == _REGION:
        texts = map(region_title, texts)
    return alternatives(map(value_in_words, texts), fold) or "nothing"


def presence_required(values: Iterable[Scalar]) -> _Presence:
    """What `Null` requires of its key."""
    texts = list(map(text_from_scalar, values))
    is_met_without = null_result(texts, is_absent=True)
    if is_met_without and null_result(texts, is_absent=False):
        return _EITHER
    if is_met_without:
        return _ABSENT
    return _PRESENT
