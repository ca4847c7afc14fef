"""Small differences in why a call is decided so, and in what would have to change; each by the page
that it names.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw
from support.by_hand import GITHUB, ISSUER, MAIN, OPS, decided, policy, written
from support.cases_by_page import CASES, request_of
from trust_widgets.evaluation import Node, Reason, identity_of
from trust_widgets.evaluation.truth_table import truth_table
from trust_widgets.explain import caller_of, changes_of, number_of, text_of
from trust_widgets.explain.hints import hint_about
from trust_widgets.text.diff import diff_texts


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{stem}: {case['name']}") for stem, case in CASES]
)
def test_a_change_says_on_whose_side_it_is(case: dict[str, Any]) -> None:
    """In a sentence; and a reason about the caller names the caller."""
    decision = tw.evaluate(tw.parse(json.dumps(case["policy"])), request_of(case))
    for change in changes_of(decision):
        assert change.where in ("policy", "caller") and (
            change.fix is None or change.where == "policy"
        )
        assert change.text[0].isupper() and change.text.endswith(".")
    for node in decision.tree.walk():
        if node.code.startswith("PERMISSION"):
            assert node.data == (decision.request.principal,)


@pytest.mark.parametrize(
    ("count", "begins"),
    [(2, "Two things"), (3, "Three things"), (4, "Four things"), (5, "Several things")],
)
def test_misses_are_counted(count: int, begins: str) -> None:
    """As far as people count at a glance."""
    missing = {f"aws:PrincipalTag/{tag}": "x" for tag in "abcde"[:count]}
    told = decided({"StringEquals": missing}, {}).because
    assert told.startswith(f"{begins} do not match. ")
    assert told.count("The request has no aws:PrincipalTag/") == count


@pytest.mark.parametrize(
    ("operator", "given", "told"),
    [
        (
            "ForAnyValue:StringEquals",
            ("o-b/", "o-c/"),
            '"o-b/" and "o-c/" in the request, and one of them must match: the policy requires '
            '"o-a/".',
        ),
        (
            "ForAllValues:StringEquals",
            ("o-a/", "o-c/"),
            '"o-a/" and "o-c/" in the request, and each must match: the policy requires "o-a/".',
        ),
    ],
)
def test_of_several_values_it_is_told_what_the_policy_wants(
    operator: str, given: tuple[str, ...], told: str
) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html"""
    key = "aws:PrincipalOrgPaths"
    assert (
        decided({operator: {key: "o-a/"}}, {key: given}).because
        == f"Everything matches except one thing: {key} is {told}"
    )


def test_that_a_kind_of_caller_never_has_a_key_is_told() -> None:
    """A service is of no organization:
    .../IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    node = Node(Reason.KEY_MISSING, False, (), ("aws:PrincipalOrgID", "StringEquals"))
    service, user = (
        text_of(node, tw.Request("sts:AssumeRole", who)) for who in ("lambda.amazonaws.com", OPS)
    )
    assert "never" in service and user == "The request has no aws:PrincipalOrgID."


def texts(condition: Any, request: tw.Request, principal: Any) -> list[tuple[str, str]]:
    """What would have to change."""
    return [
        (c.where, c.text)
        for c in changes_of(tw.evaluate(policy(condition, principal, request.action), request))
    ]


def test_a_key_of_every_call_is_not_asked_of_the_token() -> None:
    """An address is no claim of the issuer's."""
    run = tw.Request("sts:AssumeRoleWithWebIdentity", GITHUB, context={f"{ISSUER}:sub": MAIN})
    found = texts({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, run, {"Federated": GITHUB})
    assert found == [
        ("caller", "Call from an address that the policy names."),
        (
            "policy",
            "Remove the condition on aws:SourceIp, if callers without it should be allowed.",
        ),
    ]


@pytest.mark.parametrize(
    ("key", "action", "what"),
    [
        ("aws:RequestTag/team", "sts:TagSession", "session tags"),
        ("sts:SourceIdentity", "sts:SetSourceIdentity", "a source identity"),
    ],
)
def test_a_call_can_do_without_what_needs_another_action(key: str, action: str, what: str) -> None:
    """Or the policy allows that:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
    """
    assert texts(None, tw.Request("sts:AssumeRole", OPS, context={key: "red"}), OPS) == [
        ("policy", f"Allow {action} in the statement that allows the caller."),
        ("caller", f"Make the request without {what}."),
    ]


def test_a_tag_is_told_by_its_whole_name() -> None:
    """A tag's key may hold slashes:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
    """
    found = texts(
        {"StringEquals": {"aws:PrincipalTag/team/red": "1"}}, tw.Request("sts:AssumeRole", OPS), OPS
    )
    assert ("caller", "Give the calling user or role the tag team/red.") in found


def test_a_table_gives_the_reason_of_each_cell() -> None:
    """Why a missing key passes or does not:
    .../reference_policies_elements_condition_operators.html
    """
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
def test_the_examples_of_a_table_are_what_a_call_can_have(
    operator: str, value: str, fits: str, differs: str
) -> None:
    """Addresses beside addresses, the other truth value beside one."""
    table = truth_table(
        tw.Condition(
            operator, "aws:SourceIp" if "Ip" in operator else "aws:SecureTransport", (value,)
        )
    )
    assert table is not None
    assert {row.name: row.example for row in table.rows if row.name in ("fits", "differs")} == {
        "fits": fits,
        "differs": differs,
    }


def test_who_of_an_account_calls_is_asked() -> None:
    """One of its users is named, and the call is by somebody of the account."""
    request = tw.Request(
        "sts:AssumeRole", "arn:aws:iam::111122223333:root", caller_permission="yes"
    )
    decision = tw.evaluate(policy(principal=OPS), request)
    assert (decision.outcome, decision.needs) == ("depends", ("principal",))
    assert texts(None, request, OPS) == [("caller", "Enter which principal of the account calls.")]


@pytest.mark.parametrize(
    "arn",
    ["iam::111122223333:federated-user/desk", "sts::111122223333:user/desk", "iam::1:user/desk"],
)
def test_what_is_no_callers_arn(arn: str) -> None:
    """Users are IAM's and federated users STS's:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
    """
    with pytest.raises(ValueError, match="is not a caller"):
        tw.Request("sts:AssumeRole", f"arn:aws:{arn}")


@pytest.mark.parametrize(
    "actions", [("sts:AssumeRole", "sts:TagSession"), ("sts:TagSession", "sts:AssumeRole")]
)
def test_the_order_of_actions_makes_no_statement_nearer(actions: tuple[str, str]) -> None:
    """Everyone is named in the second, whose action is another; nobody near is named in the
    first.
    """
    first = tw.Statement(principal=tw.Principal(aws=OPS), action="sts:AssumeRole")
    second = tw.Statement(principal=tw.Principal(aws="*"), action=actions)
    run = tw.Request("sts:AssumeRoleWithWebIdentity", GITHUB, context={f"{ISSUER}:sub": MAIN})
    decision = tw.evaluate(tw.TrustPolicy((first, second)), run)
    assert decision.nearest is not None and decision.nearest.path == ("Statement", 1)
    assert decision.misses[0].data == (run.action, "sts:AssumeRole")


def test_statements_are_counted_from_one() -> None:
    """What is of no statement is the policy's."""
    assert [number_of(path) for path in ((), ("Statement", 0), ("Statement", 1, "Action"))] == [
        "The policy",
        "Statement 1",
        "Statement 2",
    ]


@pytest.mark.parametrize(
    ("name", "words"), [("session", "a session"), ("run-1", "the session run-1")]
)
def test_a_session_that_nobody_named_is_any(name: str, words: str) -> None:
    """Calls that are made up have one called "session"."""
    session = f"arn:aws:sts::444455556666:assumed-role/deploy/{name}"
    assert caller_of(identity_of(session)) == f"{words} of the role deploy of account 444455556666"


@pytest.mark.parametrize("run", ["workflow:ci", "actor:octo-user"])
def test_nothing_is_said_of_two_kinds_of_runs_that_nobody_knows(run: str) -> None:
    """A customized subject: https://docs.github.com/en/actions/reference/security/oidc"""
    assert hint_about(f"{ISSUER}:sub", MAIN, f"repo:octo-org/app:{run}") == ""


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        (
            {"StringEquals": {f"{ISSUER}:environment": "prod"}},
            f"the token has no {ISSUER}:environment.",
        ),
        (
            {"StringEquals": {f"{ISSUER.upper()}:actor": "a"}},
            f"the token has no {ISSUER.upper()}:actor.",
        ),
        (
            {"StringEquals": {"gitlab.com:sub": "x"}},
            f"the policy requires gitlab.com:sub, and the token comes from {ISSUER}.",
        ),
    ],
)
def test_a_claim_that_a_token_does_not_have(condition: Any, told: str) -> None:
    """Of its own issuer it is missing, of another one it can't be there."""
    run = tw.Request("sts:AssumeRoleWithWebIdentity", GITHUB, context={f"{ISSUER}:sub": MAIN})
    decision = tw.evaluate(policy(condition, {"Federated": GITHUB}, run.action), run)
    assert decision.because == f"Everything matches except one thing: {told}"


def test_a_token_where_an_account_is_named() -> None:
    """No issuer is trusted there."""
    run = tw.Request("sts:AssumeRoleWithWebIdentity", GITHUB, context={f"{ISSUER}:sub": MAIN})
    assert (
        tw.evaluate(policy(principal="444455556666", action=run.action), run).because
        == f"The caller is the holder of a token from {ISSUER}, and the policy names 444455556666."
    )


def test_three_things_that_it_depends_on_are_listed() -> None:
    """As a sentence lists them."""
    keys = [f"aws:PrincipalTag/{tag}" for tag in "abc"]
    request = tw.Request("sts:AssumeRole", OPS, unknown=frozenset(keys), caller_permission="yes")
    decision = tw.evaluate(policy({"StringEquals": dict.fromkeys(keys, "x")}, OPS), request)
    each = [f"{key} is as the policy requires" for key in keys]
    assert decision.because == f"Allowed if {each[0]}, {each[1]} and {each[2]}."


def fixed(condition: Any, request: tw.Request, principal: Any) -> Any:
    """The statement after the first fix."""
    text = written(condition, principal, request.action)
    fix = next(c.fix for c in changes_of(tw.evaluate(tw.parse(text), request)) if c.fix)
    return json.loads(fix.apply(text))["Statement"][0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            {"StringEquals": ("sub",), "StringLike": ("workflow",)},
            {"StringLike": {"workflow", "sub"}},
        ),
        (
            {"StringEquals": ("sub", "workflow")},
            {"StringEquals": {"workflow"}, "StringLike": {"sub"}},
        ),
        ({"StringEquals": ("sub",)}, {"StringLike": {"sub"}}),
    ],
)
def test_a_condition_gets_another_operator_and_others_keep_theirs(before: Any, after: Any) -> None:
    """StringLike reads the asterisk; no block is left empty, none is there twice."""
    values = {"sub": "repo:octo-org/app:*", "workflow": "ci"}
    condition = {
        operator: {f"{ISSUER}:{claim}": values[claim] for claim in claims}
        for operator, claims in before.items()
    }
    context = {f"{ISSUER}:sub": MAIN, f"{ISSUER}:workflow": "ci"}
    run = tw.Request("sts:AssumeRoleWithWebIdentity", GITHUB, context=context)
    assert fixed(condition, run, {"Federated": GITHUB})["Condition"] == {
        operator: {f"{ISSUER}:{claim}": values[claim] for claim in claims}
        for operator, claims in after.items()
    }


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
    """One character for a question mark; an asterisk at the start that stands for nothing is not in
    common.
    """
    one, other = diff_texts(has, wants, wildcards=True)
    assert (one.differs, other.differs) == marks


def test_an_action_that_notaction_leaves_out_is_told() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html"""
    statement = tw.Statement(principal=tw.Principal(aws=OPS), not_action="sts:Assume*")
    assert (
        tw.evaluate(tw.TrustPolicy((statement,)), tw.Request("sts:AssumeRole", OPS)).because
        == "The request needs sts:AssumeRole, and the statement is for every action except "
        '"sts:Assume*" (NotAction).'
    )


def test_the_same_issuers_provider_in_another_account_is_of_the_same_kind() -> None:
    """So that the caller's provider is named beside it."""
    run = tw.Request("sts:AssumeRoleWithWebIdentity", GITHUB, context={f"{ISSUER}:sub": MAIN})
    other = GITHUB.replace("111122223333", "444455556666")
    assert texts(None, run, {"Federated": other}) == [("policy", f"Also name {GITHUB}.")]


def test_who_signs_in_at_a_saml_provider_gets_a_statement_for_its_subject() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-saml"""
    corp = "arn:aws:iam::111122223333:saml-provider/corp"
    said = {"SAML:sub": "_1a2b", "SAML:aud": "https://signin.aws.amazon.com/saml"}
    request = tw.Request("sts:AssumeRoleWithSAML", corp, context=said)
    (change,) = changes_of(tw.evaluate(policy(principal={"Service": "ec2.amazonaws.com"}), request))
    assert change.fix is not None
    assert json.loads(change.fix.apply(written(principal={"Service": "ec2.amazonaws.com"})))[
        "Statement"
    ][1] == {
        "Effect": "Allow",
        "Principal": {"Federated": corp},
        "Action": "sts:AssumeRoleWithSAML",
        "Condition": {"StringEquals": said},
    }
    assert caller_of(identity_of(corp)) == "a person who signs in through the SAML provider corp"


@pytest.mark.parametrize(
    ("written_", "caller"),
    [
        ({"Service": "EC2.amazonaws.com"}, "ec2.amazonaws.com"),
        ({"Federated": GITHUB.replace("token.", "Token.")}, GITHUB),
        ({"AWS": OPS.replace("ops", "Ops")}, OPS),
    ],
)
def test_a_principal_in_another_case_is_told_as_such(written_: Any, caller: str) -> None:
    """Names of users are told apart by it:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    action = "sts:AssumeRoleWithWebIdentity" if caller == GITHUB else "sts:AssumeRole"
    decision = tw.evaluate(policy(principal=written_, action=action), tw.Request(action, caller))
    assert [miss.code for miss in decision.misses] == [Reason.PRINCIPAL_CASE_DIFFERS]
