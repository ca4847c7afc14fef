"""Steps of the analysis that are made to raise, in this process and in another one."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from trust_widgets.pitfalls import PITFALLS, Hit, Pitfall, judging
from trust_widgets.policy import Home, TrustPolicy

SECRET = "octo-secret"
"""What the exceptions say: it may stand in no message."""

PROGRAM = """
import dataclasses, sys
from trust_widgets import cli
from trust_widgets.pitfalls import PITFALLS

def find(policy, home):
    if any(statement.sid == "Bad" for statement in policy.statements):
        raise IndexError("octo-secret")
    return iter(())

members = dict(PITFALLS.items())
PITFALLS._members["nobody"] = dataclasses.replace(members["nobody"], find=find, needs=frozenset())
sys.exit(cli.main(sys.argv[1:]))
"""
"""The command line; its pitfall `nobody` raises for each statement with the Sid `Bad`."""


def boom(*_: object, **__: object) -> Iterator[Hit]:
    """Raise."""
    raise IndexError(SECRET)


def family(monkeypatch: pytest.MonkeyPatch, **changed: Pitfall) -> None:
    """Replace some pitfalls.

    What is open in a policy is then found anew each time, and not remembered.
    """
    members: Mapping[str, Pitfall] = {**PITFALLS, **changed}
    monkeypatch.setattr("trust_widgets.pitfalls.judging.PITFALLS", members)
    monkeypatch.setattr("trust_widgets.pitfalls.judging._open_in", judging._open_in.__wrapped__)


def break_pitfall(monkeypatch: pytest.MonkeyPatch, name: str, sid: str | None = None) -> None:
    """Let a pitfall raise; with `sid` only for a policy that has a statement with this Sid."""

    def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
        if sid is None or any(statement.sid == sid for statement in policy.statements):
            raise IndexError(SECRET)
        yield from PITFALLS[name].find(policy, home)

    family(monkeypatch, **{name: replace(PITFALLS[name], find=find, needs=frozenset())})


def command(*arguments: str) -> list[str]:
    """The command line as another process, with a pitfall that raises."""
    return [sys.executable, "-c", PROGRAM, *arguments]
