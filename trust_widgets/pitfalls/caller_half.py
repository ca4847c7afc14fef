"""Mistakes in the caller's own half: a permissions policy that is to let its caller assume a role.

A member of `caller_rules` defines `PITFALL = CallerPitfall(...)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from trust_widgets.evaluation import GivenRole, Keys, role_from_given, template_from_text
from trust_widgets.families import Registry
from trust_widgets.findings import Finding, Findings, Severity, Verdict, by_rank, read_policy
from trust_widgets.permissions import PermissionsPolicy, resource_truth
from trust_widgets.pitfalls import Hit, findings_of
from trust_widgets.pitfalls.acceptance import settled
from trust_widgets.policy import (
    Given,
    Home,
    Path,
    Statement,
    TrustPolicy,
    home_from_given,
    names_action,
    parse,
    source_of,
)

ASSUME_ROLE = "sts:AssumeRole"
EXAMPLE_ROLE = "arn:aws:iam::111122223333:role/app"


@dataclass(frozen=True, slots=True)
class AskedPermissions:
    """A permissions policy with the role that its caller wants to assume.

    Args:
        policy: the caller's.
        role: the role's ARN; `""` where it is not known.
        trust: the role's trust policy; `None` where it is not known.
    """

    policy: PermissionsPolicy
    role: str = ""
    trust: TrustPolicy | None = None

    def allows(self, action: str = ASSUME_ROLE) -> Iterator[tuple[Path, Statement]]:
        """The statements that allow an action on some role, with their places."""
        return self._statements("Allow", action)

    def denies(self, action: str = ASSUME_ROLE) -> Iterator[tuple[Path, Statement]]:
        """The statements that deny an action on some role, with their places."""
        return self._statements("Deny", action)

    def _statements(self, effect: str, action: str) -> Iterator[tuple[Path, Statement]]:
        for index, statement in enumerate(self.policy.statements):
            if statement.effect == effect and names_action(statement, action):
                yield ("Statement", index), statement

    def reaches(self, statement: Statement) -> bool | None:
        """Whether a statement is about the role; `None` where that is not known."""
        if not self.role:
            return None
        if statement.resource is None:
            truths = [fits(text, self.role) for text in statement.not_resource or ()]
            if None in truths:
                return None
            return True not in truths
        truths = [fits(text, self.role) for text in statement.resource]
        if True in truths:
            return True
        if None in truths:
            return None
        return False


def fits(resource: str, role: str) -> bool | None:
    """Whether a value of `Resource` fits a role's ARN; `None` where it has a variable.

    Example:
        >>> fits("arn:aws:iam::*:role/app", "arn:aws:iam::111122223333:role/app")
        True
    """
    if "${" in resource:
        return None
    keys: Keys = {}
    template = template_from_text(resource, wildcards=True, variables=False)
    return resource_truth(template, role, keys).truth


@dataclass(frozen=True, slots=True)
class CallerPitfall:
    """A mistake in the caller's half.

    Args:
        code, verdict, severity, title: as of a `Pitfall`.
        find: yields the hits.
        fine: when it is fine. source: the AWS page it rests on.
        bad: permissions policies (JSON text) with trust policies, or `""` for none, in which it is
            made, for the role `arn:aws:iam::111122223333:role/app`.
        good: near ones in which it is not.
    """

    code: str
    verdict: Verdict
    severity: Severity
    title: str
    find: Callable[[AskedPermissions], Iterator[Hit]]
    fine: str
    source: str
    bad: tuple[tuple[str, str], ...]
    good: tuple[tuple[str, str], ...]


CALLER_PITFALLS: Registry[CallerPitfall] = Registry(
    "trust_widgets.pitfalls.caller_rules", "PITFALL"
)


def check_permissions(
    permissions: Given | PermissionsPolicy,
    role: GivenRole = "",
    trust: Given | None = None,
    home: Home | None = None,
) -> Findings:
    """Everything that is wrong with a caller's policy that is to let it assume a role.

    Args:
        permissions: the caller's permissions policy: its text, its document or the policy.
        role: the ARN of the role, or a `Role` with its account, which brings its trust policy; what
            depends on it is not judged without one.
        trust: the role's trust policy, as `check` takes it.
        home: what you have accepted.

    Raises:
        TypeError: for a role of another type, with what to write.
        ValueError: for a text that is not the ARN of a role, and a `Role` without its account.

    Example:
        >>> import trust_widgets as tw
        >>> every = {"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}}
        >>> [finding.code for finding in tw.check_permissions(every)]
        ['TP330']
    """
    policy = permissions
    if not isinstance(policy, PermissionsPolicy):
        read, problems = read_policy(source_of(policy, "a permissions policy").as_text)
        if problems or read is None:
            return findings_of(read, problems, home)
        policy = PermissionsPolicy(read.statements, read.version, read.id, read.other)
    if trust is None and not isinstance(role, str):
        trust = role
    arn = role_from_given(role) if role != "" else ""
    trust_policy = parse(trust) if trust is not None else None
    half = AskedPermissions(policy, arn, trust_policy)
    return Findings(_findings(half, home_from_given(home) or Home()))


def _findings(half: AskedPermissions, home: Home) -> list[Finding]:
    """What each pitfall of this half finds, the worst first."""
    document = half.policy.to_dict()
    found: list[Finding] = []
    for name, pitfall in CALLER_PITFALLS.items():
        for hit in pitfall.find(half):
            finding = hit.as_finding(name, pitfall)
            found.append(settled(finding, document, home, None))
    return sorted(found, key=by_rank)


def caller_example(
    action: str | list[str] = ASSUME_ROLE, resource: str | list[str] = EXAMPLE_ROLE, **more: object
) -> str:
    """A permissions policy of one statement, for examples."""
    statement = Statement(action=_listed(action), resource=_listed(resource))
    document = PermissionsPolicy((statement,)).to_dict()
    document["Statement"][0].update(more)
    return str(PermissionsPolicy.parse(document))


def _listed(given: str | list[str]) -> tuple[str, ...]:
    if isinstance(given, str):
        return (given,)
    return tuple(given)
