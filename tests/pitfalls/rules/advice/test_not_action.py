"""`NotAction` in a trust policy.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import GITHUB, GITHUB_PROVIDER, WEB, fixed, found, loud, only, policy, statement
from trust_widgets.findings import Verdict

NAME = "not_action"
EC2 = {"Service": "ec2.amazonaws.com"}


def test_it_is_advice_that_names_its_assumption() -> None:
    """Sources differ on whether IAM saves it."""
    text = policy(EC2, None, NotAction="sts:TagSession")
    finding = only(NAME, text)
    assert (finding.verdict, finding.path) == (Verdict.ADVICE, ("Statement", 0, "NotAction"))
    assert finding.assumptions != ()
    assert loud(text) == []


@pytest.mark.parametrize(
    ("principal", "action", "condition"),
    [
        (EC2, "sts:AssumeRole", None),
        ({"AWS": "arn:aws:iam::444455556666:role/a"}, "sts:AssumeRole", None),
        (
            GITHUB_PROVIDER,
            WEB,
            {"StringEquals": {f"{GITHUB}:sub": "repo:octo-org/app:ref:refs/heads/main"}},
        ),
    ],
)
def test_the_fix_names_the_principals_action(principal: Any, action: str, condition: Any) -> None:
    """Each kind of principal uses one action: that one was meant."""
    text = policy(principal, None, condition, NotAction="sts:TagSession")
    (finding,) = found(NAME, text)
    after = statement(fixed(finding, text))
    assert (after["Action"], "NotAction" in after) == (action, False)


@pytest.mark.parametrize(
    ("principal", "left_out", "effect"),
    [
        (EC2, "sts:AssumeRole", "Allow"),
        (EC2, ["sts:TagSession", "STS:assumerole"], "Allow"),
        (EC2, "sts:*", "Allow"),
        ({"AWS": "*"}, "sts:TagSession", "Deny"),
        (EC2, "sts:TagSession", "Deny"),
    ],
)
def test_what_leaves_the_action_out_or_denies_has_no_fix(
    principal: Any, left_out: Any, effect: str
) -> None:
    """Writing AssumeRole where it was left out, or denied otherwise, would turn the meaning
    round.
    """
    (finding,) = found(NAME, policy(principal, None, NotAction=left_out, Effect=effect))
    assert finding.fix is None


def test_action_is_right() -> None:
    """The usual element; and a statement without a principal, of a permissions policy, has another
    fault.
    """
    assert found(NAME, policy(EC2)) == []
    assert found(NAME, policy(None, None, NotAction="ec2:*", Resource="*")) == []
