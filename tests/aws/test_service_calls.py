"""What calls of services bring, as each service's page on the confused deputy says."""

from __future__ import annotations

import pytest

from trust_widgets.aws import service_calls, services
from trust_widgets.aws._data import load


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("scheduler.amazonaws.com", ("aws:SourceAccount", "aws:SourceArn")),
        ("states.eu-central-1.amazonaws.com", ("aws:SourceAccount", "aws:SourceArn")),
        ("ecs-tasks.amazonaws.com.cn", ("aws:SourceAccount", "aws:SourceArn")),
        ("lambda.amazonaws.com", ("aws:SourceAccount",)),
        *(
            (name, ())
            for name in (
                "ec2.amazonaws.com",
                "edgelambda.amazonaws.com",
                "quantum-teapots.amazonaws.com",
            )
        ),
        *((name, ()) for name in ("states", "states.aws.internal", "", "*")),
    ],
)
def test_source_keys(name: str, keys: tuple[str, ...]) -> None:
    """As each service's page on the confused deputy says; nothing for one that says nothing."""
    assert service_calls.source_keys(name) == keys


def test_source_keys_are_of_known_services_and_say_where_from() -> None:
    """A misspelt service or key would recommend nothing, or lock the service out."""
    for head, told in load("source_keys")["services"].items():
        assert services.is_known(f"{head}.amazonaws.com") and told["source"]
        assert told["keys"] and set(told["keys"]) <= {"aws:SourceAccount", "aws:SourceArn"}


def test_doubts_are_about_known_services_and_say_where_from() -> None:
    """None of them is about a key that the service is known to send."""
    for head, told in load("source_keys")["doubtful"].items():
        assert (
            services.is_known(f"{head}.amazonaws.com")
            and told["source"].startswith("https://")
            and told["why"]
        )
        assert not set(told["keys"]) & set(service_calls.source_keys(f"{head}.amazonaws.com"))


@pytest.mark.parametrize(
    ("service", "is_verified"),
    [("scheduler", True), ("iot", True), ("sns", False), ("cloudtrail", False)],
)
def test_a_page_says_who_sends_a_source(service: str, is_verified: bool) -> None:
    """https://docs.aws.amazon.com/iot/latest/developerguide/iot-create-role.html"""
    name = f"{service}.amazonaws.com"
    assert service_calls.is_verified_to_say_its_source(name) is is_verified
