"""Whether an address is in one of many networks, without trying each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from trust_widgets.evaluation import network_from_text
from trust_widgets.text.globs import Test


def within_any(texts: Iterable[str]) -> Test:
    """Return a test whether an address is in one of some networks, as `IpAddress` has it.

    Example:
        >>> test = within_any(["203.0.113.0/24", "2001:db8::/32"])
        >>> test("203.0.113.7"), test("203.0.114.7"), test("2001:db8::7"), test("here")
        (True, False, True, False)
    """
    found: dict[tuple[int, int], set[int]] = defaultdict(set)
    for text in texts:
        network = network_from_text(text)
        if network is not None:
            shift = network.max_prefixlen - network.prefixlen
            found[network.version, shift].add(int(network.network_address) >> shift)

    def test(given: str) -> bool:
        network = network_from_text(given)
        if network is None:
            return False
        number, longest = int(network.network_address), network.max_prefixlen - network.prefixlen
        return any(
            version == network.version and shift >= longest and number >> shift in numbers
            for (version, shift), numbers in found.items()
        )

    return test
