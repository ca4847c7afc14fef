"""A policy made of a JSON tree. What has the wrong type is a fault, reported with all others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from trust_widgets.aws import services
from trust_widgets.aws.arns import ACCOUNT_ID
from trust_widgets.aws.principals import PRINCIPAL_KINDS
from trust_widgets.policy.conditions import Condition, Scalar
from trust_widgets.policy.frozen_json import freeze
from trust_widgets.policy.values import Principal, Statement, TrustPolicy
from trust_widgets.text.json.strict import pretty
from trust_widgets.text.json.tree import JsonFault, JsonNode, Splice, plain

_ACCOUNT = re.compile(r"\d{1,12}")


class PolicyReader:
    """Reads one text's tree; values of the wrong type are noted in `faults` and left out."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.faults: list[JsonFault] = []

    def _fault(
        self, kind: str, message: str, node: JsonNode, title: str = "", mended: str | None = None
    ) -> None:
        splices = () if mended is None else (Splice(node.span.start, node.span.end, mended),)
        self.faults.append(JsonFault(kind, message, node.span, title if splices else "", splices))

    def _wrong(self, what: str, wanted: str, node: JsonNode) -> None:
        self._fault("wrong_type", f"{what} must be {wanted}, not {_type_of(node)}.", node)

    def _written(self, node: JsonNode) -> str:
        return self.text[node.span.start : node.span.end]

    def policy(self, root: JsonNode) -> TrustPolicy | None:
        if root.items and all(item.members is not None for item in root.items):
            message = "This is a list. A policy is an object that contains the list of statements."
            mended = f'{{\n"Version": "2012-10-17",\n"Statement": {self._written(root)}\n}}'
            self._fault("wrong_type", message, root, "Wrap it in a policy", pretty(mended))
            return None
        if root.members is None:
            self._wrong("A policy", "an object in braces, { ... }", root)
            return None
        said: dict[str, Any] = {}
        other = []
        for member in root.members:
            if member.key in ("Version", "Id"):
                said[member.key.lower()] = self._text(member.key, member.node)
            elif member.key == "Statement":
                said["statements"] = tuple(self._statements(member.node))
            else:
                other.append((member.key, freeze(plain(member.node))))
        return TrustPolicy(**({"version": None} | said), other=tuple(other))

    def _statements(self, node: JsonNode) -> Iterator[Statement]:
        for item in node.items if node.items is not None else (node,):
            if item.members is None:
                self._wrong("A statement", "an object in braces, { ... }", item)
            else:
                yield self._statement(item)

    def _statement(self, node: JsonNode) -> Statement:
        said: dict[str, Any] = {}
        other = []
        for member in node.members or ():
            known = self._element(member.key, member.node)
            if known is None:
                other.append((member.key, freeze(plain(member.node))))
            said |= known or {}
        return Statement(**({"effect": None} | said), other=tuple(other))

    def _element(self, name: str, node: JsonNode) -> dict[str, Any] | None:
        """What an element says, as arguments of `Statement`; `None` for one that AWS does not
        know.
        """
        if name in ("Sid", "Effect"):
            return {name.lower(): self._text(name, node)}
        if name in ("Action", "NotAction", "Resource", "NotResource"):
            return {_snake(name): self._texts(name, node)}
        if name in ("Principal", "NotPrincipal"):
            return {_snake(name): self._principal(name, node)}
        if name == "Condition":
            conditions, bare = self._conditions(node)
            return {"conditions": conditions, "bare_operators": bare}
        return None

    def _text(self, name: str, node: JsonNode) -> str | None:
        if isinstance(node.value, str):
            return node.value
        mended = f'"{self._written(node)}"' if _is_number(node) else None
        message = f"{name} must be a string in double quotes, not {_type_of(node)}."
        self._fault("wrong_type", message, node, "Put it in quotes", mended)
        return None

    def _texts(self, name: str, node: JsonNode) -> tuple[str, ...]:
        values = node.items if node.items is not None else (node,)
        return tuple(text for value in values if (text := self._listed(name, value)) is not None)

    def _listed(self, name: str, node: JsonNode) -> str | None:
        if isinstance(node.value, str):
            return node.value
        digits = self._written(node)
        if _is_number(node) and _ACCOUNT.fullmatch(digits):
            message = (
                f'An account ID must be a string in double quotes: "{digits.zfill(12)}". A number'
                " loses its leading zeros."
            )
            mended = f'"{digits.zfill(12)}"'
            self._fault("account_as_number", message, node, "Put it in quotes", mended)
            return None
        self._wrong(name, "a string in double quotes, or a list of strings", node)
        return None

    # -- principals

    def _principal(self, name: str, node: JsonNode) -> Principal | None:
        if node.value == "*":
            return Principal(star=True)
        if node.members is None:
            self._principal_without_kind(name, node)
            return None
        said: dict[str, Any] = {}
        other = []
        for member in node.members:
            values = self._texts(f"A principal under {member.key}", member.node)
            if member.key in PRINCIPAL_KINDS:
                said[_snake(member.key)] = values
            else:
                other.append((member.key, values))
        return Principal(**said, other=tuple(other))

    def _principal_without_kind(self, name: str, node: JsonNode) -> None:
        values = [item.value for item in node.items] if node.items is not None else [node.value]
        kinds = {_kind_of(value) if isinstance(value, str) else "" for value in values}
        kind = kinds.pop() if len(kinds) == 1 else ""
        mended = f'{{"{kind}": {self._written(node)}}}' if kind else None
        message = (
            f'{name} must name the kind of caller, like {{"AWS": "111122223333"}}, '
            '{"Service": "ec2.amazonaws.com"} or {"Federated": "arn:aws:iam::..."}.'
        )
        self._fault("principal_without_kind", message, node, f"Write it under {kind}", mended)

    # -- conditions

    def _conditions(self, node: JsonNode) -> tuple[tuple[Condition, ...], tuple[str, ...]]:
        if node.members is None:
            self._wrong("Condition", 'an object like {"StringEquals": {"key": "value"}}', node)
            return (), ()
        found: dict[tuple[str, str], Condition] = {}  # of what appears twice, the last
        bare = []
        for operator in node.members:
            if operator.node.members is None:
                wanted = (
                    f'an object of keys and values, like {{"{operator.key}": {{"key": "value"}}}}'
                )
                self._wrong(f"The value of {operator.key}", wanted, operator.node)
                continue
            if not operator.node.members:
                bare.append(operator.key)
            for key in operator.node.members:
                values = self._condition_values(key.key, key.node)
                found[operator.key, key.key] = Condition(operator.key, key.key, values)
        return tuple(found.values()), tuple(bare)

    def _condition_values(self, key: str, node: JsonNode) -> tuple[Scalar, ...]:
        values = []
        for item in node.items if node.items is not None else (node,):
            if item.members is not None or item.items is not None or item.value is None:
                self._wrong(f"A value of {key}", "a string in double quotes", item)
            else:
                values.append(item.value)
        return tuple(values)


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def _is_number(node: JsonNode) -> bool:
    return isinstance(node.value, (int, float)) and not isinstance(node.value, bool)


def _type_of(node: JsonNode) -> str:
    if node.members is not None:
        return "an object"
    if node.items is not None:
        return "a list"
    if isinstance(node.value, str):
        return "a string"
    if _is_number(node):
        return "a number"
    return json.dumps(node.value)


def _kind_of(value: str) -> str:
    """The kind that a principal's text most likely belongs under; `""` when that is not plain."""
    if re.fullmatch(r"arn:[\w-]+:iam::" + ACCOUNT_ID + r":(saml|oidc)-provider/.+", value):
        return "Federated"
    if re.fullmatch(ACCOUNT_ID + r"|arn:[\w-]+:(iam|sts)::" + ACCOUNT_ID + r":.+", value):
        return "AWS"
    if services.well_formed(value):
        return "Service"
    return ""
