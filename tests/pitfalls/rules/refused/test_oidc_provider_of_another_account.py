"""OIDC providers must be in the same account as the role that trusts them.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
"""

from __future__ import annotations

import pytest

from support.asking import GITHUB, HOME, WEB, found, only, policy
from trust_widgets.findings import Severity, Verdict
from trust_widgets.policy import Home

NAME = "oidc_provider_of_another_account"
SUB = {"StringEquals": {f"{GITHUB}:sub": "repo:octo-org/app:ref:refs/heads/main"}}


def github(account: str) -> dict[str, str]:
    """GitHub's provider in an account."""
    return {"Federated": f"arn:aws:iam::{account}:oidc-provider/{GITHUB}"}


def test_it_is_not_the_readers() -> None:
    """The reader's accounts are known and the provider's is none of them."""
    finding = only(NAME, policy(github("444455556666"), WEB, SUB), HOME)
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert finding.path == ("Statement", 0, "Principal", "Federated", 0)
    assert finding.fix is None


def test_what_else_is_wrong_with_it_waits() -> None:
    """Without a condition it would be open, if it could be saved."""
    issuer = "idp.octo.example"
    principal = {"Federated": f"arn:aws:iam::444455556666:oidc-provider/{issuer}"}
    only(NAME, policy(principal, WEB), HOME)


@pytest.mark.parametrize("home", [None, Home(), Home(("111122223333", "444455556666"))])
def test_an_account_that_may_be_the_roles(home: Home | None) -> None:
    """Nobody said which accounts are theirs, or this is one of them."""
    assert found(NAME, policy(github("444455556666"), WEB, SUB), home) == []


@pytest.mark.parametrize(
    ("principal", "action"),
    [
        (github("111122223333"), WEB),
        ({"Federated": "accounts.google.com"}, WEB),
        ({"Federated": "arn:aws:iam::444455556666:saml-provider/corp"}, "sts:AssumeRoleWithSAML"),
        ({"AWS": "arn:aws:iam::444455556666:role/a"}, "sts:AssumeRole"),
    ],
)
def test_others(principal: dict[str, str], action: str) -> None:
    """One's own; built in; SAML, of which AWS's page does not say so; a role, which may be
    anyone's.
    """
    assert found(NAME, policy(principal, action, SUB), HOME) == []
