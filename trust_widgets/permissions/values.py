"""A permissions policy as frozen values that keep everything its document said.

Identity-based policies, permissions boundaries, session policies, service and resource control
policies and policies of VPC endpoints have one grammar:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from trust_widgets.policy import Statement, TrustPolicy, items_from_given, parse, policy_html

GivenPolicy: TypeAlias = "str | Mapping[str, Any] | PermissionsPolicy"
"""What a permissions policy is read from: its JSON text, its document, or itself."""
GivenPolicies: TypeAlias = "GivenPolicy | Iterable[GivenPolicy]"
"""One permissions policy, or several that count together."""

_EXAMPLE = (
    'tw.PermissionsPolicy.parse(\'{"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",'
    ' "Resource": "arn:aws:iam::111122223333:role/app"}]}\')'
)


@dataclass(frozen=True, slots=True)
class PermissionsPolicy:
    """A permissions policy. `str(policy)` is its canonical JSON text.

    Args:
        statements: in the document's order.
        version: `"2012-10-17"`, or what the document said; `None` when it said nothing.
        id: the optional `Id`.
        other: top-level elements that AWS does not know, frozen.

    Example:
        >>> text = '{"Statement": {"Effect": "Allow", "Action": "sts:*", "Resource": "*"}}'
        >>> PermissionsPolicy.parse(text).statements[0].resource
        ('*',)
    """

    statements: tuple[Statement, ...] = ()
    version: str | None = "2012-10-17"
    id: str | None = None
    other: tuple[tuple[str, Any], ...] = ()

    def __post_init__(self) -> None:
        if isinstance(self.statements, (str, Mapping, TrustPolicy)):
            raise TypeError("statements: a text is read by tw.PermissionsPolicy.parse(...)")
        statements = items_from_given("statements", self.statements, Statement, "tw.Statement(...)")
        object.__setattr__(self, "statements", statements)

    @classmethod
    def parse(cls, given: GivenPolicy) -> PermissionsPolicy:
        """Read a permissions policy.

        Args:
            given: its JSON text, its document as a dict, or the policy itself.

        Raises:
            DocumentError: for a text that cannot be read.
            TypeError: for what is no policy.
        """
        if isinstance(given, PermissionsPolicy):
            return given
        if not isinstance(given, (str, Mapping)):
            kind = "None" if given is None else type(given).__name__
            raise TypeError(f"a permissions policy is needed, not {kind}: write {_EXAMPLE}")
        read = parse(given)
        return cls(read.statements, read.version, read.id, read.other)

    def to_dict(self) -> dict[str, Any]:
        """The document as plain JSON values."""
        return self._as_written().to_dict()

    def __str__(self) -> str:
        return str(self._as_written())

    def _as_written(self) -> TrustPolicy:
        return TrustPolicy(self.statements, self.version, self.id, self.other)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": str(self), "text/html": policy_html(str(self))}


def policies_from_given(given: GivenPolicies) -> tuple[PermissionsPolicy, ...]:
    """Several permissions policies as a person gave them: one, or a list of them.

    Raises:
        DocumentError: for a text that cannot be read.
        TypeError: for what is no policy.

    Example:
        >>> len(policies_from_given(['{"Statement": []}', {"Statement": []}]))
        2
    """
    if isinstance(given, (str, Mapping, PermissionsPolicy)) or not isinstance(given, Iterable):
        return (PermissionsPolicy.parse(given),)
    return tuple(PermissionsPolicy.parse(policy) for policy in given)
