"""The same thing a second time.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import fixed, found, grant, only, places, policy, several, statement
from trust_widgets.findings import Verdict

NAME = "said_twice"
EC2 = "ec2.amazonaws.com"
ROLE = "arn:aws:iam::444455556666:role/a"
ROOT = "arn:aws:iam::111122223333:root"


def test_a_principal() -> None:
    """Advice at the second, which the fix takes out."""
    text = policy({"Service": [EC2, "ssm.amazonaws.com", EC2]})
    finding = only(NAME, text)
    assert (finding.verdict, finding.path) == (
        Verdict.ADVICE,
        ("Statement", 0, "Principal", "Service", 2),
    )
    assert statement(fixed(finding, text))["Principal"] == {"Service": [EC2, "ssm.amazonaws.com"]}


def test_an_account_in_two_spellings() -> None:
    """Its number and the ARN of its root are the same."""
    assert places(NAME, policy({"AWS": ["111122223333", ROLE, ROOT]})) == [
        ("Statement", 0, "Principal", "AWS", 2)
    ]


def test_the_root_of_another_partition() -> None:
    """Partitions have accounts of their own."""
    china = ROOT.replace("arn:aws:", "arn:aws-cn:")
    assert places(NAME, policy({"AWS": [ROOT, china]})) == []
    assert places(NAME, policy({"AWS": [china, china]})) == [
        ("Statement", 0, "Principal", "AWS", 1)
    ]


def test_an_action_in_any_case() -> None:
    """Actions are compared without regard to case."""
    assert places(NAME, policy({"AWS": ROLE}, ["sts:AssumeRole", "STS:assumerole"])) == [
        ("Statement", 0, "Action", 1)
    ]


def test_what_is_told_is_as_written() -> None:
    """In a spelling of its author's; of two the same one is told in either order."""
    accounts, actions = ["111122223333", ROOT], ["STS:assumeROLE", "sts:AssumeRole"]
    for text in (
        policy({"AWS": accounts}, actions),
        policy({"AWS": accounts[::-1]}, actions[::-1]),
    ):
        told = [finding.message.partition(" appears")[0] for finding in found(NAME, text)]
        assert sorted(told) == sorted(['"sts:AssumeRole"', f'"{ROOT}"'])


def test_a_value_with_quotation_marks_is_told_with_them() -> None:
    """They belong to the value."""
    block = {"StringEquals": {"aws:PrincipalTag/a": ['x"', 'x"']}}
    assert found(NAME, policy({"AWS": ROLE}, condition=block))[0].message.startswith(
        '"x"" appears twice here'
    )


def test_a_value() -> None:
    """Three times is two too many, each at its place; values differ by case."""
    block = {"StringEquals": {"aws:PrincipalTag/a": ["x", "x", "X", "x"]}}
    place = ("Statement", 0, "Condition", "StringEquals", "aws:PrincipalTag/a")
    text = policy({"AWS": ROLE}, condition=block)
    assert places(NAME, text) == [(*place, 1), (*place, 3)]
    assert found(NAME, text)[0].message.startswith('"x" appears twice here')


def test_a_whole_statement() -> None:
    """Whatever its Sid, the order of its lists, and whether a single value stands in one."""
    first = grant({"AWS": [ROLE, ROOT]}, ["sts:AssumeRole"], Sid="One")
    second = grant({"AWS": [ROOT, ROLE]}, "sts:AssumeRole", Sid="Two")
    text = several(first, grant({"Service": EC2}), second)
    (finding,) = found(NAME, text)
    assert finding.path == ("Statement", 2)
    assert fixed(finding, text)["Statement"] == [first, grant({"Service": EC2})]


@pytest.mark.parametrize(
    "statements",
    [
        [grant({"Service": [EC2, "ssm.amazonaws.com"]})],
        [
            grant({"AWS": [ROLE, "arn:aws:iam::444455556666:role/b"]}),
            grant({"AWS": ROLE}, Effect="Deny"),
        ],
        [grant({"AWS": ROLE}, ["sts:AssumeRole", "sts:TagSession"]), grant({"AWS": ROLE})],
        [grant({"AWS": ["111122223333", "arn:aws:iam::111122223333:role/a"]})],
    ],
)
def test_what_differs(statements: list[dict[str, Any]]) -> None:
    """Other names, effects and actions; a role beside its account, which then needs no permission
    of its own.
    """
    assert found(NAME, several(*statements)) == []
