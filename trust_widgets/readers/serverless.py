"""`serverless.yml`: CloudFormation under `resources`, with the framework's variables in it.

https://www.serverless.com/framework/docs/guides/variables
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from trust_widgets.policy import POLICY_DOCUMENT
from trust_widgets.readers._cfn import Template
from trust_widgets.readers._cfn_roles import roles_of
from trust_widgets.readers._placeholders import with_holes
from trust_widgets.readers._records import FileContents, FileRequest, Reader, RoleRecord
from trust_widgets.readers._tree import Hole, Tree, is_hole, not_told, own, scalar
from trust_widgets.readers._yaml import yaml_documents
from trust_widgets.readers._yaml_roles import roles_of_documents
from trust_widgets.readers._yaml_trees import NotYaml

TITLE = "The Serverless Framework"
_LOOKS = re.compile(r"^(?:provider|service):", re.MULTILINE)
# IAM's own variables, such as `${aws:username}`, are none of the framework's.
_VARIABLE = re.compile(
    r"\$\{((?:aws:(?:accountId|region)\b|(?!AWS::|aws:[a-zA-Z]+(?:/|\})))[^{}]*)\}"
)
_STAGE = "dev"  # https://www.serverless.com/framework/docs/guides/stages
_FILE = re.compile(r"file\(\s*([^)]+?)\s*\)(?:\s*:\s*([\w.:-]+))?")
_OWN = {"aws:accountId": "account", "aws:region": "region"}
_DEEPEST = 8
_MOST_LOOKUPS = 400  # of variables: one may be in the value of another, many times


def looks(file: str, text: str) -> bool:
    """Whether a text may be a `serverless.yml`."""
    has_roles = POLICY_DOCUMENT in text or "${file(" in text
    return has_roles and len(_LOOKS.findall(text)) > 1


def read(request: FileRequest) -> FileContents | None:
    """The roles under `resources`; `None` for any other document."""
    return roles_of_documents(request, _roles_of_document)


def _roles_of_document(request: FileRequest, root: Tree) -> Iterator[RoleRecord]:
    variables = _FrameworkVariables(root, request)
    for part in _parts(root, variables):
        if part.at("Resources") is not None:
            yield from _roles(request, variables, part)


def _parts(root: Tree, variables: _FrameworkVariables) -> Iterator[Tree]:
    """The templates under `resources`, those in other files among them."""
    resources = root.at("resources")
    if resources is None:
        return
    for part in resources.items or (resources,):
        yield variables.filled(part)


def _roles(
    request: FileRequest, variables: _FrameworkVariables, part: Tree
) -> Iterator[RoleRecord]:
    template = Template(
        part.at("Parameters"),
        part.at("Mappings"),
        part.at("Resources"),
        request.folder.sources,
        variables.filled,
    )
    yield from roles_of(request, part, TITLE, template)


class _FrameworkVariables:
    """The variables of a file, as far as it and the files next to it say them."""

    def __init__(self, root: Tree, request: FileRequest) -> None:
        self.root = root
        self.request = request
        self.depth = 0
        self.lookups = _MOST_LOOKUPS

    def filled(self, tree: Tree) -> Tree:
        """A text with the variables that are known in it."""
        for _ in range(_DEEPEST):  # a variable may be in the name of another one
            if not tree.is_text or not _VARIABLE.search(str(tree.value)):
                break
            tree = with_holes(tree, _VARIABLE, self.resolve)
        return tree

    def resolve(self, expression: str, hole: Hole) -> Tree | None:
        """What a variable represents; a value behind a comma is its default."""
        file = _FILE.fullmatch(expression)
        if file is not None and not any(map(is_hole, expression)):
            return self._in_file(file[1], file[2] or "", hole)
        if ":" not in expression:
            return None
        if not self.lookups:
            return not_told(hole)
        self.lookups -= 1
        if any(map(is_hole, expression)):
            shown = "".join("..." if is_hole(char) else char for char in expression)
            return not_told(hole._replace(expression=shown))
        name, _, default = expression.partition(",")
        source, _, path = name.strip().partition(":")
        kind = _OWN.get(name.strip())
        if kind is not None:
            return own(kind, name.strip(), hole.start, hole.end)
        if source == "self":
            found = self._named(path.strip())
        else:
            found = None
        if source == "param":
            found = self._parameter(path.strip())
        if found is not None:
            return found
        if source in ("opt", "env", "param", "self") and default.strip():
            return self._default(default.strip(), name.strip(), hole)
        if source != "aws" or name.strip() in _OWN:
            return not_told(hole)
        return None

    def _parameter(self, name: str) -> Tree | None:
        """A parameter of the stage, or the one of all stages; the command may give another.

        https://www.serverless.com/framework/docs/guides/parameters
        """
        stage = self._named("provider.stage")
        known = stage.known_text if stage is not None else _STAGE
        for section in (known, "default"):
            found = self._named(f"params.{section}.{name}") if section else None
            if found is not None:
                return found.resting_on(frozenset([f"param:{name}"]))
        return None

    def _in_file(self, name: str, path: str, hole: Hole) -> Tree:
        """`file(NAME):PATH`: a file in YAML or JSON next to this one, or a value in it."""
        here = os.path.dirname(self.request.source.file)
        is_data = name.lower().endswith((".yml", ".yaml", ".json"))
        if is_data:
            source = self.request.folder.read(os.path.join(here, name))
        else:
            source = None
        try:
            documents = yaml_documents(source) if source is not None else []
        except NotYaml:
            documents = []
        found = documents[0] if len(documents) == 1 else None
        if found is not None and path:
            found = found.at(*re.split(r"[.:]", path))
        if found is None or self.depth > _DEEPEST:
            return not_told(hole)
        self.depth += 1
        try:
            return self.filled(found)
        finally:
            self.depth -= 1

    def _named(self, path: str) -> Tree | None:
        names = re.split(r"[.:]", path) if path else []
        found: Tree | None = self.root if names else None
        for name in names:
            if found is not None:
                found = self.filled(found).member(name)
            else:
                found = None
        if found is None or self.depth > _DEEPEST:
            return None
        self.depth += 1
        try:
            return self.filled(found)
        finally:
            self.depth -= 1

    def _default(self, default: str, name: str, hole: Hole) -> Tree | None:
        rests = frozenset([name])
        if default[:1] in ("'", '"'):
            return scalar(default.strip("'\""), hole.start, hole.end, rests)
        if ":" in default:
            return self.resolve(default, hole)
        return scalar(default, hole.start, hole.end, rests)


READER = Reader(
    title=TITLE,
    looks=looks,
    read=read,
    example="service: shop\nprovider:\n  name: aws\nresources:\n  Resources:\n    App:\n"
    "      Type: AWS::IAM::Role\n      Properties:\n        AssumeRolePolicyDocument:\n"
    '          Version: "2012-10-17"\n          Statement: []\n',
    file="serverless.yml",
    source="https://www.serverless.com/framework/docs/providers/aws/guide/resources",
    order=20,
)
