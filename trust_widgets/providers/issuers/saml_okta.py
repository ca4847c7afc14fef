"""Okta as a SAML identity provider of an account: the application "AWS Account Federation".

https://help.okta.com/en-us/content/topics/deploymentguides/aws/aws-configure-identity-provider.htm
"""

from __future__ import annotations

import re
from typing import Annotated

from trust_widgets.forms import Question
from trust_widgets.providers.issuers._saml import SAML_FACTS, provider

_APPLICATION = Question(
    "Application",
    "The ID in the issuer of its metadata.",
    "exk1abcd2EFGH3ijk4x7",
    "exk[A-Za-z0-9]{1,40}",
    "An application's ID begins with exk, like exk1abcd2EFGH3ijk4x7.",
)


def issuer_from(application: Annotated[str, _APPLICATION]) -> str:
    """The application's entity ID.

    Example:
        >>> issuer_from("exk1abcd2EFGH3ijk4x7")
        'http://www.okta.com/exk1abcd2EFGH3ijk4x7'
    """
    return f"http://www.okta.com/{application}"


PROVIDER = provider(
    title="Okta (SAML)",
    owns=lambda entity_id: (
        re.fullmatch(r"http://www\.okta\.com/exk[A-Za-z0-9]+", entity_id) is not None
    ),
    source="https://help.okta.com/en-us/content/topics/deploymentguides/aws/aws-configure-identity-provider.htm",
    setup=(
        "Add the application AWS Account Federation, with the provider's ARN in its sign-on"
        " settings; it sends the attributes."
    ),
    verified=(
        "The steps are in Okta's page. The entity ID is known from other people's "
        "metadata; the settings of the application say which NameID it sends."
    ),
    issuer="http://www.okta.com/{application}",
    issuer_from=issuer_from,
)

FACTS = SAML_FACTS
