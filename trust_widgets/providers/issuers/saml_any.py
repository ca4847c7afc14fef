"""Any other identity provider that speaks SAML.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml.html
"""

from __future__ import annotations

from typing import Annotated

from trust_widgets.forms import Question
from trust_widgets.providers.issuers._saml import ENDPOINT as ENDPOINT
from trust_widgets.providers.issuers._saml import SAML_FACTS, provider

_ENTITY = Question(
    "Entity ID",
    "In the provider's metadata, as entityID.",
    "https://idp.octo.example/saml",
    r"[^\s*?\x00-\x1f\x7f]{1,1024}",
    "An entity ID is a URI, like https://idp.octo.example/saml.",
)


def issuer_from(entity_id: Annotated[str, _ENTITY]) -> str:
    """The entity ID, letter by letter."""
    return entity_id


PROVIDER = provider(
    title="Another SAML identity provider",
    # It takes none, so that an entity id which nobody knows stays unknown.
    owns=lambda entity_id: False,
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml.html",
    setup="Upload its metadata to IAM, and let it send the attributes Role and RoleSessionName.",
    verified="Find out what NameID it sends.",
    issuer="{entity_id}",
    issuer_from=issuer_from,
)

FACTS = SAML_FACTS
