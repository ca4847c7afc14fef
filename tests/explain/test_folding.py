"""Sentences about policies with long lists: short, true, and whole where one asks.

No other test makes policies of this size, so the numbers in the sentences are counted here from
what the policies were made of.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.access import SAYS, summary_of
from trust_widgets.aws.operator_table import TABLE
from trust_widgets.explain import TWO_LINES, Fold, callers_in_words, deny_words, limits_of, who_of
from trust_widgets.explain.folding import alternatives, is_counted
from trust_widgets.model import TrustModel

GITHUB = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
SUB = "token.actions.githubusercontent.com:sub"
AUD = {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}
ACCOUNTS = [f"{444455550000 + number}" for number in range(80)]
ROLES = [f"arn:aws:iam::{account}:role/team/deployer" for account in ACCOUNTS]
SUBJECTS = [f"repo:octo-org/app-{number}:ref:refs/heads/main" for number in range(30)]
SERVICES = [
    f"{name}.amazonaws.com"
    for name in (
        *("ec2", "lambda", "ecs-tasks", "glue", "states", "events"),
        *("batch", "sagemaker", "firehose", "kinesis", "codebuild", "codepipeline"),
    )
]
PATHS = [f"o-a1b2c3d4e5/r-ab12/ou-ab12-1111111{number}/*" for number in range(7)]
BLOCKS = [f"198.51.{number}.0/24" for number in range(40)]


def statement(principal: Any, condition: Any = None, action: str = "sts:AssumeRole") -> Any:
    """A statement as JSON."""
    every = {"Effect": "Allow", "Principal": principal, "Action": action}
    return {**every, "Condition": condition} if condition else every


def policy(*statements: Any) -> tw.TrustPolicy:
    """A policy of these statements."""
    return tw.parse({"Version": "2012-10-17", "Statement": list(statements)})


def web(subjects: list[str], operator: str = "StringEquals") -> Any:
    """A statement for jobs of GitHub Actions."""
    condition = {"StringEquals": AUD}
    condition[operator] = {**condition.get(operator, {}), SUB: subjects}
    return statement({"Federated": GITHUB}, condition, "sts:AssumeRoleWithWebIdentity")


def wholes(numbers: range) -> list[str]:
    """Accounts as principals."""
    return [f"arn:aws:iam::{ACCOUNTS[number]}:root" for number in numbers]


LARGE = {
    "80 roles": policy(statement({"AWS": ROLES})),
    "30 subjects": policy(web(SUBJECTS)),
    "30 patterns": policy(web([f"{each[:-4]}*" for each in SUBJECTS], "StringLike")),
    "12 services": policy(statement({"Service": SERVICES})),
    "9 accounts": policy(statement({"AWS": wholes(range(9))})),
    "7 paths": policy(
        statement({"AWS": "*"}, {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": PATHS}})
    ),
    "40 blocks": policy(statement({"AWS": ROLES[0]}, {"IpAddress": {"aws:SourceIp": BLOCKS}})),
    "all": policy(
        statement(
            {"AWS": [*ROLES, *wholes(range(9))]},
            {
                "ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": PATHS},
                "IpAddress": {"aws:SourceIp": BLOCKS},
                "StringEquals": {"sts:ExternalId": [f"customer-{n}" for n in range(25)]},
            },
        ),
        web(SUBJECTS),
        statement({"Service": SERVICES}),
    ),
    "12 statements": policy(*(statement({"AWS": each}) for each in ROLES[:12])),
}


@pytest.mark.parametrize("name", LARGE)
def test_no_sentence_is_longer_than_two_lines(name: str) -> None:
    """The summary, and the sentence of each class; what they fold can be read whole."""
    model = TrustModel(str(LARGE[name]))
    assert model.callers
    assert len(model.summary.removeprefix(SAYS)) <= TWO_LINES
    whole = summary_of(model.callers, whole=True)
    assert len(whole) > len(model.summary)
    for each in model.callers:
        assert len(each.brief) <= TWO_LINES
        text = each.forms[0].text
        assert each.sentence.startswith(text[0].upper() + text[1:])
        assert text in whole or text[0].upper() + text[1:] in whole


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("80 roles", "80 roles in 80 accounts can assume this role."),
        (
            "30 subjects",
            "Holders of a token of GitHub Actions with one of 30 subjects can assume this role.",
        ),
        (
            "30 patterns",
            "Holders of a token of GitHub Actions with one of 30 subject patterns can assume this "
            "role.",
        ),
        ("12 services", "12 AWS services can assume this role."),
        ("9 accounts", "Any principal that one of 9 accounts allows can assume this role."),
        (
            "7 paths",
            "Any principal in the organizational unit "
            f"{PATHS[0]}, {PATHS[1]} or 5 others can assume this role.",
        ),
        (
            "40 blocks",
            "The role deployer of account 444455550000 can assume this role from the IP address "
            "198.51.0.0/24, 198.51.1.0/24 or 38 others.",
        ),
    ],
)
def test_a_long_list_is_counted(name: str, words: str) -> None:
    """Each number is that of the policy."""
    model = TrustModel(str(LARGE[name]))
    assert model.summary.removeprefix(SAYS) == words  # 80 roles are too long for IAM
    assert [each.said for each in model.callers] == [words]


def test_of_many_statements_the_others_are_counted() -> None:
    """As many are named as fit on two lines."""
    role = "the role deployer of account 44445555000{}"
    assert TrustModel(str(LARGE["12 statements"])).summary == (
        f"{role.format(0).capitalize()} can assume this role, and so can {role.format(1)}, "
        f"{role.format(2)} and the callers of 9 other statements."
    )


def test_the_whole_sentence_has_each_value() -> None:
    """It is what `sentence` has always been, and what the view shows when one asks for all."""
    model = TrustModel(str(LARGE["all"]))
    whole = summary_of(model.callers, whole=True)
    titles = {"services": 12, "accounts": 80 + 9}
    numbers = re.findall(r"account (\d{12})", whole)
    assert len(numbers) == titles["accounts"]
    for value in (*PATHS, *BLOCKS):
        assert value in whole
    for number in range(30):
        assert f"octo-org/app-{number}" in whole


@pytest.mark.parametrize("name", LARGE)
def test_what_is_decided_does_not_depend_on_the_words(name: str) -> None:
    """External access, the request and the statement are those of the whole sentence."""
    found = tw.who_gets_in(LARGE[name])
    assert [each.path[1] for each in sorted(found, key=lambda each: each.path)] == list(
        range(len(LARGE[name].statements))
    )
    assert all(each.witness is not None for each in found)


@pytest.mark.parametrize("operator", [row.name for row in TABLE if not row.is_null])
@pytest.mark.parametrize("number", [1, 5, 6, 25])
def test_values_of_each_operator(operator: str, number: int) -> None:
    """Up to five are listed; of more, two are named, and the count of the others is right."""
    values = tuple(f"v{index}" for index in range(number))
    named = tw.Statement(conditions=(tw.Condition(operator, "aws:PrincipalTag/team", values),))
    words = limits_of(named, Fold.LONG).request
    shown = re.findall(r"\bv\d+\b", words)
    others = re.search(r"or (\d+) others?", words)
    assert len(shown) + (int(others[1]) if others else 0) == number
    assert len(shown) == (number if number <= 5 else 2)
    assert re.findall(r"\bv\d+\b", limits_of(named).request) == list(values)


def test_callers_of_several_kinds_are_counted_apart() -> None:
    """Own and other accounts, and patterns that other customers match, are never one number."""
    home = tw.Home(accounts=tuple(ACCOUNTS[:6]))
    named = tw.parse(policy(statement({"AWS": wholes(range(12))}))).statements[0]
    assert callers_in_words(who_of(named, home), Fold.LONG).text == (
        "any principal that one of your 6 accounts allows and any principal that one of 6 accounts "
        "allows"
    )
    open_ones = [f"repo:octo{number}*" for number in range(6)]
    mixed = policy(web([*SUBJECTS[:6], *open_ones], "StringLike")).statements[0]
    words = callers_in_words(who_of(mixed, tw.Home()), Fold.LONG)
    assert words.text == (
        "holders of a token of GitHub Actions with one of 6 subjects and holders of a token of "
        "GitHub Actions with one of 6 subject patterns that also match other customers"
    )
    assert words.wide == (words.text.partition(" and ")[2],)


def test_two_statements_with_the_same_count_are_two() -> None:
    """80 roles and 80 other roles are not 80 roles."""
    others = [each.replace("deployer", "reader") for each in ROLES]
    model = TrustModel(str(policy(statement({"AWS": ROLES}), statement({"AWS": others}))))
    assert model.summary == (
        f"{SAYS}80 roles in 80 accounts can assume this role, and so can 80 roles in 80 accounts "
        "(statement 2)."
    )


def test_a_deny_is_folded_too() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html"""
    deny = tw.parse(
        policy(
            {
                **statement({"AWS": ROLES}, {"NotIpAddress": {"aws:SourceIp": BLOCKS}}),
                "Effect": "Deny",
            }
        )
    ).statements[0]
    words = deny_words(1, deny)
    assert len(words) <= TWO_LINES
    assert "80 roles in 80 accounts" in words
    assert "or 38 others" in words


def test_a_notebook_shows_the_whole_list_when_asked() -> None:
    """As text that is folded away, with nothing of it left out."""
    (found,) = tw.who_gets_in(LARGE["80 roles"])
    html = found._repr_mimebundle_()["text/html"]
    assert "<details><summary>Show all</summary>" in html
    assert html.lower().count("the role deployer") == 80 + 1  # and the example
    assert str(found).startswith("80 roles in 80 accounts can assume this role.")


def test_a_list_of_five_is_whole() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"""
    (found,) = tw.who_gets_in(policy(statement({"Service": SERVICES[:5]})))
    assert found.brief == found.sentence
    assert not any(is_counted(5, fold) for fold in (Fold.WHOLE, Fold.LONG))
    assert alternatives(["a"], Fold.EVERY) == "a"
