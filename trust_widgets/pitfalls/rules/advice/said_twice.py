"""The same principal, action, value or statement a second time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from trust_widgets.aws.principal_forms import PrincipalForm, account_of, form_of, partition_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.policy import (
    Fix,
    Home,
    Path,
    Remove,
    Statement,
    TrustPolicy,
    example,
    statement_to_dict,
    statements,
)

T = TypeVar("T")


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    seen: set[str] = set()
    is_alone = len(policy.statements) == 1
    for path, statement in statements(policy):
        whole = "" if is_alone else _meaning(statement)
        if whole in seen:
            yield _hit(path, "This statement has the same meaning as another one")
            continue
        seen.add(whole)
        for place, text in _repeated(statement):
            yield _hit((*path, *place), f'"{text}" appears twice here')


def _meaning(statement: Statement) -> str:
    """A text that is the same for statements with the same meaning."""
    return json.dumps(_ordered(statement_to_dict(statement) | {"Sid": ""}))


def _hit(path: Path, what: str) -> Hit:
    return Hit(path, f"{what}.", fix=Fix("Remove the second", (Remove(path),)))


def _ordered(value: Any) -> Any:
    """A JSON value in which the order of names and values, and a list round a single one, make no
    difference.
    """
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return sorted(map(json.dumps, map(_ordered, value)))
    return value


def _repeated(statement: Statement) -> Iterator[tuple[Path, str]]:
    if statement.principal is not None:
        for kind, values in statement.principal.kinds:
            yield from _again(("Principal", kind), values, _one_spelling)
    yield from _again(("Action",), statement.action or (), str.lower)
    for condition in statement.conditions:
        yield from _again(condition.path, condition.values, json.dumps)


def _one_spelling(principal: str) -> str:
    """An account's number and the ARN of its root name the same; another partition's root is
    another account.
    """
    if form_of(principal) is PrincipalForm.ACCOUNT and partition_of(principal) == "aws":
        return account_of(principal)
    return principal


def _again(
    path: Path, values: Iterable[T], alike: Callable[[T], str]
) -> Iterator[tuple[Path, str]]:
    """Each value that appears again, and its place; `alike` is what is compared.

    Of several spellings one is reported for all of them, the same one whatever their order.
    """
    values = tuple(values)
    if len(values) < 2:
        return
    spellings: dict[str, str] = {}
    for value in values:
        text = value if isinstance(value, str) else json.dumps(value)
        same = alike(value)
        spellings[same] = max(text, spellings.get(same, ""))
    seen: set[str] = set()
    for index, value in enumerate(values):
        same = alike(value)
        if same in seen:
            yield (*path, index), spellings[same]
        seen.add(same)


PITFALL = Pitfall(
    code="TP411",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="A duplicate",
    find=find,
    fine="Always: it changes nothing, but counts against the quota.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    bad=(
        example({"Service": ["ec2.amazonaws.com", "ssm.amazonaws.com", "ec2.amazonaws.com"]}),
        example({"Service": "ec2.amazonaws.com"}, ["sts:AssumeRole", "STS:AssumeRole"]),
    ),
    good=(example({"Service": ["ec2.amazonaws.com", "ssm.amazonaws.com"]}),),
)
