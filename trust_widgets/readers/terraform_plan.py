"""What `terraform show -json` prints of a plan or of a state.

https://developer.hashicorp.com/terraform/internals/json-format
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.policy import IN_TERRAFORM, Inner, policy_of_role
from trust_widgets.readers import Reader
from trust_widgets.text.json.strict import Value


def read(root: Value) -> tuple[Inner, ...] | None:
    """The trust policy of each role; `None` when one of them is not known yet, as in some plans.

    Example:
        >>> from trust_widgets.text.json.strict import read_strictly
        >>> [policy.role for policy in read(read_strictly(READER.example))]
        ['aws_iam_role.app']
    """
    module = _root_module(root)
    if module is None:
        return None
    policies = []
    for resource in _resources(module):
        if not isinstance(resource.plain, dict) or resource.plain.get("type") != "aws_iam_role":
            continue
        values = resource.plain.get("values")
        if not isinstance(values, dict) or not isinstance(values.get(IN_TERRAFORM), str):
            return None
        document = resource.members()["values"].members()[IN_TERRAFORM]
        policies.append(policy_of_role(document, resource.plain.get("address"), values.get("arn")))
    return tuple(policies)


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


READER = Reader(
    title="A plan or a state of Terraform",
    read=read,
    example='{"format_version": "1.0", "planned_values": {"root_module": {"resources": ['
    '{"address": "aws_iam_role.app", "type": "aws_iam_role", "values": '
    '{"assume_role_policy": "{\\"Version\\": \\"2012-10-17\\", \\"Statement\\": []}"}}]}}}',
    source="https://developer.hashicorp.com/terraform/internals/json-format",
)
