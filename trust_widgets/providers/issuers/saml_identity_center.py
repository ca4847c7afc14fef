"""IAM Identity Center as a SAML identity provider of an account: a custom application of one's own.

The roles that Identity Center makes for its permission sets are no matter of this: their trust is
its own.
https://docs.aws.amazon.com/singlesignon/latest/userguide/customermanagedapps-saml2-setup.html
"""

from __future__ import annotations

import re
from typing import Annotated

from trust_widgets.forms import Question
from trust_widgets.providers.issuers._saml import SAML_FACTS, provider

_REGION = Question(
    "Region",
    "Region of IAM Identity Center.",
    "eu-central-1",
    "[a-z]{2,4}(-[a-z]+)+-[0-9]",
    "A region, like eu-central-1.",
)
_APPLICATION = Question(
    "Application",
    "The last part of the issuer URL in its metadata.",
    "MTExMTIyMjIzMzMzX2lucy0xMjM0NTY3ODkwYWJjZGVm",
    "[A-Za-z0-9_=-]{1,200}",
    "An application is letters and digits, like MTExMTIyMjIzMzMzX2lucy0xMjM0NTY3ODkwYWJjZGVm.",
)


def issuer_from(region: Annotated[str, _REGION], application: Annotated[str, _APPLICATION]) -> str:
    """The application's entity ID.

    Example:
        >>> issuer_from("eu-central-1", "MTEx")
        'https://portal.sso.eu-central-1.amazonaws.com/saml/assertion/MTEx'
    """
    return f"https://portal.sso.{region}.amazonaws.com/saml/assertion/{application}"


_OWN = re.compile(r"https://portal\.sso\.[a-z0-9-]+\.amazonaws\.com/saml/assertion/[A-Za-z0-9_=-]+")
PROVIDER = provider(
    title="IAM Identity Center (SAML)",
    owns=lambda entity_id: _OWN.fullmatch(entity_id) is not None,
    source="https://docs.aws.amazon.com/singlesignon/latest/userguide/customermanagedapps-saml2-setup.html",
    setup=(
        "Add a customer managed SAML application, and map the attributes Role and "
        "RoleSessionName. A permission set needs no provider: IAM Identity Center "
        "creates its roles."
    ),
    verified=(
        "The entity ID is known from other people's metadata. The attribute mappings of "
        "the application say which NameID it sends; the host in other partitions is not "
        "verified."
    ),
    issuer="https://portal.sso.{region}.amazonaws.com/saml/assertion/{application}",
    issuer_from=issuer_from,
)

FACTS = SAML_FACTS
