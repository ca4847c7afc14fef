"""What patterns for holders of OIDC tokens share: their statement, written and read, and the
identity provider.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from trust_widgets.aws.arns import ACCOUNT_ID
from trust_widgets.policy import (
    Companion,
    Condition,
    Principal,
    Role,
    Statement,
    principals_of_kind,
    statements,
)
from trust_widgets.providers import facts_of, provider_of
from trust_widgets.text.globs import has_wildcard
from trust_widgets.text.quoting.shell import command, list_of_one

_ARN = re.compile(rf"arn:(aws(?:-[a-z]+)*):iam::({ACCOUNT_ID}):oidc-provider/(.+)", re.ASCII)


class TokenGrant(NamedTuple):
    """Tokens that a statement requires: of one issuer, for one audience, with one of some
    subjects.
    """

    partition: str
    account: str
    issuer: str
    audience: str
    subjects: tuple[str, ...]


def statement(token: TokenGrant) -> Statement:
    """The statement that takes these tokens; subjects with wildcards are compared with
    StringLike.
    """
    arn = provider_arn(token.partition, token.account, token.issuer)
    return Statement(
        principal=Principal(federated=(arn,)),
        action=("sts:AssumeRoleWithWebIdentity",),
        conditions=(
            Condition("StringEquals", f"{token.issuer}:aud", (token.audience,)),
            any_of(f"{token.issuer}:sub", token.subjects),
        ),
    )


def provider_arn(partition: str, account: str, issuer: str) -> str:
    """The ARN of the identity provider for an issuer.

    Example:
        >>> provider_arn("aws", "111122223333", "gitlab.com")
        'arn:aws:iam::111122223333:oidc-provider/gitlab.com'
    """
    return f"arn:{partition}:iam::{account}:oidc-provider/{issuer}"


def provider_in(principal: str) -> tuple[str, str, str]:
    """Partition, account and issuer of an OIDC provider's ARN; of another principal only itself.

    Example:
        >>> provider_in("arn:aws:iam::111122223333:oidc-provider/gitlab.com")
        ('aws', '111122223333', 'gitlab.com')
        >>> provider_in("accounts.google.com")
        ('', '', 'accounts.google.com')
    """
    found = _ARN.fullmatch(principal)
    if found is None:
        return "", "", principal
    return found[1], found[2], found[3]


def any_of(key: str, values: tuple[str, ...]) -> Condition:
    """A condition for one of these values. Only the Like operators read `*` and `?` as wildcards.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    """
    wild = any(has_wildcard(value) for value in values)
    return Condition("StringLike" if wild else "StringEquals", key, values)


def read(statements: tuple[Statement, ...]) -> TokenGrant | None:
    """The tokens that a single statement requires by audience and subject."""
    principal = statements[0].principal
    if len(statements) != 1 or principal is None or len(principal.federated or ()) != 1:
        return None
    arn = _ARN.fullmatch((principal.federated or ("",))[0])
    if arn is None:
        return None
    partition, account, issuer = arn.groups()
    audiences = asked(statements[0], f"{issuer}:aud", "StringEquals")
    subjects = asked(statements[0], f"{issuer}:sub", "StringEquals", "StringLike")
    if len(audiences) == 1 and subjects:
        return TokenGrant(partition, account, issuer, audiences[0], subjects)
    return None


def asked(statement: Statement, key: str, *operators: str) -> tuple[str, ...]:
    """The values that a statement requires of a key with one of these operators; what else it
    requires becomes a `Guard`.
    """
    return tuple(
        str(value) for _, operator, value in statement.values_of(key) if operator in operators
    )


def provider(issuer: str, audience: str, whose: str) -> Companion:
    """The identity provider that the statement names; its thumbprint AWS finds by itself.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html"""
    url = f"https://{issuer}"
    made = command(
        ("aws", "iam", "create-open-id-connect-provider"),
        {"--url": url, "--client-id-list": list_of_one(audience)},
    )
    note = f"Create it once in your account. It lets IAM accept tokens from {whose}."
    data = (("url", url), ("client_id", audience))
    return Companion(
        "oidc_provider", "The identity provider", note, "create-provider.sh", f"{made}\n", data
    )


def providers(role: Role, principals: Iterable[str]) -> tuple[Companion, ...]:
    """The identity providers that a statement names of which no form knows the audience: to be made
    by hand.

    Args:
        role: in whose trust policy the statements for them are looked up.
        principals: providers' ARNs; others, and issuers that AWS has built in, need none.
    """
    found = (_ARN.fullmatch(arn) for arn in principals)
    return tuple(_by_hand(role, arn[0], arn[1], arn[3]) for arn in found if arn)


def _by_hand(role: Role, arn: str, partition: str, issuer: str) -> Companion:
    known = provider_of(issuer)
    is_usual = partition == "aws" or facts_of(known).audience_in_every_partition
    usual = known.audience if known and is_usual else ""
    asking = [asked(it, f"{issuer}:aud", "StringEquals") for it in _allows(role, arn)]
    named = tuple(dict.fromkeys(audience for found in asking for audience in found))
    audience = named[0] if named else usual or "AUDIENCE"
    url = {"--url": f"https://{issuer}", "--client-id-list": list_of_one(audience)}
    text = command(("aws", "iam", "create-open-id-connect-provider"), url)
    note = "Create it once in your account. It lets IAM accept tokens from this issuer."
    return Companion(
        "oidc_audiences",
        "The identity provider",
        note + _listing(all(asking), usual),
        "provider.sh",
        f"{text}\n",
    )


def _allows(role: Role, arn: str) -> list[Statement]:
    return [
        statement
        for _, statement in statements(role.trust, "Allow")
        if arn in principals_of_kind(statement, "Federated")
    ]


def _listing(is_asked: bool, usual: str) -> str:
    """What its list of audiences has to hold where no condition requires one.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html"""
    if is_asked:
        return ""
    which = "add only your own, the aud claim of the token"
    if usual:
        which = f"add {usual} only, the default of its usual client"
    return (
        " One statement has no condition on the audience, so every audience in the provider's "
        f"list can be used, and no other: {which}."
    )


def try_it(role_arn: str, provider_id: str = "") -> Companion:
    """The call by which the holder of a token tries the role out.

    https://docs.aws.amazon.com/cli/latest/reference/sts/assume-role-with-web-identity.html

    Args:
        role_arn: the role.
        provider_id: of tokens that are no OIDC tokens, the host that issues them.
    """
    options = {"--role-arn": role_arn, "--role-session-name": "trying-it"}
    if provider_id:
        options["--provider-id"] = provider_id
    call = command(("aws", "sts", "assume-role-with-web-identity"), options)
    note = (
        "This needs a token in the file token.jwt, and no AWS credentials. It prints "
        "credentials of the role, or the reason for the refusal."
    )
    token = '"$(cat token.jwt)"'
    text = f"{call} \\\n  --web-identity-token {token}\n"
    return Companion("try_it", "Try it", note, "try-it.sh", text)
