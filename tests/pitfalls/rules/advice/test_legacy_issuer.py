"""An issuer that has been replaced.

https://docs.github.com/en/actions/reference/security/oidc
"""

from __future__ import annotations

from support.asking import GITHUB, WEB, found, only, policy
from trust_widgets.findings import Verdict

NAME = "legacy_issuer"


def github(issuer: str, **more: str) -> str:
    """A statement for one branch."""
    principal = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"}
    claims = {
        f"{issuer}:aud": "sts.amazonaws.com",
        f"{issuer}:sub": "repo:octo-org/app:ref:refs/heads/main",
    }
    return policy(principal, WEB, {"StringEquals": claims}, **more)


def test_githubs_first_issuer() -> None:
    """It may be gone, which is an assumption and says so; the new one is named."""
    finding = only(NAME, github(f"vs{GITHUB}"))
    assert (finding.verdict, finding.path) == (
        Verdict.ADVICE,
        ("Statement", 0, "Principal", "Federated", 0),
    )
    assert f" {GITHUB} " in finding.message
    assert finding.assumptions != ()


def test_todays_and_a_deny() -> None:
    """The present issuer, and denying the old one."""
    assert found(NAME, github(GITHUB)) == []
    assert found(NAME, github(f"vs{GITHUB}", Effect="Deny")) == []
