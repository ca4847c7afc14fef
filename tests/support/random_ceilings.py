"""Random RCPs and SCPs over the account of a role, and the same as an SMT solver takes them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

import z3

import trust_widgets as tw
from support import z3_oracle
from support.changed_policies import Maker

ACCOUNT = "111122223333"
HOME = tw.Home(accounts=(ACCOUNT,))
FULL = {"Effect": "Allow", "Action": "*", "Resource": "*"}
_ACTIONS = ("sts:AssumeRole", "sts:*", "sts:AssumeRoleWithWebIdentity", "*", "sts:Assume*")


@dataclass(frozen=True)
class RandomCeilings:
    """RCPs, and SCPs by level, as `compare` takes them."""

    rcps: tuple[dict[str, Any], ...]
    scps: tuple[dict[str, Any], ...]


def random_ceilings(seed: int) -> RandomCeilings:
    """One or two RCPs, mostly; every other time SCPs of two levels as well."""
    chance = random.Random(f"ceilings {seed}")
    rcps = tuple(_rcp(seed, n, chance) for n in range(chance.choice((0, 1, 1, 2))))
    if rcps and chance.random() < 0.5:
        return RandomCeilings(rcps, ())
    return RandomCeilings(rcps, (_policy(FULL), _scp(seed, chance)))


def _rcp(seed: int, number: int, chance: random.Random) -> dict[str, Any]:
    return _policy({**_deny(seed + 7919 * (number + 1), chance), "Principal": "*"})


def _scp(seed: int, chance: random.Random) -> dict[str, Any]:
    """The SCP of the account: all but what is denied, or some actions alone."""
    if chance.random() < 0.3:
        return _policy({**FULL, "Action": ["sts:AssumeRole", "s3:*"]})
    return _policy(FULL, _deny(seed + 104_729, chance))


def _deny(seed: int, chance: random.Random) -> dict[str, Any]:
    """A Deny with the conditions of a statement of some policy."""
    statement = chance.choice(Maker(seed).policy().statements)
    conditions = tw.TrustPolicy((statement,)).to_dict()["Statement"]
    block = (conditions[0] if isinstance(conditions, list) else conditions).get("Condition")
    denied = {"Effect": "Deny", "Action": chance.choice(_ACTIONS), "Resource": "*"}
    return {**denied, "Condition": block} if block else denied


def _policy(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


# -- the same for the solver


def lets_in_more_under(
    more: tw.TrustPolicy, less: tw.TrustPolicy, ceilings: RandomCeilings
) -> bool | None:
    """Whether `more` lets in a call that `less` does not, under ceilings; `None`: not in time.

    An RCP binds all calls to the role, an SCP of its account the callers of that account.
    https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
    """
    unknown = False
    beside = [tw.parse(each) for each in (*ceilings.rcps, *ceilings.scps)]
    for call in z3_oracle._calls(more, less, *beside):
        solver = z3.Solver()
        solver.set(**z3_oracle.LIMITS)
        solver.add(call.lets_in(more), z3.Not(call.lets_in(less)))
        solver.add(_under(call, ceilings), *call.facts)
        found = solver.check()
        if found == z3.sat:
            return True
        unknown = unknown or found == z3.unknown
    return None if unknown else False


def _under(call: Any, ceilings: RandomCeilings) -> Any:
    """That the ceilings allow a call."""
    mains = {"oidc": "sts:AssumeRoleWithWebIdentity", "saml": "sts:AssumeRoleWithSAML"}
    main = mains.get(call.kind, "sts:AssumeRole")
    actions = [main, "sts:TagSession"] if call.tags else [main]
    parts = [
        z3.Not(_some(call, each, "Deny", action)) for each in ceilings.rcps for action in actions
    ]
    if call.kind in ("session", "user"):
        own = call.account == ACCOUNT
        for each in ceilings.scps:
            for action in actions:
                allowed = _some(call, each, "Allow", action)
                denied = _some(call, each, "Deny", action)
                parts.append(z3.Implies(own, z3.And(allowed, z3.Not(denied))))
    return z3.And(parts)


def _some(call: Any, policy: dict[str, Any], effect: str, action: str) -> Any:
    """That a statement of an effect applies to an action; the principal is everybody."""
    everybody = tw.Principal(star=True)
    statements = [each for each in tw.parse(policy).statements if each.effect == effect]
    return z3.Or(
        [
            call._applies(
                tw.Statement(each.effect, everybody, each.action, conditions=each.conditions),
                action,
            )
            for each in statements
        ]
    )
