"""A condition key that no request has, under an operator that does not require a match."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.keys.impossible_keys import why_impossible
from trust_widgets.aws.keys.spelling import meant
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import FormerCode, Hit, Pitfall
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.pitfalls.statement_by_statement import statement_by_statement
from trust_widgets.policy import (
    Condition,
    ConditionView,
    Home,
    TrustPolicy,
    example,
    rename_key,
    requires_match,
    statements,
)


@statement_by_statement
def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy):
        for condition in statement.conditions:
            if ":" in condition.key and "://" not in condition.key and _is_idle(condition):
                right = meant(condition.key)
                instead = f' Did you mean "{right}"?' if right else ""
                yield Hit(
                    (*path, *condition.path),
                    f'No request has the condition key "{condition.key}":'
                    f" {why_impossible(condition.key)}. {_what_follows(condition)}{instead}",
                    fix=rename_key(path, statement, condition, right) if right else None,
                )


def _is_idle(condition: Condition) -> bool:
    return bool(why_impossible(condition.key)) and not requires_match(condition)


def _what_follows(condition: Condition) -> str:
    says = "true" if ConditionView(condition).result_when_absent else "false"
    return f"{condition.operator} is {says} for every request, so the condition decides nothing."


_VENDOR = {"AWS": "arn:aws:iam::444455556666:role/deploy"}

PITFALL = Pitfall(
    code="TP461",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="A condition on a key that no request has",
    find=find,
    needs=CONDITIONS,
    fine="Never: without the key, such a condition has the same result for every request.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
    bad=(
        example(_VENDOR, condition={"StringNotEquals": {"aws:PrincipleTag/team": "octo"}}),
        example(_VENDOR, condition={"StringEqualsIfExists": {"aws:PrincipalOrg": "o-a1b2c3d4e5"}}),
        example(_VENDOR, condition={"Null": {"aws:PrincipalTag": "true"}}),
    ),
    good=(
        example(_VENDOR, condition={"StringNotEquals": {"aws:PrincipalTag/team": "octo"}}),
        example(
            _VENDOR, condition={"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
        ),
    ),
    former_codes=(
        FormerCode(
            "TP127",
            "A misspelt condition key",
            "No page says that IAM rejects the name of a condition key; under such an operator the"
            " condition decides nothing.",
        ),
    ),
)
