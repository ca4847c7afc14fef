"""Rules that all roles of an inventory, or some of them, have to keep, each proved for every role.

They are decided by `compare` and by what the scan found: a rule is kept, broken with a call that
shows it, or not decided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from trust_widgets.access import compare
from trust_widgets.aws.actions import ASSUME_ACTIONS, SESSION_ACTIONS
from trust_widgets.aws.arns import is_account_id, with_root
from trust_widgets.explain import evaluate, number_of
from trust_widgets.inventory.analysis import ANALYSED, NO, YES
from trust_widgets.inventory.chains import OUTSIDE, allowing_statement
from trust_widgets.inventory.normal_form import ACCOUNT, NormalForm, Restoring
from trust_widgets.inventory.tables import Table
from trust_widgets.policy import Home, Principal, Statement, TrustPolicy, parse
from trust_widgets.text.english import count_of
from trust_widgets.text.html import STILL, tag

if TYPE_CHECKING:
    from trust_widgets.inventory.inventory import Inventory, InventoryRole

OWN = "own account"
BROKEN, UNDECIDED = "broken", "not decided"
COLUMNS: dict[str, type] = {
    "rule": str,
    "role": str,
    "arn": str,
    "account": str,
    "status": str,
    "statement": int,
    "caller": str,
    "message": str,
}
_SHOWN = 20


@dataclass(frozen=True)
class Rule:
    """A rule, and the roles that it is for. At least one of the first four is given.

    Args:
        external: `"no"`: nobody outside can assume the role.
        only: no others can: account IDs, ARNs of users and roles, services, identity providers, or
            `"own account"`.
        never_wider_than: the role allows nobody whom this trust policy does not; `${account}` in
            it is the role's own account.
        unreachable_from: no chain leads to the role from there: `"outside"`, `"users"`, a name.
        name: of the rule.
        accounts, paths, roles: which roles it is for; the last two are patterns.
        tags: tags that they have, values with `*` and `?`.
        may_match_none: whether there may be no such role.
    """

    external: str = ""
    only: tuple[str, ...] | None = None
    never_wider_than: Any = None
    unreachable_from: str = ""
    name: str = ""
    accounts: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    may_match_none: bool = False

    def __post_init__(self) -> None:
        for name in ("only", "accounts", "paths", "roles"):
            value = getattr(self, name)
            if isinstance(value, str):
                object.__setattr__(self, name, (value,))
            elif value is not None:
                object.__setattr__(self, name, tuple(value))
        if self.external not in ("", NO):
            raise ValueError(f'external: write external="no", not {self.external!r}')
        given = (self.external, self.only is not None, self.never_wider_than, self.unreachable_from)
        if not any(given):
            raise ValueError(
                'say what is expected: external="no", only=[...], never_wider_than=policy, or'
                ' unreachable_from="outside"'
            )

    def is_for(self, role: InventoryRole) -> bool:
        """Whether a role is one of those that the rule is for."""
        stored = role.stored
        tags = dict(stored.tags)
        return (
            (not self.accounts or role.account in self.accounts)
            and _fits(stored.own.path, self.paths)
            and _fits(role.name, self.roles)
            and all(fnmatchcase(tags.get(key, ""), value) for key, value in self.tags.items())
        )

    @property
    def title(self) -> str:
        """Its name, or what it expects."""
        if self.name:
            return self.name
        parts = [
            "nobody outside" if self.external else "",
            f"only {', '.join(self.only)}" if self.only is not None else "",
            "never wider than a policy" if self.never_wider_than else "",
            f"unreachable from {self.unreachable_from}" if self.unreachable_from else "",
        ]
        return ", ".join(filter(None, parts))


def _fits(text: str, patterns: tuple[str, ...]) -> bool:
    return not patterns or any(fnmatchcase(text, pattern) for pattern in patterns)


@dataclass(frozen=True, slots=True)
class Violation:
    """A role that breaks a rule, or of which that is not decided.

    Args:
        rule: the rule's title. role, arn, account: the role.
        status: `"broken"` or `"not decided"`.
        message: names the role, the caller and the statement.
        caller: who shows it; `""` where nobody does.
        statement: the number of the statement, from 1; 0 where there is none to name.
    """

    rule: str
    role: str
    arn: str
    account: str
    status: str
    message: str
    caller: str = ""
    statement: int = 0


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Expectation:
    """Whether a rule is kept. It is true where it is proved for each role, so that
    `assert inventory.expect(...)` fails with the violations.

    Args:
        rule: the rule. checked: how many roles it is for.
        violations: of the roles that break it, or of which it is not decided.
    """

    rule: Rule
    checked: int
    violations: tuple[Violation, ...]

    @property
    def passed(self) -> bool | None:
        """Whether it is kept; `None` where that is not decided."""
        if any(each.status == BROKEN for each in self.violations):
            return False
        return None if self.violations else True

    def __bool__(self) -> bool:
        return self.passed is True

    @property
    def table(self) -> Table:
        """A row for each violation."""
        rows = [
            (v.rule, v.role, v.arn, v.account, v.status, v.statement, v.caller, v.message)
            for v in self.violations
        ]
        return Table(COLUMNS, lambda: rows, lambda: len(rows))

    @property
    def summary(self) -> str:
        """The rule with its result in one line."""
        words = {True: "kept", False: "broken", None: "not decided"}[self.passed]
        counts = count_of(self.checked, "role")
        if not self.violations:
            return f"{self.rule.title}: {words} ({counts})"
        violations = count_of(len(self.violations), "violation")
        return f"{self.rule.title}: {words} ({counts}, {violations})"

    def __repr__(self) -> str:
        lines = [each.message for each in self.violations[:_SHOWN]]
        more = len(self.violations) - len(lines)
        return "\n".join([self.summary, *lines, *([f"and {more:,} more"] if more > 0 else [])])

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        items = [tag("li", each.message) for each in self.violations[:_SHOWN]]
        page = tag("div", tag("p", tag("b", self.summary)), tag("ul", *items), style=STILL)
        return {"text/plain": repr(self), "text/html": page}


def rule_from_given(given: Mapping[str, Any]) -> Rule:
    """A rule from arguments.

    Raises:
        ValueError: for a name that there is not, and for a rule that expects nothing.
    """
    known = {each.name for each in fields(Rule)}
    for name in given:
        if name not in known:
            raise ValueError(f"a rule has no {name!r}; there are {', '.join(sorted(known))}")
    return Rule(**given)


def expected(inventory: Inventory, rule: Rule) -> Expectation:
    """Whether a rule is kept by each role that it is for."""
    roles = [role for role in inventory if rule.is_for(role)]
    checking = _Checking(inventory, rule)
    found = [violation for role in roles for violation in checking.of(role)]
    found += _reached(inventory, rule, roles)
    if not roles and not rule.may_match_none:
        found.append(Violation(rule.title, "", "", "", BROKEN, "No role matches this rule."))
    return Expectation(rule, len(roles), tuple(found))


class _Checking:
    """One rule on many roles; each form of a policy is compared once."""

    def __init__(self, inventory: Inventory, rule: Rule) -> None:
        self._home = inventory.home
        self._store = inventory.store
        self._rule = rule
        self._known: dict[NormalForm, tuple[tuple[str, str, str, int], ...]] = {}
        self._make = _widest(rule)

    def of(self, role: InventoryRole) -> Iterator[Violation]:
        """What a role breaks."""
        if self._rule.external:
            yield from self._external(role)
        if self._make is not None:
            yield from self._wider(role, self._make)

    def _violation(
        self, role: InventoryRole, status: str, text: str, caller: str = "", statement: int = 0
    ) -> Violation:
        where = f", statement {statement}" if statement else ""
        who = f" For example {caller}." if caller else ""
        message = f"{role.arn or role.name}{where}: {text}{who}"
        title, account = self._rule.title, role.account
        return Violation(title, role.name, role.arn, account, status, message, caller, statement)

    def _external(self, role: InventoryRole) -> Iterator[Violation]:
        analysis = role.analysis
        if analysis.status != ANALYSED:
            yield self._violation(role, UNDECIDED, f"the trust policy is {analysis.status}.")
        for caller, access in zip(analysis.callers, analysis.access, strict=True):
            if access == NO:
                continue
            witness = caller.witness
            who = "" if witness is None else witness.principal
            number = int(caller.path[1]) + 1 if len(caller.path) > 1 else 0
            status = BROKEN if access == YES else UNDECIDED
            hint = "" if access == YES else " Whether they are outside is not known."
            yield self._violation(role, status, f"{caller.sentence}{hint}", who, number)

    def _wider(
        self, role: InventoryRole, make: Callable[[str], TrustPolicy]
    ) -> Iterator[Violation]:
        form = self._store.forms[role.stored.form]
        if not role.text:
            yield self._violation(role, UNDECIDED, "the trust policy is not known whole.")
            return
        account = ACCOUNT if form.account_is_shared else role.account
        widest = make(account)
        if not form.account_is_shared or role.account in str(make("")):
            # the rule names the role's own account: no stand-in has its place
            own = replace(self._home, role=role.arn) if role.arn else form.home(self._home)
            found = tuple(_gained(role.text, own, make(role.account)))
        else:
            known = self._known.get(form)
            if known is None:
                known = tuple(_gained(form.text, form.home(self._home), widest))
                self._known[form] = known
            found = known
        restoring = Restoring(form, role.stored.own)
        for status, text, caller, statement in found:
            shown = restoring.text(text), restoring.text(caller)
            yield self._violation(role, status, *shown, statement)


def _gained(text: str, home: Home, widest: TrustPolicy) -> Iterator[tuple[str, str, str, int]]:
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
        reason = f"it allows a caller that the rule does not allow. {answer.because}"
        yield BROKEN, reason, answer.witness.principal, statement


def _widest(rule: Rule) -> Callable[[str], TrustPolicy] | None:
    """Makes the widest policy that a rule allows a role of an account."""
    if rule.only is not None:
        names = rule.only
        return lambda account: _policy_for(names, account)
    if not rule.never_wider_than:
        return None
    text = str(parse(rule.never_wider_than))
    return lambda account: parse(text.replace("${account}", account))


def _policy_for(names: Iterable[str], account: str) -> TrustPolicy:
    """The policy that allows these callers, whatever they bring."""
    return TrustPolicy(tuple(_statement_for(account if name == OWN else name) for name in names))


def _statement_for(name: str) -> Statement:
    if is_account_id(name) or (name.startswith("arn:") and "-provider/" not in name):
        principal = Principal(aws=(with_root(name),))
    elif "-provider/" in name or not name.endswith(".amazonaws.com"):
        kind = 1 if ":saml-provider/" in name else 2
        actions = (ASSUME_ACTIONS[kind], *SESSION_ACTIONS[:2])
        return Statement("Allow", Principal(federated=(name,)), actions)
    else:
        principal = Principal(service=(name,))
    return Statement("Allow", principal, (ASSUME_ACTIONS[0], *SESSION_ACTIONS))


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
        place = number_of(("Statement", last.statement)).lower()
        message = f"{role.arn}, {place}: it is reached by {path}."
        title = rule.title
        yield replace(
            Violation(title, role.name, role.arn, role.account, status, message),
            caller=path.start,
            statement=last.statement + 1,
        )
