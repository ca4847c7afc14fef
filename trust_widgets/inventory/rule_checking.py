"""Rules proved for every role that they are for.

They are decided by `compare` and by what the scan found: a rule is kept, broken with a call that
shows it, or not decided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from trust_widgets.access import compare
from trust_widgets.aws.actions import (
    ASSUME_ROLE,
    SESSION_ACTIONS,
    WITH_SAML,
    WITH_WEB_IDENTITY,
)
from trust_widgets.aws.arns import with_root
from trust_widgets.aws.principal_forms import kind_for
from trust_widgets.explain import evaluate, number_of
from trust_widgets.inventory.analysis import ANALYSED, NO, YES
from trust_widgets.inventory.chains import OUTSIDE, Hop, allowing_statement
from trust_widgets.inventory.intent import BROKEN, UNDECIDED, Expectation, Violation
from trust_widgets.inventory.normal_form import ACCOUNT, NormalForm, Restoring
from trust_widgets.inventory.rules import OWN, OWN_ID, Rule
from trust_widgets.policy import Home, Principal, Statement, TrustPolicy, parse

if TYPE_CHECKING:
    from trust_widgets.inventory.inventory import Inventory
    from trust_widgets.inventory.inventory_role import InventoryRole


def expected(inventory: Inventory, rule: Rule) -> Expectation:
    """Whether a rule is kept by each role that it is for."""
    roles = [role for role in inventory if rule.is_for(role)]
    checking = _Checking(inventory, rule)
    found = [violation for role in roles for violation in checking.of(role)]
    found += _reached(inventory, rule, roles)
    if not roles and not rule.may_match_none:
        found.append(
            Violation(
                rule.title,
                "",
                "",
                "",
                BROKEN,
                "No role matches this rule. Correct the rule, or write may_match_none = true.",
            )
        )
    return Expectation(rule, len(roles), tuple(found))


class _Checking:
    """One rule on many roles; each form of a policy is compared once."""

    def __init__(self, inventory: Inventory, rule: Rule) -> None:
        self._home = inventory.home
        self._store = inventory.store
        self._rule = rule
        self._known: dict[tuple[NormalForm, int], tuple[_Gain, ...]] = {}
        self._widest = tuple(_widest(rule))

    def of(self, role: InventoryRole) -> Iterator[Violation]:
        """What a role breaks."""
        if self._rule.external:
            yield from self._external(role)
        for number in range(len(self._widest)):
            yield from self._wider(role, number)

    def _violation(
        self, role: InventoryRole, status: str, text: str, caller: str = "", statement: int = 0
    ) -> Violation:
        where = f", statement {statement}" if statement else ""
        who = f" For example {caller}." if caller else ""
        message = f"{role.arn or role.name or 'a policy'}{where}: {text}{who}"
        title, account = self._rule.title, role.account
        return Violation(title, role.name, role.arn, account, status, message, caller, statement)

    def _external(self, role: InventoryRole) -> Iterator[Violation]:
        analysis = role.analysis
        if analysis.status != ANALYSED and analysis.external != NO:
            status = BROKEN if analysis.external == YES else UNDECIDED
            yield self._violation(role, status, f"the trust policy is {analysis.status}.")
        for caller, access in zip(analysis.callers, analysis.access, strict=True):
            if access == NO:
                continue
            witness = caller.witness
            who = "" if witness is None else witness.principal
            if len(caller.path) > 1:
                number = int(caller.path[1]) + 1
            else:
                number = 0
            status = BROKEN if access == YES else UNDECIDED
            hint = "" if access == YES else " It is not known whether this account is yours."
            yield self._violation(role, status, f"{caller.brief}{hint}", who, number)

    def _wider(self, role: InventoryRole, number: int) -> Iterator[Violation]:
        """Whether a role allows more than one of the widest policies."""
        form, make = self._store.forms[role.stored.form], self._widest[number]
        if not role.text:
            yield self._violation(role, UNDECIDED, "the trust policy is not completely known.")
            return
        account = ACCOUNT if form.account_is_shared else role.account
        widest = make(account)
        if not form.account_is_shared or role.account in str(make("")):
            # the rule names the role's own account: no stand-in has its place
            if role.arn:
                own = replace(self._home, role=role.arn)
            else:
                own = form.home(self._home)
            found = tuple(_gained(role.text, own, make(role.account)))
        else:
            known = self._known.get((form, number))
            if known is None:
                known = tuple(_gained(form.text, form.home(self._home), widest))
                self._known[form, number] = known
            found = known
        restoring = Restoring(form, role.stored.own)
        for status, text, caller, statement in found:
            shown = restoring.text(text), restoring.text(caller)
            yield self._violation(role, status, *shown, statement)


_Gain = tuple[str, str, str, int]


def _gained(text: str, home: Home, widest: TrustPolicy) -> Iterator[_Gain]:
    """Whether a policy allows anyone whom another does not: the status, why, who, and by which
    statement.
    """
    try:
        trust = parse(text)
    except ValueError as error:
        yield UNDECIDED, f"the trust policy cannot be read: {error}", "", 0
        return
    answer = compare(widest, trust, home).gained
    if answer.found is None:
        yield UNDECIDED, answer.because, "", 0
    elif answer.found and answer.witness is not None:
        decision = evaluate(trust, answer.witness)
        statement = allowing_statement(decision.tree) + 1
        reason = f"the role allows a caller that the rule does not allow. {decision.because}"
        yield BROKEN, reason, answer.witness.principal, statement


def _widest(rule: Rule) -> Iterator[Callable[[str], TrustPolicy]]:
    """Make the widest policies that a rule allows a role of an account."""
    if rule.only is not None:
        names = rule.only
        yield lambda account: _policy_for(names, account)
    if rule.never_wider_than:
        text = str(parse(rule.never_wider_than))
        yield lambda account: parse(text.replace(OWN_ID, account))


def _policy_for(names: Iterable[str], account: str) -> TrustPolicy:
    """The policy that allows these callers, whatever they bring."""
    whole = (OWN_ID if name == OWN else name for name in names)
    return TrustPolicy(tuple(_statement_for(name.replace(OWN_ID, account)) for name in whole))


def _statement_for(name: str) -> Statement:
    kind = kind_for(name)
    if kind == "Federated":
        action = WITH_SAML if ":saml-provider/" in name else WITH_WEB_IDENTITY
        federated = Principal(federated=(name,))
        return Statement("Allow", federated, (action, *SESSION_ACTIONS[:2]))
    aws, service = Principal(aws=(with_root(name),)), Principal(service=(name,))
    principal = service if kind == "Service" else aws
    return Statement("Allow", principal, (ASSUME_ROLE, *SESSION_ACTIONS))


def _reached(inventory: Inventory, rule: Rule, roles: list[InventoryRole]) -> Iterator[Violation]:
    """The roles that a chain leads to."""
    if not rule.unreachable_from or not roles:
        return
    targets = {role.arn: role for role in roles if role.arn}
    start = rule.unreachable_from or OUTSIDE
    for path in inventory.paths(to=tuple(targets), start=start):
        role = targets[path.target]
        status = BROKEN if path.certain else UNDECIDED
        last = path.hops[-1]
        message = f"{role.arn}{_place(last)}: {path.start} reaches it by {path}. {last.sentence}"
        title = rule.title
        yield replace(
            Violation(title, role.name, role.arn, role.account, status, message),
            caller=path.start,
            statement=last.statement + 1,
        )


def _place(hop: Hop) -> str:
    """The statement that allows a hop; a trust policy that is rewritten has none."""
    if hop.statement < 0:
        return ""
    return f", {number_of(('Statement', hop.statement)).lower()}"
