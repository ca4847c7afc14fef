"""A trust policy as frozen values that keep everything its document said.

What a trust policy should not hold (`Resource`, `NotPrincipal`, elements IAM has never heard of) is
kept as well: `pitfalls/` judges it, nothing is lost on the way.
Source of the grammar: AWS, *IAM JSON policy reference*,
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from trust_widgets.aws.principals import PRINCIPAL_KINDS
from trust_widgets.names import helps_with_names
from trust_widgets.policy.conditions import Condition, Path, Scalar, first_doubled
from trust_widgets.policy.frozen_json import freeze as freeze
from trust_widgets.policy.frozen_json import thaw
from trust_widgets.policy.given_values import (
    items_from_given,
    strings_from_given,
    warn_of_effect,
)
from trust_widgets.text.html import Html, tag
from trust_widgets.text.json.writer import json_text


@helps_with_names(arn="aws", account="aws", aws_accounts="aws", services="service")
@dataclass(frozen=True, slots=True)
class Principal:
    """Who a statement is about. A kind that is `None` was not written; `()` is an empty list.

    Args:
        aws, service, federated, canonical_user: the values, one string or several.
        other: kinds that AWS does not know, as written, for example `(("aws", ("*",)),)`.
        star: true for the bare string `"*"`, which is not the same document as `{"AWS": "*"}`.

    Example:
        >>> Principal(service="ec2.amazonaws.com").service
        ('ec2.amazonaws.com',)
    """

    aws: tuple[str, ...] | None = None
    service: tuple[str, ...] | None = None
    federated: tuple[str, ...] | None = None
    canonical_user: tuple[str, ...] | None = None
    other: tuple[tuple[str, tuple[str, ...]], ...] = ()
    star: bool = False

    def __post_init__(self) -> None:
        for name in ("aws", "service", "federated", "canonical_user"):
            object.__setattr__(self, name, strings_from_given(name, getattr(self, name)))

    @property
    def kinds(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The kinds that were written, with their values: `(("Service",
        ("ec2.amazonaws.com",)),)`.
        """
        written = (self.aws, self.service, self.federated, self.canonical_user)
        known = zip(PRINCIPAL_KINDS, written, strict=True)
        return (*[(kind, values) for kind, values in known if values is not None], *self.other)

    def each(self) -> Iterator[tuple[Path, str, str]]:
        """Yield `(path below the principal, kind, value)` for every value."""
        for kind, values in self.kinds:
            for index, value in enumerate(values):
                yield (kind, index), kind, value


@helps_with_names(
    condition="conditions",
    actions="action",
    principals="principal",
    name="sid",
    guards="conditions",
)
@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. An element that is `None` was not written.

    Args:
        sid, effect: as written.
        principal, not_principal: who.
        action, not_action, resource, not_resource: one string or several.
        conditions: flat, one `Condition` for each operator and key, in the document's order.
        bare_operators: operators whose block held no key, `{"StringEquals": {}}`.
        other: elements that AWS does not know, with their JSON values frozen by `freeze`.

    Raises:
        ValueError: when two conditions have the same operator and the same key, which a JSON object
            can hold only once.
    """

    effect: str | None = "Allow"
    principal: Principal | None = None
    action: tuple[str, ...] | None = None
    conditions: tuple[Condition, ...] = ()
    sid: str | None = None
    not_principal: Principal | None = None
    not_action: tuple[str, ...] | None = None
    resource: tuple[str, ...] | None = None
    not_resource: tuple[str, ...] | None = None
    bare_operators: tuple[str, ...] = ()
    other: tuple[tuple[str, Any], ...] = ()

    def __post_init__(self) -> None:
        warn_of_effect(self.effect)
        for name in ("action", "not_action", "resource", "not_resource"):
            object.__setattr__(self, name, strings_from_given(name, getattr(self, name)))
        for name in ("principal", "not_principal"):
            object.__setattr__(self, name, _principal_from_given(name, getattr(self, name)))
        conditions = items_from_given("conditions", self.conditions, Condition, _CONDITION)
        object.__setattr__(self, "conditions", conditions)
        doubled = first_doubled(self.conditions)
        if doubled is not None:
            raise ValueError(
                f"This statement has two conditions with the operator {doubled.operator} and the"
                f" key {doubled.key}. A policy can hold only one of them. Keep one; the values of"
                " one condition are alternatives."
            )

    def values_of(self, key: str) -> Iterator[tuple[Path, str, Scalar]]:
        """Yield `(path below the statement, operator, value)` for each value of a condition key."""
        for condition in self.conditions:
            if condition.key.lower() == key.lower():
                for index, value in enumerate(condition.values):
                    yield (*condition.path, index), condition.operator, value


@helps_with_names(
    policy="statements",
    text="str(policy)",
    document="to_dict()",
    json="to_dict()",
    dict="to_dict()",
)
@dataclass(frozen=True, slots=True)
class TrustPolicy:
    """A role's trust policy. `str(policy)` is its canonical JSON text.

    Args:
        statements: in the document's order.
        version: `"2012-10-17"`, or what the document said; `None` when it said nothing.
        id: the optional `Id`.
        other: top-level elements that AWS does not know, frozen.

    Example:
        >>> ec2 = Statement(
        ...     principal=Principal(service="ec2.amazonaws.com"), action="sts:AssumeRole"
        ... )
        >>> print(TrustPolicy((ec2,)).to_dict()["Statement"][0]["Action"])
        sts:AssumeRole
    """

    statements: tuple[Statement, ...] = ()
    version: str | None = "2012-10-17"
    id: str | None = None
    other: tuple[tuple[str, Any], ...] = ()

    def __post_init__(self) -> None:
        if isinstance(self.statements, (str, Mapping, TrustPolicy)):
            raise TypeError("statements: a text or a document is read by tw.parse(...)")
        statements = items_from_given("statements", self.statements, Statement, "tw.Statement(...)")
        object.__setattr__(self, "statements", statements)

    def to_dict(self) -> dict[str, Any]:
        """The document as plain JSON values, elements in AWS's usual order, single values without a
        list.
        """
        head = {"Version": self.version, "Id": self.id}
        return {
            **{key: value for key, value in head.items() if value is not None},
            "Statement": [statement_to_dict(statement) for statement in self.statements],
            **{key: thaw(value) for key, value in self.other},
        }

    def __str__(self) -> str:
        return json_text(self.to_dict(), indent=2)

    @property
    def size(self) -> int:
        """Characters that count against the quota, from above: IAM does not count white space, and
        whether spaces inside strings count is not documented, so they are counted here.
        https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
        """
        return len(json.dumps(self.to_dict(), separators=(",", ":"), ensure_ascii=False))

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": str(self), "text/html": policy_html(str(self))}


def policy_html(text: str) -> Html:
    """JSON text as HTML that reads well without a kernel, a script or a style sheet."""
    return tag("pre", tag("code", text), style="line-height: 1.4; white-space: pre-wrap")


_CONDITION = "tw.Condition('StringEquals', 'sts:ExternalId', 'b2f6c3de')"


def _principal_from_given(name: str, given: Any) -> Principal | None:
    """A principal; `"*"` is everyone.

    Raises:
        TypeError: for anything else, with what to write.
    """
    if given is None or isinstance(given, Principal):
        return given
    if given == "*":
        return Principal(star=True)
    value = given if isinstance(given, str) else "arn:aws:iam::444455556666:role/app"
    raise TypeError(
        f"{name}: an object of type {type(given).__name__} is not a tw.Principal. Write"
        f" {name}=tw.Principal(aws={value[:200]!r}), or service=, or federated=."
    )


def statement_to_dict(statement: Statement) -> dict[str, Any]:
    """One statement as plain JSON values."""
    elements = {
        "Sid": statement.sid,
        "Effect": statement.effect,
        "Principal": _principal_to_json(statement.principal),
        "NotPrincipal": _principal_to_json(statement.not_principal),
        "Action": _one_or_many(statement.action),
        "NotAction": _one_or_many(statement.not_action),
        "Resource": _one_or_many(statement.resource),
        "NotResource": _one_or_many(statement.not_resource),
        "Condition": _conditions_to_dict(statement) or None,
    }
    said = {key: value for key, value in elements.items() if value is not None}
    return said | {key: thaw(value) for key, value in statement.other}


def _conditions_to_dict(statement: Statement) -> dict[str, dict[str, Any]]:
    block: dict[str, dict[str, Any]] = {}
    for condition in statement.conditions:
        block.setdefault(condition.operator, {})[condition.key] = _one_or_many(condition.values)
    return block | {operator: {} for operator in statement.bare_operators}


def _principal_to_json(principal: Principal | None) -> Any:
    if principal is None:
        return None
    if principal.star:
        return "*"
    return {kind: _one_or_many(values) for kind, values in principal.kinds}


def _one_or_many(values: tuple[Scalar, ...] | None) -> Any:
    if values is None:
        return None
    if len(values) == 1:
        return values[0]
    return list(values)


def expect_policy(given: object) -> None:
    """Refuse what is no policy, such as its text.

    Raises:
        TypeError: with how it becomes one.

    Example:
        >>> try:
        ...     expect_policy('{"Statement": []}')
        ... except TypeError as error:
        ...     print(error)
        a TrustPolicy is needed, not str: parse it first: tw.parse(text)
    """
    if isinstance(given, TrustPolicy):
        return
    how = {
        "str": ": parse it first: tw.parse(text)",
        "dict": ": parse it first: tw.parse(json.dumps(document))",
    }
    kind = type(given).__name__
    raise TypeError(f"a TrustPolicy is needed, not {kind}{how.get(kind, '')}")
