"""Who makes a call, read from the one text that names them.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from trust_widgets.aws.oidc_issuers import BUILT_IN
from trust_widgets.policy import PrincipalRef, principal_ref

Kind = Literal["aws", "service", "oidc", "saml"]
Sort = Literal["user", "role", "session", "federated-user", "account", ""]

UNNAMED = "*"
"""The issuer in the principal of a call whose token's issuer is not known:
`arn:aws:iam::111122223333:oidc-provider/*`."""

_EXPECTED = (
    "a caller is a user, a role or a session by its ARN, a service like lambda.amazonaws.com, "
    "an identity provider by its ARN, or one of " + ", ".join(BUILT_IN)
)


class Identity(NamedTuple):
    """A caller.

    Args:
        text: as it was given.
        kind: how it calls: `aws` signs with credentials, `service` is AWS itself, `oidc` and `saml`
            bring a token.
        sort: what it is, of kind `aws`: `account` represents some principal of that account.
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

    @property
    def brings_a_token(self) -> bool:
        """Whether the caller has no AWS credentials, but a token or a SAML assertion."""
        return self.kind in ("oidc", "saml")

    @property
    def is_of_some_issuer(self) -> bool:
        """Whether the caller holds a token of an issuer that is not known."""
        return self.kind == "oidc" and self.name == UNNAMED


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
    ref = principal_ref(principal)
    if not ref.kind or ref.account == principal:
        raise ValueError(f"{principal!r} is not a caller: {_EXPECTED}.")
    return identity_from_ref(ref)


def identity_from_ref(ref: PrincipalRef) -> Identity:
    """The caller that a principal refers to."""
    assert ref.kind  # the text names someone
    return Identity(ref.text, ref.kind, ref.sort, ref.partition, ref.account, ref.name, ref.session)
