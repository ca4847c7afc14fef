"""A policy has the same findings whether it is a text of its own or stands in a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

import trust_widgets as tw
from support.planted_judge import SETS, cases, home_of, text_of
from trust_widgets.findings import Finding
from trust_widgets.readers import read_file
from trust_widgets.reports import checked_reading
from trust_widgets.text.quoting import hcl, yaml

Counts = Counter[tuple[str, str, str]]


def terraform(policy: Any) -> str:
    """A role of Terraform whose policy is an expression."""
    encoded = hcl.Expression(f"jsonencode({hcl.value(policy, hcl.STEP)})")
    return hcl.block("resource", ("aws_iam_role", "app"), {"assume_role_policy": encoded})


def template(policy: Any) -> str:
    """A role of CloudFormation whose policy is part of the template."""
    role = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": policy}}
    return yaml.value({"Resources": {"Role": role}}) + "\n"


# What a form of file means by the same value, and so is judged otherwise.
DIFFERENT = {"template.yaml": {"account_as_json_number": "CloudFormation makes texts of numbers"}}


def counted(findings: list[Finding]) -> Counts:
    """The findings without their words."""
    return Counter((each.code, str(each.verdict), str(each.severity)) for each in findings)


def findings_of(name: str, text: str, home: tw.Home) -> Counts:
    """What the check of a file says."""
    found = []
    for checked in checked_reading(name, read_file(name, text, {}), home):
        found += [placed.finding for placed in checked.placed]
    return counted(found)


@pytest.mark.parametrize(("name", "written"), [("main.tf", terraform), ("template.yaml", template)])
@pytest.mark.parametrize("kind", ["mistakes", "good"])
def test_same_findings(name: str, written: Callable[[Any], str], kind: str) -> None:
    differ = {}
    for case in cases(SETS["planted"], kind):
        if "policy" not in case or case["name"] in DIFFERENT.get(name, ()):
            continue
        home = home_of(case)
        alone = counted(tw.check(text_of(case), home))
        in_file = findings_of(name, written(case["policy"]), home)
        if alone != in_file:
            differ[case["name"]] = alone - in_file, in_file - alone
    assert differ == {}


def test_two_accounts_that_are_not_known_are_not_one() -> None:
    """So that their statements do not mean the same, as two of one account do."""

    def codes(*names: str) -> set[str]:
        statements = [
            {
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::${{var.{name}}}:root"},
                "Action": "sts:AssumeRole",
            }
            for name in names
        ]
        text = terraform({"Version": "2012-10-17", "Statement": statements}).replace("$${", "${")
        return {code for code, _, _ in findings_of("main.tf", text, tw.Home())}

    assert "TP411" in codes("one", "one")
    assert "TP411" not in codes("one", "other")
