"""A condition key that IAM can't read: it answers "Condition can contain only one colon".

https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import GITHUB, GITHUB_PROVIDER, WEB, fixed, found, only, policy, statement
from trust_widgets.findings import Severity, Verdict

NAME = "malformed_key"
MAIN = "repo:octo-org/app:ref:refs/heads/main"
VENDOR = {"AWS": "999988887777"}
ID = "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"


def test_a_web_address_loses_its_scheme() -> None:
    """The commonest slip with an issuer; it is told once, and its value stays."""
    text = policy(GITHUB_PROVIDER, WEB, {"StringEquals": {f"https://{GITHUB}:sub": MAIN}})
    finding = only(NAME, text)
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert finding.path == ("Statement", 0, "Condition", "StringEquals", f"https://{GITHUB}:sub")
    assert statement(fixed(finding, text))["Condition"] == {"StringEquals": {f"{GITHUB}:sub": MAIN}}


@pytest.mark.parametrize(
    ("key", "value", "right"),
    [
        ("ExternalId", ID, "sts:ExternalId"),
        ("PrincipalOrgID", "o-a1b2c3d4e5", "aws:PrincipalOrgID"),
    ],
)
def test_a_name_without_its_prefix(key: str, value: str, right: str) -> None:
    """The one key of AWS or STS that has the name is offered."""
    text = policy(VENDOR, condition={"StringEquals": {key: value}})
    finding = only(NAME, text)
    assert statement(fixed(finding, text))["Condition"] == {"StringEquals": {right: value}}


@pytest.mark.parametrize("key", ["SourceIdentity", "team", "", ":sub", "aws:"])
def test_what_cannot_be_guessed_has_no_fix(key: str) -> None:
    """A name that both have, one that neither has, and a part missing."""
    (finding,) = found(NAME, policy(VENDOR, condition={"StringEquals": {key: "octo"}}))
    assert finding.fix is None


def test_a_placeholder_is_told_as_one() -> None:
    """A template that stands for the whole key and was not filled in."""
    assert (
        "placeholder"
        in only(NAME, policy(VENDOR, condition={"StringEquals": {"${ClusterKey}": "octo"}})).message
    )


def test_the_right_key_beside_it_leaves_no_fix() -> None:
    """One name can't stand twice under an operator."""
    block = {"ExternalId": ID, "sts:externalid": ID}
    (finding,) = found(NAME, policy(VENDOR, condition={"StringEquals": block}))
    assert finding.fix is None


@pytest.mark.parametrize(
    "key",
    [
        f"{GITHUB}:sub",
        "aws:PrincipalTag/octo:team",
        "oidc.circleci.com/org/0f9:oidc.circleci.com/project-id",
        "iam:ResourceTag/aws:cloudformation:stack-name",
        "${module.cluster.issuer}:sub",
    ],
)
def test_right_keys(key: str) -> None:
    """A tag's key may hold colons, a claim slashes, and a template is filled in first."""
    condition: dict[str, Any] = {"StringEquals": {key: "octo"}}
    assert found(NAME, policy(VENDOR, condition=condition)) == []
