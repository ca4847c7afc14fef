"""External IDs, which are different for each customer of a vendor."""

from __future__ import annotations

import secrets
import uuid


def new_external_id() -> str:
    """An external ID that nobody has used before, for a vendor who asks you for one.

    It is no secret: it only has to be another one for each customer of the vendor.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html

    Example:
        >>> len(new_external_id())
        36
    """
    return str(uuid.UUID(bytes=secrets.token_bytes(16), version=4))
