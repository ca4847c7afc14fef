"""checkov on a CloudFormation template and on Terraform: the role with its policy, and the policy
as a data source.
"""

import json
import shutil
import tempfile
from pathlib import Path

from checkov.cloudformation.runner import Runner as CloudFormation
from checkov.runner_filter import RunnerFilter
from checkov.terraform.runner import Runner as Terraform
from serving import cloudformation, document, quoted, serve, terraform


def check(text):
    """Failed checks of all three forms, each once."""
    policy = document(text)
    found = {}
    folder = Path(tempfile.mkdtemp())
    try:
        (folder / "main.tf").write_text(terraform(text) + (data_source(policy) if policy else ""))
        run(Terraform(), "terraform", folder, found)
        if policy is not None:
            (folder / "main.tf").unlink()
            (folder / "template.json").write_text(json.dumps(cloudformation(policy)))
            run(CloudFormation(), "cloudformation", folder, found)
    finally:
        shutil.rmtree(folder)
    return list(found.values())


def run(runner, framework, folder, found):
    report = runner.run(root_folder=str(folder), runner_filter=RunnerFilter(framework=[framework]))
    for record in report.failed_checks:
        found[record.check_id] = (record.check_id, record.severity or "FAILED", record.check_name)


def data_source(policy):
    """The same policy as an `aws_iam_policy_document`."""
    if not isinstance(policy, dict):
        return ""
    statements = policy.get("Statement", [])
    statements = statements if isinstance(statements, list) else [statements]
    return f'data "aws_iam_policy_document" "trust" {{\n{"".join(map(statement, statements))}}}\n'


def statement(said):
    if not isinstance(said, dict):
        return ""
    lines = ["  statement {", f"    effect = {quoted(said.get('Effect', 'Allow'))}"]
    for name, element in (("actions", "Action"), ("not_actions", "NotAction")):
        if element in said:
            lines.append(f"    {name} = {quoted(listed(said[element]))}")
    principal = said.get("Principal", {})
    for kind, names in (
        {"*": "*"} if principal == "*" else principal if isinstance(principal, dict) else {}
    ).items():
        lines.append(
            f"    principals {{\n      type = {quoted(kind)}\n      identifiers ="
            f" {quoted(listed(names))}\n    }}"
        )
    for operator, keys in (
        (said.get("Condition") or {}).items() if isinstance(said.get("Condition"), dict) else ()
    ):
        for key, values in keys.items() if isinstance(keys, dict) else ():
            lines.append(
                f"    condition {{\n      test = {quoted(operator)}\n      variable ="
                f" {quoted(key)}\n      values ="
                f" {quoted([str(value) for value in listed(values)])}\n    }}"
            )
    return "\n".join([*lines, "  }", ""])


def listed(value):
    return value if isinstance(value, list) else [value]


serve(check)
