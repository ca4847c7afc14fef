"""An AWS principal that is neither a 12-digit account nor a whole ARN.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

import pytest

from support.asking import HOME, found, grant, only, places, policy, several
from trust_widgets.findings import Severity, Verdict

NAME = "malformed_account"


@pytest.mark.parametrize(
    ("value", "tidy"),
    [
        ("1111-2222-3333", "111122223333"),
        ("1111 2222 3333", "111122223333"),
        (" 111122223333\t", "111122223333"),
        ("arn:aws:iam::1111-2222-3333:role/team/app", "arn:aws:iam::111122223333:role/team/app"),
        (" arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:root"),
    ],
)
def test_spaces_and_dashes_are_taken_out(value: str, tidy: str) -> None:
    """The console shows accounts with dashes; the fix leaves the digits and the rest of the ARN."""
    text = policy({"AWS": value})
    finding = only(NAME, text, HOME)
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert finding.path == ("Statement", 0, "Principal", "AWS", 0)
    assert finding.fix is not None
    assert finding.fix.apply(text) == policy({"AWS": tidy})


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("<ACCOUNT_ID>", "placeholder"),
        ("ACCOUNT_ID", "placeholder"),
        ("${account}", "placeholder"),
        ("arn:aws:iam::${AWS::AccountId}:root", "placeholder"),
        ("arn:aws:iam::YOUR-ACCOUNT:role/app", "placeholder"),
        ("11112222333", "11 digits"),
        ("1111222233334", "13 digits"),
        ("1111-2222-333", "11 digits"),
        ("arn:aws:iam::1111222233334:role/app", "13 digits"),
        ("arn:aws:iam:111122223333:role/app", "neither"),
        ("arn:aws:iam::111122223333:role/", "neither"),
        ("arn:aws:iam::111122223333:Root", "neither"),
        ("arn:aws:s3:::octo-bucket", "neither"),
        ("", "no principal"),
        ("  ", "no principal"),
    ],
)
def test_what_is_wrong_is_said(value: str, says: str) -> None:
    """Placeholders, wrong numbers of digits, parts missing: told as what they are, and left to the
    author.
    """
    finding = only(NAME, policy({"AWS": value}))
    assert says in finding.message
    assert finding.fix is None


def test_each_value_has_its_place_also_in_a_deny() -> None:
    """In a list, beside services, in the second statement and in a Deny."""
    text = several(
        grant({"AWS": ["111122223333", "11112222333"], "Service": "ec2.amazonaws.com"}),
        grant({"AWS": "ACCOUNT_ID"}, Effect="Deny"),
    )
    assert places(NAME, text) == [
        ("Statement", 0, "Principal", "AWS", 1),
        ("Statement", 1, "Principal", "AWS", 0),
    ]


@pytest.mark.parametrize(
    "value",
    [
        "111122223333",
        "001122223333",
        "arn:aws:iam::111122223333:role/team/app",
        "arn:aws:iam::111122223333:user/your.account_id@octo.example",
        "arn:aws-us-gov:iam::111122223333:root",
        "arn:aws:sts::111122223333:assumed-role/app/session-1",
        "arn:aws:sts::111122223333:federated-user/octo",
        "*",
    ],
)
def test_good_principals(value: str) -> None:
    """Accounts, leading zeros too, users, roles and sessions in any partition, names with unusual
    characters.
    """
    assert found(NAME, policy({"AWS": value})) == []
