"""Who gets in, in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trust_widgets as tw
from trust_widgets.access import emphasis, summary_of
from trust_widgets.home import Home

HOME = Home(accounts=("111122223333",))


def statement(
    kind: str, *values: str, action: str | tuple[str, ...] = "sts:AssumeRole", **conditions: tuple[str, str]
) -> tw.Statement:
    """An Allow for one kind of principal; conditions as `{operator: (key, value)}`."""
    found = tuple(tw.Condition(operator, key, (value,)) for operator, (key, value) in conditions.items())
    return tw.Statement(principal=tw.Principal(**{kind: values}), action=action, conditions=found)


@pytest.mark.parametrize(
    ("given", "who", "stranger"),
    [
        (statement("service", "ec2.amazonaws.com"), "the AWS service EC2", False),
        (statement("service", "ec2.amazonaws.com", "lambda.amazonaws.com"), "the AWS services EC2 and Lambda", False),
        (statement("aws", "444455556666"), "any principal that account 444455556666 allows", None),
        (
            statement("aws", "arn:aws:iam::111122223333:root"),
            "any principal that your account 111122223333 allows",
            False,
        ),
        (statement("aws", "arn:aws:iam::444455556666:role/team/app"), "the role app of account 444455556666", False),
        (statement("aws", "*"), "anyone with any AWS account", True),
        (
            statement("aws", "*", StringEquals=("aws:PrincipalOrgID", "o-a1b2c3d4e5")),
            "anyone with any AWS account in the organisation o-a1b2c3d4e5",
            None,
        ),
        (
            statement("aws", "arn:aws:iam::111122223333:user/ops", Bool=("aws:MultiFactorAuthPresent", "true")),
            "the user ops of your account 111122223333 signed in with MFA",
            False,
        ),
        (
            statement("federated", "arn:aws:iam::111122223333:saml-provider/corp", action="sts:AssumeRoleWithSAML"),
            "people who sign in at the SAML provider corp",
            False,
        ),
    ],
)
def test_each_kind_of_caller_is_named(given: tw.Statement, who: str, stranger: bool | None) -> None:
    """With its limits, and whether a stranger is among them."""
    (found,) = tw.who_gets_in(tw.TrustPolicy((given,)), HOME)
    assert (found.who, found.stranger) == (who, stranger)


def test_a_deny_and_an_action_that_assumes_nothing_let_nobody_in() -> None:
    """Neither is a class of callers."""
    tags = statement("service", "ec2.amazonaws.com", action="sts:TagSession")
    deny = tw.Statement("Deny", tw.Principal(aws="*"), "sts:AssumeRole")
    assert tw.who_gets_in(tw.TrustPolicy((tags, deny))) == ()


def test_the_sentences_are_joined() -> None:
    """One sentence for the whole policy, Deny statements mentioned."""
    policy = tw.TrustPolicy((statement("service", "ec2.amazonaws.com"), statement("aws", "444455556666")))
    classes = tw.who_gets_in(policy)
    assert summary_of(classes, 2) == (
        "The AWS service EC2 can assume this role, and so can any principal that account 444455556666 allows, "
        "unless one of 2 Deny statements stops them."
    )


@given(st.text(), st.lists(st.text(max_size=3)).map(tuple))
def test_emphasis_keeps_every_character(sentence: str, wide: tuple[str, ...]) -> None:
    """The parts joined are the sentence."""
    assert "".join(text for text, _ in emphasis(sentence, wide)) == sentence


def test_wide_parts_are_marked_also_at_the_beginning() -> None:
    """Where a capital letter hides them."""
    assert emphasis("Any branch of app.", ("any branch",))[0] == ("Any branch", True)


GITHUB = "token.actions.githubusercontent.com"


def test_a_wildcard_under_equals_lets_nobody_in() -> None:
    """No subject holds a star: of two values only the exact one counts."""
    provider = f"arn:aws:iam::111122223333:oidc-provider/{GITHUB}"
    action = "sts:AssumeRoleWithWebIdentity"
    dead = statement("federated", provider, action=action, StringEquals=(f"{GITHUB}:sub", "repo:octo-org/*"))
    assert tw.who_gets_in(tw.TrustPolicy((dead,))) == ()
    live = statement("federated", provider, action=action, StringLike=(f"{GITHUB}:sub", "repo:octo-org/*"))
    assert len(tw.who_gets_in(tw.TrustPolicy((live,)))) == 1


def test_mfa_and_its_age_read_as_one_phrase() -> None:
    """As a person would say it."""
    found = tw.who_gets_in(
        tw.TrustPolicy(
            (
                statement(
                    "aws",
                    "444455556666",
                    Bool=("aws:MultiFactorAuthPresent", "true"),
                    NumericLessThan=("aws:MultiFactorAuthAge", "3600"),
                ),
            )
        )
    )
    assert found[0].who.endswith("allows signed in with MFA less than 3600 seconds ago")


def test_other_conditions_are_said_in_one_clause() -> None:
    """Key and value, as a person would read them; what changes an operator's meaning stays as it is written."""
    pods = statement(
        "service",
        "pods.eks.amazonaws.com",
        action=("sts:AssumeRole", "sts:TagSession"),
        StringEquals=("aws:RequestTag/kubernetes-namespace", "shop"),
        StringNotLike=("aws:RequestTag/eks-cluster-name", "test-*"),
        StringEqualsIfExists=("aws:SourceAccount", "111122223333"),
    )
    (found,) = tw.who_gets_in(tw.TrustPolicy((pods,)))
    assert found.who.endswith(
        "if aws:RequestTag/kubernetes-namespace is shop and aws:RequestTag/eks-cluster-name is not like test-* "
        "and aws:SourceAccount StringEqualsIfExists 111122223333"
    )


def test_a_vendor_of_the_readers_own_is_called_so() -> None:
    """Whether or not the account is a known one."""
    policy = tw.TrustPolicy((statement("aws", "999988887777"),))
    (found,) = tw.who_gets_in(policy, Home(vendors=("999988887777",)))
    assert found.who == "any principal that your vendor, account 999988887777 allows"
