"""What the policies besides the trust policy decided, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Literal

from trust_widgets.evaluation import CALLER_PERMISSION, Outcome, Request
from trust_widgets.explain.change import Change
from trust_widgets.explain.places import number_of
from trust_widgets.explain.principals import caller_of
from trust_widgets.permissions import BOTH, BothHalves, LayerAnswer, LayerKind
from trust_widgets.text.english import capital, listed

_OWNER = {
    LayerKind.RCP: "an RCP of the role's account",
    LayerKind.SCP: "an {} that binds the caller's account",
    LayerKind.ENDPOINT: "the policy of the VPC endpoint",
    LayerKind.IDENTITY: "a permissions policy of the caller",
    LayerKind.BOUNDARY: "the caller's permissions boundary",
    LayerKind.SESSION: "the caller's session policy",
}
_NONE = {
    LayerKind.RCP: "no RCP allows",
    LayerKind.SCP: "no {} allows",
    LayerKind.ENDPOINT: "the policy of the VPC endpoint does not allow",
    LayerKind.IDENTITY: "no permissions policy of the caller allows",
    LayerKind.BOUNDARY: "the caller's permissions boundary does not allow",
    LayerKind.SESSION: "the caller's session policy does not allow",
}


def sentence_of_half(half: BothHalves, request: Request) -> str:
    """Why a call came to its outcome, where another policy than the trust policy decided; `""`
    where that one did.
    """
    if half.outcome is Outcome.DEPENDS:
        return _depends(half, request)
    if half.deciding is not None:
        return _refused(half.deciding, half.outcome, request)
    if half.outcome is Outcome.ALLOWED and half.decided_by == BOTH:
        return (
            f"The trust policy allows {caller_of(request.identity)}, and the caller's own policies"
            " allow the call."
        )
    return ""


def _refused(answer: LayerAnswer, outcome: Outcome, request: Request) -> str:
    thing = f"{answer.action} on {request.role}"
    if outcome is Outcome.DENIED:
        place = f", {number_of(answer.path).lower()}," if answer.path else ""
        owner = _OWNER[answer.kind].format(answer.layer)
        return f"{capital(owner)}{place} denies {thing}. A Deny wins over any Allow."
    nothing = _NONE[answer.kind].format(answer.layer)
    return f"The trust policy allows this caller, but {nothing} {thing}."


def _depends(half: BothHalves, request: Request) -> str:
    needs = [
        "whether the caller's own policies allow it" if name == CALLER_PERMISSION else name
        for name in half.needs
    ]
    if not needs:
        return ""
    return f"It depends on {listed(needs)}."


def changes_of_half(answer: LayerAnswer, request: Request) -> Iterator[Change]:
    """What would have to change in the policy that decided."""
    where: Literal["caller", "elsewhere"] = "caller"
    if answer.kind in _ELSEWHERE:
        where = "elsewhere"
    owner = _OWNER[answer.kind].format(answer.layer)
    if answer.denies:
        yield Change(where, f"Narrow the Deny in {owner}, so that it does not apply to this call.")
        return
    statement = {"Effect": "Allow", "Action": answer.action, "Resource": str(request.role)}
    yield Change(where, f"Add {json.dumps(statement)} to {owner}.")


_ELSEWHERE = (LayerKind.RCP, LayerKind.SCP, LayerKind.ENDPOINT)
