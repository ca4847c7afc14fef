"""What a principal's text is, by its form alone; each text has exactly one form, so that one
mistake has one name.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
"""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import lru_cache

from trust_widgets.aws import services
from trust_widgets.aws.arns import ACCOUNT_ID
from trust_widgets.aws.oidc_issuers import BUILT_IN
from trust_widgets.text.globs import has_wildcard


class PrincipalForm(Enum):
    """What the text of a principal is."""

    EVERYONE = auto()  # *
    ACCOUNT = auto()  # 111122223333, or its root
    NAMED = auto()  # a user, a role, one of their sessions
    WILDCARD = auto()  # part of it is a wildcard
    NO_PRINCIPAL = auto()  # a group, an instance profile, a policy: things that cannot call
    DELETED = auto()  # AROA..., what IAM shows for a role that is gone
    PROVIDER = auto()  # a SAML or OIDC provider
    SERVICE = auto()  # ec2.amazonaws.com
    OTHER = auto()


ACCOUNT = re.compile(ACCOUNT_ID)
_PARTITION = r"aws(?:-[a-z]+)*"
_HEAD = rf"arn:{_PARTITION}:iam::(?P<account>{ACCOUNT_ID}):"
_NAME = r"[A-Za-z0-9_+=,.@-]{1,64}"
ROOT = re.compile(rf"{_HEAD}root")
_OF_ARNS = (
    (PrincipalForm.ACCOUNT, ROOT),
    (PrincipalForm.NAMED, re.compile(rf"{_HEAD}(?:user|role)/(?:[!-~]+/)?{_NAME}")),
    (
        PrincipalForm.NAMED,
        re.compile(rf"arn:{_PARTITION}:sts::{ACCOUNT_ID}:assumed-role/[!-~]+/[\w+=,.@-]{{2,64}}"),
    ),
    (
        PrincipalForm.NAMED,
        re.compile(rf"arn:{_PARTITION}:sts::{ACCOUNT_ID}:federated-user/[\w+=,.@:-]+"),
    ),
    (
        PrincipalForm.NO_PRINCIPAL,
        re.compile(rf"arn:{_PARTITION}:iam::[^:]*:(?:group|instance-profile|policy|mfa)/.*"),
    ),
    (PrincipalForm.PROVIDER, re.compile(r"arn:[^:]*:iam::[^:]*:(?:saml|oidc)-provider/.*")),
)
_DELETED = re.compile(r"A(?:ROA|IDA)[A-Z0-9]{12,}")


@lru_cache(maxsize=2048)
def form_of(text: str) -> PrincipalForm:
    """The form of a principal's text, whatever kind it was written under.

    Example:
        >>> form_of("111122223333"), form_of("ec2.amazonaws.com"), form_of("1111-2222-3333")
        (<PrincipalForm.ACCOUNT: 2>, <PrincipalForm.SERVICE: 8>, <PrincipalForm.OTHER: 9>)
    """
    if text == "*":
        return PrincipalForm.EVERYONE
    if has_wildcard(text):
        return PrincipalForm.WILDCARD
    if text.startswith("arn:"):
        return _form_of_arn(text)
    if ACCOUNT.fullmatch(text):
        return PrincipalForm.ACCOUNT
    if _DELETED.fullmatch(text):
        return PrincipalForm.DELETED
    if services.well_formed(text):
        return PrincipalForm.SERVICE
    return PrincipalForm.OTHER


def _form_of_arn(text: str) -> PrincipalForm:
    for form, pattern in _OF_ARNS:
        if pattern.fullmatch(text):
            return form
    return PrincipalForm.OTHER


_KIND_OF_FORM = {
    PrincipalForm.ACCOUNT: "AWS",
    PrincipalForm.NAMED: "AWS",
    PrincipalForm.PROVIDER: "Federated",
    PrincipalForm.SERVICE: "Service",
}


def kind_for(value: str) -> str | None:
    """The kind of principal a text belongs under; `None` where its form does not show it."""
    if value in BUILT_IN:
        return "Federated"
    return _KIND_OF_FORM.get(form_of(value))


def account_of(text: str) -> str:
    """The 12 digits of the account in a principal, or `""`."""
    parts = text.split(":")
    account = ""
    if len(parts) == 1:
        account = text
    elif len(parts) > 5:
        account = parts[4]
    if ACCOUNT.fullmatch(account):
        return account
    return ""


def partition_of(text: str) -> str:
    """The partition in an ARN; `aws` for anything else."""
    if text.startswith("arn:") and text.count(":") > 1:
        return text.split(":")[1]
    return "aws"
