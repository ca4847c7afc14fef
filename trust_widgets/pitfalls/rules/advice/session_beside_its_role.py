"""One session of a role next to the role itself, whose sessions are all allowed."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import AWS_PRINCIPAL
from trust_widgets.policy import (
    Fix,
    Home,
    PrincipalRef,
    Remove,
    Statement,
    TrustPolicy,
    example,
    principal_ref,
    principals,
    principals_of_kind,
)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement, value in principals(policy, "AWS"):
        session = principal_ref(value)
        if session.sort == "session" and _role_of(session) in _roles(statement):
            yield Hit(
                path,
                f'This list contains the role "{session.name}" and one of its sessions. The '
                "role already includes all of its sessions. Remove one of the two: the session "
                "to allow all sessions, or the role to allow only this session.",
                fix=Fix("Remove the session", (Remove(path),)),
            )


def _roles(statement: Statement) -> set[tuple[str, str, str]]:
    """The roles that the statement names."""
    named = principals_of_kind(statement, "AWS")
    references = [principal_ref(value) for value in named]
    return {_role_of(reference) for reference in references if reference.sort == "role"}


def _role_of(reference: PrincipalRef) -> tuple[str, str, str]:
    """The role, or the role of a session: partition, account, and the name without its path."""
    return reference.partition, reference.account, reference.name


_SESSION_AND = "arn:aws:sts::111122223333:assumed-role/deploy/session-1"

PITFALL = Pitfall(
    code="TP412",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="A session together with its role",
    find=find,
    needs=AWS_PRINCIPAL,
    fine="It does no harm, unless you wanted to allow only this session.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    bad=(
        example({"AWS": [_SESSION_AND, "arn:aws:iam::111122223333:role/deploy"]}),
        example({"AWS": ["arn:aws:iam::111122223333:role/team/deploy", _SESSION_AND]}),
    ),
    good=(
        example({"AWS": _SESSION_AND}),
        example({"AWS": [_SESSION_AND, "arn:aws:iam::111122223333:role/build"]}),
    ),
)
