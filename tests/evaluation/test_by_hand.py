"""Small differences that change an answer, its place or its reason; each by the page that it names."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import pytest

import trust_widgets as tw
from test_cases import CASES, request_of
from trust_widgets.evaluation import Reason
from trust_widgets.evaluation.changes import changes_of
from trust_widgets.evaluation.hints import hint_about
from trust_widgets.evaluation.identity import identity_of
from trust_widgets.evaluation.marks import marked
from trust_widgets.evaluation.reasons import Node
from trust_widgets.evaluation.truth_table import truth_table
from trust_widgets.evaluation.wording import caller_of, text_of

OPS, DESK = (f"arn:aws:iam::111122223333:user/{name}" for name in ("ops", "desk"))
SESSION = "arn:aws:sts::444455556666:assumed-role/deploy/run-1"
ISSUER = "token.actions.githubusercontent.com"
GITHUB = f"arn:aws:iam::111122223333:oidc-provider/{ISSUER}"
MAIN = "repo:octo-org/app:ref:refs/heads/main"


def written(condition: Any = None, principal: Any = "111122223333", action: Any = "sts:AssumeRole") -> str:
    """A policy of one Allow, as its author writes it."""
    named = principal if isinstance(principal, dict) else {"AWS": principal}
    more = {"Condition": condition} if condition else {}
    statement = {"Effect": "Allow", "Principal": named, "Action": action, **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def policy(condition: Any = None, principal: Any = "111122223333", action: Any = "sts:AssumeRole") -> tw.TrustPolicy:
    """The same, read."""
    return tw.parse(written(condition, principal, action))


def decided(condition: Any, context: dict[str, Any], principal: str = OPS) -> tw.Decision:
    """A call by somebody of a named account."""
    request = tw.Request("sts:AssumeRole", principal, context=context, caller_permission="yes")
    return tw.evaluate(policy(condition, [OPS.split(":")[4], SESSION.split(":")[4]]), request)


# -- decisions --------------------------------------------------------------------------------------------


def test_a_variable_is_filled_anew_for_each_caller() -> None:
    """One policy, two users, the same session name: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html"""
    own = policy({"StringEquals": {"sts:RoleSessionName": "${aws:username}"}})
    for name, wanted in ((OPS, "allowed"), (DESK, "not allowed"), (OPS, "allowed")):
        request = tw.Request("sts:AssumeRole", name, context={"sts:RoleSessionName": "ops"}, caller_permission="yes")
        assert tw.evaluate(own, request).outcome == wanted


@pytest.mark.parametrize(
    ("operator", "key", "wanted", "given", "allowed"),
    [
        # fractions of a second: https://www.w3.org/TR/NOTE-datetime
        ("DateLessThan", "aws:CurrentTime", "2026-01-01T00:00:00.5Z", "2026-01-01T00:00:00.7Z", False),
        ("DateLessThan", "aws:CurrentTime", "2026-01-01T00:00:00.5Z", "2026-01-01T00:00:00.3Z", True),
        ("DateGreaterThan", "aws:CurrentTime", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00.3Z", True),
        ("DateEquals", "aws:CurrentTime", "2026-01-01T00:00:00.50Z", "2026-01-01T00:00:00.5Z", True),
        # six parts, the first of them "arn": reference_policies_elements_condition_operators.html#Conditions_ARN
        ("ArnLike", "aws:SourceArn", "arn:aws:s3:::octo-*", "arn:aws:s3:::octo-a", True),
        ("ArnLike", "aws:SourceArn", "*:aws:s3:::octo-*", "arn:aws:s3:::octo-a", True),
        ("ArnLike", "aws:SourceArn", "*:aws:s3:::octo-*", "urn:aws:s3:::octo-a", False),
        ("ArnLike", "aws:SourceArn", "arn:aws:s3:::*", "arn:aws:s3", False),
        ("ArnLike", "aws:SourceArn", "arn:*:*:*:*:*", "arn:aws:s3", False),
        ("ArnNotLike", "aws:SourceArn", "arn:*:*:*:*:*", "arn:aws:s3", True),
        # a truth value is true or false: #Conditions_Boolean
        ("Bool", "aws:MultiFactorAuthPresent", "true", "TRUE", True),
        ("Bool", "aws:MultiFactorAuthPresent", "yes", "yes", False),
        # several values need a set operator, also of a key that AWS does not know: ...single-vs-multi-valued-context-keys.html
        ("StringEquals", "octo:groups", "a", ("a", "b"), False),
        ("ForAnyValue:StringEquals", "octo:groups", "a", ("a", "b"), True),
        ("ForAllValues:StringEquals", "octo:groups", "a", ("a", "b"), False),
        ("ForAllValues:StringEquals", "octo:groups", "a", (), True),
        ("ForAnyValue:StringEquals", "octo:groups", "a", (), False),
    ],
)  # fmt: skip
def test_one_value_against_another(operator: str, key: str, wanted: str, given: Any, allowed: bool) -> None:
    """The pages beside the rows are below https://docs.aws.amazon.com/IAM/latest/UserGuide/."""
    assert decided({operator: {key: wanted}}, {key: given}).outcome == ("allowed" if allowed else "not allowed")


@pytest.mark.parametrize(
    ("wanted", "outcome"),
    [
        ("arn:aws:iam::444455556666:role/team/deploy", "depends"),
        ("arn:aws:iam::444455556666:role/team/*", "depends"),
        ("arn:aws:iam::999988887777:role/team/*", "not allowed"),
        ("arn:aws-cn:iam::444455556666:role/team/*", "not allowed"),
        ("arn:aws:iam::444455556666:user/team/*", "not allowed"),
        ("arn:aws:iam::444455556666:role/team/other", "not allowed"),
        ("arn:aws:iam::444455556666:role/deploy", "allowed"),
    ],
)
def test_the_path_of_a_sessions_role_is_open_and_nothing_else_is(wanted: str, outcome: str) -> None:
    """The session's ARN does not tell it: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html"""
    assert decided({"ArnLike": {"aws:PrincipalArn": wanted}}, {}, SESSION).outcome == outcome


@pytest.mark.parametrize("caller", [OPS, OPS.replace(":user/", ":role/")])
def test_who_is_named_by_a_whole_arn_has_that_path_and_no_other(caller: str) -> None:
    """Only a session's own ARN leaves out a path: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html"""
    beside = caller.replace("/ops", "/team/*")
    assert decided({"ArnLike": {"aws:PrincipalArn": beside}}, {}, caller).outcome == "not allowed"
    assert decided({"ArnLike": {"aws:PrincipalArn": caller}}, {}, caller).outcome == "allowed"


@pytest.mark.parametrize(
    ("caller", "key", "value", "fits"),
    [
        (OPS, "aws:PrincipalArn", OPS, True),
        (OPS, "aws:PrincipalArn", OPS.replace("ops", "team/ops"), False),
        (SESSION, "aws:PrincipalArn", "arn:aws:iam::444455556666:role/team/deploy", True),
        (SESSION, "aws:PrincipalArn", "arn:aws:iam::444455556666:role/team/other", False),
        (SESSION, "aws:PrincipalArn", "arn:aws:iam::111122223333:role/deploy", False),
        (SESSION, "aws:PrincipalAccount", "444455556666", True),
        (SESSION, "aws:PrincipalAccount", "111122223333", False),
        (SESSION, "aws:PrincipalType", "AssumedRole", True),
    ],
)
def test_what_is_said_of_a_caller_agrees_with_its_arn(caller: str, key: str, value: str, fits: bool) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"""
    if fits:
        assert tw.Request("sts:AssumeRole", caller, context={key: value}).keys[key.lower()] == value
    else:
        with pytest.raises(ValueError, match="can't be"):
            tw.Request("sts:AssumeRole", caller, context={key: value})


@pytest.mark.parametrize("caller", [OPS, "lambda.amazonaws.com"])
def test_a_canonical_user_is_nobody_who_assumes_a_role(caller: str) -> None:
    """It is for buckets alone: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"""
    canonical = {"CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}
    decision = tw.evaluate(policy(principal=canonical), tw.Request("sts:AssumeRole", caller))
    assert decision.outcome == "not allowed"
    assert [miss.code for miss in decision.misses] == [Reason.PRINCIPAL_DIFFERS]


# -- what a decision takes to be so -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("operator", "named"),
    [
        ("StringEquals", False),
        ("StringEqualsIfExists", False),
        ("ForAnyValue:StringEquals", False),
        ("ForAllValues:StringEqualsIfExists", False),
        ("stringEquals", True),
        ("StringEqualsifexists", True),
        ("forAnyValue:StringEquals", True),
    ],
)
def test_the_case_of_an_operator_is_named_where_it_is_another(operator: str, named: bool) -> None:
    """AWS's pages have one spelling of each, and don't say whether another is read."""
    decision = decided({operator: {"sts:ExternalId": "b2"}}, {"sts:ExternalId": "b2"})
    assert decision.outcome == "allowed" and ("operator_case" in decision.assumptions) is named


@pytest.mark.parametrize(
    ("asked", "given", "named"),
    [
        ("aws:PrincipalTag/Team", "aws:PrincipalTag/Team", False),
        ("aws:PrincipalTag/Team", "aws:PrincipalTag/team", True),
        ("sts:ExternalId", "sts:externalid", False),
    ],
)
def test_the_case_of_a_tag_is_named_where_it_is_another(asked: str, given: str, named: bool) -> None:
    """Of the names of other keys AWS says that case does not count."""
    decision = decided({"StringEquals": {asked: "red"}}, {given: "red"})
    assert decision.outcome == "allowed" and ("tag_key_case" in decision.assumptions) is named


@pytest.mark.parametrize(("default", "named"), [("a*", True), ("a?", True), ("ab", False)])
def test_an_asterisk_in_a_variables_default_is_named_too(default: str, named: bool) -> None:
    """AWS does not say whether it is a wildcard there."""
    value = f"${{aws:PrincipalTag/prefix, '{default}'}}"
    decision = decided({"StringLike": {"sts:RoleSessionName": value}}, {"sts:RoleSessionName": default})
    assert decision.outcome == "allowed" and ("star_in_variable_value" in decision.assumptions) is named


# -- reasons ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{stem}: {case['name']}") for stem, case in CASES])
def test_a_change_says_on_whose_side_it_is(case: dict[str, Any]) -> None:
    """In a sentence; and a reason about the caller names the caller."""
    decision = tw.evaluate(tw.parse(json.dumps(case["policy"])), request_of(case))
    for change in changes_of(decision):
        assert change.where in ("policy", "caller") and (change.fix is None or change.where == "policy")
        assert change.text[0].isupper() and change.text.endswith(".")
    for node in decision.tree.walk():
        if node.code.startswith("PERMISSION"):
            assert node.data == (decision.request.principal,)


@pytest.mark.parametrize(
    ("count", "begins"), [(2, "Two things"), (3, "Three things"), (4, "Four things"), (5, "Several things")]
)
def test_misses_are_counted(count: int, begins: str) -> None:
    """As far as people count at a glance."""
    missing = {f"aws:PrincipalTag/{tag}": "x" for tag in "abcde"[:count]}
    told = decided({"StringEquals": missing}, {}).because
    assert told.startswith(f"{begins} do not match. ")
    assert told.count("The call has no aws:PrincipalTag/") == count


@pytest.mark.parametrize(
    ("operator", "given", "told"),
    [
        ("ForAnyValue:StringEquals", ("o-b/", "o-c/"), "“o-b/”, “o-c/” in the call, and one of them must fit: the policy wants “o-a/”."),
        ("ForAllValues:StringEquals", ("o-a/", "o-c/"), "“o-a/”, “o-c/” in the call, and each must fit: the policy wants “o-a/”."),
    ],
)  # fmt: skip
def test_of_several_values_it_is_told_what_the_policy_wants(operator: str, given: tuple[str, ...], told: str) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html"""
    key = "aws:PrincipalOrgPaths"
    assert (
        decided({operator: {key: "o-a/"}}, {key: given}).because == f"Everything matches but one thing: {key} is {told}"
    )


def test_that_a_kind_of_caller_never_has_a_key_is_told() -> None:
    """A service is of no organisation: .../IAM/latest/UserGuide/reference_policies_condition-keys.html"""
    node = Node(Reason.KEY_MISSING, False, (), ("aws:PrincipalOrgID", "StringEquals"))
    service, user = (text_of(node, tw.Request("sts:AssumeRole", who)) for who in ("lambda.amazonaws.com", OPS))
    assert "never" in service and user == "The call has no aws:PrincipalOrgID."


def texts(condition: Any, request: tw.Request, principal: Any) -> list[tuple[str, str]]:
    """What would have to change."""
    return [(c.where, c.text) for c in changes_of(tw.evaluate(policy(condition, principal, request.action), request))]


def test_a_key_of_every_call_is_not_asked_of_the_token() -> None:
    """An address is no claim of the issuer's."""
    run = tw.Request("sts:AssumeRoleWithWebIdentity", GITHUB, context={f"{ISSUER}:sub": MAIN})
    found = texts({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, run, {"Federated": GITHUB})
    assert found == [
        ("caller", "Call from an address that the policy names."),
        ("policy", "Take the condition on aws:SourceIp out, if callers without it should get in."),
    ]


def test_a_tag_is_told_by_its_whole_name() -> None:
    """A tag's key may hold slashes: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html"""
    found = texts({"StringEquals": {"aws:PrincipalTag/team/red": "1"}}, tw.Request("sts:AssumeRole", OPS), OPS)
    assert ("caller", "Give the calling user or role the tag team/red.") in found


def test_a_table_gives_the_reason_of_each_cell() -> None:
    """Why a missing key passes or does not: .../reference_policies_elements_condition_operators.html"""
    table = truth_table(tw.Condition("StringEquals", "aws:PrincipalOrgID", ("o-a1b2c3d4e5",)))
    assert table is not None
    absent = dict(zip(table.operators, table.rows[0].cells, strict=True))
    assert {name: cell.reason for name, cell in absent.items()} == {
        "StringEquals": Reason.KEY_MISSING,
        "StringEqualsIfExists": Reason.KEY_MISSING_IF_EXISTS,
        "ForAnyValue:StringEquals": Reason.EMPTY_FORANY,
        "ForAnyValue:StringEqualsIfExists": Reason.KEY_MISSING_IF_EXISTS,
        "ForAllValues:StringEquals": Reason.VACUOUS_FORALL,
        "ForAllValues:StringEqualsIfExists": Reason.KEY_MISSING_IF_EXISTS,
    }


@pytest.mark.parametrize(
    ("operator", "value", "fits", "differs"),
    [
        ("IpAddress", "203.0.113.9", "203.0.113.9", "198.51.100.7"),
        ("IpAddress", "203.0.113.0/24", "203.0.113.0", "198.51.100.7"),
        ("IpAddress", "2001:db8::/32", "2001:db8::", "198.51.100.7"),
        ("Bool", "true", "true", "false"),
        ("Bool", "false", "false", "true"),
    ],
)
def test_the_examples_of_a_table_are_what_a_call_can_have(operator: str, value: str, fits: str, differs: str) -> None:
    """Addresses beside addresses, the other truth value beside one."""
    table = truth_table(tw.Condition(operator, "aws:SourceIp" if "Ip" in operator else "aws:SecureTransport", (value,)))
    assert table is not None
    assert {row.name: row.example for row in table.rows if row.name in ("fits", "differs")} == {
        "fits": fits,
        "differs": differs,
    }


def test_who_of_an_account_calls_is_asked() -> None:
    """One of its users is named, and the call is by somebody of the account."""
    request = tw.Request("sts:AssumeRole", "arn:aws:iam::111122223333:root", caller_permission="yes")
    decision = tw.evaluate(policy(principal=OPS), request)
    assert (decision.outcome, decision.needs) == ("depends", ("principal",))
    assert texts(None, request, OPS) == [("caller", "Say which of the account's principals calls.")]


@pytest.mark.parametrize(
    "arn", ["iam::111122223333:federated-user/desk", "sts::111122223333:user/desk", "iam::1:user/desk"]
)
def test_what_is_no_callers_arn(arn: str) -> None:
    """Users are IAM's and federated users STS's: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html"""
    with pytest.raises(ValueError, match="names no caller"):
        tw.Request("sts:AssumeRole", f"arn:aws:{arn}")


@pytest.mark.parametrize(("name", "words"), [("session", "a session"), ("run-1", "the session run-1")])
def test_a_session_that_nobody_named_is_any(name: str, words: str) -> None:
    """Calls that are made up have one called "session"."""
    session = f"arn:aws:sts::444455556666:assumed-role/deploy/{name}"
    assert caller_of(identity_of(session)) == f"{words} of the role deploy of account 444455556666"


@pytest.mark.parametrize("run", ["workflow:ci", "actor:octo-user"])
def test_nothing_is_said_of_two_kinds_of_runs_that_nobody_knows(run: str) -> None:
    """A customised subject: https://docs.github.com/en/actions/reference/security/oidc"""
    assert hint_about(f"{ISSUER}:sub", MAIN, f"repo:octo-org/app:{run}") == ""


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ({"StringEquals": {f"{ISSUER}:environment": "prod"}}, f"the token has no {ISSUER}:environment."),
        ({"StringEquals": {f"{ISSUER.upper()}:actor": "a"}}, f"the token has no {ISSUER.upper()}:actor."),
        ({"StringEquals": {"gitlab.com:sub": "x"}}, f"the policy asks for gitlab.com:sub, and the token comes from {ISSUER}."),
    ],
)  # fmt: skip
def test_a_claim_that_a_token_does_not_have(condition: Any, told: str) -> None:
    """Of its own issuer it is missing, of another one it can't be there."""
    run = tw.Request("sts:AssumeRoleWithWebIdentity", GITHUB, context={f"{ISSUER}:sub": MAIN})
    decision = tw.evaluate(policy(condition, {"Federated": GITHUB}, run.action), run)
    assert decision.because == f"Everything matches but one thing: {told}"


def test_a_token_where_an_account_is_named() -> None:
    """No issuer is trusted there."""
    run = tw.Request("sts:AssumeRoleWithWebIdentity", GITHUB, context={f"{ISSUER}:sub": MAIN})
    assert tw.evaluate(policy(principal="444455556666", action=run.action), run).because == (
        f"The caller is the holder of a token from {ISSUER}, and the policy names 444455556666."
    )


def test_three_things_that_it_depends_on_are_listed() -> None:
    """As a sentence lists them."""
    keys = [f"aws:PrincipalTag/{tag}" for tag in "abc"]
    request = tw.Request("sts:AssumeRole", OPS, unknown=frozenset(keys), caller_permission="yes")
    decision = tw.evaluate(policy({"StringEquals": dict.fromkeys(keys, "x")}, OPS), request)
    each = [f"{key} is as the policy asks" for key in keys]
    assert decision.because == f"Allowed if {each[0]}, {each[1]} and {each[2]}."


def fixed(condition: Any, request: tw.Request, principal: Any) -> Any:
    """The statement after the first fix."""
    text = written(condition, principal, request.action)
    fix = next(c.fix for c in changes_of(tw.evaluate(tw.parse(text), request)) if c.fix)
    return json.loads(fix.apply(text))["Statement"][0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"StringEquals": ("sub",), "StringLike": ("workflow",)}, {"StringLike": {"workflow", "sub"}}),
        ({"StringEquals": ("sub", "workflow")}, {"StringEquals": {"workflow"}, "StringLike": {"sub"}}),
        ({"StringEquals": ("sub",)}, {"StringLike": {"sub"}}),
    ],
)
def test_a_condition_gets_another_operator_and_others_keep_theirs(before: Any, after: Any) -> None:
    """StringLike reads the asterisk; no block is left empty, none is there twice."""
    values = {"sub": "repo:octo-org/app:*", "workflow": "ci"}
    condition = {
        operator: {f"{ISSUER}:{claim}": values[claim] for claim in claims} for operator, claims in before.items()
    }
    context = {f"{ISSUER}:sub": MAIN, f"{ISSUER}:workflow": "ci"}
    run = tw.Request("sts:AssumeRoleWithWebIdentity", GITHUB, context=context)
    assert fixed(condition, run, {"Federated": GITHUB})["Condition"] == {
        operator: {f"{ISSUER}:{claim}": values[claim] for claim in claims} for operator, claims in after.items()
    }


def test_a_session_is_named_by_its_role_where_no_arn_was_told() -> None:
    """AWS keeps the role: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"""
    request = tw.Request("sts:AssumeRole", SESSION, unknown=frozenset({"aws:PrincipalArn"}), caller_permission="yes")
    named = fixed(None, request, "arn:aws:iam::444455556666:user/ops")["Principal"]["AWS"]
    assert named == ["arn:aws:iam::444455556666:user/ops", "arn:aws:iam::444455556666:role/deploy"]


@pytest.mark.parametrize(
    ("has", "wants", "marks"),
    [
        ("octo-a:x", "octo-?:y", ("x", "y")),
        ("octo-a:x", "octo-?", (":x", "")),
        ("abc", "*xyz", ("abc", "*xyz")),
        ("x:octo", "y:?cto", ("x", "y")),
    ],
)
def test_a_wildcard_fits_what_it_stands_for(has: str, wants: str, marks: tuple[str, str]) -> None:
    """One character for a question mark; an asterisk at the start that stands for nothing is not in common."""
    one, other = marked(has, wants, wildcards=True)
    assert (one.differs, other.differs) == marks


def test_an_action_that_notaction_leaves_out_is_told() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html"""
    statement = tw.Statement(principal=tw.Principal(aws=OPS), not_action="sts:Assume*")
    assert tw.evaluate(tw.TrustPolicy((statement,)), tw.Request("sts:AssumeRole", OPS)).because == (
        "The call needs sts:AssumeRole, and the statement is for every action but “sts:Assume*” (NotAction)."
    )


def test_the_same_issuers_provider_in_another_account_is_of_the_same_kind() -> None:
    """So that the caller's provider is named beside it."""
    run = tw.Request("sts:AssumeRoleWithWebIdentity", GITHUB, context={f"{ISSUER}:sub": MAIN})
    other = GITHUB.replace("111122223333", "444455556666")
    assert texts(None, run, {"Federated": other}) == [("policy", f"Name {GITHUB} as well.")]


def test_who_signs_in_at_a_saml_provider_gets_a_statement_for_its_subject() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-saml"""
    corp = "arn:aws:iam::111122223333:saml-provider/corp"
    said = {"SAML:sub": "_1a2b", "SAML:aud": "https://signin.aws.amazon.com/saml"}
    request = tw.Request("sts:AssumeRoleWithSAML", corp, context=said)
    (change,) = changes_of(tw.evaluate(policy(principal={"Service": "ec2.amazonaws.com"}), request))
    assert change.fix is not None
    assert json.loads(change.fix.apply(written(principal={"Service": "ec2.amazonaws.com"})))["Statement"][1] == {
        "Effect": "Allow",
        "Principal": {"Federated": corp},
        "Action": "sts:AssumeRoleWithSAML",
        "Condition": {"StringEquals": said},
    }
    assert caller_of(identity_of(corp)) == "somebody who signs in at the SAML provider corp"


@pytest.mark.parametrize(
    ("written_", "caller"),
    [
        ({"Service": "EC2.amazonaws.com"}, "ec2.amazonaws.com"),
        ({"Federated": GITHUB.replace("token.", "Token.")}, GITHUB),
        ({"AWS": OPS.replace("ops", "Ops")}, OPS),
    ],
)
def test_a_principal_in_another_case_is_told_as_such(written_: Any, caller: str) -> None:
    """Names of users are told apart by it: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"""
    action = "sts:AssumeRoleWithWebIdentity" if caller == GITHUB else "sts:AssumeRole"
    decision = tw.evaluate(policy(principal=written_, action=action), tw.Request(action, caller))
    assert [miss.code for miss in decision.misses] == [Reason.PRINCIPAL_CASE_DIFFERS]


# -- what a notebook shows --------------------------------------------------------------------------------


def test_a_decision_is_a_table_with_a_heading_for_each_row_and_column() -> None:
    """The outcome in bold, the sign, what is asked, and both sides; values as code, what differs marked."""
    wants = {"StringEquals": {"sts:ExternalId": ["b2-a", "b2-b"]}}
    decision = decided(wants, {"sts:ExternalId": "b2-c"})
    html = ElementTree.fromstring(decision._repr_mimebundle_()["text/html"])
    assert (html.tag, [child.tag for child in html]) == ("div", ["p", "p", "table"])
    assert html[0][0].tag == "b" and html[0][0].text == "Not allowed. "
    assert html[1].text == "The statement that comes nearest: Statement 1"
    head, *rows = html[2]
    assert [(cell.tag, cell.get("scope"), cell.text or "") for cell in head] == [
        ("th", "col", text) for text in ("", "", "The call has", "The policy wants")
    ]
    assert [[cell.tag for cell in row] for row in rows] == [["td", "th", "td", "td"]] * 4
    assert [(row[0].text, row[1].text, row[1].get("scope")) for row in rows] == [
        ("✓", "Principal", "row"),
        ("✓", "Action", "row"),
        ("✗", "sts:ExternalId", "row"),
        ("✓", "Its own policies", "row"),
    ]
    assert ["".join(cell.itertext()) for cell in rows[2][2:]] == ["(given)", "b2-a or b2-b (StringEquals)"]
    assert [code.tag for code in rows[2][3]] == ["code", "code"]
    assert ["".join(cell.itertext()) for cell in rows[1][2:]] == ["sts:AssumeRole", "sts:AssumeRole"]


def test_of_many_values_the_rest_is_counted_on_the_policys_side() -> None:
    """Three are shown."""
    wants = {"StringEquals": {"sts:RoleSessionName": [f"octo-{n}" for n in "abcde"]}}
    lines = decided(wants, {"sts:RoleSessionName": "octo-x"})._repr_mimebundle_()["text/plain"].splitlines()
    call, wanted = (next(line for line in lines if line.split()[:1] == [side]) for side in ("call", "policy"))
    assert call.split() == ["call", "octo-x"]
    assert wanted.endswith(" and 2 more (StringEquals)") and wanted.count("octo-") == 3


def test_a_deny_that_applies_is_shown() -> None:
    """And not the Allow beside it."""
    allow, deny = policy(principal="*").statements[0], tw.Statement("Deny", tw.Principal(aws="*"), "sts:*")
    decision = tw.evaluate(tw.TrustPolicy((allow, deny)), tw.Request("sts:AssumeRole", OPS))
    lines = decision._repr_mimebundle_()["text/plain"].splitlines()
    assert lines[0].startswith("Denied. Statement 2 is a Deny") and "The Deny that applies: Statement 2" in lines
    assert [line.split()[-1] for line in lines if line.startswith("  ✓ Action")] == ["sts:AssumeRole"]


def test_an_id_of_a_deleted_role_is_nobody_any_more() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"""
    decision = tw.evaluate(policy(principal="AROADBQP57FF2AEXAMPLE"), tw.Request("sts:AssumeRole", OPS))
    lines = decision._repr_mimebundle_()["text/plain"].splitlines()
    assert "      policy  nobody any more AROADBQP57FF2AEXAMPLE" in lines


@pytest.mark.parametrize(
    ("operator", "key", "has", "wants", "marks"),
    [
        ("StringLike", "sts:RoleSessionName", "octo-a:x", "octo-*:y", ["x", "y"]),
        ("ArnLike", "aws:SourceArn", "arn:aws:s3:::octo-a", "arn:*:s3:::octo-b", ["a", "b"]),
        ("StringEquals", "sts:RoleSessionName", "octo:a", "octo:*", ["a", "*"]),
    ],
)
def test_what_a_wildcard_stands_for_is_not_marked(operator: str, key: str, has: str, wants: str, marks: Any) -> None:
    """Where the operator reads it."""
    html = ElementTree.fromstring(decided({operator: {key: wants}}, {key: has})._repr_mimebundle_()["text/html"])
    assert [span.text for span in html.iter("span")] == marks
