"""A call is made of what a person gives, or the message names what is wrong and what to write."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.aws.keys import condition_keys

OPS = "arn:aws:iam::444455556666:user/ops"
ROLE = "arn:aws:iam::111122223333:role/app"
ASSUME = "sts:AssumeRole"


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: tw.Request(), "'action' and 'principal'"),
        (lambda: tw.Request(None, OPS), "action: None is not a string"),
        (lambda: tw.Request("AssumeRole", OPS), "action: 'AssumeRole' .*Write sts:AssumeRole"),
        (lambda: tw.Request("TagSession", OPS), "Write sts:TagSession"),
        (lambda: tw.Request(OPS, ASSUME), "The action comes first"),
        (lambda: tw.Request(ASSUME, None), "principal: None is not a string"),
        (lambda: tw.Request(ASSUME, 444455556666), "444455556666 is an account, not a caller"),
        (lambda: tw.Request(ASSUME, "4444-5555-6666"), "is an account, not a caller"),
        (lambda: tw.Request(ASSUME, OPS, None), "role: None is not the ARN"),
        (lambda: tw.Request(ASSUME, OPS, "app"), "'app' is not the ARN of a role"),
        (lambda: tw.Request(ASSUME, OPS, ROLE, [("sts:ExternalId", "x")]), "context: .*list"),
        (lambda: tw.Request(ASSUME, OPS, ROLE, None), "context: None is not a dict"),
        (lambda: tw.Request(ASSUME, OPS, ROLE, "x"), "context: .*str is not a dict"),
        (lambda: tw.Request(ASSUME, OPS, ROLE, {7: "x"}), "context: 7 is not a condition key"),
        (lambda: tw.Request(ASSUME, OPS, ROLE, {"aws:SourceIp": None}), "aws:SourceIp: a string"),
        (lambda: tw.Request(ASSUME, OPS, unknown=None), "unknown: None is not a set of keys"),
        (lambda: tw.Request(ASSUME, OPS, unknown=[None]), "unknown: None is not a condition key"),
        (lambda: tw.Request(ASSUME, OPS, keys={}), "did you mean 'context'|no argument 'keys'"),
        (lambda: tw.Request(ASSUME, OPS, contxt={}), "did you mean 'context'"),
        (lambda: tw.Request(ASSUME, OPS, caller_permission=True), "denied or unknown, not True"),
    ],
)
def test_what_makes_no_call_is_told(make: Callable[[], Any], told: str) -> None:
    with pytest.raises((TypeError, ValueError), match=told):
        make()


def test_what_can_be_meant_in_one_way_is_read() -> None:
    """One unknown key is a set of one, and a role stands for its ARN."""
    role = tw.Role("app", account="111122223333")
    assert tw.Request(ASSUME, OPS, unknown="aws:SourceIp").unknown == {"aws:SourceIp"}
    assert tw.Request(ASSUME, OPS, unknown=["aws:SourceIp"]).unknown == {"aws:SourceIp"}
    assert tw.Request(ASSUME, OPS, role).role == ROLE


@pytest.mark.parametrize(
    ("key", "write"),
    [
        ("ExternalId", "sts:ExternalId"),
        ("externalid", "sts:ExternalId"),
        ("aws:ExternalId", "sts:ExternalId"),
        ("sts:ExternaId", "sts:ExternalId"),
        ("PrincipalOrgID", "aws:PrincipalOrgID"),
        ("aws:PrincipalOrg", "aws:PrincipalOrgID"),
        ("aws:PrincipalTag", "aws:PrincipalTag/Team"),
        ("SourceIp", "aws:SourceIp"),
    ],
)
def test_a_key_that_aws_does_not_have_is_warned_of(key: str, write: str) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"""
    with pytest.warns(UserWarning, match=f"'{key}'.* Write '{write}'") as told:
        tw.Request(ASSUME, OPS, context={key: "x"})
    assert told[0].filename == __file__
    with pytest.warns(UserWarning, match=f"Write '{write}'"):
        tw.Request(ASSUME, OPS, unknown={key})


def test_no_key_that_aws_has_is_warned_of() -> None:
    """In any case, with a tag of any name; nor the claims of an issuer of one's own."""
    names = [re.sub(r"\$\{\w+\}", "Team", name) for name in condition_keys.names()]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name in (*names, "idp.octo.example:sub", "gitlab.com:project_path"):
            if not name.startswith(("aws:Principal", "aws:Resource", "aws:username")):
                tw.Request(ASSUME, OPS, context={name: "x"})
            tw.Request(ASSUME, OPS, unknown={name.upper()})


def test_this_package_is_not_warned_of_what_a_policy_names() -> None:
    """The search makes calls with any key that a policy has, and these are no slip of a reader."""
    asked = tw.Condition("StringEquals", "aws:SignInColour", "blue")
    policy = tw.TrustPolicy(tw.Statement("Allow", tw.Principal(aws=OPS), ASSUME, asked))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert tw.who_gets_in(policy) is not None
        assert tw.compare(policy, tw.TrustPolicy()).lost is not None
        assert tw.check(policy)


@pytest.mark.parametrize("action", ["sts:AssumeRol", "sts:AsumeRole", "sts:TagSessions"])
def test_an_action_that_is_nearly_one_is_warned_of(action: str) -> None:
    with pytest.warns(
        UserWarning, match=f"'{action}' is not an action of STS. Write 'sts:"
    ) as told:
        tw.Request(action, OPS)
    assert told[0].filename == __file__


@pytest.mark.parametrize("action", ["sts:AssumeRole", "STS:assumerole", "sts:GetCallerIdentity"])
def test_an_action_of_sts_is_not(action: str) -> None:
    """https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html"""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert tw.Request(action, OPS).action == action


def test_a_key_is_given_or_unknown() -> None:
    """As unknown, its value would not count."""
    with pytest.raises(ValueError, match="sts:externalid is given in context and in unknown"):
        tw.Request(ASSUME, OPS, ROLE, {"sts:ExternalId": "x"}, {"sts:externalid"})
    assert tw.Request(ASSUME, OPS, ROLE, {"sts:ExternalId": "x"}, {"aws:SourceIp"}).unknown


@pytest.mark.parametrize(("key", "write"), [("saml:audience", "saml:aud"), ("SAML:su", "saml:sub")])
def test_a_key_of_saml_that_aws_does_not_have_is_warned_of(key: str, write: str) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html"""
    with pytest.warns(UserWarning, match=f"(?i)'{key}' is not a condition key.* Write '{write}'"):
        tw.Request(ASSUME, OPS, unknown={key})
