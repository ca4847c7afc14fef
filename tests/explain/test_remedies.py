"""What would have to change: in words, and as a change to the policy's text that does that and no
more.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

import trust_widgets as tw
from support.cases_by_page import CASES, request_of
from trust_widgets.evaluation import actions_of
from trust_widgets.explain import Change, Decision, changes_of
from trust_widgets.policy import Insert, Rename

ISSUER = "token.actions.githubusercontent.com"
GITHUB = f"arn:aws:iam::111122223333:oidc-provider/{ISSUER}"
MAIN = "repo:octo-org/app:ref:refs/heads/main"
USER = "arn:aws:iam::444455556666:user/ops"
SESSION = "arn:aws:sts::444455556666:assumed-role/deploy/run-1"


def text_of(principal: Any, condition: Any = None, action: Any = "sts:AssumeRole") -> str:
    """A policy of one Allow."""
    more = {"Condition": condition} if condition else {}
    statement = {"Effect": "Allow", "Principal": principal, "Action": action, **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def changes(text: str, request: tw.Request) -> tuple[Change, ...]:
    """What would have to change for a call."""
    return changes_of(tw.evaluate(tw.parse(text), request))


def assume(principal: str = USER, **more: Any) -> tw.Request:
    """A call whose caller's own policies allow it, unless said otherwise."""
    return tw.Request("sts:AssumeRole", principal, **{"caller_permission": "yes", **more})


def run(subject: str) -> tw.Request:
    """A run of GitHub Actions."""
    return tw.Request("sts:AssumeRoleWithWebIdentity", GITHUB, context={f"{ISSUER}:sub": subject})


def trusting(subjects: Any, operator: str = "StringEquals") -> str:
    """GitHub with these subjects."""
    return text_of(
        {"Federated": GITHUB},
        {operator: {f"{ISSUER}:sub": subjects}},
        "sts:AssumeRoleWithWebIdentity",
    )


def fixed(text: str, request: tw.Request) -> Any:
    """The one statement after the first change that has a fix."""
    fix = next(change.fix for change in changes(text, request) if change.fix)
    return json.loads(fix.apply(text))["Statement"][0]


# -- the changes to the text, by hand --------------------------------------------------------------


@pytest.mark.parametrize(
    ("operator", "subjects", "after"),
    [
        (
            "StringEquals",
            "repo:octo-org/app:ref:refs/heads/dev",
            ["repo:octo-org/app:ref:refs/heads/dev", MAIN],
        ),
        ("StringEquals", "repo:Octo-Org/app:ref:refs/heads/main", MAIN),
        (
            "StringEquals",
            ["repo:octo-org/web:*", "repo:Octo-Org/app:ref:refs/heads/main"],
            ["repo:octo-org/web:*", MAIN],
        ),
        (
            "StringEquals",
            ["repo:octo-org/web", "repo:Octo-Org/app:ref:refs/heads/main"],
            ["repo:octo-org/web", MAIN],
        ),
        ("StringLike", "repo:Octo-Org/*", ["repo:Octo-Org/*", MAIN]),
    ],
)
def test_a_value_is_added_or_written_in_its_case(operator: str, subjects: Any, after: Any) -> None:
    """A pattern stays, since it was meant for more than this one value."""
    assert fixed(trusting(subjects, operator), run(MAIN))["Condition"] == {
        operator: {f"{ISSUER}:sub": after}
    }


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ("StringEquals", "StringLike"),
        ("StringEqualsIfExists", "StringLikeIfExists"),
        ("stringequals", "StringLike"),
    ],
)
def test_wildcards_get_an_operator_that_reads_them(written: str, after: str) -> None:
    """With whatever stood before and behind it."""
    key = f"{ISSUER}:sub"
    assert fixed(trusting("repo:octo-org/app:*", written), run(MAIN))["Condition"] == {
        after: {key: "repo:octo-org/app:*"}
    }


def test_an_asterisk_that_is_meant_as_one_is_no_wildcard() -> None:
    """`${*}` is the letter:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    """
    text = text_of({"AWS": USER}, {"StringEquals": {"sts:RoleSessionName": "octo-${*}"}})
    call = assume(context={"sts:RoleSessionName": "octo-app"})
    assert fixed(text, call)["Condition"] == {
        "StringEquals": {"sts:RoleSessionName": ["octo-${*}", "octo-app"]}
    }


def test_no_operator_reads_wildcards_and_ignores_case() -> None:
    """So that no machine can know which of the two was meant."""
    found = changes(trusting("repo:octo-org/app:*", "StringEqualsIgnoreCase"), run(MAIN))
    assert [(change.where, change.text, change.fix) for change in found] == [
        (
            "policy",
            (
                "Write the complete value, or use StringLike, which reads wildcards and is "
                "case-sensitive."
            ),
            None,
        )
    ]


def test_a_condition_moves_beside_those_of_its_new_operator() -> None:
    """Other keys stay under the old one."""
    condition = {
        "StringEquals": {
            f"{ISSUER}:aud": "sts.amazonaws.com",
            f"{ISSUER}:sub": "repo:octo-org/app:*",
        },
        "StringLike": {f"{ISSUER}:workflow": "*"},
    }
    text = text_of({"Federated": GITHUB}, condition, "sts:AssumeRoleWithWebIdentity")
    call = replace(
        run(MAIN),
        context={
            f"{ISSUER}:sub": MAIN,
            f"{ISSUER}:aud": "sts.amazonaws.com",
            f"{ISSUER}:workflow": "ci",
        },
    )
    assert fixed(text, call)["Condition"] == {
        "StringEquals": {f"{ISSUER}:aud": "sts.amazonaws.com"},
        "StringLike": {f"{ISSUER}:workflow": "*", f"{ISSUER}:sub": "repo:octo-org/app:*"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("named", "request_", "after"),
    [
        ({"AWS": "999988887777"}, assume(), {"AWS": ["999988887777", USER]}),
        (
            {"AWS": ["999988887777"]},
            assume(SESSION, context={"aws:PrincipalArn": "arn:aws:iam::444455556666:role/deploy"}),
            {"AWS": ["999988887777", "arn:aws:iam::444455556666:role/deploy"]},
        ),
        (
            {"AWS": "999988887777"},
            assume(
                SESSION, context={"aws:PrincipalArn": "arn:aws:iam::444455556666:role/team/deploy"}
            ),
            {"AWS": ["999988887777", "arn:aws:iam::444455556666:role/team/deploy"]},
        ),
        ({"AWS": "AROADBQP57FF2AEXAMPLE"}, assume(), {"AWS": USER}),
        (
            {"Service": "ec2.amazonaws.com"},
            tw.Request("sts:AssumeRole", "lambda.amazonaws.com"),
            {"Service": ["ec2.amazonaws.com", "lambda.amazonaws.com"]},
        ),
    ],
)
def test_a_caller_is_named_as_well(named: Any, request_: tw.Request, after: Any) -> None:
    """A session by its role, as AWS stores it; in the place of an id that is nobody's, which IAM
    would not save.
    """
    assert fixed(text_of(named), request_)["Principal"] == after


def test_the_other_half_of_a_call_is_allowed() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html"""
    call = assume(context={"aws:RequestTag/team": "red"})
    assert fixed(text_of({"AWS": USER}), call)["Action"] == ["sts:AssumeRole", "sts:TagSession"]


# -- no change to the text where it would be a guess, or open more ---------------------------------


@pytest.mark.parametrize(
    ("condition", "context", "text"),
    [
        (
            {"StringLike": {"sts:RoleSessionName": "octo"}},
            {"sts:RoleSessionName": "o*"},
            'Add "o*" to the values of sts:RoleSessionName.',
        ),
        (
            {"StringEquals": {"sts:RoleSessionName": "octo"}},
            {"sts:RoleSessionName": "${aws:username}"},
            'Add "${aws:username}" to the values of sts:RoleSessionName.',
        ),
        (
            {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
            {"aws:MultiFactorAuthPresent": "false"},
            (
                'Change the condition on aws:MultiFactorAuthPresent, if requests with "false" '
                "should be allowed."
            ),
        ),
        (
            {"DateLessThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}},
            {"aws:CurrentTime": "2026-11-01T00:00:00Z"},
            (
                "Change the condition on aws:CurrentTime, if requests with "
                '"2026-11-01T00:00:00Z" should be allowed.'
            ),
        ),
        (
            {"IpAddress": {"aws:SourceIp": "the office"}},
            {"aws:SourceIp": "203.0.113.7"},
            "Give aws:SourceIp a value that IpAddress can read, or use another operator.",
        ),
        (
            {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}},
            {"aws:SourceIp": "203.0.113.7"},
            'Remove "203.0.113.7" from the values that aws:SourceIp must not have.',
        ),
        (
            {"StringEquals": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/"}},
            {"aws:PrincipalOrgPaths": ("o-a1b2c3d4e5/",)},
            (
                "Write ForAnyValue:StringEquals if one matching value is enough, or "
                "ForAllValues:StringEquals if all must match."
            ),
        ),
        (
            {"ForAllValues:StringEquals": {"aws:PrincipalOrgPaths": "a"}},
            {"aws:PrincipalOrgPaths": ("a", "b", "c")},
            'Add "b" and "c" to the values of aws:PrincipalOrgPaths.',
        ),
        (
            {"ForAnyValue:StringNotEquals": {"aws:PrincipalOrgPaths": ["a", "b"]}},
            {"aws:PrincipalOrgPaths": ("a", "b")},
            'Remove "a" or "b" from the values that aws:PrincipalOrgPaths must not have.',
        ),
    ],
)
def test_only_told(condition: Any, context: Any, text: str) -> None:
    """The reader decides."""
    first = changes(text_of({"AWS": USER}, condition), assume(context=context))[0]
    assert (first.where, first.text, first.fix) == ("policy", text, None)


def texts(text: str, request: tw.Request, where: str) -> list[str]:
    """The changes on one side."""
    return [change.text for change in changes(text, request) if change.where == where]


@pytest.mark.parametrize(
    ("condition", "context", "text"),
    [
        (
            {"StringEquals": {"sts:ExternalId": "b2f6"}},
            {},
            "Pass the external ID that the policy requires.",
        ),
        (
            {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
            {},
            "Sign in with MFA, or pass the MFA device's serial number and code with the call.",
        ),
        (
            {"StringEquals": {"aws:PrincipalTag/team": "red"}},
            {},
            "Give the calling user or role the tag team.",
        ),
        (
            {"StringLike": {"sts:RoleSessionName": "octo-*"}},
            {"sts:RoleSessionName": "run"},
            'Make the request with a value of sts:RoleSessionName that matches "octo-*".',
        ),
        (
            {"StringEquals": {"sts:RoleSessionName": "octo"}},
            {"sts:RoleSessionName": "run"},
            'Make the request with sts:RoleSessionName "octo".',
        ),
        (
            {"Null": {"sts:ExternalId": "true"}},
            {"sts:ExternalId": "b2f6"},
            "Make the request without sts:ExternalId.",
        ),
        (
            {"StringEquals": {"sts:SourceIdentity": "desk"}},
            {},
            "Make the request with sts:SourceIdentity.",
        ),
        (
            {"StringLike": {"sts:RoleSessionName": "octo"}},
            {"sts:RoleSessionName": "run"},
            'Make the request with sts:RoleSessionName "octo".',
        ),
        (
            {"StringEquals": {"sts:RoleSessionName": "octo-${*}"}},
            {"sts:RoleSessionName": "run"},
            'Make the request with sts:RoleSessionName "octo-${*}".',
        ),
        (
            {"NumericLessThan": {"sts:DurationSeconds": "3600"}},
            {"sts:DurationSeconds": "7200"},
            (
                "Make the request with a value of sts:DurationSeconds for which "
                'NumericLessThan "3600" is true.'
            ),
        ),
        (
            {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::444455556666:role/*"}},
            {},
            "Call as a principal whose ARN the policy requires.",
        ),
        (
            {"StringEquals": {"aws:PrincipalAccount": "999988887777"}},
            {},
            "Call from that account.",
        ),
        (
            {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
            {},
            "Call from an account of that organization.",
        ),
        (
            {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}},
            {"aws:SourceIp": "198.51.100.7"},
            "Call from an address that the policy names.",
        ),
        (
            {"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}},
            {"aws:MultiFactorAuthAge": "7200"},
            "Sign in with MFA, and not too long before the call.",
        ),
    ],
)
def test_what_the_caller_can_do(condition: Any, context: Any, text: str) -> None:
    """In the words of the call."""
    assert texts(text_of({"AWS": USER}, condition), assume(context=context), "caller") == [text]


@pytest.mark.parametrize("key", ["aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge"])
@pytest.mark.parametrize("context", [{}, {"aws:MultiFactorAuthPresent": "false"}])
def test_a_session_can_not_sign_in_with_mfa(key: str, context: dict[str, str]) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html"""
    condition = (
        {"Bool": {key: "true"}} if key.endswith("Present") else {"NumericLessThan": {key: "3600"}}
    )
    told = texts(
        text_of({"AWS": "444455556666"}, condition), assume(SESSION, context=context), "caller"
    )
    assert told == [
        (
            "Make the request as a user who signed in with MFA. Role sessions carry no MFA "
            "information."
        )
    ]


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        (
            "aws:SourceArn",
            "arn:aws:lambda:eu-west-1:111122223333:function:app",
            (
                "Look up whether this service sends aws:SourceArn when it assumes a role, and with"
                " what value."
            ),
        ),
        (
            "aws:SourceAccount",
            "111122223333",
            "Look up whether this service sends aws:SourceAccount when it assumes a role.",
        ),
    ],
)
def test_what_a_service_sends_is_looked_up(key: str, value: str, text: str) -> None:
    """No caller can add it:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
    """
    service = tw.Request("sts:AssumeRole", "lambda.amazonaws.com")
    policy = text_of({"Service": "lambda.amazonaws.com"}, {"StringEquals": {key: value}})
    assert texts(policy, service, "caller") == [text]
    assert texts(policy, service, "policy") == [
        f"Remove the condition on {key}, if callers without it should be allowed."
    ]


@pytest.mark.parametrize(
    ("unknown", "text"),
    [
        ({"sts:ExternalId"}, "Enter the value of sts:ExternalId in the request."),
        (
            set(),
            (
                "Check whether a policy of the caller allows sts:AssumeRole on this role. If "
                "none does, add a permission."
            ),
        ),
    ],
)
def test_what_nobody_told_is_asked(unknown: set[str], text: str) -> None:
    """A key of the call, and the caller's own permission; both are on the caller's side."""
    asks = {"StringEquals": {"sts:ExternalId": "b2f6"}}
    permission = "yes" if unknown else "unknown"
    call = assume(
        unknown=frozenset(unknown),
        context={} if unknown else {"sts:ExternalId": "b2f6"},
        caller_permission=permission,
    )
    assert texts(text_of({"AWS": USER}, asks), call, "caller") == [text]
    assert texts(text_of({"AWS": USER}, asks), call, "policy") == []


@pytest.mark.parametrize(
    ("operator", "key", "wanted", "given"),
    [
        ("IpAddress", "aws:SourceIp", "203.0.113.0/24", "198.51.100.7"),
        ("ArnLike", "aws:SourceArn", "arn:aws:s3:::octo-a", "arn:aws:s3:::octo-b"),
        ("StringEqualsIgnoreCase", "sts:SourceIdentity", "desk", "ops"),
    ],
)
def test_one_more_value_lets_in_one_more_call(
    operator: str, key: str, wanted: str, given: str
) -> None:
    """Beside the one that is there, under operators whose values are alternatives."""
    call = assume(context={key: given})
    allows = ["sts:AssumeRole", "sts:SetSourceIdentity"]
    text = text_of({"AWS": USER}, {operator: {key: wanted}}, allows)
    assert changes(text, call)[0].text == f'Add "{given}" to the values of {key}.'
    assert fixed(text, call)["Condition"] == {operator: {key: [wanted, given]}}


def test_an_action_is_allowed_by_the_policy() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html"""
    found = changes(text_of({"AWS": USER}, action="sts:TagSession"), assume())
    assert [(change.where, change.text) for change in found] == [
        ("policy", "Allow sts:AssumeRole.")
    ]


def test_nothing_that_a_caller_can_not_do() -> None:
    """A key that a service never has, a claim of another issuer, an account of another
    partition.
    """
    service = tw.Request("sts:AssumeRole", "lambda.amazonaws.com")
    named = {"Service": "lambda.amazonaws.com"}
    assert (
        texts(
            text_of(named, {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
            service,
            "caller",
        )
        == []
    )
    other = text_of(
        {"Federated": GITHUB},
        {"StringEquals": {"gitlab.com:sub": "x"}},
        "sts:AssumeRoleWithWebIdentity",
    )
    assert [(c.where, c.text) for c in changes(other, run(MAIN))] == [
        ("policy", f"Use {ISSUER}:sub instead of gitlab.com:sub.")
    ]
    china = changes(text_of({"AWS": "444455556666"}), assume(USER.replace("aws:", "aws-cn:")))
    assert [(c.where, c.text) for c in china] == [
        (
            "caller",
            "Make the request from an account in AWS (commercial), the partition of the role.",
        )
    ]


# -- a caller of another kind than the nearest statement's -----------------------------------------

ROLE = "arn:aws:iam::444455556666:role/deploy"
OURS = "arn:aws:iam::111122223333:user/ops"
GITLAB = "arn:aws:iam::111122223333:oidc-provider/gitlab.com"
OWN = "Add a separate statement for this caller."
OF_ANOTHER = (
    "Add a separate statement for this caller. It is of another account: say in conditions "
    "when it may call."
)


@pytest.mark.parametrize(
    ("caller", "named", "text"),
    [
        (OURS, OURS, OWN),
        (USER, USER, OF_ANOTHER),
        (ROLE, ROLE, OF_ANOTHER),
        ("arn:aws:iam::444455556666:root", "arn:aws:iam::444455556666:root", OF_ANOTHER),
    ],
)
def test_who_brings_no_token_gets_a_statement_of_its_own(
    caller: str, named: str, text: str
) -> None:
    """Named beside GitHub, its action allowed and the subject taken out, the role would be open to
    all of GitHub.
    """
    policy = trusting("repo:octo-org/app:*")
    found = changes(policy, assume(caller))
    assert [(change.where, change.text) for change in found] == [("policy", text)]
    assert found[0].fix is not None
    first, second = json.loads(found[0].fix.apply(policy))["Statement"]
    assert first == json.loads(policy)["Statement"][0]
    assert second == {"Effect": "Allow", "Principal": {"AWS": named}, "Action": "sts:AssumeRole"}


def test_a_service_gets_a_statement_of_its_own() -> None:
    """Beside an account, whose conditions are of callers with credentials."""
    policy = text_of({"AWS": "444455556666"}, {"StringEquals": {"sts:ExternalId": "b2f6"}})
    (found,) = changes(policy, tw.Request("sts:AssumeRole", "lambda.amazonaws.com"))
    assert (found.where, found.text) == ("policy", OWN) and found.fix is not None
    assert json.loads(found.fix.apply(policy))["Statement"][1] == {
        "Effect": "Allow",
        "Principal": {"Service": "lambda.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }


def test_a_statement_of_its_own_allows_all_that_the_call_needs() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html"""
    policy = trusting("repo:octo-org/app:*")
    (found,) = changes(policy, assume(OURS, context={"aws:RequestTag/team": "red"}))
    assert found.fix is not None
    assert json.loads(found.fix.apply(policy))["Statement"][1]["Action"] == [
        "sts:AssumeRole",
        "sts:TagSession",
    ]


def web(provider: str = GITLAB, **context: str) -> tw.Request:
    """A call with a token of GitLab."""
    given = {f"gitlab.com:{claim}": value for claim, value in context.items()}
    return tw.Request("sts:AssumeRoleWithWebIdentity", provider, context=given)


@pytest.mark.parametrize(
    "policy", [trusting("repo:octo-org/app:*"), text_of({"AWS": "444455556666"})]
)
def test_a_token_gets_a_statement_for_its_subject(policy: str) -> None:
    """A provider without conditions is trusted for all that its users run."""
    (found,) = changes(
        policy, web(sub="project_path:octo-org/app:ref_type:branch:ref:main", aud="octo")
    )
    assert (found.where, found.text) == ("policy", OWN) and found.fix is not None
    assert json.loads(found.fix.apply(policy))["Statement"][1] == {
        "Effect": "Allow",
        "Principal": {"Federated": GITLAB},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {
            "StringEquals": {
                "gitlab.com:sub": "project_path:octo-org/app:ref_type:branch:ref:main",
                "gitlab.com:aud": "octo",
            }
        },
    }


@pytest.mark.parametrize(
    "call",
    [
        web(aud="octo"),
        web(sub="${aws:username}"),
        web(GITLAB.replace("111122223333", "444455556666"), sub="x"),
        tw.Request("sts:AssumeRoleWithSAML", "arn:aws:iam::111122223333:saml-provider/octo"),
    ],
)
def test_no_statement_is_made_for_tokens_of_which_too_little_is_known(call: tw.Request) -> None:
    """Without a subject it would be for all of them; a text with a variable would mean another
    subject.
    """
    found = [(c.where, c.text, c.fix) for c in changes(trusting("repo:octo-org/app:*"), call)]
    told = "Add a separate statement for this caller, with conditions on whose tokens it is for."
    assert found == [("policy", told, None)]


@pytest.mark.parametrize(
    ("principal", "condition", "call"),
    [
        ({"AWS": OURS}, {"StringEquals": {f"{ISSUER}:sub": MAIN}}, assume(OURS)),
        ({"AWS": OURS}, {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::octo-a"}}, assume(OURS)),
        ("*", {"Null": {"SAML:aud": "false"}}, assume(OURS)),
        ({"Federated": GITHUB}, {"StringEquals": {"sts:ExternalId": "b2f6"}}, run(MAIN)),
    ],
)
def test_a_key_that_the_caller_never_has_stays_where_it_is(
    principal: Any, condition: Any, call: tw.Request
) -> None:
    """It guards others; nor is the caller told to bring it."""
    found = changes(text_of(principal, condition, call.action), call)
    assert [(change.where, change.text) for change in found] == [("policy", OWN)]


def test_everyone_is_not_given_another_action() -> None:
    """It would let in every account there is."""
    policy = text_of("*", action="sts:AssumeRoleWithWebIdentity")
    assert [change.text for change in changes(policy, assume(OURS))] == [OWN]


def test_a_wrong_external_id_is_for_the_caller_to_mend_first() -> None:
    """Which one is right, the policy says; of other keys the policy's change stays in front."""
    text = text_of({"AWS": "444455556666"}, {"StringEquals": {"sts:ExternalId": "b2f6c3de"}})
    found = changes(text, assume(context={"sts:ExternalId": "octo"}))
    assert [change.where for change in found] == ["caller", "policy"]
    assert found[0].text == "Pass the external ID that the policy requires."
    assert [change.where for change in changes(trusting(MAIN), run(f"{MAIN}2"))] == [
        "policy",
        "caller",
    ]


def test_an_external_id_is_brought_and_never_taken_out() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html"""
    found = changes(
        text_of({"AWS": "444455556666"}, {"StringEquals": {"sts:ExternalId": "b2f6"}}), assume()
    )
    assert [(c.where, c.text) for c in found] == [
        ("caller", "Pass the external ID that the policy requires.")
    ]


def test_no_policy_of_this_role_lets_in_another_partition_or_a_federated_user() -> None:
    """So that no statement is offered."""
    for caller, told in (
        (
            USER.replace("aws:", "aws-cn:"),
            "Make the request from an account in AWS (commercial), the partition of the role.",
        ),
        (
            "arn:aws:sts::111122223333:federated-user/desk",
            (
                "Make the request as a user or with a role session. A federated user cannot "
                "assume roles."
            ),
        ),
    ):
        found = changes(trusting("repo:octo-org/app:*"), assume(caller))
        assert [(c.where, c.text) for c in found] == [("caller", told)]


# -- laws over the cases ---------------------------------------------------------------------------


def found() -> Iterator[tuple[str, str, tw.Request, Change]]:
    """Every change with a fix, of every case."""
    for stem, case in CASES:
        text, request = json.dumps(case["policy"]), request_of(case)
        for change in changes(text, request):
            if change.fix:
                yield f"{stem}: {case['name']}: {change.text}", text, request, change


FOUND = [pytest.param(*rest, id=name) for name, *rest in found()]


def test_there_are_many() -> None:
    """So that the laws below say something."""
    assert len(FOUND) > 50


def leaves(value: Any) -> Iterator[Any]:
    """Every value of a document that holds no others."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value


def falls(decision: Decision, at: int) -> int:
    """How much of a statement does not match, over all actions that the call needs."""
    statements = [
        s
        for action in actions_of(decision.tree)
        for s in action.parts
        if s.path == ("Statement", at)
    ]
    return sum(part.truth is False for statement in statements for part in statement.parts)


def lets_in_by_one_more_statement(text: str, after: str, request: tw.Request) -> None:
    """All that was there stays as it was, and no Allow is wanting any more but for the caller's own
    permission.
    """
    before, now = (list(tw.parse(each).statements) for each in (text, after))
    assert now[:-1] == before
    assert not now[-1].conditions or request.identity.kind in ("oidc", "saml")
    told = replace(request, caller_permission="yes")
    assert tw.evaluate(tw.parse(after), told).outcome == "allowed"


@pytest.mark.parametrize(("text", "request_", "change"), FOUND)
def test_a_fix_mends_its_miss_and_keeps_the_rest(
    text: str, request_: tw.Request, change: Change
) -> None:
    """One thing less does not match; at most one value is replaced, all others stay."""
    assert change.fix is not None
    after = change.fix.apply(text)
    if isinstance(change.fix.edits[0], Insert):
        lets_in_by_one_more_statement(text, after, request_)
        return
    at = int(change.fix.edits[0].path[1])  # type: ignore[union-attr]
    before, now = (tw.evaluate(tw.parse(each), request_) for each in (text, after))
    assert falls(now, at) < falls(before, at)
    old, new = (Counter(map(str, leaves(json.loads(each)))) for each in (text, after))
    assert (old - new).total() <= 1 and (new - old).total() <= 1
    assert now.outcome in ("allowed", "depends", "not allowed", "denied")


def strangers(request: tw.Request) -> Iterator[tw.Request]:
    """Calls by others that carry what this one does, and calls by this one with other values."""
    names = {"role": "other-role", "user": "other-user"}
    for one in {"999988887777", "111122223333", "444455556666"} - {request.identity.account}:
        for kind, name in names.items():
            yield from _by(request, f"arn:aws:iam::{one}:{kind}/{name}")
    if request.identity.sort != "account":
        yield from _by(
            request, f"arn:aws:iam::{request.identity.account or '111122223333'}:user/other-user"
        )
    yield from _by(request, "s3.amazonaws.com")
    yield from _by(request, GITHUB.replace(ISSUER, "gitlab.com"))


def _by(request: tw.Request, principal: str) -> Iterator[tw.Request]:
    derived = (
        "aws:principalarn",
        "aws:principalaccount",
        "aws:principaltype",
        "aws:username",
        "aws:userid",
    )
    context = {k: v for k, v in request.context.items() if k.lower() not in derived}
    web = ":oidc-provider/" in principal
    action = "sts:AssumeRoleWithWebIdentity" if web else "sts:AssumeRole"
    if principal != request.principal:
        yield replace(request, action=action, principal=principal, context=context)


ORDER = {"denied": 0, "not allowed": 0, "depends": 1, "allowed": 2}


def rank(text: str, request: tw.Request) -> int:
    """How open a policy is to a call."""
    return ORDER[tw.evaluate(tw.parse(text), request).outcome]


@pytest.mark.parametrize(("text", "request_", "change"), FOUND)
def test_a_fix_lets_in_nobody_else(text: str, request_: tw.Request, change: Change) -> None:
    """No other caller; and with a value added, no other value.

    Wildcards that the author wrote are the author's.
    """
    assert change.fix is not None
    after = change.fix.apply(text)
    path = change.fix.edits[0].path  # type: ignore[union-attr]
    if path[2:3] != ("Condition",):
        for stranger in strangers(request_):
            assert rank(after, stranger) <= rank(text, stranger)
    elif not isinstance(change.fix.edits[0], Rename) and len(change.fix.edits) == 1:
        for key, value in request_.context.items():
            if key.lower() == str(path[4]).lower() and isinstance(value, str):
                for other in (f"{value}x", f"x{value}", value[:-1], value.swapcase()):
                    call = replace(request_, context={**request_.context, key: other})
                    assert rank(after, call) <= rank(text, call) or other.lower() == value.lower()


def test_nothing_has_to_change_for_a_call_that_is_let_in() -> None:
    """Nor is anything offered where there is nothing to decide by."""
    assert changes(text_of({"AWS": USER}), assume()) == ()
    assert changes('{"Version": "2012-10-17", "Statement": []}', assume()) == ()


def test_a_deny_is_narrowed_by_its_author() -> None:
    """No machine can know in which way."""
    deny = {"Effect": "Deny", "Principal": "*", "Action": "*"}
    text = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [json.loads(text_of({"AWS": USER}))["Statement"][0], deny],
        }
    )
    assert [(c.where, c.text, c.fix) for c in changes(text, assume())] == [
        ("policy", "Narrow the Deny statement so that it does not apply to this request.", None)
    ]


@pytest.mark.parametrize("other", ["repo:octo-org/app:*", "*"])
def test_a_key_under_two_operators_is_not_merged(other: str) -> None:
    """Both have to be met, so a move into the other would change the policy's meaning: the value
    itself is added.
    """
    condition = {
        "StringEquals": {f"{ISSUER}:sub": "repo:octo-org/*", f"{ISSUER}:aud": "sts.amazonaws.com"},
        "StringLike": {f"{ISSUER}:SUB": other},
    }
    text = text_of({"Federated": GITHUB}, condition, "sts:AssumeRoleWithWebIdentity")
    after = fixed(text, run(MAIN))["Condition"]
    assert after["StringEquals"][f"{ISSUER}:sub"] == ["repo:octo-org/*", MAIN]
    assert after["StringLike"] == {f"{ISSUER}:SUB": other}


def test_no_fix_that_is_offered_changes_nothing() -> None:
    """Over all cases: a fix that leaves the text as it was is no fix."""
    for _, case in CASES:
        text = json.dumps(case["policy"])
        for change in changes(text, request_of(case)):
            assert change.fix is None or change.fix.apply(text) != text, case["name"]
