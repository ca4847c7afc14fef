"""Policies of which something is not known, completed in more than one way.

A finding counts only if each completion has it: what depends on what is not known is not guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from trust_widgets.readers import Entry, Tree, unknown_holes
from trust_widgets.reports.completed_conditions import CompletedConditions, name_at, scalar


@dataclass
class Completion(CompletedConditions):
    """A policy without holes.

    Args:
        numbers: for each statement that is left, its number in the file.
    """

    numbers: list[int] = field(default_factory=list)

    def policy(self, tree: Tree) -> Tree:
        """A policy without holes."""
        members = []
        for key, value in tree.members:
            if key.known_text == "Statement":
                members.append(Entry(key, self._statements(value)))
            elif value.kind == "unknown":
                if key.known_text == "Version":
                    version = replace(value, kind="scalar", value="2012-10-17", holes=())
                    members.append(Entry(key, version))
            elif value.kind != "absent" and not key.holes:
                members.append(Entry(key, self.filled(value)))
        return replace(tree, members=tuple(members), holes=())

    def _statements(self, tree: Tree) -> Tree:
        if tree.kind == "object":
            self.numbers.append(0)
            return self._statement(tree, 0)
        if tree.kind != "list":
            return self.filled(tree)
        kept = []
        for number, item in enumerate(tree.items):
            if item.kind in ("unknown", "absent"):
                continue
            self.numbers.append(number)
            kept.append(self._statement(item, number))
        return replace(tree, items=tuple(kept), holes=())

    def _statement(self, tree: Tree, number: int) -> Tree:
        if tree.kind != "object":
            return self.filled(tree)
        if tree.holes:
            self.vague.add(number)
        members = []
        for key, value in tree.members:
            made = self._element(key.known_text, value, number, tree)
            if made is not None and not key.holes:
                members.append(Entry(key, made))
        if tree.holes and tree.member("Condition") is None:
            strict = self.strict(tree, tree)
            if strict is not None:
                members.append(Entry(name_at("Condition", tree), strict))
        return replace(tree, members=tuple(members), holes=())

    def _element(
        self,
        name: str,
        value: Tree,
        number: int,
        statement: Tree,
    ) -> Tree | None:
        if value.kind == "absent":
            return None
        if name in ("Principal", "NotPrincipal"):
            return self._principal(value, number, statement)
        if name == "Condition":
            return self.condition(value, number, statement)
        if name in ("Action", "NotAction", "Effect") and unknown_holes(value):
            return self._element_not_known(name, value, number, statement)
        if name == "Sid" and (value.kind == "unknown" or value.holes):
            return None
        return self.filled(value)

    def _element_not_known(
        self, name: str, value: Tree, number: int, statement: Tree
    ) -> Tree | None:
        known = [item for item in value.items if not unknown_holes(item)]
        if known:
            return replace(self.filled(replace(value, items=tuple(known))), holes=())
        self.vague.add(number)
        made = "Allow" if name == "Effect" else _usual_action(statement)
        return replace(value, kind="scalar", value=made, holes=(), items=())

    def _principal(self, tree: Tree, number: int, statement: Tree) -> Tree | None:
        self.is_saml = _signs_in_by_saml(statement)
        if tree.kind == "unknown":
            self.vague.add(number)
            return Tree(tree.start, tree.end, "object", members=(self._aws_caller(tree),))
        if tree.kind != "object":
            return self.filled(tree)
        if tree.holes:
            self.vague.add(number)
        members = []
        for key, value in tree.members:
            kind = key.known_text
            if key.holes or not kind:
                self.vague.add(number)
            elif value.kind != "absent":
                if not _has_known(value):
                    self.vague.add(number)
                members.append(Entry(key, self._callers(kind, value)))
        if not members and unknown_holes(tree):
            members.append(self._aws_caller(tree))
        return replace(tree, members=tuple(members), holes=())

    def _aws_caller(self, tree: Tree) -> Entry:
        """A caller with AWS credentials, for a principal of which nothing is known."""
        return Entry(name_at("AWS", tree), scalar(self.caller("AWS", tree), tree))

    def _callers(self, kind: str, value: Tree) -> Tree:
        if value.kind == "list":
            items = [item for item in value.items if item.kind != "absent"]
            known = [item for item in items if item.kind != "unknown"]
            if self.foreign and known:
                items = known
            if not items and value.holes:
                return scalar(self.caller(kind, value), value)
            made = tuple(self._callers(kind, item) for item in items)
            return replace(value, items=made, holes=())
        if value.kind == "unknown":
            return scalar(self.caller(kind, value), value)
        if value.is_text and value.holes:
            return self._partial_caller(kind, value)
        return self.filled(value)

    def _partial_caller(self, kind: str, value: Tree) -> Tree:
        if kind == "Service" and unknown_holes(value):
            return scalar(self.caller(kind, value), value)
        text = self.text(value, federated=kind == "Federated")
        if kind == "AWS" and text in self.words and unknown_holes(value):
            text = self.caller(kind, value)
        return scalar(text, value)


def _has_known(value: Tree) -> bool:
    """Whether a caller of a kind is known, at least in part."""
    if value.kind == "list":
        return any(map(_has_known, value.items))
    return value.kind != "unknown"


def _signs_in_by_saml(statement: Tree) -> bool:
    action = statement.member("Action")
    if action is not None:
        values = (action, *action.items)
    else:
        values = ()
    return any(value.known_text == "sts:AssumeRoleWithSAML" for value in values)


def _usual_action(statement: Tree) -> str:
    principal = statement.member("Principal")
    federated = principal is not None and principal.member("Federated") is not None
    if federated:
        return "sts:AssumeRoleWithWebIdentity"
    return "sts:AssumeRole"
