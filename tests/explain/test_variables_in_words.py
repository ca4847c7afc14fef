"""https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html"""

from __future__ import annotations

import pytest

import trust_widgets as tw
from trust_widgets.explain.variables_in_words import phrase_for, value_in_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("${aws:ResourceAccount}", "the account of the role"),
        ("${AWS:resourceaccount}", "the account of the role"),
        ("${aws:ResourceOrgID}", "the AWS organization of the role's account"),
        ("${aws:username}", "the name of the calling IAM user"),
        ("${aws:PrincipalTag/team}", 'the tag "team" of the caller'),
        ("${aws:RequestTag/team}", 'the session tag "team" that is passed in the call'),
        (
            "${aws:PrincipalTag/team, 'none'}",
            'the tag "team" of the caller (or "none", if there is none)',
        ),
        ("${aws:PrincipalIsAWSService}", "the value of aws:PrincipalIsAWSService"),
        ("team-${aws:username}-*", "team-[the name of the calling IAM user]-*"),
        ("a${*}b", "a*b"),
        ("111122223333", "111122223333"),
    ],
)
def test_a_variable_says_what_it_stands_for(value: str, words: str) -> None:
    assert value_in_words(value) == words


def test_a_phrase_drops_its_noun_only_before_one_variable() -> None:
    account, two = ("${aws:ResourceAccount}",), ("${aws:ResourceAccount}", "111122223333")
    assert phrase_for("working for account {}", account) == "working for {}"
    assert phrase_for("in the organization {}", account) == "in {}"
    assert phrase_for("of account {}", two) == "of account {}"


KEYS = ("aws:ResourceAccount", "aws:ResourceOrgID", "aws:PrincipalTag/team", "aws:username")


@pytest.mark.parametrize("key", ["aws:PrincipalAccount", "aws:PrincipalOrgID", "sts:ExternalId"])
@pytest.mark.parametrize("name", KEYS)
@pytest.mark.parametrize("operator", ["StringEquals", "StringLike", "ForAnyValue:StringNotLike"])
def test_no_sentence_has_a_variable_in_it(operator: str, name: str, key: str) -> None:
    condition = tw.Condition(operator, key, (f"${{{name}}}",))
    statement = tw.Statement(
        principal=tw.Principal(aws="*"), action="sts:AssumeRole", conditions=(condition,)
    )
    for found in tw.who_gets_in(tw.TrustPolicy((statement,))):
        assert "${" not in found.sentence
