"""`*` or `?` under an equals operator, which compares them as written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.aws.actions import WITH_WEB_IDENTITY
from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.aws.keys.condition_keys import key_named
from trust_widgets.aws.keys.record_fields import ANYTHING
from trust_widgets.aws.keys.records import key_record
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.examples import GITHUB, issued_by
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.policy import (
    Condition,
    ConditionView,
    Home,
    Path,
    Statement,
    TrustPolicy,
    compare_with,
    example,
    has_fixed_account,
    statements,
)
from trust_widgets.providers import provider_of
from trust_widgets.text.globs import is_only_wildcards, is_wildcard


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy):
        for condition in statement.conditions:
            like = _like(condition)
            if like:
                yield from _hits(path, statement, condition, like)


def _hits(path: Path, statement: Statement, condition: Condition, like: str) -> Iterator[Hit]:
    """The values of a condition with a wildcard, which the operator `like` would read."""
    key, place = ConditionView(condition).key, (*path, *condition.path)
    for index, value in enumerate(condition.values):
        if _has_wildcard(key, str(value)):
            opens = not all(_stays_shut(key, like, str(v)) for v in condition.values)
            yield Hit(
                (*place, index),
                _message(condition.operator, like, str(value), opens),
                fix=None if opens else compare_with(statement, place, like),
            )


def _like(condition: Condition) -> str:
    """The operator that reads wildcards in place of this equals operator; `""` for any other
    operator.
    """
    view = ConditionView(condition)
    if view.base not in ("StringEquals", "StringEqualsIgnoreCase"):
        return ""
    like = "ArnLike" if _holds_arns(view.key) else "StringLike"
    return re.sub(view.base, like, condition.operator, flags=re.IGNORECASE)


def _holds_arns(key: str) -> bool:
    known = key_named(key)
    return known is not None and known.type == "ARN"


def _has_wildcard(key: str, value: str) -> bool:
    """A question mark may be meant in an address or in free text, an asterisk only in free text."""
    value = re.sub(r"\$\{[^}]*\}", "", value)
    address = key.startswith("saml:") or key.endswith((":aud", ":oaud"))
    return key_record(key).form != ANYTHING and ("*" in value or ("?" in value and not address))


def _stays_shut(key: str, like: str, value: str) -> bool:
    """Whether a value may be read as a pattern without letting in more than its author wrote
    down.
    """
    if key_record(key).pattern_widens or not value or is_wildcard(value[0]):
        return False
    if _holds_arns(key):
        return has_fixed_account(like, value) and not is_only_wildcards(value.rpartition("/")[2])
    issuer, claim = claim_key(key)
    provider = provider_of(issuer) if claim == "sub" else None
    if provider is None:
        return True
    reading = provider.read(value)
    return reading is not None and not reading.faults


def _message(operator: str, like: str, value: str, opens: bool) -> str:
    if opens:
        more = (
            f" {like} reads them as wildcards and allows every value that matches. If you use "
            f"{like}, write the narrowest pattern that you need."
        )
    else:
        more = f" Use {like}, which reads them as wildcards."
    return (
        f'{operator} reads "*" and "?" in "{value}" as ordinary characters, so no request '
        f"has this value.{more}"
    )


_GITHUB = issued_by(GITHUB)

PITFALL = Pitfall(
    code="TP201",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="A wildcard that matches nothing",
    find=find,
    needs=CONDITIONS,
    fine=(
        "When the caller's value really contains the asterisk. Other values of the same list "
        "still work."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
    bad=(
        example(
            _GITHUB,
            WITH_WEB_IDENTITY,
            {"StringEquals": {f"{GITHUB}:sub": "repo:octo-org/app:ref:refs/heads/release/*"}},
        ),
        example(
            _GITHUB,
            WITH_WEB_IDENTITY,
            {
                "StringEquals": {
                    f"{GITHUB}:aud": "sts.amazonaws.com",
                    f"{GITHUB}:sub": "repo:octo-org/app:*",
                }
            },
        ),
        example({"AWS": "444455556666"}, condition={"StringEquals": {"sts:ExternalId": "octo-*"}}),
        example(
            {"Service": "lambda.amazonaws.com"},
            condition={
                "StringEquals": {
                    "aws:SourceArn": "arn:aws:lambda:us-east-1:111122223333:function:app-*"
                }
            },
        ),
    ),
    good=(
        example(
            _GITHUB,
            WITH_WEB_IDENTITY,
            {"StringEquals": {f"{GITHUB}:sub": "repo:octo-org/app:ref:refs/heads/main"}},
        ),
        example(
            _GITHUB,
            WITH_WEB_IDENTITY,
            {"StringLike": {f"{GITHUB}:sub": "repo:octo-org/app:ref:refs/heads/release/*"}},
        ),
        example(
            {"AWS": "444455556666"}, condition={"StringEquals": {"aws:PrincipalTag/star": "${*}"}}
        ),
    ),
)
