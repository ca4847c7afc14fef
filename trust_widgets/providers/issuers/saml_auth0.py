"""Auth0 as a SAML identity provider of an account.

https://auth0.com/docs/customize/integrations/aws/how-to-set-up-aws-for-delegated-authentication
"""

from __future__ import annotations

import re
from typing import Annotated

from trust_widgets.providers.issuers._auth0 import TENANT
from trust_widgets.providers.issuers._saml import SAML_FACTS, provider


def issuer_from(tenant: Annotated[str, TENANT]) -> str:
    """The tenant's entity ID.

    Example:
        >>> issuer_from("octo-org.eu")
        'urn:octo-org.eu.auth0.com'
    """
    return f"urn:{tenant}.auth0.com"


PROVIDER = provider(
    title="Auth0 (SAML)",
    owns=lambda entity_id: (
        re.fullmatch(r"urn:[a-z0-9-]+(\.[a-z0-9-]+)?\.auth0\.com", entity_id) is not None
    ),
    source="https://auth0.com/docs/customize/integrations/aws/how-to-set-up-aws-for-delegated-authentication",
    setup=(
        "Turn on the add-on SAML2 Web App of an application, with the sign-in endpoint as its"
        " callback URL, and map the attributes Role and RoleSessionName."
    ),
    verified=(
        "Auth0's page says that the entity ID is a urn; which one is known from other "
        "people's metadata. The settings of the add-on say which NameID it sends."
    ),
    issuer="urn:{tenant}.auth0.com",
    issuer_from=issuer_from,
)

FACTS = SAML_FACTS
