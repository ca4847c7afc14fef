"""Ranges in `aws:SourceIp`, which "can be used only for public IP address ranges".

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import HOME, found, only, policy
from trust_widgets.findings import Verdict

NAME = "address_of_no_caller"
OWN = {"AWS": "111122223333"}


@pytest.mark.parametrize(
    "address",
    ["10.0.0.0/8", "10.1.2.3", "172.31.0.0/16", "192.168.0.0/24", "fd00::/8", "100.64.0.0/10"],
)
def test_private_ranges(address: str) -> None:
    """None of them is seen from the internet; the key for them is named."""
    finding = only(NAME, policy(OWN, condition={"IpAddress": {"aws:SourceIp": address}}), HOME)
    assert finding.verdict is Verdict.DEAD and "aws:VpcSourceIp" in finding.message
    assert finding.path == ("Statement", 0, "Condition", "IpAddress", "aws:SourceIp", 0)


@pytest.mark.parametrize("address", ["127.0.0.1/32", "169.254.169.254", "239.0.0.0/8", "fe80::1"])
def test_nobodys_ranges(address: str) -> None:
    """Loopback, link-local and multicast addresses are no caller's."""
    assert (
        "no one"
        in only(NAME, policy(OWN, condition={"IpAddress": {"aws:SourceIp": address}}), HOME).message
    )


def test_one_of_several_ranges() -> None:
    """The public one beside it goes on working."""
    text = policy(OWN, condition={"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "10.0.0.0/8"]}})
    finding = only(NAME, text, HOME)
    assert finding.path[-1] == 1 and finding.message.endswith(
        "The other values of the list still work."
    )


@pytest.mark.parametrize(
    "condition",
    [
        {"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "198.51.100.7", "2001:db8::/32"]}},
        {"IpAddress": {"aws:SourceIp": ["0.0.0.0/0", "8.0.0.0/5"]}},
        {"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"}},
        {"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}},
        {"IpAddressIfExists": {"aws:SourceIp": "10.0.0.0/8"}},
    ],
)
def test_near_cases_are_silent(condition: Any) -> None:
    """Public ranges, ranges that hold public ones, the key of endpoints, and conditions that others
    meet.
    """
    assert found(NAME, policy(OWN, condition=condition), HOME) == []
