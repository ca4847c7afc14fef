"""A vendor's account with an external ID.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
"""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.aws.accounts import vendors
from trust_widgets.model.grant_reading import grants_from_statements
from trust_widgets.model.grants import complaints_of
from trust_widgets.policy import complaint_about

PATTERN = tw.PATTERNS["vendor"]
ID = "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"


def read(statement: dict[str, Any]) -> tw.Grant:
    """The grant that a pasted statement becomes."""
    text = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", **statement}],
        }
    )
    (grant,) = tw.TrustModel(text=text).grants
    return grant


def test_a_vendor_by_name() -> None:
    """The account is the one that is told beside the name."""
    role = PATTERN.build(
        account="111122223333", name="watch", vendor="Datadog (464622532012)", external_id=ID
    )
    assert role.trust.to_dict()["Statement"] == [
        {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::464622532012:root"},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"sts:ExternalId": ID}},
        }
    ]
    handed, _ = role.companions
    assert handed.text == f"Role ARN: arn:aws:iam::111122223333:role/watch\nExternal ID: {ID}\n"


def test_a_caller_by_name_in_another_partition() -> None:
    """Both accounts are in one partition: the role's ARN too."""
    role = PATTERN.build(
        account="111122223333",
        vendor="999988887777",
        external_id=ID,
        caller="role/x/y",
        partition="aws-us-gov",
    )
    assert role.trust.statements[0].principal == tw.Principal(
        aws=("arn:aws-us-gov:iam::999988887777:role/x/y",)
    )
    assert "arn:aws-us-gov:iam::111122223333:role/example-role" in role.companions[0].text


@pytest.mark.parametrize("vendor", vendors())
def test_every_vendor_of_the_list_is_taken_and_read_back(vendor: str) -> None:
    """By the very words of the list."""
    grant = tw.Grant("vendor", {"vendor": vendor, "external_id": ID})
    assert complaints_of(grant, "") == {}
    (pair,), _ = grants_from_statements(tw.TrustModel(grants=[grant]).policy.statements, "")
    assert pair[0].answers == grant.answers


@pytest.mark.parametrize(
    "vendor", ["LaunchDarkly", "launchdarkly", "LAUNCHDARKLY (554582317989)", " LaunchDarkly "]
)
def test_a_name_alone_is_the_account_it_has(vendor: str) -> None:
    """In any case of letters; the chip says so too.

    The list has 554582317989 for it, and no other.
    """
    role = PATTERN.build(vendor=vendor, external_id=ID)
    assert role.trust.statements[0].principal == tw.Principal(
        aws=("arn:aws:iam::554582317989:root",)
    )
    assert PATTERN.label({"vendor": vendor}) == "Vendor · LaunchDarkly"


def test_which_of_several_accounts_is_not_guessed() -> None:
    """The list has two for Datadog: who is to get in is the reader's to say."""
    complaint = PATTERN.complaints_about({"vendor": "datadog", "external_id": ID})["vendor"]
    assert "464622532012" in complaint and "865078226113" in complaint


def test_a_near_miss_is_asked_about() -> None:
    """Nothing is asked where no name is near."""
    complaint = PATTERN.complaints_about({"vendor": "LaunchDarkley", "external_id": ID})["vendor"]
    assert complaint.endswith("Did you mean LaunchDarkly (554582317989)?")
    assert "mean" not in PATTERN.complaints_about({"vendor": "qqqq", "external_id": ID})["vendor"]


@pytest.mark.parametrize(
    "vendor",
    ["Datadog (111122223333)", "AWS (ELB logs)", "AWS (ELB logs) (127311923021)", "12345", ""],
)
def test_a_name_that_is_not_the_accounts_own_is_refused(vendor: str) -> None:
    """A known name must never stand before somebody else's account."""
    with pytest.raises(ValueError, match=r"vendor: .*999988887777"):
        PATTERN.build(vendor=vendor, external_id=ID)


def test_without_an_external_id_there_is_no_policy() -> None:
    """It is what the form is for."""
    model = tw.TrustModel(grants=[tw.Grant("vendor", {"vendor": "999988887777"})])
    assert model.policy.statements == () and [it.question for it in model.complaints] == [
        "external_id"
    ]


def test_a_pasted_statement_is_read_with_the_vendors_name() -> None:
    """Whether it names the account by its id or by its root ARN."""
    condition = {"StringEquals": {"sts:ExternalId": ID}}
    for principal in ("464622532012", "arn:aws:iam::464622532012:root"):
        grant = read({"Principal": {"AWS": principal}, "Condition": condition})
        assert (grant.pattern, grant.answers["vendor"]) == ("vendor", "Datadog (464622532012)")
    named = read(
        {"Principal": {"AWS": "arn:aws:iam::999988887777:role/collector"}, "Condition": condition}
    )
    assert (named.pattern, named.answers["caller"], named.guards) == (
        "vendor",
        "role/collector",
        (),
    )


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"sts:ExternalId": ["one", "two"]}},
        {"StringLike": {"sts:ExternalId": "one*"}},
        {"StringNotEquals": {"sts:ExternalId": "one"}},
    ],
)
def test_what_is_not_one_external_id_stays_a_guard(condition: dict[str, Any]) -> None:
    """Nothing of it is lost."""
    grant = read({"Principal": {"AWS": "999988887777"}, "Condition": condition})
    assert (grant.pattern, [guard.key for guard in grant.guards]) == (
        "another_account",
        ["sts:ExternalId"],
    )


def test_a_new_external_id_is_one_that_aws_takes_and_is_new() -> None:
    """2 to 1,224 letters, digits and some signs.

    https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
    """
    made = {tw.new_external_id() for _ in range(100)}
    assert len(made) == 100
    assert {complaint_about(tw.Guard("sts:ExternalId", "StringEquals", one)) for one in made} == {
        ""
    }


@pytest.mark.parametrize(
    ("answers", "label"),
    [
        ({"vendor": "Datadog (464622532012)"}, "Vendor · Datadog"),
        ({"vendor": "464622532012"}, "Vendor · Datadog"),
        ({"vendor": "999988887777"}, "Vendor · 999988887777"),
        ({"vendor": "Data"}, "Vendor"),
    ],
)
def test_the_chip_says_who(answers: dict[str, str], label: str) -> None:
    """The name goes by the account, whatever was typed before it."""
    assert PATTERN.label(answers) == label
