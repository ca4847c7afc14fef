"""Laws that hold whatever the policy and the call."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import trust_widgets as tw
from support.real_policies import has_first_set, records
from support.small_policies import (
    BASES,
    CALLERS,
    KEYS,
    POLICIES,
    ROLE,
    TEXTS,
    TWINS,
    action_for,
    requests,
    statements,
    values_for,
)
from trust_widgets.evaluation import Outcome
from trust_widgets.explain import ASSUMPTIONS, changes_of, text_of
from trust_widgets.policy import Condition, Principal, Statement, TrustPolicy

ORDER = {Outcome.DENIED: 0, Outcome.NOT_ALLOWED: 0, Outcome.DEPENDS: 1, Outcome.ALLOWED: 2}
CALLER = "arn:aws:iam::111122223333:user/ops"
laws = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def rank(policy: TrustPolicy, request: tw.Request) -> int:
    """How open an outcome is."""
    return ORDER[tw.evaluate(policy, request).outcome]


def truth_of(condition: Condition, request: tw.Request) -> bool | None:
    """What one condition says of a call, asked by an Allow for the caller that has no other
    condition.
    """
    statement = Statement(principal=Principal(aws="*"), action="*", conditions=(condition,))
    outcome = tw.evaluate(TrustPolicy((statement,)), request).outcome
    return {Outcome.ALLOWED: True, Outcome.NOT_ALLOWED: False, Outcome.DEPENDS: None}[outcome]


def call(key: str, value: Any) -> tw.Request:
    """A call of the role's own account with one key; `None` for a call without it."""
    context = {} if value is None else {key: value}
    return tw.Request("sts:AssumeRole", CALLER, ROLE, context)


@laws
@given(POLICIES, requests(), statements("Deny"), st.integers(0, 4))
def test_one_more_deny_admits_nobody(
    policy: TrustPolicy, request: tw.Request, deny: Statement, at: int
) -> None:
    """Wherever it is put.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
    """
    more = replace(policy, statements=(*policy.statements[:at], deny, *policy.statements[at:]))
    assert rank(more, request) <= rank(policy, request)


@laws
@given(POLICIES, requests())
def test_a_deny_for_all_denies_all(policy: TrustPolicy, request: tw.Request) -> None:
    """First or last, and whatever lets the caller in; whom no statement can name gets in by nothing
    anyway. AWS does not document whether "*" matches callers with a token: none is surely allowed.
    """
    assume("aws-cn" not in request.principal and "federated-user" not in request.principal)
    deny = Statement(effect="Deny", principal=Principal(aws="*"), action="*")
    denied = {Outcome.DENIED}
    if request.identity.kind in ("oidc", "saml"):
        denied |= {Outcome.DEPENDS, Outcome.NOT_ALLOWED}
    for statements_ in ((deny, *policy.statements), (*policy.statements, deny)):
        assert tw.evaluate(replace(policy, statements=statements_), request).outcome in denied


@laws
@given(POLICIES, requests(), statements("Allow"), st.integers(0, 4))
def test_one_more_allow_shuts_nobody_out(
    policy: TrustPolicy, request: tw.Request, allow: Statement, at: int
) -> None:
    """Statements are alternatives."""
    more = replace(policy, statements=(*policy.statements[:at], allow, *policy.statements[at:]))
    assert rank(more, request) >= rank(policy, request)


@laws
@given(POLICIES, requests(), st.data())
def test_a_condition_less_shuts_nobody_out(
    policy: TrustPolicy, request: tw.Request, data: st.DataObject
) -> None:
    """Of an Allow; of a Deny it admits nobody."""
    held = [i for i, statement in enumerate(policy.statements) if statement.conditions]
    assume(held)
    index = data.draw(st.sampled_from(held))
    statement = policy.statements[index]
    out = data.draw(st.sampled_from(statement.conditions))
    fewer = replace(statement, conditions=tuple(c for c in statement.conditions if c is not out))
    after = replace(
        policy, statements=(*policy.statements[:index], fewer, *policy.statements[index + 1 :])
    )
    if statement.effect == "Allow":
        assert rank(after, request) >= rank(policy, request)
    else:
        assert rank(after, request) <= rank(policy, request)


@laws
@given(POLICIES, requests(), st.data())
def test_order_changes_nothing(
    policy: TrustPolicy, request: tw.Request, data: st.DataObject
) -> None:
    """Of statements, principals, actions, conditions and values."""

    def mixed(values: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
        return None if values is None else tuple(data.draw(st.permutations(values)))

    def turned(statement: Statement) -> Statement:
        who = statement.principal or Principal()
        conditions = tuple(replace(c, values=mixed(c.values) or ()) for c in statement.conditions)
        return replace(
            statement,
            principal=replace(
                who, aws=mixed(who.aws), service=mixed(who.service), federated=mixed(who.federated)
            ),
            action=mixed(statement.action),
            not_action=mixed(statement.not_action),
            conditions=mixed(conditions) or (),
        )

    other = replace(
        policy, statements=mixed(tuple(turned(statement) for statement in policy.statements)) or ()
    )
    one, two = tw.evaluate(policy, request), tw.evaluate(other, request)
    assert (one.outcome, set(one.needs), one.assumptions) == (
        two.outcome,
        set(two.needs),
        two.assumptions,
    )


def test_order_changes_no_assumption() -> None:
    """Two that the law above found: of several principals the nearest speaks, and of statements as
    near all count.
    """
    asked = tw.Condition("StringEquals", "sts:ExternalId", ("ops",))
    everyone = tw.Statement(
        principal=Principal(star=True), action="sts:AssumeRole", conditions=(asked,)
    )
    gone, user = "AROADBQP57FF2AEXAMPLE", "arn:aws:iam::111122223333:user/ops"
    request = tw.Request("sts:TagSession", "lambda.amazonaws.com", ROLE, {"sts:ExternalId": "ops"})
    told = {
        tw.evaluate(
            TrustPolicy(
                (
                    everyone,
                    replace(everyone, principal=Principal(aws=who), action=("sts:TagSession",)),
                )
            ),
            request,
        ).assumptions
        for who in ((gone, user), (user, gone))
    }
    assert len(told) == 1
    services = replace(everyone, principal=Principal(service="lambda.amazonaws.com"))
    call = replace(request, action="sts:AssumeRole", context={})
    pairs = ((everyone, services), (services, everyone))
    assert len({tw.evaluate(TrustPolicy(pair), call).assumptions for pair in pairs}) == 1


@laws
@given(POLICIES, requests())
def test_a_policy_read_back_decides_the_same(policy: TrustPolicy, request: tw.Request) -> None:
    """Writing a policy and reading it loses nothing that a decision rests on."""
    again = tw.parse(str(policy))
    one, two = tw.evaluate(policy, request), tw.evaluate(again, request)
    assert (one.outcome, set(one.needs), one.assumptions) == (
        two.outcome,
        set(two.needs),
        two.assumptions,
    )


def told(decision: tw.Decision) -> None:
    """What every decision owes: a reason that ends in a full stop, words for each node, and needs
    if it depends.
    """
    assert decision.because.endswith(".") and not decision.because.startswith(" ")
    for node in decision.tree.walk():
        assert text_of(node, decision.request).endswith(".")
    assert bool(decision.needs) is (decision.outcome is Outcome.DEPENDS)
    assert set(decision.assumptions) <= set(ASSUMPTIONS)
    for change in changes_of(decision):
        assert change.text.endswith(".")
        assert (
            change.fix is None
            or tw.parse(change.fix.apply(str(decision.policy))) != decision.policy
        )


@laws
@given(POLICIES, requests())
def test_every_decision_is_told(policy: TrustPolicy, request: tw.Request) -> None:
    """In words, with nothing left out."""
    told(tw.evaluate(policy, request))


@laws
@given(POLICIES, requests(), st.data())
def test_what_holds_without_a_key_holds_with_every_value(
    policy: TrustPolicy, request: tw.Request, data: st.DataObject
) -> None:
    """A decision that does not depend on an unknown key stays the same once the key is known, or
    known to be absent.
    """
    key = data.draw(st.sampled_from([key for key in KEYS if key != "aws:PrincipalArn"]))
    context = {name: value for name, value in request.context.items() if name != key}
    unknown = request.unknown - {key}
    before = tw.evaluate(policy, replace(request, unknown=unknown | {key}, context=context))
    assume(before.outcome is not Outcome.DEPENDS)
    absent = replace(request, unknown=unknown, context=context)
    assert tw.evaluate(policy, absent).outcome is before.outcome or _both_shut(
        policy, absent, before
    )
    known = replace(request, unknown=unknown, context={**context, key: data.draw(values_for(key))})
    assert tw.evaluate(policy, known).outcome is before.outcome or _both_shut(policy, known, before)


def _both_shut(policy: TrustPolicy, request: tw.Request, before: tw.Decision) -> bool:
    """An unknown Deny beside no Allow is told as the latter: shut either way."""
    return rank(policy, request) == ORDER[before.outcome] == 0


@laws
@given(POLICIES, requests(), st.sampled_from(["yes", "no"]))
def test_what_holds_without_a_permission_holds_with_it(
    policy: TrustPolicy, request: tw.Request, said: Any
) -> None:
    """The same for the caller's own permission, which may open and never shut."""
    before = rank(policy, replace(request, caller_permission="unknown"))
    after = rank(policy, replace(request, caller_permission=said))
    assert before == 1 or after == before
    assert after >= before if said == "yes" else after <= before


@laws
@given(
    POLICIES,
    requests(),
    st.sampled_from(["run-1", "run-2"]),
    st.sampled_from(["111122223333", "444455556666"]),
)
def test_what_holds_for_some_principal_holds_for_each(
    policy: TrustPolicy, request: tw.Request, session: str, account: str
) -> None:
    """What is decided of "some principal of an account" is so for each of its sessions."""
    some = replace(
        request, principal=f"arn:aws:iam::{account}:root", action="sts:AssumeRole", context={}
    )
    one = replace(some, principal=f"arn:aws:sts::{account}:assumed-role/deploy/{session}")
    assert rank(policy, some) in (1, rank(policy, one))


# Keys with one value that the call may have or not, each with its family of operators.
SINGLE = {
    key: families[0]
    for key, (families, _) in KEYS.items()
    if families[0] != "Null"
    and key not in ("aws:TagKeys", "aws:PrincipalOrgPaths", "aws:PrincipalArn")
}


@laws
@given(st.sampled_from(tuple(SINGLE)), st.data())
def test_if_exists_says_the_same_of_a_key_that_is_there(key: str, data: st.DataObject) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html"""
    base = data.draw(st.sampled_from(BASES[SINGLE[key]]))
    values = tuple(data.draw(st.lists(st.sampled_from(KEYS[key][1]), min_size=1, max_size=3)))
    there = call(key, data.draw(values_for(key)))
    assert truth_of(Condition(f"{base}IfExists", key, values), there) is truth_of(
        Condition(base, key, values), there
    )


@laws
@given(st.sampled_from(TWINS), st.data())
def test_a_negated_operator_is_the_complement_of_its_twin(
    twins: tuple[str, str], data: st.DataObject
) -> None:
    """Where the key is there with one value, readable or not."""
    keys = [key for key, family in SINGLE.items() if twins[0] in BASES[family]]
    key = data.draw(st.sampled_from(keys))
    values = tuple(data.draw(st.lists(st.sampled_from(KEYS[key][1]), min_size=1, max_size=3)))
    there = call(key, data.draw(values_for(key)))
    one, other = (truth_of(Condition(operator, key, values), there) for operator in twins)
    assert {one, other} == {True, False}


@laws
@given(
    st.sampled_from(TWINS[:3]), st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3), st.data()
)
def test_any_value_is_not_every_other(
    twins: tuple[str, str], values: list[str], data: st.DataObject
) -> None:
    """That some value fits is the opposite of that each value fits none; so too the other way
    round.
    """
    given = data.draw(
        st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3, unique=True).map(tuple)
    )
    assume(given != ("",))  # which is no value to ForAllValues
    for positive, negated in (twins, twins[::-1]):
        some = Condition(f"ForAnyValue:{positive}", "aws:PrincipalOrgPaths", tuple(values))
        none = Condition(f"ForAllValues:{negated}", "aws:PrincipalOrgPaths", tuple(values))
        there = call("aws:PrincipalOrgPaths", given)
        assert {truth_of(some, there), truth_of(none, there)} == {True, False}


@laws
@given(
    st.sampled_from(["ForAnyValue", "ForAllValues"]),
    st.lists(st.sampled_from(TEXTS), max_size=3),
    st.data(),
)
def test_a_set_operator_asks_each_value_alone(
    quantifier: str, given: list[str], data: st.DataObject
) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_multi-value-conditions.html"""
    assume(given != [""])
    base = data.draw(st.sampled_from(BASES["String"]))
    values = tuple(data.draw(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3)))
    each = [
        truth_of(Condition(base, "aws:SourceVpc", values), call("aws:SourceVpc", one))
        for one in given
    ]
    condition = Condition(f"{quantifier}:{base}", "aws:PrincipalOrgPaths", values)
    expected = any(each) if quantifier == "ForAnyValue" else all(each)
    assert truth_of(condition, call("aws:PrincipalOrgPaths", tuple(given))) is expected


def test_real_policies_are_decided_for_each_kind_of_caller() -> None:
    """Also the odd ones: whatever can be read is decided, and the decision is told.

    Each policy is asked about by every third caller, each policy by the next ones.
    """
    decided = 0
    for number, record in enumerate(records()):
        try:
            policy = tw.parse(json.dumps(record["policy"]))
        except tw.DocumentError:
            continue
        for principal in CALLERS[number % 3 :: 3]:
            told(tw.evaluate(policy, tw.Request(action_for(principal)[0], principal, ROLE)))
            decided += 1
        for statement in policy.statements[:2]:
            for _, kind, value in (statement.principal or Principal()).each():
                told_to_its_own(policy, kind, value)
    assert decided > (1000 if has_first_set() else 200) * len(CALLERS) // 3


def told_to_its_own(policy: TrustPolicy, kind: str, value: str) -> None:
    """A caller that the policy names, if its name can be that of one."""
    try:
        request = tw.Request(
            "sts:AssumeRole" if kind != "Federated" else "sts:AssumeRoleWithWebIdentity",
            value,
            ROLE,
        )
    except ValueError:
        return
    told(tw.evaluate(policy, request))
