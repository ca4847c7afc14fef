"""Who can assume the role: a class of callers, with its sentence, for each statement that allows a
request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple

from trust_widgets.access.able_principals import without_idle, without_unpermitted
from trust_widgets.access.caller import names
from trust_widgets.access.ceilings import Ceilings, ceilings_from_given
from trust_widgets.access.effort import one_budget
from trust_widgets.access.outsiders import lets_in_own_callers_only
from trust_widgets.access.permissions import (
    expect_permission,
    with_permission,
)
from trust_widgets.access.principal_classes import classes_named_by, principal_classes_of
from trust_widgets.access.public_access import external_classes_of, no_owned_values
from trust_widgets.access.queries import role_for
from trust_widgets.access.reachability import through
from trust_widgets.access.remembered_classes import once_a_statement
from trust_widgets.aws.principal_forms import account_of, partition_of
from trust_widgets.evaluation import (
    CompiledPolicy,
    CompiledStatement,
    Permission,
    Request,
    compile_policy,
)
from trust_widgets.explain import (
    External,
    Part,
    PrincipalWords,
    access_words,
    accounts_not_known,
    bundle_of,
    html_of,
    limits_of,
    number_of,
    parts_of_class,
    vendors_named,
    who_of,
)
from trust_widgets.names import helps_with_arguments, helps_with_names
from trust_widgets.permissions import GivenPolicies
from trust_widgets.policy import (
    Given,
    Home,
    Path,
    TrustPolicy,
    home_from_given,
    may_assume,
    parse,
    source_of,
    with_own_account,
)
from trust_widgets.text.budget import DEFAULT, Budget, SharedBudgetExhausted
from trust_widgets.text.english import capital, listed
from trust_widgets.text.html import CARD, STILL, tag
from trust_widgets.text.terminal import one_line

SAYS = "IAM would reject this policy. As written, it means: "
NOBODY = "No one can assume this role yet."


@helps_with_names(call="witness", public="stranger", statement="path", text="sentence")
@dataclass(frozen=True, slots=True)
class CallerClass:
    """Callers that one statement allows.

    Args:
        who: who they are, `"the AWS service EC2"`.
        sentence: `"The AWS service EC2 can assume this role."`; of a policy without a meaning to
            decide by, that IAM refuses it, and then what it says.
        stranger: whether someone with no tie to the reader is among them; `None`: not decided.
        witness: a call that is allowed, an external caller's if there is one; `None` when none was
            found in time.
        wide: the parts of `who` that deserve emphasis, because they name more than one caller.
        path: the statement.
        accounts: those of principals that the statement names, and of which it is not known
            whether they are the reader's: access from them is external unless they are.
        vendors: those of principals that the statement names, and that are vendors' in the
            settings.
    """

    who: str
    sentence: str
    stranger: bool | None = None
    witness: Request | None = None
    wide: tuple[str, ...] = ()
    path: Path = ()
    accounts: tuple[str, ...] = ()
    vendors: tuple[str, ...] = ()

    @property
    def external(self) -> External:
        """Whether there is external access: `"yes"`, `"no"`, `"named account"` where that depends
        on whose `accounts` are, `"vendor"`, or `"not decided"`.
        """
        if self.stranger:
            return "yes"
        if self.accounts:
            return "named account"
        if self.vendors:
            return "vendor"
        return "not decided" if self.stranger is None else "no"

    def __str__(self) -> str:
        return self._repr_mimebundle_()["text/plain"]

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return bundle_of(self._parts())

    @property
    def said(self) -> str:
        """The sentence, for where it is told already that IAM refuses the policy."""
        return self.sentence.removeprefix(SAYS)

    def _parts(self) -> Iterator[Part]:
        access = access_words(self.external, self.accounts)
        return parts_of_class(self.sentence, access, self.witness)


@helps_with_names(
    sentence="callers[0].sentence",
    stranger="callers[0].stranger",
    witness="callers[0].witness",
    who="callers[0].who",
    found="is_public(policy).found",
)
class CallerClasses(tuple[CallerClass, ...]):
    """Everyone who can assume the role: a tuple of classes that shows itself, a line each, and in a
    notebook with their calls.

    It equals any tuple of the same classes; what is sliced or added is a plain tuple.

    Example:
        >>> CallerClasses(
        ...     (CallerClass("you", "You can assume this role.", False, path=("Statement", 0)),)
        ... )
        Statement 1: You can assume this role. This includes no external access.
        >>> CallerClasses()
        No one can assume this role yet.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        lines = (f"{number_of(each.path)}: {next(each._parts())[0]}" for each in self)
        return "\n".join(map(one_line, lines)) or self._nobody

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        cards = [
            tag("div", tag("p", number_of(each.path)), html_of(each._parts()), style=CARD)
            for each in self
        ]
        page = tag("div", *(cards or [tag("p", self._nobody)]), style=STILL)
        return {"text/plain": repr(self), "text/html": page}

    @property
    def _nobody(self) -> str:
        return NOBODY


class CallerClassesUnderCeilings(CallerClasses):
    """The same under the RCPs and SCPs that were given.

    Example:
        >>> CallerClassesUnderCeilings()
        No one can assume this role under the RCPs and SCPs given.
    """

    __slots__ = ()

    @property
    def _nobody(self) -> str:
        return "No one can assume this role under the RCPs and SCPs given."


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
            budget, which grows with the policy; what is asked after it is used up is not decided.
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
    statements, where others stand for ceilings.
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
    # What is known of subjects alone never says that nobody gets in: that is the search's answer.
    words = who_of(statement, home) or who_of(statement, home, impossible=True)
    if not words:
        return None
    limits = limits_of(statement)
    who = listed(dict.fromkeys(word.text for word in words)) + "".join(
        f" {limit}" for limit in limits
    )
    wide = tuple(chain.from_iterable(word.wide for word in words))
    accounts = accounts_not_known(statement, home)
    try:
        found = _found(policy, index, home, states, words, permission, accounts)
    except SharedBudgetExhausted:
        found = _Found(_stranger_of_words({w.stranger for w in words}), accounts=accounts)
    sentence = f"{capital(who)} can assume this role{_unless(_denies_for(policy, index, own))}."
    if _is_refused(policy):
        sentence = f"{SAYS}{sentence}"
    if found.nobody:
        return None
    vendors = vendors_named(statement, home)
    return CallerClass(
        who, sentence, found.stranger, found.witness, wide, path, found.accounts, vendors
    )


def _is_refused(policy: TrustPolicy) -> bool:
    """Whether IAM refuses a policy for what leaves it without a meaning, so that there is no call
    to show.

    Whether it saves an asterisk for all services, AWS does not say.
    """
    return any(
        not (fault.path[-2:-1] == ("Service",) and fault.data == ("*",))
        for fault in compile_policy(policy).faults
    )


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
    """What tells the classes apart that a statement names.

    Not their identities: another thread may let the classes of a policy be made anew meanwhile.
    """
    return {each.key for each in classes_named_by(ready, rule, role)}


def _unless(denies: int) -> str:
    if not denies:
        return ""
    if denies == 1:
        return ", unless a Deny statement denies the request"
    return f", unless one of {denies} Deny statements denies the request"


def _stranger_of_words(known: set[bool | None]) -> bool | None:
    """Whether an external principal is among principals, by what is known of each of them."""
    if True in known:
        return True
    return False if known == {False} else None


class _Found(NamedTuple):
    """What the search says of a statement.

    Args:
        stranger, witness, accounts: as of `CallerClass`. nobody: whether it allows no one.
    """

    stranger: bool | None
    witness: Request | None = None
    nobody: bool = False
    accounts: tuple[str, ...] = ()


def _found(
    policy: TrustPolicy,
    index: int,
    home: Home,
    states: int,
    words: list[PrincipalWords],
    permission: Permission,
    accounts: tuple[str, ...],
) -> _Found:
    """Whether an external principal is among them, a witness, and whether there is nobody."""
    ready = compile_policy(policy)
    known = {word.stranger for word in words}
    if ready.faults:
        return _Found(_stranger_of_words(known), accounts=accounts)
    role = role_for((ready,), home)
    rule = ready.rules[index]
    if known != {False}:
        external = with_permission(external_classes_of(ready, home, role), permission)
        strangers = [caller for caller in external if names(rule, caller, role)]
        public = through(ready, rule, strangers, role, Budget(states), no_owned_values)
        if public.found:
            return _Found(True, public.witness, accounts=accounts)
    if permission == "no":
        own = account_of(role)
        every = principal_classes_of((ready,), partition_of(role), own, home.day)
    else:
        every = classes_named_by(ready, rule, role, home.day)
    permitted = with_permission(every, permission)
    callers = [caller for caller in permitted if names(rule, caller, role)]
    somebody = through(ready, rule, callers, role, Budget(states))
    nobody = somebody.found is False
    is_own = (accounts or known != {False}) and lets_in_own_callers_only(
        ready, rule, callers, home, role, Budget(states)
    )
    if is_own:
        return _Found(False, somebody.witness, nobody)
    stranger = False if known == {False} else None
    return _Found(stranger, somebody.witness, nobody, accounts)


def summary_of(classes: tuple[CallerClass, ...], denies: int = 0) -> str:
    """One sentence that joins those of all classes.

    Args:
        classes: from `who_gets_in`.
        denies: how many Deny statements stand next to them.

    Example:
        >>> summary_of(())
        'No one can assume this role yet.'
        >>> summary_of((CallerClass("the AWS service EC2", ""), CallerClass("you", "")))
        'The AWS service EC2 can assume this role, and so can you.'
    """
    if not classes:
        return NOBODY
    first, *others = dict.fromkeys(each.who for each in classes)
    text = f"{capital(first)} can assume this role"
    if others:
        text += f", and so can {listed(others)}"
    return f"{text}{_unless(denies)}."


def emphasis(sentence: str, wide: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """A sentence in parts, those that name more than one caller marked.

    Example:
        >>> emphasis("Runs on any branch of app.", ("any branch",))
        (('Runs on ', False), ('any branch', True), (' of app.', False))
    """
    parts: list[tuple[str, bool]] = [(sentence, False)]
    for phrase in sorted({p for p in wide if p}, key=len, reverse=True):
        for form in (phrase, capital(phrase)):
            parts = list(
                chain.from_iterable(
                    _split(text, form) if not is_wide else [(text, True)] for text, is_wide in parts
                )
            )
    return tuple((text, is_wide) for text, is_wide in parts if text)


def _split(text: str, phrase: str) -> list[tuple[str, bool]]:
    before, found, after = text.partition(phrase)
    return [(before, False), (found, True), *_split(after, phrase)] if found else [(text, False)]
