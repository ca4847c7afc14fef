"""Who makes a call, read from the one text that names them.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from trust_widgets.aws.arns import Arn, arn_of, is_account_id
from trust_widgets.aws.oidc_issuers import BUILT_IN

Kind = Literal["aws", "service", "oidc", "saml"]
Sort = Literal["user", "role", "session", "federated-user", "account", ""]

_SERVICE = re.compile(r"[A-Za-z0-9.-]+\.amazonaws\.com(?:\.cn)?")
_EXPECTED = (
    "a caller is a user, a role or a session by its ARN, a service like lambda.amazonaws.com, "
    "an identity provider by its ARN, or one of " + ", ".join(BUILT_IN)
)


class Identity(NamedTuple):
    """A caller.

    Args:
        text: as it was given.
        kind: how it calls: `aws` signs with credentials, `service` is AWS itself, `oidc` and `saml` bring a token.
        sort: what it is, of kind `aws`: `account` stands for some principal of that account.
        partition, account: where it lives; empty for a service and a built-in domain.
        name: of the user or role, without its path. session: of the session.
    """

    text: str
    kind: Kind
    sort: Sort = ""
    partition: str = ""
    account: str = ""
    name: str = ""
    session: str = ""


@lru_cache(maxsize=4096)
def identity_of(principal: str) -> Identity:
    """The caller that a text names.

    Raises:
        ValueError: when it names none, with what a caller looks like.

    Example:
        >>> identity_of("arn:aws:sts::111122223333:assumed-role/deploy/run-1").name
        'deploy'
        >>> identity_of("lambda.amazonaws.com").kind
        'service'
    """
    if principal in BUILT_IN:
        return Identity(principal, "oidc")
    arn = arn_of(principal)
    found = _from_arn(principal, arn) if arn and is_account_id(arn.account) else None
    if found is None and _SERVICE.fullmatch(principal):
        found = Identity(principal, "service")
    if found is None:
        raise ValueError(f"{principal!r} names no caller: {_EXPECTED}.")
    return found


def _from_arn(text: str, arn: Arn) -> Identity | None:
    kind, _, rest = arn.resource.partition("/")
    where = (arn.partition, arn.account)
    if arn.service == "sts" and kind == "assumed-role" and "/" in rest:
        role, _, session = rest.partition("/")
        return Identity(text, "aws", "session", *where, role, session)
    if arn.service == "sts" and kind == "federated-user" and rest:
        return Identity(text, "aws", "federated-user", *where, rest)
    if arn.service != "iam":
        return None
    if arn.resource == "root":
        return Identity(text, "aws", "account", *where)
    if kind in ("user", "role") and rest:
        name = rest.rpartition("/")[2]
        return Identity(text, "aws", "user" if kind == "user" else "role", *where, name)
    if kind in ("oidc-provider", "saml-provider") and rest:
        return Identity(text, "oidc" if kind == "oidc-provider" else "saml", "", *where, rest)
    return None
