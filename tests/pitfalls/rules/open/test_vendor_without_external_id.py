"""A vendor, who acts for many customers, let in without the external ID that tells them apart.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import HOME, fixed, found, only, policy, statement
from trust_widgets.aws.accounts import accounts_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.policy import Home

NAME = "vendor_without_external_id"
DATADOG = accounts_of("Datadog")[0]
ROLE = {"AWS": f"arn:aws:iam::{DATADOG}:role/collector"}
ID = {"sts:ExternalId": "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"}


def test_a_vendors_role_is_named_by_the_vendor() -> None:
    """Also a role that is named acts for all the vendor's customers."""
    finding = only(NAME, policy(ROLE))
    assert (finding.verdict, finding.severity) == (Verdict.OPEN, Severity.HIGH)
    assert finding.path == ("Statement", 0, "Principal", "AWS", 0)
    assert "Datadog" in finding.message and "sts:ExternalId" in finding.message
    assert finding.callers == (f"{ROLE['AWS']}, without your external ID",)
    assert finding.fix is None


def test_a_vendor_of_the_readers_own() -> None:
    """Whom the reader calls a vendor is one; the reader's own account is none, whoever it is known
    as.
    """
    role = {"AWS": "arn:aws:iam::999988887777:role/collector"}
    assert "Your vendor" in only(NAME, policy(role), Home(vendors=("999988887777",))).message
    assert found(NAME, policy(role)) == []
    assert found(NAME, policy(ROLE), Home(accounts=(DATADOG,))) == []


@pytest.mark.parametrize(
    ("condition", "path"),
    [
        ({"StringEqualsIfExists": ID}, ("Condition", "StringEqualsIfExists", "sts:ExternalId")),
        ({"StringNotEquals": ID}, ("Condition", "StringNotEquals", "sts:ExternalId")),
        (
            {"StringLike": {"sts:ExternalId": [ID["sts:ExternalId"], "*"]}},
            ("Condition", "StringLike", "sts:ExternalId", 1),
        ),
        ({"Null": {"sts:ExternalId": "false"}}, ("Principal", "AWS", 0)),
        ({"Bool": {"aws:SecureTransport": "true"}}, ("Principal", "AWS", 0)),
    ],
)
def test_an_id_that_is_not_asked_for(condition: Any, path: tuple[str | int, ...]) -> None:
    """What is true without it, any value, and other keys; told at what is at fault."""
    assert only(NAME, policy(ROLE, condition=condition)).path == ("Statement", 0, *path)


def test_the_fixes_keep_the_id() -> None:
    """The operator without IfExists; the good value without the bad one."""
    text = policy(ROLE, condition={"StringEqualsIfExists": ID})
    assert statement(fixed(only(NAME, text), text))["Condition"] == {"StringEquals": ID}
    text = policy(ROLE, condition={"StringLike": {"sts:ExternalId": [ID["sts:ExternalId"], "*"]}})
    only_good = {"StringLike": {"sts:ExternalId": [ID["sts:ExternalId"]]}}
    assert statement(fixed(only(NAME, text), text))["Condition"] == only_good


def test_the_whole_account_narrowed_by_something_else() -> None:
    """One of its roles, of the whole account: that role still acts for everybody."""
    condition = {"ArnEquals": {"aws:PrincipalArn": ROLE["AWS"]}}
    assert (
        only(NAME, policy({"AWS": DATADOG}, condition=condition)).callers[0].startswith(ROLE["AWS"])
    )


@pytest.mark.parametrize("home", [None, HOME])
@pytest.mark.parametrize(
    "text",
    [
        policy(ROLE, condition={"StringEquals": ID}),
        policy(ROLE, condition={"StringEquals": {"STS:EXTERNALID": "b2f6c3de-9a41-4b55"}}),
        policy({"AWS": DATADOG}, condition={"StringEquals": ID}),
        policy(ROLE, "sts:TagSession"),
        policy(ROLE, Effect="Deny"),
        policy(
            {"AWS": "arn:aws:iam::127311923021:root"},
            condition={"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::127311923021:role/a"}},
        ),
    ],
)
def test_near_cases_are_silent(text: str, home: Home | None) -> None:
    """The id in any case, tags alone, a Deny, and AWS's own accounts, which ask for no id."""
    assert found(NAME, text, home) == []
