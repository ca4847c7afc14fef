"""The shortest chains from some principals to some roles: first those that are certain, then those
that depend on something.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from trust_widgets.aws.actions import ASSUME_ROLE
from trust_widgets.evaluation import Request
from trust_widgets.inventory.chains.assuming import AssumeQuestion, Assuming
from trust_widgets.inventory.chains.hops import NOTHING, Hop, HopKind, SessionFacts
from trust_widgets.inventory.chains.named import Named
from trust_widgets.inventory.chains.own_permissions import own_answer, rules_naming
from trust_widgets.inventory.chains.passing import passing_answer, services_of
from trust_widgets.inventory.chains.wishes import wishes_of
from trust_widgets.inventory.principals import KnownPrincipal

State = tuple[str, SessionFacts]
Decided = tuple[Assuming | None, tuple[SessionFacts, ...]]
_Question = tuple[str, SessionFacts, str, int, SessionFacts]
REWRITE = "iam:UpdateAssumeRolePolicy"
MOST_WISHES = 8


@dataclass
class Graph:
    """Users and roles, and the hops between them, which are decided when they are asked for.

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
        has_own = caller.permissions is None or any(rules_naming(caller, (ASSUME_ROLE,)))
        for role in self.roles:
            if role.arn == caller.arn:
                continue
            if self._named[role.arn].may_name(caller, has_own):
                yield from self._assuming(caller, facts, role)
            if role.account == caller.account:
                yield from _passing(caller, role)
                yield from _rewriting(caller, role, self.wishes)

    def _decided(self, question: AssumeQuestion) -> Decided:
        """How a role is assumed and what would help, decided once, also in later searches."""
        role = question.role
        key = question.caller.arn, question.facts, role.arn, id(role.trust), question.passing
        known = self.decided.get(key)
        if known is None:
            made = question.answer()
            helps = made is None and question.facts.is_known and question.passing == NOTHING
            wishes = wishes_of(question) if helps else ()
            known = self.decided[key] = ((made, wishes), role)  # held, so that its id stays its own
        return known[0]

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


def _rewriting(
    caller: KnownPrincipal, role: KnownPrincipal, wishes: Iterable[SessionFacts]
) -> Iterator[Hop]:
    if caller.permissions is not None and not any(rules_naming(caller, (REWRITE,))):
        return
    request = Request("sts:AssumeRole", caller.arn, role.arn)
    answer = own_answer(caller, REWRITE, request)
    if answer.truth is False:
        return
    is_certain = answer.truth is True
    plain = Hop(caller.arn, role.arn, HopKind.REWRITE, is_certain, None, answer.needs)
    yield plain
    for wish in sorted(wishes, key=str):  # whoever writes the trust policy allows them
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
