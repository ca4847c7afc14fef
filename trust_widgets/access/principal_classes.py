"""Enumerate the principal classes of policies: principals that they name, and all others.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TypeAlias

from trust_widgets.access.caller import (
    PATH,
    SESSION,
    PrincipalClass,
    names,
    principal_from_arn,
    search_memo,
)
from trust_widgets.access.domains import Domain
from trust_widgets.access.named_arns import NamedArns
from trust_widgets.aws.arns import resource_of
from trust_widgets.aws.identity_center import fits_a_role, is_reserved_name
from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.aws.oidc_issuers import BUILT_IN, is_outbound
from trust_widgets.aws.principal_forms import account_of, partition_of
from trust_widgets.aws.service_calls import carried_by
from trust_widgets.evaluation import (
    ByKey,
    CompiledPolicy,
    CompiledPrincipal,
    CompiledStatement,
    Identity,
    Permission,
    identity_of,
    key_of_principal,
    keys_of_caller,
    variables_of,
)
from trust_widgets.policy import CACHE, principal_ref, remember
from trust_widgets.providers import issuer_of
from trust_widgets.text.placeholders import placeholder_in
from trust_widgets.text.tokens import Glob, tokens_of_form, tokens_of_text

SAMPLE_ACCOUNTS = (
    "999988887777",
    "444455556666",
    "111122223333",
    *(f"{n:012d}" for n in range(900000000001, 900000000100)),
)
"""Accounts of callers whom nobody names, as answers show them."""
_OTHERS = tuple(f"other-{n}" for n in range(1, 100))
_OWN = r"[A-Za-z0-9_+=,.@-][A-Za-z0-9_+=,.@-]*"  # the name of a user or role


def principal_classes_of(
    policies: Iterable[CompiledPolicy],
    partition: str = "aws",
    own: str = "",
    day: date | None = None,
) -> tuple[PrincipalClass, ...]:
    """All principal classes that the policies can tell apart; those that are named come first.

    Args:
        policies: one, or two to compare.
        partition: of callers whom nobody names.
        own: an account that is asked about by itself, also if nobody names it.
        day: the day on which they call, at the earliest; `None` for any.

    Example:
        >>> from trust_widgets.evaluation import compile_policy
        >>> from trust_widgets.policy import Principal, Statement, TrustPolicy
        >>> policy = TrustPolicy(
        ...     (
        ...         Statement(
        ...             principal=Principal(service="ec2.amazonaws.com"), action="sts:AssumeRole"
        ...         ),
        ...     )
        ... )
        >>> [caller.principal for caller in principal_classes_of([compile_policy(policy)])]
        ['ec2.amazonaws.com']
    """
    policies = tuple(policies)
    memo = search_memo(policies[0]) if len(policies) == 1 else {}
    at = (PrincipalClass, partition, own, day)
    classes: tuple[PrincipalClass, ...] | None = memo.get(at)
    if classes is None:
        classes = memo[at] = _classes_of(policies, partition, own, day)
    return classes


def classes_named_by(
    ready: CompiledPolicy, rule: CompiledStatement, role: str, day: date | None = None
) -> tuple[PrincipalClass, ...]:
    """The principal classes of a policy that a statement names.

    Args:
        ready: the policy. rule: the statement, or another one for some of its principals.
        role: the ARN of the role.
        day: as of `principal_classes_of`.
    """
    index = _by_key(ready, partition_of(role), day)
    found = dict(index.under(dict.fromkeys(map(key_of_principal, rule.principals))))
    return tuple([found[n] for n in sorted(found) if names(rule, found[n], role)])


_Numbered: TypeAlias = "tuple[int, PrincipalClass]"


def _by_key(ready: CompiledPolicy, partition: str, day: date | None) -> ByKey[_Numbered]:
    """The principal classes of a policy with their numbers, to be found by whom a statement
    names.
    """
    memo = search_memo(ready)
    found: ByKey[_Numbered] | None = memo.get((ByKey, partition, day))
    if found is None:
        classes = principal_classes_of((ready,), partition, day=day)
        found = memo[ByKey, partition, day] = ByKey(enumerate(classes), _keys_of)
    return found


def _keys_of(numbered: _Numbered) -> tuple[Hashable, ...]:
    return keys_of_caller(identity_of(numbered[1].principal))


def _classes_of(
    policies: tuple[CompiledPolicy, ...], partition: str, own: str, day: date | None
) -> tuple[PrincipalClass, ...]:
    rules = [rule for ready in policies for rule in ready.rules]
    named = {(n.kind, n.text): n for rule in rules for n in rule.principals}
    sorts = ("session", "user", "user/") if _asks_for_paths(policies) else ("session", "user")
    issuers = frozenset(_issuers_asked_for(policies))
    asked = (tuple(named.values()), partition, sorts, own, issuers, day)
    key = (PrincipalClass, asked)
    memo = CACHE.statements
    found: tuple[PrincipalClass, ...] | None = memo.get(key)
    if found is None:
        found = _for_principals(*asked)
        remember(memo, key, found)
    return found


def _for_principals(
    named: tuple[CompiledPrincipal, ...],
    partition: str,
    sorts: tuple[str, ...],
    own: str,
    issuers: frozenset[str],
    day: date | None,
) -> tuple[PrincipalClass, ...]:
    """The principal classes for some principals; those of a policy are the same whichever of its
    conditions a rule tries in another way.
    """
    found: dict[tuple[str, ...], PrincipalClass] = {}
    by_name = tuple(_named(named, partition))
    unnamed = sorted(issuers - {caller.issuer for caller in by_name})
    for caller in (*by_name, *_others(named, partition, sorts, own, unnamed)):
        found.setdefault(caller.key, replace(caller, day=day))
    return tuple(found.values())


def _asks_for_paths(policies: Iterable[CompiledPolicy]) -> bool:
    """Whether users with a path need to be asked about, apart from those without: their ARN is
    asked for.
    """
    return "aws:principalarn" in keys_asked_for(policies)


def keys_asked_for(policies: Iterable[CompiledPolicy]) -> dict[str, None]:
    """The keys of all conditions, and those in the policy variables of their values."""
    rules = [rule for ready in policies for rule in ready.rules]
    clauses = [clause for rule in rules for clause in rule.clauses]
    values = [value for clause in clauses for value in clause.values if value.variable]
    variables = [variable.key for value in values for variable in variables_of(value.template)]
    return dict.fromkeys((*(clause.key for clause in clauses), *variables))


def _issuers_asked_for(policies: Iterable[CompiledPolicy]) -> tuple[str, ...]:
    """The issuers of tokens whose claims conditions ask for."""
    claims = map(claim_key, keys_asked_for(policies))
    issuers = dict.fromkeys(key.issuer.lower() for key in claims if key.issuer)
    return tuple(issuer for issuer in issuers if not is_outbound(issuer))


def _named(named: Iterable[CompiledPrincipal], partition: str) -> Iterator[PrincipalClass]:
    roles: dict[tuple[str, str], list[Identity]] = defaultdict(list)
    for each in named:
        if each.who is not None and each.who.sort == "role":
            roles[each.who.account, each.who.name].append(each.who)
    for each in named:
        if placeholder_in(each.text):
            continue
        if each.who is not None:
            yield from _of_who(each.who, partition, roles)
        elif each.kind in ("Service", "Federated"):
            yield from _by_name(each.text)


def _by_name(text: str) -> Iterator[PrincipalClass]:
    try:
        who = identity_of(text)
    except ValueError:
        return
    if who.kind == "service":
        fixed = {"aws:principalisawsservice": "true", "aws:principalservicename": text}
        yield PrincipalClass("service", "", text, fixed, carried=carried_by(text))
    elif who.kind != "aws":
        issuer = issuer_of(text).lower()
        if not is_outbound(issuer):
            yield PrincipalClass(who.kind, "", text, issuer=issuer)


def _of_who(
    who: Identity, partition: str, roles: Mapping[tuple[str, str], list[Identity]]
) -> Iterator[PrincipalClass]:
    """A named user, role or session; a federated user can assume no role.

    Args:
        who: they. partition: where they are, if they do not say. roles: the named roles by account
            and name.
    """
    where = who.partition or partition
    if who.sort == "role" and not _is_no_role(who.text):
        yield _one("session", principal_from_arn(who.text), who.text, who.account)
    elif who.sort == "session":
        alike = roles.get((who.account, who.name), ())
        for session in dict.fromkeys((who.session, SESSION)):
            principal = f"arn:{where}:sts::{who.account}:assumed-role/{who.name}/{session}"
            # Names are unique in an account, and IAM saves only roles that exist: the session is of
            # the named role.
            yield from (_one("session", principal, role.text, who.account) for role in alike)
            if not alike:
                yield _session(where, who.account, who.name, principal)
    elif who.sort == "user":
        yield _one("user", who.text, who.text, who.account, who.name)


def _is_no_role(arn: str) -> bool:
    """Whether an ARN names a role of Identity Center in a form that none of them has."""
    resource = resource_of(arn)
    return is_reserved_name(resource) and not fits_a_role(resource)


def _session(partition: str, account: str, name: str, principal: str) -> PrincipalClass:
    """A session of a role whose path is not known: the session's ARN does not have it.

    Args:
        partition, account, name: of the role.
        principal: the session's ARN.
    """
    before = f"arn:{partition}:iam::{account}:role/"
    forms = tuple(map(tokens_of_form, (f"{before}{name}", f"{before}{PATH}/{name}")))
    fixed = {**_FIXED, "aws:principalaccount": account, "aws:principaltype": "AssumedRole"}
    return PrincipalClass(
        "aws", "session", principal, fixed, Domain(forms=forms, examples=(f"{before}{name}",))
    )


_FIXED = {"aws:principalisawsservice": "false"}


def _one(sort: str, principal: str, arn: str, account: str, name: str = "") -> PrincipalClass:
    types = {"session": "AssumedRole", "user": "User"}
    fixed = {
        "aws:principalarn": arn,
        "aws:principalaccount": account,
        "aws:principaltype": types[sort],
        "aws:principalisawsservice": "false",
    }
    return PrincipalClass("aws", sort, principal, fixed | ({"aws:username": name} if name else {}))


def known_principal(
    arn: str, keys: Mapping[str, str], lacks: frozenset[str], permission: Permission
) -> PrincipalClass:
    """A user, or the sessions of a role, with the keys that they have and those they lack.

    Args:
        arn: of the user or the role. keys: what all their requests have. lacks: what none has.
        permission: what is assumed of their own permission.
    """
    sort = "session" if ":role/" in arn else "user"
    name = arn.rpartition("/")[2] if sort == "user" else ""
    known = _one(sort, principal_from_arn(arn), arn, account_of(arn), name)
    fixed = {**known.fixed, **keys}
    return replace(known, fixed=fixed, lacks=lacks, permission=permission)


def _others(
    named: Iterable[CompiledPrincipal],
    partition: str,
    sorts: tuple[str, ...],
    own: str,
    issuers: Iterable[str],
) -> Iterator[PrincipalClass]:
    """Someone in each named account, in an account that is not named, and callers of other
    kinds.
    """
    people = [each.who for each in named if each.who is not None]
    accounts = dict.fromkeys((who.account, who.partition or partition) for who in people)
    if own:
        accounts.setdefault((own, partition))
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    for who in people:
        if who.sort in _RESOURCES:
            names[who.account, _RESOURCES[who.sort]].append(who.name)
    for account, where in accounts:
        for sort in sorts:
            yield _open(sort, where, account, names[account, _resource_of(sort)])
    if any(each.text == "*" for each in named):
        for sort in sorts:
            yield _open(sort, partition, "", [account for account, _ in accounts])
        yield from _of_other_kinds(partition, issuers)


_RESOURCES = {"role": "role", "session": "role", "user": "user"}


def _of_other_kinds(partition: str, issuers: Iterable[str]) -> Iterator[PrincipalClass]:
    """A service and holders of a token or an assertion, whom only "*" covers.

    Args:
        partition: of the providers.
        issuers: those that conditions ask for; their tokens have claims of their own.
    """
    fixed = {
        "aws:principalisawsservice": "true",
        "aws:principalservicename": "other.amazonaws.com",
    }
    yield PrincipalClass("service", "", "other.amazonaws.com", fixed, unnamed=True)
    for issuer in dict.fromkeys((*issuers, "other.example")):
        provider = f"arn:{partition}:iam::{SAMPLE_ACCOUNTS[0]}:oidc-provider/{issuer}"
        text = issuer if issuer in BUILT_IN else provider
        if principal_ref(text).kind == "oidc":
            yield PrincipalClass("oidc", "", text, issuer=issuer, unnamed=True)
    yield PrincipalClass(
        "saml", "", f"arn:{partition}:iam::{SAMPLE_ACCOUNTS[0]}:saml-provider/other", unnamed=True
    )


def _resource_of(sort: str) -> str:
    """What is in the ARN of a role or a user: `user/` is a user with a path."""
    return "role" if sort == "session" else "user"


def _paths_of(sort: str) -> tuple[tuple[str, ...], str]:
    """Return the forms of the path in the ARNs of a sort, and the path that examples have."""
    if sort == "session":
        return ("", f"{PATH}/"), ""
    if sort == "user":
        return ("",), ""
    return (f"{PATH}/",), "team/"


def _open(sort: str, partition: str, account: str, named: Iterable[str]) -> PrincipalClass:
    """A role's session or a user, other than those that are named.

    Args:
        sort: `session`, `user` or `user/`, one with a path.
        partition, account: where they are; without an account, in one that is not named.
        named: the names in this account, without an account the accounts that are named.
    """
    resource = _resource_of(sort)
    paths, shown_path = _paths_of(sort)
    place = f"arn:{partition}:iam::"
    if account:
        but = NamedArns(f"{place}{account}:{resource}/", names=named)
    else:
        but = NamedArns(place, accounts=named)
    forms = _forms_of(place, account, resource, paths)
    shown = (account,) if account else SAMPLE_ACCOUNTS
    before = (f"{place}{each}:{resource}/{shown_path}" for each in shown)
    likely = (f"{arn}{name}" for arn in before for name in ("other", *_OTHERS))
    examples = tuple(islice((arn for arn in likely if not but.has(arn)), 4))
    fixed = {"aws:principalaccount": account} if account else {}
    ids = {
        "aws:principaltype": "AssumedRole" if sort == "session" else "User",
        "aws:principalisawsservice": "false",
    }
    return PrincipalClass(
        "aws",
        sort.rstrip("/"),
        principal_from_arn(examples[0]),
        fixed | ids,
        Domain(forms=forms, examples=examples),
        but,
        with_path="/" in sort,
    )


def _forms_of(place: str, account: str, resource: str, paths: Iterable[str]) -> tuple[Glob, ...]:
    """The forms of the ARNs; what they begin with is written letter by letter."""
    number = tokens_of_text(account) if account else tokens_of_form("[0-9]" * 12)
    before = (*tokens_of_text(place), *number, *tokens_of_text(f":{resource}/"))
    return tuple((*before, *tokens_of_form(f"{path}{_OWN}")) for path in paths)
