"""One thing that would have to change for a call to be allowed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from trust_widgets.policy import Fix


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
