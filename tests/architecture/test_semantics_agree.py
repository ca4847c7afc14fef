"""One reading of operators and actions: whoever is asked, the answer is the same.

Expectations are a few lines that follow AWS's pages on operators and on keys with several values:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html

Each comparison is shown to catch a module that reads for itself.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.access import atoms as encoder
from trust_widgets.access import caller_classes, clause_of, probe_of
from trust_widgets.aws.operators import parse_operator
from trust_widgets.evaluation import compiled as evaluator
from trust_widgets.evaluation import compiled_clause
from trust_widgets.evaluation.truth_table import truth_table
from trust_widgets.explain import conditions as words
from trust_widgets.pitfalls import root_cause
from trust_widgets.policy import semantics
from trust_widgets.policy.policy_cache import CACHE
from trust_widgets.policy.semantics import ConditionView, conditions, names_action
from trust_widgets.views import truth_table as table_view

KEY = "octo:Key"
_BASES = """
    StringEquals StringNotEquals StringEqualsIgnoreCase StringNotEqualsIgnoreCase
    StringLike StringNotLike
    NumericEquals NumericNotEquals NumericLessThan NumericLessThanEquals
    NumericGreaterThan NumericGreaterThanEquals
    DateEquals DateNotEquals DateLessThan DateLessThanEquals DateGreaterThan DateGreaterThanEquals
    Bool BinaryEquals IpAddress NotIpAddress ArnEquals ArnLike ArnNotEquals ArnNotLike Null
"""
SPELLINGS = [
    f"{quantifier}{base}{if_exists}"
    for base, quantifier, if_exists in product(
        _BASES.split(), ("", "ForAnyValue:", "ForAllValues:"), ("", "IfExists")
    )
    if not (base == "Null" and if_exists)
]
# A value of the policy, one of a request that it fits, and one that it does not fit.
_ARN = "arn:aws:iam::111122223333:role/"
_VALUES = {
    "String": ("a", "a", "b"),
    "Numeric": ("5", "5", "6"),
    "NumericLess": ("5", "4", "6"),
    "NumericGreater": ("5", "6", "4"),
    "Date": ("2027-01-05", "2027-01-05", "2027-01-06"),
    "DateLess": ("2027-01-05", "2027-01-04", "2027-01-06"),
    "DateGreater": ("2027-01-05", "2027-01-06", "2027-01-04"),
    "Bool": ("true", "true", "false"),
    "Binary": ("QQ==", "QQ==", "Qg=="),
    "IpAddress": ("203.0.113.7", "203.0.113.7", "198.51.100.7"),
    "NotIpAddress": ("203.0.113.7", "203.0.113.7", "198.51.100.7"),
    "Arn": (f"{_ARN}app", f"{_ARN}app", f"{_ARN}other"),
    "Null": ("true", "anything", "anything"),
}
_CALLER = "arn:aws:iam::999988887777:user/eve"


def base_of(spelling: str) -> str:
    """The base of an operator that is spelled as AWS spells it."""
    return spelling.rpartition(":")[2].removesuffix("IfExists")


def values_of(spelling: str) -> tuple[str, str, str]:
    """A value for an operator, one that it fits and one that it does not fit."""
    start = max((start for start in _VALUES if base_of(spelling).startswith(start)), key=len)
    return _VALUES[start]


def expected(spelling: str, fits: tuple[bool, ...] | None) -> bool | None:
    """What AWS's pages say of an operator.

    Args:
        spelling: the operator; of `Null` with the value "true".
        fits: of each of the request's values, whether it equals the policy's; `None` for an absent
            key.

    Returns:
        The result; `None` where several values meet an operator without a set operator, of which
        AWS says nothing.
    """
    is_negated = "Not" in base_of(spelling)
    if base_of(spelling) == "Null":
        return fits is None
    if fits is None:
        if "IfExists" in spelling or "ForAllValues" in spelling:
            return True
        return is_negated and "ForAnyValue" not in spelling
    results = [fit != is_negated for fit in fits]
    if "ForAllValues" in spelling:
        return all(results)
    if "ForAnyValue" in spelling:
        return any(results)
    return results[0] if len(results) == 1 else None


def statement_of(spelling: str) -> tw.Statement:
    """A statement with one condition."""
    condition = tw.Condition(spelling, KEY, (values_of(spelling)[0],))
    return tw.Statement(
        principal=tw.Principal(aws="999988887777"), action="sts:AssumeRole", conditions=(condition,)
    )


def is_allowed(policy: tw.TrustPolicy, context: dict[str, Any]) -> bool:
    """What the evaluator says of a request by a user whose own policies allow it."""
    request = tw.Request("sts:AssumeRole", _CALLER, context=context, caller_permission="yes")
    return tw.evaluate(policy, request).outcome == "allowed"


def answers_when_absent(spelling: str) -> dict[str, bool | None]:
    """Whether a condition is true of a request without its key, by everyone who can be asked."""
    statement = statement_of(spelling)
    condition = statement.conditions[0]
    policy = tw.TrustPolicy((statement,))
    clause = compiled_clause((), condition)
    opening = probe_of(policy, ("Statement", 0), tw.Home())
    table = truth_table(condition)
    assert opening is not None and table is not None
    absent = opening.through(
        opening.callers("999988887777"), lambda case: case.read(clause_of("Null", KEY, "true"))
    )
    answers = {
        "view": ConditionView(condition).result_when_absent,
        "evaluator": is_allowed(policy, {}),
        "compiled": clause.missing.truth,
        "encoder": encoder.atom_of(1, clause, KEY.lower(), None).absent,
        "search": absent.found,
        "truth table": table.rows[0].cells[0].truth,
    }
    return answers | _answers_in_words(spelling, condition)


def _answers_in_words(spelling: str, condition: tw.Condition) -> dict[str, bool | None]:
    """What sentences say of a request without the key, where they say anything."""
    if base_of(spelling) == "Null":
        return {
            "who_gets_in": (
                words.limits_of(tw.Statement(conditions=(condition,))).request
                == f"if {KEY} is absent"
            )
        }
    form = table_view.about_form(spelling)
    answers: dict[str, bool | None] = {
        "form": "key is absent" in form or "if there is none" in form
    }
    if root_cause.strict_operator(condition):
        answers["loophole"] = (
            f"is true for a request without {KEY}" in root_cause.why_absent_passes(condition)
        )
    return answers


def disagreeing(spelling: str) -> set[str]:
    """Who does not say what AWS's pages say of a request without the key."""
    wanted = expected(spelling, None)
    return {who for who, answer in answers_when_absent(spelling).items() if answer is not wanted}


def test_the_table_has_every_spelling() -> None:
    """27 operators, with and without `IfExists`, with either set operator or none; `Null` takes no
    `IfExists`.
    """
    parsed = [parse_operator(spelling) for spelling in SPELLINGS]

    assert len(SPELLINGS) == len(set(SPELLINGS)) == 159
    assert [operator.spelling() for operator in parsed if operator is not None] == SPELLINGS


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_an_absent_key_is_read_alike(spelling: str) -> None:
    assert disagreeing(spelling) == set()


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_one_value_and_many_are_read_alike(spelling: str) -> None:
    """The evaluator, the compiled condition, and the truth table's rows."""
    policy = tw.TrustPolicy((statement_of(spelling),))
    _, fit, differ = values_of(spelling)
    table = truth_table(policy.statements[0].conditions[0])
    assert table is not None
    cells = {row.name: row.cells[0].truth for row in table.rows}
    cases = {
        "fits": (fit, (True,)),
        "differs": (differ, (False,)),
        "all_fit": ((fit, fit), (True, True)),
        "some_fit": ((fit, differ), (True, False)),
        "none_fit": ((differ, differ), (False, False)),
    }
    for row, (given, fits) in cases.items():
        wanted = expected(spelling, fits)
        assert is_allowed(policy, {KEY: given}) is bool(wanted), row
        assert row not in cells or cells[row] is wanted, row
    assert "fits" in cells


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_match_is_required_where_a_request_without_one_is_refused(spelling: str) -> None:
    """`requires_match`: false of an absent key, and false of a value that does not fit."""
    wanted = expected(spelling, None) is False and expected(spelling, (False,)) is False
    condition = statement_of(spelling).conditions[0]

    assert semantics.requires_match(condition) is (wanted and base_of(spelling) != "Null")
    assert bool(root_cause.strict_operator(condition)) is (
        not wanted and base_of(spelling) != "Null"
    )


def forget() -> None:
    """Empty the caches through which the patched functions would not be seen."""
    CACHE.clear()


BREACHES = (
    (
        evaluator,
        "result_when_absent",
        lambda operator, texts: operator.is_negated,
        "ForAnyValue:StringNotLike",
        "evaluator",
    ),
    (
        evaluator,
        "result_when_absent",
        lambda operator, texts: "true" in texts,
        "StringEqualsIfExists",
        "search",
    ),
    (conditions, "result_when_absent", lambda operator, texts: False, "StringNotEquals", "view"),
    (conditions, "null_result", lambda texts, is_absent: "false" in texts, "Null", "view"),
    (table_view, "about_form", lambda name: "", "ForAllValues:Bool", "form"),
    (
        root_cause,
        "why_absent_passes",
        lambda condition: f"It is true for a request without {KEY}.",
        "ForAnyValue:ArnNotLike",
        "loophole",
    ),
)


@pytest.mark.parametrize(
    ("module", "name", "planted", "spelling", "who"), BREACHES, ids=[row[4] for row in BREACHES]
)
def test_a_reading_of_its_own_is_caught(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str, planted: Any, spelling: str, who: str
) -> None:
    assert disagreeing(spelling) == set()
    forget()
    with monkeypatch.context() as patch:
        patch.setattr(module, name, planted)
        found = disagreeing(spelling)
    forget()
    assert who in found


# Actions


ACTIONS = ("sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity")


def spellings_of_actions() -> list[str]:
    """Texts near the action that assumes a role: a character as `?`, left out, doubled; a run as
    `*`; other actions.
    """
    action = ACTIONS[0]
    near = [
        action,
        action.upper(),
        action.lower(),
        *ACTIONS[1:],
        "sts:TagSession",
        "s3:GetObject",
        "*",
        "**",
        "?",
        "sts",
    ]
    for index, letter in enumerate(action):
        before, after = action[:index], action[index + 1 :]
        near += [
            f"{before}?{after}",
            f"{before}{after}",
            f"{before}{letter}{letter}{after}",
            f"{before}?{letter}{after}",
        ]
        near += [
            f"{before}*",
            f"*{after}",
            f"{before}*{after}",
            f"{before}*?{after}",
            f"{before}??{after}".lower(),
        ]
    near += [
        f"{each}{more}" for each in ACTIONS for more in ("?", "*", "?*", " ", "With*", "With????")
    ]
    return list(dict.fromkeys(near))


ACTION_SPELLINGS = spellings_of_actions()


def policy_of(text: str, element: str) -> tw.TrustPolicy:
    """Everyone is allowed what a text names, or all else."""
    named = {"action" if element == "Action" else "not_action": (text,)}
    return tw.TrustPolicy((tw.Statement(principal=tw.Principal(aws="*"), **named),))  # type: ignore[arg-type]


def breaches_of_actions(text: str, element: str) -> set[str]:
    """What does not agree about one text."""
    policy = policy_of(text, element)
    statement = policy.statements[0]
    public = tw.is_public(policy).found
    strangers = any(each.stranger for each in tw.who_gets_in(policy))
    claims = {
        "names_action": names_action(statement, ACTIONS[0]) is is_allowed(policy, {}),
        "can_assume": semantics.can_assume(statement) or not is_allowed(policy, {}),
        "who_gets_in": strangers or public is not True,
        "is_public": public is True or not is_allowed(policy, {}),
        "is_meant_to_assume": (
            semantics.is_meant_to_assume(statement) or not semantics.can_assume(statement)
        ),
    }
    return {claim for claim, holds in claims.items() if not holds}


def test_there_are_many_spellings() -> None:
    """Enough of them name the action, and enough do not."""
    named = [
        text
        for text in ACTION_SPELLINGS
        if names_action(policy_of(text, "Action").statements[0], ACTIONS[0])
    ]

    assert (
        len(ACTION_SPELLINGS) >= 100
        and len(named) >= 50
        and len(ACTION_SPELLINGS) - len(named) >= 40
    )


@pytest.mark.parametrize("element", ["Action", "NotAction"])
@pytest.mark.parametrize("text", ACTION_SPELLINGS)
def test_an_action_is_read_alike(text: str, element: str) -> None:
    """Over 200 statements: the evaluator, the question who gets in, and the question whether it is
    public.
    """
    assert breaches_of_actions(text, element) == set()


@pytest.mark.parametrize(
    ("action", "is_named"),
    [
        ("sts:AssumeRole", True),
        ("STS:assumerol?", True),
        ("sts:Assume*", True),
        ("*", True),
        ("sts:AssumeRole?", False),
        ("sts:AssumeRol", False),
        ("sts:AssumeRole ", False),
        ("sts:TagSession", False),
    ],
)
def test_what_an_action_names(action: str, is_named: bool) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html"""
    assert names_action(policy_of(action, "Action").statements[0], "sts:AssumeRole") is is_named
    assert (
        names_action(policy_of(action, "NotAction").statements[0], "sts:AssumeRole") is not is_named
    )


def test_a_question_that_forgets_a_wildcard_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody would be told of those whom `sts:AssumeRol?` lets in."""
    assert breaches_of_actions("sts:AssumeRol?", "Action") == set()

    monkeypatch.setattr(
        caller_classes, "may_assume", lambda statement: "?" not in str(statement.action)
    )
    assert breaches_of_actions("sts:AssumeRol?", "Action") == {"who_gets_in"}


def test_an_evaluator_that_reads_actions_for_itself_is_caught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert breaches_of_actions("sts:AssumeRole", "NotAction") == set()

    forget()
    with monkeypatch.context() as patch:
        patch.setattr(
            evaluator, "actions_of", lambda statement: semantics.ActionList(("sts:AssumeRole",))
        )
        found = breaches_of_actions("sts:AssumeRole", "NotAction")
    forget()
    assert "names_action" in found
