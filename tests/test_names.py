"""Which name was meant, as the errors of public names say it."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.names import hint, nearest

EC2 = tw.Statement("Allow", tw.Principal(service="ec2.amazonaws.com"), "sts:AssumeRole")
POLICY = tw.TrustPolicy((EC2,))
CALL = tw.Request("sts:AssumeRole", "lambda.amazonaws.com")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("TrustBuiler", "TrustBuilder"),
        ("trustbuilder", "TrustBuilder"),
        ("trust_builder", "TrustBuilder"),
        ("Patterns", "PATTERNS"),
        ("chek", "check"),
        ("whogetsin", "who_gets_in"),
        ("Reqest", "Request"),
        ("gets_in", "who_gets_in"),
    ],
)
def test_a_name_of_the_package_is_told_with_the_nearest(name: str, meant: str) -> None:
    with pytest.raises(AttributeError, match=rf"no attribute '{name}'; did you mean '{meant}'\?"):
        getattr(tw, name)


@pytest.mark.parametrize("name", ["nothing_like_it", "_repr_html_", "__wrapped__"])
def test_a_name_that_is_near_to_none_is_told_alone(name: str) -> None:
    with pytest.raises(AttributeError) as raised:
        getattr(tw, name)
    assert str(raised.value) == f"module 'trust_widgets' has no attribute '{name}'"


@pytest.mark.parametrize(
    ("value", "name", "write"),
    [
        (tw.evaluate(POLICY, CALL), "allowed", 'outcome == "allowed"'),
        (tw.evaluate(POLICY, CALL), "outcom", "'outcome'"),
        (tw.is_public(POLICY), "result", "'found'"),
        (tw.compare(POLICY, POLICY), "gain", "'gained'"),
        (tw.who_gets_in(POLICY)[0], "sentense", "'sentence'"),
        (tw.check("{"), "verdict", r"findings\[0\]\.verdict"),
        (tw.who_gets_in(POLICY), "witness", r"callers\[0\]\.witness"),
        (tw.PATTERNS, "github_oidc", r"PATTERNS\['github_oidc'\]"),
        (tw.CALLERS, "github", r"CALLERS\['github_actions'\]"),
    ],
)
def test_an_attribute_is_told_with_what_to_write(value: Any, name: str, write: str) -> None:
    with pytest.raises(AttributeError, match=write):
        getattr(value, name)


@pytest.mark.parametrize("value", [tw.evaluate(POLICY, CALL), tw.is_public(POLICY)])
def test_values_are_copied_and_asked_by_programs_as_before(value: Any) -> None:
    """`copy` and `pickle` look for methods that are not there, and so does IPython."""
    assert pickle.loads(pickle.dumps(value)) == copy.deepcopy(value) == value
    assert not hasattr(value, "_repr_html_")
    assert value._repr_mimebundle_()


def test_case_and_underscores_do_not_count() -> None:
    assert nearest("SourceIP", ["source_ip"]) == "source_ip"
    assert nearest("ip", ["recipient"]) is None  # two letters are in too many names


def test_without_a_near_name_those_that_there_are_are_told() -> None:
    assert hint("qqq", ["branch", "tag"]) == "there are branch, tag"
    assert hint("qqq", []) == "there are none"


@pytest.mark.parametrize(
    ("ask", "meant"),
    [
        (lambda: tw.check(POLICY, hom=None), "home"),
        (lambda: tw.check(text=POLICY), "policy_or_text"),
        (lambda: tw.who_gets_in(POLICY, Home=None), "home"),
        (lambda: tw.is_public(POLICY, state=7), "states"),
        (lambda: tw.compare(before=POLICY, after=POLICY), "old"),
        (lambda: tw.evaluate(POLICY, call=CALL), "request"),
        (lambda: tw.export(tw.Role("app"), format="json"), "tool"),
        (lambda: tw.parse(txt="{}"), "text"),
    ],
)
def test_an_argument_of_a_function_is_told_with_the_nearest(ask: Any, meant: str) -> None:
    with pytest.raises(TypeError, match=f"has no argument '.*'; did you mean '{meant}'"):
        ask()


def test_a_call_in_a_dict_is_warned_of_where_it_is_written() -> None:
    """As a `Request` is."""
    call = {"action": "sts:AssumeRole", "principal": "ec2.amazonaws.com"}
    with pytest.warns(UserWarning, match="Write 'sts:ExternalId'") as told:
        tw.evaluate(POLICY, {**call, "context": {"ExternalId": "x"}})
    assert told[0].filename == __file__
