"""Terraform's JSON syntax, `.tf.json`, as the CDK for Terraform writes it.

https://developer.hashicorp.com/terraform/language/syntax/json
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.policy import IN_TERRAFORM
from trust_widgets.readers._document import Document, document_of, text_with_places
from trust_widgets.readers._json import looks_like_json, root_of
from trust_widgets.readers._placeholders import with_holes
from trust_widgets.readers._records import (
    FileContents,
    FileRequest,
    Reader,
    RoleRecord,
    record_of,
)
from trust_widgets.readers._terraform_roles import EXPRESSION, ROLE
from trust_widgets.readers._tree import Hole, not_told
from trust_widgets.text.json.strict import Value

TITLE = "Terraform in JSON"


def looks(file: str, text: str) -> bool:
    """Whether a file has the name of such a one."""
    is_named = file.endswith((".tf.json", ".tofu.json", "cdk.tf.json"))
    return is_named and ROLE in text and looks_like_json(file, text)


def read(request: FileRequest) -> FileContents | None:
    """The roles; `None` for any other document."""
    root = root_of(request)
    resources = root.members().get("resource") if root is not None else None
    roles = resources.members().get(ROLE) if resources is not None else None
    if roles is None:
        return None
    records: list[RoleRecord] = []
    for name, role in roles.members().items():
        for body in role.items() or (role,):
            records += _role(request, f"{ROLE}.{name}", body)
    return FileContents(tuple(records))


def _role(request: FileRequest, address: str, body: Value) -> Iterator[RoleRecord]:
    value = body.members().get(IN_TERRAFORM)
    base = request.source.base
    if value is None or not isinstance(value.plain, str):
        hole = Hole(IN_TERRAFORM, base + body.start, base + body.end)
        yield record_of(request, TITLE, address, Document(holes=(hole,)))
        return
    text = text_with_places(value, lambda at: base + at)
    written = value.plain.strip()
    if written.startswith("${") and written.endswith("}"):
        hole = Hole(written[2:-1], text.start, text.end)
        yield record_of(request, TITLE, address, Document(holes=(hole,)))
        return
    filled = with_holes(text, EXPRESSION, lambda _, hole: not_told(hole))
    yield record_of(request, TITLE, address, document_of(filled))


READER = Reader(
    title=TITLE,
    looks=looks,
    read=read,
    example='{"resource": {"aws_iam_role": {"app": {"assume_role_policy": '
    '"{\\"Version\\": \\"2012-10-17\\", \\"Statement\\": []}"}}}}',
    file="main.tf.json",
    source="https://developer.hashicorp.com/terraform/language/syntax/json",
    order=12,
)
