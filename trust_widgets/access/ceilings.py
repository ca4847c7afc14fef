"""The ceilings that apply to a search: RCPs and SCPs of the role's account."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from trust_widgets.access.results import Answer
from trust_widgets.aws.principal_forms import account_of
from trust_widgets.evaluation import Outcome, Request
from trust_widgets.permissions import (
    GivenPolicies,
    LayerKind,
    Layers,
    UnderCeilings,
    decide_both,
    layers_from_given,
    under_ceilings,
)
from trust_widgets.policy import Home, TrustPolicy, account_of_role

NOT_CONFIRMED = (
    "Not decided: the answer depends on a statement of the given RCPs or SCPs that cannot be"
    " analyzed."
)


@dataclass(frozen=True, slots=True)
class Ceilings:
    """RCPs and SCPs of the role's account, as a question takes them.

    Args:
        layers: the policies; none where no ceiling was given.
    """

    layers: Layers

    @property
    def words(self) -> str:
        """`"under the RCPs given"`, or `""`."""
        kinds = [kind for kind in (LayerKind.RCP, LayerKind.SCP) if self.layers.has(kind)]
        if kinds:
            return f"under the {' and '.join(f'{kind}s' for kind in kinds)} given"
        return ""

    def over(self, policy: TrustPolicy, role: str, home: Home) -> UnderCeilings:
        """A trust policy under these ceilings."""
        if not self.layers.layers:
            return UnderCeilings(policy)
        is_known = bool(account_of_role(home))
        return under_ceilings(policy, self.layers, role, is_role_known=is_known)

    def allow(self, policy: TrustPolicy, request: Request, role: str) -> bool:
        """Whether a call is allowed by a trust policy and by these ceilings, decided in full."""
        layers = self.layers
        if request.identity.account != account_of(role):  # other accounts have SCPs of their own
            kept = tuple(each for each in layers.layers if each.kind is not LayerKind.SCP)
            layers = replace(layers, layers=kept)
        if not layers.layers:
            return True
        return decide_both(policy, request, layers).outcome is Outcome.ALLOWED

    def explained(self, answer: Answer) -> Answer:
        """An answer "no" with the ceilings that it rests on."""
        if not self.words or answer.found is not False:
            return answer
        return replace(answer, because=f"{answer.because} This applies {self.words}.".strip())


def ceilings_from_given(
    rcps: GivenPolicies | None,
    scps: Iterable[GivenPolicies] | None,
    management_account: str,
) -> Ceilings:
    """The ceilings as a person gave them.

    Raises:
        DocumentError: for a text that cannot be read.
        TypeError: for what is no policy.
        ValueError: for a policy without a meaning to decide by.
    """
    return Ceilings(layers_from_given(rcps=rcps, scps=scps, management_account=management_account))
