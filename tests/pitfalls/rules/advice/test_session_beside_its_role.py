"""A session beside its role.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
"""

from __future__ import annotations

import pytest

from support.asking import fixed, found, grant, only, policy, several, statement
from trust_widgets.findings import Verdict

NAME = "session_beside_its_role"
SESSION = "arn:aws:sts::111122223333:assumed-role/deploy/session-1"
ROLE = "arn:aws:iam::111122223333:role/deploy"


@pytest.mark.parametrize("role", [ROLE, "arn:aws:iam::111122223333:role/a/team/deploy"])
def test_the_role_stands_for_its_sessions(role: str) -> None:
    """A session's ARN has no path, its role's may have one; the fix takes out the session."""
    text = policy({"AWS": [SESSION, role]})
    finding = only(NAME, text)
    assert (finding.verdict, finding.path) == (
        Verdict.ADVICE,
        ("Statement", 0, "Principal", "AWS", 0),
    )
    assert statement(fixed(finding, text))["Principal"] == {"AWS": [role]}


@pytest.mark.parametrize(
    "other",
    [
        "arn:aws:iam::111122223333:role/deployer",
        "arn:aws:iam::444455556666:role/deploy",
        "arn:aws-cn:iam::111122223333:role/deploy",
        "arn:aws:iam::111122223333:user/deploy",
        "arn:aws:iam::111122223333:root",
        "arn:aws:sts::111122223333:assumed-role/deploy/session-2",
    ],
)
def test_others_beside_it(other: str) -> None:
    """Another name, account, partition, kind, the whole account, another session."""
    assert found(NAME, policy({"AWS": [SESSION, other]})) == []


def test_in_another_statement_the_role_has_other_conditions() -> None:
    """Only what stands in the same statement is redundant."""
    assert found(NAME, several(grant({"AWS": SESSION}), grant({"AWS": ROLE}))) == []
