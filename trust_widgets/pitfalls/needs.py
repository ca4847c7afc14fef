"""What a policy must contain before a mistake is possible.

Most policies have few conditions and principals of one kind. A pitfall says what it needs, and is
not run on policies without it.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.policy import Statement, TrustPolicy, normalized_key

Need: TypeAlias = str
"""`"conditions"`, `"claims"`, `"Deny"`, a kind of principal, a service principal, or a condition
key in lower case.
"""

CONDITIONS: Final[frozenset[Need]] = frozenset({"conditions"})
CLAIMS: Final[frozenset[Need]] = frozenset({"claims"})
"""A condition on a claim of a token."""
DENY: Final[frozenset[Need]] = frozenset({"Deny"})
AWS_PRINCIPAL: Final[frozenset[Need]] = frozenset({"AWS"})
SERVICE_PRINCIPAL: Final[frozenset[Need]] = frozenset({"Service"})
FEDERATED_PRINCIPAL: Final[frozenset[Need]] = frozenset({"Federated"})
CANONICAL_USER: Final[frozenset[Need]] = frozenset({"CanonicalUser"})


def service(name: str) -> frozenset[Need]:
    """The need for one service as a principal.

    Example:
        >>> sorted(service("ec2.amazonaws.com"))
        ['ec2.amazonaws.com']
    """
    return frozenset({name})


def condition_on(key: str) -> frozenset[Need]:
    """The need for a condition on a key.

    Example:
        >>> sorted(condition_on("sts:ExternalId"))
        ['sts:externalid']
    """
    return frozenset({normalized_key(key)})


def contained_in(policy: TrustPolicy) -> frozenset[Need]:
    """What a policy contains of that which pitfalls need: conditions and their keys, a Deny, kinds
    of principals, and services.

    Example:
        >>> import trust_widgets as tw
        >>> role = tw.PATTERNS["aws_service"].build(services=("ec2.amazonaws.com",))
        >>> sorted(contained_in(role.trust))
        ['Allow', 'Service', 'ec2.amazonaws.com']
    """
    found: set[Need] = set()
    for statement in policy.statements:
        if statement.effect is not None:
            found.add(statement.effect)
        if statement.principal is not None:
            for kind, values in statement.principal.kinds:
                found.add(kind)
                if kind == "Service":
                    found.update(values)
        if statement.conditions or statement.bare_operators:
            found |= CONDITIONS | _keys_of(statement)
    return frozenset(found)


def _keys_of(statement: Statement) -> set[Need]:
    keys = {normalized_key(condition.key) for condition in statement.conditions}
    if any(claim_key(key).issuer for key in keys):
        return keys | CLAIMS
    return keys
