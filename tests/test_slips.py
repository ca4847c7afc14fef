"""Slips in Python cells: each works as meant, or ends in one message that says what to write."""

from __future__ import annotations

from support.slips_judge import TOLD, WORKS, judged, kernel, slips


def test_each_slip_works_or_is_told() -> None:
    with kernel() as client:
        results = {slip["id"]: judged(client, slip) for slip in slips()}
    assert {
        name: result for name, result in results.items() if result[0] not in (WORKS, TOLD)
    } == {}
