"""Google Workspace as a SAML identity provider of an account.

https://support.google.com/a/answer/6194963
"""

from __future__ import annotations

import re
from typing import Annotated

from trust_widgets.forms import Question
from trust_widgets.providers.issuers._saml import SAML_FACTS, provider

_CUSTOMER = Question(
    "Customer",
    "The idpid in the entity ID of its metadata.",
    "C01abcdef",
    "C[0-9a-z]{1,20}",
    "A customer ID is C, followed by digits and lower case letters, like C01abcdef.",
)


def issuer_from(customer: Annotated[str, _CUSTOMER]) -> str:
    """The customer's entity ID.

    Example:
        >>> issuer_from("C01abcdef")
        'https://accounts.google.com/o/saml2?idpid=C01abcdef'
    """
    return f"https://accounts.google.com/o/saml2?idpid={customer}"


_OWN = re.compile(r"https://accounts\.google\.com/o/saml2\?idpid=C[0-9a-z]+")
PROVIDER = provider(
    title="Google Workspace (SAML)",
    owns=lambda entity_id: _OWN.fullmatch(entity_id) is not None,
    source="https://support.google.com/a/answer/6194963",
    setup=(
        "Add the app Amazon Web Services, and a custom user attribute that contains the "
        "pairs for Role."
    ),
    verified=(
        "The entity ID is known from other people's metadata, and nothing of it from "
        "Google's own pages. The settings of the app say which NameID it sends."
    ),
    issuer="https://accounts.google.com/o/saml2?idpid={customer}",
    issuer_from=issuer_from,
)

FACTS = SAML_FACTS
