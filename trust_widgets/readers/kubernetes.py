"""Roles as Kubernetes resources: Crossplane's, and those of the AWS controllers (ACK).

https://marketplace.upbound.io/providers/upbound/provider-aws-iam
https://aws-controllers-k8s.github.io/community/reference/iam/v1alpha1/role/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.readers._document import Document, document_of
from trust_widgets.readers._json import account_in
from trust_widgets.readers._optional import items_of
from trust_widgets.readers._placeholders import cut, with_holes
from trust_widgets.readers._records import (
    FileContents,
    FileRequest,
    Reader,
    RoleRecord,
    record_of,
    seconds_of,
)
from trust_widgets.readers._tree import Hole, Tree, not_told
from trust_widgets.readers._tree_contents import walk
from trust_widgets.readers._yaml import cannot_be_read, documents_of, template_documents
from trust_widgets.readers._yaml_trees import NotYaml

TITLE = "A Crossplane or ACK role"
_LOOKS = re.compile(r"^[ \t-]*[\"']?kind[\"']?:[ \t]*[\"']?Role\b", re.MULTILINE)
_GROUP = re.compile(r"(?:^|\.)iam\.(?:aws|services\.k8s\.aws)")
_FIELDS = ("assumeRolePolicy", "assumeRolePolicyDocument")
_PLACES = (("spec", "forProvider"), ("spec",))
# What tools that come before put in: Kustomize and Flux, Argo CD, Helm.
_VARIABLE = re.compile(r"\$\{([A-Za-z_][\w.-]*)(?::?[=-][^{}]*)?\}|(\{\{[^{}]*\}\})")


def looks(file: str, text: str) -> bool:
    """Whether a text may hold such resources."""
    return bool(_LOOKS.search(text)) and "ssumeRolePolicy" in text


def read(request: FileRequest) -> FileContents | None:
    """The roles, also those in a composition or a list; `None` for any other document."""
    left_out: list[Hole] = []
    try:
        documents = documents_of(request)
    except NotYaml as error:
        try:
            documents, left_out = template_documents(request.source)
        except NotYaml:
            return cannot_be_read(request, error)
    records: list[RoleRecord] = []
    for root in documents:
        records += _in_texts(request, root)
        patches = dict(_patches(root))
        names = dict(_names(root))
        for one in filter(_is_role, walk(root)):
            name = names.get(one.start, "")
            patch = patches.get(one.start)
            records.append(_role(request, one, patch, name, left_out))
    if records:
        return FileContents(tuple(records))
    return None


def _names(root: Tree) -> Iterator[tuple[int, str]]:
    """The names of a composition's resources, by the first character of what they are made of."""
    for one in walk(root):
        base = one.member("base") if one.kind == "object" else None
        if base is not None:
            yield base.start, one.text_at("name")


def _patches(root: Tree) -> Iterator[tuple[int, Tree]]:
    """The patches of a composition that replace a role's trust policy, or a part of it, by the
    first character of the role.

    https://docs.crossplane.io/latest/guides/function-patch-and-transform/
    """
    for one in walk(root):
        base = one.member("base")
        if base is None:
            continue
        for patch in items_of(one.member("patches")):
            to = patch.member("toFieldPath") or patch.member("fromFieldPath")
            if to is not None and _FIELDS[0] in to.known_text:
                yield base.start, to


def _is_role(tree: Tree) -> bool:
    return tree.text_at("kind") == "Role" and bool(_GROUP.search(tree.text_at("apiVersion")))


def _in_texts(request: FileRequest, root: Tree) -> Iterator[RoleRecord]:
    """Roles in a text that Crossplane makes resources of.

    https://docs.crossplane.io/latest/guides/write-a-composition-function-in-go/
    """
    for text in filter(_is_template, walk(root)):
        mark = _VARIABLE.search(str(text.value))
        if mark is not None:
            spot = cut(text, mark.start(), mark.end())
            expression = " ".join(mark[0].split())
            hole = Hole(expression, spot.start, spot.end, reason="Render this template first.")
            name = root.text_at("metadata", "name")
            yield record_of(request, TITLE, name, Document(holes=(hole,)))


def _is_template(tree: Tree) -> bool:
    text = str(tree.value) if tree.is_text else ""
    return _FIELDS[0] in text and bool(_LOOKS.search(text))


def _role(
    request: FileRequest,
    tree: Tree,
    patch: Tree | None,
    of_composition: str,
    left_out: list[Hole],
) -> RoleRecord:
    """A role.

    Args:
        tree: it. patch: what replaces its trust policy. of_composition: its name in a composition.
        left_out: lines of a template in it.
    """
    external = tree.text_at("metadata", "annotations", "crossplane.io/external-name")
    name = _name(tree, of_composition) or external
    document = _policy(tree, patch, left_out)
    if isinstance(document, Hole):
        return record_of(request, TITLE, name, Document(holes=(document,)))
    if document.is_text:
        document = with_holes(document, _VARIABLE, lambda _, hole: not_told(hole))
    arn = tree.text_at("status", "ackResourceMetadata", "arn")
    return record_of(
        request,
        TITLE,
        name,
        document_of(document),
        arn=arn,
        account=account_in(arn),
        role_name=external or tree.text_at("spec", "name"),
        path=tree.text_at("spec", "forProvider", "path") or tree.text_at("spec", "path"),
        max_session=_session(tree),
    )


def _name(tree: Tree, of_composition: str) -> str:
    """The name of a role, with a space on each side of a template's expression."""
    name = tree.text_at("metadata", "name") or tree.text_at("spec", "name") or of_composition
    return " ".join(name.replace("{{", "{{ ").replace("}}", " }}").split())


def _policy(tree: Tree, patch: Tree | None, left_out: list[Hole]) -> Tree | Hole:
    """The trust policy of a role; a hole where the file does not contain it."""
    if patch is not None:
        reason = "A patch in the composition replaces this value."
        return Hole(patch.known_text, patch.start, patch.end, reason=reason)
    document = next(_documents(tree), None)
    if document is None:
        reason = "The role has no trust policy in this file."
        return Hole(_FIELDS[0], tree.start, tree.end, reason=reason)
    for hole in left_out:
        if document.start <= hole.start < document.end:
            return hole
    return document


def _session(tree: Tree) -> int:
    """The longest session, of Crossplane's role or of ACK's."""
    given = tree.at("spec", "forProvider", "maxSessionDuration")
    return seconds_of(given or tree.at("spec", "maxSessionDuration"))


def _documents(tree: Tree) -> Iterator[Tree]:
    for place in _PLACES:
        for field in _FIELDS:
            found = tree.at(*place, field)
            if found is not None:
                yield found


READER = Reader(
    title=TITLE,
    looks=looks,
    read=read,
    example="apiVersion: iam.aws.upbound.io/v1beta1\nkind: Role\nmetadata:\n  name: app\nspec:\n"
    "  forProvider:\n    assumeRolePolicy: |\n"
    '      {"Version": "2012-10-17", "Statement": []}\n',
    file="role.yaml",
    source="https://marketplace.upbound.io/providers/upbound/provider-aws-iam",
    order=40,
)
