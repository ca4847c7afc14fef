"""Enumerate the principal classes of policies: principals that they name, and all others.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

from trust_widgets.access.caller import PATH, SESSION, PrincipalClass, principal_from_arn
from trust_widgets.access.domains import Domain
from trust_widgets.aws.arns import resource_of
from trust_widgets.aws.identity_center import fits_a_role, is_reserved_name
from trust_widgets.aws.oidc_issuers import is_outbound
from trust_widgets.aws.service_calls import carried_by
from trust_widgets.evaluation import (
    CompiledPolicy,
    CompiledPrincipal,
    Identity,
    identity_of,
    variables_of,
)
from trust_widgets.providers import issuer_of
from trust_widgets.text.placeholders import placeholder_in
from trust_widgets.text.tokens import ANY, Glob, GlobItem, admits, tokens_of_form, tokens_of_text

_STRANGE = (
    "999988887777",
    "444455556666",
    "111122223333",
    *(f"{n:012d}" for n in range(900000000001, 900000000100)),
)
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
    rules = [rule for ready in policies for rule in ready.rules]
    named = {(n.kind, n.text): n for rule in rules for n in rule.principals}
    found: dict[tuple[str, ...], PrincipalClass] = {}
    sorts = ("session", "user", "user/") if _asks_for_paths(policies) else ("session", "user")
    others = _others(named.values(), partition, sorts, own)
    for caller in (*_named(named.values(), partition), *others):
        arn = caller.fixed.get("aws:principalarn", "")
        found.setdefault((caller.principal, caller.sort, arn), replace(caller, day=day))
    return tuple(found.values())


def _asks_for_paths(policies: Iterable[CompiledPolicy]) -> bool:
    """Whether users with a path need to be asked about, apart from those without: their ARN is
    asked for.
    """
    rules = [rule for ready in policies for rule in ready.rules]
    clauses = [clause for rule in rules for clause in rule.clauses]
    values = [value for clause in clauses for value in clause.values]
    variables = {variable.key for value in values for variable in variables_of(value.template)}
    keys = {clause.key for clause in clauses} | variables
    return "aws:principalarn" in keys


def _named(named: Iterable[CompiledPrincipal], partition: str) -> Iterator[PrincipalClass]:
    roles = [each.who for each in named if each.who is not None and each.who.sort == "role"]
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


def _of_who(who: Identity, partition: str, roles: Iterable[Identity]) -> Iterator[PrincipalClass]:
    """A named user, role or session; a federated user can assume no role."""
    where = who.partition or partition
    if who.sort == "role" and not _is_no_role(who.text):
        yield _one("session", principal_from_arn(who.text), who.text, who.account)
    elif who.sort == "session":
        alike = [role for role in roles if (role.account, role.name) == (who.account, who.name)]
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


def _others(
    named: Iterable[CompiledPrincipal], partition: str, sorts: tuple[str, ...], own: str
) -> Iterator[PrincipalClass]:
    """Somebody in each named account, in an account that is not named, and callers of other
    kinds.
    """
    people = [each.who for each in named if each.who is not None]
    accounts = dict.fromkeys((who.account, who.partition or partition) for who in people)
    if own:
        accounts.setdefault((own, partition))
    for account, where in accounts:
        yield from _somebody(account, where, people, sorts)
    if any(each.text == "*" for each in named):
        yield from _anybody({account for account, _ in accounts}, partition, sorts)
        fixed = {
            "aws:principalisawsservice": "true",
            "aws:principalservicename": "other.amazonaws.com",
        }
        yield PrincipalClass("service", "", "other.amazonaws.com", fixed, unnamed=True)
        provider = f"arn:{partition}:iam::{_STRANGE[0]}:oidc-provider/other.example"
        yield PrincipalClass("oidc", "", provider, issuer="other.example", unnamed=True)
        yield PrincipalClass(
            "saml", "", f"arn:{partition}:iam::{_STRANGE[0]}:saml-provider/other", unnamed=True
        )


def _somebody(
    account: str, partition: str, people: Iterable[Identity], sorts: tuple[str, ...]
) -> Iterator[PrincipalClass]:
    """A role's session and a user of one account, other than those that are named; `user/` is one
    with a path.
    """
    for sort in sorts:
        resource, named = (
            ("role", ("role", "session")) if sort == "session" else ("user", ("user",))
        )
        but = tuple(
            tokens
            for who in people
            if who.account == account and who.sort in named
            for tokens in _with_any_path(f"arn:{partition}:iam::{account}:{resource}/", who.name)
        )
        yield _open(sort, partition, account, but, {"aws:principalaccount": account})


def _with_any_path(before: str, name: str) -> tuple[Glob, ...]:
    return (
        tokens_of_text(f"{before}{name}"),
        (*tokens_of_text(before), GlobItem(ANY, True), *tokens_of_text(f"/{name}")),
    )


def _anybody(
    accounts: Iterable[str], partition: str, sorts: tuple[str, ...]
) -> Iterator[PrincipalClass]:
    """The same of any account that is not named."""
    for sort in sorts:
        but = tuple(
            (*tokens_of_text(f"arn:{partition}:iam::{account}:"), GlobItem(ANY, True))
            for account in accounts
        )
        yield _open(sort, partition, "", but, {})


def _paths_of(sort: str) -> tuple[tuple[str, ...], str]:
    """Return the forms of the path in the ARNs of a sort, and the path that examples have."""
    if sort == "session":
        return ("", f"{PATH}/"), ""
    if sort == "user":
        return ("",), ""
    return (f"{PATH}/",), "team/"


def _admits_any(globs: Iterable[Glob], text: str) -> bool:
    """True if one of some globs admits a text."""
    return any(admits(glob, text) for glob in globs)


def _open(
    sort: str, partition: str, account: str, but: tuple[Glob, ...], fixed: dict[str, str]
) -> PrincipalClass:
    kind, resource = ("AssumedRole", "role") if sort == "session" else ("User", "user")
    paths, shown_path = _paths_of(sort)
    before_path = f"arn:{partition}:iam::{account or '[0-9]' * 12}:{resource}/"
    forms = tuple(tokens_of_form(f"{before_path}{path}{_OWN}") for path in paths)
    shown = (account,) if account else _STRANGE
    before = (f"arn:{partition}:iam::{each}:{resource}/{shown_path}" for each in shown)
    likely = (f"{arn}{name}" for arn in before for name in ("other", *_OTHERS))
    others = (arn for arn in likely if not _admits_any(but, arn))
    examples = tuple(islice(others, 4))
    ids = {"aws:principaltype": kind, "aws:principalisawsservice": "false"}
    arn = Domain(forms=forms, examples=examples)
    return PrincipalClass(
        "aws",
        sort.rstrip("/"),
        principal_from_arn(examples[0]),
        fixed | ids,
        arn,
        but,
        with_path="/" in sort,
    )
