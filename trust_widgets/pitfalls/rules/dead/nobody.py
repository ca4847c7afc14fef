"""An Allow that can never allow anyone, or a Deny that can stop nobody, decided by the search for
a caller.

The general rule: where a mistake has a name, that is reported instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trust_widgets.access import (
    CONTRADICTION,
    DENIED,
    NO_ACTION,
    NO_VALUE,
    NOBODY_NAMED,
    Answer,
    Blocker,
    can_let_in,
)
from trust_widgets.aws.keys.records import key_record
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import General, Hit, Pitfall, Precedence
from trust_widgets.pitfalls.doubtful_denies import SEARCH_STATES, without_doubtful
from trust_widgets.pitfalls.total_denies import why_denied
from trust_widgets.policy import (
    Condition,
    Home,
    Path,
    TrustPolicy,
    example,
    may_assume,
    quoted,
    statements,
)
from trust_widgets.text.budget import remembered_search


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    has_deny = any(statement.effect == "Deny" for statement in policy.statements)
    for path, statement in statements(policy, "Allow"):
        if not statement.conditions and not has_deny:
            continue
        if not may_assume(statement) or not _have_values(statement.conditions):
            continue
        sure = without_doubtful(policy, statement)
        denies = tuple(each for each in sure.statements if each.effect == "Deny")
        if not statement.conditions and not denies:
            continue
        if _lets_in(TrustPolicy((statement, *denies), policy.version), home):
            continue
        yield from _hits(
            path,
            can_let_in(sure, sure.statements.index(statement), home, states=SEARCH_STATES),
            "allow anyone",
            why_denied(policy, path, statement),
        )
    yield from _idle_denies(policy, home)


def _idle_denies(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    """A Deny that no call meets, which is one that would allow no one if it were an Allow.

    One of requests without TLS, which AWS STS does not take, is a habit and no mistake.
    """
    for path, statement in statements(policy, "Deny"):
        if not may_assume(statement) or not _have_values(statement.conditions):
            continue
        conditions = tuple(filter(_tells_requests_apart, statement.conditions))
        as_allow = replace(statement, effect="Allow", conditions=conditions)
        alone = TrustPolicy((as_allow,), policy.version)
        if conditions and not _lets_in(alone, home):
            answer = can_let_in(alone, 0, home, states=SEARCH_STATES)
            yield from _hits(path, answer, "deny anyone")


def _tells_requests_apart(condition: Condition) -> bool:
    return key_record(condition.key).only_value is None


def _have_values(conditions: tuple[Condition, ...]) -> bool:
    """Whether all have a value: what a condition without values comes to, AWS does not say."""
    return all(condition.values for condition in conditions)


@remembered_search(512)
def _lets_in(policy: TrustPolicy, home: Home) -> bool:
    """Whether the first statement allows a caller without the help of others: mostly it does, and
    is remembered.
    """
    return can_let_in(policy, 0, home, states=SEARCH_STATES).found is True


def _hits(path: Path, answer: Answer, what: str, denied: str = "") -> Iterator[Hit]:
    """What stops everybody, at its place in this statement; a Deny is reported at the Allow that it
    cancels, with why it applies.
    """
    if answer.found is not False:
        return
    if not answer.blockers:
        yield Hit(path, f"This statement can never {what}. No request meets all its conditions.")
        return
    # Principals that name nobody, and actions that do not fit them, are reported as such.
    blockers = [
        blocker for blocker in answer.blockers if blocker.code not in (NOBODY_NAMED, NO_ACTION)
    ]
    if not blockers:
        return
    texts = sorted({_text(blocker) for blocker in blockers})[:3]
    if denied and any(blocker.code == DENIED for blocker in blockers):
        texts.append(denied)
    own = {blocker.path for blocker in blockers if blocker.code != DENIED}
    places = sorted(((*path, *place[2:]) for place in own), key=str)
    place = path
    if places and 1 in (len(places), len(texts)):
        place = places[0]
    yield Hit(place, f"This statement can never {what}. {' '.join(texts)}")


def _text(blocker: Blocker) -> str:
    """Its sentence, the same whatever the order of the conditions."""
    if blocker.code == DENIED:
        return "A Deny statement of this policy denies every caller that this statement allows."
    if blocker.code == NO_VALUE:
        *_, operator, key = blocker.path
        return f"{key} never has the value that {operator} requires here, for any of these callers."
    if blocker.code != CONTRADICTION:
        return blocker.text
    places = sorted({blocker.path, *blocker.others}, key=str)
    operators = list(dict.fromkeys(str(place[3]) for place in places))
    return f"No value of {places[0][4]} meets {quoted(operators)} at once."


_ROOT = {"AWS": "111122223333"}

PRECEDENCE = Precedence(general=General.STATEMENT)

PITFALL = Pitfall(
    code="TP230",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="No caller can match",
    find=find,
    fine="When no one needs the role, for example because it is disabled.",
    source=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html"
    ),
    bad=(
        example(
            _ROOT,
            condition={
                "StringEquals": {"aws:PrincipalAccount": "444455556666"},
            },
        ),
        example(
            _ROOT,
            condition={
                "StringEquals": {"aws:PrincipalTag/team": "octo"},
                "StringNotEquals": {"aws:PrincipalTag/team": "octo"},
            },
        ),
        example(
            _ROOT,
            condition={
                "DateGreaterThan": {"aws:CurrentTime": "2099-01-31"},
                "DateLessThan": {"aws:CurrentTime": "2098-01-31"},
            },
        ),
        example(_ROOT).replace(
            '"Statement": [',
            '"Statement": [{"Effect": "Deny", "Principal": {"AWS": "*"}, "Action":'
            ' "sts:AssumeRole"}, ',
        ),
    ),
    good=(
        example(_ROOT, condition={"StringEquals": {"aws:PrincipalAccount": "111122223333"}}),
        example(
            _ROOT,
            condition={
                "StringLike": {"aws:PrincipalTag/team": "octo-*"},
                "StringNotEquals": {"aws:PrincipalTag/team": "octo-guests"},
            },
        ),
        example(_ROOT, condition={"DateGreaterThan": {"aws:CurrentTime": "2026-01-31"}}),
        example(_ROOT),
    ),
)
