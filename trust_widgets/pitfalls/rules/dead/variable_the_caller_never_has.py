"""A policy variable that names a key which the callers of its statement never have."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.keys.claims import claim_key, is_claim
from trust_widgets.aws.keys.condition_keys import why_never
from trust_widgets.evaluation import Variable, template_from_text, variables_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.required_conditions import (
    PrincipalOfStatement,
    RequiredCondition,
    callers,
    outcome,
    values,
)
from trust_widgets.policy import Home, TrustPolicy, example


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each, place, text in values(policy) if policy.version == "2012-10-17" else ():
        if "${" in text and each.base.startswith(("String", "Arn")):
            for variable in variables_of(template_from_text(text, wildcards=True, variables=True)):
                why = _why(each, variable) if variable.default is None else ""
                if why:
                    yield Hit(
                        place,
                        f"{why} So ${{{variable.name}}} has no value, and nothing is equal to it."
                        f" {outcome(each, place)}",
                    )
                    break


def _why(each: RequiredCondition, variable: Variable) -> str:
    """Why none of the callers has what a variable names; `""` when one may, and for what names no
    key.
    """
    if ":" not in variable.key:
        return ""
    found = [_why_not(caller, variable) for caller in callers(each.path, each.statement)]
    return found[0] if found and all(found) else ""


def _why_not(caller: PrincipalOfStatement, variable: Variable) -> str:
    if variable.key == "aws:username" and caller.sort in ("role", "session"):
        return (
            "aws:username is never there when a role's session calls: only users of IAM have a user"
            " name."
        )
    if is_claim(variable.key) and caller.kind == "oidc":
        issuer = claim_key(variable.key).issuer
        return "" if issuer == caller.issuer else f"{variable.name} is a claim of another issuer."
    return why_never(variable.name, caller.kind)


_NAME = {"StringEquals": {"sts:RoleSessionName": "${aws:username}"}}

PITFALL = Pitfall(
    code="TP216",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="A variable without a value",
    find=find,
    fine=(
        "For callers who have it: only users of IAM have aws:username. A variable may have a"
        " default, ${aws:username, 'nobody'}."
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
