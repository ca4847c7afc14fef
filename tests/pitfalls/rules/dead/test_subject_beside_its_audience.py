"""Bitbucket's subjects begin with the repository's id; the audience holds the workspace's.

https://support.atlassian.com/bitbucket-cloud/docs/deploy-on-aws-using-bitbucket-pipelines-openid-connect/
"""

from __future__ import annotations

from typing import Any

import pytest

import trust_widgets as tw
from support.asking import WEB, found, only, policy
from trust_widgets.findings import Verdict

NAME = "subject_beside_its_audience"
ISSUER = "api.bitbucket.org/2.0/workspaces/octo-org/pipelines-config/identity/oidc"
WORKSPACE = "a7c4a9e2-3b1f-4d60-9a52-0c8e7f6d5b41"
REPOSITORY = "0f2d3c4b-5a69-4788-9796-a5b4c3d2e1f0"
STEP = "33333333-4444-4555-8666-777777777777"
AUDIENCE = f"ari:cloud:bitbucket::workspace/{WORKSPACE}"


def asking(subject: Any, audience: Any = AUDIENCE, operator: str = "StringEquals") -> str:
    """A policy for subjects and an audience."""
    block: dict[str, dict[str, Any]] = {"StringLike": {f"{ISSUER}:sub": subject}}
    if audience is not None:
        block.setdefault(operator, {})[f"{ISSUER}:aud"] = audience
    principal = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{ISSUER}"}
    return policy(principal, WEB, block)


@pytest.mark.parametrize(
    "subject",
    [f"{{{WORKSPACE}}}:{{{REPOSITORY}}}:*", f"{{{WORKSPACE}}}:*", f"{{{WORKSPACE}}}:{{{STEP}}}"],
)
def test_the_workspaces_id_begins_no_subject(subject: str) -> None:
    """Told at the subject; and nobody gets in."""
    text = asking(subject)
    finding = only(NAME, text)
    assert finding.verdict is Verdict.DEAD and finding.path[-2:] == (f"{ISSUER}:sub", 0)
    assert not tw.who_gets_in(tw.parse(text))


@pytest.mark.parametrize(
    ("subject", "audience"),
    [
        (f"{{{REPOSITORY}}}:*", AUDIENCE),
        (f"{{{REPOSITORY}}}:{{{STEP}}}", AUDIENCE),
        # Which of the two ids it is, nothing tells.
        (f"{{{WORKSPACE}}}:*", None),
        (f"{{{WORKSPACE}}}:*", f"ari:cloud:bitbucket::workspace/{STEP}"),
        (f"{{{WORKSPACE}}}:*", [AUDIENCE, f"ari:cloud:bitbucket::workspace/{STEP}"]),
        (f"{{{WORKSPACE}}}:*", "octo-org"),
    ],
)
def test_a_repository_is_left_alone(subject: str, audience: Any) -> None:
    """And whatever may be one."""
    text = asking(subject, audience)
    assert found(NAME, text) == [] and tw.who_gets_in(tw.parse(text))


def test_one_of_a_list_goes_on_working() -> None:
    """The repository's own subject beside it."""
    text = asking([f"{{{REPOSITORY}}}:*", f"{{{WORKSPACE}}}:*"])
    finding = only(NAME, text)
    assert finding.path[-1] == 1 and "still work" in finding.message
    assert tw.who_gets_in(tw.parse(text))
