"""Whether a statement allows anybody who is not the reader's own.

`is_public` takes every organization and account that a policy names for someone's, and not for an
external caller's. Here only those count that the reader says are own: without a caller outside of
them, a statement gives no external access, whatever its principal is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from trust_widgets.access.atoms import clause_of
from trust_widgets.access.caller import PrincipalClass
from trust_widgets.access.environment import RequestEnvironment
from trust_widgets.access.formula import Formula, all_of, negate
from trust_widgets.access.reachability import through
from trust_widgets.aws.principal_forms import account_of
from trust_widgets.evaluation import CompiledPolicy, CompiledStatement
from trust_widgets.policy import Home
from trust_widgets.text.budget import Budget

_ACCOUNT = "aws:principalaccount"
_ID, _PATHS = "aws:principalorgid", "aws:principalorgpaths"
_ID_OF_THE_ROLE = "${aws:ResourceOrgID}"


def lets_in_own_callers_only(
    ready: CompiledPolicy,
    rule: CompiledStatement,
    callers: Iterable[PrincipalClass],
    home: Home,
    role: str,
    budget: Budget,
) -> bool:
    """Whether it is proved that each caller of a statement is of an own account or organization, or
    an AWS service.

    Args:
        ready, rule: the policy and its statement. callers: the classes that it names.
        home: what is the reader's own. role: the ARN of the role. budget: how much to search.
    """
    if not (home.accounts or home.organization or home.role):
        return False
    own = {*home.accounts, *home.vendors, account_of(role)}
    outside = list(_outside(callers, own))
    also = partial(_of_no_own_organization, home=home)
    return through(ready, rule, outside, role, budget, also).found is False


def _outside(callers: Iterable[PrincipalClass], own: set[str]) -> Iterator[PrincipalClass]:
    """The classes without the callers of own accounts, and without services."""
    for caller in callers:
        account = caller.fixed.get(_ACCOUNT)
        if caller.kind == "aws" and caller.arn is not None and account is None:
            yield replace(caller, but=caller.but.with_accounts(own))
        elif caller.kind != "service" and account not in own:
            yield caller


def _of_no_own_organization(environment: RequestEnvironment, home: Home) -> Formula:
    """That a request comes from no own organization, as far as conditions require organizations."""
    groups = {atom.group for atom in environment.atoms}
    own: list[tuple[str, str, str]] = []
    if _ID in groups:
        own += [("StringEquals", _ID, text) for text in (home.organization, _ID_OF_THE_ROLE)]
    if _PATHS in groups:
        own.append(("ForAnyValue:StringLike", _PATHS, f"{home.organization}/*"))
    named = [clause_of(*each) for each in own if each[2].strip("/*")]
    return all_of([negate(environment.read(clause)) for clause in named])
