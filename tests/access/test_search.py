"""Whom the search finds and whom it must not, with the call that it shows; each by the page that it
names.
"""

from __future__ import annotations

import pytest

import trust_widgets as tw
from trust_widgets.access import Answer, can_let_in
from trust_widgets.aws import oidc_issuers
from trust_widgets.policy import spelled_apart

USER = "arn:aws:iam::111122223333:user/ops"
ROLE = "arn:aws:iam::111122223333:role/deploy"
ACCOUNT, OTHER = "444455556666", "999988887777"
ARN = "aws:PrincipalArn"
GITHUB = "token.actions.githubusercontent.com"
PROVIDER = f"arn:aws:iam::111122223333:oidc-provider/{GITHUB}"
SUB, AUD = f"{GITHUB}:sub", f"{GITHUB}:aud"
WEB = "sts:AssumeRoleWithWebIdentity"
TAGS = ("sts:AssumeRole", "sts:TagSession")


def of(operator: str, key: str, *values: str) -> tw.Condition:
    """One condition."""
    return tw.Condition(operator, key, values)


def asked(
    principal: tw.Principal,
    *conditions: tw.Condition,
    action: str | tuple[str, ...] = "sts:AssumeRole",
    deny: tw.Statement | None = None,
) -> Answer:
    """Whether one Allow lets anyone in, perhaps beside a Deny."""
    allow = tw.Statement(principal=principal, action=action, conditions=spelled_apart(conditions))
    return can_let_in(tw.TrustPolicy((allow, deny) if deny else (allow,)), 0)


def context(answer: Answer) -> dict[str, object]:
    """What the keys of the call hold that was found."""
    assert answer.found is True and answer.witness is not None
    return dict(answer.witness.context)


@pytest.mark.parametrize(
    ("principal", "conditions", "lets_in"),
    [
        # the account of whoever is named:
        # reference_policies_condition-keys.html#condition-keys-principalaccount
        (USER, [of("StringEquals", "aws:PrincipalAccount", "111122223333")], True),
        (USER, [of("StringEquals", "aws:PrincipalAccount", ACCOUNT)], False),
        (ROLE, [of("StringEquals", "aws:PrincipalAccount", "111122223333")], True),
        ("*", [of("StringEquals", "aws:PrincipalAccount", ACCOUNT)], True),
        # only users have a name: #condition-keys-username
        (ROLE, [of("Null", "aws:username", "true")], True),
        (ROLE, [of("Null", "aws:username", "false")], False),
        (USER, [of("Null", "aws:username", "false")], True),
        # a user's ARN has its path, its id begins with AIDA, and a role's with AROA:
        # reference_identifiers.html
        (ACCOUNT, [of("ArnEquals", ARN, f"arn:aws:iam::{ACCOUNT}:user/ops")], True),
        (
            ACCOUNT,
            [
                of("ArnLike", ARN, f"arn:aws:iam::{ACCOUNT}:user/team/*"),
                of("StringLike", "aws:userid", "AIDA*"),
            ],
            True,
        ),
        (
            ACCOUNT,
            [
                of("ArnLike", ARN, f"arn:aws:iam::{ACCOUNT}:user/team/*"),
                of("StringLike", "aws:userid", "AROA*"),
            ],
            False,
        ),
        (
            ACCOUNT,
            [
                of("ArnLike", ARN, f"arn:aws:iam::{ACCOUNT}:role/*"),
                of("StringLike", "aws:userid", "AIDA*"),
            ],
            False,
        ),
        # its name is what follows the path: the same page
        (
            ACCOUNT,
            [
                of("StringEquals", "aws:username", "ops"),
                of("ArnEquals", ARN, f"arn:aws:iam::{ACCOUNT}:user/team/ops"),
            ],
            True,
        ),
        (
            ACCOUNT,
            [
                of("StringEquals", "aws:username", "ops"),
                of("ArnEquals", ARN, f"arn:aws:iam::{ACCOUNT}:user/team/desk"),
            ],
            False,
        ),
        (
            ACCOUNT,
            [
                of("StringEquals", "aws:username", "team"),
                of("ArnLike", ARN, f"arn:aws:iam::{ACCOUNT}:user/team/*"),
            ],
            True,
        ),
        (
            ACCOUNT,
            [
                of("StringLike", "aws:username", "o*"),
                of("ArnLike", ARN, f"arn:aws:iam::{ACCOUNT}:user/o/*k"),
            ],
            True,
        ),
        (
            ACCOUNT,
            [
                of("StringLike", "aws:username", "o*"),
                of("ArnLike", ARN, f"arn:aws:iam::{ACCOUNT}:user/o/*/desk"),
            ],
            False,
        ),
        (
            ACCOUNT,
            [
                of("StringNotLike", "aws:username", "o*"),
                of("ArnLike", ARN, f"arn:aws:iam::{ACCOUNT}:user/o/*"),
            ],
            True,
        ),
        (
            ACCOUNT,
            [
                of("StringNotLike", "aws:username", "*k"),
                of("ArnLike", ARN, f"arn:aws:iam::{ACCOUNT}:user/o/*k"),
            ],
            False,
        ),
        (
            "*",
            [
                of("StringEquals", "aws:username", "ops"),
                of("ArnLike", ARN, "arn:aws:iam::*:user/team/*/ops"),
            ],
            True,
        ),
        (ACCOUNT, [of("StringEquals", "aws:username", "a/b")], False),
        # a session's name has two characters at least: STS, AssumeRole
        (ROLE, [of("StringLike", "aws:userid", "AROA*:ab")], True),
        # variables: reference_policies_variables.html
        (ACCOUNT, [of("StringEquals", "sts:ExternalId", "${aws:PrincipalArn}")], True),
        (
            ACCOUNT,
            [
                of("StringEquals", "sts:ExternalId", "${aws:PrincipalArn}"),
                of("StringLike", "sts:ExternalId", "*:user/*"),
            ],
            True,
        ),
        (
            USER,
            [
                of("StringEquals", "sts:ExternalId", "${aws:PrincipalArn}"),
                of("StringLike", "sts:ExternalId", "*/desk"),
            ],
            False,
        ),
        (
            "*",
            [
                of("StringEquals", "sts:RoleSessionName", "${aws:username}"),
                of("ArnLike", ARN, f"arn:aws:iam::{ACCOUNT}:user/desk"),
            ],
            True,
        ),
        (
            "*",
            [
                of("StringEquals", "aws:PrincipalAccount", "${aws:PrincipalTag/Home}"),
                of("StringEquals", "aws:PrincipalTag/Home", ACCOUNT),
            ],
            True,
        ),
        (USER, [of("StringEquals", "sts:RoleSessionName", "${aws:PrincipalTag/Team}")], True),
        (
            USER,
            [
                of("StringEquals", "sts:ExternalId", "${aws:PrincipalTag/Team}-x"),
                of("StringLike", "sts:ExternalId", "red-*"),
            ],
            True,
        ),
        # to ForAllValues an empty text is no value:
        # reference_policies_condition-single-vs-multi-valued-context-keys.html
        (
            USER,
            [
                of("ForAllValues:StringEquals", "aws:PrincipalTag/Team", "red"),
                of("StringNotEquals", "aws:PrincipalTag/Team", "red"),
                of("StringLike", "aws:PrincipalTag/Team", "*"),
            ],
            True,
        ),
        (
            USER,
            [
                of("ForAllValues:StringEquals", "aws:PrincipalTag/Team", "red"),
                of("StringNotEquals", "aws:PrincipalTag/Team", "red"),
                of("StringLike", "aws:PrincipalTag/Team", "?*"),
            ],
            False,
        ),
        # a set operator gives a key with one value no second one:
        # ...single-vs-multi-valued-context-keys.html
        (
            USER,
            [
                of("ForAnyValue:StringEquals", "sts:ExternalId", "a1"),
                of("ForAnyValue:StringEquals", "sts:ExternalId", "b2"),
            ],
            False,
        ),
        (
            USER,
            [
                of("ForAnyValue:StringEquals", "sts:ExternalId", "a1"),
                of("ForAnyValue:StringLike", "sts:ExternalId", "a*"),
            ],
            True,
        ),
        # a key with several values may have one value for each: the same page
        (
            ACCOUNT,
            [
                of("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-a/r-a/*"),
                of("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-b/r-b/*"),
            ],
            True,
        ),
        (
            ACCOUNT,
            [
                of("ForAllValues:StringLike", "aws:PrincipalOrgPaths", "o-a/*"),
                of("Null", "aws:PrincipalOrgPaths", "false"),
            ],
            True,
        ),
        (
            ACCOUNT,
            [
                of("ForAllValues:StringLike", "aws:PrincipalOrgPaths", "o-a/*"),
                of("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-b/*"),
            ],
            False,
        ),
        # a value that nobody would guess: letters that no pattern names
        (
            USER,
            [
                of("StringLike", "sts:ExternalId", "a*", "b*"),
                of("StringNotLike", "sts:ExternalId", "a*", "b*e*", "b*o*", "bx*", "b9*"),
            ],
            True,
        ),
        (
            USER,
            [
                of("StringLike", "sts:ExternalId", "a*", "b*"),
                of("StringNotLike", "sts:ExternalId", "a*", "?*"),
            ],
            False,
        ),
    ],
)
def test_who_is_found(principal: str, conditions: list[tw.Condition], lets_in: bool) -> None:
    """The pages beside the rows are below https://docs.aws.amazon.com/IAM/latest/UserGuide/."""
    assert asked(tw.Principal(aws=principal), *conditions).found is lets_in


@pytest.mark.parametrize(("account", "lets_in"), [(ACCOUNT, False), (OTHER, True)])
@pytest.mark.parametrize("resource", ["*", "role/app", "user/ops", "user/team/ops"])
def test_a_deny_of_an_account_is_for_all_its_users_and_roles(
    resource: str, account: str, lets_in: bool
) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"""
    deny = tw.Statement("Deny", tw.Principal(aws=account), "sts:*")
    everyone = tw.Principal(aws="*")
    assert (
        asked(everyone, of("ArnLike", ARN, f"arn:aws:iam::{ACCOUNT}:{resource}"), deny=deny).found
        is lets_in
    )


@pytest.mark.parametrize(("account", "value"), [(ACCOUNT, ACCOUNT), ("*", ACCOUNT), ("*", OTHER)])
def test_a_witness_is_of_the_account_that_is_asked_for(account: str, value: str) -> None:
    """A principal's ARN holds its account."""
    answer = asked(tw.Principal(aws=account), of("StringEquals", "aws:PrincipalAccount", value))
    assert answer.witness is not None and answer.witness.principal.split(":")[4] == value


@pytest.mark.parametrize("arn", [ROLE, "arn:aws:iam::111122223333:role/team/deploy"])
def test_a_session_of_a_role_with_a_path_tells_the_path(arn: str) -> None:
    """The session's own ARN has none, so that `aws:PrincipalArn` has to say it; of a role without
    one it needn't.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
    """
    answer = asked(tw.Principal(aws=arn))
    assert (
        answer.witness is not None
        and answer.witness.principal == "arn:aws:sts::111122223333:assumed-role/deploy/session"
    )
    assert context(answer) == ({ARN: arn} if "team" in arn else {})


@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov"])
def test_the_role_is_in_the_partition_of_those_whom_the_policy_names(partition: str) -> None:
    """No role lets in a principal of another partition: AWS, cross-account access."""
    answer = asked(tw.Principal(aws=f"arn:{partition}:iam::{ACCOUNT}:root"))
    assert answer.witness is not None
    assert {arn.split(":")[1] for arn in (answer.witness.role, answer.witness.principal)} == {
        partition
    }


@pytest.mark.parametrize(
    ("subject", "asks", "told"),
    [
        # the subject of a run without an environment names the ref, of one with an environment that
        # alone
        (
            "",
            {"repository": "octo-org/web", "ref": "refs/heads/release"},
            "repo:octo-org/web:ref:refs/heads/release",
        ),
        (
            "",
            {"repository": "octo-org/web", "environment": "prod"},
            "repo:octo-org/web:environment:prod",
        ),
        (
            "",
            {"repository": "octo-org/web", "environment": "a:b"},
            "repo:octo-org/web:environment:a%3Ab",
        ),
        (
            "repo:octo-org/app:environment:*",
            {"environment": "prod"},
            "repo:octo-org/app:environment:prod",
        ),
        (
            "repo:octo-org/*:ref:refs/heads/main",
            {"repository": "octo-org/web"},
            "repo:octo-org/web:ref:refs/heads/main",
        ),
    ],
)
def test_the_subject_that_is_shown_says_what_the_claims_say(
    subject: str, asks: dict[str, str], told: str
) -> None:
    """https://docs.github.com/en/actions/reference/security/oidc#example-subject-claims"""
    conditions = [of("StringEquals", f"{GITHUB}:{claim}", value) for claim, value in asks.items()]
    conditions += [of("StringLike", SUB, subject)] if subject else []
    assert context(asked(tw.Principal(federated=PROVIDER), *conditions, action=WEB))[SUB] == told


@pytest.mark.parametrize(
    ("subject", "claim", "pattern", "value"),
    [
        ("repo:octo-org/app:environment:a%3Ab", "environment", "*", "a:b"),
        ("repo:octo-org/app:ref:refs/heads/main", "ref", "*", "refs/heads/main"),
        ("repo:octo-org/app:ref:refs/heads/main", "repository", "octo*", "octo-org/app"),
        ("repo:octo-org@12/app@34:ref:refs/heads/main", "repository_owner_id", "*", "12"),
        ("repo:octo-org@12/app@34:ref:refs/heads/main", "repository_id", "*", "34"),
        ("repo:octo-org@12/app@34:ref:refs/heads/main", "repository", "octo-org/*", "octo-org/app"),
    ],
)
def test_a_claim_that_is_shown_says_what_the_subject_says(
    subject: str, claim: str, pattern: str, value: str
) -> None:
    """Also with the ids of owner and repository:
    https://docs.github.com/en/actions/reference/security/oidc
    """
    conditions = (of("StringEquals", SUB, subject), of("StringLike", f"{GITHUB}:{claim}", pattern))
    assert (
        context(asked(tw.Principal(federated=PROVIDER), *conditions, action=WEB))[
            f"{GITHUB}:{claim}"
        ]
        == value
    )


@pytest.mark.parametrize(
    ("subject", "claim", "pattern"),
    [
        ("repo:octo-org/app:ref:refs/heads/main", "repository", "octo-evil*"),
        ("repo:octo-org/app:ref:refs/heads/main", "repository", "evil*"),
        ("repo:octo-org/app:environment:prod", "environment", "dev*"),
        ("repo:octo-org@12/app@34:ref:refs/heads/main", "repository", "octo-evil/*"),
    ],
)
def test_no_claim_says_otherwise_than_the_subject(subject: str, claim: str, pattern: str) -> None:
    """Nobody has such a token."""
    conditions = (of("StringEquals", SUB, subject), of("StringLike", f"{GITHUB}:{claim}", pattern))
    assert asked(tw.Principal(federated=PROVIDER), *conditions, action=WEB).found is False


def test_a_subject_in_capital_letters_is_somebodys_where_case_does_not_count() -> None:
    """GitHub writes `repo:` and `ref:` in small letters, which StringEqualsIgnoreCase takes for the
    same.
    """
    capital = "REPO:OCTO-ORG/APP:REF:REFS/HEADS/MAIN"
    provider = tw.Principal(federated=PROVIDER)
    assert asked(provider, of("StringEqualsIgnoreCase", SUB, capital), action=WEB).found is True
    assert asked(provider, of("StringEquals", SUB, capital), action=WEB).found is False


def test_a_token_that_is_shown_has_a_subject_and_an_audience() -> None:
    """Every token has both, whatever is asked; AWS's action asks GitHub for the audience
    `sts.amazonaws.com`.

    https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws
    """
    shown = context(
        asked(
            tw.Principal(federated=PROVIDER), of("StringLike", f"{GITHUB}:actor", "*"), action=WEB
        )
    )
    assert shown[AUD] == "sts.amazonaws.com" and str(shown[SUB]).startswith("repo:")


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ([of("ArnLike", ARN, f"arn:aws:iam::{ACCOUNT}:*")], None),
        (
            [
                of("ArnLike", ARN, f"arn:aws:iam::{ACCOUNT}:*"),
                of("Bool", "aws:MultiFactorAuthPresent", "true"),
            ],
            False,
        ),
        (
            [
                of("ArnLike", ARN, f"arn:aws:iam::{ACCOUNT}:*"),
                of("StringEquals", "aws:PrincipalServiceName", "x"),
            ],
            False,
        ),
        ([of("StringEquals", "aws:PrincipalServiceName", "lambda.amazonaws.com")], False),
    ],
)
def test_no_is_sure_when_it_does_not_hang_on_what_aws_leaves_open(
    conditions: list[tw.Condition], found: bool | None
) -> None:
    """Whether a service has an ARN is not said; that it has no MFA and one name is."""
    assert asked(tw.Principal(service="ec2.amazonaws.com"), *conditions).found is found


def test_an_age_in_dates_is_not_called_impossible() -> None:
    """Date operators read seconds too, which a number may be: it is not looked for, so that "no"
    would be too much.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    """
    age = of("DateGreaterThan", "aws:MultiFactorAuthAge", "2026-01-01T00:00:00Z")
    assert asked(tw.Principal(aws=USER), age).found is not False


def test_what_a_tag_has_to_say_of_an_account_is_not_called_impossible() -> None:
    """A user with that tag is let in:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    """
    same = of("StringEquals", "aws:PrincipalAccount", "${aws:PrincipalTag/Home}")
    assert asked(tw.Principal(aws=USER), same).found is not False
    tagged = of("StringEquals", "aws:PrincipalTag/Home", "111122223333")
    assert asked(tw.Principal(aws=USER), same, tagged).found is True


def test_a_policy_without_a_meaning_is_not_decided() -> None:
    """Neither who gets in by it nor why nobody does."""
    answer = can_let_in(
        tw.TrustPolicy((tw.Statement(not_principal=tw.Principal(aws=USER), action="sts:*"),)), 0
    )
    assert (answer.found, answer.witness, answer.blockers) == (None, None, ())
    assert answer.because == (
        "Not decided: IAM would reject this policy, so its meaning is not defined."
    )


@pytest.mark.parametrize(("tag", "value"), [("team", "red"), ("Cost-Centre", "1")])
def test_a_tag_that_is_shown_is_spelled_as_the_policy_spells_it(tag: str, value: str) -> None:
    """The list of tags and the tag say the same:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
    """
    shown = context(
        asked(
            tw.Principal(aws=USER), of("StringEquals", f"aws:RequestTag/{tag}", value), action=TAGS
        )
    )
    assert shown == {f"aws:RequestTag/{tag}": value, "aws:TagKeys": (tag,)}


def test_each_tag_that_is_listed_is_sent_and_none_is_handed_on_unasked() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_role-chaining"""
    listed = of("ForAnyValue:StringEquals", "aws:TagKeys", "Cost")
    none = of("Null", "sts:TransitiveTagKeys", "true")
    shown = context(asked(tw.Principal(aws=USER), listed, none, action=TAGS))
    assert set(shown) == {"aws:TagKeys", "aws:RequestTag/Cost"} and shown["aws:TagKeys"] == (
        "Cost",
    )


GOOGLE = "accounts.google.com"
PROVIDERS = "arn:aws:iam::111122223333:oidc-provider/"


@pytest.mark.parametrize("issuer", [GOOGLE, "sandboxes.cloud"])
@pytest.mark.parametrize(
    ("operator", "subject", "public"),
    [
        ("", "", True),
        ("StringEquals", "110169484474386276334", False),
        ("StringEqualsIfExists", "110169484474386276334", False),
        ("StringNotEquals", "110169484474386276334", True),
        ("Null", "false", True),
    ],
)
def test_everyone_can_have_a_token_of_a_shared_issuer(
    issuer: str, operator: str, subject: str, public: bool
) -> None:
    """The subject, which every token has, is a person's; also where none is known.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
    """
    conditions = [of("StringLike", f"{issuer}:aud", "*")]
    conditions += [of(operator, f"{issuer}:sub", subject)] if operator else []
    named = issuer if issuer == GOOGLE else f"arn:aws:iam::111122223333:oidc-provider/{issuer}"
    statement = tw.Statement(
        principal=tw.Principal(federated=named), action=WEB, conditions=tuple(conditions)
    )
    assert tw.is_public(tw.TrustPolicy((statement,))).found is public


@pytest.mark.parametrize(
    ("issuer", "claim", "value", "public"),
    [
        (GOOGLE, "aud", "1234567890.apps.googleusercontent.com", False),
        (GOOGLE, "oaud", "1234567890.apps.googleusercontent.com", False),
        (GOOGLE, "aud", "*.apps.googleusercontent.com", True),
        ("sandboxes.cloud", "aud", "octo-org", False),
        ("api.pulumi.com/oidc", "aud", "octo-org", False),
        ("api.pulumi.com/oidc", "aud", "octo*", True),
        ("graph.facebook.com", "app_id", "1234567890", False),
        ("gitlab.com", "aud", "https://gitlab.com", True),
        ("token.actions.githubusercontent.com", "aud", "sts.amazonaws.com", True),
        # Since October 2026 a deployment may perhaps ask for any audience.
        ("oidc.vercel.com", "aud", "https://vercel.com/octo-org", True),
        # Without a word on amr, guests of the pool have such a token.
        ("cognito-identity.amazonaws.com", "aud", "us-east-1:12345678-abcd", True),
    ],
)
def test_an_audience_that_names_its_customer_keeps_strangers_out(
    issuer: str, claim: str, value: str, public: bool
) -> None:
    """What the audience says, the vendor's page tells, and which one IAM requires, AWS's."""
    named = issuer if issuer in oidc_issuers.BUILT_IN else f"{PROVIDERS}{issuer}"
    operator = "StringLike" if "*" in value else "StringEquals"
    statement = tw.Statement(
        principal=tw.Principal(federated=named),
        action=WEB,
        conditions=(of(operator, f"{issuer}:{claim}", value),),
    )
    policy = tw.TrustPolicy((statement,))
    assert tw.is_public(policy).found is public
    told = [finding for finding in tw.check(policy) if finding.severity in ("critical", "high")]
    # Of GitHub and GitLab IAM asks for the subject, and so it is refused.
    refused = any(finding.verdict == "refused" for finding in tw.check(policy))
    assert bool(told) is public or refused or issuer == "oidc.vercel.com"
    assert (tw.who_gets_in(policy)[0].stranger is True) is public


def test_a_subject_of_a_form_that_nobody_knows_is_not_called_impossible() -> None:
    """An organization can customise what stands behind the repository.

    https://docs.github.com/en/actions/reference/security/oidc#customizing-the-subject-claims-for-an-organization-or-repository
    """
    wide = of("StringLike", SUB, "repo:octo-org/app:*")
    usual = of(
        "StringNotLike",
        SUB,
        *(f"repo:octo-org/app:{kind}*" for kind in ("ref:", "environment:", "pull_request")),
    )
    assert asked(tw.Principal(federated=PROVIDER), wide, usual, action=WEB).found is not False


def test_a_number_of_many_digits_between_two_is_found() -> None:
    """The evaluator compares numbers exactly, and so does the search."""
    borders = {"NumericGreaterThan": str(10**35), "NumericLessThan": str(10**35 + 2)}
    conditions = tuple(tw.Condition(o, "aws:PrincipalTag/n", (v,)) for o, v in borders.items())
    everyone = tw.Statement("Allow", tw.Principal(aws="*"), "sts:AssumeRole", conditions)
    assert can_let_in(tw.TrustPolicy((everyone,)), 0).found is True
