"""The shortest chains from some principals to some roles: first those that are certain, then those
that depend on something.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from trust_widgets.aws.actions import ASSUME_ROLE
from trust_widgets.evaluation import Request
from trust_widgets.inventory.chains.assuming import AssumeQuestion, Assuming
from trust_widgets.inventory.chains.hops import NOTHING, Hop, HopKind, SessionFacts
from trust_widgets.inventory.chains.named import Named
from trust_widgets.inventory.chains.own_permissions import MayAllow, Own, own_answer
from trust_widgets.inventory.chains.passing import PASS_ROLE, passing_answer, services_of
from trust_widgets.inventory.chains.wishes import wishes_of
from trust_widgets.inventory.principals import KnownPrincipal

State = tuple[str, SessionFacts]
Decided = tuple[Assuming | None, tuple[SessionFacts, ...]]
_Question = tuple[str, SessionFacts, str, int, SessionFacts]
REWRITE = "iam:UpdateAssumeRolePolicy"
MOST_WISHES = 8


class _Near(NamedTuple):
    """A role that a principal may reach in one hop.

    Args:
        role: the role. may_assume: whether it may assume it.
        passing: how it passes it to a service.
        rewriting: what its own policies say of rewriting the trust policy; `None` for no.
    """

    role: KnownPrincipal
    may_assume: bool
    passing: tuple[Hop, ...]
    rewriting: Own | None


@dataclass
class Graph:
    """Users and roles, and the hops between them, which are decided when they are needed.

    Args:
        principals: by ARN.
        entries: the first hops from outside, by their source.
        organizations: of accounts, where that is known.
        day: the day on which hops are made, at the earliest; `None` for any.
        cut: hops that are left out, by source, target and kind.
        decided: what was decided already of callers and roles, perhaps by another search.
    """

    principals: Mapping[str, KnownPrincipal]
    entries: Mapping[str, tuple[Hop, ...]] = field(default_factory=dict)
    organizations: Mapping[str, str] = field(default_factory=dict)
    day: date | None = None
    cut: frozenset[tuple[str, str, HopKind]] = frozenset()
    decided: dict[_Question, tuple[Decided, KnownPrincipal]] = field(default_factory=dict)
    wishes: set[SessionFacts] = field(default_factory=set)
    _hops: dict[State, tuple[Hop, ...]] = field(default_factory=dict)
    _near_of: dict[str, list[_Near]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.roles = [each for each in self.principals.values() if each.trust is not None]
        self._named = {role.arn: Named.of(role) for role in self.roles}

    def hops(self, state: State) -> tuple[Hop, ...]:
        """All hops of a session or user, or from outside."""
        found = self._hops.get(state)
        if found is None:
            arn, facts = state
            if arn in self.entries:
                found = self.entries[arn]
            else:
                found = tuple(self._hops_of(self.principals[arn], facts))
            found = tuple([hop for hop in found if hop.key not in self.cut])
            self._hops[state] = found
        return found

    def known_hops(self) -> Iterator[tuple[Hop, ...]]:
        """All hops that were decided so far."""
        yield from self._hops.values()

    def forget(self) -> None:
        """Decide all hops anew: more is known of what sessions may bring along."""
        self._hops.clear()

    def _hops_of(self, caller: KnownPrincipal, facts: SessionFacts) -> Iterator[Hop]:
        for near in self._near(caller):
            if near.may_assume:
                yield from self._assuming(caller, facts, near.role)
            yield from near.passing
            yield from _rewriting(caller, near.role, near.rewriting, self.wishes)

    def _near(self, caller: KnownPrincipal) -> list[_Near]:
        """The roles that a principal may reach in one hop, whatever its session brings along."""
        found = self._near_of.get(caller.arn)
        if found is None:
            found = self._near_of[caller.arn] = list(self._looked_at(caller))
        return found

    def _looked_at(self, caller: KnownPrincipal) -> Iterator[_Near]:
        assuming, rewriting = MayAllow(caller, ASSUME_ROLE), MayAllow(caller, REWRITE)
        passes = MayAllow(caller, PASS_ROLE)
        for role in self.roles:
            if role.arn == caller.arn:
                continue
            may_assume = self._named[role.arn].may_name(caller, assuming.on(role.arn))
            passed: tuple[Hop, ...] = ()
            rewritten = None
            if role.account == caller.account:
                passed = tuple(_passing(caller, role)) if passes.on(role.arn) else ()
                rewritten = _may_rewrite(caller, role) if rewriting.on(role.arn) else None
            if may_assume or passed or rewritten is not None:
                yield _Near(role, may_assume, passed, rewritten)

    def _decided(self, question: AssumeQuestion) -> Decided:
        """How a role is assumed and what would help, decided once, also in later searches."""
        role = question.role
        key = question.caller.arn, question.facts, role.arn, id(role.trust), question.passing
        known = self.decided.get(key)
        if known is None:
            known = self.decided[key] = (self._answer(question), role)  # held: its id stays its own
        return known[0]

    def _answer(self, question: AssumeQuestion) -> Decided:
        facts = question.facts
        if facts.tags and not question.asks_of_session():
            if not facts.is_transitive and not facts.identity:  # the tags change nothing
                plain = replace(question, facts=replace(facts, tags=()))
                made, _ = self._decided(plain)
                return question.with_tags(made), ()
            if facts.is_transitive and not self._named[question.role.arn].may_tag:
                return None, ()
        made = question.answer()
        helps = made is None and facts.is_known and question.passing == NOTHING
        return made, wishes_of(question) if helps else ()

    def _assuming(
        self, caller: KnownPrincipal, facts: SessionFacts, role: KnownPrincipal
    ) -> Iterator[Hop]:
        organization = self.organizations.get(caller.account, "")
        question = AssumeQuestion(caller, facts, role, organization, self.day)
        made, wishes = self._decided(question)
        if made is None:
            self.wishes.update(wishes[: MOST_WISHES - len(self.wishes)])
            return
        yield _assumed(question, made)
        for wish in sorted(self.wishes, key=str):
            for is_transitive in (False, True) if wish.tags else (False,):
                yield from self._granting(question, replace(wish, is_transitive=is_transitive))

    def _granting(self, question: AssumeQuestion, wish: SessionFacts) -> Iterator[Hop]:
        """The same hop, with tags or a source identity that a later hop needs."""
        facts = question.facts
        named = self._named[question.role.arn]
        if (wish.tags and not named.may_tag) or (wish.identity and not named.may_identify):
            return
        if facts.identity and wish.identity:
            return  # what a session carries cannot be set again
        if facts.is_transitive:
            carried = dict(facts.tags)
            if any(key in carried for key, _ in wish.tags):
                return
        passing = replace(question, passing=wish)
        made, _ = self._decided(passing)
        if made is not None and made.request is not None:
            yield _assumed(passing, made)


def _assumed(question: AssumeQuestion, made: Assuming) -> Hop:
    """The hop that assumes a role."""
    return Hop(
        question.caller.arn,
        question.role.arn,
        HopKind.ASSUME,
        made.certain,
        made.request,
        made.needs,
        dict(made.values),
        _after(question.facts, made.request),
        made.statement,
    )


def _after(facts: SessionFacts, request: Request | None) -> SessionFacts:
    """What the next session brings along."""
    if request is None:
        return NOTHING
    tags = {
        key.partition("/")[2]: value
        for key, value in request.context.items()
        if key.lower().startswith("aws:requesttag/") and isinstance(value, str)
    }
    names = request.context.get("sts:TransitiveTagKeys", ())
    identity = request.context.get("sts:SourceIdentity", facts.identity)
    is_transitive = bool(tags) and set(tags) <= set(names)
    return SessionFacts(tuple(sorted(tags.items())), is_transitive, str(identity))


def _passing(caller: KnownPrincipal, role: KnownPrincipal) -> Iterator[Hop]:
    if role.trust is None:
        return
    for service, statement in services_of(role.trust).items():
        answer = passing_answer(caller, role, service)
        if answer.truth is not False:
            yield Hop(
                caller.arn,
                role.arn,
                HopKind.PASS,
                answer.truth is True,
                None,
                answer.needs,
                statement=statement,
            )
            if answer.truth:
                return


def _may_rewrite(caller: KnownPrincipal, role: KnownPrincipal) -> Own | None:
    """What own policies say of rewriting a role's trust policy; `None` for no."""
    request = Request("sts:AssumeRole", caller.arn, role.arn)
    answer = own_answer(caller, REWRITE, request)
    return None if answer.truth is False else answer


def _rewriting(
    caller: KnownPrincipal,
    role: KnownPrincipal,
    answer: Own | None,
    wishes: Iterable[SessionFacts],
) -> Iterator[Hop]:
    if answer is None:
        return
    is_certain = answer.truth is True
    plain = Hop(caller.arn, role.arn, HopKind.REWRITE, is_certain, None, answer.needs)
    yield plain
    for wish in sorted(wishes, key=str):  # the author of the trust policy allows them
        yield replace(plain, after=wish)
        if wish.tags:
            yield replace(plain, after=replace(wish, is_transitive=True))


Chain = tuple[Hop, ...]


def shortest_chains(
    graph: Graph, starts: Iterable[str], is_target: Callable[[str], bool], most_hops: int
) -> list[Chain]:
    """For each start and each target the shortest chain that is certain, else the shortest one.

    Args:
        graph: the graph. starts: ARNs, or sources outside. is_target: whether a role is one.
        most_hops: no chain is longer.
    """
    sources = list(starts)
    for start in sources:  # what later hops wish for is known after a first look
        _reached(graph, start, most_hops, only_certain=False)
    if graph.wishes:
        graph.forget()
    found = []
    for start in sources:
        certain = _reached(graph, start, most_hops, only_certain=True)
        others = _reached(graph, start, most_hops, only_certain=False)
        for target in dict.fromkeys((*certain, *others)):
            if is_target(target) and target != start:
                found.append(certain.get(target) or others[target])
    return found


def _reached(graph: Graph, start: str, most_hops: int, only_certain: bool) -> dict[str, Chain]:
    """Each role that is reached, with a shortest chain to it."""
    first: State = (start, replace(NOTHING, is_known=start in graph.entries))
    chains: dict[State, Chain] = {first: ()}
    found: dict[str, Chain] = {}
    queue = deque([first])
    while queue:
        state = queue.popleft()
        chain = chains[state]
        if len(chain) >= most_hops:
            continue
        for hop in graph.hops(state):
            if only_certain and not hop.certain:
                continue
            after = (hop.target, hop.after)
            if after not in chains:
                chains[after] = (*chain, hop)
                found.setdefault(hop.target, chains[after])
                queue.append(after)
    return found
