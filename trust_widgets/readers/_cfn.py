"""Values of CloudFormation's templates, as far as the template itself says them.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from trust_widgets.readers._arns import OF_CLOUDFORMATION
from trust_widgets.readers._cfn_functions import FUNCTIONS
from trust_widgets.readers._cfn_loops import has_loop, unrolled
from trust_widgets.readers._cfn_resources import (
    KINDS,
    PROVIDERS,
    arn_of_provider,
    has_implicit_role,
    name_of,
    named_resource,
)
from trust_widgets.readers._sources import Sources
from trust_widgets.readers._tree import (
    FIRST_HOLE,
    Entry,
    Hole,
    Tree,
    from_plain,
    not_told,
    own,
    scalar,
    text_of_scalar,
)

_PSEUDO = {
    "AWS::AccountId": "account",
    "AWS::Partition": "partition",
    "AWS::Region": "region",
    "AWS::URLSuffix": "suffix",
    "AWS::StackName": "name",
}
_DEEPEST = 50


@dataclass
class Template:
    """A template: what its names represent.

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
            return self.hole(tree, "The value is nested too deeply.")
        if self.other is not None and tree.is_text:
            tree = self.other(tree)
        name, argument = _function(tree)
        if name:
            function = FUNCTIONS.get(name)
            if function is None:
                return self.hole(tree)
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
        if self.other is not None:
            key = self.other(member.key)
        else:
            key = member.key
        if key.kind == "unknown":
            key = replace(
                key,
                kind="scalar",
                value=chr(FIRST_HOLE),
                holes=key.holes[:1],
            )
        return Entry(key, self.value(member.value, depth + 1))

    def hole(self, tree: Tree, reason: str = "") -> Tree:
        """What is not known, with its expression."""
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
        resource = self.resource(name)
        if resource is not None:
            kind = resource.text_at("Type")
            if kind in KINDS:
                return name_of(self, name, resource, kind, at)
            if kind in PROVIDERS:
                return arn_of_provider(self, resource, kind, at)
            named = OF_CLOUDFORMATION.get(kind)
            if named is not None and named.ref:
                return named_resource(self, name, resource, named, at, named.ref)
        elif has_implicit_role(self, name):
            return own("name", name, at.start, at.end)
        return not_told(Hole(name, at.start, at.end))

    def resource(self, name: str) -> Tree | None:
        """The resource of a name."""
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
