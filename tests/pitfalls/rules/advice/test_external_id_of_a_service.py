"""External ids and AWS services.

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


def test_vm_import_is_asked_for_an_external_id_by_its_own_guide() -> None:
    """https://docs.aws.amazon.com/vm-import/latest/userguide/required-permissions.html"""
    text = policy(
        {"Service": "vmie.amazonaws.com"},
        condition={"StringEquals": {"sts:Externalid": "vmimport"}},
    )
    assert found("external_id_of_a_service", text) == []
