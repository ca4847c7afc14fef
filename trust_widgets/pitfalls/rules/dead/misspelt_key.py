"""A condition key of AWS or STS that does not exist, and is very near to one that does."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.keys.spelling import meant
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import FormerCode, Hit, Pitfall
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.pitfalls.required_conditions import asked, outcome
from trust_widgets.policy import (
    Home,
    TrustPolicy,
    example,
    rename_key,
)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each in asked(policy):
        right = meant(each.condition.key)
        if right is not None:
            yield Hit(
                each.place,
                f'There is no condition key "{each.condition.key}", so no request contains it. '
                f'{outcome(each, each.place)} Did you mean "{right}"?',
                fix=rename_key(each.path, each.statement, each.condition, right),
            )


FORMER = (
    FormerCode(
        "TP127",
        "A misspelt condition key",
        "No page says that IAM rejects the name of a condition key; that no request has it is"
        " certain.",
    ),
)

PITFALL = Pitfall(
    code="TP251",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="A misspelt condition key",
    find=find,
    needs=CONDITIONS,
    fine=(
        "Never. AWS's own policy check (IAM Access Analyzer) reports this as an error. No page "
        "says whether IAM rejects the document."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    bad=(
        example({"AWS": "*"}, condition={"StringEquals": {"aws:PrincipalOrg": "o-a1b2c3d4e5"}}),
        example(
            {"AWS": "444455556666"},
            condition={"StringEquals": {"aws:ExternalId": "b2f6c3de-9a41-4b55-8b0e"}},
        ),
        example(
            {"Service": "states.amazonaws.com"},
            condition={"StringEquals": {"aws:SourceAcount": "111122223333"}},
        ),
        example(
            {"AWS": "111122223333"}, condition={"StringEquals": {"aws:PrincipalTags/team": "octo"}}
        ),
    ),
    former_codes=FORMER,
    good=(
        example({"AWS": "*"}, condition={"StringEquals": {"AWS:principalorgid": "o-a1b2c3d4e5"}}),
        example(
            {"AWS": "111122223333"}, condition={"StringEquals": {"aws:PrincipalTag/team": "octo"}}
        ),
        example(
            {"AWS": "444455556666"}, condition={"StringEquals": {"octo:ExternalId": "b2f6c3de"}}
        ),
    ),
)
