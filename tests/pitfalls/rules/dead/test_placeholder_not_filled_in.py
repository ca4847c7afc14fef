"""A placeholder of a template in a value.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import found, only, policy
from trust_widgets.findings import Verdict

NAME = "placeholder_not_filled_in"
VENDOR = {"AWS": "arn:aws:iam::999988887777:root"}


@pytest.mark.parametrize(
    "value", ["${var.external_id}", "octo-${EXTERNAL_ID}", "${data.octo.ids[0]}"]
)
def test_it_is_named(value: str) -> None:
    """AWS's variables name a key, with a colon."""
    finding = only(NAME, policy(VENDOR, condition={"StringEquals": {"sts:ExternalId": value}}))
    assert (finding.verdict, finding.path[-2:]) == (Verdict.DEAD, ("sts:ExternalId", 0))
    assert value.removeprefix("octo-") in finding.message


@pytest.mark.parametrize(
    ("values", "follows"),
    [
        (["${A}", "${B}"], "As written, this statement allows no one."),
        (["${A}", "b2f6c3de-9a41"], "The other values of the list still work."),
    ],
)
def test_what_follows_for_a_list(values: list[str], follows: str) -> None:
    """Other values only go on working where they are no placeholders."""
    text = policy(VENDOR, condition={"StringEquals": {"sts:ExternalId": values}})
    told = found(NAME, text)
    assert told and all(follows in finding.message for finding in told)


def test_in_any_version() -> None:
    """Where there are no variables it is no variable either."""
    text = policy(VENDOR, condition={"StringEquals": {"sts:ExternalId": "${ID}"}}).replace(
        "2012-10-17", "2008-10-17"
    )
    only(NAME, text)


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"sts:RoleSessionName": "${aws:username}"}},
        {"StringEquals": {"aws:PrincipalTag/star": "${*}${?}${$}"}},
        {"StringNotEquals": {"sts:ExternalId": "${var.external_id}"}},
        {"StringEquals": {"sts:ExternalId": "$octo"}},
    ],
)
def test_near_cases_are_silent(condition: Any) -> None:
    """Variables, escapes, negated operators, and a dollar without braces."""
    assert found(NAME, policy(VENDOR, condition=condition)) == []


# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
@pytest.mark.parametrize(
    "word", ["REGION", "region", "Region", "AWS_REGION", "aws-region", "region-name", "my-region"]
)
def test_a_word_for_a_region_in_an_arn(word: str) -> None:
    """No Region is called so."""
    finding = only(NAME, source(f"arn:aws:scheduler:{word}:111122223333:schedule-group/default"))
    assert f'"{word}"' in finding.message


@pytest.mark.parametrize(
    "word", ["ACCOUNT", "account-id", "ACCOUNT_ID", "accountId", "aws-account-id", "account-number"]
)
def test_a_word_for_an_account_in_an_arn(word: str) -> None:
    """An account is a number."""
    finding = only(NAME, source(f"arn:aws:scheduler:eu-west-1:{word}:schedule-group/default"))
    assert f'"{word}"' in finding.message


@pytest.mark.parametrize(
    "arn",
    [
        "arn:aws:scheduler:eu-west-1:111122223333:schedule-group/region",
        "arn:aws:scheduler:*:111122223333:schedule-group/account-id",
        "arn:aws-us-gov:scheduler:us-gov-west-1:111122223333:schedule-group/default",
        "arn:aws:scheduler:us-*-1:111122223333:schedule-group/default",
    ],
)
def test_such_words_as_names_are_silent(arn: str) -> None:
    """A group may be called so."""
    assert found(NAME, source(arn)) == []


def source(arn: str) -> str:
    """A policy that requires the source of a service."""
    return policy(
        {"Service": "scheduler.amazonaws.com"}, condition={"ArnLike": {"aws:SourceArn": arn}}
    )
