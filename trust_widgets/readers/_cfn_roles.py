"""The roles of a CloudFormation template."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.policy import POLICY_DOCUMENT
from trust_widgets.readers._cfn import Template
from trust_widgets.readers._document import document_of
from trust_widgets.readers._placeholders import with_unknown
from trust_widgets.readers._records import FileRequest, RoleRecord, record_of, seconds_of
from trust_widgets.readers._tree import Tree


def template_of(request: FileRequest, tree: Tree) -> Template:
    """What the names of a template stand for."""
    return Template(
        tree.at("Parameters"),
        tree.at("Mappings"),
        tree.at("Resources"),
        request.folder.sources,
        with_unknown,
    )


def roles_of(
    request: FileRequest, tree: Tree, title: str, template: Template | None = None
) -> Iterator[RoleRecord]:
    """The roles of a template."""
    template = template or template_of(request, tree)
    resources = template.resources
    for key, resource in resources.members if resources is not None else ():
        document = resource.at("Properties", POLICY_DOCUMENT)
        if document is not None:
            yield _role(request, title, key.known_text, resource, document, template)
    shared = tree.at("Globals", "Function", POLICY_DOCUMENT)
    if shared is not None:
        yield _role(request, title, "Globals.Function", tree, shared, template)


def _role(
    request: FileRequest, title: str, name: str, resource: Tree, document: Tree, template: Template
) -> RoleRecord:
    return record_of(
        request,
        title,
        name,
        document_of(template.value(document)),
        path=resource.text_at("Properties", "Path"),
        role_name=resource.text_at("Properties", "RoleName"),
        max_session=seconds_of(resource.at("Properties", "MaxSessionDuration")),
        boundary=resource.text_at("Properties", "PermissionsBoundary"),
    )
