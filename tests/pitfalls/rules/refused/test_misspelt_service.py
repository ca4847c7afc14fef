"""A service principal that is no service.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-service.html
"""

from __future__ import annotations

import pytest

from support.asking import found, grant, only, places, policy, several
from trust_widgets.findings import Severity, Verdict

NAME = "misspelt_service"


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("lamda.amazonaws.com", "lambda.amazonaws.com"),
        ("EC2.amazonaws.com", "ec2.amazonaws.com"),
        ("Lambda.AmazonAWS.com", "lambda.amazonaws.com"),
        ("lambda.amazon.com", "lambda.amazonaws.com"),
        ("ec2", "ec2.amazonaws.com"),
        (" ec2.amazonaws.com", "ec2.amazonaws.com"),
        ("cloudformaton.amazonaws.com", "cloudformation.amazonaws.com"),
    ],
)
def test_a_near_miss(value: str, meant: str) -> None:
    """A wrong letter, capital letters, a wrong or missing domain: the fix writes the known name."""
    text = policy({"Service": value})
    finding = only(NAME, text)
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert finding.path == ("Statement", 0, "Principal", "Service", 0)
    assert finding.fix is not None
    assert finding.fix.apply(text) == policy({"Service": meant})


def test_capital_letters_are_called_so() -> None:
    """Service principals are case-sensitive, and the message says that nothing else is wrong."""
    assert "lower case" in only(NAME, policy({"Service": "EC2.amazonaws.com"})).message


@pytest.mark.parametrize(
    "value", ["quantum teapots", "quantum-teapots", "", "<service>.amazonaws.com"]
)
def test_no_name_at_all(value: str) -> None:
    """What is not of the form of a service and near to none has no fix."""
    assert only(NAME, policy({"Service": value})).fix is None


def test_each_value_has_its_place_also_in_a_deny() -> None:
    """In a list beside a right one, beside AWS principals, and in a Deny."""
    text = several(
        grant(
            {
                "Service": ["ec2.amazonaws.com", "lamda.amazonaws.com"],
                "AWS": "arn:aws:iam::111122223333:role/a",
            }
        ),
        grant({"Service": "lamda.amazonaws.com"}, Effect="Deny"),
    )
    assert places(NAME, text) == [
        ("Statement", 0, "Principal", "Service", 1),
        ("Statement", 1, "Principal", "Service", 0),
    ]


@pytest.mark.parametrize(
    "value",
    [
        "ec2.amazonaws.com",
        "ecs-tasks.amazonaws.com",
        "lambda.af-south-1.amazonaws.com",
        "ec2.amazonaws.com.cn",
        "pods.eks.amazonaws.com",
        "quantum-teapots.amazonaws.com",
        "*",
    ],
)
def test_good_and_unknown_names(value: str) -> None:
    """Known ones, regional and other partitions' forms; an unknown name of the right form may
    exist.
    """
    assert found(NAME, policy({"Service": value})) == []


def test_under_the_wrong_kind_it_is_another_mistake() -> None:
    """A role under Service is told as that alone."""
    only("principal_under_wrong_kind", policy({"Service": "arn:aws:iam::111122223333:role/app"}))
