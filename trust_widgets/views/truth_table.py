"""Conditions as truth tables: the result without the key, with one value, with several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trust_widgets.aws import operators
from trust_widgets.evaluation import SEVERAL, Cell, Row, TruthTable, Value, truth_table
from trust_widgets.explain import label_of_condition, number_of, values_of
from trust_widgets.policy import Condition, ConditionView, Given, Path, Statement, TrustPolicy
from trust_widgets.text.html import Html, join, tag
from trust_widgets.views.base import View
from trust_widgets.views.lazy import LazyPart
from trust_widgets.views.messages import message
from trust_widgets.views.text_positions import place_of
from trust_widgets.views.words import OLD, TRUTHS

if TYPE_CHECKING:
    from trust_widgets.views.state.access import (
        ConditionChoice,
        TruthRow,
        TruthState,
        TruthTableState,
    )

WORDS = {True: "true", False: "false", None: "not documented"}
SIGNS = {True: "✓", False: "✗", None: "?"}
NONE = "This policy has no conditions."
NO_TABLE = 'AWS has no operator "{}", so there is no table for it.'


class TruthTablePart(LazyPart):
    """What `TruthTableView` shows."""

    part = "truth"
    is_costly = True

    def __init__(self, model: Given | None = None, *, condition: Condition | None = None) -> None:
        if model is not None and condition is not None:
            raise TypeError("give a model or a condition, not both")
        if condition is not None and not isinstance(condition, Condition):
            kind = type(condition).__name__
            raise TypeError(
                f"condition: a tw.Condition is needed, not {kind}: write"
                " tw.Condition('Bool', 'aws:MultiFactorAuthPresent', 'true')"
            )
        self._alone = condition
        self._chosen: Path = ()
        self._form = ""
        super().__init__(model)

    def __repr__(self) -> str:
        chosen = self._found()
        said = label_of_condition(chosen[1]) if chosen else NONE
        return f"TruthTableView({said!r}, {self.model.summary!r})"

    @property
    def table(self) -> TruthTable | None:
        """The table that is shown; None without a condition, or for an unknown operator."""
        found = self._found()
        return truth_table(found[1]) if found else None

    # -- which condition ---------------------------------------------------------------------------

    def _conditions(self) -> list[tuple[Path, Condition, Statement]]:
        if self._alone:
            return [((), self._alone, Statement("Allow"))]
        policy: TrustPolicy = self.model.policy
        return [
            (("Statement", index, *condition.path), condition, statement)
            for index, statement in enumerate(policy.statements)
            for condition in statement.conditions
        ]

    def _found(self) -> tuple[Path, Condition, Statement] | None:
        """The condition that was chosen, or the first when it is no longer there."""
        every = self._conditions()
        return next(
            (each for each in every if each[0] == self._chosen), every[0] if every else None
        )

    # -- how it is drawn ---------------------------------------------------------------------------

    def draw_seen(self) -> TruthState:
        found = self._found()
        shown = self._table_state(found[1], found[2]) if found else {**NO_ROWS, "empty": NONE}
        return {
            **shown,
            "choices": [self._choice(path, condition) for path, condition, _ in self._conditions()],
            "chosen": _id(found[0]) if found else "",
            "place": place_of(self.model, found[0]) if found else "",
            "path": list(found[0]) if found else [],
            "stale": not self.model.is_good,
        }

    def _choice(self, path: Path, condition: Condition) -> ConditionChoice:
        where = f"{number_of(path)}: " if path else ""
        return {"id": _id(path), "label": f"{where}{label_of_condition(condition)}"}

    def _table_state(self, condition: Condition, statement: Statement) -> TruthTableState:
        table = truth_table(condition)
        if table is None:
            return {**NO_ROWS, "empty": NO_TABLE.format(condition.operator)}
        form = self._form if self._form in table.operators else table.operators[0]
        allows = statement.effect != "Deny"
        return {
            "effect": "Allow" if allows else "Deny",
            "key": condition.key,
            "values": values_of(condition),
            "operators": [{"name": name, "about": about_form(name)} for name in table.operators],
            "form": form,
            "rows": [_row(table, row, allows) for row in table.rows],
            "sentence": sentence_of(table, form, allows),
            "many": _about_key(table),
            "folded": table.many is False,
            "empty": "",
        }

    @message
    def do_choose(self, id: str) -> None:
        """Show another condition's table."""
        self._chosen = next((path for path, _, _ in self._conditions() if _id(path) == id), ())
        self._form = ""
        self._draw()

    @message
    def do_form(self, name: str) -> None:
        """Say below the table what another variant does."""
        self._form = name
        self._draw()

    # -- without a kernel --------------------------------------------------------------------------

    def still(self) -> Html:
        found, table = self._found(), self.table
        head = tag("p", tag("b", "Conditions as truth tables"))
        stale = [] if self.model.is_good else [tag("p", OLD)]
        if found is None or table is None:
            return join(head, tag("p", NO_TABLE.format(found[1].operator) if found else NONE))
        allows = found[2].effect != "Deny"
        heads = [tag("th", text, scope="col") for text in ("The request", *table.operators)]
        rows = [
            _row_html(row)
            for row in table.rows
            if not (table.many is False and row.name in SEVERAL)
        ]
        about = tag("p", tag("code", f"{found[1].key}: {values_of(found[1])}"))
        said = tag("p", sentence_of(table, table.operators[0], allows))
        return join(
            head,
            *stale,
            about,
            tag("table", tag("tr", *heads), *rows),
            said,
            tag("p", _about_key(table)),
        )


class TruthTableView(View, TruthTablePart):
    """A condition's table: a row for each case, a column for each variant of the operator.

    Args:
        model: a `TrustModel`, one of whose conditions is chosen; a new one when none is given.
        condition: a condition by itself, of an Allow, instead of a model's.

    Raises:
        TypeError: for a model and a condition at once.

    Example:
        >>> import trust_widgets as tw
        >>> ours = tw.Condition("StringNotEquals", "aws:PrincipalOrgID", ("o-a1b2c3d4e5",))
        >>> view = tw.TruthTableView(condition=ours)
        >>> view.state["sentence"][:76]
        'If the request has no aws:PrincipalOrgID, StringNotEquals is true: this cond'
    """


NO_ROWS: TruthTableState = {
    "effect": "Allow",
    "key": "",
    "values": "",
    "operators": [],
    "form": "",
    "rows": [],
    "sentence": "",
    "many": "",
    "folded": False,
    "empty": "",
}


def sentence_of(table: TruthTable, form: str, allows: bool) -> str:
    """What one variant says, with the example values.

    Args:
        table: the table. form: one of its operators. allows: whether it restricts an Allow.

    Example:
        >>> table = truth_table(Condition("Bool", "aws:MultiFactorAuthPresent", ("true",)))
        >>> print(sentence_of(table, "Bool", True).replace(". ", ".\\n"))
        If the request has no aws:MultiFactorAuthPresent, Bool is false: this condition is not met.
        With "true" it is true, with "false" false.
    """
    at = table.operators.index(form)
    cases = {row.name: row for row in table.rows}
    key = table.condition.key
    absent = cases["absent"].cells[at]
    said = (
        f"If the request has no {key}, {form} is {WORDS[absent.truth]}: {_effect(absent, allows)}."
    )
    values = [
        (row.example, row.cells[at]) for name in ("fits", "differs") if (row := cases.get(name))
    ]
    if not values:
        return said
    first, *others = [(f'"{_text(example)}"', WORDS[cell.truth]) for example, cell in values]
    more = "".join(f", with {text} {word}" for text, word in others)
    return f"{said} With {first[0]} it is {first[1]}{more}."


def _effect(cell: Cell, allows: bool) -> str:
    if cell.truth is None:
        return "AWS does not document this"
    if allows:
        if cell.truth:
            return "this condition is met"
        return "this condition is not met"
    if cell.truth:
        return "the Deny applies, unless another condition is not met"
    return "the Deny does not apply"


def about_form(name: str) -> str:
    """A variant in a few words.

    Example:
        >>> about_form("ForAllValues:StringLike"), about_form("StringLikeIfExists")
        ('true if every value matches, and if there is none', 'true also if the key is absent')
    """
    operator = operators.parse_operator(name)
    if operator is None or operator.is_null:
        return "checks whether the key is present"
    if operator.quantifier == "ForAllValues":
        return "true if every value matches, and if there is none"
    one = "true if at least one value matches" if operator.quantifier else ""
    there = "true also if the key is absent" if operator.result_when_absent else ""
    return ", ".join(filter(None, (one, there))) or "for a key with one value"


def _about_key(table: TruthTable) -> str:
    key = table.condition.key
    if table.many is None:
        return f"It is not known whether {key} has one value or several."
    if table.many:
        return f"{key} may have several values in one call."
    return f"{key} has one value in a request, so the cases with several values do not occur."


def surprises(row: Row, table: TruthTable, allows: bool) -> bool:
    """Whether the operator as written allows a request without the key, which surprises."""
    if not allows or ConditionView(table.condition).is_null:
        return False
    return row.name in ("absent", "empty") and row.cells[0].truth is True


def _row(table: TruthTable, row: Row, allows: bool) -> TruthRow:
    return {
        "name": row.name,
        "title": row.title,
        "example": "" if row.example is None or row.example == () else _text(row.example),
        "several": row.name in SEVERAL,
        "surprises": surprises(row, table, allows),
        "cells": [{"truth": TRUTHS[cell.truth], "word": WORDS[cell.truth]} for cell in row.cells],
    }


def _row_html(row: Row) -> Html:
    example = [" ", tag("code", _text(row.example))] if row.example else []
    cells = [tag("td", f"{SIGNS[cell.truth]} {WORDS[cell.truth]}") for cell in row.cells]
    return tag("tr", tag("th", row.title, *example, scope="row"), *cells)


def _text(value: Value | None) -> str:
    if isinstance(value, str):
        return value
    return ", ".join(value or ())


def _id(path: Path) -> str:
    return "/".join(map(str, path))
