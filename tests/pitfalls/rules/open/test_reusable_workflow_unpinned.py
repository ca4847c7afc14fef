"""A reusable GitHub workflow asked for without the branch, tag or commit that it must come from.

https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-with-reusable-workflows
"""

from __future__ import annotations

import pytest

from support.asking import GITHUB, GITHUB_PROVIDER, WEB, found, only, policy
from trust_widgets.findings import Severity, Verdict

NAME = "reusable_workflow_unpinned"
KEY = f"{GITHUB}:job_workflow_ref"
DEPLOY = "octo-org/shared/.github/workflows/deploy.yml"


def asking(*workflows: str, operator: str = "StringLike") -> str:
    """A policy for one branch of a repository, through one of these workflows."""
    exact = {
        f"{GITHUB}:aud": "sts.amazonaws.com",
        f"{GITHUB}:sub": "repo:octo-org/app:ref:refs/heads/main",
    }
    block: dict[str, dict[str, object]] = {"StringEquals": dict(exact)}
    block.setdefault(operator, {})[KEY] = list(workflows)
    return policy(GITHUB_PROVIDER, WEB, block)


@pytest.mark.parametrize(
    ("workflow", "severity", "caller"),
    [
        (f"{DEPLOY}@*", Severity.LOW, f"a run of {DEPLOY}@refs/heads/anything"),
        (f"{DEPLOY}@refs/heads/*", Severity.LOW, f"a run of {DEPLOY}@refs/heads/anything"),
        (f"{DEPLOY}@refs/tags/*", Severity.LOW, f"a run of {DEPLOY}@refs/tags/v1"),
        (f"{DEPLOY}*", Severity.MEDIUM, f"a run of {DEPLOY}@refs/heads/anything"),
        (
            "octo-org/shared/*",
            Severity.MEDIUM,
            "a run of octo-org/shared/.github/workflows/deploy.yml@refs/heads/anything",
        ),
    ],
)
def test_any_branch_of_the_workflow(workflow: str, severity: Severity, caller: str) -> None:
    """Whoever may push a branch there writes what runs; a pattern without a ref is worse."""
    finding = only(NAME, asking(workflow))
    assert (finding.verdict, finding.severity) == (Verdict.OPEN, severity)
    assert finding.path == ("Statement", 0, "Condition", "StringLike", KEY, 0)
    assert finding.callers == (caller,)


def test_the_one_at_fault_is_told() -> None:
    """Beside a pinned one."""
    assert only(NAME, asking(f"{DEPLOY}@refs/heads/main", f"{DEPLOY}@*")).path[-1] == 1


@pytest.mark.parametrize(
    "text",
    [
        asking(f"{DEPLOY}@refs/heads/main"),
        asking(f"{DEPLOY}@refs/tags/v2.*"),
        asking(f"{DEPLOY}@9f3182061f1e2cca4702c368cbc039b7dc9d4485"),
        asking(f"{DEPLOY}@*", operator="StringNotLike"),
        asking(f"{DEPLOY}@*", operator="StringEquals"),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """A branch, a family of tags, a commit, a negation, and a letter that nothing is equal to."""
    assert found(NAME, text) == []
