"""What the ID of an organization implies about the paths of an account in it, and the reverse.

An account in an organization has one ID of it, and its paths begin with that ID.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

from collections.abc import Mapping

from trust_widgets.aws.keys.records import organization_key_of, organization_keys
from trust_widgets.evaluation.operators import Operator
from trust_widgets.text.globs import covers, fixed_start


def keys_of_organizations(
    keys: Mapping[str, str | tuple[str, ...] | None],
) -> dict[str, str | tuple[str, ...] | None]:
    """The keys, in lower case, that a request has next to others: `None` for paths in a known
    organization, its ID for known paths.

    Example:
        >>> keys_of_organizations({"aws:principalorgid": "o-a1b2c3d4e5"})
        {'aws:principalorgpaths': None}
        >>> keys_of_organizations({"aws:sourceorgpaths": ("o-a1b2c3d4e5/r-ab12/",)})
        {'aws:sourceorgid': 'o-a1b2c3d4e5'}
    """
    found: dict[str, str | tuple[str, ...] | None] = {}
    for paths, organization in organization_keys().items():
        known = keys.get(paths)
        if isinstance(keys.get(organization), str) and paths not in keys:
            found[paths] = None
        elif known and keys.get(organization) is None:
            several = (known,) if isinstance(known, str) else known
            ids = {path.partition("/")[0] for path in several if "/" in path}
            if len(ids) == 1:
                found[organization] = ids.pop()
    return found


def organization_of(key: str, keys: Mapping[str, str | tuple[str, ...] | None]) -> str | None:
    """The ID of the organization in which unknown paths are; `None` where that is unknown too.

    Args:
        key: with the paths, in lower case. keys: of the request.
    """
    organization = organization_key_of(key)
    if organization is None:
        return None
    given = keys.get(organization)
    if isinstance(given, str) and given:
        return given
    return None


def fits_in_organization(operator: Operator, text: str, organization: str) -> bool | None:
    """Whether every path in an organization fits a value of a policy, or none does; `None` where
    some do. Negation is left aside.

    Args:
        operator: of the condition. text: its value, without variables. organization: its ID.

    Example:
        >>> from trust_widgets.evaluation.operators import operator_named
        >>> operator = operator_named("StringLike")
        >>> fits_in_organization(operator, "o-a1b2c3d4e5/*", "o-a1b2c3d4e5")
        True
        >>> fits_in_organization(operator, "o-zyxwvutsrq/*", "o-a1b2c3d4e5")
        False
    """
    if not operator.base.startswith("String"):
        return None
    if operator.base.endswith("IgnoreCase"):
        text, organization = text.lower(), organization.lower()
    inside = f"{organization}/"
    if operator.wildcards and covers(text, f"{inside}*"):
        return True
    start = fixed_start(text) if operator.wildcards else text
    if start.startswith(inside) or inside.startswith(start):
        return None
    return False
