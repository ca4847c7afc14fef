"""The role's own account and partition, from its ARN or from an identity provider in its policy.

A provider in IAM is usable in its own account alone:
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
"""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw
from support.asking import GITHUB, HOME, WEB, grant, loud, policy, several
from trust_widgets.policy import (
    Home,
    account_of_role,
    parse,
    partition_of_role,
    with_own_account,
)
from trust_widgets.reports import checked

OWN, OTHER = "111122223333", "444455556666"
OIDC = f"arn:aws:iam::{OWN}:oidc-provider/{GITHUB}"
SAML = f"arn:aws:iam::{OWN}:saml-provider/corp"
ENTRY = {
    OIDC: grant(
        {"Federated": OIDC},
        WEB,
        {
            "StringEquals": {
                f"{GITHUB}:aud": "sts.amazonaws.com",
                f"{GITHUB}:sub": "repo:octo-org@123456/app@456789:ref:refs/heads/main",
            }
        },
    ),
    SAML: grant(
        {"Federated": SAML},
        "sts:AssumeRoleWithSAML",
        {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}},
    ),
}


def account_of(text: str, home: Home | None = None) -> tuple[str, ...]:
    """The accounts that are taken for the reader's."""
    return with_own_account(home or Home(), parse(text)).accounts


@pytest.mark.parametrize("provider", ENTRY)
def test_the_account_of_a_provider_is_the_roles(provider: str) -> None:
    """Its root beside it is no stranger: to `check`, `who_gets_in`, `is_public` and the model."""
    text = several(ENTRY[provider], grant({"AWS": f"arn:aws:iam::{OWN}:root"}))
    assert account_of(text) == (OWN,)
    assert loud(text) == []
    root = next(each for each in tw.who_gets_in(parse(text)) if each.path == ("Statement", 1))
    assert root.stranger is False and "your account" in root.sentence
    assert (
        "This is true if you trust these accounts or issuers, which is not known:"
    ) not in tw.is_public(parse(text)).because
    assert [f.code for f in tw.TrustModel(text=text).findings if f.verdict != "advice"] == []


@pytest.mark.parametrize("provider", ENTRY)
def test_another_account_beside_it_stays_open(provider: str) -> None:
    text = several(ENTRY[provider], grant({"AWS": f"arn:aws:iam::{OTHER}:root"}))
    assert [finding.code for finding in loud(text)] == ["TP302"]


@pytest.mark.parametrize(
    ("text", "home", "accounts"),
    [
        # Built in, and of no account.
        (policy({"Federated": "accounts.google.com"}, WEB), Home(), ()),
        (policy({"Federated": "cognito-identity.amazonaws.com"}, WEB), Home(), ()),
        # Two accounts: one of them is wrong, and which is not known.
        (
            policy({"Federated": [OIDC, f"arn:aws:iam::{OTHER}:saml-provider/corp"]}, WEB),
            Home(),
            (),
        ),
        (policy({"Federated": [OIDC, SAML]}, WEB), Home(), (OWN,)),
        (policy({"Federated": OIDC}, WEB, Effect="Deny"), Home(), ()),
        # What the reader says comes first; the provider is then another account's.
        (policy({"Federated": OIDC}, WEB), Home((OTHER,)), (OTHER,)),
        (policy({"AWS": f"arn:aws:iam::{OWN}:root"}), Home(), ()),
        # The role's ARN, beside what the reader says.
        (
            policy({"AWS": "*"}),
            Home((OTHER,), role=f"arn:aws:iam::{OWN}:role/team/app"),
            (OTHER, OWN),
        ),
        (policy({"AWS": "*"}), Home((OWN,), role=f"arn:aws:iam::{OWN}:role/app"), (OWN,)),
    ],
)
def test_what_implies_the_account(text: str, home: Home, accounts: tuple[str, ...]) -> None:
    assert account_of(text, home) == accounts


def test_a_provider_is_compared_with_the_account_of_the_role() -> None:
    """A role can trust only a provider of its own account, even if both accounts are yours."""
    home = Home((OWN, OTHER), role=f"arn:aws:iam::{OTHER}:role/app")
    text = several(ENTRY[OIDC])
    (finding,) = loud(text, home)
    assert (finding.code, OTHER in finding.message) == ("TP123", True)
    assert loud(text, Home((OWN, OTHER), role=f"arn:aws:iam::{OWN}:role/app")) == []


@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov"])
@pytest.mark.parametrize("other", ["aws", "aws-cn", "aws-us-gov"])
def test_the_roles_partition_is_that_of_its_principals(partition: str, other: str) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"""
    home = Home(role=f"arn:{partition}:iam::{OWN}:role/app")
    condition = {"StringEquals": {"sts:ExternalId": "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"}}
    text = policy({"AWS": f"arn:{other}:iam::{OTHER}:root"}, condition=condition)
    codes = [finding.code for finding in loud(text, home)]
    assert codes == ([] if partition == other else ["TP124"])
    assert bool(tw.who_gets_in(parse(text), home)) is (partition == other)


def test_an_account_id_has_no_partition() -> None:
    """Twelve digits are an account of the role's own partition."""
    condition = {"StringEquals": {"sts:ExternalId": "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"}}
    home = Home(role=f"arn:aws-cn:iam::{OWN}:role/app")
    assert loud(policy({"AWS": OTHER}, condition=condition), home) == []


@pytest.mark.parametrize(
    ("role", "account", "partition"),
    [
        (f"arn:aws-cn:iam::{OWN}:role/app", OWN, "aws-cn"),
        ("", "", ""),
        ("app", "", ""),
    ],
)
def test_what_an_arn_says(role: str, account: str, partition: str) -> None:
    home = Home(role=role)
    assert (account_of_role(home), partition_of_role(home)) == (account, partition)


def test_no_file_names_a_role() -> None:
    """A `trust-home.toml` is for several roles."""
    with pytest.raises(ValueError, match="unknown key"):
        Home.from_toml(f'role = "arn:aws:iam::{OWN}:role/app"')


def test_get_role_implies_account_and_partition() -> None:
    """The ARN in the answer of `aws iam get-role`."""

    def codes(arn: str, principal: Any) -> list[str]:
        document = json.loads(policy(principal))
        role = {"Role": {"RoleName": "app", "Arn": arn, "AssumeRolePolicyDocument": document}}
        (report,) = checked("role.json", json.dumps(role), HOME)
        return [finding.code for finding in report.findings if finding.verdict != "advice"]

    govcloud = f"arn:aws-us-gov:iam::{OTHER}:role/app"
    assert codes(govcloud, {"AWS": f"arn:aws-us-gov:iam::{OTHER}:root"}) == []
    assert codes(govcloud, {"AWS": f"arn:aws:iam::{OTHER}:role/deploy"}) == ["TP124"]
