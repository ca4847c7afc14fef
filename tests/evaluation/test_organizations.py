"""Paths that a request does not tell, in an organization that it tells; and the reverse.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

from typing import Any

import pytest

import trust_widgets as tw
from support.asking import policy

ORGANIZATION = "o-a1b2c3d4e5"
ROLE = "arn:aws:iam::111122223333:role/app"
CALLER = "arn:aws:iam::444455556666:user/octo"

# What a caller of the organization is told for a condition on its paths, which are unknown.
CASES: dict[str, tuple[str, Any, str]] = {
    "any path of it": ("ForAnyValue:StringLike", f"{ORGANIZATION}/*", "allowed"),
    "any path at all": ("ForAnyValue:StringLike", "*", "allowed"),
    "paths that begin as it does": ("ForAnyValue:StringLike", "o-a1*", "allowed"),
    "one of two": ("ForAnyValue:StringLike", ["o-zyxwvutsrq/*", f"{ORGANIZATION}/*"], "allowed"),
    "every path in it": ("ForAllValues:StringLike", f"{ORGANIZATION}/*", "allowed"),
    "none in another": ("ForAllValues:StringNotLike", "o-zyxwvutsrq/*", "allowed"),
    "a unit of it": ("ForAnyValue:StringLike", f"{ORGANIZATION}/r-ab12/*", "depends"),
    "one exact path": ("ForAnyValue:StringEquals", f"{ORGANIZATION}/r-ab12/", "depends"),
    "another one": ("ForAnyValue:StringLike", "o-zyxwvutsrq/*", "not allowed"),
    "an exact path elsewhere": ("ForAnyValue:StringEquals", "o-zyxwvutsrq/r-ab12/", "not allowed"),
    "a star that is a letter": ("ForAnyValue:StringEquals", f"{ORGANIZATION}/*", "depends"),
    "none in it": ("ForAllValues:StringNotLike", f"{ORGANIZATION}/*", "not allowed"),
    "is there": ("Null", "false", "allowed"),
    "is absent": ("Null", "true", "not allowed"),
}


def decided(operator: str, values: Any, **given: Any) -> str:
    text = policy({"AWS": CALLER}, "sts:AssumeRole", {operator: {"aws:PrincipalOrgPaths": values}})
    request = tw.Request("sts:AssumeRole", CALLER, ROLE, caller_permission="yes", **given)
    return str(tw.evaluate(text, request).outcome)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("unknown", [frozenset(), frozenset({"aws:PrincipalOrgPaths"})])
def test_unknown_paths_in_a_known_organization(name: str, unknown: frozenset[str]) -> None:
    operator, values, expected = CASES[name]
    told = decided(operator, values, context={"aws:PrincipalOrgID": ORGANIZATION}, unknown=unknown)
    assert told == expected


def test_a_caller_in_no_organization_has_no_path() -> None:
    assert decided("ForAnyValue:StringLike", "*") == "not allowed"


def test_a_path_tells_its_organization() -> None:
    text = policy(
        {"AWS": CALLER}, "sts:AssumeRole", {"StringEquals": {"aws:PrincipalOrgID": ORGANIZATION}}
    )
    for head, expected in ((ORGANIZATION, "allowed"), ("o-zyxwvutsrq", "not allowed")):
        request = tw.Request(
            "sts:AssumeRole",
            CALLER,
            ROLE,
            caller_permission="yes",
            context={"aws:PrincipalOrgPaths": (f"{head}/r-ab12/",)},
        )
        assert str(tw.evaluate(text, request).outcome) == expected


def test_what_is_no_path_tells_no_organization() -> None:
    text = policy({"AWS": CALLER}, "sts:AssumeRole", {"Null": {"aws:PrincipalOrgID": "false"}})
    request = tw.Request(
        "sts:AssumeRole",
        CALLER,
        ROLE,
        caller_permission="yes",
        context={"aws:PrincipalOrgPaths": ("told",)},
    )
    assert str(tw.evaluate(text, request).outcome) == "not allowed"
