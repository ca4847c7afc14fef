"""Holders of a token of any OIDC issuer that no other form knows.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated, Any

from trust_widgets.aws.oidc_issuers import BUILT_IN
from trust_widgets.forms import Question
from trust_widgets.patterns import Pattern
from trust_widgets.patterns import accounts as _accounts
from trust_widgets.patterns import oidc_statements as _tokens
from trust_widgets.patterns.issuer_statements import answers_of
from trust_widgets.policy import Companion, Role, Statement
from trust_widgets.providers import (
    facts_of_issuer,
    known_audiences,
    known_issuers,
    known_subjects,
)


def _suggesting(question: Question, known: Callable[[], dict[str, str]]) -> Question:
    """A question that offers what is known, each with whose it is."""
    return replace(
        question, suggestions=lambda: tuple(known()), named=lambda text: known().get(text, "")
    )


# AWS knows these by itself, and their statements look different.
_BUILT_IN = "|".join(host.replace(".", "[.]") for host in BUILT_IN)
_ISSUER = Question(
    "Issuer",
    "The iss claim of the tokens. A trailing slash matters.",
    "idp.octo.example/tenant",
    # https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
    rf"(https://)?(?!({_BUILT_IN})/?$)(?!.*/[.]well-known/)[0-9A-Za-z-]+([.][0-9A-Za-z-]+)+(/[\w.~%@+/-]{{0,200}})?",
    "An issuer is a host and a path, without port or query, like idp.octo.example/tenant. For "
    f"{BUILT_IN[0]} and other providers built into AWS, use a custom statement.",
)
_AUDIENCE = Question(
    "Audience",
    "The aud claim of the tokens, or azp if they have one.",
    "sts.amazonaws.com",
    r"[^\s\"*?\x00-\x1f\x7f]{1,255}",
    "An audience has no spaces or wildcards, like sts.amazonaws.com.",
)
_SUBJECTS = Question(
    "Subjects",
    "The sub claim of the tokens, as the issuer documents it. * matches any characters.",
    "project:app:branch:main",
    r"(?=.*[^*?\s])[^\"\x00-\x1f\x7f]{1,500}",
    "A subject needs more than wildcards, like project:app:branch:main.",
)
_PARTITION = replace(_accounts.PARTITION, help="The partition of the role's account.")


def statements(
    account: str,
    issuer: Annotated[str, _suggesting(_ISSUER, known_issuers)],
    audience: Annotated[str, _suggesting(_AUDIENCE, known_audiences)],
    subjects: Annotated[tuple[str, ...], _suggesting(_SUBJECTS, known_subjects)],
    partition: Annotated[_accounts.Partition, _PARTITION] = "aws",
) -> tuple[Statement, ...]:
    return (
        _tokens.statement(
            _tokens.TokenGrant(partition, account, _host(issuer), audience, subjects)
        ),
    )


def _host(issuer: str) -> str:
    return issuer.removeprefix("https://")


def answers(statements: tuple[Statement, ...]) -> dict[str, Any] | None:
    """Nothing for an issuer that has its own pattern, or a form that reads the statements."""
    token = _tokens.read(statements)
    if token is None or facts_of_issuer(token.issuer).pattern or answers_of(statements):
        return None
    return token._asdict()


def label(answers: Mapping[str, Any]) -> str:
    issuer = _host(answers["issuer"].strip())
    if issuer:
        return f"OIDC · {issuer}"
    return "OIDC"


def companions(
    role: Role, issuer: str, audience: str, partition: str, **answers: Any
) -> tuple[Companion, ...]:
    return (
        _tokens.provider(_host(issuer), audience, "this issuer"),
        _tokens.try_it(_accounts.arn_of(role, partition)),
    )


PATTERN = Pattern(
    title="OIDC issuer",
    group="Outside AWS",
    about="Any other OIDC provider.",
    callers=frozenset({"oidc"}),
    example={
        "issuer": "idp.octo.example/tenant",
        "audience": "sts.amazonaws.com",
        "subjects": ("project:app:branch:main",),
    },
    statements=statements,
    answers=answers,
    label=label,
    companions=companions,
)
