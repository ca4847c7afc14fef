"""Who gets in, proved: each answer is "no", "yes" with a call that shows it, or "not decided".

`compare` asks what an edit changes, `is_public` whether a stranger gets in, `who_gets_in` who does, `can_let_in`
whether one statement ever lets anyone in and if not, what stops everybody. All are one search: the kinds of callers
that the policies tell apart (`principal_classes`), the conditions as a formula (`formula`, `environment`), a value for each
key (`key_solver`, `values`, and the automata of `text/`), and `solver`, which takes on one condition after the other.
The call that it shows is a likely one (`realistic_subjects`), whose claims agree (`axioms`). How much it may search
is counted in states.
"""

from __future__ import annotations

from trust_widgets.access.atoms import clause_of
from trust_widgets.access.caller_classes import SAYS, CallerClass, emphasis, summary_of, who_gets_in
from trust_widgets.access.comparison import compare
from trust_widgets.access.environment import Case
from trust_widgets.access.formula import Formula
from trust_widgets.access.probe import Opening, bringing_nothing, opening_of
from trust_widgets.access.public_access import is_public, nothing_taken
from trust_widgets.access.reachability import can_let_in, dead_values
from trust_widgets.access.results import (
    CONTRADICTION,
    DENIED,
    NO_ACTION,
    NO_VALUE,
    NOBODY_NAMED,
    Answer,
    Blocker,
    Comparison,
)

__all__ = [
    "CONTRADICTION",
    "DENIED",
    "NOBODY_NAMED",
    "NO_ACTION",
    "NO_VALUE",
    "SAYS",
    "Answer",
    "Blocker",
    "CallerClass",
    "Case",
    "Comparison",
    "Formula",
    "Opening",
    "bringing_nothing",
    "can_let_in",
    "clause_of",
    "compare",
    "dead_values",
    "emphasis",
    "is_public",
    "nothing_taken",
    "opening_of",
    "summary_of",
    "who_gets_in",
]
