"""One call against one trust policy: what is decided, as codes.

`Request` is the call; the outcome and the tree of reason codes are its decision, and all text is
rendered from the codes. Nothing here was tried against a live AWS: each rule rests on the page it
names.
"""

from __future__ import annotations

from trust_widgets._moved import moved_names
from trust_widgets.evaluation.caller_half import ActionHalf, CallerHalf
from trust_widgets.evaluation.caller_identity import UNNAMED, Identity, identity_of
from trust_widgets.evaluation.closest import closest_value, value_at_fault
from trust_widgets.evaluation.compiled import (
    CompiledCondition,
    CompiledPolicy,
    CompiledPrincipal,
    CompiledStatement,
    CompiledValue,
    compile_policy,
    compiled_clause,
    who_of,
)
from trust_widgets.evaluation.conditions import decide_clause, truth_of
from trust_widgets.evaluation.context import Keys, Value, principal_arn
from trust_widgets.evaluation.engine import decide, outcome_of
from trust_widgets.evaluation.given import request_from_given
from trust_widgets.evaluation.given_role import GivenRole, arn_of_role, role_from_given
from trust_widgets.evaluation.naming import (
    ByKey,
    key_of_principal,
    keys_of_caller,
    principals_for,
    rules_for,
)
from trust_widgets.evaluation.operators import operator_named
from trust_widgets.evaluation.operators.addresses import network_from_text
from trust_widgets.evaluation.operators.dates import seconds_from_text
from trust_widgets.evaluation.operators.numbers import number_from_text
from trust_widgets.evaluation.principals import decide_permission, decide_principal
from trust_widgets.evaluation.request import PERMISSIONS, Permission, Request
from trust_widgets.evaluation.role_paths import WithoutPath
from trust_widgets.evaluation.trace import Node, Outcome, Reason
from trust_widgets.evaluation.tree import (
    CALLER_PERMISSION,
    EVERYONE,
    PRINCIPAL,
    actions_of,
    all_nearest,
    failed_action,
    nearest,
    needs_in,
    needs_of,
    tags_unknown,
    undecided,
    undecided_in,
)
from trust_widgets.evaluation.truth_table import SEVERAL, Cell, Row, TruthTable, truth_table
from trust_widgets.evaluation.variables import (
    Template,
    Variable,
    fill,
    template_from_text,
    variables_of,
)

__all__ = [
    "CALLER_PERMISSION",
    "EVERYONE",
    "PERMISSIONS",
    "PRINCIPAL",
    "SEVERAL",
    "UNNAMED",
    "ActionHalf",
    "ByKey",
    "CallerHalf",
    "Cell",
    "CompiledCondition",
    "CompiledPolicy",
    "CompiledPrincipal",
    "CompiledStatement",
    "CompiledValue",
    "GivenRole",
    "Identity",
    "Keys",
    "Node",
    "Outcome",
    "Permission",
    "Reason",
    "Request",
    "Row",
    "Template",
    "TruthTable",
    "Value",
    "Variable",
    "WithoutPath",
    "actions_of",
    "all_nearest",
    "arn_of_role",
    "closest_value",
    "compile_policy",
    "compiled_clause",
    "decide",
    "decide_clause",
    "decide_permission",
    "decide_principal",
    "failed_action",
    "fill",
    "identity_of",
    "key_of_principal",
    "keys_of_caller",
    "nearest",
    "needs_in",
    "needs_of",
    "network_from_text",
    "number_from_text",
    "operator_named",
    "outcome_of",
    "principal_arn",
    "principals_for",
    "request_from_given",
    "role_from_given",
    "rules_for",
    "seconds_from_text",
    "tags_unknown",
    "template_from_text",
    "truth_of",
    "truth_table",
    "undecided",
    "undecided_in",
    "value_at_fault",
    "variables_of",
    "who_of",
]

__getattr__ = moved_names(
    "trust_widgets.evaluation",
    {
        "evaluate": "trust_widgets.explain",
        "Decision": "trust_widgets.explain",
        "ASSUMPTIONS": "trust_widgets.explain",
        "Assumption": "trust_widgets.explain.assumptions",
    },
)
