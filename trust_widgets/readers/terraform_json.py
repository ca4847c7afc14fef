"""Terraform's JSON syntax, `.tf.json`, as the CDK for Terraform writes it.

https://developer.hashicorp.com/terraform/language/syntax/json
"""

from __future__ import annotations

from trust_widgets.readers._hcl.roles import roles_of_file
from trust_widgets.readers._json import looks_like_json, root_of
from trust_widgets.readers._records import FileContents, FileRequest, Reader

TITLE = "Terraform in JSON"


def looks(file: str, text: str) -> bool:
    """Whether a file has the name of such a one."""
    is_named = file.endswith((".tf.json", ".tofu.json"))
    return is_named and looks_like_json(file, text)


def read(request: FileRequest) -> FileContents | None:
    """The roles; `None` for a document that is no JSON, or of another kind."""
    root = root_of(request)
    if root is None or not isinstance(root.plain, dict):
        return None
    if not {"resource", "module"} & set(root.plain):
        return None
    return roles_of_file(request, TITLE)


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
