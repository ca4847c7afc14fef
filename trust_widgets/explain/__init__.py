"""The words for decisions, conditions and callers.

`evaluate` decides a request and gives a `Decision`, which knows its sentences, its rows and its
remedies.
"""

from __future__ import annotations

from trust_widgets.explain.assumptions import ASSUMPTIONS
from trust_widgets.explain.caller_lists import callers_in_words, with_limits
from trust_widgets.explain.change import Change, Changes
from trust_widgets.explain.comparison_rows import ComparisonRow, comparison_rows, deciding_statement
from trust_widgets.explain.condition_labels import (
    exact_words,
    label_of_condition,
    label_of_value,
    short_key,
    values_of,
)
from trust_widgets.explain.conditions import limits_of, plain_words
from trust_widgets.explain.decision import Decision, evaluate
from trust_widgets.explain.external_access import (
    ACCESS,
    NOT_DOCUMENTED,
    SIGNS,
    External,
    access_label,
    access_words,
    accounts_not_known,
    deny_words,
    owners_not_known,
    vendors_named,
    why_access_is_undecided,
)
from trust_widgets.explain.folding import TWO_LINES, Fold, shortest_form
from trust_widgets.explain.hints import OF_ROLES
from trust_widgets.explain.no_truth_value import NoTruthValue
from trust_widgets.explain.notebook import GIVEN, TITLES, WORDS, without_secret
from trust_widgets.explain.places import line_label, number_of
from trust_widgets.explain.principal_words import PrincipalWords
from trust_widgets.explain.principals import (
    arn_or_words,
    caller_of,
    example_of,
    rests_on_star,
    who_of,
)
from trust_widgets.explain.remedies import changes_of
from trust_widgets.explain.sentences import TRUE_WITHOUT_KEY
from trust_widgets.explain.showing import (
    ALONE,
    GAINED,
    LOST,
    SHOW_ALL,
    Part,
    bundle_of,
    html_of,
    parts_of,
    parts_of_class,
    request_lines,
)
from trust_widgets.explain.wording import text_of

__all__ = [
    "ACCESS",
    "ALONE",
    "ASSUMPTIONS",
    "GAINED",
    "GIVEN",
    "LOST",
    "NOT_DOCUMENTED",
    "OF_ROLES",
    "SHOW_ALL",
    "SIGNS",
    "TITLES",
    "TRUE_WITHOUT_KEY",
    "TWO_LINES",
    "WORDS",
    "Change",
    "Changes",
    "ComparisonRow",
    "Decision",
    "External",
    "Fold",
    "NoTruthValue",
    "Part",
    "PrincipalWords",
    "access_label",
    "access_words",
    "accounts_not_known",
    "arn_or_words",
    "bundle_of",
    "caller_of",
    "callers_in_words",
    "changes_of",
    "comparison_rows",
    "deciding_statement",
    "deny_words",
    "evaluate",
    "exact_words",
    "example_of",
    "html_of",
    "label_of_condition",
    "label_of_value",
    "limits_of",
    "line_label",
    "number_of",
    "owners_not_known",
    "parts_of",
    "parts_of_class",
    "plain_words",
    "request_lines",
    "rests_on_star",
    "short_key",
    "shortest_form",
    "text_of",
    "values_of",
    "vendors_named",
    "who_of",
    "why_access_is_undecided",
    "with_limits",
    "without_secret",
]
