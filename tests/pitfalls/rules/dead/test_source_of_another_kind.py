"""A source of another kind: the Scheduler calls for schedule groups, Roles Anywhere for anchors.

https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import found, only, policy
from trust_widgets.access import who_gets_in
from trust_widgets.findings import Verdict
from trust_widgets.policy import parse

NAME = "source_of_another_kind"
ACTIONS = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]


def source(service: str, arn: str, operator: str = "ArnLike", **more: Any) -> str:
    """A policy that requires the source of a service."""
    return policy({"Service": service}, ACTIONS, {operator: {"aws:SourceArn": arn}}, **more)


@pytest.mark.parametrize("operator", ["ArnLike", "ArnEquals", "StringLike", "StringEquals"])
@pytest.mark.parametrize(
    ("service", "arn"),
    [
        ("scheduler.amazonaws.com", "arn:aws:events:eu-west-1:111122223333:rule/nightly"),
        ("scheduler.amazonaws.com", "arn:aws-cn:scheduler:cn-north-1:111122223333:schedule/a/b"),
        ("rolesanywhere.amazonaws.com", "arn:aws:rolesanywhere:eu-west-1:111122223333:profile/p"),
        ("rolesanywhere.amazonaws.com", "arn:aws:acm-pca:eu-west-1:111122223333:trust-anchor/a"),
    ],
)
def test_another_kind_lets_nobody_in(service: str, arn: str, operator: str) -> None:
    """At the value, and the search says the same."""
    text = source(service, arn, operator)
    finding = only(NAME, text)
    assert (finding.verdict, finding.path[-2:]) == (Verdict.DEAD, ("aws:SourceArn", 0))
    assert who_gets_in(parse(text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        source(
            "scheduler.amazonaws.com",
            "arn:aws-us-gov:scheduler:us-gov-west-1:111122223333:schedule-group/default",
        ),
        source("scheduler.amazonaws.com", "arn:aws:scheduler:*:111122223333:*"),
        source("scheduler.amazonaws.com", "arn:aws:*:*:111122223333:schedule*"),
        source("scheduler.amazonaws.com", "arn:aws:events:*:111122223333:rule/*", "ArnNotLike"),
        source("rolesanywhere.amazonaws.com", "arn:aws:rolesanywhere:*:*:trust-anchor/a"),
        source("events.amazonaws.com", "arn:aws:events:*:111122223333:rule/*"),
        source("lambda.amazonaws.com", "arn:aws:events:*:111122223333:rule/*"),
    ],
)
def test_right_sources_and_unknown_services_are_silent(text: str) -> None:
    """No guide says what the other services send."""
    assert found(NAME, text) == []


def test_another_service_beside_it_may_send_it() -> None:
    """The statement lives on for that one."""
    services = ["scheduler.amazonaws.com", "events.amazonaws.com"]
    condition = {"ArnLike": {"aws:SourceArn": "arn:aws:events:*:111122223333:rule/*"}}
    assert found(NAME, policy({"Service": services}, condition=condition)) == []
