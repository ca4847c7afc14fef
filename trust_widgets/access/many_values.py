"""Whether a text fits one of many values, without trying each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from trust_widgets.evaluation import network_from_text
from trust_widgets.text.globs import Test

T = TypeVar("T")
FEW = 8
"""So many values are tried one by one."""


class ByHead(Generic[T]):
    """Things by what each text begins with that concerns them.

    Args:
        things: each with its head.

    Example:
        >>> list(ByHead([("ab", 1), ("a", 2), ("b", 3)]).for_text("abc"))
        [2, 1]
    """

    def __init__(self, things: Iterable[tuple[str, T]]) -> None:
        found: dict[str, list[T]] = defaultdict(list)
        for head, thing in things:
            found[head].append(thing)
        self._found = dict(found)
        self._lengths = sorted({len(head) for head in found})

    def for_text(self, text: str) -> Iterator[T]:
        """The things whose head a text begins with, those with the shortest head first."""
        for length in self._lengths:
            if length > len(text):
                return
            yield from self._found.get(text[:length], ())


class TestsByHead(ByHead[Test]):
    """Tests by what each text begins with that they admit."""

    def is_met(self, text: str) -> bool:
        """Whether a text meets one of them."""
        return any(test(text) for test in self.for_text(text))


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
