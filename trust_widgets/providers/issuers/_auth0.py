"""What the tokens and the assertions of an Auth0 tenant have in common."""

from __future__ import annotations

from trust_widgets.forms import Question

TENANT = Question(
    "Tenant",
    "Name and region of the tenant, as in the domain.",
    "octo-org.eu",
    r"[a-z0-9-]{1,63}(\.[a-z0-9-]{2,8})?",
    "A tenant is a name and a region, like octo-org.eu.",
)
