"""The conditions of a policy of which something is not known, completed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from trust_widgets.aws.keys.records import records
from trust_widgets.readers import Entry, Hole, Tree, unknown_holes
from trust_widgets.reports.stand_ins import StandIns, issuers_of

# Operators for conditions that may be there; one that the statement does not have is taken.
_STRICT = (
    "StringEquals",
    "StringLike",
    "StringEqualsIgnoreCase",
    "ForAnyValue:StringEquals",
    "StringNotEqualsIgnoreCase",
)


@dataclass
class CompletedConditions(StandIns):
    """Completes condition blocks, and values of any kind.

    Args:
        vague: the statements of which too much is not known to judge how they work.
    """

    vague: set[int] = field(default_factory=set)

    def condition(self, tree: Tree, number: int, statement: Tree) -> Tree | None:
        if tree.kind == "unknown":
            self.vague.add(number)
            return self.strict(tree, statement)
        if tree.kind != "object":
            return self.filled(tree)
        if tree.holes:
            self.vague.add(number)
        operators = []
        for key, keys in tree.members:
            if keys.kind == "absent":
                continue
            if key.holes or keys.kind != "object" or keys.holes:
                self.vague.add(number)
                if key.holes or keys.kind == "unknown":
                    continue
            made = self._keys(key.known_text, keys, number, statement)
            if made.members or not keys.members:
                operators.append(Entry(key, made))
        if number in self.vague:
            strict = self.strict(tree, statement)
            if strict is not None:
                operators += strict.members
        if operators:
            return replace(tree, members=tuple(operators), holes=())
        return None

    def strict(self, tree: Tree, statement: Tree) -> Tree | None:
        """Conditions that may be there where some are not known: none, or what rules require."""
        if not self.foreign:
            return None
        keys = [record.name for record in records() if record.owned != "no" or record.secret]
        keys += ["SAML:aud"]
        for issuer in issuers_of(statement):
            keys += [f"{issuer}:sub", f"{issuer}:aud"]
        hole = Hole("condition", tree.start, tree.end)
        at = Tree(tree.start, tree.end, "unknown", holes=(hole,))
        members = []
        for key in keys:
            value = self.value("StringEquals", key, at, statement)
            members.append(Entry(name_at(key, tree), scalar(value, tree)))
        block = Tree(tree.start, tree.end, "object", members=tuple(members))
        used = {member.key.known_text for member in tree.members}
        free = next((name for name in _STRICT if name not in used), _STRICT[0])
        operator = Entry(name_at(free, tree), block)
        return Tree(tree.start, tree.end, "object", members=(operator,))

    def _keys(self, operator: str, tree: Tree, number: int, statement: Tree) -> Tree:
        if tree.kind != "object":
            return self.filled(tree)
        members = []
        for key, value in tree.members:
            if unknown_holes(key):
                self.vague.add(number)
                continue
            if value.kind == "absent":
                continue
            if key.holes:
                name = replace(key, value=self.text(key), holes=())
            else:
                name = key
            made = self._values(operator, str(name.value), value, statement)
            members.append(Entry(name, made))
        return replace(tree, members=tuple(members), holes=())

    def _values(self, operator: str, key: str, value: Tree, statement: Tree) -> Tree:
        if value.kind == "list":
            items = [item for item in value.items if item.kind != "absent"]
            if not items and value.holes:
                return scalar(self.value(operator, key, value, statement), value)
            made = tuple(self._values(operator, key, item, statement) for item in items)
            return replace(value, items=made, holes=())
        if value.kind == "unknown":
            return scalar(self.value(operator, key, value, statement), value)
        return self.filled(value)

    def filled(self, tree: Tree) -> Tree:
        """Any other value without holes."""
        if tree.kind == "unknown":
            return scalar(self.word(tree.holes[0]), tree)
        if tree.is_text:
            if tree.holes:
                return replace(tree, value=self.text(tree), holes=())
            return tree
        return replace(
            tree,
            items=tuple(self.filled(item) for item in tree.items if item.kind != "absent"),
            members=tuple(
                Entry(replace(m.key, value=self.text(m.key), holes=()), self.filled(m.value))
                for m in tree.members
                if m.value.kind != "absent"
            ),
            holes=(),
        )


def scalar(text: str, at: Tree) -> Tree:
    return Tree(at.start, at.end, value=text)


def name_at(name: str, at: Tree) -> Tree:
    return Tree(at.start, at.start, value=name)
