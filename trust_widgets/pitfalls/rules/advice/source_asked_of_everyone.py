"""What only a service's call has, required from `{"AWS": "*"}`. AWS does not say whether this
principal includes services.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.keys.condition_keys import why_never
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.pitfalls.required_conditions import RequiredCondition, asked
from trust_widgets.policy import Home, TrustPolicy, example


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each in asked(policy):
        if not _is_everyone(each):
            continue
        why = _of_services(each) or why_never(each.condition.key, "aws")
        if why and not why_never(each.condition.key, "service"):
            yield Hit(
                each.place,
                f'{why} "*" may not include AWS services. Name the service, as in "Principal": '
                '{"Service": "states.amazonaws.com"}.',
                assumptions=("AWS's pages do not say whether * under AWS includes services.",),
            )


def _of_services(each: RequiredCondition) -> str:
    """Why no user or role has what services send."""
    wanted = {str(value).lower() for value in each.condition.values}
    if each.key != "aws:principalisawsservice" or wanted != {"true"}:
        return ""
    return f"{each.condition.key} is false in a request from a user or a role."


def _is_everyone(each: RequiredCondition) -> bool:
    principal = each.statement.principal
    return principal is not None and "*" in (principal.aws or ()) and not principal.service


PITFALL = Pitfall(
    code="TP445",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="A service's source required from everyone",
    find=find,
    needs=CONDITIONS,
    fine="When the service is named as principal.",
    source=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"
    ),
    bad=(
        example({"AWS": "*"}, condition={"StringEquals": {"aws:SourceAccount": "111122223333"}}),
        example({"AWS": "*"}, condition={"Bool": {"aws:PrincipalIsAWSService": "true"}}),
    ),
    good=(
        example(
            {"Service": "states.amazonaws.com"},
            condition={"StringEquals": {"aws:SourceAccount": "111122223333"}},
        ),
        example({"AWS": "*"}, condition={"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
    ),
)
