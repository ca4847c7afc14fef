"""A Deny for callers without MFA that does not apply to those who call with an access key."""

from __future__ import annotations

from collections.abc import Iterator

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
    each_principal,
    example,
    is_meant_to_assume,
    normalized_key,
    principals_of_kind,
    statements,
)

_KEY = "aws:MultiFactorAuthPresent"


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, deny in statements(policy, "Deny"):
        if len(deny.conditions) != 1 or not _is_meant_for_mfa(deny.conditions[0]):
            continue
        caller = _past_it(policy, home)
        if caller:
            place = (*path, *deny.conditions[0].path)
            fix = compare_with(deny, place, "BoolIfExists")
            yield Hit(
                place,
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
        if not is_meant_to_assume(statement):
            continue
        opening = probe_of(policy, path, home)
        user = _user(opening, statement) if opening is not None else ""
        if user:
            return user
    return ""


def _user(opening: StatementProbe, statement: Statement) -> str:
    """A user who is allowed by a statement without the key; `""` if none is."""
    named = dict.fromkeys(principals_of_kind(statement, "AWS"))
    callers = (caller for value in named for caller in opening.callers(value))
    users = [caller for caller in callers if caller.sort == "user"]
    witness = opening.through(users, _absent).witness
    if witness is None:
        return ""
    return principal_arn(witness.identity)


def _absent(case: RequestEnvironment) -> Formula:
    return case.read(clause_of("Null", _KEY, "true"))


def _all_users(policy: TrustPolicy) -> bool:
    """Whether the fix shuts out nobody but callers without MFA: roles and services have none at
    all.
    """
    for _, statement in statements(policy, "Allow"):
        for _, kind, value in each_principal(statement):
            if kind != "AWS":
                return False
            if form_of(value) is not PrincipalForm.ACCOUNT and ":user/" not in value:
                return False
    return True


def _with_deny(operator: str) -> str:
    allow = example({"AWS": "arn:aws:iam::111122223333:user/octo"})
    deny = example({"AWS": "*"}, condition={operator: {_KEY: "false"}}, Effect="Deny")
    return allow[:-2] + ", " + deny[deny.index("[") + 1 :]


PITFALL = Pitfall(
    code="TP318",
    verdict=Verdict.OPEN,
    severity=Severity.MEDIUM,
    title="A Deny for requests without MFA that does not apply to access keys",
    find=find,
    needs=CONDITIONS,
    fine="When the Allow itself requires MFA.",
    source=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"
    ),
    bad=(_with_deny("Bool"),),
    good=(_with_deny("BoolIfExists"),),
)
