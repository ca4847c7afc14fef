"""Prove exported files with the tools that they are for, and note what the tools accepted.

`make exporters` runs it in an environment of its own, with the tools in it.
`tests/exporters/accepted.json` is what `make test` compares exports with.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "scripts"))
ACCEPTED = ROOT / "tests" / "exporters" / "accepted.json"

from node_programs import RUNNERS, folder_with_packages, policies_by_node  # noqa: E402
from trust_widgets.exporters import export  # noqa: E402
from trust_widgets.patterns import PATTERNS  # noqa: E402
from trust_widgets.policy import Role  # noqa: E402


def roles() -> dict[str, Role]:
    """An example of each pattern."""
    return {
        name: pattern.build(account="111122223333", **pattern.example)
        for name, pattern in PATTERNS.items()
    }


def digest(text: str) -> str:
    """What stands for an export in the data; its comments do not count."""
    lines = [line for line in text.splitlines() if not line.startswith(("#", "//"))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def policy_by_boto3(text: str) -> Any:
    """The trust policy that moto, a stand-in for IAM, has after the script."""
    boto3, moto = import_module("boto3"), import_module("moto")
    with moto.mock_aws():
        exec(compile(text, "create_role.py", "exec"), {"__name__": "__main__"})
        [made] = boto3.client("iam").list_roles()["Roles"]
        return made["AssumeRolePolicyDocument"]


def policy_by_sam(text: str) -> Any:
    """The trust policy in the template that SAM's own translator makes."""
    import yaml

    parser = import_module("samtranslator.parser.parser").Parser()
    translator = import_module("samtranslator.translator.translator").Translator({}, parser)
    template = translator.translate(yaml.safe_load(text), {})
    [role] = template["Resources"].values()
    return role["Properties"]["AssumeRolePolicyDocument"]


def policy_by_cdk(text: str) -> Any:
    """The trust policy in the template that the CDK synthesises."""
    aws_cdk = import_module("aws_cdk")
    with tempfile.TemporaryDirectory() as folder:
        app = aws_cdk.App(outdir=folder)
        space: dict[str, Any] = {"__name__": "role_stack"}
        exec(compile(text, "role_stack.py", "exec"), space)
        space["RoleStack"](app, "Roles")
        app.synth()
        template = json.loads((Path(folder) / "Roles.template.json").read_text())
    [role] = [r for r in template["Resources"].values() if r["Type"] == "AWS::IAM::Role"]
    return role["Properties"]["AssumeRolePolicyDocument"]


def policy_by_pulumi(text: str) -> Any:
    """The trust policy that Pulumi's mocks are given."""
    pulumi: Any = import_module("pulumi")
    made: list[Any] = []

    def new_resource(_: object, args: Any) -> tuple[str, Any]:
        made.append(args.inputs)
        return args.name, args.inputs

    methods = {"new_resource": new_resource, "call": lambda _, args: args.args}
    pulumi.runtime.set_mocks(type("Mocks", (pulumi.runtime.Mocks,), methods)())

    @pulumi.runtime.test  # type: ignore[untyped-decorator]
    def run() -> None:
        exec(compile(text, "__main__.py", "exec"), {"__name__": "__main__"})

    run()
    [role] = made
    return json.loads(role["assumeRolePolicy"])


def prove_typescript(accepted: dict[str, dict[str, str]]) -> int:
    """Compile and run the programs in TypeScript; returns how many failed."""
    programs = {
        (tool, name): export(role, tool) for tool in RUNNERS for name, role in roles().items()
    }
    folder = folder_with_packages(ROOT / ".venv" / "exporters-npm")
    found = policies_by_node(folder, programs)
    failed = 0
    for (tool, name), text in programs.items():
        if found[f"{tool}_{name}"] == roles()[name].trust.to_dict():
            accepted.setdefault(tool, {})[name] = digest(text)
        else:
            print(f"{tool}, {name}: another policy: {found[f'{tool}_{name}']}")
            failed += 1
    return failed


TOOLS: dict[str, Callable[[str], Any]] = {
    "boto3": policy_by_boto3,
    "sam": policy_by_sam,
    "cdk_python": policy_by_cdk,
    "pulumi_python": policy_by_pulumi,
}


def main() -> int:
    """Run each tool on each role; returns the exit status."""
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        os.environ[name] = "testing"  # moto's, so that nothing real can be used
    accepted: dict[str, dict[str, str]] = {}
    failed = 0
    for tool, policy_by in TOOLS.items():
        for name, role in roles().items():
            text = export(role, tool)
            try:
                with contextlib.redirect_stdout(io.StringIO()):
                    found = policy_by(text)
            except Exception as error:
                print(f"{tool}, {name}: {type(error).__name__}: {error}")
                failed += 1
                continue
            if found != role.trust.to_dict():
                print(f"{tool}, {name}: another policy: {found}")
                failed += 1
                continue
            accepted.setdefault(tool, {})[name] = digest(text)
    failed += prove_typescript(accepted)
    ACCEPTED.write_text(json.dumps(accepted, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print({tool: len(names) for tool, names in accepted.items()}, "failed:", failed)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
