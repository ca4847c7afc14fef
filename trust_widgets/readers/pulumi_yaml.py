"""Programs of Pulumi in YAML, `Pulumi.yaml`; those in other languages would have to be run.

https://www.pulumi.com/docs/iac/languages-sdks/yaml/yaml-language-reference/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.readers._document import Document, document_of
from trust_widgets.readers._optional import members_of
from trust_widgets.readers._pulumi import ROLES, Program
from trust_widgets.readers._records import (
    FileContents,
    FileRequest,
    Reader,
    RoleRecord,
    record_of,
    seconds_of,
)
from trust_widgets.readers._tree import Hole, Tree
from trust_widgets.readers._yaml_roles import roles_of_documents

TITLE = "A Pulumi YAML program"
_LOOKS = re.compile(r"\baws(?:-native)?:iam(?:/role)?:Role\b")
_FIELDS = ("assumeRolePolicy", "assumeRolePolicyDocument")
_ENDINGS = (".yaml", ".yml", ".json", "")


def looks(file: str, text: str) -> bool:
    """Whether a text may be such a program."""
    return file.lower().endswith(_ENDINGS) and bool(_LOOKS.search(text)) and "resources" in text


def read(request: FileRequest) -> FileContents | None:
    """The roles; `None` for any other document."""
    return roles_of_documents(request, _roles)


def _roles(request: FileRequest, root: Tree) -> Iterator[RoleRecord]:
    program = Program(root, request)
    for key, resource in members_of(root.at("resources")):
        if resource.text_at("type") in ROLES:
            yield _role(request, program, key.known_text, resource)


def _role(request: FileRequest, program: Program, name: str, resource: Tree) -> RoleRecord:
    properties = resource.member("properties") or resource
    written = next(filter(None, map(properties.member, _FIELDS)), None)
    if written is None:
        hole = Hole(_FIELDS[0], resource.start, resource.end)
        return record_of(request, TITLE, name, Document(holes=(hole,)))
    return record_of(
        request,
        TITLE,
        name,
        document_of(program.value(written)),
        role_name=properties.text_at("name") or properties.text_at("roleName"),
        path=properties.text_at("path"),
        max_session=seconds_of(properties.member("maxSessionDuration")),
    )


READER = Reader(
    title=TITLE,
    looks=looks,
    read=read,
    example="name: shop\nruntime: yaml\nresources:\n  app:\n    type: aws:iam:Role\n"
    "    properties:\n      assumeRolePolicy:\n        fn::toJSON:\n"
    '          Version: "2012-10-17"\n          Statement: []\n',
    file="Pulumi.yaml",
    source="https://www.pulumi.com/docs/iac/languages-sdks/yaml/yaml-language-reference/",
    order=35,
)
