"""The parts that answers are made of: actions, keys of callers, forms of values; each by the page
that it names.
"""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

import trust_widgets as tw
from trust_widgets.access import can_let_in
from trust_widgets.access.border_values import date_text
from trust_widgets.access.caller import PrincipalClass
from trust_widgets.access.domains import domain_of
from trust_widgets.access.formula import And, Or, all_of, any_of, negate
from trust_widgets.access.value_sets import tokens_of_arn, value_set_of
from trust_widgets.explain import who_of
from trust_widgets.policy import spelled_apart
from trust_widgets.text.glob_places import covers
from trust_widgets.text.globs import pattern_from_text
from trust_widgets.text.tokens import admits, tokens_of_form, tokens_of_pattern

USER = "arn:aws:iam::111122223333:user/ops"
SESSION = "arn:aws:sts::111122223333:assumed-role/deploy/run-1"
COGNITO = "cognito-identity.amazonaws.com"


def classes(
    principal: tw.Principal, action: str | tuple[str, ...], *conditions: tw.Condition
) -> tuple[object, ...]:
    """The callers whom one Allow lets in."""
    return tw.who_gets_in(
        tw.TrustPolicy(
            (
                tw.Statement(
                    principal=principal, action=action, conditions=spelled_apart(conditions)
                ),
            )
        )
    )


@pytest.mark.parametrize(
    ("action", "assumes"),
    [
        ("sts:AssumeRole", True),
        ("STS:assumerole", True),
        ("sts:*", True),
        ("sts:Assume*", True),
        (("sts:TagSession", "sts:AssumeRole"), True),
        ("sts:TagSession", False),
        (("sts:TagSession", "sts:SetSourceIdentity"), False),
        ("s3:*", False),
    ],
)
def test_an_action_that_assumes_the_role(action: str | tuple[str, ...], assumes: bool) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html"""
    assert len(classes(tw.Principal(service="ec2.amazonaws.com"), action)) == assumes


@pytest.mark.parametrize(
    ("principal", "wanted", "lets_in"),
    [
        (USER, "AIDA*", True),
        (USER, "AROA*", False),
        (SESSION, "AROA*", True),
        (SESSION, "AROA*:run-1", True),
        (SESSION, "AROA*:run-2", False),
        (SESSION, "AIDA*", False),
        ("arn:aws:iam::111122223333:role/deploy", "AROA*:anything", True),
        ("arn:aws:iam::111122223333:role/deploy", "AIDA*", False),
    ],
)
def test_the_id_of_a_caller(principal: str, wanted: str, lets_in: bool) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable"""
    asks = tw.Condition("StringLike", "aws:userid", (wanted,))
    assert len(classes(tw.Principal(aws=principal), "sts:AssumeRole", asks)) == lets_in


@pytest.mark.parametrize(
    ("principal", "wanted", "lets_in"),
    [(USER, "ops", True), (USER, "desk", False), (SESSION, "deploy", False)],
)
def test_the_name_of_a_user(principal: str, wanted: str, lets_in: bool) -> None:
    """A session has none:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    asks = tw.Condition("StringEquals", "aws:username", (wanted,))
    assert len(classes(tw.Principal(aws=principal), "sts:AssumeRole", asks)) == lets_in


@pytest.mark.parametrize(
    ("sort", "key", "never"),
    [
        ("session", "aws:multifactorauthage", True),
        ("session", "aws:username", True),
        ("session", "aws:principalarn", False),
        ("user", "aws:username", False),
        ("user", "aws:multifactorauthage", False),
        ("user", "saml:aud", True),
        ("user", f"{COGNITO}:aud", True),
    ],
)
def test_why_a_caller_never_has_a_key(sort: str, key: str, never: bool) -> None:
    """The key is named, as it was asked for."""
    why = PrincipalClass("aws", sort, USER if sort == "user" else SESSION).why_never(key)
    assert bool(why) is never and (not never or key in why.lower())


@pytest.mark.parametrize(("amr", "stranger"), [("unauthenticated", True), ("authenticated", False)])
def test_guests_of_a_pool_of_cognito(amr: str, stranger: bool) -> None:
    """Anyone can be a guest:
    https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html
    """
    pool = tw.Condition(
        "StringEquals", f"{COGNITO}:aud", ("eu-west-1:12345678-abcd-abcd-abcd-123456790ab",)
    )
    asks = tw.Condition("ForAnyValue:StringLike", f"{COGNITO}:amr", (amr,))
    (found,) = classes(tw.Principal(federated=COGNITO), "sts:AssumeRoleWithWebIdentity", pool, asks)
    assert (found.stranger is True) is stranger  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("arn:aws:s3:::*", "arn:aws:s3:::a:b", True),
        ("arn:*:s3:::a", "arn:aws:s3:::a", True),
        ("arn:*:s3:::a", "arn:aws:x:s3:::a", False),
        ("*:aws:s3:::a", "arn:aws:s3:::a", True),
        ("*:aws:s3:::a", "xrn:aws:s3:::a", False),
        ("arn:aws:s3:::a?", "arn:aws:s3:::ab", True),
        ("arn:aws:s3:::a?", "arn:aws:s3:::a", False),
    ],
)
def test_what_arnlike_admits(pattern: str, text: str, fits: bool) -> None:
    """Six parts, of which the last alone may hold a colon.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    """
    tokens = tokens_of_arn(pattern_from_text(pattern))
    assert tokens is not None and admits(tokens, text) is fits
    assert value_set_of("ArnLike", (pattern_from_text(pattern),)).fits(text) is fits


@pytest.mark.parametrize("pattern", ["*", "arn:aws:s3", "xrn:aws:s3:::a"])
def test_what_is_no_pattern_of_an_arn(pattern: str) -> None:
    """Too few parts, or another beginning."""
    assert tokens_of_arn(pattern_from_text(pattern)) is None


@pytest.mark.parametrize(
    ("key", "value", "has"),
    [
        ("aws:principaltag/team", "", True),
        ("aws:principaltag/team", "a b:c", True),
        ("aws:requesttag/team", "", True),
        ("sts:externalid", "b2f6", True),
        ("sts:externalid", "b", False),
        ("sts:externalid", "a b", False),
        ("aws:principalaccount", "111122223333", True),
        ("aws:principalaccount", "1111", False),
        ("aws:principalaccount", "octo", False),
        ("aws:useragent", "a*b", True),
    ],
)
def test_what_a_key_can_hold(key: str, value: str, has: bool) -> None:
    """A tag may be empty, an external ID has 2 to 1224 characters, an account 12 digits.

    https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
    """
    assert domain_of(key).has(value) is has


@pytest.mark.parametrize(
    ("wide", "narrow", "covered"),
    [
        ("repo:*", "repo:o/*", True),
        ("repo:o/*", "repo:*", False),
        ("*", "repo:*", True),
        ("repo:?", "repo:a", True),
        ("repo:?", "repo:*", False),
        ("repo:a", "repo:a", True),
        ("repo:a", "repo:b", False),
        ("repo:a*", "repo:a", True),
        ("repo:a", "repo:ab", False),
        ("repo:ab", "repo:a", False),
    ],
)
def test_one_pattern_covers_another(wide: str, narrow: str, covered: bool) -> None:
    """When each text of the one is a text of the other."""
    assert (
        covers(*(tokens_of_pattern(pattern_from_text(text)) for text in (wide, narrow))) is covered
    )


@pytest.mark.parametrize(
    ("form", "text", "fits"),
    [
        ("o-[a-c]*", "o-abc", True), ("o-[a-c]*", "o-", True), ("o-[a-c]*", "o-d", False),
        ("[^a-c]", "d", True), ("[^a-c]", "a", False), ("[^a-c]", "dd", False),
        ("[a-c0-1]", "1", True), ("[a-c0-1]", "-", False), ("a.b", "axb", False),
    ],
)  # fmt: skip
def test_a_form_of_values(form: str, text: str, fits: bool) -> None:
    """Texts as they are, `[a-c]` one of some characters, `[a-c]*` a run of them."""
    assert admits(tokens_of_form(form), text) is fits


def test_formulas_are_kept_small() -> None:
    """What is true or false anyway is left out; one of them alone, or twice, is itself."""
    true, false = And(()), Or(())
    assert (all_of([1, 1]), any_of([2, 2]), all_of([3, true]), any_of([3, false])) == (1, 2, 3, 3)
    assert (all_of([]), any_of([]), all_of([1, false]), any_of([1, true])) == (
        true,
        false,
        false,
        true,
    )
    assert all_of([1, And((2, 3)), 1]) == And((1, 2, 3)) and any_of([1, Or((2, 3)), 1]) == Or(
        (1, 2, 3)
    )
    assert negate(all_of([1, Or((2, -3))])) == Or((-1, And((-2, 3))))


TAGS = ("sts:AssumeRole", "sts:TagSession")


@pytest.mark.parametrize(
    ("listed", "lets_in"),
    [
        (("ForAllValues:StringEquals", "aws:TagKeys", "team"), True),
        (("ForAllValues:StringEquals", "aws:TagKeys", "cost"), False),
        (("ForAnyValue:StringEquals", "aws:TagKeys", "cost"), True),
        (("Null", "aws:TagKeys", "true"), False),
    ],
)
def test_a_tag_is_in_the_list_of_tags(listed: tuple[str, str, str], lets_in: bool) -> None:
    """A call with the tag team lists it:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html
    """
    operator, key, value = listed
    red = tw.Condition("StringEquals", "aws:RequestTag/team", ("red",))
    found = classes(tw.Principal(aws=USER), TAGS, red, tw.Condition(operator, key, (value,)))
    assert len(found) == lets_in


def test_a_tag_that_must_be_absent_is_not_in_the_list() -> None:
    """Of the same call."""
    absent = tw.Condition("Null", "aws:RequestTag/team", ("true",))
    listed = tw.Condition("ForAnyValue:StringEquals", "aws:TagKeys", ("team",))
    assert classes(tw.Principal(aws=USER), TAGS, absent, listed) == ()
    other = tw.Condition("ForAnyValue:StringEquals", "aws:TagKeys", ("cost",))
    assert len(classes(tw.Principal(aws=USER), TAGS, absent, other)) == 1


def test_a_policy_without_a_meaning_is_not_called_public() -> None:
    """Nor is it called shut: it says so."""
    answer = tw.is_public(
        tw.TrustPolicy(
            (tw.Statement(not_principal=tw.Principal(aws=USER), action="sts:AssumeRole"),)
        )
    )
    assert (answer.found, answer.witness) == (None, None) and answer.because


def test_a_witness_has_the_session_that_its_id_names() -> None:
    """`aws:userid` of a session ends with its name.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
    """
    asks = tw.Condition("StringLike", "aws:userid", ("AROA*:nightly",))
    statement = tw.Statement(
        principal=tw.Principal(aws="444455556666"), action="sts:AssumeRole", conditions=(asks,)
    )
    (found,) = tw.who_gets_in(tw.TrustPolicy((statement,)))
    assert found.witness is not None and found.witness.principal.endswith("/nightly")
    assert str(found.witness.context["aws:userid"]).endswith(":nightly")


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (("sts:AssumeRole",), ("sts:AssumeRole", "sts:TagSession"), False),
        (("sts:AssumeRole",), ("sts:AssumeRole", "sts:SetSourceIdentity"), False),
        (("sts:AssumeRole",), ("sts:*",), False),
        (("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"), ("sts:*",), True),
        (("sts:AssumeRole",), ("sts:Assume*",), True),
        (("sts:AssumeRole",), ("sts:AssumeRol?",), True),
    ],
)
def test_calls_that_carry_tags_or_an_identity_count(
    old: tuple[str, ...], new: tuple[str, ...], same: bool
) -> None:
    """Such a call needs the other action too:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
    """
    policies = [
        tw.TrustPolicy((tw.Statement(principal=tw.Principal(aws=USER), action=each),))
        for each in (old, new)
    ]
    change = tw.compare(*policies)
    assert (change.gained.found, change.lost.found) == (not same, False)


@pytest.mark.parametrize(
    ("claim", "base", "value", "lets_in"),
    [
        ("repository", "StringEquals", "octo-org/app", True),
        ("repository", "StringEquals", "octo-org/web", False),
        ("repository", "StringLike", "octo-org/*", True),
        ("repository", "StringLike", "octo-evil/*", False),
        ("ref", "StringEquals", "refs/heads/main", True),
        ("ref", "StringEquals", "refs/heads/dev", False),
        ("ref", "StringLike", "refs/tags/*", False),
    ],
)
def test_a_claim_says_what_the_subject_says(
    claim: str, base: str, value: str, lets_in: bool
) -> None:
    """https://docs.github.com/en/actions/reference/security/oidc"""
    issuer = "token.actions.githubusercontent.com"
    subject = tw.Condition(
        "StringEquals", f"{issuer}:sub", ("repo:octo-org/app:ref:refs/heads/main",)
    )
    audience = tw.Condition("StringEquals", f"{issuer}:aud", ("sts.amazonaws.com",))
    asks = tw.Condition(base, f"{issuer}:{claim}", (value,))
    provider = tw.Principal(federated=f"arn:aws:iam::111122223333:oidc-provider/{issuer}")
    found = classes(provider, "sts:AssumeRoleWithWebIdentity", subject, audience, asks)
    assert len(found) == lets_in


ROLE = "arn:aws:iam::111122223333:role/deploy"


def of(operator: str, key: str, *values: str) -> tw.Condition:
    """One condition."""
    return tw.Condition(operator, key, values)


@pytest.mark.parametrize(
    ("principal", "conditions", "lets_in"),
    [
        # what AWS says of every caller: reference_policies_condition-keys.html
        (USER, [of("StringEquals", "aws:PrincipalType", "User")], True),
        (USER, [of("StringEquals", "aws:PrincipalType", "AssumedRole")], False),
        (ROLE, [of("StringEquals", "aws:PrincipalType", "AssumedRole")], True),
        (ROLE, [of("StringEquals", "aws:PrincipalType", "User")], False),
        ("444455556666", [of("StringEquals", "aws:PrincipalType", "AssumedRole")], True),
        ("444455556666", [of("StringEquals", "aws:PrincipalType", "User")], True),
        ("444455556666", [of("StringEquals", "aws:PrincipalType", "Service")], False),
        (USER, [of("Bool", "aws:PrincipalIsAWSService", "false")], True),
        (USER, [of("Bool", "aws:PrincipalIsAWSService", "true")], False),
        ("444455556666", [of("StringEquals", "aws:PrincipalAccount", "444455556666")], True),
        ("444455556666", [of("StringEquals", "aws:PrincipalAccount", "999988887777")], False),
        # a user's name is the end of its ARN
        (
            "444455556666",
            [
                of("StringEquals", "aws:username", "ops"),
                of("ArnEquals", "aws:PrincipalArn", "arn:aws:iam::444455556666:user/ops"),
            ],
            True,
        ),
        (
            "444455556666",
            [
                of("StringEquals", "aws:username", "ops"),
                of("ArnEquals", "aws:PrincipalArn", "arn:aws:iam::444455556666:user/desk"),
            ],
            False,
        ),
        (
            "444455556666",
            [
                of("StringEquals", "aws:username", "ops"),
                of("ArnLike", "aws:PrincipalArn", "arn:aws:iam::444455556666:role/*"),
            ],
            False,
        ),
        (
            "*",
            [
                of("StringEquals", "aws:username", "ops"),
                of("ArnLike", "aws:PrincipalArn", "arn:aws:iam::444455556666:user/*"),
            ],
            True,
        ),
        (
            "*",
            [
                of("StringEquals", "aws:username", "ops"),
                of("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:user/desk"),
            ],
            False,
        ),
        (
            "*",
            [
                of("StringEquals", "aws:PrincipalAccount", "444455556666"),
                of("ArnLike", "aws:PrincipalArn", "arn:aws:iam::999988887777:*"),
            ],
            False,
        ),
        # variables: reference_policies_variables.html
        (USER, [of("StringEquals", "sts:RoleSessionName", "${aws:username}")], True),
        (
            USER,
            [of("ArnEquals", "aws:PrincipalArn", "arn:aws:iam::111122223333:user/${aws:username}")],
            True,
        ),
        (
            USER,
            [of("ArnEquals", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/${aws:username}")],
            False,
        ),
        (SESSION, [of("StringEquals", "sts:RoleSessionName", "${aws:username}")], False),
        (SESSION, [of("StringNotEquals", "sts:RoleSessionName", "${aws:username}")], True),
        # MFA: id_credentials_mfa_configure-api-require.html
        (USER, [of("Bool", "aws:MultiFactorAuthPresent", "true")], True),
        (
            USER,
            [
                of("Bool", "aws:MultiFactorAuthPresent", "true"),
                of("NumericLessThan", "aws:MultiFactorAuthAge", "3600"),
            ],
            True,
        ),
        (
            USER,
            [
                of("Bool", "aws:MultiFactorAuthPresent", "false"),
                of("NumericLessThan", "aws:MultiFactorAuthAge", "3600"),
            ],
            False,
        ),
        (
            USER,
            [
                of("Bool", "aws:MultiFactorAuthPresent", "false"),
                of("Null", "aws:MultiFactorAuthAge", "true"),
            ],
            True,
        ),
        (SESSION, [of("Bool", "aws:MultiFactorAuthPresent", "false")], True),
        # values of one key together
        (
            USER,
            [
                of("StringEqualsIgnoreCase", "sts:ExternalId", "OCTO"),
                of("StringEquals", "sts:ExternalId", "octo"),
            ],
            True,
        ),
        (
            USER,
            [
                of("StringEqualsIgnoreCase", "sts:ExternalId", "OCTO"),
                of("StringEquals", "sts:ExternalId", "octa"),
            ],
            False,
        ),
        (
            USER,
            [
                of("StringEqualsIgnoreCase", "sts:ExternalId", "OCTO"),
                of("StringLike", "sts:ExternalId", "oC?o"),
            ],
            True,
        ),
        (
            USER,
            [
                of("StringEqualsIgnoreCase", "sts:ExternalId", "OCTO"),
                of("StringNotEqualsIgnoreCase", "sts:ExternalId", "octo"),
            ],
            False,
        ),
        (
            USER,
            [
                of("IpAddress", "aws:SourceIp", "203.0.113.7/32"),
                of("NotIpAddress", "aws:SourceIp", "203.0.113.7"),
            ],
            False,
        ),
        (
            USER,
            [
                of("IpAddress", "aws:SourceIp", "203.0.113.6/31"),
                of("NotIpAddress", "aws:SourceIp", "203.0.113.6"),
            ],
            True,
        ),
        (
            USER,
            [
                of("IpAddress", "aws:SourceIp", "2001:db8::/32"),
                of("IpAddress", "aws:SourceIp", "203.0.113.0/24"),
            ],
            False,
        ),
        (
            USER,
            [
                of("NumericGreaterThan", "aws:MultiFactorAuthAge", "60"),
                of("NumericLessThan", "aws:MultiFactorAuthAge", "3600"),
            ],
            True,
        ),
        (
            USER,
            [
                of("NumericGreaterThan", "aws:MultiFactorAuthAge", "3600"),
                of("NumericLessThan", "aws:MultiFactorAuthAge", "60"),
            ],
            False,
        ),
        (
            USER,
            [
                of("DateGreaterThan", "aws:CurrentTime", "2026-11-24T00:00:00Z"),
                of("DateLessThan", "aws:CurrentTime", "2026-11-24T00:00:02Z"),
            ],
            True,
        ),
        (
            USER,
            [
                of("DateGreaterThan", "aws:CurrentTime", "2026-11-24T00:00:02Z"),
                of("DateLessThan", "aws:CurrentTime", "2026-11-24T00:00:00Z"),
            ],
            False,
        ),
        (
            USER,
            [
                of("StringLike", "sts:ExternalId", "a*"),
                of("StringLike", "sts:ExternalId", "*b"),
                of("StringNotLike", "sts:ExternalId", "a*b"),
            ],
            False,
        ),
        (
            USER,
            [
                of("StringLike", "sts:ExternalId", "a*"),
                of("StringLike", "sts:ExternalId", "*b"),
                of("StringNotLike", "sts:ExternalId", "a?b"),
            ],
            True,
        ),
    ],
)
def test_who_is_let_in(principal: str, conditions: list[tw.Condition], lets_in: bool) -> None:
    """By what AWS's pages say of each key; the pages stand beside the rows, below
    .../IAM/latest/UserGuide/.
    """
    found = classes(tw.Principal(aws=principal), "sts:AssumeRole", *conditions)
    assert len(found) == lets_in


@pytest.mark.parametrize(
    ("key", "value", "lets_in"),
    [
        ("aws:PrincipalIsAWSService", "true", True),
        ("aws:PrincipalIsAWSService", "false", False),
        ("aws:PrincipalServiceName", "ec2.amazonaws.com", True),
        ("aws:PrincipalServiceName", "lambda.amazonaws.com", False),
    ],
)
def test_what_is_said_of_a_service(key: str, value: str, lets_in: bool) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"""
    operator = "Bool" if value in ("true", "false") else "StringEquals"
    service = tw.Principal(service="ec2.amazonaws.com")
    assert len(classes(service, "sts:AssumeRole", of(operator, key, value))) == lets_in


def test_three_conditions_that_only_together_let_nobody_in() -> None:
    """Each two of them can be met; the first is told, with the others."""
    asks = {"StringLike": "a*", "stringlike": "*b", "StringNotLike": "a*b"}
    condition = {operator: {"sts:ExternalId": value} for operator, value in asks.items()}
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": USER},
        "Action": "sts:AssumeRole",
        "Condition": condition,
    }
    answer = can_let_in(
        tw.parse(json.dumps({"Version": "2012-10-17", "Statement": [statement]})), 0
    )
    (blocker,) = answer.blockers
    assert (answer.found, blocker.code, len(blocker.others)) == (False, "contradiction", 2)


@pytest.mark.parametrize(
    ("principal", "who"),
    [
        (SESSION, "the session run-1 of the role deploy of account 111122223333"),
        ("arn:aws:iam::444455556666:user/team/ops", "the user ops of account 444455556666"),
        ("octo", "octo (not a valid principal)"),
    ],
)
def test_a_principal_in_words(principal: str, who: str) -> None:
    """Without its path."""
    statement = tw.Statement(principal=tw.Principal(aws=principal), action="sts:AssumeRole")
    assert [word.text for word in who_of(statement, tw.Home())] == [who]


def test_everyone_whom_notprincipal_does_not_name() -> None:
    """IAM takes no such policy; if it did, strangers would be among them."""
    nobody = tw.Statement(not_principal=tw.Principal(aws=USER), action="sts:AssumeRole")
    (found,) = tw.who_gets_in(tw.TrustPolicy((nobody,)))
    assert (found.who, found.stranger, found.witness) == (
        "everyone except the principals in NotPrincipal",
        True,
        None,
    )
    service = tw.Statement(
        principal=tw.Principal(service="ec2.amazonaws.com"), action="sts:AssumeRole"
    )
    vendor = tw.Statement(principal=tw.Principal(aws="444455556666"), action="sts:AssumeRole")
    found_ = {
        each.who: each.stranger
        for each in tw.who_gets_in(tw.TrustPolicy((nobody, service, vendor)))
    }
    assert list(found_.values()) == [True, False, None]


def test_what_iam_refuses_is_told_with_what_it_says() -> None:
    """No call is decided by such a policy, so that nobody is simply said to get in by it, nor by
    what stands beside.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
    """
    service = tw.Statement(
        principal=tw.Principal(service="ec2.amazonaws.com"), action="sts:AssumeRole"
    )
    for nobody in (
        tw.Statement(not_principal=tw.Principal(aws=USER), action="sts:AssumeRole"),
        tw.Statement("Deny", not_principal=tw.Principal(aws=USER), action="sts:AssumeRole"),
        tw.Statement(
            principal=tw.Principal(aws="arn:aws:iam::111122223333:role/*"), action="sts:AssumeRole"
        ),
    ):
        policy = tw.TrustPolicy((nobody, service))
        assert tw.evaluate(policy, tw.Request("sts:AssumeRole", USER)).outcome == "invalid"
        sentences = {each.who: each.sentence for each in tw.who_gets_in(policy)}
        refused = "IAM would reject this policy. As written, it means: "
        assert all(sentence.startswith(refused) for sentence in sentences.values())
        assert (
            sentences["the AWS service EC2"]
            .removeprefix(refused)
            .startswith("The AWS service EC2 can assume")
        )
    assert (
        tw.who_gets_in(tw.TrustPolicy((service,)))[0].sentence
        == "The AWS service EC2 can assume this role."
    )


@pytest.mark.parametrize(
    ("services", "who"),
    [
        ("*", "any AWS service"),
        (("ec2.amazonaws.com", "*"), "any AWS service and the AWS service EC2"),
    ],
)
def test_every_service(services: str | tuple[str, ...], who: str) -> None:
    """With emphasis; for whom a service acts that nobody named is not known, nor whether IAM saves
    it.
    """
    (found,) = classes(tw.Principal(service=services), "sts:AssumeRole")
    assert (found.who, found.wide, found.stranger) == (who, ("any AWS service",), None)
    assert found.sentence == f"A{who[1:]} can assume this role."


@pytest.mark.parametrize(
    ("caller", "key", "presence"),
    [
        (PrincipalClass("aws", "user", USER), "aws:username", "always"),
        (PrincipalClass("aws", "session", SESSION), "aws:username", "never"),
        (PrincipalClass("aws", "user", USER), "aws:principalarn", "always"),
        (PrincipalClass("aws", "user", USER), "sts:externalid", "maybe"),
        (PrincipalClass("aws", "user", USER), "aws:currenttime", "always"),
        (
            PrincipalClass("aws", "user", USER, {"aws:principalorgid": "o-1"}),
            "aws:principalorgid",
            "always",
        ),
        (PrincipalClass("service", "", "ec2.amazonaws.com"), "aws:principalorgid", "never"),
        (PrincipalClass("service", "", "ec2.amazonaws.com"), "aws:sourcearn", "maybe"),
        (
            PrincipalClass("saml", "", "arn:aws:iam::111122223333:saml-provider/corp"),
            "saml:aud",
            "always",
        ),
        (
            PrincipalClass("saml", "", "arn:aws:iam::111122223333:saml-provider/corp"),
            "saml:edupersonaffiliation",
            "maybe",
        ),
        (PrincipalClass("oidc", "", "x", issuer="gitlab.com"), "gitlab.com:sub", "always"),
        (PrincipalClass("oidc", "", "x", issuer="gitlab.com"), "gitlab.com:aud", "always"),
        (PrincipalClass("oidc", "", "x", issuer="gitlab.com"), "github.com:sub", "never"),
    ],
)
def test_whether_a_caller_has_a_key(caller: PrincipalClass, key: str, presence: str) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"""
    assert caller.presence(key) == presence


def test_a_witness_lists_the_tags_that_it_has() -> None:
    """And has those that it lists."""
    asks = (
        of("ForAllValues:StringEquals", "aws:TagKeys", "team", "cost"),
        of("StringEquals", "aws:RequestTag/team", "red"),
    )
    statement = tw.Statement(principal=tw.Principal(aws=USER), action=TAGS, conditions=asks)
    (found,) = tw.who_gets_in(tw.TrustPolicy((statement,)))
    assert found.witness is not None
    context = found.witness.context
    listed = {f"aws:RequestTag/{tag}" for tag in context["aws:TagKeys"]}
    assert (
        listed
        == {key for key in context if key.startswith("aws:RequestTag/")}
        >= {"aws:RequestTag/team"}
    )


def test_what_is_not_decided_says_why() -> None:
    """AWS's pages do not say whether a service has an ARN; of a user they do."""
    asks = of("ArnLike", "aws:PrincipalArn", "arn:aws:iam::444455556666:*")
    for principal, found in (
        (tw.Principal(service="ec2.amazonaws.com"), None),
        (tw.Principal(aws=USER), False),
    ):
        statement = tw.Statement(principal=principal, action="sts:AssumeRole", conditions=(asks,))
        answer = can_let_in(tw.TrustPolicy((statement,)), 0)
        assert answer.found is found and answer.because


@pytest.mark.parametrize("named", ["user/ops", "role/deploy", "role/team/deploy"])
@pytest.mark.parametrize("other", [False, True])
def test_whom_a_deny_names_is_not_somebody_else_of_the_account(named: str, other: bool) -> None:
    """The Allow is for one ARN of the account; a Deny for that one leaves nobody, one for another
    leaves it.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
    """
    arn = f"arn:aws:iam::444455556666:{named}"
    asks = of("ArnEquals", "aws:PrincipalArn", arn)
    allow = tw.Statement(
        principal=tw.Principal(aws="444455556666"), action="sts:AssumeRole", conditions=(asks,)
    )
    stopped = tw.Principal(aws=f"{arn}2" if other else arn)
    deny = tw.Statement(effect="Deny", principal=stopped, action="sts:AssumeRole")
    assert can_let_in(tw.TrustPolicy((allow, deny)), 0).found is other


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "1970-01-01T00:00:00Z"),
        (1795478400, "2026-11-24T00:00:00Z"),
        (10**13, "10000000000000"),
        (-62_000_000_000, "-62000000000"),
    ],
)
def test_a_moment_as_a_call_has_it(seconds: int, text: str) -> None:
    """Seconds where no calendar has it, or a year has fewer than four digits."""
    assert date_text(Decimal(seconds)) == text


def test_keys_that_only_together_let_nobody_in() -> None:
    """Without MFA no call has its age: neither condition is at fault alone, and both places are
    told.
    """
    asks = (
        of("Bool", "aws:MultiFactorAuthPresent", "false"),
        of("NumericLessThan", "aws:MultiFactorAuthAge", "3600"),
    )
    statement = tw.Statement(
        principal=tw.Principal(aws=USER), action="sts:AssumeRole", conditions=asks
    )
    answer = can_let_in(tw.TrustPolicy((statement,)), 0)
    assert (answer.found, answer.path) == (False, ("Statement", 0, *asks[0].path))
    assert [blocker.others for blocker in answer.blockers] == [(("Statement", 0, *asks[1].path),)]
