"""What the cases do not cover: calls that contradict themselves, actions, the nearest statement,
rare assumptions.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.evaluation import Reason
from trust_widgets.explain import changes_of
from trust_widgets.policy import Principal, Statement, TrustPolicy

USER = "arn:aws:iam::444455556666:user/ops"
OWN_USER = "arn:aws:iam::111122223333:user/ops"
SESSION = "arn:aws:sts::444455556666:assumed-role/deploy/run-1"
FEDERATED_USER = "arn:aws:sts::111122223333:federated-user/desk"
GITHUB = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"


def statement(
    principal: Any, condition: Any = None, action: Any = "sts:AssumeRole", effect: str = "Allow"
) -> Any:
    """One statement as JSON."""
    more = {"Condition": condition} if condition else {}
    return {"Effect": effect, "Principal": principal, "Action": action, **more}


def decided(request: tw.Request, *statements: Any) -> tw.Decision:
    """A call against a policy of these statements."""
    return tw.evaluate(
        tw.parse(json.dumps({"Version": "2012-10-17", "Statement": statements})), request
    )


def assume(principal: str = USER, **more: Any) -> tw.Request:
    """A call whose caller's own policies allow it, unless said otherwise."""
    return tw.Request("sts:AssumeRole", principal, **{"caller_permission": "yes", **more})


# -- assumptions -----------------------------------------------------------------------------------


def test_a_caller_that_is_named_may_still_be_stopped_on_its_own_side() -> None:
    """In its own account nothing of the caller's was asked; where its permission was, that answers
    for it.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
    """
    assert "boundary_and_arn" in decided(assume(OWN_USER), statement({"AWS": OWN_USER})).assumptions
    assert (
        "boundary_and_arn"
        not in decided(assume(OWN_USER), statement({"AWS": "111122223333"})).assumptions
    )
    assert "boundary_and_arn" not in decided(assume(USER), statement({"AWS": USER})).assumptions
    service = statement({"Service": "lambda.amazonaws.com"})
    assert decided(assume("lambda.amazonaws.com"), service).assumptions == ()


def test_one_asterisk_is_no_arn() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html"""
    star = statement({"AWS": "444455556666"}, {"ArnLike": {"aws:PrincipalArn": "*"}})
    decision = decided(assume(), star)
    assert (decision.outcome, decision.assumptions) == ("not allowed", ("star_is_no_arn",))
    all_six = statement({"AWS": "444455556666"}, {"ArnLike": {"aws:PrincipalArn": "arn:*:*:*:*:*"}})
    assert decided(assume(), all_six).outcome == "allowed"
    text = statement({"AWS": "444455556666"}, {"StringLike": {"aws:PrincipalArn": "*"}})
    assert decided(assume(), text).assumptions == ()


ROLE_OF_SESSION = "arn:aws:iam::444455556666:role"


@pytest.mark.parametrize(
    ("operator", "value", "outcome"),
    [
        ("StringEqualsIgnoreCase", f"{ROLE_OF_SESSION}/Team/Deploy", "depends"),
        ("ArnLike", "arn:aws:iam::*:role/t?am/*", "depends"),
        ("ArnLike", f"{ROLE_OF_SESSION}/team/*ploy", "depends"),
        ("StringLike", "*/team/deploy", "depends"),
        ("ArnLike", f"{ROLE_OF_SESSION}/*/deploy", "depends"),
        ("ArnLike", f"{ROLE_OF_SESSION}/*", "allowed"),
        ("ArnLike", f"{ROLE_OF_SESSION}/team/*-x", "not allowed"),
        ("ArnLike", "arn:aws:iam::111122223333:role/team/*", "not allowed"),
        ("ArnLike", "arn:aws:iam::444455556666:user/team/*", "not allowed"),
        ("StringEquals", f"{ROLE_OF_SESSION}/team/*", "not allowed"),
        ("StringEquals", f"{ROLE_OF_SESSION}/team/Deploy", "not allowed"),
        (
            "ForAnyValue:ArnLike",
            f"{ROLE_OF_SESSION}/team/${{aws:PrincipalTag/job, 'deploy'}}",
            "depends",
        ),
        ("ArnNotLike", f"{ROLE_OF_SESSION}/team/*", "depends"),
        ("ArnNotLike", f"{ROLE_OF_SESSION}/team/*-x", "allowed"),
    ],
)
def test_a_path_of_a_sessions_role(operator: str, value: str, outcome: str) -> None:
    """It is there or not: the session's ARN leaves it out.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
    """
    decision = decided(
        assume(SESSION), statement({"AWS": "444455556666"}, {operator: {"aws:PrincipalArn": value}})
    )
    assert decision.outcome == outcome
    assert decision.needs == (("aws:PrincipalArn",) if outcome == "depends" else ())


def test_a_path_that_is_given_is_compared() -> None:
    """Of a session of the same role."""
    asking = statement(
        {"AWS": "444455556666"}, {"ArnLike": {"aws:PrincipalArn": f"{ROLE_OF_SESSION}/team/*"}}
    )
    for path, outcome in (("team/", "allowed"), ("ci/", "not allowed"), ("", "not allowed")):
        context = {"aws:PrincipalArn": f"{ROLE_OF_SESSION}/{path}deploy"}
        assert decided(assume(SESSION, context=context), asking).outcome == outcome


def test_that_star_covers_services_is_listed_only_where_the_decision_rests_on_it() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"""
    call, named = assume("lambda.amazonaws.com"), statement({"Service": "lambda.amazonaws.com"})
    own = {"StringEquals": {"aws:SourceAccount": "111122223333"}}
    star, asking = statement({"AWS": "*"}), statement({"AWS": "*"}, own)
    deny = statement({"AWS": "*"}, own, effect="Deny")
    rests = ("star_covers_everyone",)
    assert decided(call, star).assumptions == rests
    assert decided(call, asking).assumptions == rests  # not allowed, and the nearest
    assert decided(call, named, star).assumptions == ()  # let in all the same
    assert decided(call, named, asking).assumptions == ()
    assert decided(call, named, deny).assumptions == ()  # a Deny that does not apply
    either = statement({"AWS": "*", "Service": "lambda.amazonaws.com"})
    assert decided(call, either).assumptions == ()
    assert decided(call, named, statement({"AWS": "*"}, effect="Deny")).assumptions == rests


@pytest.mark.parametrize("named", [OWN_USER, FEDERATED_USER, "111122223333", "*"])
def test_a_federated_user_can_assume_no_role(named: str) -> None:
    """https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html"""
    decision = decided(assume(FEDERATED_USER), statement({"AWS": named}))
    assert (decision.outcome, decision.needs, decision.assumptions) == ("not allowed", (), ())
    assert (
        decision.because
        == "The caller arn:aws:sts::111122223333:federated-user/desk is a federated user and "
        "cannot assume roles. The credentials of GetFederationToken can call only "
        "GetCallerIdentity of AWS STS."
    )
    told = [change.text for change in changes_of(decision)]
    assert told == [
        ("Make the request as a user or with a role session. A federated user cannot assume roles.")
    ]


def test_only_the_policys_own_address_rests_on_an_assumption() -> None:
    """That of a call has no prefix length anyway."""
    with_prefix = statement({"AWS": USER}, {"IpAddress": {"aws:SourceIp": "2001:db8::/32"}})
    assert decided(assume(context={"aws:SourceIp": "2001:db8::1"}), with_prefix).assumptions == ()


@pytest.mark.parametrize(
    "operator", ["stringEquals", "ForAnyvalue:StringEquals", "StringEqualsifExists"]
)
def test_each_part_of_an_operator_has_one_spelling(operator: str) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html"""
    call = assume(context={"sts:ExternalId": "b2f6c3de"})
    decision = decided(call, statement({"AWS": USER}, {operator: {"sts:ExternalId": "b2f6c3de"}}))
    assert (decision.outcome, decision.assumptions) == ("allowed", ("operator_case",))


# -- calls that contradict themselves --------------------------------------------------------------


@pytest.mark.parametrize(
    ("principal", "context", "message"),
    [
        (
            USER,
            {"aws:PrincipalAccount": "111122223333"},
            f"aws:principalaccount cannot be '111122223333' in a request from {USER}: "
            "it is '444455556666'.",
        ),
        (
            USER,
            {"aws:username": "desk"},
            f"aws:username cannot be 'desk' in a request from {USER}: it is 'ops'.",
        ),
        (USER, {"AWS:PrincipalType": "AssumedRole"}, "aws:principaltype cannot be 'AssumedRole'"),
        (SESSION, {"aws:PrincipalArn": SESSION}, "it is 'arn:aws:iam::444455556666:role/deploy'."),
        (
            SESSION,
            {"aws:PrincipalArn": "arn:aws:iam::444455556666:role/other"},
            "aws:principalarn cannot be",
        ),
        (SESSION, {"aws:username": "ops"}, "only users have a user name."),
        ("lambda.amazonaws.com", {"aws:PrincipalIsAWSService": "false"}, "it is 'true'."),
        (
            "lambda.amazonaws.com",
            {"aws:PrincipalServiceName": "ec2.amazonaws.com"},
            "it is 'lambda.amazonaws.com'.",
        ),
        (
            USER,
            {"sts:ExternalId": "a", "STS:ExternalID": "b"},
            "sts:externalid is given more than once",
        ),
    ],
)
def test_context_that_contradicts_the_caller(
    principal: str, context: dict[str, Any], message: str
) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"""
    with pytest.raises(ValueError) as caught:
        assume(principal, context=context)
    assert message in str(caught.value)


def test_context_that_agrees_with_the_caller() -> None:
    """The path of a role is told by nothing else."""
    call = assume(
        SESSION, context={"aws:PrincipalArn": "arn:aws:iam::444455556666:role/team/deploy"}
    )
    assert call.keys["aws:principalarn"] == "arn:aws:iam::444455556666:role/team/deploy"
    assert (
        assume(USER, context={"aws:username": "ops", "aws:PrincipalType": "User"}).keys[
            "aws:username"
        ]
        == "ops"
    )


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"principal": "ops"},
            "'ops' is not a caller: a caller is a user, a role or a session by its ARN",
        ),
        ({"principal": "*"}, "'*' is not a caller"),
        ({"principal": "arn:aws:iam::444455556666:group/ops"}, "is not a caller"),
        ({"principal": "arn:aws:iam::4444:user/ops"}, "is not a caller"),
        (
            {"role": "app"},
            ("'app' is not the ARN of a role. Write it like arn:aws:iam::111122223333:role/app."),
        ),
        ({"role": USER}, "is not the ARN of a role"),
        (
            {"caller_permission": "maybe"},
            "caller_permission is yes, no, denied or unknown, not 'maybe'",
        ),
    ],
)
def test_a_call_that_can_not_be(given: dict[str, Any], message: str) -> None:
    """It is told what would be right."""
    with pytest.raises(ValueError) as caught:
        tw.Request(**{"action": "sts:AssumeRole", "principal": USER, **given})
    assert message in str(caught.value)


def test_context_is_text() -> None:
    """Truth values and numbers are written as AWS compares them; anything else is refused."""
    call = assume(
        context={
            "aws:MultiFactorAuthPresent": True,
            "aws:MultiFactorAuthAge": 60,
            "aws:TagKeys": ["a", "b"],
        }
    )
    assert dict(call.context) == {
        "aws:MultiFactorAuthPresent": "true",
        "aws:MultiFactorAuthAge": "60",
        "aws:TagKeys": ("a", "b"),
    }
    with pytest.raises(TypeError, match="sts:ExternalId: a string, or a tuple of strings"):
        assume(context={"sts:ExternalId": None})


# -- actions ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("context", "actions"),
    [
        ({}, ("sts:AssumeRole",)),
        ({"sts:ExternalId": "b2f6c3de"}, ("sts:AssumeRole",)),
        ({"aws:RequestTag/team": "red"}, ("sts:AssumeRole", "sts:TagSession")),
        ({"AWS:TAGKEYS": ("team",)}, ("sts:AssumeRole", "sts:TagSession")),
        ({"sts:TransitiveTagKeys": ("team",)}, ("sts:AssumeRole", "sts:TagSession")),
        ({"aws:TagKeys": ()}, ("sts:AssumeRole",)),
        ({"aws:PrincipalTag/team": "red"}, ("sts:AssumeRole",)),
        ({"sts:SourceIdentity": "desk"}, ("sts:AssumeRole", "sts:SetSourceIdentity")),
        (
            {"sts:SourceIdentity": "desk", "aws:TagKeys": ("team",)},
            ("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"),
        ),
    ],
)
def test_the_actions_that_a_call_needs(context: dict[str, Any], actions: tuple[str, ...]) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html"""
    assert assume(context=context).actions == actions


def test_half_of_a_call_is_asked_alone() -> None:
    """Whatever it passes."""
    assert tw.Request("sts:TagSession", USER, context={"aws:TagKeys": ("a",)}).actions == (
        "sts:TagSession",
    )


def test_a_tag_of_which_nobody_told_us_may_need_an_action() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html"""
    call = assume(unknown=frozenset({"aws:RequestTag/team"}))
    decision = decided(call, statement({"AWS": USER}))
    assert (decision.outcome, decision.needs) == ("depends", ("aws:RequestTag/team",))
    assert (
        decided(call, statement({"AWS": USER}, action=["sts:AssumeRole", "sts:TagSession"])).outcome
        == "allowed"
    )
    other = decided(call, statement({"AWS": "999988887777"}))
    assert (other.outcome, other.needs) == ("not allowed", ())
    known = assume(unknown=frozenset({"aws:RequestTag/team"}), context={"aws:TagKeys": ("team",)})
    assert decided(known, statement({"AWS": USER})).outcome == "not allowed"


def test_an_empty_action_beside_not_action() -> None:
    """It is no action, so that the other counts."""
    policy = TrustPolicy(
        (Statement(principal=Principal(aws=USER), action=(), not_action=("sts:TagSession",)),)
    )
    assert tw.evaluate(policy, assume()).outcome == "allowed"


# -- the caller's own permission -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("named", "permission", "outcome"),
    [
        (["arn:aws:iam::111122223333:role/deploy"], "no", "depends"),
        (["arn:aws:iam::111122223333:role/deploy", "111122223333"], "no", "depends"),
        (["arn:aws:iam::111122223333:role/deploy", "111122223333"], "yes", "allowed"),
        (["111122223333"], "no", "not allowed"),
        (["arn:aws:iam::444455556666:role/deploy"], "no", "not allowed"),
    ],
)
def test_some_principal_of_an_account_may_be_the_one_that_is_named(
    named: list[str], permission: Any, outcome: str
) -> None:
    """Then, in the role's own account, it needs no permission of its own; of another account it
    does.

    https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
    """
    account = named[0].split(":")[4] if ":" in named[0] else named[0]
    some = assume(f"arn:aws:iam::{account}:root", caller_permission=permission)
    decision = decided(some, statement({"AWS": named}))
    assert decision.outcome == outcome
    assert decision.needs == (("principal",) if outcome == "depends" else ())


@pytest.mark.parametrize("named", ["444455556666", "*", "arn:aws-cn:iam::444455556666:user/ops"])
def test_nobody_of_another_partition_gets_in(named: str) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_compare-resource-policies.html"""
    decision = decided(assume("arn:aws-cn:iam::444455556666:user/ops"), statement({"AWS": named}))
    assert decision.outcome == "not allowed" and "partitions_apart" in decision.assumptions


# -- what it depends on, and what came nearest -----------------------------------------------------


def test_only_what_matters_is_needed() -> None:
    """Not a value beside one that fits, nor an Allow beside one that lets in, when a Deny is what
    is open.
    """
    unknown = assume(
        unknown=frozenset({"aws:username", "aws:SourceIp", "aws:SourceVpc"}),
        context={"sts:ExternalId": "a1"},
    )
    either = statement(
        {"AWS": USER},
        {
            "StringEquals": {"sts:ExternalId": ["a1", "${aws:username}"]},
            "IpAddress": {"aws:SourceIp": "203.0.113.0/24"},
        },
    )
    assert decided(unknown, either).needs == ("aws:SourceIp",)
    deny = statement("*", {"StringEquals": {"aws:SourceVpc": "vpc-1"}}, effect="Deny")
    assert decided(unknown, either, statement({"AWS": USER}), deny).needs == ("aws:SourceVpc",)


def nearest(request: tw.Request, *statements: Any) -> int:
    """The number of the statement that came nearest, from 0."""
    found = decided(request, *statements).nearest
    assert found is not None
    return int(found.path[1])


EXTERNAL_ID = {"StringEquals": {"sts:ExternalId": "b2f6c3de"}}
MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        # who is named counts most, then the action, then the conditions
        ([statement({"AWS": "999988887777"}), statement({"AWS": USER}, {**EXTERNAL_ID, **MFA})], 1),
        (
            [
                statement({"AWS": USER}, action="sts:TagSession"),
                statement({"AWS": USER}, EXTERNAL_ID),
            ],
            1,
        ),
        ([statement({"AWS": USER}, {**EXTERNAL_ID, **MFA}), statement({"AWS": USER}, MFA)], 1),
        # one that nearly names the caller comes before one that does not, after one that does
        ([statement({"AWS": "999988887777"}), statement({"AWS": USER.replace("ops", "Ops")})], 1),
        (
            [
                statement({"AWS": "AROADBQP57FF2AEXAMPLE"}),
                statement({"AWS": USER}, {**EXTERNAL_ID, **MFA}),
            ],
            1,
        ),
        # a statement for tags alone is never the one that was meant
        ([statement("*", action="sts:TagSession"), statement({"AWS": "999988887777"})], 1),
        # a Deny lets nobody in
        ([statement({"AWS": USER}, MFA, effect="Deny"), statement({"AWS": "999988887777"})], 1),
    ],
)
def test_the_nearest_statement_is_the_one_that_a_person_would_look_at(
    statements: list[Any], expected: int
) -> None:
    """Whatever their order."""
    assert nearest(assume(), *statements) == expected
    assert nearest(assume(), *statements[::-1]) == len(statements) - 1 - expected


def test_of_two_as_near_the_one_with_the_more_alike_values() -> None:
    """A run of the second repository is compared with what is said of the second."""
    key = "token.actions.githubusercontent.com:sub"

    def trusting(repository: str) -> Any:
        subject = {"StringEquals": {key: f"repo:octo-org/{repository}:ref:refs/heads/main"}}
        return statement({"Federated": GITHUB}, subject, "sts:AssumeRoleWithWebIdentity")

    run = tw.Request(
        "sts:AssumeRoleWithWebIdentity", GITHUB, context={key: "repo:octo-org/web:environment:prod"}
    )
    assert nearest(run, trusting("app"), trusting("web")) == 1
    assert nearest(run, trusting("web"), trusting("app")) == 0


def test_a_key_with_no_value_is_null() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html"""
    call = assume(context={"aws:PrincipalOrgPaths": ()})
    decision = decided(call, statement({"AWS": USER}, {"Null": {"aws:PrincipalOrgPaths": "true"}}))
    assert decision.outcome == "allowed" and Reason.NULL_ABSENT in {
        node.code for node in decision.tree.walk()
    }


@pytest.mark.parametrize(
    ("principal", "action", "own"),
    [
        (
            "arn:aws:iam::111122223333:oidc-provider/gitlab.com",
            "sts:AssumeRole",
            "sts:AssumeRoleWithWebIdentity",
        ),
        (
            "arn:aws:iam::111122223333:saml-provider/idp",
            "sts:AssumeRoleWithWebIdentity",
            "sts:AssumeRoleWithSAML",
        ),
        ("arn:aws:iam::111122223333:user/ops", "sts:AssumeRoleWithSAML", "sts:AssumeRole"),
        ("lambda.amazonaws.com", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRole"),
    ],
)
def test_a_caller_calls_its_own_action(principal: str, action: str, own: str) -> None:
    """Credentials, tokens and assertions each have an operation of their own in STS."""
    with pytest.raises(ValueError, match=f"This kind of caller calls {own}"):
        tw.Request(action, principal)
    assert tw.Request(own, principal).identity.text == principal


def test_a_source_identity_from_before_needs_an_action_of_its_own() -> None:
    """In a role chain the target's trust policy must allow sts:SetSourceIdentity, or the call
    fails.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
    """
    hub = "arn:aws:sts::444455556666:assumed-role/hub/run-1"
    call = tw.Request(
        "sts:AssumeRole", hub, context={"aws:SourceIdentity": "octo"}, caller_permission="yes"
    )
    role = {"AWS": "arn:aws:iam::444455556666:role/hub"}
    assert decided(call, statement(role)).outcome == "not allowed"
    assert (
        decided(call, statement(role, action=["sts:AssumeRole", "sts:SetSourceIdentity"])).outcome
        == "allowed"
    )


@pytest.mark.parametrize(
    ("path", "outcome"), [("", "allowed"), ("team/", "not allowed"), (None, "allowed")]
)
def test_a_known_path_is_compared(path: str | None, outcome: str) -> None:
    """A session's ARN has no path; where the request has the role's ARN, that is the role, path
    included.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    role = tw.Principal(aws=("arn:aws:iam::444455556666:role/app",))
    policy = tw.TrustPolicy((tw.Statement(principal=role, action=("sts:AssumeRole",)),))
    arn = {} if path is None else {"aws:PrincipalArn": f"arn:aws:iam::444455556666:role/{path}app"}
    session = "arn:aws:sts::444455556666:assumed-role/app/run-1"
    request = tw.Request("sts:AssumeRole", session, context=arn, caller_permission="yes")

    assert tw.evaluate(policy, request).outcome == outcome
