"""The first hops of chains from outside: external callers, and accounts that are named and not
known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from trust_widgets.access import CallerClass
from trust_widgets.inventory.analysis import NAMED, NO, NOT_DECIDED, YES, RoleAnalysis
from trust_widgets.inventory.chains.hops import Hop, HopKind

OUTSIDE = "outside"
_KINDS = {
    "aws": HopKind.ASSUME,
    "service": HopKind.SERVICE,
    "oidc": HopKind.WEB_IDENTITY,
    "saml": HopKind.SAML,
}


class AnalysedRole(Protocol):
    """A role with its callers."""

    @property
    def arn(self) -> str: ...

    @property
    def analysis(self) -> RoleAnalysis: ...


def entries_of(
    roles: Iterable[AnalysedRole], own_accounts: Collection[str]
) -> dict[str, tuple[Hop, ...]]:
    """The hops from outside, by their source: `"outside"` or `"account 666677778888"`.

    Args:
        roles: all of them. own_accounts: accounts that are not outside.
    """
    found: dict[str, list[Hop]] = defaultdict(list)
    for role in roles:
        analysis = role.analysis
        for caller, external in zip(analysis.callers, analysis.access, strict=True):
            for hop in _hops(role.arn, caller, external, own_accounts):
                found[hop.source].append(hop)
    return {source: tuple(hops) for source, hops in found.items()}


def _hops(
    arn: str, caller: CallerClass, external: str, own_accounts: Collection[str]
) -> Iterator[Hop]:
    witness = caller.witness
    if external == NO or witness is None or not arn:
        return
    kind = _KINDS[witness.identity.kind]
    if len(caller.path) > 1:
        index = int(caller.path[1])
    else:
        index = -1
    if external == YES:
        is_certain = kind is not HopKind.SERVICE
        needs = () if is_certain else ("the service uses the role for other customers",)
        yield Hop(OUTSIDE, arn, kind, is_certain, witness, needs, statement=index)
    elif external == NAMED and caller.owners:
        owners = tuple(f"GitHub owner {owner} is not yours" for owner in caller.owners)
        yield Hop(OUTSIDE, arn, kind, False, witness, owners, statement=index)
    elif external == NAMED and witness.identity.account not in own_accounts:
        account = witness.identity.account
        needs = (f"account {account} is not yours",)
        yield Hop(f"account {account}", arn, kind, False, witness, needs, statement=index)
    elif external == NOT_DECIDED:
        needs = ("these callers are not yours",)
        yield Hop(OUTSIDE, arn, kind, False, witness, needs, statement=index)
