"""Who gets in, proved: each answer is "no", "yes" with a call that shows it, or "not decided".

`compare` asks what an edit changes, `is_public` whether a stranger gets in, `who_gets_in` who does, `can_let_in`
whether one statement ever lets anyone in and if not, what stops everybody. All are one search: the kinds of callers
that the policies tell apart (`people`), the conditions as a formula (`formulas`, `case`), a value for each key
(`keys`, `values`, `globs`), and `search`, which takes on one condition after the other. The call that it shows is a
likely one (`likely`, `subjects`), whose claims agree (`told`). How much it may search is counted in states (`budget`).
"""

from trust_widgets.access.answers import Answer, Blocker, Comparison
from trust_widgets.access.classes import SAYS, CallerClass, emphasis, summary_of, who_gets_in
from trust_widgets.access.comparing import compare
from trust_widgets.access.letting import can_let_in, dead_values
from trust_widgets.access.strangers import is_public

__all__ = [
    "SAYS",
    "Answer",
    "Blocker",
    "CallerClass",
    "Comparison",
    "can_let_in",
    "compare",
    "dead_values",
    "emphasis",
    "is_public",
    "summary_of",
    "who_gets_in",
]
