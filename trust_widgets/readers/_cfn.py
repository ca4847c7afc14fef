"""Values of CloudFormation's templates, as far as the template itself says them.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from trust_widgets.readers._arns import OF_CLOUDFORMATION, NamedResource, arn_parts
from trust_widgets.readers._cfn_conditions import labels_of
from trust_widgets.readers._cfn_loops import has_loop, unrolled
from trust_widgets.readers._sources import Sources
from trust_widgets.readers._tree import (
    FIRST_HOLE,
    Entry,
    Hole,
    Tree,
    concatenated,
    from_plain,
    is_known,
    not_told,
    own,
    scalar,
    text_of_scalar,
    unknown,
    unknown_holes,
)

_IN_SUB = re.compile(r"\$\{(!?)([^{}]*)\}")
_PSEUDO = {
    "AWS::AccountId": "account",
    "AWS::Partition": "partition",
    "AWS::Region": "region",
    "AWS::URLSuffix": "suffix",
    "AWS::StackName": "name",
}
_KINDS = {"AWS::IAM::Role": ("role", "RoleName"), "AWS::IAM::User": ("user", "UserName")}
_PROVIDERS = {
    "AWS::IAM::OIDCProvider": "Url",
    "AWS::IAM::SAMLProvider": "Name",
    "Custom::AWSCDKOpenIdConnectProvider": "Url",  # the CDK's own
}
_WITH_ROLE = ("AWS::Serverless::Function", "AWS::Serverless::StateMachine")
_ARNS = ("Arn", "TopicArn")
_DEEPEST = 50
_MOST_CHOICES = 16


@dataclass
class Template:
    """A template: what its names stand for.

    Args:
        parameters, mappings, resources: its sections.
        sources: to say expressions as they are written.
        other: what other languages put into texts, before CloudFormation reads them.
    """

    parameters: Tree | None
    mappings: Tree | None
    resources: Tree | None
    sources: Sources
    other: Callable[[Tree], Tree] | None = None
    busy: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        if self.resources is not None and has_loop(self.resources):
            members = tuple(unrolled(self.resources.members, self.value))
            self.resources = replace(self.resources, members=members)

    def value(self, tree: Tree, depth: int = 0) -> Tree:
        """A value of the template, with what can be known of it."""
        if depth > _DEEPEST:
            return self._hole(tree, "The value is nested too deeply.")
        if self.other is not None and tree.is_text:
            tree = self.other(tree)
        name, argument = _function(tree)
        if name:
            function = _FUNCTIONS.get(name)
            if function is None:
                return self._hole(tree)
            return function(self, argument, tree, depth + 1)
        if tree.kind == "list":
            return replace(
                tree,
                items=tuple(self.value(item, depth + 1) for item in tree.items),
            )
        if tree.kind == "object":
            given = tree.members
            if has_loop(tree):
                given = tuple(unrolled(given, self.value))
            members = [self._member(member, depth) for member in given]
            return replace(tree, members=tuple(members))
        return tree

    def _member(self, member: Entry, depth: int) -> Entry:
        key = self.other(member.key) if self.other is not None else member.key
        if key.kind == "unknown":
            key = replace(
                key,
                kind="scalar",
                value=chr(FIRST_HOLE),
                holes=key.holes[:1],
            )
        return Entry(key, self.value(member.value, depth + 1))

    def _hole(self, tree: Tree, reason: str = "") -> Tree:
        text = " ".join(self.sources.between(tree.start, tree.end).split())
        if tree.tag and not text.startswith("!"):
            name = f"{tree.tag} {text}"
        else:
            name = text
        shown = name if len(name) < 100 else f"{name[:97]}..."
        return not_told(Hole(shown, tree.start, tree.end, reason=reason))

    # -- names

    def ref(self, name: str, at: Tree) -> Tree:
        """What `Ref` of a name gives."""
        if name == "AWS::NoValue":
            return Tree(at.start, at.end, "absent")
        if name in _PSEUDO:
            return own(_PSEUDO[name], name, at.start, at.end)
        if self.parameters is not None:
            parameter = self.parameters.member(name)
        else:
            parameter = None
        if parameter is not None:
            return self._parameter(name, parameter, at)
        resource = self._resource(name)
        if resource is not None:
            kind = resource.text_at("Type")
            if kind in _KINDS:
                return self._name_of(name, resource, kind, at)
            if kind in _PROVIDERS:
                return self._arn_of_provider(resource, kind, at)
            named = OF_CLOUDFORMATION.get(kind)
            if named is not None and named.ref:
                return self._named_resource(name, resource, named, at, named.ref)
        elif self._has_implicit_role(name):
            return own("name", name, at.start, at.end)
        return not_told(Hole(name, at.start, at.end))

    def _resource(self, name: str) -> Tree | None:
        if self.resources is not None:
            return self.resources.member(name)
        return None

    def _parameter(self, name: str, parameter: Tree, at: Tree) -> Tree:
        default = parameter.member("Default")
        kind = parameter.text_at("Type")
        if default is None or default.kind != "scalar" or default.value is None:
            return not_told(
                Hole(name, at.start, at.end, reason="The parameter has no default value.")
            )
        if kind.startswith("AWS::SSM::"):
            reason = "The value is in the Parameter Store of AWS Systems Manager."
            return not_told(Hole(name, at.start, at.end, reason=reason))
        text = text_of_scalar(default.value)
        if not text:
            return not_told(
                Hole(name, at.start, at.end, reason="The default value of the parameter is empty.")
            )
        rests = frozenset([name])
        if kind == "CommaDelimitedList" or kind.startswith("List<"):
            values = [part.strip() for part in text.split(",")]
            return from_plain(values, at.start, at.end, rests)
        return scalar(text, at.start, at.end, rests)

    def attribute(self, name: str, attribute: str, at: Tree) -> Tree:
        """What `GetAtt` gives."""
        resource = self._resource(name)
        hole = Hole(f"{name}.{attribute}", at.start, at.end)
        if attribute == "Arn" and resource is None and self._has_implicit_role(name):
            parts = [*_iam(at, ":role/"), own("name", name, at.start, at.end)]
            return replace(concatenated(parts, at.start, at.end), places=None)
        if resource is None or attribute not in _ARNS or name in self.busy:
            return not_told(hole)
        kind = resource.text_at("Type")
        if kind in _PROVIDERS:
            return self._arn_of_provider(resource, kind, at)
        named = OF_CLOUDFORMATION.get(kind)
        if named is not None:
            return self._named_resource(name, resource, named, at, "arn")
        if kind not in _KINDS:
            return not_told(hole)
        path = resource.text_at("Properties", "Path") or "/"
        parts = [
            *_iam(at, f":{_KINDS[kind][0]}{path}"),
            self._name_of(name, resource, kind, at),
        ]
        return replace(concatenated(parts, at.start, at.end), places=None)

    def _has_implicit_role(self, name: str) -> bool:
        """Whether SAM makes a role of that name: for a function without the property.

        https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html
        """
        function = self._resource(name.removesuffix("Role")) if name.endswith("Role") else None
        if function is None or function.at("Properties", "Role") is not None:
            return False
        return function.text_at("Type") in _WITH_ROLE

    def _named_resource(
        self, name: str, resource: Tree, kind: NamedResource, at: Tree, what: str
    ) -> Tree:
        """The name or the ARN of a resource whose name is written in the template."""
        written = resource.at("Properties", kind.cloudformation[1])
        hole = Hole(name if what == "name" else f"{name}.Arn", at.start, at.end)
        if written is None or name in self.busy:
            return not_told(hole)
        self.busy.add(name)
        value = self.value(written)
        self.busy.discard(name)
        if not value.is_text:
            return not_told(hole)
        value = replace(value.placed(at.start, at.end), places=None)
        if what == "name":
            return value
        account = own("account", "AWS::AccountId", at.start, at.end)
        parts = arn_parts(kind, value, account, (at.start, at.end))
        return replace(concatenated(parts, at.start, at.end), places=None)

    def _name_of(self, name: str, resource: Tree, kind: str, at: Tree) -> Tree:
        written = resource.at("Properties", _KINDS[kind][1])
        if written is not None and name not in self.busy:
            self.busy.add(name)
            value = self.value(written)
            self.busy.discard(name)
            if value.is_text:
                return value.placed(at.start, at.end)
        return own("name", name, at.start, at.end)

    def _arn_of_provider(self, resource: Tree, kind: str, at: Tree) -> Tree:
        written = resource.at("Properties", _PROVIDERS[kind])
        if written is not None:
            value = self.value(written)
        else:
            value = own(
                "name",
                "?",
                at.start,
                at.end,
            )
        if value.is_text:
            value = replace(value, value=str(value.value).removeprefix("https://"), places=None)
        if _PROVIDERS[kind] == "Url":
            folder = "oidc-provider"
        else:
            folder = "saml-provider"
        return self.joined([*_iam(at, f":{folder}/"), value], at)

    # -- texts

    def joined(self, parts: list[Tree], at: Tree) -> Tree:
        """Texts one after the other; with choices in them, a choice of texts."""
        choices = list(dict.fromkeys(part.labels for part in parts if part.kind == "choice"))
        if not choices:
            made = concatenated(parts, at.start, at.end)
            if made.kind == "scalar":
                return replace(made, places=None)
            return made
        labels = choices[0]
        if len(choices) > _MOST_CHOICES:
            return unknown(
                at.start,
                at.end,
                [h for part in parts for h in unknown_holes(part)],
            )
        items = []
        for number in range(len(labels)):
            chosen = [part.items[number] if part.labels == labels else part for part in parts]
            items.append(self.joined(chosen, at))
        return Tree(at.start, at.end, "choice", items=tuple(items), labels=labels)

    def sub(
        self,
        text: Tree,
        names: Tree | None,
        at: Tree,
        depth: int,
    ) -> Tree:
        """`Fn::Sub`: a text with `${Name}` in it."""
        written = str(text.value)
        parts, begin = list[Tree](), 0
        for mark in _IN_SUB.finditer(written):
            parts.append(_cut(text, begin, mark.start()))
            begin = mark.end()
            if mark[1]:  # "${!Name}" is the text "${Name}"
                parts.append(scalar(f"${{{mark[2]}}}", text.start, text.end))
                continue
            spot = _cut(text, mark.start(), mark.end())
            parts.append(self._named(mark[2].strip(), names, spot, depth))
        if not parts:
            return text
        parts.append(_cut(text, begin, len(written)))
        if any(part.kind == "choice" for part in parts):
            return self.joined(parts, at)
        return concatenated(parts, at.start, at.end)

    def _named(
        self,
        name: str,
        names: Tree | None,
        at: Tree,
        depth: int,
    ) -> Tree:
        given = names.member(name) if names is not None else None
        if given is not None:
            value = self.value(given, depth)
        elif "." in name:
            resource, _, attribute = name.partition(".")
            value = self.attribute(resource, attribute, at)
        else:
            value = self.ref(name, at)
        if value.kind in ("list", "object", "absent"):
            return not_told(Hole(name, at.start, at.end))
        return replace(value.placed(at.start, at.end), places=None)


def _cut(text: Tree, start: int, end: int) -> Tree:
    """Some characters of a text."""
    value = str(text.value)
    if text.places is None or len(text.places) != len(value) + 1:
        return _with_holes(text, value[start:end])
    places = text.places[start : end + 1]
    cut = replace(text, start=places[0], end=places[-1], places=places)
    return _with_holes(cut, value[start:end])


def _with_holes(text: Tree, value: str) -> Tree:
    """A part of a text, which keeps the numbers of all of the text's holes."""
    return replace(text, value=value, tag="")


def _iam(at: Tree, then: str) -> list[Tree]:
    """`arn:aws:iam::ACCOUNT` and what follows it."""
    return [
        scalar("arn:", at.start, at.end),
        own("partition", "AWS::Partition", at.start, at.end),
        scalar(":iam::", at.start, at.end),
        own("account", "AWS::AccountId", at.start, at.end),
        scalar(then, at.start, at.end),
    ]


def _function(tree: Tree) -> tuple[str, Tree]:
    """The intrinsic function that a value is, and its argument; `""` for none."""
    if tree.tag.startswith("!"):
        return tree.tag[1:], replace(tree, tag="")
    if tree.kind == "object" and len(tree.members) == 1:
        key, value = tree.members[0]
        name = key.known_text
        if name == "Ref" or name.startswith("Fn::"):
            return name.removeprefix("Fn::"), value
    return "", tree


# -- the functions


def _ref(template: Template, argument: Tree, at: Tree, depth: int) -> Tree:
    name = argument.known_text
    if name:
        return template.ref(name, argument)
    return template._hole(at)


def _get_att(template: Template, argument: Tree, at: Tree, depth: int) -> Tree:
    if argument.kind == "list" and len(argument.items) == 2:
        first, second = argument.items
        return template.attribute(first.known_text, second.known_text, at)
    name, _, attribute = argument.known_text.partition(".")
    return template.attribute(name, attribute, argument)


def _sub(template: Template, argument: Tree, at: Tree, depth: int) -> Tree:
    if argument.is_text:
        return template.sub(argument, None, argument, depth)
    if argument.kind == "list" and argument.items and argument.items[0].is_text:
        names = argument.items[1] if len(argument.items) > 1 else None
        return template.sub(argument.items[0], names, argument.items[0], depth)
    return template._hole(at)


def _join(template: Template, argument: Tree, at: Tree, depth: int) -> Tree:
    if argument.kind != "list" or len(argument.items) != 2:
        return template._hole(at)
    separator = argument.items[0]
    values = template.value(argument.items[1], depth)
    if values.kind != "list":
        return unknown(at.start, at.end, unknown_holes(values) or template._hole(at).holes)
    parts = list[Tree]()
    for value in values.items:
        if value.kind == "absent":
            continue
        parts += [separator, value] if parts else [value]
    return template.joined(parts, at)


def _if(template: Template, argument: Tree, at: Tree, depth: int) -> Tree:
    if argument.kind != "list" or len(argument.items) != 3:
        return template._hole(at)
    condition, first, second = argument.items
    name = condition.known_text
    labels = labels_of(name)
    items = (template.value(first, depth), template.value(second, depth))
    return Tree(at.start, at.end, "choice", items=items, labels=labels)


def _select(template: Template, argument: Tree, at: Tree, depth: int) -> Tree:
    if argument.kind == "list" and len(argument.items) == 2:
        index = text_of_scalar(template.value(argument.items[0], depth).value)
        values = template.value(argument.items[1], depth)
        if values.kind == "list" and index.isdecimal() and len(index) < 6:
            if int(index) < len(values.items):
                return values.items[int(index)]
        if unknown_holes(values):
            return unknown(at.start, at.end, unknown_holes(values))
    return template._hole(at)


def _split(template: Template, argument: Tree, at: Tree, depth: int) -> Tree:
    if argument.kind == "list" and len(argument.items) == 2:
        separator = argument.items[0].known_text
        text = template.value(argument.items[1], depth)
        if separator and is_known(text) and text.is_text:
            parts = str(text.value).split(separator)
            return from_plain(parts, at.start, at.end, text.defaults)
        if unknown_holes(text):
            return unknown(at.start, at.end, unknown_holes(text))
    return template._hole(at)


def _find_in_map(template: Template, argument: Tree, at: Tree, depth: int) -> Tree:
    items = argument.items
    if argument.kind != "list" or len(items) < 3 or template.mappings is None:
        return template._hole(at)
    keys = [_own_key(template.value(item, depth)) for item in items[:3]]
    names = [str(key.value) for key in keys if key.is_text and is_known(key)]
    if len(names) < len(keys):
        holes = [hole for key in keys for hole in unknown_holes(key)]
        return unknown(
            at.start,
            at.end,
            holes or template._hole(at).holes,
        )
    found = template.mappings.at(*names)
    if found is None:
        found = _default_of_map(items)
    if found is None:
        return template._hole(at)
    value = template.value(found, depth)
    for key in keys:
        value = value.resting_on(key.defaults)
    return value.placed(at.start, at.end)


def _default_of_map(items: tuple[Tree, ...]) -> Tree | None:
    """What `Fn::FindInMap` gives for a key that is not there."""
    if len(items) != 4:
        return None
    return items[3].member("DefaultValue")


def _own_key(key: Tree) -> Tree:
    """A key of a mapping; that of the partition is the usual one."""
    if key.is_text and len(key.holes) == 1 and key.holes[0].own == "partition":
        return replace(
            key,
            value=str(key.value).replace(chr(FIRST_HOLE), "aws"),
            holes=(),
        )
    return key


def _to_json(template: Template, argument: Tree, at: Tree, depth: int) -> Tree:
    return Tree(
        at.start,
        at.end,
        "json",
        items=(template.value(argument, depth),),
    )


_FUNCTIONS: dict[str, Callable[[Template, Tree, Tree, int], Tree]] = {
    "Ref": _ref,
    "GetAtt": _get_att,
    "Sub": _sub,
    "Join": _join,
    "If": _if,
    "Select": _select,
    "Split": _split,
    "FindInMap": _find_in_map,
    "ToJsonString": _to_json,
}
