"""Operators for IP addresses and ranges of them."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_network

from trust_widgets.evaluation.operators import Operator, reads_text
from trust_widgets.text.globs import Test


def network_from_text(text: str) -> IPv4Network | IPv6Network | None:
    """A range in CIDR form, or one address as its own range; `None` for a text that is
    neither.

    Example:
        >>> network_from_text("203.0.113.0/24").num_addresses, network_from_text("somewhere")
        (256, None)
    """
    try:
        return ip_network(text, strict=False)
    except ValueError:
        return None


def _within(text: str) -> Test | None:
    wanted = network_from_text(text)
    if wanted is None:
        return None

    def test(given: str) -> bool:
        network = network_from_text(given)
        if network is None or network.version != wanted.version:
            return False
        return network.subnet_of(wanted)  # type: ignore[arg-type]

    return test


_READ = reads_text(_within)

OPERATORS = (Operator("IpAddress", _READ), Operator("NotIpAddress", _READ))
