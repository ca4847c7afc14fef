"""A condition on session tags or a source identity, which nobody may set."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.actions import SET_SOURCE_IDENTITY, TAG_SESSION
from trust_widgets.aws.keys.impossible_keys import why_impossible
from trust_widgets.aws.keys.records import key_record
from trust_widgets.aws.service_calls import POD_IDENTITY, ROLES_ANYWHERE
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.pitfalls.required_conditions import RequiredCondition, asked, callers
from trust_widgets.policy import Home, Path, TrustPolicy, adding, example, is_allowed, may_assume


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    told: dict[tuple[Path, str], list[RequiredCondition]] = {}
    for each in asked(policy):
        action = key_record(each.key).action
        if action and _is_missing(policy, each, action):
            told.setdefault((each.path, action), []).append(each)
    for (path, action), together in told.items():
        first = min(together, key=lambda each: each.key)
        yield Hit(
            first.place,
            f"{first.condition.key} is in a request only if "
            f"{_WHAT[first.key if first.key in _WHAT else action]}. Such a request also needs "
            f"{action}. No statement allows it for these callers, so this statement allows "
            "nobody.",
            fix=adding(path, first.statement, action),
        )


# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
_BEFORE = "aws:sourceidentity"
_WHAT = {
    TAG_SESSION: "the request sets session tags",
    SET_SOURCE_IDENTITY: "the request sets a source identity",
    _BEFORE: "the caller's session has a source identity, which it passes on",
}


def _is_missing(policy: TrustPolicy, each: RequiredCondition, action: str) -> bool:
    """Services that always need these actions have rules of their own."""
    if each.statement.effect != "Allow" or not may_assume(each.statement):
        return False
    if why_impossible(each.condition.key):
        return False
    named = {caller.text for caller in callers(each.path, each.statement)}
    if named & {POD_IDENTITY, ROLES_ANYWHERE}:
        return False
    return not is_allowed(policy, each.statement.principal, action)


_ROLE = {"AWS": "arn:aws:iam::444455556666:role/deploy"}
_TEAM = {"StringEquals": {"aws:RequestTag/team": "octo"}}
_SOMEBODY = {"StringLike": {"sts:SourceIdentity": "octo-*"}}

PITFALL = Pitfall(
    code="TP220",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="Session tags or a source identity without their action",
    find=find,
    needs=CONDITIONS,
    fine="When another statement allows the action for the same callers.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html",
    bad=(
        example(_ROLE, condition=_TEAM),
        example(_ROLE, condition=_SOMEBODY),
        example(_ROLE, ["sts:AssumeRole", "sts:SetSourceIdentity"], _TEAM),
    ),
    good=(
        example(_ROLE, ["sts:AssumeRole", "sts:TagSession"], _TEAM),
        example(_ROLE, ["sts:AssumeRole", "sts:SetSourceIdentity"], _SOMEBODY),
        example(_ROLE, condition={"StringEqualsIfExists": {"aws:RequestTag/team": "octo"}}),
    ),
)
