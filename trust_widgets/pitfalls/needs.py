"""What a policy must contain before a mistake is possible.

Most policies have no conditions and principals of one kind. A pitfall says what it needs, and is
not asked about policies without it.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from trust_widgets.policy import TrustPolicy

Need: TypeAlias = Literal["conditions", "Deny", "AWS", "Service", "Federated"]

CONDITIONS: Final[frozenset[Need]] = frozenset({"conditions"})
DENY: Final[frozenset[Need]] = frozenset({"Deny"})
AWS_PRINCIPAL: Final[frozenset[Need]] = frozenset({"AWS"})
SERVICE_PRINCIPAL: Final[frozenset[Need]] = frozenset({"Service"})
FEDERATED_PRINCIPAL: Final[frozenset[Need]] = frozenset({"Federated"})


def contained_in(policy: TrustPolicy) -> frozenset[str]:
    """What a policy contains of that which pitfalls need: conditions, a Deny, kinds of principals.

    Example:
        >>> import trust_widgets as tw
        >>> role = tw.PATTERNS["aws_service"].build(services=("ec2.amazonaws.com",))
        >>> sorted(contained_in(role.trust))
        ['Allow', 'Service']
    """
    found: set[str] = set()
    for statement in policy.statements:
        if statement.effect is not None:
            found.add(statement.effect)
        if statement.conditions:
            found.add("conditions")
        if statement.principal is not None:
            found.update(kind for kind, _ in statement.principal.kinds)
    return frozenset(found)
