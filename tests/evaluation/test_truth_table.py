"""A condition's table, row by row as AWS's page on conditions with several values says."""

from __future__ import annotations

import pytest

from trust_widgets.aws import operators
from trust_widgets.evaluation import TruthTable
from trust_widgets.evaluation.truth_table import truth_table
from trust_widgets.policy import Condition

T, F, U = True, False, None


def column(table: TruthTable | None, operator: str) -> dict[str, bool | None]:
    """What one variant says in each case."""
    assert table is not None
    at = table.operators.index(operator)
    return {row.name: row.cells[at].truth for row in table.rows}


def test_a_key_with_one_value() -> None:
    """The organization: a missing key fails the plain form and passes IfExists and ForAllValues."""
    table = truth_table(Condition("StringEquals", "aws:PrincipalOrgID", ("o-a1b2c3d4e5",)))
    assert {name: column(table, name)["absent"] for name in table.operators if table} == {
        "StringEquals": F,
        "StringEqualsIfExists": T,
        "ForAnyValue:StringEquals": F,
        "ForAnyValue:StringEqualsIfExists": T,
        "ForAllValues:StringEquals": T,
        "ForAllValues:StringEqualsIfExists": T,
    }
    assert (column(table, "StringEquals")["fits"], column(table, "StringEquals")["differs"]) == (
        T,
        F,
    )


def test_a_key_with_several_values() -> None:
    """One unit of an organization: some is enough for ForAnyValue, ForAllValues wants each; AWS
    says nothing of neither.
    """
    table = truth_table(
        Condition("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", ("o-a1b2c3d4e5/r-ab12/*",))
    )
    rows = ("all_fit", "some_fit", "none_fit", "empty")
    assert [column(table, "ForAnyValue:StringLike")[row] for row in rows] == [T, T, F, F]
    assert [column(table, "ForAllValues:StringLike")[row] for row in rows] == [T, F, F, T]
    assert [column(table, "StringLike")[row] for row in rows] == [U, U, U, U]
    assert table is not None and table.operators[0] == "ForAnyValue:StringLike" and table.many


def test_a_negated_operator_is_true_of_a_missing_key() -> None:
    """MFA by its absence, the classic: Null says so too."""
    table = truth_table(Condition("StringNotEquals", "aws:username", ("ops",)))
    plain = column(table, "StringNotEquals")
    assert (plain["absent"], plain["fits"], plain["differs"]) == (T, F, T)
    null = column(truth_table(Condition("Null", "aws:MultiFactorAuthAge", ("true",))), "Null")
    assert null == {"absent": T, "fits": F}


def test_the_rows_of_a_table() -> None:
    """In the order in which a reader asks, each with what the call would have; Null has no
    variants.
    """
    table = truth_table(Condition("StringEquals", "aws:PrincipalOrgID", ("o-a1b2c3d4e5",)))
    assert table is not None
    examples = {row.name: row.example for row in table.rows}
    assert list(examples) == [
        "absent",
        "fits",
        "differs",
        "all_fit",
        "some_fit",
        "none_fit",
        "empty",
    ]
    assert (examples["absent"], examples["fits"], examples["empty"]) == (None, "o-a1b2c3d4e5", ())
    assert examples["differs"] != "o-a1b2c3d4e5"
    for name in ("all_fit", "some_fit", "none_fit"):
        assert len(examples[name] or ()) == 2
    assert {row.title for row in table.rows} >= {"The key is absent", "An empty list"}
    null = truth_table(Condition("Null", "aws:MultiFactorAuthAge", ("true",)))
    assert null is not None and null.operators == ("Null",)


@pytest.mark.parametrize(
    ("operator", "value", "fits"),
    [
        ("StringLike", "octo-*", "octo-example"),
        ("StringLike", "octo-?", "octo-x"),
        ("IpAddress", "203.0.113.0/24", "203.0.113.0"),
        ("StringEquals", "octo-*", "octo-*"),
    ],
)
def test_what_fits_is_what_a_call_would_have(operator: str, value: str, fits: str) -> None:
    """One of those that a pattern stands for, an address of a network: no call has the pattern
    itself.
    """
    table = truth_table(Condition(operator, "aws:SourceIp", (value,)))
    assert table is not None
    assert next(row.example for row in table.rows if row.name == "fits") == fits


@pytest.mark.parametrize(
    ("operator", "value", "near"),
    [
        ("NumericLessThan", "3600", {"3599", "3600"}),
        ("NumericGreaterThan", "3600", {"3600", "3601"}),
        ("DateLessThan", "2026-11-24T00:00:00Z", {"2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z"}),
        (
            "DateGreaterThan",
            "2026-11-24T00:00:00Z",
            {"2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z"},
        ),
    ],
)
def test_numbers_and_dates_are_told_at_the_limit(operator: str, value: str, near: set[str]) -> None:
    """The limit itself does not pass, its neighbour does: one less or more, a day before or
    after.
    """
    table = truth_table(Condition(operator, "aws:CurrentTime", (value,)))
    assert table is not None
    assert {row.example for row in table.rows if row.name in ("fits", "differs")} == near


@pytest.mark.parametrize(
    ("operator", "key", "value"),
    [
        ("NumericLessThan", "aws:MultiFactorAuthAge", "3600"),
        ("DateGreaterThan", "aws:CurrentTime", "2026-11-24T00:00:00Z"),
        ("IpAddress", "aws:SourceIp", "203.0.113.0/24"),
        ("ArnLike", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/app-*"),
        ("Bool", "aws:MultiFactorAuthPresent", "true"),
        ("StringEqualsIgnoreCase", "aws:PrincipalTag/team", "Red"),
    ],
)
def test_every_family_finds_a_value_that_fits_and_one_that_does_not(
    operator: str, key: str, value: str
) -> None:
    """And says so of them."""
    cells = column(truth_table(Condition(operator, key, (value,))), operator)
    assert (cells["absent"], cells["fits"], cells["differs"]) == (F, T, F)


@pytest.mark.parametrize("base", operators.BASES)
@pytest.mark.parametrize("value", ["", "*", "${aws:username}", "a" * 5000, "\n", "☃", "9" * 400])
def test_no_value_makes_it_fail(base: str, value: str) -> None:
    """Hostile and unreadable ones, under every operator."""
    assert truth_table(Condition(base, "aws:username", (value, True))) is not None


def test_an_unknown_operator_has_no_table() -> None:
    """There is nothing to say."""
    assert truth_table(Condition("StringMatches", "aws:username", ("a",))) is None
