"""Who gets in, in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trust_widgets as tw
from trust_widgets.access import emphasis, summary_of
from trust_widgets.explain import limits_of
from trust_widgets.policy import Home

HOME = Home(accounts=("111122223333",))


def statement(
    kind: str,
    *values: str,
    action: str | tuple[str, ...] = "sts:AssumeRole",
    **conditions: tuple[str, str],
) -> tw.Statement:
    """An Allow for one kind of principal; conditions as `{operator: (key, value)}`."""
    found = tuple(
        tw.Condition(operator, key, (value,)) for operator, (key, value) in conditions.items()
    )
    return tw.Statement(principal=tw.Principal(**{kind: values}), action=action, conditions=found)


@pytest.mark.parametrize(
    ("given", "who", "stranger"),
    [
        (statement("service", "ec2.amazonaws.com"), "the AWS service EC2", False),
        (
            statement("service", "ec2.amazonaws.com", "lambda.amazonaws.com"),
            "the AWS services EC2 and Lambda",
            False,
        ),
        (
            statement("service", "states.us-east-1.amazonaws.com", "states.amazonaws.com"),
            "the AWS services Step Functions in US East (N. Virginia) us-east-1 and Step Functions",
            False,
        ),
        (statement("aws", "444455556666"), "any principal that account 444455556666 allows", None),
        (
            statement("aws", "arn:aws:iam::111122223333:root"),
            "any principal that your account 111122223333 allows",
            False,
        ),
        (
            statement("aws", "arn:aws:iam::444455556666:role/team/app"),
            "the role app of account 444455556666",
            False,
        ),
        (statement("aws", "*"), "anyone with an AWS account", True),
        (
            statement("aws", "*", StringEquals=("aws:PrincipalOrgID", "o-a1b2c3d4e5")),
            "any principal in the organization o-a1b2c3d4e5",
            None,
        ),
        (
            statement(
                "aws",
                "arn:aws:iam::111122223333:user/ops",
                Bool=("aws:MultiFactorAuthPresent", "true"),
            ),
            "the user ops of your account 111122223333 if signed in with MFA",
            False,
        ),
        (
            statement(
                "federated",
                "arn:aws:iam::111122223333:saml-provider/corp",
                action="sts:AssumeRoleWithSAML",
            ),
            "people who sign in through the SAML provider corp",
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
    policy = tw.TrustPolicy(
        (statement("service", "ec2.amazonaws.com"), statement("aws", "444455556666"))
    )
    classes = tw.who_gets_in(policy)
    assert (
        summary_of(classes, 2)
        == "The AWS service EC2 can assume this role, and so can any principal that account "
        "444455556666 allows, unless one of 2 Deny statements denies the request."
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
    dead = statement(
        "federated", provider, action=action, StringEquals=(f"{GITHUB}:sub", "repo:octo-org/*")
    )
    assert tw.who_gets_in(tw.TrustPolicy((dead,))) == ()
    live = statement(
        "federated", provider, action=action, StringLike=(f"{GITHUB}:sub", "repo:octo-org/*")
    )
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
    assert found[0].who.endswith("allows if signed in with MFA less than 3600 seconds ago")


def test_other_conditions_are_said_in_one_clause() -> None:
    """Key and value, as a person would read them; with what changes an operator's meaning."""
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
        "if aws:RequestTag/kubernetes-namespace is shop and aws:RequestTag/eks-cluster-name is not"
        " like test-* and aws:SourceAccount is 111122223333 (or absent)"
    )


def test_a_vendor_of_the_readers_own_is_called_so() -> None:
    """Whether or not the account is a known one."""
    policy = tw.TrustPolicy((statement("aws", "999988887777"),))
    (found,) = tw.who_gets_in(policy, Home(vendors=("999988887777",)))
    assert found.who == "any principal that account 999988887777 of your vendor allows"


COGNITO = "cognito-identity.amazonaws.com"
PRESENT, AGE = "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge"


@pytest.mark.parametrize(
    ("operator", "key", "values", "words"),
    [
        # https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
        ("Bool", PRESENT, ("true",), "if signed in with MFA"),
        (
            "BoolIfExists",
            PRESENT,
            ("true",),
            "if signed in with MFA (or if the request has no MFA information)",
        ),
        ("BoolIfExists", PRESENT, ("false",), "if not signed in with MFA"),
        ("NumericLessThan", AGE, ("3600",), "if signed in with MFA less than 3600 seconds ago"),
        # https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html
        (
            "StringLike",
            f"{COGNITO}:sub",
            ("us-east-1:1111*",),
            f"if {COGNITO}:sub is like us-east-1:1111*",
        ),
        ("ForAnyValue:StringLike", f"{COGNITO}:amr", ("authenticated",), "if signed in"),
        (
            "ForAnyValue:StringLike",
            f"{COGNITO}:amr",
            ("unauthenticated",),
            "if not signed in (a guest)",
        ),
        (
            "ForAnyValue:StringLike",
            f"{COGNITO}:amr",
            ("authenticated", "unauthenticated"),
            "if signed in or a guest",
        ),
        (
            "StringEquals",
            f"{COGNITO}:aud",
            ("us-east-1:pool",),
            "from the identity pool us-east-1:pool",
        ),
        (
            "ForAnyValue:StringLike",
            "aws:PrincipalOrgPaths",
            ("o-a/r-b/*",),
            "in the organizational unit o-a/r-b/*",
        ),
        # each way in which an operator can be written
        ("Null", "sts:ExternalId", ("true",), "if sts:ExternalId is absent"),
        ("Null", "sts:ExternalId", ("false",), "if sts:ExternalId is present"),
        (
            "ForAnyValue:StringEquals",
            "aws:TagKeys",
            ("Team", "Cost"),
            "if a value of aws:TagKeys is Team or Cost",
        ),
        (
            "ForAllValues:StringLike",
            "aws:TagKeys",
            ("T*",),
            "if each value of aws:TagKeys (if any) is like T*",
        ),
        (
            "StringEqualsIfExists",
            "sts:ExternalId",
            ("b2",),
            "if sts:ExternalId is b2 (or absent)",
        ),
        (
            "NotIpAddress",
            "aws:SourceIp",
            ("203.0.113.0/24",),
            "if aws:SourceIp is not in 203.0.113.0/24",
        ),
        (
            "DateLessThan",
            "aws:CurrentTime",
            ("2027-01-01",),
            "if aws:CurrentTime is before 2027-01-01",
        ),
        ("ArnEquals", "aws:FunctionArn", ("arn:x",), "if aws:FunctionArn is arn:x"),
    ],
)
def test_a_condition_in_words(operator: str, key: str, values: tuple[str, ...], words: str) -> None:
    """No operator's name is left."""
    limits = limits_of(tw.Statement(conditions=(tw.Condition(operator, key, values),)))
    assert " ".join(filter(None, limits)) == words


def test_mfa_is_said_once_unless_it_says_something_else() -> None:
    """With its age, "signed in with MFA" says nothing more; that somebody did not sign in does."""
    age = tw.Condition("NumericLessThan", AGE, ("60",))

    def said(operator: str, value: str) -> int:
        both = tw.Statement(conditions=(tw.Condition(operator, PRESENT, (value,)), age))
        return limits_of(both).request.count("MFA")

    assert said("Bool", "true") == 1
    assert said("BoolIfExists", "false") == 2


ROLE, OTHER = "arn:aws:iam::444455556666:role/app", "arn:aws:iam::999988887777:user/ops"
ORGANIZATION = tw.Condition("StringEquals", "aws:PrincipalOrgID", ("o-a1b2c3d4e5",))


@pytest.mark.parametrize(
    ("principals", "home", "external", "accounts"),
    [
        pytest.param((ROLE,), Home(), "named account", ["444455556666"], id="no settings"),
        pytest.param((ROLE,), HOME, "named account", ["444455556666"], id="another account"),
        pytest.param((ROLE,), Home(("444455556666",)), "no", [], id="an own account"),
        pytest.param((ROLE,), Home(vendors=("444455556666",)), "vendor", [], id="a vendor"),
        pytest.param((ROLE,), Home(role=ROLE), "no", [], id="the account of the role"),
        pytest.param(("444455556666",), HOME, "named account", ["444455556666"], id="all of it"),
        pytest.param(
            ("arn:aws:sts::444455556666:assumed-role/app/ci", OTHER),
            HOME,
            "named account",
            ["444455556666", "999988887777"],
            id="a session and a user",
        ),
        pytest.param((ROLE, "*"), HOME, "yes", [], id="beside everyone"),
    ],
)
def test_access_from_named_accounts_is_external_unless_they_are_known(
    principals: tuple[str, ...], home: Home, external: str, accounts: list[str]
) -> None:
    """Access is external where the principal is outside of the zone of trust.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-concepts.html
    """
    policy = tw.TrustPolicy(
        tw.Statement(principal=tw.Principal(aws=principals), action=("sts:AssumeRole",))
    )
    found = tw.who_gets_in(policy, home)[0]
    assert (found.external, list(found.accounts)) == (external, accounts)
    assert all(account in str(found) for account in accounts)


GITHUB = "token.actions.githubusercontent.com"
SERVER = "github.octo.example/_services/token"
OWNERS = Home(github_owners=("octo-org",))


@pytest.mark.parametrize(
    ("issuer", "subjects", "home", "external", "owners"),
    [
        pytest.param(
            GITHUB, ("octo-evil/app",), OWNERS, "named account", ["octo-evil"], id="other"
        ),
        pytest.param(
            GITHUB, ("octo-evil@1/app@2",), OWNERS, "named account", ["octo-evil"], id="ids"
        ),
        pytest.param(
            GITHUB, ("octo-evil/*",), OWNERS, "named account", ["octo-evil"], id="all of it"
        ),
        pytest.param(
            GITHUB,
            ("octo-org/app", "octo-evil/app"),
            OWNERS,
            "named account",
            ["octo-evil"],
            id="both",
        ),
        pytest.param(GITHUB, ("octo-org/app",), OWNERS, "no", [], id="an own one"),
        pytest.param(GITHUB, ("Octo-Org/app",), OWNERS, "no", [], id="in other case"),
        pytest.param(GITHUB, ("octo*/app",), OWNERS, "yes", [], id="anyone's"),
        pytest.param(GITHUB, ("octo-evil/app",), Home(), "no", [], id="no settings"),
        pytest.param(SERVER, ("octo-evil/app",), OWNERS, "no", [], id="an own server"),
    ],
)
def test_a_repository_of_another_owner_is_external_unless_it_is_known(
    issuer: str, subjects: tuple[str, ...], home: Home, external: str, owners: list[str]
) -> None:
    """Where the settings name owners, an owner that is not among them may be a stranger's."""
    names = tuple(f"repo:{each}:ref:refs/heads/main" for each in subjects)
    provider = f"arn:aws:iam::111122223333:oidc-provider/{issuer}"
    policy = tw.TrustPolicy(
        tw.Statement(
            principal=tw.Principal(federated=(provider,)),
            action=("sts:AssumeRoleWithWebIdentity",),
            conditions=(tw.Condition("StringLike", f"{issuer}:sub", names),),
        )
    )
    found = tw.who_gets_in(policy, home)[0]
    assert (found.external, list(found.owners)) == (external, owners)
    assert ("If GitHub owner octo-evil is not yours" in str(found)) == bool(owners)


def test_callers_of_the_own_organization_are_not_external() -> None:
    """Whatever account they are of, the condition keeps all others out."""
    policy = tw.TrustPolicy(
        tw.Statement(
            principal=tw.Principal(aws=(ROLE,)),
            action=("sts:AssumeRole",),
            conditions=(ORGANIZATION,),
        )
    )
    assert tw.who_gets_in(policy, Home(organization="o-a1b2c3d4e5"))[0].external == "no"
    assert tw.who_gets_in(policy, Home(organization="o-zzzzzzzzzz"))[0].external != "no"
