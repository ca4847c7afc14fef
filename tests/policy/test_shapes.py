"""What people paste in place of a trust policy: one problem each, with a fix where one is known.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html
"""

from __future__ import annotations

import base64
import json
import shlex

import pytest

import trust_widgets as tw

STATEMENT = (
    '{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}'
)
POLICY = f'{{"Version": "2012-10-17", "Statement": [{STATEMENT}]}}'


def problems(text: str) -> list[tw.Finding]:
    return [each for each in tw.check(text) if str(each.verdict) != "advice"]


@pytest.mark.parametrize(
    "text",
    [
        "file://assume-role-policy.json",
        "fileb://a/b.json",
        "trust-policy.json",
        "./policies/trust.json",
        "@trust.json",
        "$(cat trust.json)",
        "C:\\tmp\\trust.json",
        "https://octo.example/policy.json",
        'file("${path.module}/trust.json")',
    ],
)
def test_the_name_of_a_file_is_no_policy(text: str) -> None:
    (found,) = problems(text)
    assert found.code == "TP023" and "name of a file" in found.message and found.fix is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("arn:aws:iam::111122223333:role/app", "is an ARN"),
        ("sts:AssumeRole", "JSON|braces|quotes"),
        ("ec2.amazonaws.com", "is not a policy"),
        ("hello", "is not a policy"),
    ],
)
def test_a_value_is_no_policy(text: str, words: str) -> None:
    found = problems(text)
    assert any(part in found[0].message for part in words.split("|"))


TERRAFORM = "This looks like Terraform"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('assume_role_policy = jsonencode({\n  Version = "2012-10-17"\n})', TERRAFORM),
        ('jsonencode({\n  Version = "2012-10-17"\n})', TERRAFORM),
        ("assume_role_policy = data.aws_iam_policy_document.x.json", TERRAFORM),
        ('data "aws_iam_policy_document" "x" {\n}', TERRAFORM),
        ('# a role\nresource "aws_iam_role" "x" {\n}', TERRAFORM),
        ('Version = "2012-10-17"\nStatement = []', TERRAFORM),
        ("$ aws iam get-role --role-name x", "a shell command"),
        ("new iam.Role(this, 'R', {});", "program code"),
        ("from aws_cdk import aws_iam as iam\n", "program code"),
        ("assume_role_policy_document: x", "YAML"),
        ("AssumeRolePolicyDocument:\n  Version: '2012-10-17'", "YAML"),
    ],
)
def test_another_language_is_named(text: str, words: str) -> None:
    (found,) = problems(text)
    assert found.code == "TP004" and words in found.message and found.fix is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"assume_role_policy = <<EOF\n{POLICY}\nEOF", "TP004"),
        (f"<<-POLICY\n{POLICY}\nPOLICY", "TP004"),
        (f"cat > trust.json <<EOF\n{POLICY}\nEOF", "TP004"),
        (
            f"aws iam create-role --assume-role-policy-document {shlex.quote(POLICY)}",
            "TP004",
        ),
        (f"const policy = {POLICY};", "TP004"),
        (f"Here is my policy:\n{POLICY}", "TP005"),
        (f"'{POLICY}'", "TP005"),
        (base64.b64encode(POLICY.encode()).decode(), "TP005"),
        (f"[{POLICY}]", "TP005"),
        (json.dumps({"Policy": json.loads(POLICY)}), "TP005"),
        (STATEMENT, "TP024"),
        (f"{STATEMENT},", "TP024"),
        (f"{STATEMENT},\n{STATEMENT.replace('ec2', 'lambda')}", "TP024"),
        (f'"Statement": [{STATEMENT}]', "TP024"),
        (f'"Version": "2012-10-17", "Statement": [{STATEMENT}]', "TP024"),
        (STATEMENT[1:-1], "TP024"),
        (f"[{STATEMENT}]", "TP020"),
    ],
)
def test_a_policy_in_it_is_the_fix(text: str, code: str) -> None:
    (found,) = problems(text)
    assert found.code == code and found.fix is not None
    made = found.fix.apply(text)
    assert problems(made) == []
    assert "ec2.amazonaws.com" in tw.who_gets_in(tw.parse(made))[0].witness.principal  # type: ignore[union-attr]


def test_of_several_policies_none_is_chosen() -> None:
    (found,) = problems(f"[{POLICY}, {POLICY}]")
    assert found.code == "TP005" and "2 policies" in found.message and found.fix is None


@pytest.mark.parametrize("text", [POLICY, json.dumps({"Version": "2012-10-17", "Statement": []})])
def test_a_policy_is_none_of_these(text: str) -> None:
    assert not {"TP004", "TP005", "TP023", "TP024", "TP025"} & {
        each.code for each in tw.check(text)
    }
