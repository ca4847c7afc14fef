"""The answers about one policy agree: who gets in, is it public, can this statement let anyone in,
this request.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.access import caller_classes, can_let_in
from trust_widgets.policy import CACHE

GITHUB = "token.actions.githubusercontent.com"
PROVIDER = f"arn:aws:iam::111122223333:oidc-provider/{GITHUB}"
EVE = tw.Request("sts:AssumeRole", "arn:aws:iam::999988887777:user/eve", caller_permission="yes")


def policy(
    principal: Any, action: Any = "sts:AssumeRole", condition: Any = None, effect: str = "Allow"
) -> str:
    """The text of a policy of one statement; a Deny follows an Allow of everyone."""
    statement = {"Effect": effect, "Principal": principal, "Action": action}
    if condition is not None:
        statement["Condition"] = condition
    first = (
        [{"Effect": "Allow", "Principal": principal, "Action": action}] if effect == "Deny" else []
    )
    return json.dumps({"Version": "2012-10-17", "Statement": [*first, statement]})


# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
@pytest.mark.parametrize(
    "action",
    [
        "sts:AssumeRol?",
        "sts:?ssumeRole",
        "sts:A?sumeRole",
        "STS:assumerol?",
        "sts:Assume*",
        "s*:AssumeRole",
        "s?s:*",
        "*",
    ],
)
def test_an_action_with_any_wildcard_assumes_the_role(action: str) -> None:
    """Both `*` and `?` are wildcards, anywhere, in any case."""
    text = policy({"AWS": "*"}, action)
    read = tw.parse(text)

    assert tw.evaluate(read, EVE).outcome == "allowed"
    assert tw.is_public(read).found is True
    assert [each.stranger for each in tw.who_gets_in(read)] == [True]
    assert "Nobody" not in tw.TrustModel(text=text).summary


@pytest.mark.parametrize(
    "action", ["sts:TagSession", "sts:Tag*", "sts:Assume", "s3:*", "sts:AssumeRole?"]
)
def test_another_action_lets_nobody_in(action: str) -> None:
    """`sts:AssumeRole?` needs one more character, and no action that assumes a role has just one
    more.
    """
    assert tw.who_gets_in(tw.parse(policy({"AWS": "*"}, action))) == ()


def test_not_action_assumes_unless_it_names_every_assume_action() -> None:
    """What `NotAction` leaves over is allowed."""
    for left_out, classes in (
        ("sts:TagSession", 1),
        ("sts:AssumeRoleWithSAML", 1),
        ("sts:Assume*", 0),
        ("sts:*", 0),
    ):
        document = json.loads(policy({"AWS": "*"}))
        del document["Statement"][0]["Action"]
        document["Statement"][0]["NotAction"] = left_out
        assert len(tw.who_gets_in(tw.parse(json.dumps(document)))) == classes, left_out


OPERATORS = ["NumericEquals", "NumericNotEquals", "NumericLessThan", "Bool", "DateEquals",
             "DateLessThan",
             "IpAddress", "NotIpAddress", "BinaryEquals", "ArnEquals", "Null"]  # fmt: skip


@pytest.mark.parametrize("effect", ["Allow", "Deny"])
@pytest.mark.parametrize("principal", ["*", {"AWS": "111122223333"}], ids=str)
@pytest.mark.parametrize(
    "key", ["aws:PrincipalAccount", "aws:PrincipalArn", "aws:username", "aws:PrincipalOrgID"]
)
@pytest.mark.parametrize("prefix", ["", "ForAnyValue:", "ForAllValues:"])
@pytest.mark.parametrize("operator", OPERATORS)
def test_an_operator_that_does_not_suit_its_key_is_answered(
    operator: str, prefix: str, key: str, principal: Any, effect: str
) -> None:
    """Every entry point answers, and a policy that lets a stranger in has a class for it."""
    for value in ("111122223333", "true", "2027-01-31T00:00:00Z", "203.0.113.0/24"):
        text = policy(principal, condition={prefix + operator: {key: value}}, effect=effect)
        read = tw.parse(text)
        classes = tw.who_gets_in(read)

        assert all(finding.code != "TP000" for finding in tw.check(text))
        assert tw.is_public(read).found is not True or any(
            each.stranger is not False for each in classes
        )
        if principal != "*" and tw.evaluate(read, EVE).outcome == "allowed":
            assert classes


# NumericEquals compares numbers, and an account ID is one:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
def test_an_account_compared_as_a_number_is_found() -> None:
    """The account itself gets in, and no other one."""
    read = tw.parse(
        policy({"AWS": "*"}, condition={"NumericEquals": {"aws:PrincipalAccount": "111122223333"}})
    )
    own = tw.Request(
        "sts:AssumeRole", "arn:aws:iam::111122223333:user/ops", caller_permission="yes"
    )

    assert (
        tw.evaluate(read, own).outcome == "allowed"
        and tw.evaluate(read, EVE).outcome == "not allowed"
    )
    answer = can_let_in(read, 0)
    assert answer.found is True and answer.witness is not None
    assert answer.witness.keys["aws:principalaccount"] == "111122223333"
    assert tw.is_public(read).found is not True


def test_an_account_below_a_number_is_written_with_its_zeros() -> None:
    """Account IDs have twelve digits: those below ten begin with zeros."""
    read = tw.parse(
        policy({"AWS": "*"}, condition={"NumericLessThan": {"aws:PrincipalAccount": "10"}})
    )
    witness = can_let_in(read, 0).witness

    assert witness is not None and str(witness.keys["aws:principalaccount"]).startswith("0" * 11)


def test_a_part_of_an_arn_beside_the_whole_one() -> None:
    """The account and the ARN that it is part of, each with an operator that is true of what it
    does not name.
    """
    condition = {
        "StringNotEqualsIgnoreCase": {"aws:PrincipalArn": "octo"},
        "StringNotLike": {"aws:PrincipalAccount": "4444*"},
    }
    assert tw.is_public(tw.parse(policy({"AWS": "*"}, condition=condition))).found is True


def token_policy(operator: str, subject: Any) -> str:
    """A role for GitHub Actions, with one condition on the subject."""
    condition = {"StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com"}}
    condition.setdefault(operator, {})[f"{GITHUB}:sub"] = subject
    return policy({"Federated": PROVIDER}, "sts:AssumeRoleWithWebIdentity", condition)


def run(subject: str) -> tw.Request:
    """A request with a GitHub Actions token."""
    context = {f"{GITHUB}:aud": "sts.amazonaws.com", f"{GITHUB}:sub": subject}
    return tw.Request("sts:AssumeRoleWithWebIdentity", PROVIDER, context=context)


def test_a_subject_that_is_its_own_variable_is_open_to_every_repository() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html"""
    text = token_policy("StringLike", f"${{{GITHUB}:sub}}")
    read = tw.parse(text)

    assert tw.evaluate(read, run("repo:octo-evil/x:ref:refs/heads/main")).outcome == "allowed"
    assert tw.is_public(read).found is True
    assert [each.stranger for each in tw.who_gets_in(read)] == [True]
    assert "Nobody" not in tw.TrustModel(text=text).summary
    assert [(f.name, str(f.severity)) for f in tw.check(text)] == [
        ("variable_in_a_subject", "critical")
    ]


@pytest.mark.parametrize("operator", ["", "ForAnyValue:", "ForAllValues:"])
@pytest.mark.parametrize("end", ["", "IfExists"])
@pytest.mark.parametrize(
    "subject", ["REPO:octo-org/app:pull_request", "Repo:Octo-Org/App:Pull_Request"]
)
def test_a_subject_in_another_case_fits_where_case_is_ignored(
    operator: str, end: str, subject: str
) -> None:
    """The issuer writes `repo:`; StringEqualsIgnoreCase matches it all the same."""
    text = token_policy(f"{operator}StringEqualsIgnoreCase{end}", subject)
    read = tw.parse(text)

    assert tw.evaluate(read, run("repo:octo-org/app:pull_request")).outcome == "allowed"
    assert [each.sentence for each in tw.who_gets_in(read)] == [
        "GitHub Actions runs for pull requests of octo-org/app can assume this role."
    ]
    assert "github_subject_too_wide" in [finding.name for finding in tw.check(text)]


def test_a_subject_that_no_token_has_still_lets_nobody_in() -> None:
    """Where case counts, the search says so."""
    read = tw.parse(token_policy("StringEquals", "REPO:octo-org/app:pull_request"))

    assert tw.evaluate(read, run("repo:octo-org/app:pull_request")).outcome == "not allowed"
    assert tw.who_gets_in(read) == () and can_let_in(read, 0).found is False


@pytest.mark.parametrize("value", ["true", "True", "TRUE", True])
def test_a_key_that_has_to_be_absent_is_said_to_be(value: Any) -> None:
    """IAM reads "True" as "true"."""
    text = policy({"AWS": "111122223333"}, condition={"Null": {"aws:TokenIssueTime": value}})
    (only,) = tw.who_gets_in(tw.parse(text))

    assert "if aws:TokenIssueTime is absent" in only.sentence


GITLAB = "gitlab.com"
THEIRS = "project_path:octo-evil/app:ref_type:branch:ref:main"


def tokens_of(issuer: str, condition: Any, deny: Any = None) -> tw.TrustPolicy:
    """An Allow for the tokens of an issuer, and a Deny of some of them."""
    principal = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"}
    allow = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRoleWithWebIdentity"}
    statements = [{**allow, "Condition": condition} if condition else allow]
    if deny:
        statements.append({**allow, "Effect": "Deny", "Condition": deny})
    return tw.parse(json.dumps({"Version": "2012-10-17", "Statement": statements}))


@pytest.mark.parametrize(
    ("issuer", "condition", "deny"),
    [
        (GITHUB, {"StringNotLike": {f"{GITHUB}:sub": "repo:octo*"}}, None),
        (GITHUB, {"StringNotLike": {f"{GITHUB}:sub": "repo:octo-org/*"}}, None),
        (GITLAB, {"StringNotEquals": {f"{GITLAB}:sub": THEIRS}}, None),
        (GITLAB, {"StringNotEquals": {f"{GITLAB}:sub": THEIRS.replace("evil", "org")}}, None),
        (GITHUB, None, {"StringLike": {f"{GITHUB}:sub": "repo:octo*"}}),
        (GITHUB, None, {"StringNotLike": {f"{GITHUB}:sub": "repo:a*"}}),
    ],
)
def test_whoever_is_not_kept_out_is_a_stranger(issuer: str, condition: Any, deny: Any) -> None:
    """All subjects but some are left: that the likeliest stranger is among those some proves
    nothing.
    """
    read = tokens_of(issuer, condition, deny)
    answer = tw.is_public(read)

    assert answer.found is True and answer.witness is not None
    assert tw.evaluate(read, answer.witness).outcome == "allowed"
    assert [each.stranger for each in tw.who_gets_in(read)] == [True]


@pytest.mark.parametrize("operator", ["StringEquals", "StringLike", "StringEqualsIgnoreCase"])
@pytest.mark.parametrize("owner", ["octo-org", "octo-evil"])
def test_a_subject_that_is_spelled_out_is_no_strangers(operator: str, owner: str) -> None:
    """Whatever its name: the author of the policy knows whom it names."""
    read = tokens_of(GITLAB, {operator: {f"{GITLAB}:sub": THEIRS.replace("octo-evil", owner)}})

    assert tw.is_public(read).found is False
    assert [each.stranger for each in tw.who_gets_in(read)] == [False]


def named_callers(*statements: tuple[str, Any]) -> tw.TrustPolicy:
    """An Allow for each principal, with its condition."""
    made = [
        {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "sts:AssumeRole"}
        | ({"Condition": condition} if condition else {})
        for principal, condition in statements
    ]
    return tw.parse(json.dumps({"Version": "2012-10-17", "Statement": made}))


ROLE, TEAM_ROLE = "arn:aws:iam::444455556666:role/app", "arn:aws:iam::444455556666:role/team/app"
SESSION = "arn:aws:sts::444455556666:assumed-role/app/run"


# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
def test_a_statement_lets_in_whom_it_names_and_no_role_with_another_path() -> None:
    """Names are unique in an account: the session is of the role that is named, which has no
    path.
    """
    with_o = {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::444455556666:role/o*"}}
    read = named_callers((ROLE, with_o), (SESSION, None))
    assert [can_let_in(read, index).found for index in (0, 1)] == [False, True]
    assert [each.path for each in tw.who_gets_in(read)] == [("Statement", 1)]

    with_team = {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::444455556666:role/team/*"}}
    read = named_callers((SESSION, with_team), (ROLE, None))
    assert [can_let_in(read, index).found for index in (0, 1)] == [False, True]

    read = named_callers((SESSION, with_team))
    assert can_let_in(read, 0).found is True


def test_a_deny_of_the_role_stops_its_session() -> None:
    """The session of a role of the same name is one of this role's."""
    statements = [
        {"Effect": effect, "Principal": {"AWS": principal}, "Action": "sts:AssumeRole"}
        for effect, principal in (("Allow", SESSION), ("Deny", ROLE))
    ]
    text = json.dumps({"Version": "2012-10-17", "Statement": statements})

    assert tw.who_gets_in(tw.parse(text)) == ()
    assert "nobody" in [finding.name for finding in tw.check(text)]


def test_a_role_with_another_path_is_another_role() -> None:
    """One gains access, and the other loses it."""
    change = tw.compare(named_callers((ROLE, None)), named_callers((TEAM_ROLE, None)))
    for answer, arn in ((change.gained, TEAM_ROLE), (change.lost, ROLE)):
        assert answer.found is True and answer.witness is not None
        assert answer.witness.keys["aws:principalarn"] == arn


# https://docs.aws.amazon.com/lambda/latest/dg/services-alexa.html and policies that AWS publishes
@pytest.mark.parametrize(
    "name",
    [
        "quantum-teapots.amazonaws.com",
        "states.eu-west-1.amazonaws.com",
        "ec2.amazonaws.com.cn",
        "alexa-appkit.amazon.com",
        "beta.pods.eks.aws.internal",
    ],
)
def test_a_service_of_each_form_gets_in(name: str) -> None:
    """Known or not: the check says at most that it does not know the name."""
    text = policy({"Service": name}, ["sts:AssumeRole", "sts:TagSession"])
    read = tw.parse(text)
    call = tw.Request("sts:AssumeRole", name)

    assert tw.evaluate(read, call).outcome == "allowed"
    assert can_let_in(read, 0).found is True
    assert [each.stranger for each in tw.who_gets_in(read)] != []
    assert {str(each.verdict) for each in tw.check(text)} <= {"advice", "open"}


# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
@pytest.mark.parametrize(
    ("operator", "key", "value"),
    [
        ("ArnEquals", "aws:CurrentTime", "2026-01-01"),  # no ARN
        ("DateLessThan", "aws:PrincipalOrgID", "o-a1b2c3d4e5"),  # no date
        ("NumericEquals", "aws:username", "ops"),  # no number
        ("IpAddress", "sts:ExternalId", "here"),  # no address
    ],
)
def test_a_value_that_its_operator_cannot_read_lets_nobody_in(
    operator: str, key: str, value: str
) -> None:
    """Proved, whatever the key can hold; the negated operator lets everybody in."""
    read = tw.parse(policy({"AWS": "*"}, condition={operator: {key: value}}))
    assert can_let_in(read, 0).found is False
    assert list(tw.who_gets_in(read)) == []
    either = tw.parse(policy({"AWS": "*"}, condition={f"{operator}IfExists": {key: value}}))
    assert (can_let_in(either, 0).found is False) == (key in ALWAYS_THERE)


ALWAYS_THERE = ("aws:CurrentTime", "aws:PrincipalArn")


def test_a_variable_of_an_old_version_is_text_to_all_answers() -> None:
    """GitHub's subjects have no dollar sign."""
    condition = {"StringLike": {f"{GITHUB}:sub": "repo:${aws:username}/*"}}
    text = policy({"Federated": PROVIDER}, "sts:AssumeRoleWithWebIdentity", condition)
    read = tw.parse(text.replace("2012-10-17", "2008-10-17"))
    assert can_let_in(read, 0).found is False
    assert list(tw.who_gets_in(read)) == []


@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov", "aws-eusc"])
@pytest.mark.parametrize("operator", ["ArnLike", "StringLike"])
def test_a_condition_says_the_partition_where_no_principal_does(
    partition: str, operator: str
) -> None:
    """One role of all accounts of an organization, in every partition: not dead, not public.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    block = {
        "StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
        operator: {"aws:PrincipalArn": f"arn:{partition}:iam::*:role/auditor"},
    }
    text = policy({"AWS": "*"}, condition=block)
    home = tw.Home(organization="o-a1b2c3d4e5")
    classes = tw.who_gets_in(tw.parse(text), home)
    assert len(classes) == 1 and classes[0].stranger is not True
    witness = classes[0].witness
    assert witness is not None and witness.principal.startswith(f"arn:{partition}:")
    assert [each.code for each in tw.check(text, home) if each.verdict != "advice"] == []


def test_a_witness_is_the_same_whenever_it_is_asked_for() -> None:
    """Several variables stand in the conditions; which value is tried first is no chance."""
    condition = {
        "StringLike": {"aws:PrincipalTag/x": ["*${aws:PrincipalTag/x}", "False"]},
        "StringEqualsIgnoreCase": {"aws:username": ["${sts:RoleSessionName}", "ab"]},
    }
    text = policy({"AWS": "*"}, condition=condition)
    shown = set()
    for _ in range(40):
        kept = [object() for _ in range(7)]  # so that objects lie elsewhere each time
        [found] = tw.who_gets_in(tw.parse(text))
        assert found.witness is not None and kept
        shown.add(repr(found.witness))
    assert len(shown) == 1


def test_a_sentence_does_not_hang_on_what_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another thread may push a policy out of the cache between two questions about it."""
    text = json.loads(policy({"AWS": "444455556666"}))
    text["Statement"].append(
        {
            "Effect": "Deny",
            "Principal": {"AWS": "*"},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"aws:PrincipalTag/team": "guests"}},
        }
    )
    read = tw.parse(json.dumps(text))
    [expected] = tw.who_gets_in(read)
    assert "unless a Deny statement" in expected.sentence
    right = caller_classes.classes_named_by

    def named_by(*arguments: Any) -> Any:
        CACHE.clear()
        return right(*arguments)

    monkeypatch.setattr(caller_classes, "classes_named_by", named_by)
    [found] = tw.who_gets_in(tw.parse(json.dumps(text)))
    assert found.sentence == expected.sentence
