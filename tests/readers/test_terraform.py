"""What Terraform's expressions come to, and what of them cannot be known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from trust_widgets.readers import RoleRecord, read_roles, read_text

ALLOW = '{ Effect = "Allow", Principal = %s, Action = "sts:AssumeRole" }'


def role(principal: str, more: str = "") -> str:
    """A role that trusts a principal, written as an expression."""
    statement = ALLOW % principal
    policy = f'jsonencode({{ Version = "2012-10-17", Statement = [{statement}] }})'
    return f'resource "aws_iam_role" "app" {{\n  assume_role_policy = {policy}\n}}\n{more}'


def only(text: str) -> RoleRecord:
    """The only role in a text."""
    [record] = read_text("main.tf", text).records
    return record


def principals(text: str) -> object:
    """What the only role's first statement trusts."""
    return json.loads(only(text).text)["Statement"][0]["Principal"]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('"a"', "a"),
        ('"a-${"b"}"', "a-b"),
        ('"\\"\\u0041\\n"', '"A\n'),
        ('"$${aws:username}"', "${aws:username}"),
        ('"%%{if}"', "%{if}"),
        ('"%{ if true }yes%{ else }no%{ endif }"', "yes"),
        ('"%{ for x in ["a", "b"] }${x},%{ endfor }"', "a,b,"),
        ("var.text", "T"),
        ("local.text", "L-T"),
        ("local.map.key", "V"),
        ('local.map["key"]', "V"),
        ("local.list[1]", "two"),
        ('true ? "a" : "b"', "a"),
        ('1 + 1 == 2 && !false ? "a" : "b"', "a"),
        ('join("-", ["a", "b"])', "a-b"),
        ('format("%s:%d", "a", 5)', "a:5"),
        ('replace("https://x.example", "https://", "")', "x.example"),
        ('replace("abc", "/b+/", "x")', "axc"),
        ('lower("ABC")', "abc"),
        ('element(["a", "b"], 3)', "b"),
        ('lookup({ a = "b" }, "c", "d")', "d"),
        ('lookup({ a = "b" }, "a")', "b"),
        ('coalesce(null, "", "a")', "a"),
        ('try(local.map.key, "no")', "V"),
        ('one(["a"])', "a"),
        ('trimprefix("abc", "a")', "bc"),
        ('split(",", "a,b")[1]', "b"),
        ('jsondecode("{\\"a\\": \\"b\\"}").a', "b"),
        ('["a", "b"]', ["a", "b"]),
        ('concat(["a"], local.list)', ["a", "one", "two"]),
        ("[for x in local.list : upper(x)]", ["ONE", "TWO"]),
        ('[for x in local.list : x if x != "one"]', "two"),
        ('[for k, v in local.map : "${k}${v}"]', "keyV"),
        ('values({ for x in local.list : x => "${x}!" })', ["one!", "two!"]),
        ('toset(["a", "a"])', "a"),
        ('compact(["a", ""])', "a"),
        ('flatten([["a"], [["b"]]])', ["a", "b"]),
        ('formatlist("x-%s", local.list)', ["x-one", "x-two"]),
        ('distinct(["a", "b", "a"])', ["a", "b"]),
        ("keys({ b = 1, a = 2 })", ["a", "b"]),
        ("local.objects[*].name", ["n1", "n2"]),
        ("local.objects.*.name", ["n1", "n2"]),
        ('merge({ a = "x" }, { a = "y" }).a', "y"),
        ("<<-EOT\n      a\n        b\n    EOT\n", "a\n  b\n"),
    ],
)
def test_a_value_that_the_files_give(expression: str, value: object) -> None:
    """https://developer.hashicorp.com/terraform/language/expressions and its functions."""
    more = """
variable "text" { default = "T" }
locals {
  text    = "L-${var.text}"
  list    = ["one", "two"]
  map     = { key = "V" }
  objects = [{ name = "n1" }, { name = "n2" }]
}
"""
    found = principals(role(f"{{ AWS = {expression} }}", more))
    assert found == {"AWS": value} or found == {"AWS": [value]}


@pytest.mark.parametrize(
    ("expression", "named"),
    [
        ("var.none", "var.none"),
        ("var.nowhere", "var.nowhere"),
        ("local.nowhere", "local.nowhere"),
        ("module.hub.role_arn", "module.hub.role_arn"),
        ("data.aws_ssm_parameter.x.value", "data.aws_ssm_parameter.x.value"),
        ("aws_iam_role.other.arn", "aws_iam_role.other.arn"),
        ("random_id.x.hex", "random_id.x.hex"),
        ('"arn:aws:iam::${var.none}:root"', "var.none"),
        ('var.none ? "a" : "b"', "var.none"),
        ('join(",", var.none)', "var.none"),
        ('[for x in var.none : "arn:${x}"]', "var.none"),
        ("local.loop", "local.loop"),
        ("uuid()", "uuid()"),
        ("concat(var.none, [var.none])", "var.none"),
        ('file("../outside")', 'file("../outside")'),
        ("terraform.workspace", "terraform.workspace"),
        ('rsadecrypt("a", "b")', 'rsadecrypt("a", "b")'),
    ],
)
def test_what_cannot_be_known_names_its_expression(expression: str, named: str) -> None:
    """And nothing else of the role is unknown."""
    more = 'variable "none" {}\nlocals {\n  loop = local.loop\n}\n'
    record = only(role(f"{{ AWS = {expression} }}", more))
    assert record.trust is None
    assert [each.expression for each in record.unresolved] == [named]


def test_the_roles_own_account_and_partition_are_known() -> None:
    """https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/partition"""
    text = role(
        '{ AWS = "arn:${data.aws_partition.p.partition}:iam::'
        '${data.aws_caller_identity.me.account_id}:root" }',
        'data "aws_partition" "p" {}\ndata "aws_caller_identity" "me" {}\n',
    )
    assert only(text).unresolved == ()


def test_other_resources_of_the_file_give_their_arns() -> None:
    """A provider's ARN has its URL without the scheme."""
    text = role(
        "{ Federated = aws_iam_openid_connect_provider.gh.arn }",
        'resource "aws_iam_openid_connect_provider" "gh" {\n'
        '  url = "https://token.actions.githubusercontent.com"\n}\n',
    )
    record = only(text)
    assert record.unresolved == ()
    assert ":oidc-provider/token.actions.githubusercontent.com" in record.text


DOCUMENT = """
data "aws_iam_policy_document" "trust" {
  source_policy_documents = [jsonencode({ Statement = [{ Sid = "base", Effect = "Deny" }] })]
  statement {
    sid     = "one"
    actions = ["sts:AssumeRole", "sts:TagSession"]
    principals {
      type        = "AWS"
      identifiers = ["111122223333"]
    }
    principals {
      type        = "AWS"
      identifiers = ["444455556666"]
    }
    dynamic "condition" {
      for_each = { "aws:PrincipalTag/team" = "&{aws:username}", "sts:ExternalId" = "x" }
      content {
        test     = "StringEquals"
        variable = condition.key
        values   = [condition.value]
      }
    }
  }
  override_policy_documents = [
    "{\\"Statement\\": {\\"Sid\\": \\"base\\", \\"Effect\\": \\"Allow\\"}}"
  ]
}
resource "aws_iam_role" "app" {
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
"""


def test_a_policy_document_is_what_the_provider_makes_of_it() -> None:
    """The provider's page: principals of a type are merged, a Sid is overridden, `&{` is `${`."""
    policy = json.loads(only(DOCUMENT).text)
    assert policy["Version"] == "2012-10-17"
    base, one = sorted(policy["Statement"], key=lambda each: each["Sid"])
    assert base == {"Sid": "base", "Effect": "Allow"}
    assert one == {
        "Sid": "one",
        "Effect": "Allow",
        "Principal": {"AWS": ["111122223333", "444455556666"]},
        "Action": ["sts:AssumeRole", "sts:TagSession"],
        "Condition": {
            "StringEquals": {
                "aws:PrincipalTag/team": ["${aws:username}"],
                "sts:ExternalId": ["x"],
            }
        },
    }


def test_instances_are_told_apart() -> None:
    """`for_each` over a known map makes a role each."""
    text = role("{ AWS = each.value }").replace(
        '"app" {', '"app" {\n  for_each = { a = "111122223333", b = "444455556666" }'
    )
    records = read_text("main.tf", text).records
    assert [record.name for record in records] == ['aws_iam_role.app["a"]', 'aws_iam_role.app["b"]']
    assert ["111122223333" in record.text for record in records] == [True, False]


WITH_DEFAULT = 'variable "who" {\n  default = "111122223333"\n}\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(files: dict[str, str]) -> None:
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")


def test_a_module_is_read_as_it_is_called(folder: Path) -> None:
    """Its variables are what the caller gives; its role stands in its own file."""
    write(
        {
            "main.tf": 'module "m" {\n  source = "./modules/role"\n  who = "444455556666"\n}\n',
            "modules/role/main.tf": role("{ AWS = var.who }"),
            "modules/role/variables.tf": 'variable "who" {}\n',
        }
    )
    [record] = read_roles(".")
    assert record.name == "module.m.aws_iam_role.app"
    assert record.place.file == str(Path("modules/role/main.tf"))
    assert "444455556666" in record.text


def test_values_of_variables_in_files(folder: Path) -> None:
    """`terraform.tfvars` counts before the default, and a file that is given before both."""
    write(
        {
            "main.tf": role(
                "{ AWS = var.who }", 'variable "who" {\n  default = "111122223333"\n}\n'
            ),
            "terraform.tfvars": 'who = "444455556666"\n',
            "prod.tfvars": 'who = "999988887777"\n',
        }
    )
    assert "444455556666" in read_roles("main.tf")[0].text
    assert "999988887777" in read_roles("main.tf", var_files=["prod.tfvars"])[0].text


def test_nothing_outside_the_folder_is_read(folder: Path) -> None:
    """Neither a file nor a module, nor what a link leads to."""
    write(
        {
            "secret.json": "{}",
            "in/main.tf": 'resource "aws_iam_role" "app" {\n'
            '  assume_role_policy = file("${path.module}/../secret.json")\n}\n'
            'resource "aws_iam_role" "link" {\n'
            '  assume_role_policy = file("${path.module}/link.json")\n}\n',
        }
    )
    Path("in/link.json").symlink_to(Path("secret.json").resolve())
    records = read_roles("in")
    assert [len(record.unresolved) for record in records] == [1, 1]
    [whole, _] = read_roles(".")
    assert whole.text == "{}"


@pytest.mark.parametrize(
    "text",
    [
        'resource "aws_iam_role" "a" {',
        'resource "aws_iam_role" "a" {\n  assume_role_policy = "\n}\n',
        'resource "aws_iam_role" "a" {\n  assume_role_policy = <<EOF\n{}\n}\n',
    ],
)
def test_what_is_never_closed_is_no_terraform(text: str) -> None:
    """It is said where it begins, and counts as not read."""
    [note] = read_text("main.tf", text).notes
    assert note.is_fault and note.place.line in (1, 2, 3)


def test_a_block_that_cannot_be_read_hides_no_other() -> None:
    """It is unresolved; the role behind it is read."""
    text = 'resource "aws_iam_role" "bad" {\n  x = = 1\n}\n' + role('{ AWS = "111122223333" }')
    bad, good = read_text("main.tf", text).records
    assert bad.trust is None and bad.unresolved[0].place.line == 2
    assert good.trust is not None


@pytest.mark.parametrize("before", ["\ufeff", "\r\n", "# comment }\n", "/* { */\n", '// "\n'])
def test_what_stands_before_a_block_moves_its_places(before: str) -> None:
    """A mark, line breaks of Windows, comments with brackets and quotes in them."""
    text = before + role('{ AWS = "*" }')
    assert text[only(text).place.offset] == "{"
