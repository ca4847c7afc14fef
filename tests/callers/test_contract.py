"""What every caller of the family keeps to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trust_widgets.aws.keys.condition_keys import key_named, why_never
from trust_widgets.callers import CALLERS, GROUPS, ROLE, Caller
from trust_widgets.evaluation import Outcome, Request
from trust_widgets.explain import evaluate
from trust_widgets.forms import complete
from trust_widgets.patterns import PATTERNS
from trust_widgets.policy import Condition, Principal, Statement, TrustPolicy, spelled_apart

EVERY = [pytest.param(caller, id=name) for name, caller in CALLERS.items()]
# Which pattern's policies are for which caller; the others are for none.
FOR = {
    "another_account": ("role_session",),
    "aws_service": ("aws_service",),
    "custom": ("role_session",),
    "github_oidc": ("github_actions", "token"),
    "irsa": ("irsa_pod", "token"),
    "oidc": ("token",),
    "oidc_service": ("gitlab_ci", "token"),
    "organization": ("iam_user", "role_session"),
    "own_account_mfa": ("iam_user",),
    "pod_identity": ("pod_identity_pod",),
    "pod_identity_target": ("role_session",),
    "saml": ("saml_user",),
    "vendor": ("iam_user", "role_session"),
}
GUESSES = [
    pytest.param(pattern, name, id=f"{pattern}-{name}")
    for pattern, names in FOR.items()
    for name in names
]


def example(caller: Caller) -> Mapping[str, Any]:
    """The examples of its questions, where they are asked beside one another."""
    every = complete(caller.fields, {})
    for field in caller.fields:
        if field.kind == "text" and field.question.example and field.is_asked(every):
            every[field.name] = field.question.example
    return every


def example_policy(pattern: str) -> TrustPolicy:
    """The policy of a pattern's own example."""
    return PATTERNS[pattern].build(account="111122223333", **PATTERNS[pattern].example).trust


@pytest.mark.parametrize("caller", EVERY)
def test_it_says_what_it_is(caller: Caller) -> None:
    """A title, a line about it, a known group, a page."""
    assert caller.title and caller.about and caller.group in GROUPS
    assert caller.source.startswith("https://")


@pytest.mark.parametrize("caller", EVERY)
def test_each_question_has_a_label_and_an_example(caller: Caller) -> None:
    """Choices and flags show their answers themselves."""
    for field in caller.fields:
        assert field.question.label, field.name
        assert field.kind in ("choice", "flag") or field.question.example, field.name


@pytest.mark.parametrize("caller", EVERY)
def test_its_examples_make_a_call(caller: Caller) -> None:
    """And they break none of its own rules."""
    assert caller.complaints_about(example(caller)) == {}
    assert isinstance(caller.make(ROLE, example(caller)), Request)


@pytest.mark.parametrize("caller", EVERY)
def test_no_key_is_there_that_such_a_caller_never_has(caller: Caller) -> None:
    """Neither with a value nor as unknown."""
    request = caller.make(ROLE, example(caller))
    for key in (*request.context, *request.unknown):
        assert why_never(key, request.identity.kind) == "", key


@pytest.mark.parametrize("caller", EVERY)
def test_its_keys_are_aws_keys(caller: Caller) -> None:
    """Whether known or unknown, the service authorization reference has them; a misspelt one would
    match nothing.
    """
    request = caller.make(ROLE, example(caller))
    unlisted = {"saml:doc"} | {key for key in request.unknown if key.endswith("/*")}
    for key in {*request.context, *request.unknown} - unlisted:
        assert key_named(key), key


@pytest.mark.parametrize(("pattern", "name"), GUESSES)
def test_a_guess_is_let_in(pattern: str, name: str) -> None:
    """At most the caller's own permission, or a key that nobody can guess, is open."""
    policy = example_policy(pattern)
    guess = CALLERS[name].guess
    assert guess is not None
    answers = guess(policy, ROLE)
    assert answers is not None
    assert evaluate(policy, CALLERS[name].make(ROLE, answers)).outcome in (
        Outcome.ALLOWED,
        Outcome.DEPENDS,
    )


@pytest.mark.parametrize("pattern", [pytest.param(name, id=name) for name in PATTERNS])
def test_nobody_else_guesses(pattern: str) -> None:
    """A caller that a policy is not for says so."""
    policy = example_policy(pattern)
    guessing = {
        name
        for name, caller in CALLERS.items()
        if caller.guess and caller.guess(policy, ROLE) is not None
    }
    assert guessing == set(FOR[pattern])


@pytest.mark.parametrize("caller", EVERY)
def test_a_policy_for_nobody_is_guessed_by_nobody(caller: Caller) -> None:
    """An empty policy, and one that only denies."""
    assert caller.guess is None or caller.guess(TrustPolicy(), ROLE) is None


@pytest.mark.parametrize("caller", EVERY)
def test_what_is_no_role_is_refused(caller: Caller) -> None:
    """In words that show a right one; a recorded event and a message have a role of their own."""
    if caller.group == "Pasted" and caller is not CALLERS["token"]:
        return
    with pytest.raises(ValueError, match="is not the ARN of a role"):
        caller.make("app", example(caller))


@pytest.mark.parametrize("caller", EVERY)
def test_an_unanswered_form_is_refused_with_every_question(caller: Caller) -> None:
    """And each complaint shows a right answer."""
    wrong = caller.complaints_about({})
    assert wrong
    with pytest.raises(ValueError, match=next(iter(wrong))):
        caller.make(ROLE, {})


GITHUB = "token.actions.githubusercontent.com"
NAMES = (
    *(
        "*",
        "444455556666",
        "arn:aws:iam::444455556666:root",
        "arn:aws:iam::444455556666:role/",
        "arn:aws:sts::1:assumed-role/",
    ),
    *(
        "arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_x_y",
        "rolesanywhere.amazonaws.com",
    ),
    *(
        f"arn:aws:iam::111122223333:oidc-provider/{GITHUB}",
        "arn:aws:iam::*:oidc-provider/gitlab.com",
        "arn:::::",
    ),
    *(
        "arn:aws:iam::111122223333:saml-provider/",
        "cognito-identity.amazonaws.com",
        "pods.eks.amazonaws.com",
    ),
)
KEYS = (
    *(
        "aws:PrincipalArn",
        "aws:PrincipalTag/x509Subject/CN",
        "aws:PrincipalTag/",
        "aws:RequestTag/Team",
        "aws:SourceIp",
    ),
    *(
        "aws:SourceArn",
        f"{GITHUB}:sub",
        f"{GITHUB}:aud",
        "gitlab.com:sub",
        "saml:aud",
        "sts:ExternalId",
    ),
)
texts = st.sampled_from(NAMES) | st.text(max_size=12)
lists = st.lists(texts, max_size=2).map(tuple)
conditions = st.builds(
    Condition,
    st.sampled_from(
        ("StringLike", "ArnLike", "Bool", "IpAddress", "ForAnyValue:StringEquals", "Null", "None")
    ),
    st.sampled_from(KEYS) | st.text(max_size=12),
    st.lists(
        st.text(max_size=12) | st.sampled_from(NAMES) | st.booleans() | st.integers(), max_size=2
    ).map(tuple),
)
statements = st.builds(
    Statement,
    st.sampled_from(("Allow", "Deny", None)),
    st.none() | st.builds(Principal, aws=lists, service=lists, federated=lists, star=st.booleans()),
    st.none()
    | st.sampled_from(
        ("sts:*", "sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML")
    ),
    st.lists(conditions, max_size=3).map(spelled_apart),
)


@given(st.lists(statements, max_size=2).map(lambda found: TrustPolicy(tuple(found))))
def test_any_policy_gives_a_guess_or_none(policy: TrustPolicy) -> None:
    """A guess may break a rule of its form, which says so; it answers only what the form asks, and
    nothing raises.
    """
    for caller in CALLERS.values():
        guess = caller.guess(policy, ROLE) if caller.guess else None
        if guess is None:
            continue
        assert set(guess) <= {field.name for field in caller.fields}
        if not caller.complaints_about(guess):
            assert _made(caller, guess)


def _made(caller: Caller, answers: Mapping[str, Any]) -> bool:
    """Answers that break no rule make a call, or are refused in words."""
    try:
        return isinstance(caller.make(ROLE, answers), Request)
    except ValueError as error:
        return bool(str(error))


@pytest.mark.parametrize("caller", EVERY)
def test_an_answer_that_it_does_not_ask_for_is_an_error(caller: Caller) -> None:
    """A misspelt one would else be left out in silence, and the call be another than was meant."""
    names = [field.name for field in caller.fields]
    with pytest.raises(
        TypeError,
        match=f"^{re.escape(caller.title)} has no question nothing\\. Its questions are {names[0]}",
    ):
        caller.make(ROLE, {**example(caller), "nothing": "x"})


@pytest.mark.parametrize("caller", EVERY)
def test_it_shows_the_answers_that_it_takes(caller: Caller) -> None:
    """In a cell, with the values to choose from."""
    assert repr(caller).startswith(f"<Caller {caller.title!r}, answers: {caller.fields[0].name}")
    for field in caller.fields:
        assert field.name in repr(caller) and all(
            option in repr(caller) for option in field.options
        )
