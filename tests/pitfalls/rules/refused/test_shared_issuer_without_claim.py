"""A shared issuer without the claim that IAM asks for.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
"""

from __future__ import annotations

from typing import Any

import pytest

import trust_widgets as tw
from support.asking import GITHUB, GITHUB_PROVIDER, WEB, found, grant, only, places, policy, several
from trust_widgets.findings import Severity, Verdict

NAME = "shared_issuer_without_claim"
SUB = f"{GITHUB}:sub"
MAIN = "repo:octo-org/app:ref:refs/heads/main"
AT_PRINCIPAL = ("Statement", 0, "Principal", "Federated", 0)


def provider(issuer: str) -> dict[str, str]:
    """Its principal, built in or registered."""
    return {
        "Federated": issuer
        if issuer.startswith("cognito-")
        else f"arn:aws:iam::111122223333:oidc-provider/{issuer}"
    }


@pytest.mark.parametrize(
    ("issuer", "required"),
    [
        (GITHUB, "sub"),
        ("gitlab.com", "sub"),
        ("app.terraform.io", "sub"),
        ("agent.buildkite.com", "sub"),
        ("oidc.codefresh.io", "sub"),
        ("cognito-identity.amazonaws.com", "aud"),
        ("oidc.vercel.com", "aud"),
        ("api.pulumi.com/oidc", "aud"),
    ],
)
def test_each_issuer_has_its_claim(issuer: str, required: str) -> None:
    """Asked for nothing, or for another claim, IAM refuses; asked for the required one, it does
    not.
    """
    other = "aud" if required == "sub" else "sub"
    for condition in (None, {"StringEquals": {f"{issuer}:{other}": "octo"}}):
        finding = only(NAME, policy(provider(issuer), WEB, condition))
        assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
        assert (finding.path, finding.fix) == (AT_PRINCIPAL, None)
        assert f'"{issuer}:{required}"' in finding.message
    assert (
        found(
            NAME, policy(provider(issuer), WEB, {"StringEquals": {f"{issuer}:{required}": "octo"}})
        )
        == []
    )


def test_sentinel_asks_for_a_session_name() -> None:
    """One issuer is told apart by a key of STS, not by a claim."""
    issuer = "sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d"
    assert '"sts:RoleSessionName"' in only(NAME, policy(provider(issuer), WEB)).message
    condition = {"StringEquals": {"sts:rolesessionname": "octo"}}
    assert found(NAME, policy(provider(issuer), WEB, condition)) == []


@pytest.mark.parametrize("value", ["*", "?", "**?", ["*", "?*"], ""])
def test_nothing_but_wildcards_is_told_at_the_condition(value: Any) -> None:
    """A value "which is not scoped to all" is required."""
    finding = only(NAME, policy(GITHUB_PROVIDER, WEB, {"StringLike": {SUB: value}}))
    assert finding.path == ("Statement", 0, "Condition", "StringLike", SUB)


@pytest.mark.parametrize("operator", ["StringNotEquals", "StringNotLike", "Null", "ArnLike"])
def test_operators_that_do_not_count(operator: str) -> None:
    """IAM counts StringEquals, StringLike and StringEqualsIgnoreCase alone."""
    assert only(NAME, policy(GITHUB_PROVIDER, WEB, {operator: {SUB: "false"}})).path == AT_PRINCIPAL


@pytest.mark.parametrize("operator", ["StringEquals", "StringLike", "stringequalsignorecase"])
def test_operators_that_count(operator: str) -> None:
    """Each of the three, with the key in any case."""
    assert found(NAME, policy(GITHUB_PROVIDER, WEB, {operator: {SUB.upper(): MAIN}})) == []


def test_the_other_issuers_claim_does_not_count() -> None:
    """Two issuers in one statement are each asked for their own claim, wherever they stand."""
    both = {"Federated": [GITHUB_PROVIDER["Federated"], provider("gitlab.com")["Federated"]]}
    text = several(
        grant({"Service": "ec2.amazonaws.com"}), grant(both, WEB, {"StringEquals": {SUB: MAIN}})
    )
    assert places(NAME, text) == [("Statement", 1, "Principal", "Federated", 1)]


@pytest.mark.parametrize(
    "issuer",
    ["idp.octo.example", "gitlab.octo.example", "oidc.vercel.com/octo-org", f"{GITHUB}/octo"],
)
def test_issuers_of_ones_own(issuer: str) -> None:
    """Self-managed hosts, a team's and an enterprise's own issuer are not shared."""
    assert found(NAME, policy(provider(issuer), WEB)) == []


def test_a_deny_is_not_asked() -> None:
    """What a Deny of tokens asks for tells nobody apart that gets in."""
    assert found(NAME, policy(GITHUB_PROVIDER, WEB, Effect="Deny")) == []


@pytest.mark.parametrize(
    ("issuer", "works_on"), [("app.terraform.io", False), ("gitlab.com", True)]
)
def test_hcp_terraforms_tokens_are_refused_at_the_call_too(issuer: str, works_on: bool) -> None:
    """For HCP Terraform AWS says that STS denies the calls as well.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
    """
    provider = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"}
    text = policy(
        provider, "sts:AssumeRoleWithWebIdentity", {"StringEquals": {f"{issuer}:aud": "a"}}
    )
    (finding,) = found("shared_issuer_without_claim", text)
    assert (
        ("A role that was saved before AWS had this rule still works until you change its policy")
        in finding.message
    ) is works_on
    assert ("STS also denies" in finding.message) is not works_on


WORKFLOW = f"{GITHUB}:job_workflow_ref"
DEPLOY = "octo-org/app/.github/workflows/deploy.yml@refs/heads/main"


@pytest.mark.parametrize("operator", ["StringEquals", "StringLike", "StringEqualsIgnoreCase"])
@pytest.mark.parametrize("value", [DEPLOY, [DEPLOY, "octo-org/*"], ["*", DEPLOY]])
def test_github_may_be_asked_for_the_workflow_instead(operator: str, value: Any) -> None:
    """IAM's refusal names `:sub` or `:job_workflow_ref`, "which is not scoped to all"."""
    text = policy(GITHUB_PROVIDER, WEB, {operator: {WORKFLOW: value}})
    assert found(NAME, text) == []
    sentences = [each.sentence for each in tw.who_gets_in(tw.parse(text))]
    assert sentences and not any("IAM refuses" in sentence for sentence in sentences)


@pytest.mark.parametrize("operator", ["StringNotEquals", "StringNotLike", "Null", "ArnLike"])
def test_operators_that_do_not_count_for_the_workflow_either(operator: str) -> None:
    """The same three operators count for both keys."""
    text = policy(GITHUB_PROVIDER, WEB, {operator: {WORKFLOW: DEPLOY}})
    assert only(NAME, text).path == AT_PRINCIPAL


def test_a_workflow_that_is_only_a_wildcard_is_told_at_its_condition() -> None:
    """The message names both keys that IAM takes."""
    finding = only(NAME, policy(GITHUB_PROVIDER, WEB, {"StringLike": {WORKFLOW: "*"}}))
    assert finding.path == ("Statement", 0, "Condition", "StringLike", WORKFLOW)
    assert f'"{SUB}" or "{WORKFLOW}"' in finding.message


@pytest.mark.parametrize("issuer", ["gitlab.com", "app.terraform.io", "agent.buildkite.com"])
def test_the_workflow_is_no_control_of_another_issuer(issuer: str) -> None:
    """Only GitHub's refusal names it."""
    condition = {"StringEquals": {f"{issuer}:job_workflow_ref": DEPLOY}}
    assert only(NAME, policy(provider(issuer), WEB, condition)).path == AT_PRINCIPAL
