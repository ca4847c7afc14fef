"""Users of the role's own account, with MFA.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
"""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw

OWN, OTHER = "111122223333", "444455556666"
PATTERN = tw.PATTERNS["own_account_mfa"]


def policy(account: str, condition: dict[str, Any], name: str = "root") -> str:
    """A policy as people write it by hand."""
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{account}:{name}"},
        "Action": "sts:AssumeRole",
        "Condition": condition,
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def test_the_whole_account() -> None:
    """Bool, never BoolIfExists: a call with an access key alone has no such key, and must stay
    out.
    """
    (statement,) = PATTERN.build(account=OWN).trust.to_dict()["Statement"]
    assert statement == {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
        "Action": "sts:AssumeRole",
        "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
    }


def test_named_users_with_a_fresh_code_in_china() -> None:
    """The age is in seconds and compared as a number."""
    role = PATTERN.build(
        account=OWN,
        scope="named",
        users=("user/a", "user/ops/b"),
        max_age=" 900 ",
        partition="aws-cn",
    )
    (statement,) = role.trust.to_dict()["Statement"]
    assert statement["Principal"]["AWS"] == [
        f"arn:aws-cn:iam::{OWN}:user/a",
        f"arn:aws-cn:iam::{OWN}:user/ops/b",
    ]
    assert statement["Condition"]["NumericLessThan"] == {"aws:MultiFactorAuthAge": "900"}
    assert f"--serial-number arn:aws-cn:iam::{OWN}:mfa/DEVICE_NAME" in role.companions[0].text


@pytest.mark.parametrize(
    "answers",
    [
        {
            "scope": "named",
            "users": ("role/ops",),
        },  # its sessions never carry MFA: it could never get in
        {"scope": "named", "users": ()},
        {"max_age": "0"},
        {"max_age": "an hour"},
    ],
)
def test_what_nobody_could_pass_is_refused(answers: dict[str, Any]) -> None:
    """Told at the question, before there is a policy."""
    with pytest.raises(ValueError, match=r"user/operator|3600"):
        PATTERN.build(account=OWN, **answers)


def test_the_account_is_needed() -> None:
    """It is the role's own."""
    with pytest.raises(ValueError, match="account: Required"):
        PATTERN.build()


def test_only_the_known_account_is_read_as_ones_own() -> None:
    """The same words about an account that is not the role's, or while that is not known, mean
    another account.
    """
    text = policy(
        OWN,
        {
            "Bool": {"aws:MultiFactorAuthPresent": True},
            "NumericLessThan": {"aws:MultiFactorAuthAge": 60},
        },
    )
    for account, pattern in (
        (OWN, "own_account_mfa"),
        (OTHER, "another_account"),
        ("", "another_account"),
    ):
        model = tw.TrustModel(account=account, text=text)
        assert ([grant.pattern for grant in model.grants], model.account) == ([pattern], account)
    assert [guard.key for guard in model.grants[0].guards] == [
        "aws:MultiFactorAuthPresent",
        "aws:MultiFactorAuthAge",
    ]


def test_typing_another_account_into_the_text_is_followed() -> None:
    """The role did not move: the text now lets another account in."""
    model = tw.TrustModel(account=OWN, grants=[tw.Grant("own_account_mfa")])
    model.text = model.text.replace(OWN, OTHER)
    assert (model.grants[0].pattern, model.account) == ("another_account", OWN)
    model.undo()
    assert (model.grants[0].pattern, model.account) == ("own_account_mfa", OWN)


@pytest.mark.parametrize(
    "condition",
    [
        {"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}},
        {"Bool": {"aws:MultiFactorAuthPresent": "false"}},
        {"Null": {"aws:MultiFactorAuthPresent": "false"}},
    ],
)
def test_what_asks_for_no_mfa_is_not_read_as_mfa(condition: dict[str, Any]) -> None:
    """Each of these lets somebody in who has not used MFA, or says so with another operator."""
    assert (
        tw.TrustModel(account=OWN, text=policy(OWN, condition)).grants[0].pattern
        == "another_account"
    )


def test_what_each_user_needs() -> None:
    """Trust in an account leaves it to the account's own permissions; trust in a user is enough for
    the user. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
    """
    whole = PATTERN.build(account=OWN, name="ops")
    assert [it.kind for it in whole.companions] == ["permission_policy", "try_it", "revoke"]
    (allow,) = json.loads(whole.companions[0].text)["Statement"]
    assert allow == {
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Resource": f"arn:aws:iam::{OWN}:role/ops",
    }
    named = PATTERN.build(account=OWN, scope="named", users=("user/a",))
    assert [it.kind for it in named.companions] == ["try_it", "revoke"]
