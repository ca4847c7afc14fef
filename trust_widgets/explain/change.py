"""One thing that would have to change for a call to be allowed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from trust_widgets.names import helps_with_names
from trust_widgets.policy import Fix
from trust_widgets.text.terminal import one_line


@helps_with_names(message="text", side="where")
@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would change the decision, not a recommendation.

    Args:
        where: on which side; `"elsewhere"`: in a policy that is neither the role's nor the
            caller's. text: what to do.
        fix: the change to the policy's text, where a machine can make it.
        about: what is to be said of the call first, as in `Decision.needs`; `""` where all is
            known.
    """

    where: Literal["policy", "caller", "elsewhere"]
    text: str
    fix: Fix | None = None
    about: str = ""

    def __str__(self) -> str:
        place = {"policy": "In the policy", "caller": "In the request"}.get(self.where, "Elsewhere")
        return f"{place}: {self.text}"


class Changes(tuple[Change, ...]):
    """What would have to change: a tuple of changes that shows itself, a line each.

    It equals any tuple of the same changes; what is sliced or added is a plain tuple.

    Example:
        >>> Changes([Change("caller", 'Pass the external ID "b2f6c3de".')])
        In the request: Pass the external ID "b2f6c3de".
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return "\n".join(one_line(str(change)) for change in self) or "No change is needed."
