"""The roles of a CloudFormation template."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trust_widgets.policy import POLICY_DOCUMENT
from trust_widgets.readers._cfn import Template
from trust_widgets.readers._cfn_conditions import possible_choices
from trust_widgets.readers._document import Document, document_of
from trust_widgets.readers._optional import members_of
from trust_widgets.readers._placeholders import with_unknown
from trust_widgets.readers._records import FileRequest, RoleRecord, record_of, seconds_of
from trust_widgets.readers._tree import Tree


def template_of(request: FileRequest, tree: Tree) -> Template:
    """What the names of a template represent."""
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
    for key, resource in members_of(template.resources):
        document = resource.at("Properties", POLICY_DOCUMENT)
        if document is not None:
            yield _role(request, title, key.known_text, resource, document, template, tree)
    shared = tree.at("Globals", "Function", POLICY_DOCUMENT)
    if shared is not None:
        yield _role(request, title, "Globals.Function", tree, shared, template, tree)


def _document(value: Tree, template: Tree, needed: str) -> Document:
    """A trust policy, with the conditions of the template that go together.

    Args:
        value: it. template: all sections. needed: the condition of the role itself.
    """
    made = document_of(value)
    if made.tree is None:
        return made
    conditions, parameters = template.at("Conditions"), template.at("Parameters")
    possible = possible_choices(made.tree, conditions, parameters, needed)
    return replace(made, possible=possible)


def _role(
    request: FileRequest,
    title: str,
    name: str,
    resource: Tree,
    document: Tree,
    template: Template,
    whole: Tree,
) -> RoleRecord:
    return record_of(
        request,
        title,
        name,
        _document(template.value(document), whole, resource.text_at("Condition")),
        path=resource.text_at("Properties", "Path"),
        role_name=resource.text_at("Properties", "RoleName"),
        max_session=seconds_of(resource.at("Properties", "MaxSessionDuration")),
        boundary=resource.text_at("Properties", "PermissionsBoundary"),
    )
