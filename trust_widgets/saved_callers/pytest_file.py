"""Saved callers with the policy as a complete pytest file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from trust_widgets.aws.keys.records import key_record
from trust_widgets.evaluation import Request
from trust_widgets.explain import evaluate
from trust_widgets.policy import Statement, TrustPolicy
from trust_widgets.saved_callers.saved_caller import Kept, without_external_id
from trust_widgets.text.quoting.python import Code, call, literal

_HEAD = (
    '"""The outcome of each of these calls with a role\'s trust policy. Run it with '
    "pytest, where trust-widgets is installed.\n\nOffline, from the AWS documentation: "
    "AWS is not called. Each call is written out with every condition key that AWS "
    "would\nfill in; what is not known is in `unknown`.\nLeft out: tokens and "
    "credentials that were pasted. External IDs are replaced, here and in the policy, "
    'by stand-ins that\nare equal where the IDs were equal.\n"""\n\nimport '
    "pytest\n\nimport trust_widgets as tw\n\n"
)
_TEST = (
    "\n"
    "\n"
    '@pytest.mark.parametrize(("outcome", "call"), [pytest.param(*case, id=name) for name, '
    "*case in CALLS])\n"
    "def test_outcome(outcome, call):\n"
    "    decision = tw.evaluate(tw.parse(POLICY), call)\n"
    "    assert decision.outcome == outcome, decision.because\n"
)


def to_pytest(kept: Iterable[Kept], policy: TrustPolicy, role: str) -> str:
    """A test file with the policy, the calls and the outcome of each.

    Args:
        kept: what is to be tested. One without an expected outcome is held to today's; one whose
            answers make no call is left out, and the file says so.
        policy: the trust policy; what `tw.parse` can't read again can't be written.
        role: the ARN of the role.

    Raises:
        ValueError: when none of them makes a call.

    Example:
        >>> kept = Kept("ops", "iam_user", {"arn": "arn:aws:iam::111122223333:user/ops"})
        >>> "caller_permission" in to_pytest(
        ...     [kept], TrustPolicy(), "arn:aws:iam::111122223333:role/app"
        ... )
        True
    """
    calls, without = _calls(kept, role)
    if not calls:
        raise ValueError("None of these callers makes a request, so there is nothing to test.")
    stand_ins = _stand_ins(policy, [request for _, request in calls])
    shown = replace(
        policy, statements=tuple(_hidden(statement, stand_ins) for statement in policy.statements)
    )
    entries = [_entry(one, request, policy, shown, stand_ins) for one, request in calls]
    left = "".join(
        (f"# Left out, because its answers make no request: {name!r}\n") for name in without
    )
    policy_text = f"POLICY = {literal(str(shown))}\n"
    return f"{_HEAD}{policy_text}{left}CALLS = {literal(entries)}\n{_TEST}"


def _calls(kept: Iterable[Kept], role: str) -> tuple[list[tuple[Kept, Request]], list[str]]:
    calls, without = [], []
    for one in kept:
        try:
            calls.append((one, one.request_for(role)))
        except ValueError:
            without.append(one.name)
    return calls, without


def _stand_ins(policy: TrustPolicy, calls: list[Request]) -> dict[str, str]:
    """For each external ID, of the policy or of a call, something in its place."""
    conditions = [c for statement in policy.statements for c in statement.conditions]
    secret = [condition for condition in conditions if _is_id(condition.key)]
    asked = [str(value) for condition in secret for value in condition.values]
    passed = [
        str(value) for request in calls for key, value in request.context.items() if _is_id(key)
    ]
    return {
        value: f"external-id-{number}"
        for number, value in enumerate(dict.fromkeys((*asked, *passed)), 1)
    }


def _is_id(key: str) -> bool:
    return key_record(key).secret


def _hidden(statement: Statement, stand_ins: dict[str, str]) -> Statement:
    conditions = []
    for condition in statement.conditions:
        if _is_id(condition.key):
            values = tuple(stand_ins[str(value)] for value in condition.values)
            condition = replace(condition, values=values)
        conditions.append(condition)
    return replace(statement, conditions=tuple(conditions))


def _entry(
    one: Kept, request: Request, policy: TrustPolicy, shown: TrustPolicy, stand_ins: dict[str, str]
) -> Any:
    """Name, outcome, call.

    Where stand-ins decide otherwise than the IDs did, the ID is unknown and the outcome follows.
    """
    outcome = evaluate(policy, request).outcome
    context = {
        key: stand_ins[str(value)] if _is_id(key) else value
        for key, value in request.context.items()
    }
    hidden = replace(request, context=context)
    wanted = str(outcome if one.expected is None else one.expected)
    if evaluate(shown, hidden).outcome != outcome:
        hidden = without_external_id(request)
        wanted = str(evaluate(shown, hidden).outcome)
    return (one.name, wanted, request_code(hidden))


def request_code(request: Request) -> Code:
    """Return a request as the Python code that makes it.

    Example:
        >>> "ec2.amazonaws.com" in request_code(Request("sts:AssumeRole", "ec2.amazonaws.com"))
        True
    """
    given = {
        "role": request.role,
        "context": dict(request.context),
        "unknown": Code(f"frozenset({literal(sorted(request.unknown))})"),
        "caller_permission": request.caller_permission,
        "alone": request.alone,
    }
    usual = {"unknown": not request.unknown, "alone": not request.alone}
    given = {name: value for name, value in given.items() if not usual.get(name)}
    return Code(call("tw.Request", [request.action, request.principal], given))
