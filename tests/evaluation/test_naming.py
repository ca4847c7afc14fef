"""The outcome alone, and who may name a caller, are as the whole decision says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

import trust_widgets as tw
from support.small_policies import CALLERS, POLICIES, action_for, requests
from trust_widgets.evaluation import (
    CompiledPrincipal,
    compile_policy,
    decide,
    decide_principal,
    identity_of,
    outcome_of,
    principals_for,
    rules_for,
)

MANY = tuple(f"{100000000000 + number}" for number in range(20))
NAMED = (
    "444455556666",
    "arn:aws:iam::111122223333:root",
    "arn:aws:iam::444455556666:role/deploy",
    "arn:aws:iam::444455556666:role/team/deploy",
    "arn:aws:sts::444455556666:assumed-role/deploy/run-1",
    "arn:aws:iam::444455556666:user/team/ops",
    "arn:aws:iam::444455556666:user/ops",
    "arn:aws:sts::111122223333:federated-user/ops",
    "AIDACKCEVSQ6C2EXAMPLE",
    "*",
)


@settings(max_examples=100, deadline=None)
@given(POLICIES, requests())
def test_the_outcome_alone_is_that_of_the_decision(
    policy: tw.TrustPolicy, request: tw.Request
) -> None:
    assert outcome_of(policy, request) is decide(policy, request)[0]


@pytest.mark.parametrize("caller", CALLERS)
def test_no_principal_that_names_a_caller_is_passed_over(caller: str) -> None:
    principal = tw.Principal(
        aws=(*MANY, *NAMED),
        service=("ec2.amazonaws.com", "lambda.amazonaws.com"),
        federated=(
            "accounts.google.com",
            "arn:aws:iam::111122223333:saml-provider/octo",
            "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
        ),
    )
    policy = tw.TrustPolicy((tw.Statement("Allow", principal, "sts:*"),))
    (rule,) = compile_policy(policy).rules
    request = tw.Request(action_for(caller)[0], caller)
    matching = [
        each for each in rule.principals if decide_principal(each, request).truth is not False
    ]
    assert set(matching) <= set(principals_for(rule, request.identity))


@pytest.mark.parametrize("caller", CALLERS)
def test_few_principals_are_asked(caller: str) -> None:
    policy = tw.TrustPolicy((tw.Statement("Allow", tw.Principal(aws=MANY), "sts:*"),))
    (rule,) = compile_policy(policy).rules
    asked = principals_for(rule, identity_of(caller))
    assert len(asked) == (len(MANY) if caller.endswith(":root") else 0)


@pytest.mark.parametrize("caller", CALLERS)
def test_no_statement_that_names_a_caller_is_passed_over(caller: str) -> None:
    statements = tuple(
        tw.Statement("Allow", tw.Principal(aws=named), "sts:*", sid=f"S{number}")
        for number, named in enumerate((*MANY, *NAMED))
    )
    ready = compile_policy(tw.TrustPolicy(statements))
    request = tw.Request(action_for(caller)[0], caller)
    matching = [
        rule
        for rule in ready.rules
        if decide_principal(rule.principals[0], request).truth is not False
    ]
    asked = rules_for(ready, request.identity)
    assert [rule for rule in asked if rule in matching] == matching  # in the policy's order


def _action_of(caller: str) -> str:
    kinds = {"oidc": "sts:AssumeRoleWithWebIdentity", "saml": "sts:AssumeRoleWithSAML"}
    return kinds.get(identity_of(caller).kind, "sts:AssumeRole")


def _matching(
    principals: tuple[CompiledPrincipal, ...], request: tw.Request
) -> list[CompiledPrincipal]:
    return [each for each in principals if decide_principal(each, request).truth is not False]
