"""Each tool's own reader gets the same policy back, whatever stands in the role."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hcl2
import pytest
import yaml
from cfnlint.config import ConfigMixIn, ManualArgs  # type: ignore[import-untyped]
from cfnlint.decode.decode import decode_str  # type: ignore[import-untyped]
from cfnlint.helpers import REGIONS  # type: ignore[import-untyped]
from cfnlint.runner import Runner  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from trust_widgets.exporters import EXPORTERS, export
from trust_widgets.patterns import PATTERNS
from trust_widgets.policy import Companion, Condition, Principal, Role, Statement, TrustPolicy
from trust_widgets.policy.values import freeze

GITHUB = "token.actions.githubusercontent.com"
PROVIDER = Companion(
    kind="oidc_provider",
    title="The identity provider",
    note="GitHub, once per account.",
    filename="provider.sh",
    text="",
    data=(("url", f"https://{GITHUB}"), ("client_id", "sts.amazonaws.com")),
)
PERMISSION = Companion(
    "permission_policy", "The caller's permission", "Goes\nto 444455556666.", "p.json", "{}"
)
OIDC = Statement(
    sid="Main",
    principal=Principal(federated=(f"arn:aws:iam::111122223333:oidc-provider/{GITHUB}",)),
    action=("sts:AssumeRoleWithWebIdentity",),
    conditions=(
        Condition("StringEquals", f"{GITHUB}:aud", ("sts.amazonaws.com",)),
        Condition("StringLike", f"{GITHUB}:sub", ("repo:octo-org/app:*", "repo:octo-org/site:*")),
    ),
)
PARTNER = Statement(
    principal=Principal(aws=("999988887777", "arn:aws:iam::444455556666:role/app")),
    action=("sts:AssumeRole", "sts:TagSession"),
    conditions=(
        Condition("StringEquals", "sts:ExternalId", ("${aws:username}",)),
        Condition("Bool", "aws:MultiFactorAuthPresent", (True,)),
        Condition("NumericLessThan", "aws:MultiFactorAuthAge", (3600,)),
    ),
)
ODD = (
    *(
        "it's",
        '"',
        "\\",
        "$(touch x)",
        "`touch x`",
        "a\nb\n",
        "\r\n\t",
        "${x} $${x} %{x} %%{x}",
        "#",
    ),
    *(": ", "- ", "\u202e", "\x00", "\x1b", "yes", "2012-10-17", "111122223333", "-x", "--tags"),
    *(
        "",
        "'; touch x; '",
        "\u2028",
        "</script>",
        "EOF",
        "}\n}",
        "{{x}}",
        "*",
        "=",
        "for",
        "null",
        "é",
        "!x",
        "*/ //",
    ),
)
FULL = Role(
    "example-app",
    TrustPolicy((OIDC, PARTNER)),
    account="111122223333",
    path="/ci/",
    description="Deploys the app: it's for main.",
    max_session=7200,
    tags=(("team", "a b"), ("cost", "111122223333")),
    companions=(PROVIDER, PROVIDER, PERMISSION),
)
odd = st.sampled_from(ODD)


def hostile(text: str) -> Role:
    """A role with the text wherever a text may stand."""
    companion = Companion("permission_policy", text, text, text, text)
    provider = Companion(
        "oidc_provider", text, text, text, text, (("url", text), ("client_id", text))
    )
    statement = Statement(
        effect=text,
        sid=text,
        principal=Principal(aws=(text, text), other=((text, (text,)),)),
        action=(text,),
        conditions=(Condition(text, text, (text,)), Condition("Bool", text, (True, 1, text))),
        other=((f"x{text}", freeze({text: [text, {text: {}}, []]})),),
    )
    policy = TrustPolicy((statement, statement), version=text, id=text)
    return Role(text, policy, "", text, text, 7200, ((text, text),), (companion, provider))


EXAMPLES = [
    pattern.build(account="111122223333", **pattern.example) for pattern in PATTERNS.values()
]
ROLES = [Role("app"), FULL, *EXAMPLES, *map(hostile, ODD)]


def aws(script: str, folder: Path) -> list[list[str]]:
    """The arguments of each call of `aws` that a shell makes for a script, run in an empty
    folder.
    """
    stub, log, work = folder / "bin" / "aws", folder / "log", folder / "work"
    for made in (stub.parent, work):
        made.mkdir(exist_ok=True)
    stub.write_text(
        f"#!{sys.executable}\nimport json, os, sys\n"
        "open(os.environ['LOG'], 'a').write(json.dumps(sys.argv[1:]) + '\\n')\n"
    )
    stub.chmod(0o755)
    log.write_text("")
    env = {"PATH": f"{stub.parent}:{os.environ['PATH']}", "LOG": str(log), "PYTHONUTF8": "1"}
    (folder / "script").write_bytes(script.encode())
    subprocess.run(["sh", str(folder / "script")], env=env, cwd=work, check=True)
    assert not list(work.iterdir())  # nothing but `aws` ran
    return [json.loads(line) for line in log.read_text().splitlines()]


def options(words: list[str]) -> dict[str, str]:
    """`--name value` and `--name=-value` as a dict."""
    left = iter(words)
    pairs = (word.partition("=") for word in left)
    return {name: value if joined else next(left) for name, joined, value in pairs}


def unescaped(text: str) -> str:
    """A string's text from the HCL source that `hcl2` leaves, as Terraform would read it."""
    plain: str = eval(text)  # the backslash escapes that HCL has are Python's as well
    return plain.replace("$${", "${").replace("%%{", "%{")


def read(value: Any) -> Any:
    """What `hcl2` left quoted, unquoted."""
    if isinstance(value, dict):
        said = {key: inner for key, inner in value.items() if key != "__is_block__"}
        return {unescaped(k) if k.startswith('"') else k: read(inner) for k, inner in said.items()}
    if isinstance(value, list):
        return [read(inner) for inner in value]
    return unescaped(value) if isinstance(value, str) and value.startswith('"') else value


def resources(text: str) -> dict[str, dict[str, Any]]:
    """`{"aws_iam_role.app": {...}}`, with what `jsonencode` is given in place of its call."""
    found = {}
    for resource in hcl2.loads(text)["resource"]:
        ((kind, named),) = resource.items()
        ((name, body),) = named.items()
        encoded = re.fullmatch(
            r"\$\{jsonencode\((.*)\)\}", body.get("assume_role_policy", ""), re.DOTALL
        )
        if encoded:
            body["assume_role_policy"] = hcl2.loads(f"x = {encoded[1]}\n")["x"]
        body = read(body)
        if isinstance(body.get("assume_role_policy"), str):  # JSON text, where it needs escapes
            body["assume_role_policy"] = json.loads(body["assume_role_policy"])
        found[f"{unescaped(kind)}.{unescaped(name)}"] = body
    return found


def with_arns(document: Any, role: Role, providers: dict[str, Any]) -> Any:
    """A policy with the ARNs of the providers that its file makes, in place of references.

    Args:
        document: the policy. role: whose account the providers are in.
        providers: by their URL, what refers to them.
    """
    text = json.dumps(document)
    for url, reference in providers.items():
        arn = f"arn:aws:iam::{role.account}:oidc-provider/{url.removeprefix('https://')}"
        text = text.replace(json.dumps(reference), json.dumps(arn))
    return json.loads(text)


def policy_in_terraform(role: Role) -> Any:
    """The policy of the role that a file makes, and of the providers beside it."""
    found = resources(export(role, "terraform"))
    (made,) = (body for name, body in found.items() if name.startswith("aws_iam_role."))
    providers = {
        body["url"]: f"${{{name}.arn}}" for name, body in found.items() if "openid" in name
    }
    return with_arns(made["assume_role_policy"], role, providers)


def policy_in_cloudformation(role: Role) -> Any:
    """The same of a template."""
    made = yaml.safe_load(export(role, "cloudformation"))["Resources"]
    (document,) = (
        each["Properties"]["AssumeRolePolicyDocument"]
        for each in made.values()
        if each["Type"] == "AWS::IAM::Role"
    )
    providers = {
        each["Properties"]["Url"]: {"Fn::GetAtt": [name, "Arn"]}
        for name, each in made.items()
        if each["Type"] == "AWS::IAM::OIDCProvider"
    }
    return with_arns(document, role, providers)


@pytest.mark.parametrize("role", ROLES)
def test_json_is_the_document(role: Role) -> None:
    text = export(role, "json")

    assert text == f"{role.trust}\n"
    assert json.loads(text) == role.trust.to_dict()


@pytest.mark.parametrize("role", ROLES)
def test_shell_hands_the_same_policy_to_aws(role: Role, tmp_path: Path) -> None:
    *before, made = aws(export(role, "aws_cli"), tmp_path)
    said = options(made[2:])

    assert made[:2] == ["iam", "create-role"]
    assert json.loads(said["--assume-role-policy-document"]) == role.trust.to_dict()
    assert said["--role-name"] == role.name.replace("\0", "")
    assert said.get("--path", "/") == role.path.replace("\0", "")
    assert said.get("--description", "") == role.description.replace("\0", "")
    assert said.get("--max-session-duration", "3600") == str(role.max_session)
    tags = [{"Key": key, "Value": value} for key, value in role.tags]
    assert json.loads(said.get("--tags", "[]")) == tags
    assert [words[:2] for words in before] == [["iam", "create-open-id-connect-provider"]] * len(
        before
    )
    assert bool(before) == any(it.kind == "oidc_provider" for it in role.companions)


def test_shell_leaves_the_usual_out(tmp_path: Path) -> None:
    ((_, _, *said),) = aws(export(Role("app"), "aws_cli"), tmp_path)

    assert list(options(said)) == ["--role-name", "--assume-role-policy-document"]


def test_shell_makes_the_provider_once_and_first(tmp_path: Path) -> None:
    text = export(FULL, "aws_cli")
    provider, _role = aws(text, tmp_path)

    assert options(provider[2:]) == {
        "--url": f"https://{GITHUB}",
        "--client-id-list": "sts.amazonaws.com",
    }
    assert "# Once per account" in text
    assert "# Also needed: The caller's permission (p.json). Goes\n# to 444455556666.\n" in text


@pytest.mark.parametrize("role", ROLES)
def test_terraform_gives_the_same_policy_back(role: Role) -> None:
    found = resources(export(role, "terraform"))
    (made,) = (body for name, body in found.items() if name.startswith("aws_iam_role."))

    assert policy_in_terraform(role) == role.trust.to_dict()
    assert made["name"] == role.name
    assert made.get("path", "/") == role.path
    assert made.get("description", "") == role.description
    assert made.get("max_session_duration", 3600) == role.max_session
    assert made.get("tags", {}) == dict(role.tags)
    for name in found:
        assert re.fullmatch(r"aws_\w+\.[A-Za-z_][A-Za-z0-9_]*", name)


def test_terraform_makes_the_provider_once() -> None:
    text = export(FULL, "terraform")
    provider = {"url": f"https://{GITHUB}", "client_id_list": ["sts.amazonaws.com"]}

    assert resources(text)["aws_iam_openid_connect_provider.oidc"] == provider
    assert text.count('resource "aws_iam_openid_connect_provider"') == 1
    assert text.count("# Create it once per account") == 1
    assert "Federated = aws_iam_openid_connect_provider.oidc.arn" in text
    assert '"$${aws:username}"' in text


@pytest.mark.skipif(not shutil.which("terraform"), reason="needs Terraform")
@pytest.mark.parametrize("role", ROLES)
def test_terraform_fmt_has_nothing_to_do(role: Role) -> None:
    command = [str(shutil.which("terraform")), "fmt", "-no-color", "-"]
    env = {**os.environ, "TF_CLI_CONFIG_FILE": os.devnull}
    text = export(role, "terraform").encode()

    assert (
        subprocess.run(command, input=text, env=env, capture_output=True, check=True).stdout == text
    )


@pytest.mark.parametrize("role", ROLES)
def test_cloudformation_gives_the_same_policy_back(role: Role) -> None:
    template = yaml.safe_load(export(role, "cloudformation"))
    (made,) = (it for it in template["Resources"].values() if it["Type"] == "AWS::IAM::Role")
    said = made["Properties"]

    assert policy_in_cloudformation(role) == role.trust.to_dict()
    assert said["RoleName"] == role.name
    assert said.get("Path", "/") == role.path
    assert said.get("Description", "") == role.description
    assert said.get("MaxSessionDuration", 3600) == role.max_session
    assert said.get("Tags", []) == [{"Key": key, "Value": value} for key, value in role.tags]
    assert all(name.isascii() and name.isalnum() for name in template["Resources"])


@pytest.fixture(scope="module")
def cfn_lint() -> Callable[[str], list[Any]]:
    """Returns the errors and warnings of cfn-lint for a template; its rules are loaded once."""
    arguments = ManualArgs(include_checks=["I"], include_experimental=True, regions=REGIONS)
    runner = Runner(ConfigMixIn(**arguments))

    def lint(text: str) -> list[Any]:
        template, errors = decode_str(text)
        found = [*errors, *runner.validate_template(template)]
        return [match for match in found if match.rule.severity != "informational"]

    return lint


@pytest.mark.parametrize(
    "role",
    [Role("app", TrustPolicy((OIDC,))), FULL, Role("2nd@x", TrustPolicy((PARTNER,))), *EXAMPLES],
)
def test_cloudformation_passes_cfn_lint(role: Role, cfn_lint: Callable[[str], list[Any]]) -> None:
    """As the command line of cfn-lint judges it: errors and warnings, no advice."""
    assert cfn_lint(export(role, "cloudformation")) == []


def test_cfn_lint_is_asked(cfn_lint: Callable[[str], list[Any]]) -> None:
    """A type that CloudFormation does not have is an error."""
    template = export(Role("app"), "cloudformation").replace("AWS::IAM::Role", "AWS::IAM::Rolle")
    assert {match.rule.id for match in cfn_lint(template)} == {"E3006"}


def test_cloudformation_makes_the_provider_once() -> None:
    template = yaml.safe_load(export(FULL, "cloudformation"))
    properties = {"Url": f"https://{GITHUB}", "ClientIdList": ["sts.amazonaws.com"]}

    assert list(template["Resources"]) == ["OidcProvider", "ExampleAppRole"]
    assert template["Resources"]["OidcProvider"]["Properties"] == properties


@settings(deadline=None)
@given(st.lists(odd, min_size=1, max_size=4).map("".join))
def test_hostile_text_survives_every_reader(text: str) -> None:
    role = hostile(text)
    assert policy_in_cloudformation(role) == role.trust.to_dict()
    assert policy_in_terraform(role) == role.trust.to_dict()
    assert subprocess.run(["sh", "-n"], input=export(role, "aws_cli").encode()).returncode == 0


def test_each_says_where_it_comes_from() -> None:
    """Those that are named in pages and notebooks are there; a new one needs no line here."""
    assert {"aws_cli", "cloudformation", "json", "terraform"} <= set(EXPORTERS)
    for exporter in EXPORTERS.values():
        assert exporter.source.startswith("https://")
        assert exporter.title and exporter.note.endswith(".") and exporter.filename
