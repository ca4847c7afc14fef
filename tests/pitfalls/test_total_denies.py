"""What makes a Deny apply to every request of an Allow is shown with the Allow that it cancels.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import WEB, found, grant, loud, several
from trust_widgets.findings import Verdict

USERS = {"AWS": ["arn:aws:iam::111122223333:user/ci-web", "arn:aws:iam::111122223333:user/ci-api"]}
GITLAB = {"Federated": "arn:aws:iam::111122223333:oidc-provider/gitlab.com"}
TOKENS = grant(
    GITLAB,
    WEB,
    {
        "StringEquals": {
            "gitlab.com:aud": "https://gitlab.com",
            "gitlab.com:sub": "project_path:octo-org/app:ref_type:branch:ref:main",
        }
    },
)


def denying(allow: Any, principal: Any, condition: Any, action: Any = "sts:AssumeRole") -> str:
    """An Allow, and a Deny in statement 2."""
    return several(allow, grant(principal, action, condition, Effect="Deny"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            denying(
                grant(USERS),
                {"AWS": "*"},
                {
                    "StringNotEquals": {
                        "aws:PrincipalArn": [
                            "arn:aws:iam::111122223333:user/ci-*",
                            "arn:aws:iam::111122223333:role/never",
                        ]
                    }
                },
            ),
            ("StringNotEquals", "user/ci-*", "wildcards"),
        ),
        (
            denying(
                TOKENS,
                GITLAB,
                {"StringNotEquals": {"gitlab.com:project_path": "octo-org/app"}},
                WEB,
            ),
            ("project_path", "without"),
        ),
        (
            denying(grant(USERS), {"AWS": "*"}, {"StringNotEquals": {"aws:SourceAccount": "1"}}),
            ("aws:SourceAccount", "without"),
        ),
        (denying(grant(USERS), {"AWS": "*"}, None), ("no conditions",)),
        (
            denying(
                grant(USERS),
                {"AWS": "*"},
                {"StringEquals": {"aws:PrincipalAccount": "111122223333"}},
            ),
            ("StringEquals on aws:PrincipalAccount", '"111122223333"'),
        ),
    ],
)
def test_the_cause_is_named(text: str, said: tuple[str, ...]) -> None:
    """The Deny, its operator or key, and its value."""
    (finding,) = [each for each in loud(text) if each.path[:2] == ("Statement", 0)]
    assert finding.verdict is Verdict.DEAD
    assert "The Deny" in finding.message
    for part in said:
        assert part in finding.message


def test_a_deny_of_others_is_not_blamed() -> None:
    """The Deny of a service has no part in it."""
    text = several(
        grant(USERS),
        grant({"Service": "ec2.amazonaws.com"}, Effect="Deny"),
        grant({"AWS": "*"}, Effect="Deny"),
    )
    (finding,) = found("nobody", text)
    assert finding.message.count("The Deny has no conditions.") == 1
