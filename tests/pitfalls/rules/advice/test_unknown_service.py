"""A service principal of the right form that is in no list.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

import pytest

from support.asking import found, grant, loud, only, places, policy, several
from trust_widgets.findings import Severity, Verdict

NAME = "unknown_service"
TEAPOTS = "quantum-teapots.amazonaws.com"


@pytest.mark.parametrize(
    "value",
    [
        TEAPOTS,
        "brew.quantum-teapots.amazonaws.com",
        "quantum-teapots.eu-west-1.amazonaws.com",
        "lambda.us-east-7.amazonaws.com",
    ],
)
def test_it_is_advice_that_names_its_assumption(value: str) -> None:
    """No complete list exists, so that it is never refused."""
    finding = only(NAME, policy({"Service": value}))
    assert (finding.verdict, finding.severity) == (Verdict.ADVICE, Severity.INFO)
    assert finding.path == ("Statement", 0, "Principal", "Service", 0)
    assert finding.assumptions != ()
    assert finding.fix is None
    assert loud(policy({"Service": value})) == []


def test_a_name_that_is_close_is_asked_about() -> None:
    """ECS tasks are ecs-tasks.amazonaws.com:
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
    """
    asked = only(NAME, policy({"Service": "ecs.task.amazonaws.com"}))
    assert asked.message.endswith('Did you mean "ecs-tasks.amazonaws.com"?')
    assert "Did you mean" not in only(NAME, policy({"Service": TEAPOTS})).message


def test_a_region_that_we_do_not_know_is_named() -> None:
    """AWS adds regions, so that it may be a new one; a slip in a known one is another pitfall's.

    https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
    """
    assert (
        "The Region us-east-7"
        in only(NAME, policy({"Service": "lambda.us-east-7.amazonaws.com"})).message
    )
    only("misspelt_region", policy({"Service": "lambda.eu-cental-1.amazonaws.com"}))


def test_each_value_has_its_place_also_in_a_deny() -> None:
    """Among known services, beside AWS principals, in each statement."""
    text = several(
        grant(
            {"Service": ["ec2.amazonaws.com", TEAPOTS], "AWS": "arn:aws:iam::111122223333:role/a"}
        ),
        grant({"Service": TEAPOTS}, Effect="Deny"),
    )
    assert places(NAME, text) == [
        ("Statement", 0, "Principal", "Service", 1),
        ("Statement", 1, "Principal", "Service", 0),
    ]


@pytest.mark.parametrize(
    "value",
    ["ec2.amazonaws.com", "ecs-tasks.amazonaws.com", "monitoring.rds.amazonaws.com",
     "lambda.af-south-1.amazonaws.com", "elasticmapreduce.amazonaws.com.cn", "*"],
)  # fmt: skip
def test_known_ones(value: str) -> None:
    """Sub-services, regional forms, another partition's, and the asterisk, which is no service's
    name.
    """
    assert found(NAME, policy({"Service": value})) == []


def test_other_mistakes_are_told_as_what_they_are() -> None:
    """A near miss, a name of no form and a provider are each another pitfall's alone."""
    for value, name in (
        ("lamda.amazonaws.com", "misspelt_service"),
        ("quantum teapots", "misspelt_service"),
        ("cognito-identity.amazonaws.com", "principal_under_wrong_kind"),
    ):
        assert found(NAME, policy({"Service": value})) == []
        assert len(found(name, policy({"Service": value}))) == 1


def test_under_aws_it_is_under_the_wrong_kind() -> None:
    """An unknown service under AWS is told as that."""
    only("principal_under_wrong_kind", policy({"AWS": TEAPOTS}))
    assert found(NAME, policy({"AWS": TEAPOTS})) == []
