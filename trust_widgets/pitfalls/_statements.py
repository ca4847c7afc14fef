"""Walking through a policy: what most pitfalls start with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from trust_widgets.policy import Path, Statement, TrustPolicy


def statements(policy: TrustPolicy, effect: str | None = None) -> Iterator[tuple[Path, Statement]]:
    """Yield `(path, statement)`, all of them or those with one effect."""
    for index, statement in enumerate(policy.statements):
        if effect in (None, statement.effect):
            yield ("Statement", index), statement


def principals(policy: TrustPolicy, kind: str, effect: str | None = None) -> Iterator[tuple[Path, Statement, str]]:
    """Yield `(path, statement, value)` for every principal of a kind, such as `"AWS"`."""
    for path, statement in statements(policy, effect):
        if statement.principal is not None:
            for below, found, value in statement.principal.each():
                if found == kind:
                    yield (*path, "Principal", *below), statement, value


def quoted(words: Iterator[str] | tuple[str, ...] | list[str]) -> str:
    """Words as a sentence lists them: `"a", "b" and "c"`.

    Example:
        >>> print(quoted(["a", "b", "c"]))
        "a", "b" and "c"
    """
    each = [f'"{word}"' for word in words]
    return " and ".join(each) if len(each) < 3 else f"{', '.join(each[:-1])} and {each[-1]}"


def example(principal: Any, /, action: Any = "sts:AssumeRole", condition: Any = None, **more: Any) -> str:
    """The text of a policy of one statement, for a pitfall's `bad` and `good`.

    Elements can be added, replaced, or with `None` left out: `example("*", Effect="Deny", Action=None)`.
    """
    usual = {"Effect": "Allow", "Principal": principal, "Action": action, "Condition": condition}
    said = {name: value for name, value in (usual | more).items() if value is not None}
    return json.dumps({"Version": "2012-10-17", "Statement": [said]})


def one_or_many(values: list[str]) -> str | list[str]:
    """A single value without its list, as policies are usually written."""
    return values[0] if len(values) == 1 else values
