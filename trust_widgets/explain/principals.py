"""Principals and callers in words."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws import accounts, services
from trust_widgets.aws.actions import WITH_SAML, WITH_WEB_IDENTITY
from trust_widgets.aws.arns import arn_of, is_account_id
from trust_widgets.aws.oidc_issuers import is_outbound
from trust_widgets.aws.partitions import COMMERCIAL, partition_title
from trust_widgets.evaluation import Identity, principal_arn
from trust_widgets.explain.principal_words import PrincipalWords
from trust_widgets.explain.token_holders import token_holders
from trust_widgets.policy import (
    ConditionView,
    Home,
    Principal,
    Statement,
    assumes_with_tokens_alone,
    names_action,
    principals_of_kind,
)
from trust_widgets.providers import issuer_of
from trust_widgets.text.english import listed

ANYONE = "anyone with an AWS account"
ANY_PRINCIPAL = "any principal"
ANY_SERVICE = "any AWS service"
IF_STAR_MATCHES = '(if "*" matches callers with a token)'
_TOKENS = {
    WITH_WEB_IDENTITY: "a web identity token",
    WITH_SAML: "a SAML assertion",
}
_ROLE = "the role {}"
_SESSION = "the session {} of {}"
_COUNTED = {
    "role": "{} roles",
    "user": "{} users",
    "federated-user": "{} federated users",
    "assumed-role": "{} sessions of roles",
}
_NAMED = {"role": _ROLE, "user": "the user {}", "federated-user": "the federated user {}"}
"""A user, role or federated user by its name."""


# -- those that a statement names ------------------------------------------------------------------


def who_of(statement: Statement, home: Home, *, impossible: bool = False) -> list[PrincipalWords]:
    """Who a statement names, one entry for each principal, AWS services together.

    Args:
        statement: the statement.
        home: what is the reader's.
        impossible: whether to name holders of tokens also by subjects that surely no token has.

    Example:
        >>> app = Principal(aws="arn:aws:iam::444455556666:role/app")
        >>> who_of(Statement(principal=app), Home())[0].text
        'the role app of account 444455556666'
    """
    principal = statement.principal
    if principal is None:
        everyone = "everyone except the principals in NotPrincipal"
        if statement.not_principal is not None:
            return [PrincipalWords(everyone, (everyone,), True)]
        return []
    if principal.star:
        return list(_everyone(statement, impossible))
    found = list(_services(principal))
    for value in principal.aws or ():
        if value == "*":
            found.extend(_everyone(statement, impossible))
        else:
            found.append(_account_caller(value, home))
    for value in principal.federated or ():
        found.extend(_federated(value, statement, impossible))
    return list(dict.fromkeys(found))


def _services(principal: Principal) -> Iterator[PrincipalWords]:
    if "*" in (principal.service or ()):
        yield PrincipalWords(ANY_SERVICE, (ANY_SERVICE,), None)
    written = [name for name in principal.service or () if name != "*"]
    titles = list(dict.fromkeys(map(services.title_in, written)))
    if titles:
        noun = "AWS services" if len(titles) > 1 else "AWS service"
        text = f"the {noun} {listed(titles)}"
        yield PrincipalWords(text, counted="{} AWS services", number=len(titles))


def rests_on_star(statement: Statement) -> bool:
    """Whether it depends on the meaning of "*" for callers with a token whom a statement names.

    AWS does not document whether "*" matches them.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    principal = statement.principal
    if principal is None or not (principal.star or "*" in (principal.aws or ())):
        return False
    return assumes_with_tokens_alone(statement)


def _everyone(statement: Statement, impossible: bool) -> Iterator[PrincipalWords]:
    """Whom "*" names: everyone with an AWS account, or callers with a token where the actions of
    the statement are for them alone.
    """
    if not rests_on_star(statement):
        yield PrincipalWords(ANYONE, (ANYONE,), True)
        return
    issuers = dict.fromkeys(ConditionView(each).issuer for each in statement.conditions)
    issuers.pop("", None)
    named = {issuer_of(value).lower() for value in principals_of_kind(statement, "Federated")}
    holders: list[PrincipalWords] = []
    for issuer in issuers:
        if issuer not in named:
            holders.extend(token_holders(issuer, statement, impossible))
    if not issuers:
        tokens = (words for action, words in _TOKENS.items() if names_action(statement, action))
        text = f"anyone with {' or '.join(tokens)}"
        holders = [PrincipalWords(text, (text,))]
    for each in holders:
        counted = f"{each.counted} {IF_STAR_MATCHES}" if each.counted else ""
        yield each._replace(text=f"{each.text} {IF_STAR_MATCHES}", stranger=None, counted=counted)


def _account_caller(value: str, home: Home) -> PrincipalWords:
    arn = arn_of(value)
    account = arn.account if arn else value
    if is_account_id(account) and (arn is None or arn.resource == "root"):
        return _whole_account(account, home, arn.partition if arn else COMMERCIAL)
    if arn is None or not is_account_id(account):
        return PrincipalWords(f"{value} (not a valid principal)")
    owner = _account(account, home, arn.partition)
    text = f"{_named(arn.service, arn.resource)} of {owner}"
    counted = _COUNTED.get(arn.resource.partition("/")[0], "")
    return PrincipalWords(text, counted=counted, account=owner)


def _whole_account(account: str, home: Home, partition: str) -> PrincipalWords:
    text = f"any principal that {_account(account, home, partition)} allows"
    if account in home.accounts:
        counted = "any principal that one of your {} accounts allows"
        return PrincipalWords(text, (text,), False, counted)
    return PrincipalWords(text, (text,), None, "any principal that one of {} accounts allows")


def _account(account: str, home: Home, partition: str) -> str:
    """An account in words, with its partition where that is not the commercial one."""
    where = "" if partition == COMMERCIAL else f" in {partition_title(partition)}"
    if account in home.accounts:
        return f"your account {account}{where}"
    vendor = accounts.vendor_of(account)
    known = f" (known as {vendor})" if vendor else ""
    own = " of your vendor" if account in home.vendors else ""
    return f"account {account}{own}{known}{where}"


def _named(service: str, resource: str) -> str:
    """A user, role or session in words: `the role app`."""
    kind, _, name = resource.partition("/")
    if service == "sts" and kind == "assumed-role":
        role, _, session = name.partition("/")
        return _SESSION.format(session, _ROLE.format(role))
    if kind in _NAMED:
        return _NAMED[kind].format(name.rpartition("/")[2])
    return resource


def _federated(value: str, statement: Statement, impossible: bool) -> Iterator[PrincipalWords]:
    issuer = issuer_of(value)
    if is_outbound(issuer):
        return  # nobody comes with such a token
    if issuer:
        yield from token_holders(issuer, statement, impossible)
    elif ":saml-provider/" in value:
        name = value.rpartition("/")[2]
        yield PrincipalWords(
            f"people who sign in through the SAML provider {name}",
            counted="people who sign in through one of {} SAML providers",
        )
    else:
        yield PrincipalWords(f"{value} (not a valid identity provider)")


# -- the one that makes a request ------------------------------------------------------------------


def caller_of(identity: Identity) -> str:
    """A caller in words.

    Example:
        >>> from trust_widgets.evaluation import identity_of
        >>> caller_of(identity_of("arn:aws:sts::111122223333:assumed-role/deploy/run-1"))
        'the session run-1 of the role deploy of account 111122223333'
    """
    if identity.kind == "service":
        return f"the AWS service {identity.text}"
    if identity.is_of_some_issuer:
        return "the holder of a token from an unknown issuer"
    if identity.kind == "oidc":
        return f"the holder of a token from {issuer_of(identity.text)}"
    if identity.kind == "saml":
        return f"a person who signs in through the SAML provider {identity.name}"
    return f"{_signed_caller(identity)} of account {identity.account}"


def _signed_caller(identity: Identity) -> str:
    """A caller with AWS credentials, without its account."""
    role = _ROLE.format(identity.name)
    # Requests that are made up give a session that the policy does not name this name.
    unnamed_session = identity.sort == "session" and identity.session == "session"
    if identity.sort == "role" or unnamed_session:
        return f"a session of {role}"
    if identity.sort == "session":
        return _SESSION.format(identity.session, role)
    words = _NAMED.get(identity.sort)
    if words is not None:
        return words.format(identity.name)
    return "some principal"


def example_of(identity: Identity) -> str:
    """A caller in words, as one of others like it: the name of a session is left out.

    Example:
        >>> from trust_widgets.evaluation import identity_of
        >>> example_of(identity_of("arn:aws:sts::111122223333:assumed-role/deploy/run-1"))
        'a session of the role deploy of account 111122223333'
    """
    is_session = identity.sort == "session"
    return caller_of(identity._replace(session="session") if is_session else identity)


def arn_or_words(identity: Identity) -> str:
    """A caller as a list of callers has it: a user or role by its ARN, any other in words.

    Example:
        >>> from trust_widgets.evaluation import identity_of
        >>> arn_or_words(identity_of("arn:aws:sts::999988887777:assumed-role/app/session"))
        'arn:aws:iam::999988887777:role/app'
        >>> arn_or_words(identity_of("lambda.amazonaws.com"))
        'the AWS service lambda.amazonaws.com'
    """
    if identity.kind == "aws":
        return principal_arn(identity)
    return caller_of(identity)
