"""Walking through a policy: what most pitfalls start with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from trust_widgets.policy.conditions import Path
from trust_widgets.policy.policy_cache import once_a_policy
from trust_widgets.policy.values import Statement, TrustPolicy
from trust_widgets.text.english import listed_briefly


def statements(policy: TrustPolicy, effect: str | None = None) -> Iterator[tuple[Path, Statement]]:
    """Yield `(path, statement)`, all of them or those with one effect."""
    for index, statement in enumerate(policy.statements):
        if effect in (None, statement.effect):
            yield ("Statement", index), statement


def principals(
    policy: TrustPolicy, kind: str, effect: str | None = None
) -> Iterator[tuple[Path, Statement, str]]:
    """The `(path, statement, value)` of every principal of a kind, such as `"AWS"`."""
    (by_kind,) = _by_kind(policy)
    found = by_kind.get(kind, ())
    if effect is None:
        return iter(found)
    return (each for each in found if each[1].effect == effect)


@once_a_policy
def _by_kind(policy: TrustPolicy) -> Iterator[dict[str, list[tuple[Path, Statement, str]]]]:
    found: dict[str, list[tuple[Path, Statement, str]]] = {}
    for path, statement in statements(policy):
        for below, kind, value in each_principal(statement):
            place = (*path, "Principal", *below)
            found.setdefault(kind, []).append((place, statement, value))
    yield found


def each_principal(statement: Statement) -> Iterator[tuple[Path, str, str]]:
    """Yield `(path below the Principal element, kind, value)` for every principal of a statement.

    Example:
        >>> from trust_widgets.policy import Principal
        >>> list(each_principal(Statement(principal=Principal(aws=("111122223333",)))))
        [(('AWS', 0), 'AWS', '111122223333')]
        >>> list(each_principal(Statement()))
        []
    """
    if statement.principal is not None:
        yield from statement.principal.each()


def principals_of_kind(statement: Statement, kind: str) -> tuple[str, ...]:
    """Return the principals that a statement has under a name such as `"AWS"`, which may be none.

    Example:
        >>> from trust_widgets.policy import Principal
        >>> principals_of_kind(Statement(principal=Principal(aws=("111122223333",))), "AWS")
        ('111122223333',)
        >>> principals_of_kind(Statement(), "AWS")
        ()
    """
    if statement.principal is None:
        return ()
    return dict(statement.principal.kinds).get(kind, ())


def quoted(words: Iterator[str] | tuple[str, ...] | list[str]) -> str:
    """Words as a sentence lists them: `"a", "b" and "c"`; the others of a long list are counted.

    Example:
        >>> print(quoted(["a", "b", "c"]))
        "a", "b" and "c"
        >>> print(quoted([f"app-{number}" for number in range(80)]))
        "app-0", "app-1" and 78 more
    """
    return listed_briefly(f'"{word}"' for word in words)


def example(
    principal: Any, /, action: Any = "sts:AssumeRole", condition: Any = None, **more: Any
) -> str:
    """The text of a policy of one statement, for a pitfall's `bad` and `good`.

    Elements can be added, replaced, or with `None` left out: `example("*", Effect="Deny",
    Action=None)`.
    """
    usual = {"Effect": "Allow", "Principal": principal, "Action": action, "Condition": condition}
    said = {name: value for name, value in (usual | more).items() if value is not None}
    return json.dumps({"Version": "2012-10-17", "Statement": [said]})


def one_or_many(values: list[str]) -> str | list[str]:
    """A single value without its list, as policies are usually written."""
    if len(values) == 1:
        return values[0]
    return values
