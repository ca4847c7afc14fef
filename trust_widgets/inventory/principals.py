"""Users and roles with their own permissions, as exports of accounts describe them.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from trust_widgets.permissions import PermissionsPolicy, compiled_permissions
from trust_widgets.policy import DocumentError, TrustPolicy
from trust_widgets.readers import Exported, ExportedRole

Plain = Mapping[str, Any]
USER, ROLE = "user", "role"


@dataclass(frozen=True, eq=False)
class KnownPrincipal:
    """A user or a role.

    Args:
        arn, name, account: of the user or role.
        kind: `"user"` or `"role"`.
        permissions: its own policies, those of its groups included; `None` where they are not
            known whole.
        boundary: its permissions boundary; `None` for none.
        tags: pairs of key and value.
        trust: of a role, its trust policy; `None` where it cannot be read.
        has_profile: of a role, whether an instance profile has it; `None` where that is not known.
    """

    arn: str
    name: str
    account: str
    kind: str
    permissions: tuple[PermissionsPolicy, ...] | None = None
    boundary: PermissionsPolicy | None = None
    tags: tuple[tuple[str, str], ...] = ()
    trust: TrustPolicy | None = None
    has_profile: bool | None = None

    @property
    def label(self) -> str:
        """What it is called in a sentence."""
        return f"the {self.kind} {self.name}"


@dataclass
class Book:
    """What exports say of users, groups, managed policies and roles' permissions.

    Args:
        managed: documents of managed policies by ARN. groups: groups by name and account.
        users: users by ARN. roles: roles by ARN, as the export has them.
    """

    managed: dict[str, Any] = field(default_factory=dict)
    groups: dict[tuple[str, str], Plain] = field(default_factory=dict)
    users: dict[str, Plain] = field(default_factory=dict)
    roles: dict[str, Plain] = field(default_factory=dict)

    def add(self, item: ExportedRole | Exported) -> None:
        """Take in an item of an export."""
        plain, arn = item.plain, item.plain.get("Arn")
        if not isinstance(arn, str):
            return
        if isinstance(item, ExportedRole):
            self.roles[arn] = plain
        elif item.kind == "UserDetailList":
            self.users[arn] = plain
        elif item.kind == "GroupDetailList":
            self.groups[_account(arn), str(plain.get("GroupName"))] = plain
        elif item.kind == "Policies":
            self.managed[arn] = _default_version(plain)

    def user(self, arn: str) -> KnownPrincipal:
        """A user, with the permissions of its groups."""
        plain = self.users[arn]
        account = _account(arn)
        names = [(account, str(name)) for name in plain.get("GroupList") or ()]
        groups = [self.groups.get(name) for name in names]
        own = self._policies(plain, "UserPolicyList")
        parts = [own, *(self._policies(each, "GroupPolicyList") for each in groups)]
        return self._principal(arn, USER, plain, _joined(parts))

    def role(self, arn: str, trust: TrustPolicy | None) -> KnownPrincipal:
        """A role."""
        plain = self.roles.get(arn, {})
        made = self._principal(arn, ROLE, plain, self._policies(plain, "RolePolicyList"), trust)
        return made

    def _principal(
        self,
        arn: str,
        kind: str,
        plain: Plain,
        permissions: tuple[PermissionsPolicy, ...] | None,
        trust: TrustPolicy | None = None,
    ) -> KnownPrincipal:
        boundary, is_known = self._boundary(plain)
        profiles = plain.get("InstanceProfileList")
        return KnownPrincipal(
            arn,
            arn.rpartition("/")[2],
            _account(arn),
            kind,
            permissions if is_known else None,
            boundary,
            _tags(plain),
            trust,
            bool(profiles) if isinstance(profiles, list) else None,
        )

    def _boundary(self, plain: Plain) -> tuple[PermissionsPolicy | None, bool]:
        """The permissions boundary, and whether it is known."""
        given = plain.get("PermissionsBoundary")
        if not isinstance(given, dict):
            return None, True
        policy = _policy(self.managed.get(str(given.get("PermissionsBoundaryArn"))))
        return policy, policy is not None

    def _policies(self, plain: Plain | None, inline: str) -> tuple[PermissionsPolicy, ...] | None:
        """Inline and attached policies; `None` where one of them is not known."""
        if plain is None or (inline not in plain and "AttachedManagedPolicies" not in plain):
            return None
        documents = [each.get("PolicyDocument") for each in _dicts(plain.get(inline))]
        for each in _dicts(plain.get("AttachedManagedPolicies")):
            documents.append(self.managed.get(str(each.get("PolicyArn"))))
        policies = [_policy(document) for document in documents]
        known = [policy for policy in policies if policy is not None]
        if len(known) == len(policies):
            return tuple(known)
        return None


def _joined(
    parts: Iterable[tuple[PermissionsPolicy, ...] | None],
) -> tuple[PermissionsPolicy, ...] | None:
    found: list[PermissionsPolicy] = []
    for part in parts:
        if part is None:
            return None
        found += part
    return tuple(found)


def _account(arn: str) -> str:
    parts = arn.split(":", 5)
    if len(parts) == 6:
        return parts[4]
    return ""


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    yield from (each for each in value or () if isinstance(each, dict))


def _tags(plain: Plain) -> tuple[tuple[str, str], ...]:
    return tuple((str(tag.get("Key")), str(tag.get("Value"))) for tag in _dicts(plain.get("Tags")))


def _default_version(plain: Plain) -> Any:
    for version in _dicts(plain.get("PolicyVersionList")):
        if version.get("IsDefaultVersion"):
            return version.get("Document")
    return None


def _policy(document: Any) -> PermissionsPolicy | None:
    """A permissions policy; `None` for one that is not there or has no meaning."""
    if isinstance(document, str) and document.startswith("%7B"):
        document = unquote(document)
    if not isinstance(document, (str, dict)):
        return None
    try:
        policy = PermissionsPolicy.parse(document)
        compiled_permissions(policy)
    except (DocumentError, ValueError):
        return None
    return policy
