"""What a principal means: who is named, and where they are.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from trust_widgets.aws import services
from trust_widgets.aws.arns import Arn, arn_of, is_account_id
from trust_widgets.aws.oidc_issuers import BUILT_IN
from trust_widgets.aws.principal_forms import PrincipalForm, form_of

PrincipalKind = Literal["aws", "service", "oidc", "saml", ""]
PrincipalSort = Literal["user", "role", "session", "federated-user", "account", ""]
_SERVICE_IN_ANY_CASE = re.compile(r"[A-Za-z0-9.-]+\.amazonaws\.com(?:\.cn)?")


class PrincipalRef(NamedTuple):
    """What the text of a principal, or of a caller, refers to.

    Args:
        text: as written.
        kind: how it makes requests: `aws` signs with credentials, `service` is AWS itself, `oidc`
            and `saml` bring a token; `""` when the text names none of them.
        sort: of kind `aws`: what it is; `account` represents the account as a whole.
        partition, account: where it is; empty for a service, a built-in domain, and of an account
            ID the partition.
        name: of the user or role, without its path, or of the provider.
        session: of the session.
        issuer: of the tokens, as written.
    """

    text: str
    kind: PrincipalKind = ""
    sort: PrincipalSort = ""
    partition: str = ""
    account: str = ""
    name: str = ""
    session: str = ""
    issuer: str = ""

    @property
    def form(self) -> PrincipalForm:
        """The form of the text alone, whatever it refers to."""
        return form_of(self.text)


@lru_cache(maxsize=4096)
def principal_ref(text: str) -> PrincipalRef:
    """What the text of a principal refers to.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html

    Example:
        >>> deploy = principal_ref("arn:aws:sts::111122223333:assumed-role/deploy/run-1")
        >>> deploy.sort, deploy.account, deploy.name, deploy.session
        ('session', '111122223333', 'deploy', 'run-1')
        >>> principal_ref("111122223333").sort, principal_ref("*").kind
        ('account', '')
    """
    if text in BUILT_IN:
        return PrincipalRef(text, "oidc", issuer=text)
    if is_account_id(text):
        return PrincipalRef(text, "aws", "account", account=text)
    arn = arn_of(text)
    if arn is not None and is_account_id(arn.account):
        found = _ref_of_arn(text, arn)
    else:
        found = None
    if found is not None:
        return found
    is_service = services.well_formed(text) or _SERVICE_IN_ANY_CASE.fullmatch(text)
    return PrincipalRef(text, "service" if is_service else "")


def _ref_of_arn(text: str, arn: Arn) -> PrincipalRef | None:
    kind, _, rest = arn.resource.partition("/")
    where = (arn.partition, arn.account)
    if arn.service == "sts" and kind == "assumed-role" and "/" in rest:
        role, _, session = rest.partition("/")
        return PrincipalRef(text, "aws", "session", *where, role, session)
    if arn.service == "sts" and kind == "federated-user" and rest:
        return PrincipalRef(text, "aws", "federated-user", *where, rest)
    if arn.service != "iam":
        return None
    if arn.resource == "root":
        return PrincipalRef(text, "aws", "account", *where)
    if kind in ("user", "role") and rest:
        return PrincipalRef(
            text, "aws", "user" if kind == "user" else "role", *where, rest.rpartition("/")[2]
        )
    if kind == "oidc-provider" and rest:
        return PrincipalRef(text, "oidc", "", *where, rest, issuer=rest)
    if kind == "saml-provider" and rest:
        return PrincipalRef(text, "saml", "", *where, rest)
    return None
