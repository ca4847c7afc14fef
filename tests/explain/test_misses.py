"""What did not match, in words, with what would have to change."""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.explain import changes_of

ISSUER = "token.actions.githubusercontent.com"
GITHUB = f"arn:aws:iam::111122223333:oidc-provider/{ISSUER}"
MAIN = "repo:octo-org/app:ref:refs/heads/main"


def policy(condition: Any, principal: Any, action: str) -> str:
    statement = {"Effect": "Allow", "Principal": principal, "Action": action}
    return json.dumps(
        {"Version": "2012-10-17", "Statement": [statement | {"Condition": condition}]}
    )


def run_on_main(wanted: str, operator: str) -> tuple[str, tw.Request]:
    text = policy(
        {operator: {f"{ISSUER}:sub": wanted}},
        {"Federated": GITHUB},
        "sts:AssumeRoleWithWebIdentity",
    )
    answers = {"owner": "octo-org", "repository": "app", "branch": "main"}
    return text, tw.CALLERS["github_actions"].make("arn:aws:iam::111122223333:role/app", answers)


def after_fixes(text: str, request: tw.Request) -> set[str]:
    changes = changes_of(tw.evaluate(tw.parse(text), request))
    texts = (change.fix.apply(text) for change in changes if change.fix is not None)
    return {str(tw.evaluate(tw.parse(each), request).outcome) for each in texts}


# -- a set operator hides no hint ------------------------------------------------------------------
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html

SETS = ("", "ForAnyValue:", "ForAllValues:")


@pytest.mark.parametrize("before", SETS)
@pytest.mark.parametrize("base", ["StringEquals", "StringLike"])
def test_letter_case_is_named_under_each_set_operator(base: str, before: str) -> None:
    wanted = MAIN.replace("octo-org", "Octo-Org")
    text, request = run_on_main(wanted, before + base)
    decision = tw.evaluate(tw.parse(text), request)
    assert decision.outcome == "not allowed"
    assert "The two differ only in upper and lower case, and here case matters" in decision.because
    assert after_fixes(text, request) == {"allowed"}


@pytest.mark.parametrize("before", SETS)
def test_a_wildcard_under_equals_is_named_under_each_set_operator(before: str) -> None:
    text, request = run_on_main("repo:octo-org/app:*", f"{before}StringEquals")
    assert "StringLike reads them as wildcards" in tw.evaluate(tw.parse(text), request).because
    assert after_fixes(text, request) == {"allowed"}


@pytest.mark.parametrize("before", SETS)
def test_the_environment_is_named_under_each_set_operator(before: str) -> None:
    """https://docs.github.com/en/actions/reference/security/oidc"""
    wanted = "repo:octo-org/app:environment:production"
    text, request = run_on_main(wanted, f"{before}StringEquals")
    assert "environment" in tw.evaluate(tw.parse(text), request).because.replace(wanted, "")


@pytest.mark.parametrize(
    ("operator", "wanted", "given", "hint"),
    [
        (
            "ForAnyValue:StringEquals",
            ["TEAM"],
            ("team", "other"),
            ("The two differ only in upper and lower case, and here case matters"),
        ),
        (
            "ForAllValues:StringEquals",
            ["team", "Other"],
            ("team", "other"),
            ("The two differ only in upper and lower case, and here case matters"),
        ),
        ("ForAnyValue:StringEquals", ["te*"], ("team", "other"), "StringLike reads them"),
    ],
)
def test_of_several_values_the_one_that_nearly_fits(
    operator: str, wanted: list[str], given: tuple[str, ...], hint: str
) -> None:
    text = policy({operator: {"aws:TagKeys": wanted}}, {"AWS": "*"}, "sts:TagSession")
    caller = "arn:aws:iam::111122223333:user/ops"
    request = tw.Request("sts:TagSession", caller, context={"aws:TagKeys": given}, alone=True)
    assert hint in tw.evaluate(tw.parse(text), request).because
    assert after_fixes(text, request) == {"allowed"}


# -- azp and aud -----------------------------------------------------------------------------------
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html

ISSUERS = (
    "accounts.google.com",
    "login.microsoftonline.com/99998888-7777-6666-5555-444433332222/v2.0",
    "octo.auth0.com/",
    "idp.octo.example",
)


@pytest.mark.parametrize("issuer", ISSUERS)
@pytest.mark.parametrize(
    ("wanted", "azp", "says"),
    [("api", "client", True), ("client", "client", False), ("api", "api", False), ("x", "", False)],
)
def test_a_refusal_for_azp_says_so(issuer: str, wanted: str, azp: str, says: bool) -> None:
    provider = issuer
    if issuer != "accounts.google.com":
        provider = f"arn:aws:iam::111122223333:oidc-provider/{issuer}"
    condition = {"StringEquals": {f"{issuer}:aud": wanted, f"{issuer}:sub": "s"}}
    text = policy(condition, {"Federated": provider}, "sts:AssumeRoleWithWebIdentity")
    claims = {"iss": f"https://{issuer}", "sub": "s", "aud": "api"} | ({"azp": azp} if azp else {})
    request = tw.CALLERS["token"].make(
        "arn:aws:iam::111122223333:role/app", {"text": json.dumps(claims)}
    )
    decision = tw.evaluate(tw.parse(text), request)
    assert ("azp" in decision.because) is says
    assert (decision.outcome == "allowed") is (wanted == (azp or "api"))
    if says:
        changes = changes_of(decision)
        assert any("azp" in change.text for change in changes if change.where == "caller")
        assert after_fixes(text, request) == {"allowed"}


# -- a role and its own session --------------------------------------------------------------------
# https://aws.amazon.com/blogs/security/announcing-an-update-to-iam-role-trust-policy-behavior/

EC2 = policy({}, {"Service": "ec2.amazonaws.com"}, "sts:AssumeRole")


@pytest.mark.parametrize(
    ("role", "caller", "same"),
    [
        ("role/app", "assumed-role/app/i-0abc", True),
        ("role/team/app", "assumed-role/app/i-0abc", True),
        ("role/app", "assumed-role/App/i-0abc", False),
        ("role/app", "assumed-role/app2/i-0abc", False),
    ],
)
def test_a_session_of_the_same_role(role: str, caller: str, same: bool) -> None:
    whole = f"arn:aws:iam::111122223333:{role}"
    request = tw.Request("sts:AssumeRole", f"arn:aws:sts::111122223333:{caller}", whole)
    decision = tw.evaluate(tw.parse(EC2), request)
    assert decision.because.startswith("The caller is a session of this same role.") is same
    changes = changes_of(decision)
    assert (changes[0].where == "caller") is same
    fixed = [change.fix.apply(EC2) for change in changes if change.fix is not None]
    assert any(f'"{whole}"' in text for text in fixed) is same
    assert after_fixes(EC2, request) <= {"allowed"}


def test_a_role_of_the_same_name_in_another_account_is_another_role() -> None:
    request = tw.Request("sts:AssumeRole", "arn:aws:sts::444455556666:assumed-role/app/x")
    assert "same role" not in tw.evaluate(tw.parse(EC2), request).because


# -- the path of a role ----------------------------------------------------------------------------
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns

SET = "AWSReservedSSO_Admin_0123456789abcdef"
ROLES = "arn:aws:iam::444455556666:role"


@pytest.mark.parametrize("principal", [{"AWS": f"{ROLES}/other"}, {"Service": "ec2.amazonaws.com"}])
@pytest.mark.parametrize("name", ["deploy", SET])
def test_no_fix_names_a_role_whose_path_is_not_known(principal: Any, name: str) -> None:
    text = policy({}, principal, "sts:AssumeRole")
    session = f"arn:aws:sts::444455556666:assumed-role/{name}/x"
    request = tw.Request("sts:AssumeRole", session, caller_permission="yes")
    changes = changes_of(tw.evaluate(tw.parse(text), request))
    assert changes and not any(f"{ROLES}/{name}" in str(change) for change in changes)
    assert after_fixes(text, request) <= {"allowed"}


def test_a_role_named_without_its_path_is_named_again_in_its_place() -> None:
    """Names are unique in an account whatever the path, so that the other role does not exist."""
    text = policy({}, {"AWS": [f"{ROLES}/deploy", f"{ROLES}/other"]}, "sts:AssumeRole")
    session = "arn:aws:sts::444455556666:assumed-role/deploy/x"
    context = {"aws:PrincipalArn": f"{ROLES}/team/deploy"}
    request = tw.Request("sts:AssumeRole", session, context=context, caller_permission="yes")
    (change,) = changes_of(tw.evaluate(tw.parse(text), request))
    assert change.fix is not None
    made = json.loads(change.fix.apply(text))["Statement"][0]["Principal"]["AWS"]
    assert made == [f"{ROLES}/team/deploy", f"{ROLES}/other"]
    assert after_fixes(text, request) == {"allowed"}


@pytest.mark.parametrize(
    ("named", "outcome"),
    [
        (f"{ROLES}/{SET}", "not allowed"),
        (f"{ROLES}/aws-reserved/sso.amazonaws.com/{SET}", "allowed"),
        (f"{ROLES}/aws-reserved/sso.amazonaws.com/eu-west-1/{SET}", "allowed"),
    ],
)
def test_a_role_of_identity_center_is_never_without_its_path(named: str, outcome: str) -> None:
    """https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html"""
    text = policy({}, {"AWS": named}, "sts:AssumeRole")
    session = f"arn:aws:sts::444455556666:assumed-role/{SET}/x"
    request = tw.Request("sts:AssumeRole", session, caller_permission="yes")
    assert tw.evaluate(tw.parse(text), request).outcome == outcome


@pytest.mark.parametrize(
    ("operator", "value", "outcome"),
    [
        ("ArnLike", f"{ROLES}/{SET}", "not allowed"),
        ("ArnLike", f"{ROLES}/AWSReservedSSO_*", "not allowed"),
        ("ArnLike", f"{ROLES}/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_Admin_*", "allowed"),
        ("ArnLike", f"{ROLES}/aws-reserved/sso.amazonaws.com/eu-west-1/{SET}", "depends"),
        ("ArnLike", f"{ROLES}/aws-reserved/sso.amazonaws.com/{SET}", "depends"),
        ("ArnNotLike", f"{ROLES}/{SET}", "allowed"),
        ("ArnNotLike", f"{ROLES}/aws-reserved/*", "not allowed"),
        ("ArnLike", f"{ROLES}/*", "allowed"),
    ],
)
def test_conditions_on_a_role_of_identity_center(operator: str, value: str, outcome: str) -> None:
    text = policy({operator: {"aws:PrincipalArn": value}}, {"AWS": "*"}, "sts:AssumeRole")
    session = f"arn:aws:sts::444455556666:assumed-role/{SET}/x"
    request = tw.Request("sts:AssumeRole", session, caller_permission="yes")
    assert tw.evaluate(tw.parse(text), request).outcome == outcome


# -- what the call needs beside sts:AssumeRole -----------------------------------------------------
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_sts.html

BESIDE = ("sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext")
USER = "arn:aws:iam::444455556666:user/ops"


@pytest.mark.parametrize("action", BESIDE)
def test_an_action_beside_is_named_in_sentence_and_fix(action: str) -> None:
    text = policy({}, {"AWS": USER}, "sts:AssumeRole")
    request = tw.Request(action, USER, caller_permission="yes", alone=True)
    decision = tw.evaluate(tw.parse(text), request)
    assert decision.outcome == "not allowed" and action in decision.because
    assert after_fixes(text, request) == {"allowed"}


@pytest.mark.parametrize("action", ["sts:AssumeRole", *BESIDE])
def test_the_callers_own_policies_are_asked_for_the_same_action(action: str) -> None:
    text = policy({}, {"AWS": USER}, "sts:*")
    request = tw.Request(action, USER, alone=True)
    decision = tw.evaluate(tw.parse(text), request)
    assert decision.outcome == "depends" and f"allow {action} on" in decision.because
    assert all(action in change.text for change in changes_of(decision))
    refused = tw.evaluate(
        tw.parse(text), tw.Request(action, USER, caller_permission="no", alone=True)
    )
    assert f"allow {action} on" in refused.because


# -- the root user ---------------------------------------------------------------------------------
# https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html

ROOT = "arn:aws:iam::444455556666:root"


@pytest.mark.parametrize("principal", ["*", "444455556666", ROOT])
@pytest.mark.parametrize("permission", ["yes", "unknown"])
def test_no_policy_lets_a_root_user_in(principal: str, permission: Any) -> None:
    text = policy({}, {"AWS": principal}, "sts:AssumeRole")
    context = {"aws:PrincipalArn": ROOT}
    request = tw.Request("sts:AssumeRole", ROOT, context=context, caller_permission=permission)
    decision = tw.evaluate(tw.parse(text), request)
    assert decision.outcome == "not allowed" and "root user" in decision.because
    (change,) = changes_of(decision)
    assert change.where == "caller" and change.fix is None


def test_some_principal_of_an_account_is_not_its_root_user() -> None:
    text = policy({}, {"AWS": "444455556666"}, "sts:AssumeRole")
    request = tw.Request("sts:AssumeRole", ROOT, caller_permission="yes")
    assert tw.evaluate(tw.parse(text), request).outcome == "allowed"
