"""What `terraform show -json` prints of a plan or of a state.

A plan does not know everything yet: `after_unknown` says what, and no such role hides another.
https://developer.hashicorp.com/terraform/internals/json-format
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trust_widgets.policy import IN_TERRAFORM
from trust_widgets.readers._document import Document
from trust_widgets.readers._json import looks_like_json, root_of, text
from trust_widgets.readers._records import FileContents, FileRequest, Reader, RoleRecord, record_of
from trust_widgets.readers._terraform_roles import ROLE, role_of_values
from trust_widgets.readers._tree import Hole
from trust_widgets.text.json.strict import Value

TITLE = "A plan or state of Terraform"
_REASON = "Terraform knows this value only after apply."


def read(request: FileRequest) -> FileContents | None:
    """The roles of a plan or a state; `None` for any other document."""
    root = root_of(request)
    module = _root_module(root) if root is not None else None
    if root is None or module is None:
        return None
    records, seen = [], set[str]()
    for resource in _resources(module):
        plain = resource.plain
        if not isinstance(plain, dict) or plain.get("type") != ROLE:
            continue
        if plain.get("mode") == "data":
            continue
        address = text(plain.get("address"))
        seen.add(address)
        records.append(_role(request, resource, address))
    for resource in _changes(root):
        address = text(resource.plain.get("address"))
        if address not in seen and _is_created(resource.plain):
            records.append(_unknown(request, resource, address))
    return FileContents(tuple(records))


def _role(request: FileRequest, resource: Value, address: str) -> RoleRecord:
    values = resource.plain.get("values")
    if not isinstance(values, dict) or not isinstance(values.get(IN_TERRAFORM), str):
        return _unknown(request, resource, address)
    return role_of_values(request, TITLE, address, resource.members()["values"])


def _unknown(request: FileRequest, resource: Value, address: str) -> RoleRecord:
    start, end = request.source.base + resource.start, request.source.base + resource.end
    hole = Hole(f"{address}.{IN_TERRAFORM}", start, end, reason=_REASON)
    return record_of(request, TITLE, address, Document(holes=(hole,)))


def _root_module(root: Value) -> Value | None:
    """The outermost module of a state, or of what a plan would make of it."""
    if not isinstance(root.plain, dict) or "format_version" not in root.plain:
        return None
    for name in ("values", "planned_values"):
        state = root.plain.get(name)
        if isinstance(state, dict) and isinstance(state.get("root_module"), dict):
            return root.members()[name].members()["root_module"]
    return None


def _resources(module: Value) -> Iterator[Value]:
    """The resources of a module, and then those of each module in it."""
    waiting = [module]
    while waiting:
        members = waiting.pop().members()
        if "resources" in members:
            yield from members["resources"].items()
        if "child_modules" in members:
            modules = members["child_modules"].items()
            waiting += [child for child in reversed(modules) if isinstance(child.plain, dict)]


def _changes(root: Value) -> Iterator[Value]:
    """What a plan changes, of roles."""
    changes = root.members().get("resource_changes")
    if changes is None:
        return
    for change in changes.items():
        plain = change.plain
        if not isinstance(plain, dict) or plain.get("mode") == "data":
            continue
        if plain.get("type") == ROLE:
            yield change


def _is_created(change: dict[str, Any]) -> bool:
    """Whether the role is there after the change."""
    about = change.get("change")
    if isinstance(about, dict):
        actions = about.get("actions")
    else:
        actions = None
    return actions != ["delete"]


READER = Reader(
    title=TITLE,
    looks=looks_like_json,
    read=read,
    example='{"format_version": "1.0", "planned_values": {"root_module": {"resources": ['
    '{"address": "aws_iam_role.app", "type": "aws_iam_role", "values": '
    '{"assume_role_policy": "{\\"Version\\": \\"2012-10-17\\", \\"Statement\\": []}"}}]}}}',
    file="plan.json",
    source="https://developer.hashicorp.com/terraform/internals/json-format",
    edit_instead="Change the .tf file that creates the role.",
)
