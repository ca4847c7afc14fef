"""A Deny for callers without MFA that does not apply to those who call with an access key."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from trust_widgets.access import Formula, RequestEnvironment, StatementProbe, clause_of, probe_of
from trust_widgets.aws.operators import ParsedOperator
from trust_widgets.aws.principal_forms import PrincipalForm, form_of
from trust_widgets.evaluation import principal_arn
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.policy import (
    Condition,
    ConditionView,
    Home,
    Statement,
    TrustPolicy,
    compare_with,
    example,
    is_meant_to_assume,
    normalized_key,
    statements,
)

_KEY = "aws:MultiFactorAuthPresent"


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, deny in statements(policy, "Deny"):
        for condition in deny.conditions if len(deny.conditions) == 1 else ():
            if _is_meant_for_mfa(condition):
                caller = _past_it(policy, home)
            else:
                caller = ""
            if caller:
                fix = compare_with(deny, (*path, *condition.path), "BoolIfExists")
                yield Hit(
                    (*path, *condition.path),
                    f"A request with a long-term access key has no {_KEY}, so Bool is false "
                    "and this Deny does not apply. BoolIfExists also applies to such requests.",
                    callers=(f"{caller}, with an access key and without MFA",),
                    fix=fix if _all_users(policy) else None,
                )


def _is_meant_for_mfa(condition: Condition) -> bool:
    view = ConditionView(condition)
    is_plain_bool = view.operator == ParsedOperator("", "Bool", if_exists=False)
    return is_plain_bool and view.key == normalized_key(_KEY) and view.truth_values == {"false"}


def _past_it(policy: TrustPolicy, home: Home) -> str:
    """A user who can assume the role with no word of MFA; `""` if none does."""
    for path, statement in statements(policy, "Allow"):
        if is_meant_to_assume(statement):
            opening = probe_of(policy, path, home)
        else:
            opening = None
        caller = _user(opening, statement) if opening is not None else ""
        if caller:
            return caller
    return ""


def _user(opening: StatementProbe, statement: Statement) -> str:
    named = (statement.principal.aws if statement.principal is not None else None) or ()
    users = [
        c for value in dict.fromkeys(named) for c in opening.callers(value) if c.sort == "user"
    ]
    witness = opening.through(users, partial(_absent)).witness
    if witness is not None:
        return principal_arn(witness.identity)
    return ""


def _absent(case: RequestEnvironment) -> Formula:
    return case.read(clause_of("Null", _KEY, "true"))


def _all_users(policy: TrustPolicy) -> bool:
    """Whether the fix shuts out nobody but callers without MFA: roles and services have none at
    all.
    """
    allows = [
        each.principal for _, each in statements(policy, "Allow") if each.principal is not None
    ]
    values = [(kind, value) for principal in allows for _, kind, value in principal.each()]
    return all(
        kind == "AWS" and (form_of(value) is PrincipalForm.ACCOUNT or ":user/" in value)
        for kind, value in values
    )


def _with_deny(operator: str) -> str:
    allow = example({"AWS": "arn:aws:iam::111122223333:user/octo"})
    deny = example({"AWS": "*"}, condition={operator: {_KEY: "false"}}, Effect="Deny")
    return allow[:-2] + ", " + deny[deny.index("[") + 1 :]


PITFALL = Pitfall(
    code="TP318",
    verdict=Verdict.OPEN,
    severity=Severity.MEDIUM,
    title="A Deny without MFA that does not cover access keys",
    find=find,
    needs=CONDITIONS,
    fine="When the Allow itself requires MFA.",
    source=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"
    ),
    bad=(_with_deny("Bool"),),
    good=(_with_deny("BoolIfExists"),),
)
