"""Small differences that change a decision, or what it takes to be so; each by the page that it
names.
"""

from __future__ import annotations

from typing import Any

import pytest

import trust_widgets as tw
from support.by_hand import DESK, OPS, SESSION, decided, policy
from trust_widgets.evaluation import Reason


def test_a_variable_is_filled_anew_for_each_caller() -> None:
    """One policy, two users, the same session name:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    """
    own = policy({"StringEquals": {"sts:RoleSessionName": "${aws:username}"}})
    for name, wanted in ((OPS, "allowed"), (DESK, "not allowed"), (OPS, "allowed")):
        request = tw.Request(
            "sts:AssumeRole", name, context={"sts:RoleSessionName": "ops"}, caller_permission="yes"
        )
        assert tw.evaluate(own, request).outcome == wanted


@pytest.mark.parametrize(
    ("operator", "key", "wanted", "given", "allowed"),
    [
        # fractions of a second: https://www.w3.org/TR/NOTE-datetime
        (
            "DateLessThan",
            "aws:CurrentTime",
            "2026-01-01T00:00:00.5Z",
            "2026-01-01T00:00:00.7Z",
            False,
        ),
        (
            "DateLessThan",
            "aws:CurrentTime",
            "2026-01-01T00:00:00.5Z",
            "2026-01-01T00:00:00.3Z",
            True,
        ),
        (
            "DateGreaterThan",
            "aws:CurrentTime",
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:00:00.3Z",
            True,
        ),
        (
            "DateEquals",
            "aws:CurrentTime",
            "2026-01-01T00:00:00.50Z",
            "2026-01-01T00:00:00.5Z",
            True,
        ),
        # six parts, the first of them "arn":
        # reference_policies_elements_condition_operators.html#Conditions_ARN
        ("ArnLike", "aws:SourceArn", "arn:aws:s3:::octo-*", "arn:aws:s3:::octo-a", True),
        ("ArnLike", "aws:SourceArn", "*:aws:s3:::octo-*", "arn:aws:s3:::octo-a", True),
        ("ArnLike", "aws:SourceArn", "*:aws:s3:::octo-*", "urn:aws:s3:::octo-a", False),
        ("ArnLike", "aws:SourceArn", "arn:aws:s3:::*", "arn:aws:s3", False),
        ("ArnLike", "aws:SourceArn", "arn:*:*:*:*:*", "arn:aws:s3", False),
        ("ArnNotLike", "aws:SourceArn", "arn:*:*:*:*:*", "arn:aws:s3", True),
        # a truth value is true or false: #Conditions_Boolean
        ("Bool", "aws:MultiFactorAuthPresent", "true", "TRUE", True),
        ("Bool", "aws:MultiFactorAuthPresent", "yes", "yes", False),
        # several values need a set operator, also of a key that AWS does not know:
        # ...single-vs-multi-valued-context-keys.html
        ("StringEquals", "octo:groups", "a", ("a", "b"), False),
        ("ForAnyValue:StringEquals", "octo:groups", "a", ("a", "b"), True),
        ("ForAllValues:StringEquals", "octo:groups", "a", ("a", "b"), False),
        ("ForAllValues:StringEquals", "octo:groups", "a", (), True),
        ("ForAnyValue:StringEquals", "octo:groups", "a", (), False),
    ],
)
def test_one_value_against_another(
    operator: str, key: str, wanted: str, given: Any, allowed: bool
) -> None:
    """The pages beside the rows are below https://docs.aws.amazon.com/IAM/latest/UserGuide/."""
    assert decided({operator: {key: wanted}}, {key: given}).outcome == (
        "allowed" if allowed else "not allowed"
    )


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
    """The session's ARN does not tell it:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
    """
    assert decided({"ArnLike": {"aws:PrincipalArn": wanted}}, {}, SESSION).outcome == outcome


@pytest.mark.parametrize("caller", [OPS, OPS.replace(":user/", ":role/")])
def test_who_is_named_by_a_whole_arn_has_that_path_and_no_other(caller: str) -> None:
    """Only a session's own ARN leaves out a path:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
    """
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
def test_what_is_said_of_a_caller_agrees_with_its_arn(
    caller: str, key: str, value: str, fits: bool
) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"""
    if fits:
        assert tw.Request("sts:AssumeRole", caller, context={key: value}).keys[key.lower()] == value
    else:
        with pytest.raises(ValueError, match="cannot be"):
            tw.Request("sts:AssumeRole", caller, context={key: value})


@pytest.mark.parametrize(
    ("action", "key"),
    [("sts:TagSession", "sts:SourceIdentity"), ("sts:SetSourceIdentity", "aws:RequestTag/team")],
)
def test_half_of_a_call_asks_for_that_half_alone(action: str, key: str) -> None:
    """Whatever else is not known:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
    """
    half = tw.Request(action, OPS, unknown=frozenset({key}), caller_permission="yes")
    assert tw.evaluate(policy(principal=OPS, action=action), half).outcome == "allowed"
    whole = tw.Request("sts:AssumeRole", OPS, unknown=frozenset({key}), caller_permission="yes")
    assert tw.evaluate(policy(principal=OPS), whole).outcome == "depends"


@pytest.mark.parametrize("key", ["aws:PrincipalArn", "aws:PrincipalType", "aws:username"])
def test_of_somebody_of_an_account_it_is_not_known_who(key: str) -> None:
    """The account is:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    root = "arn:aws:iam::111122223333:root"
    assert decided({"StringEquals": {key: "x"}}, {}, root).outcome == "depends"
    assert (
        decided({"StringEquals": {"aws:PrincipalAccount": "111122223333"}}, {}, root).outcome
        == "allowed"
    )
    assert (
        decided({"StringEquals": {"aws:PrincipalAccount": "444455556666"}}, {}, root).outcome
        == "not allowed"
    )


@pytest.mark.parametrize("caller", [OPS, "lambda.amazonaws.com"])
def test_a_canonical_user_is_nobody_who_assumes_a_role(caller: str) -> None:
    """It is for buckets alone:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    canonical = {
        "CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"
    }
    decision = tw.evaluate(policy(principal=canonical), tw.Request("sts:AssumeRole", caller))
    assert decision.outcome == "not allowed"
    assert [miss.code for miss in decision.misses] == [Reason.PRINCIPAL_DIFFERS]


# -- what a decision takes to be so ----------------------------------------------------------------


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
def test_the_case_of_a_tag_is_named_where_it_is_another(
    asked: str, given: str, named: bool
) -> None:
    """Of the names of other keys AWS says that case does not count."""
    decision = decided({"StringEquals": {asked: "red"}}, {given: "red"})
    assert decision.outcome == "allowed" and ("tag_key_case" in decision.assumptions) is named


@pytest.mark.parametrize(("default", "named"), [("a*", True), ("a?", True), ("ab", False)])
def test_an_asterisk_in_a_variables_default_is_named_too(default: str, named: bool) -> None:
    """AWS does not say whether it is a wildcard there."""
    value = f"${{aws:PrincipalTag/prefix, '{default}'}}"
    decision = decided(
        {"StringLike": {"sts:RoleSessionName": value}}, {"sts:RoleSessionName": default}
    )
    assert (
        decision.outcome == "allowed"
        and ("star_in_variable_value" in decision.assumptions) is named
    )
