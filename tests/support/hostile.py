"""Policies of hostile sizes: pairs that a search could get lost in."""

from __future__ import annotations

from itertools import permutations

import trust_widgets as tw

STAR = tw.Principal(aws=("*",))
ROLE = ("sts:AssumeRole", "sts:TagSession")
LETTERS = "abcdefghij"


def _allow(*conditions: tw.Condition, effect: str = "Allow") -> tw.Statement:
    return tw.Statement(effect, STAR, ROLE, conditions)


def _tag(name: str, *values: str, operator: str = "StringLike") -> tw.Condition:
    return tw.Condition(operator, f"aws:PrincipalTag/{name}", values)


def _nested(count: int, turned: bool = False) -> tw.TrustPolicy:
    """Globs with many inner stars, each in another order."""
    orders = [*permutations(LETTERS[:5], 4)][:: -1 if turned else 1][:count]
    return tw.TrustPolicy((_allow(_tag("a", *("*" + "*".join(order) + "*" for order in orders))),))


def _statements(count: int, values: int, last: str) -> tw.TrustPolicy:
    """Many statements with three conditions of many values."""
    texts = [f"v{n}-*" for n in range(values - 1)]
    return tw.TrustPolicy(
        tuple(
            _allow(
                *(_tag(key, *(f"{s}{text}" for text in texts), last) for key in "abc"),
                effect="Deny" if s % 4 == 3 else "Allow",
            )
            for s in range(count)
        )
    )


def _many_valued(turned: bool) -> tw.TrustPolicy:
    """Set operators on one key, in turn."""
    operators = (
        "ForAnyValue:StringLike",
        "ForAllValues:StringLike",
        "ForAnyValue:StringNotLike",
        "ForAllValues:StringNotLike",
    )
    conditions = [
        tw.Condition(
            operator,
            "aws:PrincipalOrgPaths",
            tuple(f"o-{LETTERS[n]}*{'x' if turned else 'y'}/*" for n in range(8)),
        )
        for operator in operators
    ]
    return tw.TrustPolicy(
        tuple(
            _allow(*conditions[: n % 3 + 1], effect="Deny" if n % 5 == 4 else "Allow")
            for n in range(20)
        )
    )


def _variables(other: str) -> tw.TrustPolicy:
    """Variables in the values of many keys."""
    conditions = [
        _tag(key, f"${{aws:PrincipalTag/{following}}}-*")
        for key, following in zip("abcd", "bcde", strict=True)
    ]
    return tw.TrustPolicy(
        (_allow(*conditions), _allow(*conditions[:2], _tag("e", other, operator="StringNotLike")))
    )


def _denies(count: int) -> tw.TrustPolicy:
    """An Allow, and Deny statements with three conditions each, of which one must fail."""
    denies = [
        _allow(
            *(_tag(f"{key}{n % 7}", f"{n}*", operator="StringNotLike") for key in "abc"),
            effect="Deny",
        )
        for n in range(count)
    ]
    return tw.TrustPolicy((_allow(), *denies))


HOSTILE = (
    ("nested stars", _nested(40), _nested(50, turned=True)),
    ("the same nested stars", _nested(30), _nested(31)),
    ("20 statements of 50 values", _statements(20, 50, "old*"), _statements(20, 50, "new*")),
    ("many multivalued conditions", _many_valued(False), _many_valued(True)),
    ("variables", _variables("x*"), _variables("y*")),
    ("many denies", _denies(20), _denies(30)),
)
