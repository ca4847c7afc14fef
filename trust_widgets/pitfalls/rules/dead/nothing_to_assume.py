"""Tags or a source identity allowed for callers who are not allowed to assume the role."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.actions import SESSION_ACTIONS
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.policy import (
    Fix,
    Home,
    Path,
    Statement,
    TrustPolicy,
    adding,
    example,
    groups_of,
    known_action,
    may_assume,
    quoted,
    share_callers,
    statements,
)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    assuming = [statement for _, statement in statements(policy, "Allow") if may_assume(statement)]
    for path, statement in statements(policy, "Allow"):
        if not _is_beside(statement):
            continue
        if not any(share_callers(statement.principal, other.principal) for other in assuming):
            yield Hit(
                (*path, "Action"),
                f"{quoted(sorted(statement.action or ()))} {_alone(statement)} needed together "
                "with an action that assumes the role, and no statement allows these callers an "
                "action that does.",
                fix=_fix(path, statement),
            )


def _alone(statement: Statement) -> str:
    if len(statement.action or ()) > 1:
        return "alone allow nobody: they are"
    return "alone allows nobody: it is"


def _is_beside(statement: Statement) -> bool:
    return bool(statement.action) and all(
        known_action(action) in SESSION_ACTIONS for action in statement.action or ()
    )


def _fix(path: Path, statement: Statement) -> Fix | None:
    """Where conditions say who; without any, whom the role would be opened to is for the author to
    say.
    """
    needed = set(groups_of(statement.principal)) - {""}
    if len(needed) == 1 and statement.conditions:
        return adding(path, statement, *needed)
    return None


_ROLE = {"AWS": "arn:aws:iam::444455556666:role/deploy"}

PITFALL = Pitfall(
    code="TP217",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="No action that assumes the role",
    find=find,
    fine="When another statement lets the same callers assume the role.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html",
    bad=(
        example(_ROLE, "sts:TagSession"),
        example(_ROLE, ["sts:TagSession", "sts:SetSourceIdentity"]),
    ),
    good=(
        example(_ROLE, ["sts:AssumeRole", "sts:TagSession"]),
        example(_ROLE),
    ),
)
