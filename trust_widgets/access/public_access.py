"""What someone with no tie to the reader can choose in a call, and what they can't.

An external caller chooses the external ID, the session's name, tags, the address, MFA, their own
account, organization and repository; they never have an account, an organization, an endpoint or an
id that a policy names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from trust_widgets.access.atoms import Atom, clause_of
from trust_widgets.access.caller import PrincipalClass, search_memo
from trust_widgets.access.ceilings import NOT_CONFIRMED, ceilings_from_given
from trust_widgets.access.effort import answer_within
from trust_widgets.access.environment import RequestEnvironment
from trust_widgets.access.formula import FALSE, Formula, all_of, any_of, negate
from trust_widgets.access.permissions import expect_permission, with_permission
from trust_widgets.access.principal_classes import principal_classes_of
from trust_widgets.access.queries import find_witness, role_for
from trust_widgets.access.results import NO_MEANING, Answer
from trust_widgets.aws.arns import is_account_id
from trust_widgets.aws.keys.claims import intended_claim
from trust_widgets.aws.keys.records import key_record
from trust_widgets.aws.oidc_issuers import is_shared
from trust_widgets.aws.principal_forms import account_of, partition_of
from trust_widgets.evaluation import (
    CompiledCondition,
    CompiledPolicy,
    CompiledValue,
    Outcome,
    Permission,
    Request,
    compile_policy,
    outcome_of,
)
from trust_widgets.explain import who_of
from trust_widgets.names import helps_with_arguments
from trust_widgets.permissions import GivenPolicies
from trust_widgets.policy import (
    Given,
    Home,
    TrustPolicy,
    home_from_given,
    parse,
    source_of,
    with_own_account,
)
from trust_widgets.providers import (
    ClaimValues,
    as_issued,
    claim_values_of,
    facts_of_issuer,
    names_customer,
    reading_of,
    subjects_of,
)
from trust_widgets.text.budget import DEFAULT, Budget
from trust_widgets.text.globs import WILDCARDS, has_wildcard, is_exact, matches, text_from_pattern

# The account and the organization of the role itself, in which no stranger is.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resource-properties
_THE_ROLES_OWN = ("${aws:resourceaccount}", "${aws:resourceorgid}")
# Claims that whoever starts a job or signs in chooses, or that say nothing of whose it is.
_CHOSEN = (
    "aud",
    "oaud",
    "amr",
    "environment",
    "ref",
    "workflow",
    "job_workflow_ref",
    "pipeline_source",
    "ref_protected",
    "runner_environment",
    "build_branch",
)


@helps_with_arguments(accounts="home", mine="home")
def is_public(
    policy: Given,
    home: Home | None = None,
    *,
    states: int = DEFAULT,
    caller_permission: Permission = "yes",
    rcps: GivenPolicies | None = None,
    scps: Iterable[GivenPolicies] | None = None,
    management_account: str = "",
) -> Answer:
    """Whether someone with no tie to the reader is allowed, with a call of theirs.

    "No" assumes that nothing which the policy names is an external caller's; where nobody said so,
    `because` tells what it rests on.

    Args:
        policy: the policy, as `parse` reads it.
        home: what is yours; a `Role` and a `TrustModel` bring their own.
        states: how much to search at most.
        caller_permission: as in `who_gets_in`. External callers can give themselves a permission.
        rcps, scps, management_account: ceilings over the role's account, as in `who_gets_in`.

    Raises:
        DocumentError: for a text that cannot be read.
        TypeError: for what is no policy, with what to write.

    Example:
        >>> import trust_widgets as tw
        >>> everyone = tw.Statement("Allow", tw.Principal(aws="*"), "sts:AssumeRole")
        >>> ours = tw.Condition("StringEquals", "aws:PrincipalOrgID", ("o-a1b2c3d4e5",))
        >>> is_public(tw.TrustPolicy((everyone,))).found
        True
        >>> is_public(tw.TrustPolicy((replace(everyone, conditions=(ours,)),))).found
        False
    """
    expect_permission(caller_permission)
    ceilings = ceilings_from_given(rcps, scps, management_account)
    read, whole = parse(policy), source_of(policy).home_with(home_from_given(home))
    ready = compile_policy(read)
    if ready.faults:
        return Answer(None, None, NO_MEANING)
    whole = with_own_account(whole, read)
    role = role_for((ready,), whole)
    if not ceilings.words:
        return _is_public(read, whole, role, states, caller_permission)
    under = ceilings.over(read, role, whole)
    answer = _is_public(under.policy, whole, role, states, caller_permission)
    if under.is_exact or answer.witness is None or ceilings.allow(read, answer.witness, role):
        return ceilings.explained(answer)
    return Answer(None, None, NOT_CONFIRMED)


def _is_public(
    read: TrustPolicy, whole: Home, role: str, states: int, permission: Permission
) -> Answer:
    ready = compile_policy(read)

    def query(environment: RequestEnvironment) -> Formula:
        admitted = environment.admitted_by(ready)
        if admitted == FALSE:
            return FALSE
        return all_of((admitted, no_owned_values(environment)))

    def confirm(request: Request) -> bool:
        return outcome_of(read, request) is Outcome.ALLOWED

    external = with_permission(external_classes_of(ready, whole, role), permission)
    ask = partial(find_witness, (ready,), external, role, query, confirm, Budget(states))
    found = answer_within((read,), ask)
    if found.found is False:
        return replace(found, because=_rests_on(read, whole))
    return found


def _rests_on(policy: TrustPolicy, home: Home) -> str:
    """What has to hold for a "no", and nobody said; `""` when it holds whatever they are."""
    words = [
        word for each in policy.statements if each.effect == "Allow" for word in who_of(each, home)
    ]
    unknown = dict.fromkeys(word.text for word in words if word.stranger is None)
    told = []
    if unknown:
        told.append(
            "This is true if you trust these accounts or issuers, which is not known: "
            f"{'; '.join(unknown)}."
        )
    if any(word.stranger for word in words) and any(each.conditions for each in policy.statements):
        told.append("This is true if you trust the owners of everything that the conditions name.")
    return " ".join(told)


def external_classes_of(ready: CompiledPolicy, home: Home, role: str) -> tuple[PrincipalClass, ...]:
    """External callers to the reader and to everyone whom a policy names."""
    memo = search_memo(ready)
    found: tuple[PrincipalClass, ...] | None = memo.get((external_classes_of, home, role))
    if found is None:
        found = memo[external_classes_of, home, role] = _external(ready, home, role)
    return found


def _external(ready: CompiledPolicy, home: Home, role: str) -> tuple[PrincipalClass, ...]:
    own = account_of(role)
    mine = (*home.accounts, *home.vendors, *accounts_in(ready), own)
    found: list[PrincipalClass] = []
    for caller in principal_classes_of((ready,), partition_of(role), day=home.day):
        if caller.kind == "aws":
            if caller.arn is not None and "aws:principalaccount" not in caller.fixed:
                found.append(_of_no_account(caller, mine))
        elif caller.kind == "oidc" and is_shared(caller.issuer):
            found.extend(_token_holders(caller, ready))
        elif caller.unnamed and caller.kind in ("oidc", "saml"):
            found.append(caller)  # of whatever provider the role's account has
    return tuple(found)


def accounts_in(ready: CompiledPolicy) -> tuple[str, ...]:
    """Accounts that a policy names anywhere."""
    named = [n.who.account for rule in ready.rules for n in rule.principals if n.who is not None]
    clauses = [clause for rule in ready.rules for clause in rule.clauses]
    values = [value.text for clause in clauses for value in clause.values]
    parts = (part for text in values for part in text.split(":"))
    return tuple(dict.fromkeys((*named, *filter(is_account_id, parts))))


def _of_no_account(caller: PrincipalClass, mine: Iterable[str]) -> PrincipalClass:
    return replace(caller, but=caller.but.with_accounts(mine))


def _token_holders(caller: PrincipalClass, ready: CompiledPolicy) -> Iterator[PrincipalClass]:
    """Holders of tokens with a subject that an external caller can have: some likely ones, then
    those of any other subject.

    The likely ones make a good example. That nobody is allowed is said only of all of them:
    `_taken` leaves out the subjects that are someone's."""
    sub = f"{caller.issuer}:sub"
    clauses = [c for rule in ready.rules if rule.allows for c in rule.clauses if c.key == sub]
    guests = facts_of_issuer(caller.issuer).guests
    subjects = list(dict.fromkeys(_subjects(caller.issuer, clauses)))
    every = [clause for rule in ready.rules for clause in rule.clauses if clause.key == sub]
    owned = [pattern for clause in every for pattern in _owned_subjects(caller.issuer, clause)]
    free = [subject for subject in subjects if not _matches_any(owned, subject)]
    for subject in free[:4]:
        yield replace(caller, fixed={sub: subject})
    if guests is not None:
        yield replace(caller, fixed={sub: guests.subject})
    yield caller


def _matches_any(patterns: list[str], subject: str) -> bool:
    """True if one of some patterns matches a subject."""
    return any(matches(pattern, subject) for pattern in patterns)


def _subjects(issuer: str, clauses: list[CompiledCondition]) -> Iterator[str]:
    values = [value for clause in clauses for value in clause.values if not value.variable]
    patterns = [text_from_pattern(value.template) for value in values]  # type: ignore[arg-type]
    for pattern in (*patterns, "*"):
        reading = reading_of(issuer, pattern)
        if reading is not None and reading.stranger:
            yield from subjects_of(issuer, pattern)[:1]


def no_owned_values(environment: RequestEnvironment) -> Formula:
    """That a call has no value which a policy spells out and which belongs to someone."""
    taken = [part for atom in list(environment.atoms) for part in _taken(environment, atom)]
    return all_of(taken)


def _taken(environment: RequestEnvironment, atom: Atom) -> Iterator[Formula]:
    key, name = atom.clause.key, atom.clause.name
    issuer, claim = environment.caller.issuer, intended_claim(key).claim
    owned = key_record(key).owned
    if owned == "organization":
        for text in _literal_heads(atom):
            yield negate(environment.read(clause_of("ForAnyValue:StringLike", name, f"{text}/*")))
    elif owned == "unique id":
        for head in _user_ids(atom):
            yield negate(environment.read(clause_of("StringLike", name, f"{head}*")))
    elif key == f"{issuer}:sub":
        base = _in_its_case(atom, "StringLike")
        for pattern in _owned_subjects(issuer, atom.clause):
            yield negate(environment.read(clause_of(base, name, pattern)))
    elif values := claim_values_of(issuer, key):
        base = _in_its_case(atom, "StringLike")
        for text in _of_one_customer(values, atom.clause):
            yield negate(environment.read(clause_of(base, name, text)))
    elif names_customer(issuer, key):
        yield from _but_guests(environment, atom)
    elif owned == "whole" or (claim and claim not in _CHOSEN):
        base = _in_its_case(atom, "StringEquals")
        for value in atom.clause.values:
            if value.text.lower() in _THE_ROLES_OWN or _is_whole(value):
                yield negate(environment.read(clause_of(base, name, value.text)))


def _is_whole(value: CompiledValue) -> bool:
    """Whether a value is written out, without a variable or a wildcard."""
    return not value.variable and not has_wildcard(value.text)


def _but_guests(environment: RequestEnvironment, atom: Atom) -> Iterator[Formula]:
    """That a call has no audience that is one customer's, unless as a guest, whom anyone can be.

    To sign in takes an account with that customer.
    """
    issuer = environment.caller.issuer
    guests = facts_of_issuer(issuer).guests
    guest: Formula = FALSE
    if guests is not None:
        key = f"{issuer}:{guests.claim}"
        guest = environment.read(clause_of("ForAllValues:StringEquals", key, guests.value))
    for value in atom.clause.values:
        if _is_whole(value):
            clause = clause_of(_in_its_case(atom, "StringEquals"), atom.clause.name, value.text)
            yield any_of((negate(environment.read(clause)), guest))


def _in_its_case(atom: Atom, operator: str) -> str:
    """The operator for what a condition spells out: it ignores case where the condition does."""
    if "IgnoreCase" in atom.clause.operator.base:
        return "StringEqualsIgnoreCase"
    return operator


def _of_one_customer(values: ClaimValues, clause: CompiledCondition) -> Iterator[str]:
    """The values of a condition that only one customer's calls can have, as patterns."""
    if clause.operator.is_null:
        return
    for value in clause.values:
        if not value.variable and values.is_one_customers(value.text):
            yield value.text


def _owned_subjects(issuer: str, clause: CompiledCondition) -> Iterator[str]:
    """The values of a condition on the subject that no external caller's token can match, as
    patterns."""
    if clause.operator.is_null:
        return
    for value in clause.values:
        if value.variable or not value.text.strip(f"{WILDCARDS}:/"):
            continue
        reading = reading_of(issuer, as_issued(issuer, clause.operator.base, value.text))
        if reading is None or not reading.stranger:
            yield as_issued(issuer, clause.operator.base, value.text)


def _user_ids(atom: Atom) -> Iterator[str]:
    """The unique id of a user, or of a role before its session's name: `AROADBQP57FF2AEXAMPLE` in
    `AROADBQP57FF2AEXAMPLE:*`.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
    """
    for value in atom.clause.values:
        head = value.text.partition(":")[0]
        if head and not value.variable and is_exact(head):
            yield head


def _literal_heads(atom: Atom) -> Iterator[str]:
    """The organizations in paths like `o-a1b2c3d4e5/r-ab12/*`."""
    for value in atom.clause.values:
        head = value.text.partition("/")[0]
        if head and is_exact(head) and "$" not in head:
            yield head
