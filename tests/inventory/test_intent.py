"""Rules on organizations that keep them and that break them, each derived by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import trust_widgets as tw
from support.organizations import GITHUB, export
from trust_widgets import cli

CLOSED = {
    "users": {"alice": ["sts:AssumeRole *"]},
    "roles": {
        "ci/deploy": {"trust": ["root"], "can": [], "tags": {"env": "prod"}},
        "worker": {"trust": ["service/ec2"], "can": [], "tags": {"env": "dev"}},
        "worker@555566667777": {"trust": ["service/ec2"], "can": []},
    },
}
OPEN = {
    "users": {},
    "roles": {
        **CLOSED["roles"],
        "ci/deploy": {"trust": ["root", "*"], "can": [], "tags": {"env": "prod"}},
    },
}
WIDEST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::${account}:root", "Service": "ec2.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
    ],
}
RULES: list[dict[str, Any]] = [
    {"external": "no"},
    {"external": "no", "tags": {"env": "pr*"}},
    {"only": ["own account", "ec2.amazonaws.com"]},
    {"only": ["own account"], "paths": ["/ci/*"]},
    {"only": ["222233334444"], "accounts": ["222233334444"], "roles": ["dep*"]},
    {"never_wider_than": WIDEST},
    {"unreachable_from": "outside"},
]
KEPT_BY_BOTH: list[dict[str, Any]] = [
    {"external": "no", "tags": {"env": "dev"}},
    {"external": "no", "accounts": "555566667777"},
    {"only": ["ec2.amazonaws.com"], "roles": ["worker"]},
    {"external": "no", "roles": ["none"], "may_match_none": True},
]


# A rule, an organization that keeps it, and who breaks it by which statement in one that does not.
GITHUB_PROVIDER = f"arn:aws:iam::${{account}}:oidc-provider/{GITHUB}"
TARGET = "arn:aws:iam::222233334444:role/a"
TEAM = {"who": "*", "if": {"StringEquals": {"aws:PrincipalAccount": "222233334444"}}}
OTHERS: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any], str, int]] = {
    "a provider": (
        {"only": [GITHUB_PROVIDER]},
        {"roles": {"a": {"trust": ["github"]}}},
        {"roles": {"a": {"trust": ["github", "service/ec2"]}}},
        "ec2.amazonaws.com",
        2,
    ),
    "a role": (
        {"only": ["arn:aws:iam::222233334444:role/b"]},
        {"roles": {"a": {"trust": ["role/b"]}}},
        {"roles": {"a": {"trust": ["role/b", "user/u"]}}},
        "arn:aws:iam::222233334444:user/u",
        2,
    ),
    "nobody": (
        {"only": [], "roles": ["a"]},
        {"roles": {"a": {"trust": [{"who": "user/u", "deny": True}]}}},
        {"roles": {"a": {"trust": ["user/u"]}}},
        "arn:aws:iam::222233334444:user/u",
        1,
    ),
    "two rules at once": (
        {"only": ["own account"], "never_wider_than": WIDEST},
        {"roles": {"a": {"trust": ["root"]}}},
        {"roles": {"a": {"trust": ["root", "service/ec2"]}}},  # WIDEST allows it, "only" does not
        "ec2.amazonaws.com",
        2,
    ),
    "users": (
        {"unreachable_from": "users", "roles": ["a"]},
        {"users": {"u": []}, "roles": {"a": {"trust": ["root"]}}},
        {"users": {"u": ["sts:AssumeRole a"]}, "roles": {"a": {"trust": ["service/ec2", TEAM]}}},
        "arn:aws:iam::222233334444:user/u",
        2,
    ),
    "a user by name": (
        {"unreachable_from": "u", "roles": ["a"]},
        {"users": {"u": [], "v": ["sts:AssumeRole a"]}, "roles": {"a": {"trust": ["root"]}}},
        {"users": {"u": ["sts:AssumeRole *"]}, "roles": {"a": {"trust": ["root"]}}},
        "arn:aws:iam::222233334444:user/u",
        1,
    ),
    "whoever rewrites it": (
        {"unreachable_from": "users", "roles": ["a"]},
        {"users": {"u": ["iam:UpdateAssumeRolePolicy b"]}, "roles": {"a": {"trust": ["role/b"]}}},
        {"users": {"u": ["iam:UpdateAssumeRolePolicy a"]}, "roles": {"a": {"trust": ["role/b"]}}},
        "arn:aws:iam::222233334444:user/u",
        0,
    ),
}


def inventory(case: dict[str, Any]) -> tw.Inventory:
    """A scan of an organization."""
    return tw.scan(export(case), workers=1, progress=False)


@pytest.mark.parametrize("rule", [*RULES, *KEPT_BY_BOTH], ids=str)
def test_a_rule_that_is_kept(rule: dict[str, Any]) -> None:
    """It is true."""
    found = inventory(CLOSED).expect(**rule)
    assert found and found.passed is True and not found.violations


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_that_is_broken(rule: dict[str, Any]) -> None:
    """The message names the role, the statement and a caller."""
    found = inventory(OPEN).expect(**rule)
    assert not found and found.passed is False
    [violation] = found.violations
    assert violation.arn == "arn:aws:iam::222233334444:role/ci/deploy"
    assert violation.statement == 2
    assert violation.arn in violation.message and "statement 2" in violation.message
    assert violation.caller and violation.caller in violation.message
    assert violation.message in repr(found)


@pytest.mark.parametrize("name", OTHERS)
def test_other_rules_kept_and_broken(name: str) -> None:
    """The message names the role, the statement and a caller."""
    rule, keeps, breaks, caller, statement = OTHERS[name]
    kept, broken = inventory(keeps).expect(**rule), inventory(breaks).expect(**rule)
    assert kept.passed is True, kept
    assert broken.passed is False
    [violation] = broken.violations
    assert (violation.arn, violation.statement) == (TARGET, statement)
    assert violation.caller.startswith(caller) and violation.caller in violation.message
    assert violation.message.startswith(TARGET)
    assert (f"statement {statement}:" in violation.message) is (statement > 0)


def test_rules_for_some_roles_pass_over_others() -> None:
    """The open role has another tag, account and name."""
    for rule in KEPT_BY_BOTH:
        assert inventory(OPEN).expect(**rule)


def test_what_is_not_decided_is_not_kept() -> None:
    """An account that is named may be one's own."""
    case = {"roles": {"a": {"trust": ["root@666677778888"], "can": []}}}
    found = inventory(case).expect(external="no")
    assert not found and found.passed is None
    assert "666677778888" in found.violations[0].message
    home = tw.Home(accounts=("666677778888",))
    assert tw.scan(export(case), home=home, workers=1, progress=False).expect(external="no")


def test_a_rule_that_matches_no_role_is_not_kept() -> None:
    """Its tag may be misspelled."""
    found = inventory(CLOSED).expect(external="no", tags={"enviroment": "prod"})
    assert not found and "No role matches" in repr(found)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({}, "a rule expects nothing"),
        ({"extern": "no"}, "a rule has no setting 'extern'"),
        ({"external": "yes"}, 'write external="no"'),
        ({"only": ["own acount"]}, "'own acount' is not an account, user, role"),
        ({"only": [222233334444]}, 'write "222233334444", in quotation marks'),
        ({"external": "no", "tags": {"prod": True}}, "the value of 'prod' in quotation marks"),
        ({"external": "no", "tags": ["prod"]}, 'write tags={"env": "prod"}'),
        ({"never_wider_than": "{"}, "never_wider_than: "),
    ],
)
def test_a_wrong_rule(rule: dict[str, Any], message: str) -> None:
    """With what to write."""
    with pytest.raises(ValueError, match=message):
        inventory(CLOSED).expect(**rule)


TOML = """
[[expect]]
name = "nobody outside"
external = "no"

[[expect]]
never_wider_than = "widest.json"
"""


@pytest.mark.parametrize(("case", "status"), [(CLOSED, 0), (OPEN, 1)])
def test_the_command(
    case: dict[str, Any], status: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line a rule, and one a violation."""
    rules, file = tmp_path / "expectations.toml", tmp_path / "export.json"
    rules.write_text(TOML, encoding="utf-8")
    (tmp_path / "widest.json").write_text(json.dumps(WIDEST), encoding="utf-8")
    file.write_text(export(case), encoding="utf-8")
    assert cli.main(["test", str(file), "--expectations", str(rules)]) == status
    said = capsys.readouterr().out
    assert ("nobody outside: kept (3 roles)" in said) is (status == 0)
    assert ("broken: arn:aws:iam::222233334444:role/ci/deploy, statement 2" in said) is bool(status)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = ", "this is not TOML"),
        ("[[rule]]", "there is no setting 'rule'"),
        ('[[expect]]\nonly = ["own account"]\n[[expect]]\nfoo = 1', "has no setting 'foo'"),
        ('[[expect]]\nnever_wider_than = "missing.json"', "rule 1: "),
        ('[[expect]]\nunreachable_from = "alise"', "there is no user or role 'alise'"),
    ],
)
def test_a_wrong_file(
    text: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file and the rule are named, and the status is that of a fault."""
    rules = tmp_path / "expectations.toml"
    rules.write_text(text, encoding="utf-8")
    export_file = tmp_path / "export.json"
    export_file.write_text(export(CLOSED), encoding="utf-8")
    assert cli.main(["test", str(export_file), "--expectations", str(rules)]) == 2
    said = capsys.readouterr().err
    assert message in said and "expectations.toml" in said
