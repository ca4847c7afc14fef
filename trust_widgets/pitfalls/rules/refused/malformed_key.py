"""A condition key that is not a prefix, one colon and a name: a web address, or a name alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.aws.keys.spelling import is_known
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.examples import EKS, issued_by
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.policy import (
    Condition,
    Fix,
    Home,
    Path,
    Statement,
    TrustPolicy,
    example,
    rename_key,
    statements,
)
from trust_widgets.text.placeholders import placeholder_in


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy):
        for condition in statement.conditions:
            what = _what_is_wrong(condition.key)
            if what:
                message = (
                    f'"{condition.key}" {what} A condition key looks like "aws:PrincipalOrgID" '
                    'or "idp.octo.example:sub".'
                )
                yield Hit((*path, *condition.path), message, fix=_fix(path, statement, condition))


def _what_is_wrong(key: str) -> str:
    if re.match("https?://", key, re.IGNORECASE):
        return (
            'starts with "https://", but a condition key contains only one colon. Remove '
            '"https://".'
        )
    before, colon, name = key.partition(":")
    if not colon and placeholder_in(key):
        return "looks like a placeholder."
    if not colon:
        return "has no prefix. Write the service or the issuer and a colon before it."
    if before.strip() and name.strip():
        return ""
    return "has nothing on one side of its colon."


def _fix(path: Path, statement: Statement, condition: Condition) -> Fix | None:
    """The address without `https://`, or the one key of AWS or STS that has this name."""
    bare = re.sub("^https?://", "", condition.key, flags=re.IGNORECASE)
    guesses = [bare]
    if bare == condition.key:
        guesses = [key for key in (f"aws:{bare}", f"sts:{bare}") if is_known(key)]
    if len(guesses) != 1 or _what_is_wrong(guesses[0]):
        return None
    return rename_key(path, statement, condition, guesses[0])


_CLUSTER = issued_by(EKS)
_SUBJECT = "system:serviceaccount:shop:cart"

PITFALL = Pitfall(
    code="TP128",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="A malformed condition key",
    find=find,
    needs=CONDITIONS,
    fine=(
        "Never: IAM answers that a condition can contain only one colon. The key of a tag, "
        "after a slash, can contain more."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    bad=(
        example(
            _CLUSTER,
            "sts:AssumeRoleWithWebIdentity",
            {"StringEquals": {f"https://{EKS}:sub": _SUBJECT}},
        ),
        example(
            {"AWS": "444455556666"},
            condition={"StringEquals": {"ExternalId": "b2f6c3de-9a41-4b55-8b0e"}},
        ),
    ),
    good=(
        example(
            _CLUSTER, "sts:AssumeRoleWithWebIdentity", {"StringEquals": {f"{EKS}:sub": _SUBJECT}}
        ),
        example(
            {"AWS": "111122223333"}, condition={"StringEquals": {"aws:PrincipalTag/octo:team": "a"}}
        ),
    ),
)
