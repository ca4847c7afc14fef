"""Roles in what Terraform writes as JSON: plans and states."""

from __future__ import annotations

import re
from typing import Any

from trust_widgets.policy import IN_TERRAFORM
from trust_widgets.readers._json import account_in, document_in, text
from trust_widgets.readers._records import FileRequest, RoleRecord, record_of
from trust_widgets.text.json.strict import Value

ROLE = "aws_iam_role"
EXPRESSION = re.compile(r"\$\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")


def role_of_values(request: FileRequest, title: str, address: str, values: Value) -> RoleRecord:
    """A role with the values of its resource."""
    plain = values.plain
    document = document_in(request.source, values.members()[IN_TERRAFORM])
    arn = text(plain.get("arn"))
    return record_of(
        request,
        title,
        address,
        document,
        arn=arn,
        account=account_in(arn),
        path=text(plain.get("path")),
        created=text(plain.get("create_date")),
        boundary=text(plain.get("permissions_boundary")),
        tags=_pairs(plain.get("tags")),
    )


def _pairs(tags: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(tags, dict):
        return ()
    return tuple((str(name), text(value)) for name, value in tags.items())
