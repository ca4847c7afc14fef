"""What is known of a role besides its trust policy."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.arns import arn_of
from trust_widgets.policy import PolicySource, Role, TrustPolicy
from trust_widgets.readers import RoleRecord

DEFAULT_SESSION = 3600


def role_of(given: object, policy: TrustPolicy, source: PolicySource) -> Role:
    """Return the role that a person gave; one without a name where there is only a policy.

    Example:
        >>> role_of({}, TrustPolicy(), PolicySource()).name
        ''
    """
    if isinstance(given, Role):
        return given
    if isinstance(given, RoleRecord):
        account = given.account or source.account
        return Role(given.name, policy, account, given.path or "/", tags=given.tags)
    known = dict(source.of_role or {})
    return Role(
        str(known.get("role_name", "")),
        policy,
        source.account,
        str(known.get("path", "/")),
        max_session=int(known.get("max_session", DEFAULT_SESSION)),
    )


def facts_of(given: object, role: Role) -> tuple[tuple[str, str], ...]:
    """Return the facts about a role as pairs of a label and a value.

    Example:
        >>> facts_of(None, Role("app", account="111122223333"))
        (('Role ARN', 'arn:aws:iam::111122223333:role/app'),)
    """
    record = given if isinstance(given, RoleRecord) else None
    return (*_of_role(role, record), *(_of_record(record) if record else ()))


def _of_role(role: Role, record: RoleRecord | None) -> Iterator[tuple[str, str]]:
    arn = record.arn if record else ""
    if arn or (role.account and role.name):
        yield "Role ARN", arn or role.arn
    elif role.account:
        yield "Account", role.account
    if role.path != "/" and not arn_of(arn):
        yield "Path", role.path
    if role.description:
        yield "Description", role.description
    if role.max_session != DEFAULT_SESSION:
        yield "Maximum session duration", f"{role.max_session} seconds"
    for key, value in role.tags:
        yield f"Tag {key}", value


def _of_record(record: RoleRecord) -> Iterator[tuple[str, str]]:
    file, line, *_ = record.place
    yield "Source", f"{file}, line {line} ({record.source})"
    if record.created:
        yield "Created", record.created
    if record.last_used:
        yield "Last used", record.last_used
    if record.boundary:
        yield "Permissions boundary", record.boundary
    for policy in record.permissions:
        yield "Permissions policy", policy
