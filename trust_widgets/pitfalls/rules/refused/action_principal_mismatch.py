"""An assume action that the statement's principals do not use, or principals that need different
ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trust_widgets.aws.actions import ASSUME_ACTIONS
from trust_widgets.aws.principal_forms import kind_for
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.examples import EKS, issued_by
from trust_widgets.pitfalls.split_statement import split
from trust_widgets.policy import (
    Fix,
    Home,
    Path,
    Principal,
    Remove,
    Replace,
    Statement,
    TrustPolicy,
    example,
    groups_of,
    known_action,
    quoted,
    statements,
)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy):
        if not any(known_action(action) in ASSUME_ACTIONS for action in statement.action or ()):
            continue
        groups = groups_of(_in_their_place(statement.principal))
        if "" in groups or not groups:
            continue
        if len(groups) == 1:
            yield from _misfits(path, statement, next(iter(groups)))
            continue
        fix = split(path, statement, groups) if statement.effect == "Allow" else None
        message = (
            f"These principals use different actions, {quoted(list(groups))}. Write a separate "
            "statement for each action."
        )
        yield Hit((*path, "Principal"), message, fix=fix)


def _in_their_place(principal: Principal | None) -> Principal | None:
    """The principals but those under the wrong kind, which another pitfall reports: they may be
    meant otherwise.
    """
    if principal is None or principal.star:
        return principal
    kept = {}
    for kind, values in principal.kinds:
        kept[kind] = tuple(value for value in values if kind_for(value) in (kind, None))
    if tuple(kept.items()) == principal.kinds:
        return principal
    return replace(
        principal, aws=kept.get("AWS"), service=kept.get("Service"), federated=kept.get("Federated")
    )


def _misfits(path: Path, statement: Statement, needed: str) -> Iterator[Hit]:
    """Each assume action but the needed one, which may be there as well, once."""
    actions = statement.action or ()
    present = needed in map(known_action, actions)
    for index, action in enumerate(actions):
        if known_action(action) in ASSUME_ACTIONS and known_action(action) != needed:
            place = (*path, "Action", index)
            if present:
                fix = Fix(f'Remove "{action}"', (Remove(place),))
            else:
                fix = Fix(f'Write "{needed}"', (Replace(place, needed),))
            message = (
                f'The principals of this statement assume a role with "{needed}", never with'
                f' "{action}".'
            )
            yield Hit(place, message, fix=fix)
            present = True


_OIDC = issued_by(EKS)["Federated"]
_SUB = {"StringEquals": {f"{EKS}:sub": "system:serviceaccount:shop:cart"}}

PITFALL = Pitfall(
    code="TP116",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="An action that the principal does not use",
    find=find,
    fine=(
        "Never. AWS's own policy check (IAM Access Analyzer) reports this as an error, even if IAM"
        " saves the document."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    bad=(
        example({"Federated": _OIDC}, "sts:AssumeRole", _SUB),
        example({"Service": "ec2.amazonaws.com"}, "sts:AssumeRoleWithWebIdentity"),
        example(
            {"Service": "ec2.amazonaws.com", "Federated": _OIDC},
            ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity"],
            _SUB,
            Sid="Both",
        ),
        example({"Service": "ec2.amazonaws.com", "Federated": _OIDC}, "sts:AssumeRole", _SUB),
    ),
    good=(
        example({"Federated": _OIDC}, "sts:AssumeRoleWithWebIdentity", _SUB),
        example({"Service": "ec2.amazonaws.com", "AWS": "arn:aws:iam::111122223333:role/a"}),
    ),
)
