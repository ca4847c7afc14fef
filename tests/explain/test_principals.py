"""Callers in words, the same whether a statement names them or a request comes from them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import trust_widgets
import trust_widgets as tw
from trust_widgets.evaluation import identity_of
from trust_widgets.explain import arn_or_words, caller_of, example_of, who_of

PACKAGE = Path(trust_widgets.__file__).parent
ACCOUNT = "444455556666"
SESSION = f"arn:aws:sts::{ACCOUNT}:assumed-role/app/run-1"


@pytest.mark.parametrize(
    ("principal", "words"),
    [
        (f"arn:aws:iam::{ACCOUNT}:user/team/ops", "the user ops"),
        (f"arn:aws:sts::{ACCOUNT}:federated-user/desk", "the federated user desk"),
        (SESSION, "the session run-1 of the role app"),
    ],
)
def test_a_caller_is_called_what_a_statement_calls_it(principal: str, words: str) -> None:
    """A user's path is left out in both."""
    (named,) = who_of(tw.Statement(principal=tw.Principal(aws=principal)), tw.Home())
    assert named.text == caller_of(identity_of(principal)) == f"{words} of account {ACCOUNT}"


def test_a_role_is_named_and_its_sessions_call() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    #principal-role-session: what calls is a session of the role."""
    role = f"arn:aws:iam::{ACCOUNT}:role/app"
    (named,) = who_of(tw.Statement(principal=tw.Principal(aws=role)), tw.Home())
    assert named.text == f"the role app of account {ACCOUNT}"
    assert caller_of(identity_of(role)) == f"a session of the role app of account {ACCOUNT}"


def test_an_example_leaves_out_the_name_of_a_session() -> None:
    """Of a user it is the same as the caller."""
    assert example_of(identity_of(SESSION)) == f"a session of the role app of account {ACCOUNT}"
    user = identity_of(f"arn:aws:iam::{ACCOUNT}:user/ops")
    assert example_of(user) == caller_of(user)


@pytest.mark.parametrize(
    ("principal", "text"),
    [
        (SESSION, f"arn:aws:iam::{ACCOUNT}:role/app"),
        (f"arn:aws:iam::{ACCOUNT}:user/team/ops", f"arn:aws:iam::{ACCOUNT}:user/team/ops"),
        ("ec2.amazonaws.com", "the AWS service ec2.amazonaws.com"),
        ("accounts.google.com", "the holder of a token from accounts.google.com"),
        (
            f"arn:aws:iam::{ACCOUNT}:saml-provider/corp",
            "a person who signs in through the SAML provider corp",
        ),
    ],
)
def test_in_a_list_a_caller_with_an_arn_has_it(principal: str, text: str) -> None:
    """Of a session it is the ARN of its role, which a policy can name."""
    assert arn_or_words(identity_of(principal)) == text


WORDS = re.compile(r"\bthe (?:role|session|federated user) \{")


OTHERS = {"providers", "exercises", "documents"}


def test_callers_are_worded_in_one_module() -> None:
    """A template for the name of a user, role or session is in `explain/principals.py` alone.

    The subjects of providers have words of their own; exercises and documents name their own role.
    """
    found = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if WORDS.search(path.read_text(encoding="utf-8")) and not OTHERS & set(path.parts)
    }
    assert found == {"explain/principals.py"}


def test_a_second_wording_is_caught() -> None:
    """As it was in two modules before."""
    assert WORDS.search('f"the session {session} of the role {role}"')


STATEMENT = re.compile(r"[Ss]tatement \{.*\+ 1")


def test_a_statement_is_counted_in_one_module() -> None:
    """From 1, as people count."""
    found = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if STATEMENT.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"explain/places.py"}
