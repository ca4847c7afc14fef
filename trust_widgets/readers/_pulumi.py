"""Values of Pulumi YAML, as far as the file itself says them.

https://www.pulumi.com/docs/iac/languages-sdks/yaml/yaml-language-reference/
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace

from trust_widgets.readers._placeholders import with_holes
from trust_widgets.readers._records import FileRequest
from trust_widgets.readers._tree import (
    Entry,
    Hole,
    Tree,
    concatenated,
    entry,
    listed,
    mapped,
    not_told,
    own,
    scalar,
    unknown,
)
from trust_widgets.readers._tree_contents import unknown_holes

ROLES = ("aws:iam:Role", "aws:iam/role:Role", "aws-native:iam:Role", "aws-native:iam/role:Role")
_VARIABLE = re.compile(r"(?<!\$)\$\{([^{}]+)\}")
_ESCAPED = "$${"
_DEEPEST = 20
_MOST_LOOKUPS = 400  # of names: one may be in the value of another, many times
_DOCUMENT = re.compile(r"aws:iam(?:/getPolicyDocument)?:getPolicyDocument\Z")
_CALLER = re.compile(r"aws:(?:index/getCallerIdentity:)?getCallerIdentity\Z")
_ELEMENTS = {
    "sid": "Sid",
    "effect": "Effect",
    "actions": "Action",
    "notActions": "NotAction",
}


class Program:
    """A program in YAML: what its names represent.

    Args:
        root: the document. request: its file, to read others next to it.
    """

    def __init__(self, root: Tree, request: FileRequest) -> None:
        self.root = root
        self.request = request
        self.depth = 0
        self.lookups = _MOST_LOOKUPS

    def value(self, tree: Tree) -> Tree:
        """A value of the program, with what can be known of it."""
        if tree.is_text:
            filled = with_holes(tree, _VARIABLE, self._named)
            if filled.is_text and _ESCAPED in str(filled.value):
                return replace(filled, value=str(filled.value).replace(_ESCAPED, "${"), places=None)
            return filled
        function = _function(tree)
        if function is not None:
            return self._called(*function, tree)
        if tree.kind == "list":
            return replace(tree, items=tuple(map(self.value, tree.items)))
        members = (Entry(self._key(m.key), self.value(m.value)) for m in tree.members)
        return replace(tree, members=tuple(members))

    def _key(self, key: Tree) -> Tree:
        filled = self.value(key)
        if filled.is_text:
            return filled
        return key

    def _named(self, expression: str, hole: Hole) -> Tree:
        """What `${name.attribute}` is."""
        name, _, path = expression.partition(".")
        if self.depth > _DEEPEST or not self.lookups:
            return not_told(hole)
        self.lookups -= 1
        self.depth += 1
        try:
            found = self._found(name, path.split(".") if path else [], hole)
        finally:
            self.depth -= 1
        if found is None:
            return not_told(hole)
        return found

    def _found(self, name: str, path: list[str], hole: Hole) -> Tree | None:
        resource = self.root.at("resources", name)
        if resource is not None:
            return self._attribute(name, resource, path, hole)
        variable = self.root.at("variables", name)
        if variable is not None:
            return self._variable(variable, path, hole)
        config = self.root.at("config", name) or self.root.at("configuration", name)
        default = config
        if config is not None and config.kind == "object":
            default = config.member("default") or config.member("value")
        if default is None:
            return None
        return default.placed(hole.start, hole.end).resting_on(frozenset([name]))

    def _variable(self, variable: Tree, path: list[str], hole: Hole) -> Tree | None:
        function = _function(variable)
        if function is not None:
            called = function[1].text_at("function")
        else:
            called = ""
        if _CALLER.match(called) and path == ["accountId"]:
            return own("account", hole.expression, hole.start, hole.end)
        if _DOCUMENT.match(called) and path == ["json"] and function is not None:
            return self._policy(function[1].member("arguments"))
        value: Tree | None = self.value(variable)
        for step in path:
            value = value.member(step) if value is not None else None
        return value

    def _attribute(self, name: str, resource: Tree, path: list[str], hole: Hole) -> Tree | None:
        if resource.text_at("type") not in ROLES or path != ["arn"]:
            return None
        place = hole.start, hole.end
        written = resource.at("properties", "name")
        if written is not None:
            named = self.value(written)
        else:
            named = own("name", name, *place)
        if not named.is_text:
            return None
        parts = [
            scalar("arn:", *place),
            own("partition", "partition", *place),
            scalar(":iam::", *place),
            own("account", "own account", *place),
            scalar(":role/", *place),
            named,
        ]
        return replace(concatenated(parts, *place), places=None)

    # -- functions

    def _called(self, name: str, argument: Tree, at: Tree) -> Tree:
        if name == "tojson":
            return Tree(at.start, at.end, "json", items=(self.value(argument),))
        if name == "join" and len(argument.items) == 2:
            return self._joined(*argument.items, at)
        if name == "readfile":
            return self._file(self.value(argument), at)
        if name == "secret":
            return self.value(argument)
        return not_told(Hole(f"fn::{name}", at.start, at.end))

    def _joined(self, separator: Tree, values: Tree, at: Tree) -> Tree:
        found = self.value(values)
        if found.kind != "list":
            return unknown(at.start, at.end, unknown_holes(found) or [_hole("fn::join", at)])
        parts: list[Tree] = []
        for item in found.items:
            parts += [separator, item] if parts else [item]
        return replace(concatenated(parts, at.start, at.end), places=None)

    def _file(self, name: Tree, at: Tree) -> Tree:
        here = os.path.dirname(self.request.source.file)
        path = name.known_text.removeprefix("./")
        if path:
            source = self.request.folder.read(os.path.join(here, path))
        else:
            source = None
        if source is None:
            return not_told(_hole("fn::readFile", at))
        end = source.base + len(source.text)
        return Tree(source.base, end, value=source.clean, places=range(source.base, end + 1))

    def _policy(self, arguments: Tree | None) -> Tree | None:
        """The policy that `getPolicyDocument` makes of its statements."""
        if arguments is not None:
            statements = self.value(arguments).member("statements")
        else:
            statements = None
        if statements is None or statements.kind != "list":
            return None
        place = statements.start, statements.end
        made = []
        for one in statements.items:
            members = _statement(one)
            made.append(mapped(members, one.start, one.end))
        version = scalar("2012-10-17", *place)
        elements = [
            entry("Version", version),
            entry("Statement", listed(made, *place)),
        ]
        policy = mapped(elements, *place)
        return Tree(*place, "json", items=(policy,))


def _hole(expression: str, at: Tree) -> Hole:
    return Hole(expression, at.start, at.end)


def _function(tree: Tree) -> tuple[str, Tree] | None:
    """The function that a value calls, in lower case, and its argument."""
    if tree.kind == "object" and len(tree.members) == 1:
        key, argument = tree.members[0]
        if key.known_text.lower().startswith("fn::"):
            return key.known_text[4:].lower(), argument
    return None


def _statement(statement: Tree) -> Iterator[Entry]:
    if statement.member("effect") is None:
        yield entry("Effect", scalar("Allow", statement.start, statement.end))
    for key, value in statement.members:
        element = _ELEMENTS.get(key.known_text)
        if element is not None:
            yield Entry(replace(key, value=element), value)
        elif key.known_text == "principals":
            yield Entry(replace(key, value="Principal"), _principals(value))
        elif key.known_text == "conditions":
            yield Entry(replace(key, value="Condition"), _conditions(value))


def _principals(given: Tree) -> Tree:
    """The principals by their types."""
    kinds: dict[str, Tree] = {}
    for one in given.items:
        name, values = one.text_at("type"), one.member("identifiers")
        if values is None:
            continue
        if name == "*":
            return scalar("*", one.start, one.end)
        before = kinds.get(name)
        if before is not None:
            both = (*before.items, *values.items)
        else:
            both = values.items
        kinds[name] = replace(values, items=both)
    members = [entry(name, values) for name, values in kinds.items()]
    return mapped(members, given.start, given.end, given.holes)


def _conditions(given: Tree) -> Tree:
    """The conditions by operator and key."""
    tests: dict[str, list[Entry]] = {}
    for one in given.items:
        variable, values = one.member("variable"), one.member("values")
        if variable is not None and values is not None:
            tests.setdefault(one.text_at("test"), []).append(Entry(variable, values))
    members = []
    for name, keys in tests.items():
        operator = mapped(keys, given.start, given.end)
        members.append(entry(name, operator))
    return mapped(members, given.start, given.end, given.holes)
