"""Who can assume the role, proved: each answer is "no", "yes" with a call that shows it, or "not
decided".

`compare` asks what an edit changes, `is_public` whether an external caller is allowed,
`who_gets_in` who does, `can_let_in` whether one statement ever allows anyone and if not, what stops
everybody. All are one search: enumerate the principal classes (`principal_classes`), encode the
policy as a formula in each request environment (`environment`, `formula`, `axioms`), solve it
(`solver`, and `key_solver` for each key), make a request (`request_builder`), and let `evaluate`
confirm it. docs/how-the-search-works.md follows one policy through these steps."""

from __future__ import annotations

from trust_widgets.access.atoms import clause_of
from trust_widgets.access.caller import why_never_has
from trust_widgets.access.caller_class import SAYS, CallerClass, emphasis, summary_of
from trust_widgets.access.caller_classes import who_gets_in
from trust_widgets.access.comparison import compare
from trust_widgets.access.distinguishing_values import without_distinguishing_values
from trust_widgets.access.effort import one_budget
from trust_widgets.access.environment import RequestEnvironment
from trust_widgets.access.formula import Formula
from trust_widgets.access.impossible_values import (
    holds_arn,
    is_impossible,
    left_over,
    never_holds,
    why_no_saml_audience,
)
from trust_widgets.access.known_caller import KnownCaller, call_of, keys_of_policy
from trust_widgets.access.owned_values import no_owned_values
from trust_widgets.access.probe import StatementProbe, probe_of
from trust_widgets.access.public_access import is_public
from trust_widgets.access.reachability import can_let_in, dead_values
from trust_widgets.access.results import (
    CONTRADICTION,
    DENIED,
    NO_ACTION,
    NO_VALUE,
    NOBODY_NAMED,
    STAR_AND_TOKENS,
    Answer,
    Blocker,
    Comparison,
)
from trust_widgets.access.unmatched import unmatched_statements
from trust_widgets.access.unnamed_principals import SAMPLE_ACCOUNTS

__all__ = [
    "CONTRADICTION",
    "DENIED",
    "NOBODY_NAMED",
    "NO_ACTION",
    "NO_VALUE",
    "SAMPLE_ACCOUNTS",
    "SAYS",
    "STAR_AND_TOKENS",
    "Answer",
    "Blocker",
    "CallerClass",
    "Comparison",
    "Formula",
    "KnownCaller",
    "RequestEnvironment",
    "StatementProbe",
    "call_of",
    "can_let_in",
    "clause_of",
    "compare",
    "dead_values",
    "emphasis",
    "holds_arn",
    "is_impossible",
    "is_public",
    "keys_of_policy",
    "left_over",
    "never_holds",
    "no_owned_values",
    "one_budget",
    "probe_of",
    "summary_of",
    "unmatched_statements",
    "who_gets_in",
    "why_never_has",
    "why_no_saml_audience",
    "without_distinguishing_values",
]
