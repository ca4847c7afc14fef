"""A statement as a block of Terraform's `aws_iam_policy_document`.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trust_widgets.policy import Principal, Statement, text_from_scalar
from trust_widgets.text.quoting.hcl import block, nested


def can_be_a_block(statement: Statement) -> bool:
    """Whether a block has a place for all that a statement says."""
    principal = statement.principal
    if principal is not None:
        kinds = {kind for kind, _ in principal.kinds}
    else:
        kinds = set()
    return (
        statement.effect in ("Allow", "Deny")
        and principal is not None
        and not principal.star
        and kinds <= {"AWS", "Service", "Federated"}
        and bool(statement.action)
        and statement.not_action is None
        and statement.not_principal is None
        and not (statement.resource or statement.not_resource)
        and not (statement.other or statement.bare_operators)
        and all(condition.values for condition in statement.conditions)
    )


def statement_as_block(statement: Statement) -> str:
    """A statement as a block that begins in the first column; `""` where a block cannot say it.

    Example:
        >>> principal = Principal(aws=("444455556666",))
        >>> statement = Statement(principal=principal, action=("sts:AssumeRole",))
        >>> print(statement_as_block(statement).splitlines()[0])
        statement {
    """
    if not can_be_a_block(statement):
        return ""
    said: dict[str, Any] = {"sid": statement.sid} if statement.sid else {}
    if statement.effect == "Deny":
        said["effect"] = "Deny"
    said["actions"] = list(statement.action or ())
    inner = [*_principals(statement.principal), *_conditions(statement)]
    return nested(block("statement", (), said), inner)


def _principals(principal: Principal | None) -> Iterator[str]:
    if principal is None:
        return
    for kind, values in principal.kinds:
        yield block("principals", (), {"type": kind, "identifiers": list(values)})


def _conditions(statement: Statement) -> Iterator[str]:
    for condition in statement.conditions:
        values = [text_from_scalar(value) for value in condition.values]
        said = {"test": condition.operator, "variable": condition.key, "values": values}
        yield block("condition", (), said)
