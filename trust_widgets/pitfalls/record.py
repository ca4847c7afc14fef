"""What a pitfall is: its record, the places where it is made, and the registry of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trust_widgets.families import Registry
from trust_widgets.findings import Finding, Severity, Verdict
from trust_widgets.names import helps_with_names
from trust_widgets.pitfalls.former_codes import FormerCode
from trust_widgets.pitfalls.needs import Need
from trust_widgets.policy import Fix, Home, Path, TrustPolicy

if TYPE_CHECKING:
    from trust_widgets.pitfalls.caller_half import CallerPitfall


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a mistake is made.

    Args:
        path: the place: the value when the value is at fault, not its statement.
        message: one or two plain sentences about this very place, with its values.
        callers: for an `open` pitfall, concrete callers that are allowed, a hostile one among them.
        fix: a change that silences this pitfall and makes no other louder.
        other_fixes: further ones, where there is a choice.
        severity: where it differs from the pitfall's own.
        assumptions: what AWS has not documented and this rests on.
    """

    path: Path
    message: str
    callers: tuple[str, ...] = ()
    fix: Fix | None = None
    severity: Severity | None = None
    assumptions: tuple[str, ...] = ()
    other_fixes: tuple[Fix, ...] = ()

    def as_finding(self, name: str, pitfall: Pitfall | CallerPitfall) -> Finding:
        """The finding of a pitfall, which has a name, at this place."""
        return Finding(
            pitfall.code,
            name,
            pitfall.verdict,
            self.severity or pitfall.severity,
            self.message,
            self.path,
            self.callers,
            self.fix,
            self.assumptions,
            pitfall.fine,
            pitfall.source,
            other_fixes=self.other_fixes,
        )


@helps_with_names(page="source", name="title")
@dataclass(frozen=True, slots=True)
class Pitfall:
    """A mistake.

    Args:
        code: `TP1xx` refused, `TP2xx` dead, `TP3xx` open, `TP4xx` advice; never reused.
        verdict, severity: of its findings, unless a hit says otherwise.
        title: the mistake in a few words.
        find: yields the hits in a policy, given what is the reader's own.
        fine: when it is fine, and what it does not establish.
        source: the AWS page it rests on.
        bad: policies (JSON text) in which it is made; `good`: near ones in which it is not.
        home: what is the reader's own in those examples.
        needs: what a policy must contain for the mistake to be possible, as in `pitfalls/needs.py`.
        former_codes: codes under which its findings were reported before.
    """

    code: str
    verdict: Verdict
    severity: Severity
    title: str
    find: Callable[[TrustPolicy, Home], Iterator[Hit]]
    fine: str
    source: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    home: Home = field(default_factory=Home)
    needs: frozenset[Need] = frozenset()
    former_codes: tuple[FormerCode, ...] = ()


PITFALLS: Registry[Pitfall] = Registry("trust_widgets.pitfalls.rules", "PITFALL")
