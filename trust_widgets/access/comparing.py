"""Whether a policy lets anyone in whom another does not: yes with a call that shows it, no, or not decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from trust_widgets.access.budget import DEFAULT, Budget, Undecided
from trust_widgets.access.case import MODES, Case, Mode
from trust_widgets.access.formulas import FALSE, Formula, all_of, opposite
from trust_widgets.access.people import Caller, callers_of
from trust_widgets.access.search import Search
from trust_widgets.evaluation.compiled import Compiled, compiled
from trust_widgets.evaluation.deciding import evaluate
from trust_widgets.evaluation.request import Request
from trust_widgets.home import Home
from trust_widgets.policy import Path, TrustPolicy

NO_MEANING = "A policy without a meaning can't be compared."
TOO_MUCH = "Not decided: too many possibilities to go through."
NOT_SAID = "Not decided: AWS does not say what a condition means on a key with several values and no set operator."


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question about callers.

    Args:
        found: whether there is such a caller; `None`: not decided.
        witness: a call that shows it, decided by `evaluate` before it is given.
        because: the first reason that differs; of `None`, why it is not decided.
        path: the place in the policy that `because` speaks of, when there is one.
    """

    found: bool | None
    witness: Request | None = None
    because: str = ""
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changes from one policy to another.

    Args:
        gained: whether the new one lets in a call that the old one did not.
        lost: whether the old one let in a call that the new one does not.
    """

    gained: Answer
    lost: Answer

    @property
    def same(self) -> bool | None:
        """Whether both let in exactly the same calls; `None`: not decided."""
        found = {self.gained.found, self.lost.found}
        return False if True in found else None if None in found else True


def compare(old: TrustPolicy, new: TrustPolicy, home: Home | None = None, *, states: int = DEFAULT) -> Comparison:
    """Whether a change lets anyone new in, or shuts anyone out, each with a call that shows it.

    The caller's own permission is taken to be there. "No" is a proof within the rules of `evaluate`, over all calls:
    users and roles of every account, services, tokens of every issuer, with any values for the keys they can have.

    Args:
        old, new: the policies.
        home: what is yours; the role is thought to be in the first of your accounts.
        states: how much to search at most, for each direction. The answer to what takes more is "not decided".

    Example:
        >>> import trust_widgets as tw
        >>> def policy(subject):
        ...     condition = tw.Condition("StringLike", "token.actions.githubusercontent.com:sub", (subject,))
        ...     github = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
        ...     action = "sts:AssumeRoleWithWebIdentity"
        ...     return tw.TrustPolicy((tw.Statement("Allow", tw.Principal(federated=github), action, (condition,)),))
        >>> found = compare(policy("repo:octo-org/*"), policy("repo:octo-*"))
        >>> found.gained.found, found.lost.found
        (True, False)
    """
    ready = compiled(old), compiled(new)
    if any(policy.faults for policy in ready):
        unknown = Answer(None, None, NO_MEANING)
        return Comparison(unknown, unknown)
    role = role_for(ready, home or Home())
    return Comparison(difference(new, old, role, states), difference(old, new, role, states))


def difference(more: TrustPolicy, less: TrustPolicy | None, role: str, states: int = DEFAULT) -> Answer:
    """Whether one policy lets in a call that another does not; without another, any call at all."""

    def good(request: Request) -> bool:
        admitted = evaluate(more, request).outcome == "allowed"
        return admitted and (less is None or evaluate(less, request).outcome in ("not allowed", "denied"))

    policies = tuple(compiled(policy) for policy in (more, less) if policy is not None)
    callers = callers_of(policies, role.split(":")[1])
    found = first_of(policies, callers, role, good, Budget(states))
    if found.witness is None or less is None:
        return found
    decision = evaluate(less, found.witness)
    return Answer(True, found.witness, decision.because, _place_of(decision.misses))


def _place_of(misses: Iterable[object]) -> Path:
    return next((path for miss in misses if (path := getattr(miss, "path", ()))), ())


def first_of(
    policies: tuple[Compiled, ...],
    callers: Iterable[Caller],
    role: str,
    good: Callable[[Request], bool],
    budget: Budget,
    also: Callable[[Case], Formula] | None = None,
) -> Answer:
    """The first call that the first policy lets in and the second, when there is one, does not."""
    doubt = ""
    names = spellings(policies)
    for case in cases_of(policies, callers, role):
        search = Search(case, budget, good, names)
        try:
            wanted = wanted_of(case, policies, also)
            found = search.run(wanted) if wanted != FALSE else None
        except Undecided:
            doubt = TOO_MUCH
            break
        if found is not None:
            return Answer(True, found)
        doubt = doubt or (TOO_MUCH if search.doubt else _open_question(case, policies, also, budget))
    return Answer(None, None, doubt) if doubt else Answer(False)


def wanted_of(case: Case, policies: tuple[Compiled, ...], also: Callable[[Case], Formula] | None = None) -> Formula:
    """That the first policy lets a call in, and the second does not."""
    first, *others = policies
    admitted = case.admitted_by(first)
    if admitted == FALSE:
        return FALSE
    parts = [admitted, *(opposite(case.admitted_by(other)) for other in others)]
    return all_of([*parts, also(case)] if also else parts)


def _open_question(
    case: Case, policies: tuple[Compiled, ...], also: Callable[[Case], Formula] | None, budget: Budget
) -> str:
    """Why "no" is not sure, when a condition that AWS leaves open could be read otherwise; `""` when it is."""
    if not any(_is_open(case, ready) for ready in policies):
        return ""
    other = Case(case.caller, case.mode, case.role, lenient=True)
    search = Search(other, budget, lambda request: True, {})
    try:
        return NOT_SAID if search.run(wanted_of(other, policies, also)) or search.doubt else ""
    except Undecided:
        return TOO_MUCH


def _is_open(case: Case, ready: Compiled) -> bool:
    clauses = (clause for rule in ready.rules for clause in rule.clauses)
    return any(clause.many and not clause.quantifier and clause.operator.base != "Null" for clause in clauses)


def cases_of(policies: tuple[Compiled, ...], callers: Iterable[Caller], role: str) -> Iterator[Case]:
    """Each kind of caller in each way of asking that the policies can tell apart."""
    modes = tuple(modes_of(policies))
    first = policies[0].rules
    for mode in modes:
        for caller in callers:
            case = Case(caller, mode, role)
            if any(rule.allows for rule in case.rules_for(first, caller.action)):
                yield case


def modes_of(policies: tuple[Compiled, ...]) -> Iterator[Mode]:
    """Calls that carry tags or a source identity count by themselves where the first policy allows the action."""
    rules = [rule for ready in policies for rule in ready.rules]
    texts = [(text, rule.negated) for rule in rules if rule.allows for _, text, _ in rule.actions]
    tags = any(negated or _may_be(text, "sts:tagsession") for text, negated in texts)
    identity = any(negated or _may_be(text, "sts:setsourceidentity") for text, negated in texts)
    for mode in MODES:
        if (tags or not mode.tags) and (identity or not mode.identity):
            yield mode


def _may_be(text: str, action: str) -> bool:
    return text == action or "*" in text or "?" in text


def spellings(policies: Iterable[Compiled]) -> dict[str, str]:
    """How the policies spell each key."""
    return {clause.key: clause.name for ready in policies for rule in ready.rules for clause in rule.clauses}


def role_for(policies: Iterable[Compiled], home: Home) -> str:
    """The ARN of the role that is asked about: in the reader's own account, in the partition of those it names."""
    arns = [named.text for ready in policies for rule in ready.rules for named in rule.principals
            if named.text.startswith("arn:")]  # fmt: skip
    partition = arns[0].split(":")[1] if arns else "aws"
    account = home.accounts[0] if home.accounts else "111122223333"
    return f"arn:{partition}:iam::{account}:role/example-role"
