"""What a provider of tokens is, and what is read in a pattern for its subjects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from trust_widgets.aws import oidc_issuers


@dataclass(frozen=True, slots=True)
class Reading:
    """What a subject pattern admits.

    Args:
        words: who that is, `"GitHub Actions runs on branch main of octo-org/app"`.
        wide: the parts of `words` that deserve emphasis: where the pattern admits more than one.
        faults: names of ways in which it is wide, for pitfalls: `"owner_any"`, `"branch_any"`, ...
        stranger: whether another customer of an issuer that several share can have such a subject.
    """

    words: str
    wide: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    stranger: bool = False


@dataclass(frozen=True, slots=True)
class Provider:
    """One issuer of tokens.

    Args:
        title: `"GitHub Actions"`.
        owns: whether an issuer is this provider's: host and path without `https://`; of SAML the
            entity ID.
        audience: what its usual client requests; `""` where each customer's differs.
        read: a subject, or a pattern for subjects, in words; `None` when no token of it reads so.
        source: the provider's page about its tokens.
        read_on: the day on which that page, or what `verified` names, was read: `2026-11-29`.
        issuer: an issuer, or a template of one: `"oidc.circleci.com/org/{organization}"`.
        issuer_from: a function with questions that makes the issuer from answers, where each
            customer's differs.
        subject: a function with questions that makes a subject from answers.
        answers: the answers that a subject was made from; `None` for a text that is no subject of
            its.
        subjects_for: realistic subjects that a pattern admits, those of external callers first.
        protocol: what its tokens are.
        setup: one or two sentences: where its tokens come from, what to set there.
        verified: which of these facts are verified, and how; which are not.
    """

    title: str
    owns: Callable[[str], bool]
    audience: str
    read: Callable[[str], Reading | None]
    source: str
    issuer: str = ""
    issuer_from: Callable[..., str] | None = None
    subject: Callable[..., str] | None = None
    answers: Callable[[str], dict[str, str] | None] | None = None
    subjects_for: Callable[..., tuple[str, ...]] | None = None
    protocol: Literal["oidc", "saml"] = "oidc"
    setup: str = ""
    verified: str = ""
    read_on: str = ""

    def __post_init__(self) -> None:
        # The same subjects are read at every key press.
        object.__setattr__(self, "read", lru_cache(maxsize=8192)(self.read))

    def claims(self, issuer: str) -> tuple[str, ...]:
        """The condition keys that AWS fills from tokens of one of its issuers."""
        return oidc_issuers.claims_of(issuer)

    def required_key(self, issuer: str) -> str | None:
        """The condition key that IAM demands for one of its issuers; GitHub has a second one."""
        return oidc_issuers.required_key(issuer)

    def is_shared(self, issuer: str) -> bool:
        """Whether customers who have nothing to do with one another get tokens of one of its
        issuers.
        """
        return oidc_issuers.is_shared(issuer)
