"""What a worker process does in tests: it has to be imported there."""

from __future__ import annotations

from datetime import date
from typing import Any

import trust_widgets as tw


def answers_about(policy: tw.TrustPolicy) -> tuple[str, ...]:
    """All answers about a policy, as texts."""
    decisions = [tw.evaluate(policy, request).outcome for request in REQUESTS]
    return (
        repr(list(tw.check(policy, HOME))),
        repr(list(tw.who_gets_in(policy, HOME))),
        repr(tw.is_public(policy, HOME)),
        repr(tw.compare(policy, tw.TrustPolicy(policy.statements[1:]), HOME)),
        repr(decisions),
    )


def sent_back(value: Any) -> tuple[Any, str]:
    """A value as it came, and how it looks here."""
    return value, repr(value)


HOME = tw.Home(today=date(2025, 1, 1))
"""The present day of the tests; a worker does not know of it."""

REQUESTS = (
    tw.Request("sts:AssumeRole", "arn:aws:iam::444455556666:user/ops", caller_permission="yes"),
    tw.Request("sts:AssumeRole", "lambda.amazonaws.com"),
)
