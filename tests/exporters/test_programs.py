"""Exported programs run against stand-ins of their tools; our readers read them back."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from types import ModuleType
from typing import Any

import pytest

from exporters.test_exporters import EXAMPLES, FULL, ODD, OIDC, PARTNER, hostile
from prove_exporters import ACCEPTED, digest, roles
from trust_widgets.exporters import EXPORTERS, export
from trust_widgets.policy import Role, TrustPolicy, parse, text_from_scalar
from trust_widgets.readers import read_text

PLAIN = [Role("app", TrustPolicy((OIDC,))), FULL, *EXAMPLES]
ROLES = [*PLAIN, *map(hostile, ODD)]
READ_BACK = ("json", "aws_cli", "aws_cli_update", "cloudformation", "sam", "terraform")


def as_compared(policy: TrustPolicy) -> Any:
    """A policy's document with its conditions' values as texts, as IAM compares them."""
    document = policy.to_dict()
    for written, statement in zip(document["Statement"], policy.statements, strict=True):
        for condition in statement.conditions:
            texts = [text_from_scalar(value) for value in condition.values]
            block = written["Condition"][condition.operator]
            block[condition.key] = texts if len(texts) > 1 else texts[0]
    return document


def in_account(policy: TrustPolicy, role: Role) -> TrustPolicy:
    """A policy whose file refers to the providers that it makes: they are in the role's account."""
    text = re.sub(
        r"arn:\$\{[^}]*\}:iam::\$\{[^}]*\}:oidc-provider",
        f"arn:aws:iam::{role.account}:oidc-provider",
        str(policy),
    )
    return parse(text)


@pytest.mark.parametrize("name", READ_BACK)
@pytest.mark.parametrize("role", PLAIN)
def test_our_readers_read_the_same_policy(name: str, role: Role) -> None:
    """Of a whole role, or of the policy alone."""
    [record] = read_text(EXPORTERS[name].filename, export(role, name)).records
    assert record.trust is not None
    assert as_compared(in_account(record.trust, role)) == as_compared(role.trust)


@pytest.mark.parametrize("role", PLAIN)
def test_a_policy_document_is_read_back(role: Role) -> None:
    """Terraform's documents have texts for values: `true` and `3600` mean the same to IAM."""
    text = export(role, "terraform_document")
    [record] = read_text("role.tf", text).records
    assert "data.aws_iam_policy_document" in text and record.trust is not None
    assert as_compared(record.trust) == as_compared(role.trust)


@pytest.mark.parametrize("role", ROLES)
def test_what_a_policy_document_cannot_say_is_json(role: Role) -> None:
    """Nothing is lost: an unknown element, a version, a Sid that is empty."""
    text = export(role, "terraform_document")
    if "data.aws_iam_policy_document" not in text:
        record = next(each for each in read_text("role.tf", text).records)
        assert record.document.text or record.document.unknown is not None
    assert text.count("\n") > 1


class Recorder(ModuleType):
    """A module that notes what is called, by its dotted name."""

    def __init__(self, name: str, calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]]) -> None:
        super().__init__(name)
        self.__dict__["calls"] = calls
        self.__dict__["path"] = name

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Recorder(f"{self.path}.{name}", self.calls)

    def __call__(self, *args: Any, **kwargs: Any) -> Recorder:
        self.calls.append((self.path, args, kwargs))
        return self


class Stack:
    """A stack of the CDK."""

    def __init__(self, scope: object, id: str) -> None:
        self.scope, self.id = scope, id


def calls_of(text: str, *modules: str) -> dict[str, dict[str, Any]]:
    """What a Python program calls of some modules, by the last part of its name."""
    calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []
    before = {name: sys.modules.get(name) for name in modules}
    sys.modules.update({name: Recorder(name, calls) for name in modules})
    if "aws_cdk" in modules:
        sys.modules["aws_cdk"].__dict__.update(Stack=Stack)
    try:
        space: dict[str, Any] = {"__name__": "program"}
        exec(compile(text, "program.py", "exec"), space)
        if "RoleStack" in space:
            space["RoleStack"](None, "Roles")
    finally:
        for name, module in before.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module
    return {path.rpartition(".")[2]: kwargs for path, _, kwargs in calls}


@pytest.mark.parametrize("role", ROLES)
def test_a_program_in_python_hands_the_same_policy_over(role: Role) -> None:
    """With boto3, the CDK and Pulumi."""
    made = calls_of(export(role, "boto3"), "boto3")["create_role"]
    assert json.loads(made["AssumeRolePolicyDocument"]) == role.trust.to_dict()
    assert made["RoleName"] == role.name and made.get("Path", "/") == (role.path or "/")
    cdk = calls_of(export(role, "cdk_python"), "aws_cdk", "constructs")["CfnRole"]
    assert cdk["assume_role_policy_document"] == role.trust.to_dict()
    assert cdk["role_name"] == role.name
    pulumi = calls_of(export(role, "pulumi_python"), "pulumi_aws")["Role"]
    assert json.loads(pulumi["assume_role_policy"]) == role.trust.to_dict()
    assert pulumi.get("tags", {}) == dict(role.tags)


STAND_IN = """
const print = (name, args) => console.log(JSON.stringify({ name, args }));
const aws = { iam: { Role: class { constructor(name, args) { print(name, args); } } } };
const iam = { CfnRole: class { constructor(scope, name, args) { print(name, args); } } };
class Stack {}
"""


def run_script(text: str) -> dict[str, Any]:
    """What a program in TypeScript makes: without its types, with stand-ins for its imports."""
    lines = [line for line in text.splitlines() if not line.startswith("import ")]
    plain = "\n".join(lines)
    plain = plain.replace(
        "(scope?: Construct, id?: string, props?: StackProps)", "(scope, id, props)"
    )
    plain = plain.replace("export class", "class").replace("export const", "const")
    last = "new RoleStack();" if "RoleStack" in plain else ""
    program = f"{STAND_IN}\n{plain}\n{last}\n"
    command = [str(shutil.which("node")), "--input-type=module", "-"]
    done = subprocess.run(command, input=program.encode(), capture_output=True, check=True)
    made: dict[str, Any] = json.loads(done.stdout)["args"]
    return made


@pytest.mark.skipif(not shutil.which("node"), reason="needs Node")
@pytest.mark.parametrize("role", [*PLAIN[:3], *map(hostile, ODD[::3])])
def test_a_program_in_typescript_hands_the_same_policy_over(role: Role) -> None:
    """With the CDK and Pulumi."""
    cdk = run_script(export(role, "cdk_typescript"))
    assert cdk["assumeRolePolicyDocument"] == role.trust.to_dict()
    assert cdk["roleName"] == role.name
    pulumi = run_script(export(role, "pulumi_typescript"))
    assert json.loads(pulumi["assumeRolePolicy"]) == role.trust.to_dict()
    assert pulumi["name"] == role.name


def test_what_a_document_says_is_laid_out_as_terraform_does() -> None:
    """By hand, as the registry's page writes one."""
    role = Role("app", TrustPolicy((PARTNER,)))
    assert export(role, "terraform_document") == (
        'data "aws_iam_policy_document" "app" {\n'
        "  statement {\n"
        '    actions = ["sts:AssumeRole", "sts:TagSession"]\n'
        "\n"
        "    principals {\n"
        '      type        = "AWS"\n'
        '      identifiers = ["999988887777", "arn:aws:iam::444455556666:role/app"]\n'
        "    }\n"
        "\n"
        "    condition {\n"
        '      test     = "StringEquals"\n'
        '      variable = "sts:ExternalId"\n'
        '      values   = ["$${aws:username}"]\n'
        "    }\n"
        "\n"
        "    condition {\n"
        '      test     = "Bool"\n'
        '      variable = "aws:MultiFactorAuthPresent"\n'
        '      values   = ["true"]\n'
        "    }\n"
        "\n"
        "    condition {\n"
        '      test     = "NumericLessThan"\n'
        '      variable = "aws:MultiFactorAuthAge"\n'
        '      values   = ["3600"]\n'
        "    }\n"
        "  }\n"
        "}\n"
        "\n"
        'resource "aws_iam_role" "app" {\n'
        '  name               = "app"\n'
        "  assume_role_policy = data.aws_iam_policy_document.app.json\n"
        "}\n"
    )


def test_what_the_tools_accepted_is_what_is_exported() -> None:
    """`make exporters` runs boto3 on moto, SAM's translator, the CDK and Pulumi, and notes each."""
    for tool, accepted in json.loads(ACCEPTED.read_text("utf-8")).items():
        now = {name: digest(export(role, tool)) for name, role in roles().items()}
        assert now == accepted, f"run make exporters: {tool}"
