"""What is told of callers: who they are, what stops them, on what a "no" rests, and how a notebook
shows it.
"""

from __future__ import annotations

import pytest

import trust_widgets as tw
from trust_widgets.access import Answer, can_let_in, dead_values, emphasis, summary_of
from trust_widgets.explain import limits_of, who_of
from trust_widgets.text.tokens import admits, tokens_of_form

USER = "arn:aws:iam::111122223333:user/ops"
ROLE = "arn:aws:iam::111122223333:role/deploy"
ACCOUNT = "444455556666"
GITHUB = "token.actions.githubusercontent.com"
PROVIDER = f"arn:aws:iam::111122223333:oidc-provider/{GITHUB}"
WEB = "sts:AssumeRoleWithWebIdentity"
AGE = "aws:MultiFactorAuthAge"


def of(operator: str, key: str, *values: str) -> tw.Condition:
    """One condition."""
    return tw.Condition(operator, key, values)


def one(
    principal: tw.Principal, *conditions: tw.Condition, action: str = "sts:AssumeRole"
) -> tw.TrustPolicy:
    """A policy of one Allow."""
    return tw.TrustPolicy(
        (tw.Statement(principal=principal, action=action, conditions=conditions),)
    )


@pytest.mark.parametrize(
    ("operator", "value", "words"),
    [
        # the age is the time since MFA:
        # reference_policies_condition-keys.html#condition-keys-multifactorauthage
        ("NumericLessThan", "60", "if signed in with MFA less than 60 seconds ago"),
        ("NumericGreaterThan", "60", f"if {AGE} is more than 60"),
        ("NumericGreaterThanEquals", "60", f"if {AGE} is at least 60"),
        ("NumericEquals", "60", f"if {AGE} is 60"),
        ("NumericNotEquals", "60", f"if {AGE} is not 60"),
        (
            "NumericLessThanIfExists",
            "60",
            (
                "if signed in with MFA less than 60 seconds ago (or if the request has no MFA"
                " information)"
            ),
        ),
        ("ForAnyValue:NumericLessThan", "60", f"if a value of {AGE} is less than 60"),
    ],
)
def test_how_long_ago_somebody_signed_in(operator: str, value: str, words: str) -> None:
    """Not less long ago than is asked."""
    assert limits_of(tw.Statement(conditions=(of(operator, AGE, value),))).request == words


@pytest.mark.parametrize(
    ("principal", "words"),
    [
        (
            f"arn:aws:sts::{ACCOUNT}:federated-user/desk",
            f"the federated user desk of account {ACCOUNT}",
        ),
        (f"arn:aws:iam::{ACCOUNT}:group/desk", f"group/desk of account {ACCOUNT}"),
        (
            "arn:aws:iam::ACCOUNT_ID:role/app",
            "arn:aws:iam::ACCOUNT_ID:role/app (not a valid principal)",
        ),
        ("arn:aws:iam::ACCOUNT_ID:root", "arn:aws:iam::ACCOUNT_ID:root (not a valid principal)"),
        ("ACCOUNT_ID", "ACCOUNT_ID (not a valid principal)"),
        (f"arn:aws:iam::{ACCOUNT}:role/team/app", f"the role app of account {ACCOUNT}"),
    ],
)
def test_a_principal_in_words(principal: str, words: str) -> None:
    """Each kind; an account that was not filled in is nobody's."""
    statement = tw.Statement(principal=tw.Principal(aws=principal), action="sts:AssumeRole")
    assert [word.text for word in who_of(statement, tw.Home())] == [words]


def test_an_account_that_a_vendor_publishes_is_called_by_its_name() -> None:
    """https://github.com/fwdcloudsec/known_aws_accounts; any other by its number alone."""
    for account, tail in (("464622532012", " (known as Datadog)"), (ACCOUNT, "")):
        statement = tw.Statement(principal=tw.Principal(aws=account), action="sts:AssumeRole")
        (words,) = who_of(statement, tw.Home())
        assert words.text == f"any principal that account {account}{tail} allows"


def test_three_callers_are_listed_each_once() -> None:
    """As a sentence lists them: commas, and "and" before the last."""
    names = [f"{name}.amazonaws.com" for name in ("ec2", "lambda", "ecs-tasks")]
    users = [f"arn:aws:iam::{ACCOUNT}:user/{name}" for name in ("ann", "ben", "cat", "ann")]
    assert "EC2, Lambda and " in tw.who_gets_in(one(tw.Principal(service=names)))[0].who
    (found,) = tw.who_gets_in(one(tw.Principal(aws=users)))
    each = [f"the user {name} of account {ACCOUNT}" for name in ("ann", "ben", "cat")]
    assert found.who == f"{each[0]}, {each[1]} and {each[2]}"
    several = tw.who_gets_in(
        tw.TrustPolicy(sum((one(tw.Principal(aws=user)).statements for user in users), ()))
    )
    assert (
        summary_of(several)
        == f"T{each[0][1:]} can assume this role, and so can {each[1]} and {each[2]}."
    )


def test_the_longer_of_two_wide_phrases_is_marked_whole() -> None:
    """Also where the shorter one stands in it."""
    found = emphasis("Any branch of any repository", ("any branch", "any branch of any repository"))
    assert found == (("Any branch of any repository", True),)


@pytest.mark.parametrize(
    ("form", "text"),
    [("[a-c]", "X"), ("[a-c]*", "aXb"), ("[a-c0-1]", "X"), ("[a-c][d]", "aXXXXd"), ("a[b]", "aX")],
)
def test_a_form_of_values_admits_nothing_else(form: str, text: str) -> None:
    """Only the characters that stand in it."""
    assert not admits(tokens_of_form(form), text)


@pytest.mark.parametrize(
    ("conditions", "rests_on"),
    [
        # an owner's ID is its own: GitHub, security hardening with OpenID Connect
        (
            [of("StringEquals", f"{GITHUB}:repository_owner_id", "123456")],
            "This is true if you trust the owners of everything that the conditions name",
        ),
        ([of("StringEquals", f"{GITHUB}:sub", "repo:octo-org/app:ref:refs/heads/main")], ""),
    ],
)
def test_a_no_about_tokens_rests_on_what_the_conditions_name(
    conditions: list[tw.Condition], rests_on: str
) -> None:
    """Everybody can have a token of GitHub: whoever the conditions name is no stranger."""
    answer = tw.is_public(one(tw.Principal(federated=PROVIDER), *conditions, action=WEB))
    assert answer.found is False
    assert answer.because.startswith(rests_on) if rests_on else answer.because == ""


@pytest.mark.parametrize(
    "policy",
    [
        one(tw.Principal(aws="*"), of("StringEquals", "sts:ExternalId", "b2f6c3de")),
        one(tw.Principal(aws=["*", ACCOUNT])),
        one(tw.Principal(federated=PROVIDER), of("Null", f"{GITHUB}:sub", "false"), action=WEB),
        one(
            tw.Principal(federated=PROVIDER),
            of("StringNotLike", f"{GITHUB}:sub", "repo:octo-org/*"),
            action=WEB,
        ),
    ],
)
def test_a_yes_rests_on_nothing(policy: tw.TrustPolicy) -> None:
    """A stranger's call shows it, whoever the others are."""
    answer = tw.is_public(policy)
    assert answer.found is True and answer.witness is not None and answer.because == ""


def test_tokens_of_an_issuer_that_nobody_knows_may_be_strangers() -> None:
    """Who can have a subject there is not known, so that it is not said that nobody strange has
    it.
    """
    issuer = "idp.octo.example"
    provider = tw.Principal(federated=f"arn:aws:iam::111122223333:oidc-provider/{issuer}")
    (found,) = tw.who_gets_in(
        one(provider, of("StringEquals", f"{issuer}:sub", "job-1"), action=WEB)
    )
    assert (found.who, found.stranger) == (
        f"holders of a token of {issuer} with the subject job-1",
        None,
    )


@pytest.mark.parametrize(
    ("policy", "code", "named"),
    [
        (
            one(tw.Principal(aws=ROLE), of("Null", "aws:username", "false")),
            "never_there",
            ["aws:username"],
        ),
        (
            one(tw.Principal(aws=USER), of("Null", "aws:username", "true")),
            "no_value",
            ["aws:username", "Null"],
        ),
        (
            one(tw.Principal(aws=USER), of("StringEquals", "sts:ExternalId", "*")),
            "no_value",
            ["sts:ExternalId", "StringEquals"],
        ),
        (
            one(
                tw.Principal(aws=USER),
                of("StringEquals", "sts:ExternalId", "b2"),
                of("StringNotLike", "sts:ExternalId", "b*"),
            ),
            "contradiction",
            ["sts:ExternalId", "StringEquals", "StringNotLike"],
        ),
        (
            one(
                tw.Principal(federated=PROVIDER),
                of("StringEquals", f"{GITHUB}:sub", "repo:octo-org/app:ref:refs/heads/main"),
                of("StringEquals", f"{GITHUB}:ref", "refs/heads/dev"),
                action=WEB,
            ),
            "disagreement",
            [f"{GITHUB}:sub", f"{GITHUB}:ref"],
        ),
        (
            one(tw.Principal(aws=USER), of("StringEquals", "aws:RequestTag/team", "a")),
            "needs_action",
            ["aws:RequestTag/team", "sts:TagSession"],
        ),
        (
            one(tw.Principal(aws=USER), of("StringEquals", "sts:SourceIdentity", "ops")),
            "needs_action",
            ["sts:SourceIdentity", "sts:SetSourceIdentity"],
        ),
        (
            one(
                tw.Principal(aws=USER),
                of("StringLike", "sts:ExternalId", "a*"),
                of("StringLike", "sts:externalId", "*b"),
                of("StringNotLike", "sts:ExternalId", "a*b"),
            ),
            "contradiction",
            ["sts:ExternalId", "all conditions"],
        ),
        (one(tw.Principal(aws="ACCOUNT_ID")), "nobody_named", ["principals"]),
        (one(tw.Principal(aws=USER), action="s3:*"), "no_action", ["actions"]),
    ],
)
def test_what_stops_everybody_is_named_in_a_sentence(
    policy: tw.TrustPolicy, code: str, named: list[str]
) -> None:
    """Keys, operators and actions as the policy writes them; the answer gives the same as its
    reason.
    """
    answer = can_let_in(policy, 0)
    (blocker,) = answer.blockers
    assert (blocker.code, blocker.text, blocker.path) == (code, answer.because, answer.path)
    assert all(word in blocker.text for word in named) and blocker.text.endswith(".")


def test_what_stops_only_one_of_two_callers_is_not_told_of_both() -> None:
    """No user or role has `aws:SourceAccount`; that a user has a name stops the user alone."""
    account, name = (
        of("StringEquals", "aws:SourceAccount", ACCOUNT),
        of("Null", "aws:username", "true"),
    )
    answer = can_let_in(one(tw.Principal(aws=[USER, ROLE]), account, name), 0)
    assert [(blocker.code, blocker.path[-1]) for blocker in answer.blockers] == [
        ("never_there", "aws:SourceAccount")
    ]


def test_a_value_that_no_tag_has_is_dead() -> None:
    """A tag's value holds no asterisk:
    https://docs.aws.amazon.com/STS/latest/APIReference/API_Tag.html
    """
    asks = (
        of("StringEquals", "aws:RequestTag/team", "red", "r*d"),
        of("StringEquals", "sts:SourceIdentity", "a b", "ops"),
    )
    statement = tw.Statement(principal=tw.Principal(aws=USER), action="sts:*", conditions=asks)
    assert [dead.path[-2:] for dead in dead_values(tw.TrustPolicy((statement,)), 0)] == [
        ("aws:RequestTag/team", 1),
        ("sts:SourceIdentity", 0),
    ]


def test_what_names_more_than_one_caller_deserves_emphasis() -> None:
    """In the words of the sentence; a user is one."""
    (everyone,), (one_user,) = (tw.who_gets_in(one(tw.Principal(aws=aws))) for aws in ("*", USER))
    assert everyone.wide and all(phrase in everyone.who for phrase in everyone.wide)
    assert one_user.wide == ()


def test_a_notebook_shows_sentences_and_below_them_the_call() -> None:
    """A paragraph for each sentence, a list for what belongs below it, no list where nothing
    does.
    """
    call = tw.Request(
        "sts:AssumeRole", "ec2.amazonaws.com", context={"aws:TagKeys": ("a", "b"), "x:y": "1"}
    )
    html = Answer(True, call, "It says so.")._repr_mimebundle_()["text/html"]
    items = "".join(
        f"<li><code>{text}</code></li>"
        for text in ("ec2.amazonaws.com", "aws:TagKeys = a, b", "x:y = 1")
    )
    assert (
        html.startswith("<div><div><p>Yes, for example ")
        and html.count("<p>") == html.count("</p>") == 2
    )
    assert f":</p><ul>{items}</ul></div><div><p>It says so.</p></div></div>" in html
    assert Answer(False)._repr_mimebundle_()["text/html"] == "<div><div><p>No.</p></div></div>"
