"""A role read from a file, changed, and written back into that file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hcl2
import pytest
from ruamel.yaml import YAML

import trust_widgets as tw
from trust_widgets.reports import NotWritable, RoleFile

Policy = dict[str, Any]
JSONENCODE = """variable "trusted" { type = string }

resource "aws_iam_role" "app" {
  name = "app"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow" # who
      Principal = {
        AWS = ["arn:aws:iam::${data.aws_caller_identity.me.account_id}:root", var.trusted]
      }
      Action    = "sts:AssumeRole"
    }]
  })
}
"""
DOCUMENT = """data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"] # one

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "app" {
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
"""
HEREDOC = """resource "aws_iam_role" "app" {
  assume_role_policy = <<-EOF
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Principal": {"AWS": "*"},
          "Action": "sts:AssumeRole"
        }
      ]
    }
  EOF
}
"""
YAML_TEMPLATE = """Resources:
  App:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow  # all
            Principal:
              AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"
            Action: sts:AssumeRole
          - Effect: Allow
            Principal:
              Service: ec2.amazonaws.com
            Action: sts:AssumeRole
"""
JSON_TEMPLATE = """{"Resources": {"App": {"Type": "AWS::IAM::Role", "Properties": {
  "AssumeRolePolicyDocument": {
    "Version": "2012-10-17",
    "Statement": [
      {"Effect": "Allow", "Principal": {"AWS": {"Ref": "Who"}}, "Action": "sts:AssumeRole"}
    ]
  }
}}}}
"""
POLICY = """{"Version": "2012-10-17",
 "Statement": [
   {"Effect":"Allow", "Principal":{"AWS":"*"},  "Action":"sts:AssumeRole"}
 ]}
"""
SHELL = """#!/bin/sh
aws iam create-role --role-name app --assume-role-policy-document '{"Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]}'
"""
NEW_STATEMENT = {
    "Sid": "New",
    "Effect": "Deny",
    "Principal": {"AWS": "444455556666"},
    "Action": "sts:AssumeRole",
}


def condition(policy: Policy) -> None:
    policy["Statement"][0]["Condition"] = {"StringEquals": {"sts:ExternalId": "k1"}}


def two_actions(policy: Policy) -> None:
    policy["Statement"][0]["Action"] = ["sts:AssumeRole", "sts:TagSession"]


def one_role(policy: Policy) -> None:
    policy["Statement"][-1]["Principal"] = {"AWS": "arn:aws:iam::444455556666:role/app"}


def add_statement(policy: Policy) -> None:
    policy["Statement"].append(NEW_STATEMENT)


def remove_first(policy: Policy) -> None:
    del policy["Statement"][0]


def role_for_root(policy: Policy) -> None:
    principal = policy["Statement"][0]["Principal"]
    values = principal["AWS"]
    first = values[0] if isinstance(values, list) else values
    changed = first.replace(":root", ":role/app")
    principal["AWS"] = [changed, *values[1:]] if isinstance(values, list) else changed


# The file, the edit of the policy, the characters that go, and those that come.
CASES: list[tuple[str, str, Callable[[Policy], None], str, str]] = [
    (
        "a.tf", JSONENCODE, condition, '"sts:AssumeRole"\n    }]',
        '"sts:AssumeRole"\n      Condition = {\n        StringEquals = {\n'
        '          "sts:ExternalId" = "k1"\n        }\n      }\n    }]',
    ),
    (
        "a.tf", JSONENCODE, two_actions, 'Action    = "sts:AssumeRole"',
        'Action    = ["sts:AssumeRole", "sts:TagSession"]',
    ),
    ("a.tf", JSONENCODE, role_for_root, ":root", ":role/app"),
    (
        "a.tf", JSONENCODE, one_role,
        '["arn:aws:iam::${data.aws_caller_identity.me.account_id}:root", var.trusted]',
        '"arn:aws:iam::444455556666:role/app"',
    ),
    ("a.tf", DOCUMENT, two_actions, '["sts:AssumeRole"]', '["sts:AssumeRole", "sts:TagSession"]'),
    (
        "a.tf", DOCUMENT, condition, '["ec2.amazonaws.com"]\n    }\n',
        '["ec2.amazonaws.com"]\n    }\n\n    condition {\n      test     = "StringEquals"\n'
        '      variable = "sts:ExternalId"\n      values   = ["k1"]\n    }\n',
    ),
    (
        "a.tf", DOCUMENT, one_role, '"Service"\n      identifiers = ["ec2.amazonaws.com"]',
        '"AWS"\n      identifiers = ["arn:aws:iam::444455556666:role/app"]',
    ),
    (
        "a.tf", DOCUMENT, add_statement, "    }\n  }\n}\n\nresource",
        '    }\n  }\n\n  statement {\n    sid     = "New"\n    effect  = "Deny"\n'
        '    actions = ["sts:AssumeRole"]\n\n    principals {\n      type        = "AWS"\n'
        '      identifiers = ["444455556666"]\n    }\n  }\n}\n\nresource',
    ),
    (
        "a.tf", HEREDOC, two_actions, '"Action": "sts:AssumeRole"',
        '"Action": ["sts:AssumeRole", "sts:TagSession"]',
    ),
    (
        "a.tf", HEREDOC, condition, '"Action": "sts:AssumeRole"',
        '"Action": "sts:AssumeRole",\n          "Condition": {"StringEquals":'
        ' {"sts:ExternalId": "k1"}}',
    ),
    (
        "a.yaml", YAML_TEMPLATE, condition, "Action: sts:AssumeRole\n          - Effect",
        "Action: sts:AssumeRole\n            Condition:\n              StringEquals:\n"
        "                sts:ExternalId: k1\n          - Effect",
    ),
    ("a.yaml", YAML_TEMPLATE, role_for_root, ":root", ":role/app"),
    (
        "a.yaml", YAML_TEMPLATE, one_role, "Service: ec2.amazonaws.com",
        "AWS: arn:aws:iam::444455556666:role/app",
    ),
    (
        "a.yaml", YAML_TEMPLATE, remove_first,
        "          - Effect: Allow  # all\n            Principal:\n"
        '              AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"\n'
        "            Action: sts:AssumeRole\n",
        "",
    ),
    (
        "a.json", JSON_TEMPLATE, two_actions, '"Action": "sts:AssumeRole"',
        '"Action": ["sts:AssumeRole", "sts:TagSession"]',
    ),
    (
        "a.json", POLICY, one_role, '{"AWS":"*"}',
        '{"AWS":"arn:aws:iam::444455556666:role/app"}',
    ),
    ("a.sh", SHELL, one_role, '"*"', '"arn:aws:iam::444455556666:role/app"'),
]  # fmt: skip


def opened(name: str, text: str) -> RoleFile:
    """The role of a file in the working folder."""
    Path(name).write_bytes(text.encode())
    return RoleFile(tw.read_roles(name)[0])


def edited(file: RoleFile, edit: Callable[[Policy], None]) -> str:
    policy = json.loads(file.shown.text)
    edit(policy)
    return json.dumps(policy)


def parsed(name: str, text: str) -> None:
    """Read a file with the parser of its language, which raises for what is not in it."""
    if name.endswith(".tf"):
        hcl2.loads(text)
    elif name.endswith(".yaml"):
        list(YAML(typ="safe", pure=True).compose_all(text))
    elif name.endswith(".json"):
        json.loads(text)


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("name", "text", "edit", "goes", "comes"), CASES)
def test_writing_back_changes_these_characters_and_no_others(
    name: str, text: str, edit: Callable[[Policy], None], goes: str, comes: str
) -> None:
    """The rest of the file stays, comments too, and its own parser reads the new one."""
    file = opened(name, text)
    wanted = edited(file, edit)
    changed = file.change_to(wanted)
    assert changed is not None
    begin, end = text.split(goes, 1) if text.count(goes) == 1 else text.rsplit(goes, 1)
    either = {begin + comes + end, comes.join(text.split(goes, 1))}
    assert changed.after in either
    parsed(name, changed.after)
    assert Path(name).read_text() == text  # nothing is written before it is asked for
    again = file.write(changed)
    assert Path(name).read_text() == changed.after
    assert not again.is_other(wanted) and again.record.name == file.record.name


def test_what_the_file_does_not_say_is_visible_with_its_line() -> None:
    file = opened("a.tf", JSONENCODE)
    assert "${var.trusted}" in file.shown.text
    assert [str(each) for each in file.unresolved] == ["a.tf:10:79: unresolved var.trusted"]
    model = tw.TrustModel(file.record)
    assert model.is_good and model.role_name == "app"
    assert model.summary.endswith("can assume this role. Not known: ${var.trusted}.")
    assert not any("${var.trusted}" in finding.message for finding in model.findings)


def test_a_policy_that_says_the_same_changes_nothing() -> None:
    file = opened("a.tf", DOCUMENT)
    assert file.change_to(json.dumps(json.loads(file.shown.text))) is None
    assert not file.is_other(file.shown.text)


def test_other_roles_that_use_the_policy_are_named() -> None:
    more = 'resource "aws_iam_role" "b" {\n  assume_role_policy = '
    file = opened("a.tf", f"{DOCUMENT}\n{more}data.aws_iam_policy_document.trust.json\n}}\n")
    changed = file.change_to(edited(file, two_actions))
    assert changed is not None and changed.also == ("aws_iam_role.b",)


def test_a_file_that_was_changed_meanwhile_is_left_alone() -> None:
    file = opened("a.json", POLICY)
    changed = file.change_to(edited(file, one_role))
    assert changed is not None
    Path("a.json").write_text(POLICY + "\n")
    with pytest.raises(NotWritable, match="was changed after the role was read"):
        file.write(changed)
    with pytest.raises(NotWritable, match="Read it again"):
        file.change_to(edited(file, two_actions))
    assert Path("a.json").read_text() == POLICY + "\n"


ROLE = '{"Role": {"RoleName": "app", "AssumeRolePolicyDocument": {"Statement": []}}}'
CDK = JSON_TEMPLATE.replace('"Type"', '"Metadata": {"aws:cdk:path": "App/Role"}, "Type"')
IN_A_LOCAL = """locals { who = ["111122223333"] }
resource "aws_iam_role" "app" {
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Principal = { AWS = concat(local.who, []) }, Action = "sts:AssumeRole" }] })
}
"""


@pytest.mark.parametrize(
    ("name", "text", "edit", "says"),
    [
        ("role.json", ROLE, add_statement, "update-assume-role-policy"),
        ("App.template.json", CDK, two_actions, "cdk synth"),
        ("a.tf", IN_A_LOCAL, one_role, "by hand"),
        ("a.tf", DOCUMENT, remove_first, "by hand"),
    ],
)
def test_a_place_that_allows_no_edit_is_refused_with_what_to_do(
    name: str, text: str, edit: Callable[[Policy], None], says: str
) -> None:
    file = opened(name, text)
    with pytest.raises(NotWritable, match=says):
        file.change_to(edited(file, edit))


def test_a_text_that_is_no_policy_yet_is_not_written() -> None:
    with pytest.raises(NotWritable, match="line 1"):
        opened("a.json", POLICY).change_to('{"Version": ')


def test_a_text_that_was_given_has_no_file() -> None:
    [record] = tw.read_roles(DOCUMENT)
    with pytest.raises(NotWritable, match="is not a file"):
        RoleFile(record).change_to('{"Statement": []}')


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_the_encoding_and_the_line_ends_of_a_file_stay(encoding: str) -> None:
    Path("a.json").write_bytes(POLICY.replace("\n", "\r\n").encode(encoding))
    file = RoleFile(tw.read_roles("a.json")[0])
    changed = file.change_to(edited(file, two_actions))
    assert changed is not None
    file.write(changed)
    written = Path("a.json").read_bytes().decode(encoding)
    assert written == POLICY.replace("\n", "\r\n").replace(
        '"Action":"sts:AssumeRole"', '"Action":["sts:AssumeRole", "sts:TagSession"]'
    )
