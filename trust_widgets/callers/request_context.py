"""The keys of a call while a caller collects them: given, passed on, or left open.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from trust_widgets.aws.arns import Arn
from trust_widgets.aws.keys.condition_keys import why_never
from trust_widgets.aws.keys.records import records
from trust_widgets.evaluation import Permission, Request, Value, arn_of_role, identity_of


def _left_open(when: str) -> tuple[str, ...]:
    """The keys of which a form leaves open whether they are there; of tags all,
    `aws:ResourceTag/*`.
    """
    return tuple(
        record.name.replace("${TagKey}", "*") for record in records() if record.left_open == when
    )


def home_of(role: str) -> Arn:
    """The parts of a role's ARN.

    Raises:
        ValueError: for a text that is none.
    """
    return arn_of_role(role)


def expect_role(named: str) -> None:
    """Refuse what a pasted text names as the role and is none, without a word of the text.

    Raises:
        ValueError: for such a text.
    """
    try:
        home_of(named)
    except ValueError:
        raise ValueError(
            "The role in this text is not the ARN of a role. Write it like "
            "arn:aws:iam::111122223333:role/app. Paste the whole text, or add the ARN "
            "to it."
        ) from None


class ContextBuilder:
    """The keys of one call, gathered."""

    def __init__(self, action: str, role: str) -> None:
        self._action, self._role = action, role
        self._known: dict[str, Value] = {}
        self._open: set[str] = set(_left_open("always"))

    def put(self, key: str, value: Value) -> None:
        """A key that is there with this value."""
        self._known[key] = value
        self._open.discard(key)

    def told(self, key: str, value: Value | None) -> None:
        """A key that AWS fills in: without a value, what it holds is unknown."""
        if value:
            self.put(key, value)
        else:
            self._open.add(key)

    def passed(self, key: str, value: Value) -> None:
        """A key that is there only when the caller passed a value."""
        if value:
            self.put(key, value)

    def has(self, key: str) -> bool:
        """Whether a key is there with a known value."""
        return key in self._known

    def leave_open(self, *keys: str) -> None:
        """Keys of which AWS does not say, or of which it is unknown, whether they are there;
        `aws:PrincipalTag/*` for any tag.
        """
        for key in keys:
            self._known.pop(key, None)
            self._open.add(key)

    def came_from(self, address: str) -> None:
        """The public address that a call comes from; without one it may also come through a VPC's
        endpoint.
        """
        self.told("aws:SourceIp", address)
        if not address:
            self.leave_open(*_left_open("without an address"))

    def session(
        self,
        name: str,
        source_identity: str = "",
        tags: Mapping[str, str] | None = None,
        transitive: tuple[str, ...] = (),
    ) -> None:
        """What is passed about the new session.

        https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
        """
        self.told("sts:RoleSessionName", name)
        self.passed("sts:SourceIdentity", source_identity)
        for key, value in (tags or {}).items():
            self.put(f"aws:RequestTag/{key}", value)
        self.passed("aws:TagKeys", tuple(tags or ()))
        self.passed("sts:TransitiveTagKeys", transitive)

    def request(
        self, principal: str, permission: Permission = "unknown", *, alone: bool = False
    ) -> Request:
        """The call; `alone`: with its action alone.

        Raises:
            ValueError: for a key that such a caller never has, with why.
        """
        kind = identity_of(principal).kind
        for key in self._known:
            because = why_never(key, kind)
            if because:
                raise ValueError(because)
        unknown = frozenset(key for key in self._open if not why_never(key, kind))
        return Request(self._action, principal, self._role, self._known, unknown, permission, alone)


def tags_of(lines: Iterable[str]) -> dict[str, str]:
    """Tags from lines of a form.

    Raises:
        ValueError: for a line without `=`, and for a key that appears twice.

    Example:
        >>> tags_of(["Project=shop", "Team=a=b"])
        {'Project': 'shop', 'Team': 'a=b'}
    """
    found: dict[str, str] = {}
    for line in lines:
        key, sign, value = line.partition("=")
        if not (key and sign):
            raise ValueError(f"{line!r} is not a tag. Write KEY=VALUE, like Project=shop.")
        if key in found:
            raise ValueError(f"The tag {key!r} appears twice: a session has each key once.")
        found[key] = value
    return found


def fill_service(filling: ContextBuilder) -> None:
    """Of these AWS does not say whether a service's call has them."""
    filling.leave_open(
        "aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalType", "aws:userid"
    )
    filling.leave_open("aws:SourceIp", "aws:TokenIssueTime", "aws:PrincipalServiceNamesList")
