"""What rules about dead statements start with: the conditions that a call has to meet, and who has
to meet them.

A condition is required if a call has to match one of its values. Negated operators,
`IfExists`, `ForAllValues` and `Null` are not: with them a statement lives on when nothing fits.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from trust_widgets.access import left_over, why_never_has
from trust_widgets.policy import (
    Condition,
    ConditionView,
    Path,
    Statement,
    TrustPolicy,
    normalized_key,
    once_a_policy,
    principal_ref,
    requires_match,
    statements,
    text_from_scalar,
)

NOBODY_IS_STOPPED = "As written, this Deny denies no one."
NOBODY_IS_LET_IN = "As written, this statement allows no one."


class RequiredCondition(NamedTuple):
    """One condition that has to be met.

    Args:
        path, statement: of its statement.
        condition: the condition.
        base: its operator, in AWS's spelling, without what comes before and behind it.
    """

    path: Path
    statement: Statement
    condition: Condition
    base: str

    @property
    def place(self) -> Path:
        """The place of its values."""
        return (*self.path, *self.condition.path)

    @property
    def key(self) -> str:
        """Its key in lower case."""
        return normalized_key(self.condition.key)


class PrincipalOfStatement(NamedTuple):
    """One principal of a statement.

    Args:
        place, text: where it is, and itself.
        kind: `"aws"`, `"service"`, `"saml"` or `"oidc"`; `""` for one that may be any of them.
        sort: of kind `aws`: `"account"`, `"role"`, `"user"`, `"session"`, `"federated-user"`.
        issuer: of the holders of a token, in lower case.
    """

    place: Path
    text: str
    kind: str = ""
    sort: str = ""
    issuer: str = ""

    def why_never_has(self, key: str) -> str:
        """Why it never has a condition key; `""` when it may."""
        sort = {"user": "user", "role": "session", "session": "session"}.get(self.sort, "")
        return why_never_has(key, self.kind, sort, self.text, self.issuer)


@once_a_policy
def asked(policy: TrustPolicy) -> Iterator[RequiredCondition]:
    """The conditions of a policy that have to be met, of an Allow and of a Deny."""
    for path, statement in statements(policy):
        for condition in statement.conditions:
            if requires_match(condition):
                yield RequiredCondition(path, statement, condition, ConditionView(condition).base)


@once_a_policy
def values(policy: TrustPolicy) -> Iterator[tuple[RequiredCondition, Path, str]]:
    """Yield each value of these conditions: the condition, its place, and itself as AWS compares
    it.

    Placeholders that nothing filled in are left out: one rule reports them all.
    """
    for each in asked(policy):
        for index, value in enumerate(each.condition.values):
            text = text_from_scalar(value)
            if not left_over(each.key, text):
                yield each, (*each.place, index), text


def callers(path: Path, statement: Statement) -> tuple[PrincipalOfStatement, ...]:
    """The principals of a statement; none where one of them cannot be known."""
    principal = statement.principal
    if principal is None or principal.star:
        return ()
    found = [
        _caller((*path, "Principal", *below), kind, text) for below, kind, text in principal.each()
    ]
    if all(caller.kind for caller in found):
        return tuple(found)
    return ()


def _caller(place: Path, kind: str, text: str) -> PrincipalOfStatement:
    ref = principal_ref(text)
    wanted = {"AWS": ("aws",), "Service": ("service",), "Federated": ("saml", "oidc")}
    is_address = kind != "AWS" and "://" in text  # IAM refuses a web address
    if is_address or ref.kind not in wanted.get(kind, ()):
        return PrincipalOfStatement(place, text)
    return PrincipalOfStatement(place, text, ref.kind, ref.sort, ref.issuer.lower())


def unable(
    each: RequiredCondition, why: Callable[[RequiredCondition, PrincipalOfStatement], str]
) -> Iterator[tuple[Path, str]]:
    """Where nobody can meet a condition, and why: at the condition, or at those principals that
    cannot.

    Args:
        each: the condition.
        why: why one principal can never meet it; `""` when it may.
    """
    found = [(caller, why(each, caller)) for caller in callers(each.path, each.statement)]
    if found and all(because for _, because in found):
        yield each.place, found[0][1]
    else:
        yield from (
            (caller.place, f'"{caller.text}" can never meet this condition. {why}')
            for caller, why in found
            if why
        )


def outcome(each: RequiredCondition, place: Path) -> str:
    """What follows from one dead place, in a sentence."""
    if len(place) > len(each.place) and _has_other_values(each, place):
        return "The other values of the list still work."
    if place[: len(each.place)] != each.place:
        return "The other principals still work."
    if each.statement.effect == "Deny":
        return NOBODY_IS_STOPPED
    return NOBODY_IS_LET_IN


def _has_other_values(each: RequiredCondition, place: Path) -> bool:
    """Whether a condition has a value besides one at a place that is no placeholder left over."""
    texts = map(text_from_scalar, each.condition.values)
    others = (text for index, text in enumerate(texts) if index != place[-1])
    return any(not left_over(each.key, text) for text in others)
