"""The JSON that `data.aws_iam_policy_document` makes of its blocks.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from trust_widgets.readers._document import tree_of_text
from trust_widgets.readers._hcl.dynamic_blocks import expanded_blocks, hole_of_expression
from trust_widgets.readers._hcl.expressions import HclAttribute, HclBlock
from trust_widgets.readers._hcl.scope import Scope
from trust_widgets.readers._tree import (
    FIRST_HOLE,
    Entry,
    Hole,
    Tree,
    entry,
    listed,
    mapped,
    scalar,
    text_of_scalar,
)
from trust_widgets.readers._tree_contents import unknown_holes

_LISTS = {
    "actions": "Action",
    "not_actions": "NotAction",
    "resources": "Resource",
    "not_resources": "NotResource",
}
_PRINCIPALS = {"principals": "Principal", "not_principals": "NotPrincipal"}
_BEFORE = ("source_policy_documents", "source_json")
_AFTER = ("override_policy_documents", "override_json")


@dataclass
class _Statement:
    """What is known of a statement.

    Args:
        members: its elements. holes: of its blocks that are not known.
    """

    members: list[Entry] = field(default_factory=list)
    holes: list[Hole] = field(default_factory=list)


def policy_of_data(block: HclBlock, scope: Scope) -> Tree:
    """The policy, as the JSON text that it becomes."""
    place = scope.at(block.start), scope.at(block.end)
    statements: list[Tree] = []
    holes: list[Hole] = []
    _add_documents(block, scope, _BEFORE, statements, holes)
    for inner, where, names in expanded_blocks(block, "statement", scope, holes):
        statements.append(_statement(inner, scope.with_names(names), where))
    _add_documents(block, scope, _AFTER, statements, holes)
    if not statements and not holes:
        holes += _holes_of_dynamic(block, scope)
    members = [entry("Version", _version(block, scope), scalar(None, *place))]
    identifier = block.attribute("policy_id")
    if identifier is not None:
        members.append(_member("Id", identifier, scope))
    kept = listed(_last_of_each_sid(statements), *place, tuple(holes))
    policy = mapped([*members, entry("Statement", kept)], *place)
    return Tree(*place, "json", items=(policy,))


def _holes_of_dynamic(block: HclBlock, scope: Scope) -> list[Hole]:
    """What a document without statements waits for: nobody means to write such a one."""
    holes: list[Hole] = []
    for inner in block.blocks_of("dynamic"):
        each = inner.attribute("for_each")
        if each is not None:
            (hole,) = hole_of_expression(each.value, scope)
            holes.append(hole._replace(reason="With the default values, this list is empty."))
    return holes


def _version(block: HclBlock, scope: Scope) -> Tree:
    attribute = block.attribute("version")
    if attribute is not None:
        return scope.value(attribute.value)
    return scalar("2012-10-17", scope.at(block.start), scope.at(block.end))


def _member(name: str, attribute: HclAttribute, scope: Scope) -> Entry:
    """A member with the value of an attribute."""
    key = scalar(name, scope.at(attribute.start), scope.at(attribute.start))
    return Entry(key, _with_variables(scope.value(attribute.value)))


def _with_variables(tree: Tree) -> Tree:
    """A value in which `&{` is `${`: the provider keeps IAM's variables apart from Terraform's."""
    if tree.is_text and "&{" in str(tree.value):
        return replace(tree, value=str(tree.value).replace("&{", "${"))
    if tree.kind == "list":
        return _flat(replace(tree, items=tuple(map(_with_variables, tree.items))))
    return tree


def _flat(values: Tree) -> Tree:
    """A list of texts without lists in it: until Terraform 0.11, `["${var.ids}"]` was `var.ids`."""
    items: list[Tree] = []
    holes = values.holes
    for item in values.items:
        if item.kind == "list":
            items += [one.resting_on(item.defaults) for one in item.items]
            holes += item.holes
        else:
            items.append(item)
    return replace(values, items=tuple(items), holes=holes)


def _add_documents(
    block: HclBlock, scope: Scope, names: tuple[str, ...], to: list[Tree], holes: list[Hole]
) -> None:
    """The statements of documents that a document is made of."""
    for name in names:
        attribute = block.attribute(name)
        if attribute is None:
            continue
        value = scope.value(attribute.value)
        if value.kind == "scalar" and value.value in (None, ""):
            continue
        if value.kind == "list":
            documents = value.items
            holes += value.holes
        else:
            documents = (value,)
        for document in documents:
            policy = tree_of_text(document)
            found = policy.member("Statement") if policy is not None else None
            if found is None:
                holes += unknown_holes(document) or hole_of_expression(attribute.value, scope)
            elif found.kind == "list":
                to += found.items
                holes += found.holes
            else:
                to.append(found)


def _last_of_each_sid(statements: list[Tree]) -> list[Tree]:
    """A later statement replaces an earlier one with its Sid."""
    kept: dict[str, Tree] = {}
    for number, statement in enumerate(statements):
        sid = statement.text_at("Sid")
        kept[f"sid {sid}" if sid else f"{number}"] = statement
    return list(kept.values())


def _statement(block: HclBlock, scope: Scope, where: HclBlock) -> Tree:
    place = scope.at(where.start), scope.at(where.end)
    made = _Statement()
    sid = block.attribute("sid")
    if sid is not None:
        member = _member("Sid", sid, scope)
        if member.value.kind != "scalar" or member.value.value not in (None, ""):
            made.members.append(member)
    effect = block.attribute("effect")
    if effect is not None:
        told = _member("Effect", effect, scope)
    else:
        told = None
    if told is None or (told.value.kind == "scalar" and told.value.value is None):
        told = entry("Effect", scalar("Allow", *place))
    made.members.append(told)
    for name, element in _PRINCIPALS.items():
        _add_principals(block, scope, name, element, made)
    for name, element in _LISTS.items():
        attribute = block.attribute(name)
        if attribute is not None:
            member = _member(element, attribute, scope)
            if member.value.items or member.value.holes or member.value.value is not None:
                made.members.append(member)
    _add_conditions(block, scope, made)
    return mapped(made.members, *place, tuple(made.holes))


def _add_principals(
    block: HclBlock, scope: Scope, kind: str, element: str, made: _Statement
) -> None:
    """The principals by their types; those of one type in one list."""
    holes: list[Hole] = []
    types: dict[str, tuple[Tree, Tree]] = {}
    where = block
    for inner, where, names in expanded_blocks(block, kind, scope, holes):
        within = scope.with_names(names)
        name = _value(inner, "type", within, where)
        values = _value(inner, "identifiers", within, where)
        key = text_of_scalar(name.value)
        if key in types:
            earlier = types[key][1]
            both = (*earlier.items, *values.items)
            values = replace(earlier, items=both, holes=earlier.holes + values.holes)
        types[key] = (name, values)
    if not types and not holes:
        return
    start, end = scope.at(where.start), scope.at(where.end)
    star = types.get("*")
    if star is not None and [item.known_text for item in star[1].items] == ["*"]:
        made.members.append(entry(element, star[1].items[0]))
        return
    members = [Entry(name, values) for name, values in types.values()]
    made.members.append(entry(element, mapped(members, start, end, tuple(holes))))


def _value(block: HclBlock, name: str, scope: Scope, where: HclBlock) -> Tree:
    attribute = block.attribute(name)
    if attribute is None:
        return scalar("", scope.at(where.start), scope.at(where.end))
    value = _with_variables(scope.value(attribute.value))
    if name == "type" and value.kind == "unknown":
        return replace(
            value,
            kind="scalar",
            value=chr(FIRST_HOLE),
            holes=value.holes[:1],
        )
    return value


def _add_conditions(block: HclBlock, scope: Scope, made: _Statement) -> None:
    """The conditions by operator and key; values of one key in one list."""
    holes: list[Hole] = []
    tests: dict[str, tuple[Tree, dict[str, Entry]]] = {}
    for inner, where, names in expanded_blocks(block, "condition", scope, holes):
        within = scope.with_names(names)
        test, variable, values = (
            _value(inner, name, within, where) for name in ("test", "variable", "values")
        )
        if not test.is_text or not variable.is_text:
            holes += unknown_holes(test) + unknown_holes(variable)
            continue
        keys = tests.setdefault(str(test.value), (test, {}))[1]
        key = str(variable.value)
        if key in keys and keys[key].value.kind == values.kind == "list":
            earlier = keys[key].value
            both = (*earlier.items, *values.items)
            values = replace(earlier, items=both, holes=earlier.holes + values.holes)
        keys[key] = Entry(variable, values)
    if not tests and not holes:
        return
    start, end = scope.at(block.start), scope.at(block.end)
    operators = [
        Entry(test, mapped(keys.values(), test.start, test.end)) for test, keys in tests.values()
    ]
    made.members.append(entry("Condition", mapped(operators, start, end, tuple(holes))))
