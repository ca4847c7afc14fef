"""`Expectation`: whether a rule is kept by all roles of an inventory, with what breaks it."""

from __future__ import annotations

from dataclasses import dataclass

from trust_widgets.inventory.rules import Rule
from trust_widgets.inventory.tables import Table
from trust_widgets.text.english import count_of
from trust_widgets.text.html import STILL, tag

BROKEN, UNDECIDED = "broken", "not decided"
COLUMNS: dict[str, type] = {
    "rule": str,
    "role": str,
    "arn": str,
    "account": str,
    "status": str,
    "statement": int,
    "caller": str,
    "message": str,
}
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Violation:
    """A role that breaks a rule, or of which that is not decided.

    Args:
        rule: the rule's title. role, arn, account: the role.
        status: `"broken"` or `"not decided"`.
        message: names the role, the caller and the statement.
        caller: who shows it; `""` where nobody does.
        statement: the number of the statement, from 1; 0 where there is none to name.
    """

    rule: str
    role: str
    arn: str
    account: str
    status: str
    message: str
    caller: str = ""
    statement: int = 0


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Expectation:
    """Whether a rule is kept. It is true where it is proved for each role, so that
    `assert inventory.expect(...)` fails with the violations.

    Args:
        rule: the rule. checked: how many roles it is for.
        violations: of the roles that break it, or of which it is not decided.
    """

    rule: Rule
    checked: int
    violations: tuple[Violation, ...]

    @property
    def passed(self) -> bool | None:
        """Whether it is kept; `None` where that is not decided."""
        if any(each.status == BROKEN for each in self.violations):
            return False
        if self.violations:
            return None
        return True

    def __bool__(self) -> bool:
        return self.passed is True

    @property
    def table(self) -> Table:
        """A row for each violation."""
        rows = [
            (v.rule, v.role, v.arn, v.account, v.status, v.statement, v.caller, v.message)
            for v in self.violations
        ]
        return Table(COLUMNS, lambda: rows, lambda: len(rows))

    @property
    def summary(self) -> str:
        """The rule with its result in one line."""
        words = {True: "kept", False: "broken", None: "not decided"}[self.passed]
        counts = count_of(self.checked, "role")
        if not self.violations:
            return f"{self.rule.title}: {words} ({counts})"
        violations = count_of(len(self.violations), "violation")
        return f"{self.rule.title}: {words} ({counts}, {violations})"

    def __repr__(self) -> str:
        lines = [each.message for each in self.violations[:_SHOWN]]
        more = len(self.violations) - len(lines)
        return "\n".join([self.summary, *lines, *([f"and {more:,} more"] if more > 0 else [])])

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        items = [tag("li", each.message) for each in self.violations[:_SHOWN]]
        page = tag("div", tag("p", tag("b", self.summary)), tag("ul", *items), style=STILL)
        return {"text/plain": repr(self), "text/html": page}
