"""Microsoft Entra ID as a SAML identity provider of an account: "AWS Single-Account Access".

https://learn.microsoft.com/entra/identity/saas-apps/amazon-web-service-tutorial
"""

from __future__ import annotations

import re
from typing import Annotated

from trust_widgets.forms import Question
from trust_widgets.providers.issuers._saml import SAML_FACTS, provider

_GUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_EXAMPLE = "99998888-7777-6666-5555-444433332222"
_TENANT = Question(
    "Tenant", "Directory (tenant) ID.", _EXAMPLE, _GUID, f"A tenant is a UUID, like {_EXAMPLE}."
)


def issuer_from(tenant: Annotated[str, _TENANT]) -> str:
    """The tenant's entity ID, with the slash at its end.

    Example:
        >>> issuer_from("99998888-7777-6666-5555-444433332222")
        'https://sts.windows.net/99998888-7777-6666-5555-444433332222/'
    """
    return f"https://sts.windows.net/{tenant}/"


PROVIDER = provider(
    title="Microsoft Entra ID (SAML)",
    owns=lambda entity_id: (
        re.fullmatch(rf"https://sts\.windows\.net/{_GUID}/", entity_id, re.IGNORECASE) is not None
    ),
    source="https://learn.microsoft.com/entra/identity/saas-apps/amazon-web-service-tutorial",
    setup=(
        "Add the enterprise application AWS Single-Account Access, and map its claims to the"
        " attributes Role and RoleSessionName."
    ),
    verified=(
        "The entity ID is in the metadata that Microsoft's pages show. The settings of "
        "the application say which NameID it sends."
    ),
    issuer="https://sts.windows.net/{tenant}/",
    issuer_from=issuer_from,
)

FACTS = SAML_FACTS
