"""Terraform's state file itself, `terraform.tfstate`, of version 3 or 4.

https://developer.hashicorp.com/terraform/language/state
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.policy import IN_TERRAFORM
from trust_widgets.readers._json import looks_like_json, root_of, text
from trust_widgets.readers._records import FileContents, FileRequest, Reader, RoleRecord
from trust_widgets.readers._terraform_roles import ROLE, role_of_values
from trust_widgets.text.json.strict import Value

TITLE = "A state file of Terraform"


def read(request: FileRequest) -> FileContents | None:
    """The roles of a state; `None` for any other document."""
    root = root_of(request)
    if root is None or not isinstance(root.plain, dict):
        return None
    if "terraform_version" not in root.plain or not isinstance(root.plain.get("version"), int):
        return None
    if isinstance(root.plain.get("modules"), list):
        return FileContents(tuple(_of_version_3(request, root)))
    if not isinstance(root.plain.get("resources"), list):
        return None
    return FileContents(tuple(_of_version_4(request, root)))


def _of_version_4(request: FileRequest, root: Value) -> Iterator[RoleRecord]:
    for resource in root.members()["resources"].items():
        plain = resource.plain
        if not isinstance(plain, dict) or plain.get("type") != ROLE:
            continue
        instances = resource.members().get("instances")
        if plain.get("mode") == "data" or instances is None:
            continue
        if isinstance(plain.get("module"), str):
            before = f"{plain['module']}."
        else:
            before = ""
        address = f"{before}{ROLE}.{text(plain.get('name'))}"
        for instance in instances.items():
            if isinstance(instance.plain, dict) and "deposed" in instance.plain:
                continue  # what it was before, which is still to be destroyed
            yield from _instance(request, address, instance)


def _instance(request: FileRequest, address: str, instance: Value) -> Iterator[RoleRecord]:
    values = instance.members().get("attributes")
    if values is None or not isinstance(values.plain, dict):
        return
    key = instance.plain.get("index_key")
    written = f'["{key}"]' if isinstance(key, str) else f"[{key}]"
    suffix = "" if key is None else written
    if isinstance(values.plain.get(IN_TERRAFORM), str):
        yield role_of_values(request, TITLE, f"{address}{suffix}", values)


def _of_version_3(request: FileRequest, root: Value) -> Iterator[RoleRecord]:
    for module in root.members()["modules"].items():
        resources = module.members().get("resources")
        if resources is None:
            continue
        for address, resource in resources.members().items():
            if not isinstance(resource.plain, dict) or resource.plain.get("type") != ROLE:
                continue
            primary = resource.members().get("primary")
            if primary is not None:
                values = primary.members().get("attributes")
            else:
                values = None
            if values is not None and isinstance(values.plain, dict):
                if isinstance(values.plain.get(IN_TERRAFORM), str):
                    yield role_of_values(request, TITLE, address, values)


READER = Reader(
    title=TITLE,
    looks=looks_like_json,
    read=read,
    example='{"version": 4, "terraform_version": "1.11.4", "resources": [{"mode": "managed",'
    ' "type": "aws_iam_role", "name": "app", "instances": [{"attributes": {"assume_role_policy": '
    '"{\\"Version\\": \\"2012-10-17\\", \\"Statement\\": []}"}}]}]}',
    file="terraform.tfstate",
    source="https://developer.hashicorp.com/terraform/language/state",
    edit_instead="Change the .tf file that creates the role.",
)
