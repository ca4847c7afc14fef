"""A role that is pasted over the policy: unwrapped at once, with what is said of the role."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.reports.stand_ins import OWN_ACCOUNT
from trust_widgets.views.editor import EditorView

TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Service": "ec2.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
    ],
}
ROLE = {
    "Path": "/teams/web/",
    "RoleName": "web",
    "Arn": "arn:aws:iam::111122223333:role/teams/web/web",
    "CreateDate": "2026-01-01T00:00:00+00:00",
    "AssumeRolePolicyDocument": TRUST,
    "MaxSessionDuration": 7200,
}
GET_ROLE = json.dumps({"Role": ROLE}, indent=4)
COMMAND = f"aws iam create-role --role-name web --assume-role-policy-document '{json.dumps(TRUST)}'"


def pasted(text: str) -> EditorView:
    """An editor over which a text was pasted."""
    editor = tw.EditorView(tw.TrustModel(text='{"Version": "2012-10-17", "Statement": []}'))
    editor.typed = {"revision": 1, "text": text}
    return editor


def of_role(model: tw.TrustModel) -> tuple[Any, ...]:
    return model.role_name, model.path, model.account, model.max_session


def test_the_output_of_get_role_becomes_the_policy_and_the_role() -> None:
    editor = pasted(GET_ROLE)
    assert json.loads(editor.model.text) == TRUST
    assert of_role(editor.model) == ("web", "/teams/web/", "111122223333", 7200)
    assert editor.state["status"] == (
        "Taken from the role that you pasted: its trust policy, name, path, account,"
        " session duration. Undo shows what you pasted."
    )
    assert editor.state["good"] and editor.state["text"] == editor.model.text


def test_one_undo_shows_what_was_pasted_and_one_more_what_was_there() -> None:
    editor = pasted(GET_ROLE)
    editor.model.undo()
    assert editor.model.text == GET_ROLE
    assert of_role(editor.model) == ("example-role", "/", "", 3600)
    editor.model.undo()
    assert json.loads(editor.model.text)["Statement"] == []


def test_a_command_is_unwrapped_too() -> None:
    editor = pasted(COMMAND)
    assert json.loads(editor.model.text) == TRUST
    assert editor.model.role_name == "web"


def test_the_notice_goes_with_the_next_key() -> None:
    editor = pasted(GET_ROLE)
    editor.typed = {"revision": 2, "text": editor.model.text.replace("ec2", "ecs")}
    assert editor.state["status"] == ""


@pytest.mark.parametrize(
    "text",
    [
        GET_ROLE[:-30],
        json.dumps(TRUST)[:-3] + " " * 40,
    ],
    ids=["cut off", "a policy that is cut off"],
)
def test_what_is_not_one_whole_role_stays(text: str) -> None:
    editor = pasted(text)
    assert editor.model.text == text and editor.model.problems


def test_a_policy_stays_as_it_was_pasted() -> None:
    text = json.dumps(TRUST)
    assert pasted(text).model.text == text


def test_a_role_that_is_typed_is_not_taken_from_under_the_fingers() -> None:
    editor = tw.EditorView(tw.TrustModel(text=GET_ROLE[:-1]))
    editor.typed = {"revision": 1, "text": GET_ROLE}
    assert editor.model.text == GET_ROLE


# What people copy: whole files and parts of files. What is taken of the role: name, path, session.
TERRAFORM = """resource "aws_iam_role" "web" {
  name                 = "web"
  path                 = "/teams/web/"
  max_session_duration = 7200
  assume_role_policy   = data.aws_iam_policy_document.trust.json
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}
"""
CLOUDFORMATION = """Resources:
  Web:
    Type: AWS::IAM::Role
    Properties:
      RoleName: web
      Path: /teams/web/
      MaxSessionDuration: 7200
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {Service: ec2.amazonaws.com}
            Action: sts:AssumeRole
"""
SAM = """Transform: AWS::Serverless-2016-10-31
Resources:
  Web:
    Type: AWS::Serverless::Function
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: {Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: sts:AssumeRole}
"""
CROSSPLANE = f"""apiVersion: iam.aws.upbound.io/v1beta1
kind: Role
metadata:
  name: web-role
  annotations:
    crossplane.io/external-name: web
spec:
  forProvider:
    path: /teams/web/
    maxSessionDuration: 7200
    assumeRolePolicy: |
      {json.dumps(TRUST)}
"""
SERVERLESS = """service: web
provider:
  name: aws
resources:
  Resources:
    Web:
      Type: AWS::IAM::Role
      Properties:
        RoleName: web
        AssumeRolePolicyDocument:
          Version: "2012-10-17"
          Statement:
            - Effect: Allow
              Principal: {Service: ec2.amazonaws.com}
              Action: sts:AssumeRole
"""
ANSIBLE = f"""- hosts: localhost
  tasks:
    - amazon.aws.iam_role:
        name: web
        path: /teams/web/
        max_session_duration: 7200
        assume_role_policy_document: {json.dumps(TRUST)}
"""
SHELL = f"""#!/bin/bash
aws iam create-role --role-name web --path /teams/web/ \\
  --max-session-duration 7200 --assume-role-policy-document '{json.dumps(TRUST)}'
"""
WHOLE = ("web", "/teams/web/", "", 7200)
NOTHING = ("example-role", "/", "", 3600)
ATTRIBUTE = f"""assume_role_policy = jsonencode({json.dumps(TRUST)})"""
STATEMENT = TERRAFORM.partition("trust" + '" {\n')[2].rpartition("}")[0]
DATA = "data" + TERRAFORM.rpartition("data")[2]
PART_OF_YAML = CLOUDFORMATION.partition("      MaxSessionDuration: 7200\n")[2]
POLICY_IN_YAML = PART_OF_YAML.partition("\n")[2]
WEB = {
    "name": "web",
    "path": "/teams/web/",
    "max_session_duration": 7200,
    "assume_role_policy": json.dumps(TRUST),
}
TERRAFORM_IN_JSON = json.dumps({"resource": {"aws_iam_role": {"web": WEB}}}, indent=1)
PIPELINE = f"jobs:\n  roles:\n    steps:\n      - run: |\n          {COMMAND}\n"


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (TERRAFORM, WHOLE),
        (CLOUDFORMATION, WHOLE),
        (SAM, NOTHING),
        (CROSSPLANE, WHOLE),
        (SERVERLESS, ("web", "/", "", 3600)),
        (ANSIBLE, WHOLE),
        (SHELL, WHOLE),
        (ATTRIBUTE, NOTHING),
        (f"jsonencode({json.dumps(TRUST)})", NOTHING),
        (STATEMENT, NOTHING),
        (DATA, NOTHING),
        (PART_OF_YAML, NOTHING),
        (POLICY_IN_YAML, NOTHING),
        (TERRAFORM_IN_JSON, WHOLE),
        (PIPELINE, ("web", "/", "", 3600)),
    ],
    ids=[
        *("terraform", "cloudformation", "sam", "crossplane", "serverless", "ansible", "shell"),
        *("attribute", "jsonencode", "statement", "data", "yaml property", "yaml policy"),
        *("terraform in JSON", "pipeline"),
    ],
)
def test_what_people_copy_is_unwrapped_with_one_undo(text: str, known: tuple[Any, ...]) -> None:
    editor = pasted(text)
    assert tw.parse(editor.model.text) == tw.parse(TRUST)
    assert of_role(editor.model) == known
    assert editor.state["status"].startswith("Taken from the role that you pasted")
    editor.model.undo()
    assert editor.model.text == text and of_role(editor.model) == NOTHING


def test_of_several_roles_one_is_chosen() -> None:
    other = json.dumps({"Roles": [ROLE, {**ROLE, "RoleName": "other", "Path": "/o/"}]}, indent=2)
    builder = tw.TrustBuilder(text='{"Version": "2012-10-17", "Statement": []}')
    builder.set_state({"editor_typed": {"revision": 1, "text": other}})
    assert builder.editor_state["status"] == "This text has 2 roles: choose one above."
    assert builder.source_state["choices"] == ["web, line 8", "other, line 27"]
    builder._hear(builder, {"do": "choose", "index": 1, "part": "source"}, [])
    assert of_role(builder.model) == ("other", "/o/", "111122223333", 7200)
    assert builder.source_state["choices"] == []
    builder.model.undo()
    assert builder.model.text == other and len(builder.source_state["choices"]) == 2


def test_what_the_text_does_not_say_is_named() -> None:
    editor = pasted(ATTRIBUTE.replace('"ec2.amazonaws.com"', "var.service"))
    assert '"${var.service}"' in editor.model.text
    assert editor.state["status"].endswith("Undo shows what you pasted. Not known: var.service.")
    editor = pasted('resource "aws_iam_role" "web" {\n  assume_role_policy = var.trust\n}\n')
    assert editor.state["status"] == "The trust policy is not in this text: it is var.trust."


@pytest.mark.parametrize(("text", "module"), [(TERRAFORM, "hcl2"), (PART_OF_YAML, "ruamel.yaml")])
def test_without_the_extra_one_line_says_how_to_install_it(
    text: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == module.split(".")[0]]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, module, None)
    status = pasted(text).state["status"]
    assert status.endswith("pip install 'trust-widgets[files]'.") and "\n" not in status


UNKNOWN = [
    ("AWS = var.x", "${var.x} can assume this role."),
    ("Service = var.x", "${var.x} can assume this role."),
    (
        'AWS = "arn:aws:iam::${var.x}:root"',
        "Any principal that account ${var.x} allows can assume this role.",
    ),
    (
        'AWS = "arn:aws:iam::111122223333:role/${var.x}"',
        "The role ${var.x} of account 111122223333 can assume this role.",
    ),
]


@pytest.mark.parametrize(("principal", "sentence"), UNKNOWN)
def test_a_caller_that_is_not_known_is_named_by_its_expression(
    principal: str, sentence: str
) -> None:
    """Nothing that only represents it is shown: no account, no role, no call."""
    policy = (
        '{Version = "2012-10-17", Statement = [{Effect = "Allow", Action = "sts:AssumeRole", '
        f"Principal = {{{principal}}}}}]}}"
    )
    block = f'resource "aws_iam_role" "app" {{\n  assume_role_policy = jsonencode({policy})\n}}\n'
    editor = pasted(f'variable "x" {{}}\n{block}')
    (caller,) = editor.model.callers
    assert caller.sentence == sentence
    assert caller.external == ("named account" if "1111" in principal else "not decided")
    assert editor.model.summary == f"{sentence} Not known: ${{var.x}}."
    assert tw.SummaryView(editor.model).state["mood"] == "empty"  # no tick
    shown = json.dumps(tw.WhoView(editor.model).state)
    assert "unresolved" not in shown and OWN_ACCOUNT not in shown
