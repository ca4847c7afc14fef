"""A fix changes its own characters of the file, and the file can still be read."""

from __future__ import annotations

import json

import hcl2
import pytest
from ruamel.yaml import YAML

from trust_widgets.reports import Checked, Placed, checked

TERRAFORM = """# roles
resource "aws_iam_role" "a" {
  assume_role_policy = jsonencode({
    Version = "2008-10-17" # old
    Statement = [
      {
        Effect    = "allow"
        Principal = { AWS = "*" }
        Action    = "sts:AssumeRole"
        Resource  = "*"
        Condition = { StringEqual = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
      },
    ]
  })
}
"""
DOCUMENT = """data "aws_iam_policy_document" "t" {
  statement {
    effect  = "allow"
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.con"]
    }
  }
}
resource "aws_iam_role" "b" {
  assume_role_policy = data.aws_iam_policy_document.t.json
}
"""
HEREDOC = """resource "aws_iam_role" "h" {
  assume_role_policy = <<-EOF
    {
      "Version": "2012-10-17",
      "Statement": [
        {"Effect": "allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}
      ]
    }
  EOF
}
"""
TEMPLATE = """Resources:
  A:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: 2008-10-17 # old
        Statement:
          - Effect: allow
            Principal: {AWS: "*"}
            Action: sts:AssumeRole
            Resource: "*"
            Condition:
              StringEqual:
                aws:PrincipalOrgID: o-a1b2c3d4e5
"""
AS_JSON = json.dumps(YAML(typ="safe").load(TEMPLATE), indent=2, default=str)


def parsed(file: str, text: str) -> object:
    """What the tool's own parser makes of a text; it raises for one that it cannot read."""
    if file.endswith(".tf"):
        return hcl2.loads(text)
    return json.loads(text) if file.endswith(".json") else YAML(typ="safe").load(text)


def of_code(file: str, text: str, code: str) -> list[Placed]:
    return [
        placed
        for each in checked(file, text)
        for placed in each.placed
        if placed.finding.code == code
    ]


@pytest.mark.parametrize(
    ("file", "text", "code", "taken", "given"),
    [
        ("a.tf", TERRAFORM, "TP108", '"allow"', '"Allow"'),
        ("a.tf", TERRAFORM, "TP404", '"2008-10-17"', '"2012-10-17"'),
        ("a.tf", TERRAFORM, "TP122", "StringEqual ", "StringEquals "),
        ("a.tf", TERRAFORM, "TP102", '        Resource  = "*"\n', ""),
        ("b.tf", DOCUMENT, "TP108", '"allow"', '"Allow"'),
        ("b.tf", DOCUMENT, "TP114", '"lambda.amazonaws.con"', '"lambda.amazonaws.com"'),
        ("h.tf", HEREDOC, "TP108", '"allow"', '"Allow"'),
        ("t.yaml", TEMPLATE, "TP108", "allow", "Allow"),
        ("t.yaml", TEMPLATE, "TP404", "2008-10-17", '"2012-10-17"'),
        ("t.yaml", TEMPLATE, "TP122", "StringEqual:", "StringEquals:"),
        ("t.yaml", TEMPLATE, "TP102", '            Resource: "*"\n', ""),
        ("t.json", AS_JSON, "TP108", '"allow"', '"Allow"'),
        ("t.json", AS_JSON, "TP122", '"StringEqual"', '"StringEquals"'),
    ],
)
def test_a_fix_changes_its_own_characters(
    file: str, text: str, code: str, taken: str, given: str
) -> None:
    """All others stay, the file parses, and the finding is gone."""
    [placed] = of_code(file, text, code)
    assert placed.fix is not None
    after = placed.fix.apply(text)
    assert after == text.replace(taken, given, 1)
    assert parsed(file, after)
    assert of_code(file, after, code) == []


@pytest.mark.parametrize(
    "effect",
    ["var.effect", "local.effect", '"${var.effect}"'],
)
def test_a_value_that_stands_elsewhere_has_no_fix(effect: str) -> None:
    """What is written in its place is a name."""
    more = 'variable "effect" { default = "allow" }\nlocals {\n  effect = "allow"\n}\n'
    [placed] = of_code("a.tf", TERRAFORM.replace('"allow"', effect) + more, "TP108")
    assert placed.fix is None


def test_a_diff_is_of_the_file() -> None:
    """As `patch` takes it."""
    [placed] = of_code("t.yaml", TEMPLATE, "TP108")
    assert placed.fix is not None
    lines = placed.fix.diff(TEMPLATE).splitlines()
    assert lines[:2] == ["--- a/t.yaml", "+++ b/t.yaml"]
    assert "-          - Effect: allow" in lines and "+          - Effect: Allow" in lines


def accepted(text: str) -> list[str]:
    return [each.accepted for policy in checked("a.tf", text) for each in findings_of(policy)]


def findings_of(policy: Checked) -> list[object]:
    return [each for each in policy.findings if each.code == "TP108"]


def test_a_comment_with_a_reason_accepts_a_finding() -> None:
    """At the end of its line or before it; without a reason, or for another code, it does not."""
    for comment, reason in (
        ("# trust-widgets: ignore TP108 for a test", "for a test"),
        ("// trust-widgets: ignore TP108: for a test", "for a test"),
        ("# trust-widgets: ignore TP108", ""),
        ("# trust-widgets: ignore TP301 for a test", ""),
    ):
        assert accepted(TERRAFORM.replace('"allow"', f'"allow" {comment}')) == [reason]
        before = TERRAFORM.replace("        Effect", f"        {comment}\n        Effect")
        assert accepted(before) == [reason]
