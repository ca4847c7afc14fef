"""`%%trust_policy`: the findings of a policy in a cell, at their lines, with their fixes.

After `%load_ext trust_widgets`. What a cell shows is still HTML: it reads the same in a saved
notebook, and needs neither a widget nor a script.
"""

from __future__ import annotations

import builtins
import keyword
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from trust_widgets.findings import (
    NONE,
    Findings,
    is_internal_error,
    read_policy,
)
from trust_widgets.policy import Home, TrustPolicy
from trust_widgets.readers import Unresolved, read_pasted
from trust_widgets.reports import (
    Placed,
    cell_html,
    checked_reading,
    counts_in_words,
    fix_of,
    is_loud,
    placed_findings,
    unresolved_text,
)
from trust_widgets.text.html import Html
from trust_widgets.text.terminal import one_line

CELL = "cell"  # what a cell is called as a file
USAGE = "%%trust_policy [--strict] [NAME]"


@dataclass(frozen=True)
class Report:
    """A policy's text with its findings.

    Args:
        text: as written in the cell.
        placed: its findings with their places, worst first.
        unresolved: what a cell in another form than JSON does not say.
        notes: why a part of the cell could not be read, in one line each.

    Example:
        >>> text = '{"Version": "2012-10-17", "Statement": [{"Effect": "allow", '
        >>> text += '"Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}]}'
        >>> fixed = Report(text, tuple(placed_findings(text))).fixed("TP108")
        >>> fixed == text.replace("allow", "Allow")
        True
    """

    text: str
    placed: tuple[Placed, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def findings(self) -> Findings:
        """What was found, worst first."""
        return Findings(each.finding for each in self.placed)

    def fixed(self, code: str) -> str:
        """The text with the fixes of all findings of one code made, the last place first.

        Raises:
            KeyError: when no finding of this code has a fix.
        """
        fixes = [fix for each in self.placed if each.finding.code == code and (fix := fix_of(each))]
        if not fixes:
            having = (
                ", ".join(dict.fromkeys(each.code for each in self.findings if each.fix)) or "none"
            )
            raise KeyError(f"{code}: no finding of this code has a fix; those that have: {having}")
        text = self.text
        for fix in reversed(fixes):
            text = fix.apply(text)
        return text

    def __repr__(self) -> str:
        lines = (
            f"line {each.line}: {each.finding.code} {each.finding.verdict}: {each.finding.message}"
            for each in self.placed
        )
        open_lines = (
            f"line {each.place.line}: {unresolved_text(each)}" for each in self.unresolved
        )
        lines_told = map(one_line, [*self.notes, *lines, *open_lines])
        return "\n".join([counts_in_words(self.findings) or NONE, *lines_told])

    def _html(self) -> Html:
        return cell_html(self.text, self.placed, self.unresolved, self.notes)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self._html()}


class PolicyFindings(Exception):
    """What `--strict` raises, so that a notebook that is run as a test fails."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of a traceback: the cell is at fault, no code is."""
        reason = "--strict: a finding is worse than advice, or not everything was checked."
        return [f"{type(self).__name__}: {reason}", str(self)]


def trust_policy(line: str, cell: str, namespace: dict[str, Any]) -> Report:
    """Check the policy in a cell, with the `trust-home.toml` found from here upwards.

    Args:
        line: `NAME` to keep the policy under, if it can be read; `--strict` to fail for more than
            advice, and for an internal error.
        cell: the policy's JSON text.
        namespace: where `NAME` is kept.

    Raises:
        ValueError: for a line that says something else, for a name that means something already,
            or a home file that is wrong.
        PolicyFindings: with `--strict`.
    """
    strict, name = _asked(line)
    _expect_free(name, namespace)
    report = _report(cell)
    if name:
        policy = _policy(cell)
        if policy is not None:
            namespace[name] = policy
    if strict and (is_loud(report.findings) or any(map(is_internal_error, report.findings))):
        raise PolicyFindings(repr(report))
    return report


def _asked(line: str) -> tuple[bool, str]:
    words = shlex.split(line)
    names = [word for word in words if word != "--strict"]
    if len(names) > 1 or not all(name.isidentifier() for name in names):
        raise ValueError(f"{USAGE}: NAME must be a Python name for the policy, not {line!r}")
    return len(names) < len(words), names[0] if names else ""


def _expect_free(name: str, namespace: Mapping[str, Any]) -> None:
    """Refuse a name under which the notebook would lose something that is no data.

    Raises:
        ValueError: for a word or a built-in of Python, for a name that begins with `_`, with which
            IPython keeps results, and for that of a module, a class or a function.
    """
    held = namespace.get(name)
    is_taken = (
        keyword.iskeyword(name)
        or name.startswith("_")
        or name in ("In", "Out")
        or hasattr(builtins, name)
        or isinstance(held, ModuleType)
        or callable(held)
    )
    if is_taken:
        raise ValueError(f"{USAGE}: {name!r} is already in use. Choose another NAME, like policy")


def _report(cell: str) -> Report:
    """The report on a cell: a policy, or the roles of a file in another form."""
    home = Home.load(".")
    contents = read_pasted(cell, is_exact=True)
    notes = tuple(note.message for note in contents.notes if note.is_fault)
    if not any(record.is_role for record in contents.records):
        return Report(cell, tuple(placed_findings(cell, home)), notes=notes)
    policies = tuple(checked_reading(CELL, contents, home))
    placed = [each._replace(file="") for policy in policies for each in policy.placed]
    unresolved = [each for policy in policies for each in policy.unresolved]
    return Report(cell, tuple(placed), tuple(unresolved), notes)


def _policy(text: str) -> TrustPolicy | None:
    """The policy of a cell, or that of the only role in it."""
    records = read_pasted(text, is_exact=True).records
    if len(records) == 1 and records[0].is_role:
        return records[0].trust
    policy, problems = read_policy(text)
    if problems:
        return None
    return policy


def load(shell: Any) -> None:
    """Register the magic with an IPython shell."""
    from IPython.display import display  # there whenever there is a shell

    def magic(line: str, cell: str) -> Report:
        try:
            return trust_policy(line, cell, shell.user_ns)
        except PolicyFindings:
            report = _report(cell)
            display(report)  # type: ignore[no-untyped-call]
            raise

    magic.__doc__ = f"{USAGE}\n\n{trust_policy.__doc__}"
    shell.register_magic_function(magic, "cell", "trust_policy")
