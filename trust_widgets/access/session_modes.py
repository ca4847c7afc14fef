"""Session modes: what a request carries that needs another action."""

from __future__ import annotations

from typing import NamedTuple

from trust_widgets.access.caller import PrincipalClass
from trust_widgets.aws.actions import SET_SOURCE_IDENTITY, TAG_SESSION


class SessionMode(NamedTuple):
    """What a request carries that needs another action: session tags, a source identity."""

    tags: bool = False
    identity: bool = False


def carries(caller: PrincipalClass, mode: SessionMode) -> bool:
    """True if a request in a mode carries what each request of a principal class carries."""
    needed = caller.carried.actions
    if TAG_SESSION in needed and not mode.tags:
        return False
    return mode.identity or SET_SOURCE_IDENTITY not in needed


SESSION_MODES = (
    SessionMode(),
    SessionMode(tags=True),
    SessionMode(identity=True),
    SessionMode(True, True),
)
