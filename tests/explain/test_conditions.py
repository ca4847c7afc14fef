"""Conditions in words: phrases, labels and AWS's own spelling, from one table."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import trust_widgets
from trust_widgets import Condition, Statement
from trust_widgets.aws import operators
from trust_widgets.explain import exact_words, label_of_condition, label_of_value, limits_of
from trust_widgets.explain.condition_labels import required_presence
from trust_widgets.explain.conditions import plain_words

PACKAGE = Path(trust_widgets.__file__).parent
KEY = "aws:TokenIssueTime"
MFA = "aws:MultiFactorAuthPresent"


@pytest.mark.parametrize("base", [base for base in operators.BASES if base != "Null"])
def test_every_operator_has_its_words(base: str) -> None:
    """A negated one has a "not" in both renderings, or "≠"; the others have neither."""
    phrase = plain_words(Condition(base, KEY, ("60",)))
    label = label_of_condition(Condition(base, KEY, ("60",)))

    assert phrase.startswith(f"{KEY} ") and "60" in phrase
    assert label.startswith(f"{KEY} ") and "60" in label
    for text in (phrase.removeprefix(KEY), label.removeprefix(KEY)):
        says_not = "≠" in text or (
            " not " in text and " not after" not in text and " not before" not in text
        )
        assert says_not == ("Not" in base)


@pytest.mark.parametrize(
    ("operator", "phrase", "label"),
    [
        ("DateLessThanEquals", f"{KEY} is not after 60", f"{KEY} ≤ 60"),
        ("NumericGreaterThanEquals", f"{KEY} is at least 60", f"{KEY} ≥ 60"),
        (
            "DateGreaterThanIfExists",
            f"{KEY} is after 60 (or absent)",
            f"{KEY} > 60 (if present)",
        ),
        ("ForAnyValue:StringLike", f"a value of {KEY} is like 60", f"one of {KEY} like 60"),
        (
            "ForAllValues:StringEquals",
            f"each value of {KEY} (if any) is 60",
            f"each of {KEY} = 60",
        ),
        ("Matches", f"{KEY} Matches 60", f"{KEY} Matches 60"),
    ],
)
def test_a_phrase_and_a_label_mean_the_same(operator: str, phrase: str, label: str) -> None:
    """Set operators and IfExists are part of both; an operator that AWS does not have is written as
    it is.
    """
    condition = Condition(operator, KEY, ("60",))
    assert (plain_words(condition), label_of_condition(condition)) == (phrase, label)


@pytest.mark.parametrize(
    ("values", "word", "row"),
    [
        (("true",), "absent", "absent"),
        (("True",), "absent", "absent"),
        ((True,), "absent", "absent"),
        (("false",), "present", "present"),
        ((False,), "present", "present"),
    ],
)
def test_null_is_read_once(values: tuple[str | bool, ...], word: str, row: str) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    #Conditions_Null: true is for a key that is absent; the sentence, the label and the row agree.
    """
    condition = Condition("Null", KEY, values)
    assert limits_of(Statement(conditions=(condition,))) == ("", f"if {KEY} is {word}")
    assert label_of_condition(condition) == f"{KEY} is {word}"
    assert required_presence(condition.values) == row


def test_exact_words_are_those_of_the_policy() -> None:
    """A list in words, or the values with what a form puts between them."""
    condition = Condition("StringLike", "aws:PrincipalArn", ("a*", "b"))
    assert exact_words(condition) == "StringLike aws:PrincipalArn: a* or b"
    assert exact_words(condition, between=", ") == "StringLike aws:PrincipalArn: a*, b"
    assert (
        exact_words(Condition("StringLike", "aws:PrincipalArn", ()))
        == "StringLike aws:PrincipalArn: (no value)"
    )


def test_what_a_pattern_writes_by_itself_has_a_label_for_each_value() -> None:
    """With the last part of the key, and the sign of the operator."""
    key = "token.actions.githubusercontent.com:sub"
    for operator, sign in (
        ("StringEquals", "="),
        ("StringLike", "like"),
        ("ForAnyValue:StringLike", "like"),
    ):
        assert label_of_value(Condition(operator, key, ("x",)), "x") == f"sub {sign} x"


def operator_tables(source: str) -> int:
    """How many dictionaries of a module have the spellings of operators as keys: a table of its own
    for them.
    """
    tables = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Dict))
    keys = ([key.value for key in table.keys if isinstance(key, ast.Constant)] for table in tables)
    return sum(len(set(map(str, names)) & set(operators.BASES)) > 3 for names in keys)


def test_operators_have_one_table() -> None:
    """With their words, in `aws/operator_table.py`; no other module has its own."""
    found = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if operator_tables(path.read_text(encoding="utf-8"))
    }
    assert found == set()
    assert all(row.phrase and row.sign for row in operators.TABLE if row.name != "Null")


def test_a_second_table_is_caught() -> None:
    """As it was in a view before."""
    assert (
        operator_tables(
            'X = {"StringLike": "like", "ArnLike": "like", "Bool": "=", "IpAddress": "in"}'
        )
        == 1
    )
    assert operator_tables('X = {"Bool": "=", "other": 1}') == 0
