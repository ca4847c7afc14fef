"""A policy variable that names a key which the callers of its statement never have."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.evaluation import Variable, template_from_text, variables_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.pitfalls.required_conditions import (
    RequiredCondition,
    callers,
    outcome,
    values,
)
from trust_widgets.policy import Home, TrustPolicy, example
from trust_widgets.text.placeholders import marked_placeholder


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    if policy.version != "2012-10-17":
        return
    for each, place, text in values(policy):
        if "${" not in text or not each.base.startswith(("String", "Arn")):
            continue
        for variable in variables_of(template_from_text(text, wildcards=True, variables=True)):
            why = _why(each, variable)
            if why:
                yield Hit(
                    place,
                    f"{why} So ${{{variable.name}}} has no value, and the condition is never met."
                    f" {outcome(each, place)}",
                )
                break


def _why(each: RequiredCondition, variable: Variable) -> str:
    """Why none of the callers has what a variable names; `""` when one may, where the variable has
    a default, and for what names no key.
    """
    if variable.default is not None:
        return ""
    if marked_placeholder(f"${{{variable.name}}}"):
        return ""
    found = [caller.why_never_has(variable.name) for caller in callers(each.path, each.statement)]
    if found and all(found):
        return found[0]
    return ""


_NAME = {"StringEquals": {"sts:RoleSessionName": "${aws:username}"}}

PITFALL = Pitfall(
    code="TP216",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="A variable without a value",
    find=find,
    needs=CONDITIONS,
    fine=(
        "For callers that have it: only IAM users have aws:username. A variable can have a "
        "default, ${aws:username, 'nobody'}."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html",
    bad=(
        example({"AWS": "arn:aws:iam::444455556666:role/deploy"}, condition=_NAME),
        example(
            {"Service": "states.amazonaws.com"},
            condition={"StringEquals": {"aws:SourceAccount": "${aws:username}"}},
        ),
    ),
    good=(
        example({"AWS": "444455556666"}, condition=_NAME),
        example({"AWS": "arn:aws:iam::444455556666:user/octo"}, condition=_NAME),
        example(
            {"AWS": "arn:aws:iam::444455556666:role/deploy"},
            condition={"StringEquals": {"sts:RoleSessionName": "${aws:username, 'nobody'}"}},
        ),
    ),
)
