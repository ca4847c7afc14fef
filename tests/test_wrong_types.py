"""What is given to the front door and is of another type than it takes: told at once, with what to
write.
"""

from __future__ import annotations

import gc
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.readers import read_text

TEXT = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action":'
    ' "sts:AssumeRole"}]}'
)
DOCUMENT = json.loads(TEXT)
POLICY = tw.parse(TEXT)
CALL = tw.Request("sts:AssumeRole", "lambda.amazonaws.com")
# Views of something else than a policy.
OF_OTHERS = ("ExerciseView", "InventoryView")
NAMES_OF_VIEWS = [name for name in tw.__all__ if name.endswith("View")]
VIEWS = [getattr(tw, name) for name in NAMES_OF_VIEWS if name not in OF_OTHERS]


ROLE = tw.Role("app", POLICY, account="111122223333")
MODEL = tw.TrustModel(text=TEXT, account="111122223333")
RECORD = read_text("role.json", TEXT).records[0]
FORMS = [
    RECORD,
    TEXT,
    DOCUMENT,
    POLICY,
    ROLE,
    MODEL,
    tw.TrustBuilder(text=TEXT),
    tw.FormView(MODEL),
]
ASKS = [
    lambda given: tw.evaluate(given, CALL),
    lambda given: tw.compare(given, given),
    lambda given: tw.compare(POLICY, given),
    lambda given: tw.compare(given, POLICY),
    tw.who_gets_in,
    tw.is_public,
]


@pytest.mark.parametrize("given", FORMS, ids=lambda given: type(given).__name__)
@pytest.mark.parametrize("ask", [*ASKS, tw.parse])
def test_a_policy_is_taken_in_each_of_its_forms(ask: Callable[[Any], Any], given: Any) -> None:
    assert str(ask(given)) == str(ask(POLICY))


@pytest.mark.parametrize("ask", [*ASKS, tw.parse])
def test_a_broken_text_is_told_with_its_problems(ask: Callable[[Any], Any]) -> None:
    """Not so by `check`, for which they are findings."""
    for broken in (TEXT[:-1], {"Statement": 7}, tw.TrustModel(text=TEXT[:-1])):
        with pytest.raises(tw.DocumentError):
            ask(broken)
        assert [str(finding.verdict) for finding in tw.check(broken)] == ["refused"]


@pytest.mark.parametrize(
    ("given", "write"),
    [
        (None, "not None: give its JSON text"),
        (7, "not int: give its JSON text"),
        (TEXT.encode(), r"not bytes: give its text: data\.decode\(\)"),
        (Path("policy.json"), r"give the file's text: Path\(path\)\.read_text\(\)"),
        (io.StringIO(TEXT), r"give the file's text: file\.read\(\)"),
        (POLICY.statements[0], r"give tw\.TrustPolicy\(\(statement,\)\)"),
        (tw.Role, "not type: give its JSON text"),
    ],
)
@pytest.mark.parametrize("ask", [*ASKS, tw.parse, tw.check, tw.TrustModel, tw.FormView])
def test_anything_else_is_refused_with_what_to_write(
    ask: Callable[[Any], Any], given: Any, write: str
) -> None:
    if given is None and ask in (tw.TrustModel, tw.FormView):
        return  # a new one
    with pytest.raises(TypeError, match=write):
        ask(given)


OURS = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
                "Action": "sts:AssumeRole",
            }
        ],
    }
)


def test_a_role_and_a_model_bring_what_is_the_readers_own() -> None:
    """The account that a role lives in is its reader's, and so no stranger's; what is given counts
    before what came with it.
    """
    policy = tw.parse(OURS)
    role = tw.Role("app", policy, account="111122223333")
    model = tw.TrustModel(text=OURS, home=tw.Home(accounts=("111122223333",)))
    other = tw.Home(accounts=("444455556666",))

    assert tw.is_public(policy).because and not tw.is_public(role).because
    assert not tw.is_public(model).because and tw.is_public(model, other).because
    assert not tw.is_public(role, other).because  # a role's account is its own in any case
    for ask in (tw.check, tw.who_gets_in):
        assert ask(role) == ask(policy, tw.Home(accounts=("111122223333",))) == ask(model)
        assert ask(role) != ask(policy)


def test_a_call_without_a_role_asks_for_the_one_that_the_policy_came_with() -> None:
    call = {"action": "sts:AssumeRole", "principal": "arn:aws:iam::444455556666:user/ops"}
    assert tw.evaluate(ROLE, call).request.role == ROLE.arn
    assert tw.evaluate(MODEL, call).request.role == "arn:aws:iam::111122223333:role/example-role"
    assert tw.evaluate(POLICY, {**call, "role": ROLE.arn}).request.role == ROLE.arn


@pytest.mark.parametrize(
    ("call", "write"),
    [
        (None, r"not None: write tw\.Request\("),
        ("arn:aws:iam::444455556666:user/ops", r"not 'arn:.*': write tw\.Request\("),
        (tw.CALLERS["iam_user"], r"write caller\.make\(role, answers\)"),
        (tw.who_gets_in(POLICY)[0], r"write its \.witness"),
        (tw.is_public(POLICY), r"write its \.witness"),
        ({"action": "sts:AssumeRole", "principle": "x"}, "did you mean 'principal'"),
        (
            {"userIdentity": {}, "eventName": "AssumeRole"},
            r"tw\.CALLERS\['cloudtrail_event'\]\.make",
        ),
        (DOCUMENT, r"not a policy: write tw\.Request\("),
        ({"iss": "https://gitlab.com", "sub": "x"}, r"tw\.CALLERS\['token'\]\.make\(role, text="),
    ],
)
def test_what_is_no_call_is_told(call: Any, write: str) -> None:
    with pytest.raises(TypeError, match=write):
        tw.evaluate(POLICY, call)


def test_the_order_is_told() -> None:
    with pytest.raises(TypeError, match="the policy comes first"):
        tw.evaluate(CALL, POLICY)  # type: ignore[arg-type]


@pytest.mark.parametrize("ask", [tw.check, tw.who_gets_in, tw.is_public])
def test_what_is_yours_may_be_a_dict_and_nothing_else(ask: Callable[..., Any]) -> None:
    assert ask(OURS, {"accounts": ["111122223333"]}) == ask(OURS, tw.Home(("111122223333",)))
    for home in ("111122223333", ["111122223333"], 111122223333):
        with pytest.raises(TypeError, match=r"tw\.Home\(accounts="):
            ask(OURS, home)


def test_a_document_is_checked_as_its_text() -> None:
    """What boto3 returns is read already:
    https://docs.aws.amazon.com/boto3/latest/reference/services/iam/client/get_role.html
    """
    assert [finding.name for finding in tw.check(DOCUMENT)] == ["bare_star"]
    assert [finding.name for finding in tw.check({})] == [
        finding.name for finding in tw.check("{}")
    ]


def test_a_role_is_exported() -> None:
    """A policy has no name that a tool could give it."""
    with pytest.raises(
        TypeError, match=r"a Role is needed, not TrustPolicy: tw\.Role\(name, policy\)"
    ):
        tw.export(POLICY, "json")  # type: ignore[arg-type]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("given", [TEXT, DOCUMENT, POLICY, ROLE], ids=lambda it: type(it).__name__)
def test_a_view_draws_a_policy_in_each_of_its_forms(view: Any, given: Any) -> None:
    """In a model of its own, that knows the role's name and account; a model and a view are
    shared.
    """
    drawn = view(given).model
    assert drawn.policy == POLICY and not drawn.problems
    if given is ROLE:
        assert (drawn.role_name, drawn.account) == ("app", "111122223333")
    assert view(MODEL).model is MODEL is view(tw.FormView(MODEL)).model


def test_a_view_draws_a_broken_text_too() -> None:
    """It is there to be finished in the editor."""
    assert tw.EditorView(TEXT[:-1]).model.problems
    assert tw.TrustBuilder(text=TEXT[:-1]).model.text == TEXT[:-1]


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("view", VIEWS)
def test_a_view_that_is_refused_leaves_nothing_behind(view: Any) -> None:
    with pytest.raises(TypeError, match="the text is needed, not int"):
        view(7)
    gc.collect()


@pytest.mark.parametrize("start", [TEXT, "github oidc", ""])
def test_the_builder_takes_a_text_by_its_name(start: str) -> None:
    """What stands first is a pattern's name."""
    with pytest.raises(
        TypeError, match=r"to read the text of a policy, write tw\.TrustBuilder\(text=\.\.\.\)"
    ):
        tw.TrustBuilder(start)


@pytest.mark.parametrize("given", [DOCUMENT, POLICY, ROLE, MODEL], ids=lambda it: type(it).__name__)
def test_the_builder_begins_with_a_policy(given: Any) -> None:
    """First, or as `text=`; the name and the account of a role come with it."""
    for builder in (tw.TrustBuilder(given), tw.TrustBuilder(text=given)):
        assert builder.model.policy == POLICY
        assert given is not ROLE or builder.model.role.arn == ROLE.arn


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: tw.TrustBuilder("aws_service", text=TEXT), r"takes one of a start and text="),
        (lambda: tw.TrustBuilder("aws_service", grants=[]), r"takes one of a start and grants="),
        (lambda: tw.TrustBuilder(text=TEXT, grants=[]), r"takes one of text= and grants="),
        (lambda: tw.TrustBuilder(MODEL, text=TEXT), r"takes one of a start and text="),
        (lambda: tw.TrustBuilder(MODEL, home=tw.Home()), r"set model\.home instead"),
        (lambda: tw.TrustBuilder(MODEL, account="444455556666"), r"set model\.account instead"),
        (lambda: tw.TrustBuilder(text=TEXT, services=("x",)), "services needs a pattern"),
        (lambda: tw.TrustModel(TEXT, text=TEXT), "given twice"),
    ],
)
def test_of_two_things_to_begin_with_none_is_dropped(make: Callable[[], Any], told: str) -> None:
    with pytest.raises(TypeError, match=told):
        make()


def test_the_builder_names_the_pattern_that_was_meant() -> None:
    with pytest.raises(KeyError, match="did you mean 'github_oidc'"):
        tw.TrustBuilder("github")


def test_what_calls_a_caller_is_told_of_make() -> None:
    with pytest.raises(TypeError, match=r"\.make\("):
        tw.CALLERS["iam_user"](arn="arn:aws:iam::444455556666:user/ops")


@pytest.mark.parametrize("text", ["Allowed", "refused", "not_allowed", ""])
def test_a_text_that_is_no_outcome_is_told(text: str) -> None:
    outcome = tw.evaluate(POLICY, CALL).outcome
    with pytest.warns(UserWarning, match="there are allowed, denied, not allowed, depends"):
        assert outcome != text
    assert outcome in set(type(outcome)) and outcome == str(outcome)


def test_a_role_of_a_file_that_is_not_known_whole_is_told() -> None:
    text = 'resource "aws_iam_role" "app" {\n  assume_role_policy = var.trust\n}\n'
    (record,) = read_text("roles.tf", text).records
    with pytest.raises(
        ValueError,
        match=(
            r"contains values that are not known: roles\.tf:2:24: "
            r"unresolved var\.trust"
        ),
    ):
        tw.check(record)


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("ExerciseView", "no exercise '7'"),
        ("InventoryView", r"an inventory is needed, not int: write tw\.scan\('export\.json'\)"),
    ],
)
def test_a_view_of_something_else_says_what_it_takes(name: str, message: str) -> None:
    with pytest.raises((KeyError, TypeError), match=message):
        getattr(tw, name)(7)
    gc.collect()
