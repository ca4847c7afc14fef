"""CloudFormation and SAM templates, in YAML and JSON, and those that the CDK writes.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html
"""

from __future__ import annotations

import os
import re

from trust_widgets.policy import POLICY_DOCUMENT
from trust_widgets.readers._arns import OF_CLOUDFORMATION
from trust_widgets.readers._cfn_loops import LOOP
from trust_widgets.readers._cfn_roles import roles_of
from trust_widgets.readers._document import tree_of_value
from trust_widgets.readers._json import looks_like_json, root_of
from trust_widgets.readers._records import FileContents, FileRequest, Reader, RoleRecord
from trust_widgets.readers._tree import Entry, Tree, mapped
from trust_widgets.readers._yaml import cannot_be_read, documents_of
from trust_widgets.readers._yaml_trees import NotYaml
from trust_widgets.text.json.strict import Value

TITLE = "A CloudFormation template"
_RESOURCES = re.compile(r"\bResources\b")
_KIND = re.compile(r"\bAWS::")
_ROLE = re.compile(r"\bAWS::IAM::Role\b")
_GLOBALS = re.compile(r"\bGlobals\b")
_ENDINGS = (
    *(".yaml", ".yml", ".json", ".template", ".tpl", ".txt", ".cfn", ""),
    *(".j2", ".jinja", ".jinja2", ".tftpl", ".tmpl"),
)
_SECTIONS = ("Parameters", "Mappings", "Conditions")
_NEEDED = ("AWS::IAM::", "AWS::Serverless::", "Custom::AWSCDKOpenIdConnectProvider")


def looks(file: str, text: str) -> bool:
    """Whether a text may be a template."""
    is_data = os.path.splitext(file)[1].lower() in _ENDINGS
    return is_data and POLICY_DOCUMENT in text and _is_like_a_template(text)


def _is_like_a_template(text: str) -> bool:
    """Whether the words of a template are there; one pattern for it would take quadratic time."""
    resources, globals_ = _RESOURCES.search(text), _GLOBALS.search(text)
    if resources is not None and _KIND.search(text, resources.end()):
        return True
    if globals_ is not None and "AssumeRole" in text[globals_.end() :]:
        return True
    return bool(_ROLE.search(text))


def read(request: FileRequest) -> FileContents | None:
    """The roles of a template; `None` for any other document."""
    if looks_like_json(request.source.file, request.source.clean):
        root = root_of(request)
        template = _of_json(request, root) if root is not None else None
        if template is not None:
            return FileContents(tuple(roles_of(request, template, TITLE)))
    try:
        documents = documents_of(request)
    except NotYaml as error:
        return cannot_be_read(request, error)
    templates = list(map(_as_template, documents))
    records: list[RoleRecord] = []
    for one in templates:
        if one is None:
            continue
        records += roles_of(request, one, TITLE)
    if any(templates):
        return FileContents(tuple(records))
    return None


def _as_template(document: Tree) -> Tree | None:
    """A template, or a part of one that another file takes in: resources, or one resource."""
    if document.at("Resources") is not None:
        return document
    resources = document
    if document.text_at("Type").startswith("AWS::"):
        name = Tree(document.start, document.start, value="Resource")
        resources = mapped([Entry(name, document)], document.start, document.end)
    kinds = [member.value.text_at("Type") for member in resources.members]
    if not any(kind.startswith("AWS::") for kind in kinds):
        return None
    name = Tree(document.start, document.start, value="Resources")
    return mapped([Entry(name, resources)], document.start, document.end)


def _of_json(request: FileRequest, root: Value) -> Tree | None:
    """The sections of a JSON template that say who may assume roles."""
    base = request.source.base
    members: list[Entry] = []

    def place(at: int) -> int:
        return base + at

    if not isinstance(root.plain, dict):
        return None
    if not isinstance(root.plain.get("Resources"), dict):
        return None
    try:
        for name, section in root.pairs():
            if name.plain in (*_SECTIONS, "Globals"):
                members.append(Entry(tree_of_value(name, place), tree_of_value(section, place)))
            elif name.plain == "Resources":
                kept = [
                    Entry(tree_of_value(key, place), tree_of_value(value, place))
                    for key, value in section.pairs()
                    if str(key.plain).startswith(LOOP) or _is_needed(value)
                ]
                whole = mapped(kept, place(section.start), place(section.end))
                members.append(Entry(tree_of_value(name, place), whole))
    except RecursionError:
        return None
    return mapped(members, place(root.start), place(root.end))


def _is_needed(resource: Value) -> bool:
    if not isinstance(resource.plain, dict):
        return False
    properties = resource.plain.get("Properties")
    if isinstance(properties, dict) and POLICY_DOCUMENT in properties:
        return True
    kind = str(resource.plain.get("Type"))
    return kind.startswith(_NEEDED) or kind in OF_CLOUDFORMATION


READER = Reader(
    title=TITLE,
    looks=looks,
    read=read,
    example="Resources:\n  App:\n    Type: AWS::IAM::Role\n    Properties:\n"
    '      AssumeRolePolicyDocument:\n        Version: "2012-10-17"\n        Statement: []\n',
    file="template.yaml",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html",
    order=30,
)
