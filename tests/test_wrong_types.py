"""What is given to the front door and is of another type than it takes: told at once, with what to
write.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable
from typing import Any

import pytest

import trust_widgets as tw

TEXT = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action":'
    ' "sts:AssumeRole"}]}'
)
DOCUMENT = json.loads(TEXT)
POLICY = tw.parse(TEXT)
CALL = tw.Request("sts:AssumeRole", "lambda.amazonaws.com")
VIEWS = [getattr(tw, name) for name in tw.__all__ if name.endswith("View")]


@pytest.mark.parametrize(
    "ask",
    [
        lambda given: tw.evaluate(given, CALL),
        lambda given: tw.compare(given, given),
        lambda given: tw.compare(POLICY, given),
        tw.who_gets_in,
        tw.is_public,
    ],
)
def test_a_text_is_parsed_first(ask: Callable[[Any], Any]) -> None:
    """And so is a document, which is written as text before."""
    with pytest.raises(TypeError, match=r"not str: parse it first: tw\.parse\(text\)"):
        ask(TEXT)
    with pytest.raises(
        TypeError, match=r"not dict: parse it first: tw\.parse\(json\.dumps\(document\)\)"
    ):
        ask(DOCUMENT)
    assert ask(POLICY) is not None


def test_a_document_is_checked_as_its_text() -> None:
    """What boto3 returns is read already:
    https://docs.aws.amazon.com/boto3/latest/reference/services/iam/client/get_role.html
    """
    assert [finding.name for finding in tw.check(DOCUMENT)] == ["bare_star"]
    assert [finding.name for finding in tw.check({})] == [
        finding.name for finding in tw.check("{}")
    ]


@pytest.mark.parametrize("ask", [tw.parse, tw.check])
def test_what_is_no_text_is_not_read(ask: Callable[[Any], Any]) -> None:
    """A number, for instance."""
    with pytest.raises(TypeError, match="a text is needed, not int"):
        ask(7)


def test_a_role_is_exported() -> None:
    """A policy has no name that a tool could give it."""
    with pytest.raises(
        TypeError, match=r"a Role is needed, not TrustPolicy: tw\.Role\(name, policy\)"
    ):
        tw.export(POLICY, "json")  # type: ignore[arg-type]


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    ("given", "text"),
    [(TEXT, "text"), (POLICY, r"str\(policy\)"), (DOCUMENT, r"json\.dumps\(document\)")],
)
def test_a_view_draws_a_model(view: Any, given: Any, text: str) -> None:
    """The message says how to make one, and nothing is left behind that fails later."""
    with pytest.raises(TypeError, match=rf"give tw\.TrustModel\(text={text}\)"):
        view(given)
    gc.collect()


@pytest.mark.parametrize("start", [TEXT, "github oidc", ""])
def test_the_builder_takes_a_text_by_its_name(start: str) -> None:
    """What stands first is a pattern's name."""
    with pytest.raises(
        TypeError, match=r"to read a policy's text: tw\.TrustBuilder\(text=\.\.\.\)"
    ):
        tw.TrustBuilder(start)


def test_the_builder_begins_with_nothing_else() -> None:
    """And names the pattern that was probably meant."""
    with pytest.raises(TypeError, match="not dict"):
        tw.TrustBuilder(DOCUMENT)
    with pytest.raises(KeyError, match="did you mean 'github_oidc'"):
        tw.TrustBuilder("github")
