"""A trust policy: its values, how its text is read and changed, and what stands around it.

`values` holds the policy itself, `document` reads a text, `edits` changes one; `role` and `home` say whose it is.
"""

from __future__ import annotations

from trust_widgets.policy.document import DocumentError, Problem, expect_text, line_and_column, locate, parse
from trust_widgets.policy.edits import Edit, Fix, Insert, Remove, Rename, Replace, change, common_start
from trust_widgets.policy.guards import (
    GUARD_KINDS,
    Guard,
    GuardKind,
    complaint_about,
    conditions_from_guards,
    guards_from_conditions,
    kind_of,
    why_not,
)
from trust_widgets.policy.home import FILE, Accepted, Home, fault_of, find, is_acceptable
from trust_widgets.policy.role import Companion, Role
from trust_widgets.policy.values import (
    Condition,
    Path,
    Principal,
    Scalar,
    Statement,
    TrustPolicy,
    expect_policy,
    policy_html,
    statement_to_dict,
    text_from_scalar,
)

__all__ = [
    "FILE",
    "GUARD_KINDS",
    "Accepted",
    "Companion",
    "Condition",
    "DocumentError",
    "Edit",
    "Fix",
    "Guard",
    "GuardKind",
    "Home",
    "Insert",
    "Path",
    "Principal",
    "Problem",
    "Remove",
    "Rename",
    "Replace",
    "Role",
    "Scalar",
    "Statement",
    "TrustPolicy",
    "change",
    "common_start",
    "complaint_about",
    "conditions_from_guards",
    "expect_policy",
    "expect_text",
    "fault_of",
    "find",
    "guards_from_conditions",
    "is_acceptable",
    "kind_of",
    "line_and_column",
    "locate",
    "parse",
    "policy_html",
    "statement_to_dict",
    "text_from_scalar",
    "why_not",
]
