"""External IDs and AWS services.

https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import found, loud, policy
from trust_widgets.findings import Verdict

NAME = "external_id_of_a_service"
ID = {"StringEquals": {"sts:ExternalId": "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"}}


def test_few_services_send_one() -> None:
    """Which do is not listed anywhere: advice."""
    text = policy({"Service": "glue.amazonaws.com"}, condition=ID)
    (finding,) = found(NAME, text)
    assert (
        finding.verdict is Verdict.ADVICE
        and finding.assumptions
        and finding.path[-1] == "sts:ExternalId"
    )
    assert [f for f in loud(text) if f.verdict is Verdict.DEAD] == []


@pytest.mark.parametrize(
    ("principal", "condition"),
    [
        ({"Service": "cognito-idp.amazonaws.com"}, ID),
        ({"Service": "ec2.amazonaws.com"}, ID),
        ({"AWS": "arn:aws:iam::999988887777:root"}, ID),
        ({"Service": "glue.amazonaws.com"}, {"StringEqualsIfExists": ID["StringEquals"]}),
    ],
)
def test_near_cases_are_silent(principal: Any, condition: Any) -> None:
    """The one that does, one that surely does not, which is another rule's, vendors, and what a
    missing key meets.
    """
    assert found(NAME, policy(principal, condition=condition)) == []


@pytest.mark.parametrize(
    ("service", "external_id"),
    [
        # https://docs.aws.amazon.com/vm-import/latest/userguide/required-permissions.html
        ("vmie", "vmimport"),
        # https://docs.aws.amazon.com/redshift/latest/mgmt/authorizing-redshift-service-database-users.html
        ("redshift", "arn:aws:redshift:us-west-2:111122223333:dbuser:my-cluster/user1"),
        # https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
        ("firehose", "111122223333"),
        # https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/iam-servicerole.html
        ("elasticbeanstalk", "elasticbeanstalk"),
        ("importexport", "b2f6c3de"),
    ],
)
def test_the_services_own_guide_publishes_one(service: str, external_id: str) -> None:
    """In any case of the key; nothing is said of it, neither by this rule nor by another."""
    condition = {"StringEquals": {"sts:Externalid": external_id}}
    text = policy({"Service": f"{service}.amazonaws.com"}, condition=condition)
    assert found(NAME, text) == []
    assert not any("external ID" in finding.message.lower() for finding in loud(text))
