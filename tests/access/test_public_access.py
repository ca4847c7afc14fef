"""Who is a stranger, and what a stranger can choose."""

from __future__ import annotations

import json

import pytest

import trust_widgets as tw
from support.changed_policies import GITHUB, PROVIDER, ROLE, WEB

EVERYONE = tw.Principal(aws="*")
SUB, AUD = f"{GITHUB}:sub", f"{GITHUB}:aud"
GITHUB_AUD = tw.Condition("StringEquals", AUD, ("sts.amazonaws.com",))


def anyone(*conditions: tw.Condition) -> tw.TrustPolicy:
    """Every AWS principal, with conditions."""
    return tw.TrustPolicy((tw.Statement("Allow", EVERYONE, ROLE, conditions),))


def github(*conditions: tw.Condition) -> tw.TrustPolicy:
    """Tokens of GitHub, with conditions."""
    return tw.TrustPolicy(
        (tw.Statement("Allow", tw.Principal(federated=PROVIDER), WEB, (GITHUB_AUD, *conditions)),)
    )


def equals(key: str, *values: str, operator: str = "StringEquals") -> tw.Condition:
    """One condition."""
    return tw.Condition(operator, key, values)


def account() -> tw.TrustPolicy:
    """A policy that names a whole account."""
    return tw.TrustPolicy((tw.Statement("Allow", tw.Principal(aws="444455556666"), ROLE),))


@pytest.mark.parametrize(
    "policy",
    [
        anyone(),
        anyone(equals("sts:ExternalId", "b2f6c3de")),  # no secret
        anyone(equals("aws:PrincipalArn", "arn:aws:iam::*:role/app", operator="ArnLike")),
        anyone(equals("aws:PrincipalOrgID", "o-*", operator="StringLike")),
        anyone(equals("aws:PrincipalOrgID", "o-a1b2c3d4e5", operator="StringEqualsIfExists")),
        anyone(equals("aws:PrincipalOrgID", "o-zzzzzzzzzz", operator="StringNotEquals")),
        anyone(
            equals("aws:PrincipalOrgPaths", "o-a1b2c3d4e5/*", operator="ForAllValues:StringLike")
        ),
        anyone(equals("aws:SourceIp", "203.0.113.0/24", operator="NotIpAddress")),
        github(),
        github(equals(SUB, "repo:octo*", operator="StringLike")),
        github(equals(SUB, "*", operator="StringLike")),
        github(equals(SUB, "repo:*/app:ref:refs/heads/main", operator="StringLike")),
    ],
)
def test_public(policy: tw.TrustPolicy) -> None:
    """A stranger's call is shown, the evaluator lets it in, and the card says so."""
    answer = tw.is_public(policy)
    assert answer.found is True and answer.witness is not None
    assert tw.evaluate(policy, answer.witness).outcome == "allowed"
    assert tw.who_gets_in(policy)[0].stranger is True


@pytest.mark.parametrize(
    "policy",
    [
        anyone(equals("aws:PrincipalOrgID", "o-a1b2c3d4e5")),
        anyone(equals("aws:PrincipalAccount", "444455556666")),
        anyone(equals("aws:PrincipalArn", "arn:aws:iam::444455556666:role/*", operator="ArnLike")),
        anyone(
            equals(
                "aws:PrincipalOrgPaths", "o-a1b2c3d4e5/r-ab12/*", operator="ForAnyValue:StringLike"
            )
        ),
        anyone(equals("aws:SourceVpce", "vpce-1a2b3c4d")),
        github(equals(SUB, "repo:octo-org/app:ref:refs/heads/main")),
        github(equals(SUB, "repo:octo-org/*", operator="StringLike")),
        github(
            equals(SUB, "repo:octo*", operator="StringLike"),
            equals(f"{GITHUB}:repository_owner_id", "123456"),
        ),
        tw.TrustPolicy((tw.Statement("Allow", tw.Principal(service="ec2.amazonaws.com"), ROLE),)),
        tw.TrustPolicy((tw.Statement("Allow", tw.Principal(aws="444455556666"), ROLE),)),
    ],
)
def test_not_public(policy: tw.TrustPolicy) -> None:
    """What a policy spells out belongs to somebody."""
    assert tw.is_public(policy).found is False
    assert [each.stranger for each in tw.who_gets_in(policy)] in ([None], [False])


@pytest.mark.parametrize(
    ("policy", "home", "told"),
    [
        (
            account(),
            tw.Home(),
            (
                "these accounts or issuers, which is not known: any principal that account"
                " 444455556666 allows."
            ),
        ),
        (account(), tw.Home(accounts=("444455556666",)), ""),
        (
            anyone(equals("aws:PrincipalOrgID", "o-a1b2c3d4e5")),
            tw.Home(),
            "This is true if you trust the owners of everything that the conditions name",
        ),
        (
            tw.TrustPolicy(
                (tw.Statement("Allow", tw.Principal(service="ec2.amazonaws.com"), ROLE),)
            ),
            tw.Home(),
            "",
        ),
    ],
)
def test_a_no_tells_on_what_it_rests(policy: tw.TrustPolicy, home: tw.Home, told: str) -> None:
    """Whoever the policy names is taken for no stranger, where nobody said so."""
    answer = tw.is_public(policy, home)
    assert answer.found is False
    assert told in answer.because if told else answer.because == ""


def test_what_is_the_readers_own_is_no_strangers() -> None:
    """A role name in any account but one's own is open; the witness lives elsewhere."""
    home = tw.Home(accounts=("999988887777",), vendors=("444455556666",))
    answer = tw.is_public(anyone(), home)
    assert answer.witness is not None
    assert not any(
        account in answer.witness.principal for account in ("999988887777", "444455556666")
    )


def test_a_hostile_subject_is_shown() -> None:
    """Of an owner whose name begins alike."""
    answer = tw.is_public(github(equals(SUB, "repo:octo*", operator="StringLike")))
    assert answer.witness is not None
    assert str(answer.witness.context[SUB]).startswith("repo:octo-evil")


def test_a_deny_can_keep_strangers_out() -> None:
    """It is weighed."""
    policy = anyone()
    deny = tw.Statement(
        "Deny",
        EVERYONE,
        ROLE,
        (equals("aws:PrincipalOrgID", "o-a1b2c3d4e5", operator="StringNotEquals"),),
    )
    closed = tw.TrustPolicy((*policy.statements, deny))
    assert tw.is_public(closed).found is False


def test_strangers_come_first_and_the_shut_out_are_left_out() -> None:
    """Whatever the order of the statements."""
    ec2 = tw.Statement("Allow", tw.Principal(service="ec2.amazonaws.com"), ROLE)
    dead = tw.Statement(
        "Allow",
        tw.Principal(aws="444455556666"),
        ROLE,
        (equals("aws:SourceAccount", "444455556666"),),
    )
    found = tw.who_gets_in(tw.TrustPolicy((ec2, dead, *anyone().statements)))
    assert [(each.path, each.stranger) for each in found] == [
        (("Statement", 2), True),
        (("Statement", 0), False),
    ]
    assert all(each.witness is not None for each in found)


def test_everyone_who_gets_in_belongs_to_a_class() -> None:
    """No class, nobody; and a policy that lets anyone in has one."""
    shut = tw.TrustPolicy((*anyone().statements, tw.Statement("Deny", EVERYONE, "sts:*")))
    assert tw.who_gets_in(shut) == ()
    assert tw.who_gets_in(tw.TrustPolicy()) == ()


CIRCLE = "oidc.circleci.com/org/0f4e2d1c-3b5a-4c6d-8e7f-9a0b1c2d3e4f"


@pytest.mark.parametrize(
    ("issuer", "begins"),
    [
        (CIRCLE, f"{CIRCLE.partition('/')[2]}/project/"),
        ("oidc.vercel.com/octo-app", "owner:octo-app:project:"),
    ],
)
@pytest.mark.parametrize("condition", [None, "aud", "sub"])
def test_an_issuer_that_names_its_customer_has_that_customers_tokens(
    issuer: str, begins: str, condition: str | None
) -> None:
    """Every job of the one customer gets in, with subjects that name it; no stranger has a token of
    its issuer.
    """
    asked = {
        "aud": equals(f"{issuer}:aud", "octo"),
        "sub": equals(f"{issuer}:sub", "*", operator="StringLike"),
    }
    provider = tw.Principal(federated=f"arn:aws:iam::111122223333:oidc-provider/{issuer}")
    conditions = (asked[condition],) if condition else ()
    policy = tw.TrustPolicy((tw.Statement("Allow", provider, WEB, conditions),))
    assert tw.is_public(policy).found is False
    (card,) = tw.who_gets_in(policy)
    assert card.witness is not None
    assert str(card.witness.context[f"{issuer}:sub"]).startswith(begins)
    assert "any team" not in card.sentence


@pytest.mark.parametrize(
    "condition",
    [
        equals("aws:userid", "AROADBQP57FF2AEXAMPLE:*", operator="StringLike"),
        equals(
            "aws:userid", "AROADBQP57FF2AEXAMPLE:*", "AIDADBQP57FF2AEXAMPLE", operator="StringLike"
        ),
        equals("aws:userid", "AROADBQP57FF2AEXAMPLE:run-1"),
        equals("aws:PrincipalOrgID", "${aws:ResourceOrgID}"),
        equals("aws:PrincipalAccount", "${aws:ResourceAccount}"),
    ],
)
def test_one_roles_id_and_the_roles_own_account_are_no_strangers(condition: tw.Condition) -> None:
    """A unique id names one role or user, and no stranger is in the role's own account or
    organization.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    policy = anyone(condition)
    assert tw.is_public(policy).found is False
    assert [
        finding.name
        for finding in tw.check(json.dumps(policy.to_dict()))
        if finding.verdict != "advice"
    ] == []


@pytest.mark.parametrize("pattern", ["*:run-1", "AROA*:run-1", "*"])
def test_the_name_of_a_session_is_a_strangers_choice(pattern: str) -> None:
    """Behind the colon of aws:userid stands what the caller chose."""
    assert tw.is_public(anyone(equals("aws:userid", pattern, operator="StringLike"))).found is True


def test_whether_one_asterisk_is_every_arn_is_not_decided() -> None:
    """AWS does not say what an ARN operator makes of it, so that neither yes nor no is sure.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    """
    answer = tw.is_public(anyone(equals("aws:PrincipalArn", "*", operator="ArnLike")))
    assert answer.found is None and "AWS does not document" in answer.because


def test_a_sentence_does_not_promise_more_than_a_deny_leaves() -> None:
    """An explicit Deny wins over any Allow: whoever is named in both may be stopped.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
    """
    others = equals("aws:PrincipalOrgID", "o-a1b2c3d4e5", operator="StringNotEquals")
    everyone = tw.Statement("Deny", EVERYONE, ROLE, (others,))
    service = tw.Statement("Deny", tw.Principal(service="ec2.amazonaws.com"), ROLE)
    (both,) = tw.who_gets_in(tw.TrustPolicy((*anyone().statements, everyone)))
    assert both.sentence == (
        "Anyone with an AWS account can assume this role, unless a Deny statement denies "
        "the request."
    )
    (one,) = tw.who_gets_in(tw.TrustPolicy((*account().statements, service)))
    assert "unless" not in one.sentence


def test_a_subject_that_is_left_out_is_told() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html"""
    runs = equals(SUB, "repo:octo-org/app:*", operator="StringLike")
    (found,) = tw.who_gets_in(
        github(runs, equals(SUB, "repo:octo-org/app:pull_request", operator="StringNotEquals"))
    )
    assert f"{SUB} is not repo:octo-org/app:pull_request" in found.sentence
