"""Whether a statement ever lets anyone in, and what stops everybody."""

from __future__ import annotations

import pytest

import trust_widgets as tw
from support.changed_policies import GITHUB, PROVIDER, ROLE, WEB
from trust_widgets.access import can_let_in, dead_values

MFA = tw.Condition("Bool", "aws:MultiFactorAuthPresent", ("true",))
ROOT = "arn:aws:iam::444455556666:root"


def one(
    principal: tw.Principal, *conditions: tw.Condition, action: str | tuple[str, ...] = ROLE
) -> tw.TrustPolicy:
    """A policy of one statement."""
    return tw.TrustPolicy((tw.Statement("Allow", principal, action, conditions),))


def stops(policy: tw.TrustPolicy, index: int = 0) -> list[tuple[str, object]]:
    """What stops everybody: the code and the last part of the place."""
    answer = can_let_in(policy, index)
    assert answer.found is False
    return [(blocker.code, blocker.path[-1]) for blocker in answer.blockers]


EC2, ACCOUNT = tw.Principal(service="ec2.amazonaws.com"), tw.Principal(aws=ROOT)
SUB = f"{GITHUB}:sub"


@pytest.mark.parametrize(
    ("policy", "wanted"),
    [
        # keys that this kind of caller never has
        (one(EC2, MFA), [("never_there", MFA.key)]),
        (
            one(ACCOUNT, tw.Condition("StringEquals", "aws:SourceAccount", ("1" * 12,))),
            [("never_there", "aws:SourceAccount")],
        ),
        (
            one(
                tw.Principal(aws="arn:aws:iam::444455556666:user/ops"),
                tw.Condition("StringLike", SUB, ("*",)),
            ),
            [("never_there", SUB)],
        ),
        (
            one(
                tw.Principal(federated=PROVIDER),
                tw.Condition("StringEquals", "gitlab.com:sub", ("a",)),
                action=WEB,
            ),
            [("never_there", "gitlab.com:sub")],
        ),
        (
            one(
                tw.Principal(federated=PROVIDER),
                tw.Condition("StringEquals", f"{GITHUB}:event_name", ("push",)),
                action=WEB,
            ),
            [("never_there", f"{GITHUB}:event_name")],
        ),
        # values that no key has
        (
            one(
                tw.Principal(federated=PROVIDER),
                tw.Condition("StringEquals", SUB, ("repo:o/*",)),
                action=WEB,
            ),
            [("no_value", SUB)],
        ),
        (
            one(ACCOUNT, tw.Condition("IpAddress", "aws:SourceIp", ("10.0.0.0/8",))),
            [("no_value", "aws:SourceIp")],
        ),
        (
            one(ACCOUNT, tw.Condition("ArnEquals", "aws:PrincipalArn", ("app",))),
            [("no_value", "aws:PrincipalArn")],
        ),
        (
            one(
                ACCOUNT,
                tw.Condition(
                    "StringLike",
                    "aws:PrincipalArn",
                    ("arn:aws:sts::444455556666:assumed-role/app/*",),
                ),
            ),
            [("no_value", "aws:PrincipalArn")],
        ),
        (
            one(ACCOUNT, tw.Condition("StringEquals", "aws:PrincipalAccount", ("${ID}",))),
            [("no_value", "aws:PrincipalAccount")],
        ),
        # conditions that contradict each other
        (
            one(
                ACCOUNT,
                tw.Condition("StringEquals", "sts:ExternalId", ("b2f6c3de",)),
                tw.Condition("StringNotLike", "sts:ExternalId", ("b2*",)),
            ),
            [("contradiction", "sts:ExternalId")],
        ),
        (
            one(
                ACCOUNT,
                tw.Condition("DateLessThan", "aws:CurrentTime", ("2026-01-01T00:00:00Z",)),
                tw.Condition("DateGreaterThan", "aws:CurrentTime", ("2027-01-01T00:00:00Z",)),
            ),
            [("contradiction", "aws:CurrentTime")],
        ),
        # what only a call with tags has, which needs an action that nobody allows
        (
            one(
                tw.Principal(service="pods.eks.amazonaws.com"),
                tw.Condition("StringEquals", "aws:RequestTag/kubernetes-namespace", ("shop",)),
            ),
            [("needs_action", "aws:RequestTag/kubernetes-namespace")],
        ),
        (
            one(ACCOUNT, tw.Condition("StringEquals", "sts:SourceIdentity", ("ops",))),
            [("needs_action", "sts:SourceIdentity")],
        ),
        # nobody is named, or no action assumes the role
        (one(tw.Principal(aws="ACCOUNT_ID")), [("nobody_named", "Principal")]),
        # https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
        (
            one(tw.Principal(aws="arn:aws:sts::444455556666:federated-user/desk")),
            [("nobody_named", "Principal")],
        ),
        (one(EC2, action="sts:TagSession"), [("no_action", "Action")]),
        (one(tw.Principal(federated=PROVIDER), action=ROLE), [("no_action", "Action")]),
    ],
)
def test_what_stops_everybody(policy: tw.TrustPolicy, wanted: list[tuple[str, object]]) -> None:
    """With its place."""
    assert stops(policy) == wanted


def test_a_deny_cancels_an_allow() -> None:
    """And its place is the Deny's."""
    allow = tw.Statement("Allow", ACCOUNT, ROLE, (MFA,))
    deny = tw.Statement("Deny", tw.Principal(aws="444455556666"), "sts:*")
    policy = tw.TrustPolicy((allow, deny))
    assert stops(policy) == [("denied", 1)]
    without_mfa = tw.Condition("BoolIfExists", MFA.key, ("false",))
    partial = tw.TrustPolicy((allow, tw.Statement("Deny", deny.principal, "sts:*", (without_mfa,))))
    assert can_let_in(partial, 0).found is True


def test_what_stops_only_some_callers_stops_not_everybody() -> None:
    """A user has MFA, though a role's session never has."""
    assert can_let_in(one(ACCOUNT, MFA), 0).found is True
    assert stops(one(tw.Principal(aws="arn:aws:iam::444455556666:role/app"), MFA)) == [
        ("no_value", MFA.key)
    ]


@pytest.mark.parametrize(
    "policy",
    [
        one(EC2),
        one(ACCOUNT, tw.Condition("StringEquals", "sts:ExternalId", ("b2f6c3de",))),
        one(
            tw.Principal(aws="*"),
            tw.Condition("StringEquals", "aws:PrincipalOrgID", ("o-a1b2c3d4e5",)),
        ),
        one(
            tw.Principal(federated=PROVIDER),
            tw.Condition("StringEquals", f"{GITHUB}:aud", ("sts.amazonaws.com",)),
            tw.Condition("StringEquals", SUB, ("repo:octo-org/app:ref:refs/heads/main",)),
            action=WEB,
        ),
        one(
            tw.Principal(service="pods.eks.amazonaws.com"),
            tw.Condition("StringEquals", "aws:RequestTag/kubernetes-namespace", ("shop",)),
            action=(ROLE, "sts:TagSession"),
        ),
        one(
            tw.Principal(federated="arn:aws:iam::111122223333:saml-provider/corp"),
            tw.Condition("StringEquals", "SAML:aud", ("https://signin.aws.amazon.com/saml",)),
            action="sts:AssumeRoleWithSAML",
        ),
        one(
            tw.Principal(service="rolesanywhere.amazonaws.com"),
            tw.Condition("StringEquals", "aws:PrincipalTag/x509Subject/CN", ("app",)),
            tw.Condition("StringEquals", "sts:SourceIdentity", ("CN=app",)),
            action=(ROLE, "sts:TagSession", "sts:SetSourceIdentity"),
        ),
    ],
)
def test_good_statements_let_somebody_in(policy: tw.TrustPolicy) -> None:
    """With a call that the evaluator allows."""
    answer = can_let_in(policy, 0)
    assert answer.found is True and answer.witness is not None
    assert tw.evaluate(policy, answer.witness).outcome == "allowed"


def test_what_aws_leaves_open_is_not_called_dead() -> None:
    """Whether a service's calls have aws:PrincipalArn is not documented."""
    policy = one(
        EC2, tw.Condition("ArnLike", "aws:PrincipalArn", ("arn:aws:iam::444455556666:role/*",))
    )
    assert can_let_in(policy, 0).found is None
    paths = one(
        tw.Principal(aws="*"),
        tw.Condition("StringLike", "aws:PrincipalOrgPaths", ("o-a1b2c3d4e5/*",)),
    )
    assert can_let_in(paths, 0).found is None


def test_one_dead_value_among_good_ones() -> None:
    """Its own place."""
    subjects = tw.Condition(
        "StringEquals", SUB, ("repo:octo-org/app:ref:refs/heads/main", "repo:octo-org/*")
    )
    policy = one(tw.Principal(federated=PROVIDER), subjects, action=WEB)
    (dead,) = dead_values(policy, 0)
    assert dead.path == ("Statement", 0, "Condition", "StringEquals", SUB, 1)
    assert (
        dead_values(one(ACCOUNT, tw.Condition("IpAddress", "aws:SourceIp", ("203.0.113.0/24",))), 0)
        == ()
    )
    assert (
        dead_values(one(ACCOUNT, tw.Condition("StringNotEquals", "sts:ExternalId", ("*",))), 0)
        == ()
    )


def test_the_path_of_a_named_sessions_role_is_open() -> None:
    """The session's ARN does not tell it, and aws:PrincipalArn has it."""
    session = tw.Principal(
        aws="arn:aws:sts::444455556666:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/ops"
    )
    reserved = "arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/*"
    answer = can_let_in(one(session, tw.Condition("ArnLike", "aws:PrincipalArn", (reserved,))), 0)
    assert answer.found is True and answer.witness is not None
    assert answer.witness.principal == (session.aws or ("",))[0]
    other = one(
        session,
        tw.Condition("ArnLike", "aws:PrincipalArn", ("arn:aws:iam::444455556666:role/*/app",)),
    )
    assert stops(other) == [("no_value", "aws:PrincipalArn")]


@pytest.mark.parametrize(
    "arn", ["arn:aws:iam::444455556666:user/team/ops", "arn:aws:iam::444455556666:user/a/b/ops"]
)
def test_a_user_may_have_a_path(arn: str) -> None:
    """The ARN of a user holds its path: AWS, IAM identifiers; the search knows such users of a
    named account.
    """
    condition = tw.Condition("ArnEquals", "aws:PrincipalArn", (arn,))
    someone = tw.Principal(aws="444455556666")
    policy = tw.TrustPolicy((tw.Statement("Allow", someone, "sts:AssumeRole", (condition,)),))
    answer = can_let_in(policy, 0)
    assert answer.found and answer.witness is not None and answer.witness.principal == arn


AGE, WITHOUT = (
    "aws:MultiFactorAuthAge",
    tw.Condition("Bool", "aws:MultiFactorAuthPresent", ("false",)),
)


@pytest.mark.parametrize(
    ("conditions", "told"),
    [
        (
            (WITHOUT, tw.Condition("NumericLessThan", AGE, ("3600",))),
            "only if it was made with MFA",
        ),
        (
            (
                tw.Condition("ForAllValues:StringEquals", "aws:TagKeys", ("team",)),
                tw.Condition("StringEquals", "aws:RequestTag/cost", ("1",)),
            ),
            "one key lists the tag keys of the other",
        ),
    ],
)
@pytest.mark.parametrize(
    "who", [ACCOUNT, tw.Principal(aws="arn:aws:iam::444455556666:user/ops"), tw.Principal(aws="*")]
)
def test_keys_of_which_one_tells_the_other(
    who: tw.Principal, conditions: tuple[tw.Condition, ...], told: str
) -> None:
    """Each alone is met by somebody, and nobody meets both: both places are told, and why.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html: the age
    of MFA is there only with MFA; aws:TagKeys lists the keys of all tags that a call passes.
    """
    action = (ROLE, "sts:TagSession")
    assert all(can_let_in(one(who, condition, action=action), 0).found for condition in conditions)
    (blocker,) = can_let_in(one(who, *conditions, action=action), 0).blockers
    places = {blocker.path[-1], *(other[-1] for other in blocker.others)}
    assert (blocker.code, places) == ("disagreement", {condition.key for condition in conditions})
    assert told in blocker.text
