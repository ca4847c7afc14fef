"""A trust policy that requires session tags, and a caller that may not pass any."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.actions import TAG_SESSION
from trust_widgets.aws.keys.records import key_record
from trust_widgets.aws.principal_forms import account_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit
from trust_widgets.pitfalls.caller_half import (
    ASSUME_ROLE,
    AskedPermissions,
    CallerPitfall,
    caller_example,
)
from trust_widgets.policy import (
    Condition,
    Fix,
    Replace,
    Statement,
    example,
    names_action,
    requires_match,
)


def find(half: AskedPermissions) -> Iterator[Hit]:
    """Only where each Allow of the trust policy that may name the caller requires tags, and none
    names one of the role's own account, who needs no permission.
    """
    if half.trust is None or not half.role:
        return
    asking = [
        statement
        for statement in half.trust.statements
        if statement.effect == "Allow" and names_action(statement, ASSUME_ROLE)
    ]
    if not asking or not all(_needs_tags(each, half.role) for each in asking):
        return
    if any(half.reaches(statement) is not False for _, statement in half.allows(TAG_SESSION)):
        return
    for path, statement in half.allows():
        if half.reaches(statement):
            actions = statement.action or ()
            edit = Replace((*path, "Action"), [*actions, TAG_SESSION])
            yield Hit(
                (*path, "Action") if actions else path,
                "The trust policy of the role requires session tags. To pass them, the caller needs"
                f" {TAG_SESSION} on the role too. Without it the call fails. Add {TAG_SESSION} to"
                " this statement.",
                fix=Fix(f"Allow {TAG_SESSION}", (edit,)) if actions else None,
            )


def _needs_tags(statement: Statement, role: str) -> bool:
    principal = statement.principal
    if principal is None or principal.star or principal.service or principal.federated:
        return False
    own = account_of(role)
    others = all(text != "*" and account_of(text) != own for text in principal.aws or ("*",))
    return others and any(map(_requires_tags, statement.conditions))


def _requires_tags(condition: Condition) -> bool:
    return key_record(condition.key).action == TAG_SESSION and requires_match(condition)


_TAGGED = {"StringEquals": {"aws:RequestTag/team": "app"}}
_BOTH = [ASSUME_ROLE, TAG_SESSION]
_TRUST = example({"AWS": "444455556666"}, _BOTH, Condition=_TAGGED)

PITFALL = CallerPitfall(
    code="TP270",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="Session tags that the caller may not pass",
    find=find,
    fine="Where another policy of the caller allows sts:TagSession.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html",
    bad=((caller_example(), _TRUST),),
    good=(
        (caller_example(_BOTH), _TRUST),
        (caller_example(), example({"AWS": "444455556666"}, _BOTH)),
        (caller_example(), example({"AWS": "111122223333"}, _BOTH, Condition=_TAGGED)),
        (caller_example(), ""),
    ),
)
