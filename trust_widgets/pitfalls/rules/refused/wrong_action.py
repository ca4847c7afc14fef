"""An action that no trust policy takes: another service's, a misspelt one, or a bare `*`."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.actions import ASSUME_ACTIONS
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.policy import (
    Fix,
    Home,
    Path,
    Remove,
    Replace,
    Statement,
    TrustPolicy,
    each_principal,
    example,
    known_action,
    nearest_action,
    needed_by,
    statements,
)
from trust_widgets.text.globs import has_wildcard


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy):
        for index, action in enumerate(statement.action or ()):
            if not is_right(action):
                place = (*path, "Action", index)
                yield Hit(place, _message(action, statement), fix=_fix(place, action, statement))


def is_right(action: str) -> bool:
    """Whether a trust policy may hold it. Whether IAM takes `sts:*` is not documented."""
    if known_action(action) is not None:
        return True
    return action.lower().startswith("sts:") and has_wildcard(action)


def _message(action: str, statement: Statement) -> str:
    meant = _meant(action, statement)
    if action == "*":
        return (
            'A trust policy does not accept the action "*". Name the action: "sts:AssumeRole", '
            "for a service or an account."
        )
    if meant is not None:
        return f'"{action}" is not an action of a trust policy. Did you mean "{meant}"?'
    return (
        f'"{action}" does not belong in a trust policy, which accepts only the actions that '
        'assume the role, such as "sts:AssumeRole". The permissions policy of the role says '
        "what the role can do."
    )


def _fix(place: Path, action: str, statement: Statement) -> Fix | None:
    written, meant = statement.action or (), _meant(action, statement)
    is_of_no_use = action == "*" or meant is None or meant in map(known_action, written)
    if is_of_no_use and any(map(is_right, written)):
        return Fix(f'Remove "{action}"', (Remove(place),))
    if meant:
        return Fix(f'Write "{meant}"', (Replace(place, meant),))
    return None


def _meant(action: str, statement: Statement) -> str | None:
    """The nearest action, but of those that assume a role the one that the principals use."""
    near, fitting = nearest_action(action), _only_fitting(statement)
    if action == "*" or near in ASSUME_ACTIONS:
        return fitting or near
    return near


def _only_fitting(statement: Statement) -> str | None:
    fitting = {needed_by(kind, value) for _, kind, value in each_principal(statement)}
    if len(fitting) == 1:
        return fitting.pop()
    return None


PITFALL = Pitfall(
    code="TP115",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="An action that no trust policy accepts",
    find=find,
    fine=("Never in a trust policy. The permissions policy of a role says what the role can do."),
    source="https://docs.aws.amazon.com/service-authorization/latest/reference/list_sts.html",
    bad=(
        example({"Service": "ec2.amazonaws.com"}, "*"),
        example({"Service": "ec2.amazonaws.com"}, "sts:AsumeRole"),
        example({"Service": "ec2.amazonaws.com"}, ["sts:AssumeRole", "iam:PassRole"]),
        example({"Service": "ec2.amazonaws.com"}, "s3:GetObject"),
    ),
    good=(
        example(
            {"AWS": "111122223333"}, ["STS:assumerole", "sts:TagSession", "sts:SetSourceIdentity"]
        ),
    ),
)
