"""A thing of IAM that cannot call.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

import pytest

from support.asking import found, grant, only, places, policy, several
from trust_widgets.findings import Severity, Verdict

NAME = "group_principal"
ARN = "arn:aws:iam::111122223333"


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (f"{ARN}:group/admins", "a group"),
        (f"{ARN}:group/team/admins", "a group"),
        (f"{ARN}:instance-profile/web", "an instance profile"),
        (f"{ARN}:policy/readers", "a policy"),
        ("arn:aws:iam::aws:policy/ReadOnlyAccess", "a policy"),
        ("arn:aws-cn:iam::111122223333:mfa/phone", "an MFA device"),
    ],
)
def test_it_is_refused_and_called_what_it_is(value: str, what: str) -> None:
    """Groups, instance profiles, policies and MFA devices; whom the author meant, no machine
    knows.
    """
    finding = only(NAME, policy({"AWS": value}))
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert finding.path == ("Statement", 0, "Principal", "AWS", 0)
    assert f'"{value}" is {what}, ' in finding.message
    assert finding.fix is None


def test_each_value_has_its_place_also_in_a_deny() -> None:
    """Among good principals the group is told, and a Deny cannot name one either."""
    text = several(
        grant({"AWS": [f"{ARN}:user/a", f"{ARN}:group/admins"], "Service": "ec2.amazonaws.com"}),
        grant({"AWS": f"{ARN}:group/admins"}, Effect="Deny"),
    )
    assert places(NAME, text) == [
        ("Statement", 0, "Principal", "AWS", 1),
        ("Statement", 1, "Principal", "AWS", 0),
    ]


@pytest.mark.parametrize(
    "value",
    [
        f"{ARN}:user/group/admin",
        f"{ARN}:role/policy/web",
        f"{ARN}:role/instance-profile",
        f"{ARN}:root",
    ],
)
def test_paths_and_names_that_say_group(value: str) -> None:
    """A user or a role may lie under a path, or have a name, that reads so."""
    assert found(NAME, policy({"AWS": value})) == []


def test_a_wildcard_is_its_own_mistake() -> None:
    """A pattern of groups is told once, as a wildcard."""
    only("wildcard_in_principal", policy({"AWS": f"{ARN}:group/*"}))
