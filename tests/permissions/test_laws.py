"""Laws of both halves that hold whatever the policies and the call."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import trust_widgets as tw
from support.small_policies import KEYS, POLICIES, ROLE, requests, statements, values_for
from trust_widgets.evaluation import Outcome
from trust_widgets.permissions import layers_from_given, under_ceilings

ORDER = {Outcome.DENIED: 0, Outcome.NOT_ALLOWED: 0, Outcome.DEPENDS: 1, Outcome.ALLOWED: 2}
RESOURCES = (
    "*",
    "*",
    ROLE,
    "arn:aws:iam::111122223333:role/*",
    "arn:aws:iam::*:role/other",
    "arn:aws:iam::${aws:PrincipalAccount}:role/app",
    "arn:aws:iam::111122223333:role/${aws:username}",
)
FULL = tw.PermissionsPolicy((tw.Statement("Allow", action="*", resource="*"),))
laws = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def permissions_statements(draw: st.DrawFn, effect: str | None = None) -> tw.Statement:
    """A statement of a permissions policy."""
    plain = draw(statements(effect))
    resource = (draw(st.sampled_from(RESOURCES)),)
    excludes = draw(st.sampled_from([False, False, False, True]))
    return replace(
        plain,
        principal=None,
        resource=None if excludes else resource,
        not_resource=resource if excludes else None,
    )


PERMISSIONS = st.lists(permissions_statements(), max_size=3).map(
    lambda found: tw.PermissionsPolicy(tuple(found))
)


@st.composite
def sides(draw: st.DrawFn) -> dict[str, Any]:
    """Policies beside a trust policy; each kind is missing at times."""
    made: dict[str, Any] = {
        "permissions": draw(st.lists(PERMISSIONS, max_size=2)),
        "boundary": draw(PERMISSIONS),
        "session_policy": draw(PERMISSIONS),
        "scps": draw(st.lists(st.lists(PERMISSIONS, max_size=2), max_size=2)),
        "rcps": draw(st.lists(PERMISSIONS, max_size=2)),
        "endpoint_policy": draw(PERMISSIONS),
    }
    kept = draw(st.lists(st.sampled_from(sorted(made)), max_size=4, unique=True))
    return {name: made[name] for name in kept}


def rank(policy: tw.TrustPolicy, request: tw.Request, beside: dict[str, Any]) -> int:
    """How open an outcome is."""
    return ORDER[tw.evaluate(policy, request, **beside).outcome]


def with_statement(policy: tw.PermissionsPolicy, more: tw.Statement) -> tw.PermissionsPolicy:
    """A policy with one more statement."""
    return replace(policy, statements=(*policy.statements, more))


@laws
@given(POLICIES, requests(), sides(), permissions_statements("Deny"))
def test_a_deny_beside_the_trust_policy_admits_nobody(
    policy: tw.TrustPolicy, request: tw.Request, beside: dict[str, Any], deny: tw.Statement
) -> None:
    """In an SCP, an RCP, the caller's policies, a boundary, a session or an endpoint policy."""
    before = rank(policy, request, beside)
    for name, given_ in beside.items():
        if name == "scps":
            more: Any = [[with_statement(p, deny) for p in level] for level in given_]
        elif isinstance(given_, list):
            more = [*given_, tw.PermissionsPolicy((deny,))]
        else:
            more = with_statement(given_, deny)
        assert rank(policy, request, {**beside, name: more}) <= before


@laws
@given(POLICIES, requests(), sides(), PERMISSIONS)
def test_a_ceiling_admits_nobody(
    policy: tw.TrustPolicy,
    request: tw.Request,
    beside: dict[str, Any],
    ceiling: tw.PermissionsPolicy,
) -> None:
    """A boundary, a session policy, an SCP's level, an RCP and an endpoint policy give nothing."""
    for name in ("boundary", "session_policy", "endpoint_policy"):
        without = {key: value for key, value in beside.items() if key != name}
        assert rank(policy, request, {**without, name: ceiling}) <= rank(policy, request, without)
    for name, more in (("scps", [ceiling]), ("rcps", ceiling)):
        given_ = list(beside.get(name, []))
        with_more = {**beside, name: [*given_, more]}
        assert rank(policy, request, with_more) <= rank(policy, request, beside)


@laws
@given(POLICIES, requests(), sides())
def test_the_trust_policy_has_to_allow(
    policy: tw.TrustPolicy, request: tw.Request, beside: dict[str, Any]
) -> None:
    """No policy beside it lets in whom it keeps out."""
    alone = rank(policy, replace(request, caller_permission="yes"), {})
    assert rank(policy, request, beside) <= alone


@laws
@given(POLICIES, requests())
def test_full_access_is_the_answer_yes(policy: tw.TrustPolicy, request: tw.Request) -> None:
    """And no policy at all is the answer no."""
    yes, no = replace(request, caller_permission="yes"), replace(request, caller_permission="no")
    full = {"permissions": FULL, "boundary": FULL, "session_policy": FULL, "endpoint_policy": FULL}
    ceilings = {"scps": [FULL, FULL], "rcps": FULL}
    expected = tw.evaluate(policy, yes).outcome
    assert tw.evaluate(policy, request, **full, **ceilings).outcome is expected
    assert tw.evaluate(policy, request, permissions=[]).outcome is tw.evaluate(policy, no).outcome


@laws
@given(POLICIES, requests(), sides())
def test_services_and_tokens_have_no_second_half(
    policy: tw.TrustPolicy, request: tw.Request, beside: dict[str, Any]
) -> None:
    """Only RCPs bind them, and the endpoint that holders of tokens use."""
    if request.identity.kind == "aws":
        return
    ceilings = {key: value for key, value in beside.items() if key in ("rcps", "endpoint_policy")}
    found = tw.evaluate(policy, request, **beside).outcome
    assert found is tw.evaluate(policy, request, **ceilings).outcome


@laws
@given(POLICIES, requests(), sides(), st.data())
def test_what_is_decided_stays_so_when_an_unknown_key_is_known(
    policy: tw.TrustPolicy, request: tw.Request, beside: dict[str, Any], data: st.DataObject
) -> None:
    """Whether the key is there, and with what value."""
    decision = tw.evaluate(policy, request, **beside)
    if decision.outcome is Outcome.DEPENDS:
        assert decision.needs
        return
    for name in sorted(request.unknown):
        key = next(key for key in KEYS if key == name)
        context = dict(request.context)
        if data.draw(st.booleans()):
            context[key] = data.draw(values_for(key))
        known = replace(request, unknown=request.unknown - {name}, context=context)
        after = tw.evaluate(policy, known, **beside).outcome
        assert ORDER[after] == ORDER[decision.outcome] or after is Outcome.INVALID


@pytest.mark.parametrize(
    ("given_", "part"),
    [
        ('{"Statement": {"Effect": "Allow", "Resource": "*"}}', "has no Action"),
        ('{"Statement": {"Effect": "Allow", "Action": "sts:*"}}', "has no Resource"),
        ('{"Statement": {"Action": "sts:*", "Resource": "*"}}', "has no Effect"),
        (
            '{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition":'
            ' {"StringIs": {"a": "b"}}}}',
            "StringIs",
        ),
    ],
)
def test_a_policy_without_a_meaning_is_refused(given_: str, part: str) -> None:
    """With what is wrong."""
    request = tw.Request("sts:AssumeRole", "arn:aws:iam::111122223333:user/ops", ROLE)
    with pytest.raises(ValueError, match=part):
        tw.evaluate(tw.TrustPolicy(), request, permissions=given_)


def test_one_scp_without_levels_is_refused() -> None:
    """Which level it is of decides."""
    request = tw.Request("sts:AssumeRole", "arn:aws:iam::111122223333:user/ops", ROLE)
    with pytest.raises(TypeError, match="level"):
        tw.evaluate(tw.TrustPolicy(), request, scps='{"Statement": []}')  # type: ignore[arg-type]


def _bound_alike(request: tw.Request) -> bool:
    """Whether the ceilings of the role's account are those that `evaluate` is given: SCPs are of
    the caller's account.
    """
    return request.identity.kind != "aws" or request.identity.account == "111122223333"


@settings(laws, max_examples=100)
@given(POLICIES, requests(), sides())
def test_a_policy_under_ceilings_is_decided_as_both_are(
    policy: tw.TrustPolicy, request: tw.Request, beside: dict[str, Any]
) -> None:
    """What ceilings take away, as statements that deny, against the decision of all policies."""
    ceilings = {key: value for key, value in beside.items() if key in ("rcps", "scps")}
    if not _bound_alike(request):
        ceilings.pop("scps", None)
    request = replace(request, unknown=frozenset(), caller_permission="yes")
    layers = layers_from_given(**ceilings)
    folded = under_ceilings(policy, layers, ROLE, is_role_known=True)
    found = tw.evaluate(folded.policy, request).outcome
    expected = tw.evaluate(policy, request, **ceilings).outcome
    if folded.is_exact:
        assert ORDER[found] == ORDER[expected]
    else:
        assert ORDER[found] >= ORDER[expected]
