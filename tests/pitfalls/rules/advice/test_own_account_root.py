"""The whole of the reader's own account.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import HOME, found, grant, only, places, policy, several
from trust_widgets.findings import Severity, Verdict

NAME = "own_account_root"
OWN = "111122223333"


@pytest.mark.parametrize("value", [OWN, f"arn:aws:iam::{OWN}:root", f"arn:aws-cn:iam::{OWN}:root"])
def test_it_is_advice(value: str) -> None:
    """Delegating to one's own permissions policies is usual: said, and not raised to more."""
    finding = only(NAME, policy({"AWS": value}), HOME)
    assert (finding.verdict, finding.severity) == (Verdict.ADVICE, Severity.INFO)
    assert finding.path == ("Statement", 0, "Principal", "AWS", 0)
    assert finding.fix is None


def test_each_value_has_its_place() -> None:
    """In a list with roles and strangers' accounts, in a later statement."""
    text = several(
        grant({"Service": "ec2.amazonaws.com"}),
        grant(
            {
                "AWS": [f"arn:aws:iam::{OWN}:role/a", "444455556666", OWN],
                "Service": "ec2.amazonaws.com",
            }
        ),
    )
    assert places(NAME, text, HOME) == [("Statement", 1, "Principal", "AWS", 2)]


def test_without_knowing_the_reader_it_is_a_strangers() -> None:
    """An account that nobody said is theirs is another pitfall's."""
    assert found(NAME, policy({"AWS": OWN})) == []
    only("another_account_root", policy({"AWS": OWN}))


@pytest.mark.parametrize(
    "condition",
    [
        {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
        {
            "ArnLike": {
                "aws:PrincipalArn": f"arn:aws:iam::{OWN}:role/aws-reserved/sso.amazonaws.com/*"
            }
        },
        {"StringEquals": {"AWS:PrincipalTag/team": "octo"}},
    ],
)
def test_chosen_callers_need_no_advice(condition: Any) -> None:
    """MFA, roles under a path, a tag."""
    assert found(NAME, policy({"AWS": OWN}, condition=condition), HOME) == []


@pytest.mark.parametrize(
    "condition",
    [
        {"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}},
        {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{OWN}:role/*"}},
        {"StringEquals": {"aws:PrincipalAccount": OWN}},
    ],
)
def test_weak_conditions_do(condition: Any) -> None:
    """What is true without its key, or of the whole account, chooses nobody."""
    assert len(found(NAME, policy({"AWS": OWN}, condition=condition), HOME)) == 1


def test_a_deny_opens_nothing() -> None:
    """Denying one's own account is another matter."""
    assert found(NAME, policy({"AWS": OWN}, Effect="Deny"), HOME) == []
