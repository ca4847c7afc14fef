"""The principal classes of users, roles, services and issuers that policies name.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from trust_widgets.access.caller import (
    PATH,
    SESSION,
    PrincipalClass,
    principal_from_arn,
)
from trust_widgets.access.domains import Domain
from trust_widgets.aws.arns import resource_of
from trust_widgets.aws.identity_center import fits_a_role, is_reserved_name
from trust_widgets.aws.oidc_issuers import is_outbound
from trust_widgets.aws.principal_forms import account_of
from trust_widgets.aws.service_calls import carried_by
from trust_widgets.evaluation import (
    CompiledPrincipal,
    Identity,
    Permission,
    identity_of,
)
from trust_widgets.providers import issuer_of
from trust_widgets.text.placeholders import placeholder_in
from trust_widgets.text.tokens import tokens_of_form


def classes_of_named(
    named: Iterable[CompiledPrincipal], partition: str
) -> Iterator[PrincipalClass]:
    """Yield the classes of principals that policies name, but for accounts and "*".

    Args:
        named: the principals. partition: where they are, if they do not say.
    """
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
    fixed = {
        "aws:principalisawsservice": "false",
        "aws:principalaccount": account,
        "aws:principaltype": "AssumedRole",
    }
    arns = Domain(forms=forms, examples=(f"{before}{name}",))
    return PrincipalClass("aws", "session", principal, fixed, arns)


def _one(sort: str, principal: str, arn: str, account: str, name: str = "") -> PrincipalClass:
    types = {"session": "AssumedRole", "user": "User"}
    fixed = {
        "aws:principalarn": arn,
        "aws:principalaccount": account,
        "aws:principaltype": types[sort],
        "aws:principalisawsservice": "false",
    }
    if name:
        fixed["aws:username"] = name
    return PrincipalClass("aws", sort, principal, fixed)


def known_principal(
    arn: str, keys: Mapping[str, str], lacks: frozenset[str], permission: Permission
) -> PrincipalClass:
    """A user, or the sessions of a role, with the keys that they have and those they lack.

    Args:
        arn: of the user or the role. keys: what all their requests have. lacks: what none has.
        permission: what is assumed of their own permission.
    """
    sort = "session" if ":role/" in arn else "user"
    if sort == "user":
        name = arn.rpartition("/")[2]
    else:
        name = ""
    known = _one(sort, principal_from_arn(arn), arn, account_of(arn), name)
    fixed = {**known.fixed, **keys}
    return replace(known, fixed=fixed, lacks=lacks, permission=permission)
