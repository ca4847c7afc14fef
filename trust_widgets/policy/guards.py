"""Conditions that a reader adds to any grant, whatever its pattern.

A condition is one operator, one key and its values; nothing is lost when a condition of a pasted
policy is read as a `Guard`. Which keys a kind of caller can ever have:
`aws/keys/condition_keys.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from trust_widgets.aws.arns import (
    ACCOUNT_ID,
    ACCOUNT_ID_FORM,
    ORGANIZATION_ID,
    ORGANIZATION_ID_FORM,
)
from trust_widgets.aws.keys.condition_keys import why_never
from trust_widgets.aws.keys.impossible_keys import why_impossible
from trust_widgets.aws.limits import EXTERNAL_ID
from trust_widgets.aws.operators import is_operator
from trust_widgets.forms import Question, complaint_about_letters
from trust_widgets.names import helps_with_names
from trust_widgets.policy.conditions import Condition, text_from_scalar
from trust_widgets.policy.external_ids import new_external_id
from trust_widgets.policy.given_values import items_from_given
from trust_widgets.policy.semantics import normalized_key


@helps_with_names(value="values", name="key")
@dataclass(frozen=True, slots=True)
class Guard:
    """One condition on a grant: `Guard("sts:ExternalId", "StringEquals", ("b2f6c3de",))`.

    Args:
        key: the condition key.
        operator: the condition operator.
        values: one string or several, as typed.

    Example:
        >>> Guard("aws:PrincipalOrgID", values="o-a1b2c3d4e5").values
        ('o-a1b2c3d4e5',)
    """

    key: str
    operator: str = "StringEquals"
    values: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        values = items_from_given("values", self.values, (str, bool, int, float), "'...'")
        object.__setattr__(self, "values", tuple(map(text_from_scalar, values)))


@dataclass(frozen=True)
class GuardKind:
    """A condition that people ask for by name, with its usual operator and the question for its
    value.
    """

    name: str
    key: str
    operator: str
    question: Question
    start: str = ""


GUARD_KINDS = (
    GuardKind(
        "external_id",
        "sts:ExternalId",
        "StringEquals",
        Question(
            "External ID",
            "The vendor gives it to you. It is unique for each customer, but not a secret.",
            "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11",
            EXTERNAL_ID,
            "An external ID is 2 to 1,224 letters, digits and + = , . @ : / - _, like"
            " b2f6c3de-9a41-4b55.",
            generate=new_external_id,
        ),
    ),
    GuardKind(
        "organization",
        "aws:PrincipalOrgID",
        "StringEquals",
        Question(
            "Organization",
            "Only callers from accounts of this AWS organization.",
            "o-a1b2c3d4e5",
            ORGANIZATION_ID,
            f"{ORGANIZATION_ID_FORM}, like o-a1b2c3d4e5.",
        ),
    ),
    GuardKind(
        "mfa",
        "aws:MultiFactorAuthPresent",
        "Bool",
        Question("Signed in with MFA", "true requires MFA", "true", "true|false", "true or false."),
        start="true",
    ),
    GuardKind(
        "source_account",
        "aws:SourceAccount",
        "StringEquals",
        Question(
            "Source account",
            "Account of the resource that the service acts for.",
            "111122223333",
            ACCOUNT_ID,
            f"{ACCOUNT_ID_FORM}, like 111122223333.",
        ),
    ),
    GuardKind(
        "source_arn",
        "aws:SourceArn",
        "ArnLike",
        Question(
            "Source ARN",
            "ARN of the resource that the service acts for.",
            "arn:aws:states:eu-central-1:111122223333:stateMachine:*",
            r"arn:[^:]*:[^:]*:[^:]*:[^:]*:.+",
            "An ARN has six parts, like arn:aws:states:eu-central-1:111122223333:stateMachine:*.",
        ),
    ),
)


def kind_of(guard: Guard) -> GuardKind | None:
    """The named kind that a condition is of, by its key and operator."""
    key = normalized_key(guard.key)
    for kind in GUARD_KINDS:
        if kind.operator == guard.operator and normalized_key(kind.key) == key:
            return kind
    return None


def why_not(key: str, callers: Iterable[str]) -> str:
    """Why none of these kinds of caller can ever have a key; `""` when one of them can."""
    reasons = [why_never(key, caller) for caller in sorted(callers)]
    if reasons and all(reasons):
        return reasons[0]
    return ""


def complaint_about(guard: Guard) -> str:
    """What is wrong with a condition as typed; `""` when nothing is."""
    if not re.fullmatch(r"[\w.-]+(/[\w./-]+)*:[^\s\"]+", guard.key.strip()):
        return "A condition key is a prefix, a colon and a name, like aws:PrincipalArn."
    impossible = why_impossible(guard.key.strip())
    if impossible:
        return f"No request has this condition key: {impossible}."
    if not is_operator(guard.operator):
        return (
            f"AWS has no operator {guard.operator!r}. Use StringEquals or StringLike, for example."
        )
    values = [value.strip() for value in guard.values if value.strip()]
    letters = complaint_about_letters(guard.key, *values)
    if letters:
        return letters
    kind = kind_of(guard)
    if not values:
        if kind:
            return f"Needs a value, for example {kind.question.example}."
        return "Needs a value."
    wrong = [v for v in values if kind and not re.fullmatch(kind.question.rule, v)]
    if kind and wrong:
        return kind.question.message
    return ""


def conditions_from_guards(guards: Iterable[Guard]) -> tuple[Condition, ...]:
    """The conditions of a policy that these become; blanks round a value are dropped."""
    conditions = []
    for guard in guards:
        values = tuple(value.strip() for value in guard.values if value.strip())
        conditions.append(Condition(guard.operator, guard.key.strip(), values))
    return tuple(conditions)


def guards_from_conditions(conditions: Iterable[Condition]) -> tuple[Guard, ...]:
    """Conditions read as a `Guard` each.

    JSON's true and numbers become the words that IAM compares.
    """
    return tuple(
        Guard(c.key, c.operator, tuple(map(text_from_scalar, c.values))) for c in conditions
    )
