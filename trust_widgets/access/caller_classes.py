"""Who can assume the role: a class of callers, with its sentence, for each statement that allows a
request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from trust_widgets.access.able_principals import without_idle, without_unpermitted
from trust_widgets.access.caller_class import (
    FOLDS,
    SAYS,
    CallerClass,
    CallerClasses,
    CallerClassesUnderCeilings,
    unless_denied,
)
from trust_widgets.access.ceilings import Ceilings, ceilings_from_given
from trust_widgets.access.effort import one_budget
from trust_widgets.access.permissions import expect_permission
from trust_widgets.access.principal_classes import classes_named_by
from trust_widgets.access.queries import role_for
from trust_widgets.access.remembered_classes import once_a_statement
from trust_widgets.access.statement_search import (
    StatementCallers,
    callers_of_statement,
    is_external,
)
from trust_widgets.evaluation import (
    CompiledPolicy,
    CompiledStatement,
    Permission,
    compile_policy,
)
from trust_widgets.explain import (
    TWO_LINES,
    Fold,
    PrincipalWords,
    accounts_not_known,
    owners_not_known,
    vendors_named,
    who_of,
    with_limits,
)
from trust_widgets.names import helps_with_arguments
from trust_widgets.permissions import GivenPolicies
from trust_widgets.policy import (
    Given,
    Home,
    Statement,
    TrustPolicy,
    home_from_given,
    may_assume,
    parse,
    source_of,
    with_own_account,
)
from trust_widgets.text.budget import DEFAULT, SharedBudgetExhausted
from trust_widgets.text.english import capital

_MOST_WHOLE = TWO_LINES // 4  # characters; of fewer, no shorter form is made


@helps_with_arguments(accounts="home", mine="home")
def who_gets_in(
    policy: Given,
    home: Home | None = None,
    *,
    states: int = DEFAULT,
    caller_permission: Permission = "yes",
    rcps: GivenPolicies | None = None,
    scps: Iterable[GivenPolicies] | None = None,
    management_account: str = "",
) -> CallerClasses:
    """Everyone who can assume the role, by statement: those with external callers among them first,
    else in the policy's order.

    Each class has a call that shows it. A statement that can allow no one, because no value meets
    its conditions or a Deny stops everybody, is left out; one that was not decided is kept without
    a call.

    Args:
        policy: what to read, as `parse` does.
        home: what is yours; a `Role` and a `TrustModel` bring their own.
        states: how much to search at most, for each statement. All statements share another
            budget, which grows with the policy; searches after it is used up are not decided.
        caller_permission: what is assumed of the caller's own permission to assume the role: with
            "no", only principals of the role's account that are named themselves need none, and
            with "denied" no user and no role can. "unknown" is as "yes".
        rcps, scps: ceilings of the role's account, as `evaluate` takes them. SCPs bind the callers
            of that account alone. Calls of service-linked roles are left out.
        management_account: which RCPs and SCPs do not bind.

    Raises:
        DocumentError: for a text that cannot be read.
        TypeError: for what is no policy, with what to write.

    Example:
        >>> import trust_widgets as tw
        >>> ec2 = tw.Statement(
        ...     principal=tw.Principal(service="ec2.amazonaws.com"), action="sts:AssumeRole"
        ... )
        >>> tw.who_gets_in(tw.TrustPolicy((ec2,)))[0].sentence
        'The AWS service EC2 can assume this role.'
    """
    expect_permission(caller_permission)
    ceilings = ceilings_from_given(rcps, scps, management_account)
    read, given = parse(policy), source_of(policy).home_with(home_from_given(home))
    own = with_own_account(given, read)
    if ceilings.words:
        return _classes_under(ceilings, read, own, states, caller_permission)
    return CallerClasses(_strangers_first(_classes_of(read, own, states, caller_permission)))


def _classes_under(
    ceilings: Ceilings, read: TrustPolicy, own: Home, states: int, permission: Permission
) -> CallerClasses:
    role = role_for((compile_policy(read),), own)
    under = ceilings.over(read, role, own)
    found = _classes_of(under.policy, own, states, permission, len(read.statements))
    if not under.is_exact:
        found = [_confirmed(each, ceilings, read, role) for each in found]
    words = [replace(each, sentence=_under(each.sentence, ceilings.words)) for each in found]
    return CallerClassesUnderCeilings(_strangers_first(words))


def _classes_of(
    policy: TrustPolicy, home: Home, states: int, permission: Permission, own: int | None = None
) -> list[CallerClass]:
    """The classes that the statements of a policy allow; `own` is the number of the policy's
    statements, where others represent ceilings.
    """
    with one_budget(policy):
        found = [
            _remembered_class(policy, index, home, states, permission, own)
            for index, statement in enumerate(policy.statements)
            if statement.effect == "Allow" and may_assume(statement)
        ]
    return [each for each in found if each is not None]


def _strangers_first(classes: Iterable[CallerClass]) -> list[CallerClass]:
    return sorted(classes, key=lambda each: each.stranger is not True)


def _confirmed(
    found: CallerClass, ceilings: Ceilings, policy: TrustPolicy, role: str
) -> CallerClass:
    """A class without its call, where that is not surely allowed under the ceilings."""
    if found.witness is None or ceilings.allow(policy, found.witness, role):
        return found
    return replace(found, witness=None, stranger=None)


def _under(sentence: str, words: str) -> str:
    """A sentence with the ceilings under which it holds."""
    return sentence.replace(" can assume this role", f" can assume this role {words}", 1)


def _remembered_class(
    policy: TrustPolicy,
    index: int,
    home: Home,
    states: int,
    permission: Permission,
    own: int | None,
) -> CallerClass | None:
    def search() -> CallerClass | None:
        return _class_of(policy, index, home, states, permission, own)

    return once_a_statement(search, policy, index, home, states, permission, own)


def _class_of(
    policy: TrustPolicy,
    index: int,
    home: Home,
    states: int,
    permission: Permission,
    own: int | None = None,
) -> CallerClass | None:
    role = role_for((compile_policy(policy),), home)
    statement, path = policy.statements[index], ("Statement", index)
    statement = without_unpermitted(without_idle(policy, statement), permission, role)
    # What is known of subjects alone never says that no caller is allowed: the search says that.
    words = who_of(statement, home) or who_of(statement, home, impossible=True)
    if not words:
        return None
    forms = tuple(_forms_of(statement, words))
    who = forms[0]
    accounts = accounts_not_known(statement, home)
    try:
        found = callers_of_statement(policy, index, home, states, words, permission, accounts)
    except SharedBudgetExhausted:
        found = StatementCallers(is_external(statement, words), accounts=accounts)
    sentence = f"{capital(who.assume)}{unless_denied(_denies_for(policy, index, own))}."
    if _is_refused(policy):
        sentence = f"{SAYS}{sentence}"
    if found.nobody:
        return None
    return CallerClass(
        who.whole,
        sentence,
        found.stranger,
        found.witness,
        _wide_parts(forms),
        path,
        found.accounts,
        vendors_named(statement, home),
        owners_not_known(statement, home),
        forms,
    )


def _wide_parts(forms: Iterable[PrincipalWords]) -> tuple[str, ...]:
    """The parts of some forms that represent more than one caller, each once."""
    wide: dict[str, None] = {}
    for form in forms:
        wide |= dict.fromkeys(form.wide)
    return tuple(wide)


def _forms_of(statement: Statement, words: list[PrincipalWords]) -> Iterator[PrincipalWords]:
    """The callers with their conditions: whole, then in ever fewer words if they are many."""
    whole = with_limits(statement, words, Fold.WHOLE)
    yield whole
    first = with_limits(statement, words, FOLDS[0])
    if first == whole and len(whole.whole) <= _MOST_WHOLE:
        return
    yield first
    for fold in FOLDS[1:]:
        yield with_limits(statement, words, fold)


def _is_refused(policy: TrustPolicy) -> bool:
    """Whether IAM refuses a policy for what leaves it without a meaning, so that there is no call
    to show.

    Whether it saves an asterisk for all services, AWS does not say.
    """
    for fault in compile_policy(policy).faults:
        is_any_service = fault.path[-2:-1] == ("Service",) and fault.data == ("*",)
        if not is_any_service:
            return True
    return False


def _denies_for(policy: TrustPolicy, index: int, own: int | None = None) -> int:
    """How many Deny statements name someone whom a statement names, of the policy's own."""
    ready = compile_policy(policy)
    denies = [rule for rule in ready.rules[:own] if not rule.allows]
    if ready.faults or not denies:
        return len(denies)
    role = role_for((ready,), Home())
    callers = _keys_of_classes(ready, ready.rules[index], role)
    named = (_keys_of_classes(ready, rule, role) for rule in denies)
    return sum(not callers.isdisjoint(keys) for keys in named)


def _keys_of_classes(
    ready: CompiledPolicy, rule: CompiledStatement, role: str
) -> set[tuple[str, str, str]]:
    """What distinguishes the classes that a statement names.

    Not their identities: another thread may let the classes of a policy be made anew meanwhile.
    """
    return {each.key for each in classes_named_by(ready, rule, role)}
