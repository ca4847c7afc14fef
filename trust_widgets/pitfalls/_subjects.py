"""Whether a token can have a subject: by the grammar of its issuer, as far as that is sure, and what was meant.

Of issuers whose customers may shape their subjects as they like, nothing is sure; nor of those whose grammar is not in
their own pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache

from trust_widgets.providers import (
    Provider,
    buildkite,
    circleci,
    eks,
    github_actions,
    gitlab,
    google,
    hcp_terraform,
    vercel,
)
from trust_widgets.providers._globs import matches
from trust_widgets.providers._grammar import Form, Grammar, Part

# All that a subject can be is in their pages, down to its letters.
_SURE = (github_actions.PROVIDER, eks.PROVIDER, gitlab.PROVIDER, google.PROVIDER)
# With --subject-claim a subject is one id of seven, and nothing else; a branch of a fork may hold a colon.
# https://buildkite.com/docs/agent/cli/reference/oidc
_BUILDKITE = Grammar(
    forms=(
        *buildkite.GRAMMAR.forms,
        Form("claim", "{claim}", "Buildkite jobs whose subject is {claim}"),
    ),
    parts=(
        *(replace(part, chars="." if part.name in ("branch", "tag") else "[^:]") for part in buildkite.GRAMMAR.parts),
        Part("claim", "{}", "any id", "[^:/]", "0191f956-042f-7ec4-aa62-8e5eeae396d0"),
    ),
    everything="any Buildkite job",
)
# Their forms are, but not which letters a name may have.
_SURE_OF_FORM = (
    (hcp_terraform.PROVIDER, hcp_terraform.GRAMMAR, "[^:]"),
    (circleci.PROVIDER, circleci.GRAMMAR, "[^/]"),
    (vercel.PROVIDER, vercel.GRAMMAR, "[^:]"),
    (buildkite.PROVIDER, _BUILDKITE, ""),
)
# Where each customer's issuer names them, and their subjects do too.
_CUSTOMERS = ((circleci.PROVIDER, circleci.GRAMMAR), (vercel.PROVIDER, vercel.GRAMMAR))
_ISSUERS = {
    known.title: re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(known.issuer))) for known, _ in _CUSTOMERS
}
_EVENTS = ("push", "schedule", "release", "workflow_dispatch", "workflow_call", "merge_group", "deployment")
_ENDS = (
    (r"(?:ref:|branch[:/])?(?:refs/)?(?:heads/)?(?P<name>[^:*?]+)", "ref:refs/heads/{}"),
    (r"(?:ref:)?(?:refs/)?tags?[:/](?P<name>[^:*?]+)", "ref:refs/tags/{}"),
    (r"env(?:ironments?)?[:/=](?P<name>[^:*?]+)", "environment:{}"),
)


def cannot_be(provider: Provider, pattern: str) -> bool:
    """Whether surely no token of an issuer has a subject that fits a pattern.

    Example:
        >>> cannot_be(eks.PROVIDER, "shop:cart"), cannot_be(eks.PROVIDER, "system:serviceaccount:shop:*")
        (True, False)
    """
    if provider.read(pattern) is not None:
        return False
    if any(provider is known for known in _SURE):
        return True
    for known, grammar, chars in _SURE_OF_FORM:
        if provider is known:
            return not (_loosened(grammar, chars) if chars else grammar).fits(pattern)
    return False


@lru_cache(maxsize=1024)
def whose(provider: Provider, issuer: str, pattern: str) -> str:
    """Whose tokens an issuer gives alone, where a pattern for their subjects names somebody else; `""` where not.

    Example:
        >>> whose(vercel.PROVIDER, "oidc.vercel.com/octo-org", "owner:octo-evil:project:*")
        'octo-org'
        >>> whose(vercel.PROVIDER, "oidc.vercel.com", "owner:octo-evil:project:*")
        ''
    """
    for known, grammar in _CUSTOMERS if provider.read(pattern) is not None else ():
        found = _ISSUERS[known.title].fullmatch(issuer.lower()) if provider is known else None
        if found is not None:
            ((part, own),) = found.groupdict().items()
            fits = grammar.fits(pattern)
            others = [text for fit in fits for text in fit.parts[part]]
            return own if others and not any(matches(text, own) for text in others) else ""
    return ""


@cache
def _loosened(grammar: Grammar, chars: str) -> Grammar:
    """A grammar with the same forms, whose names may be made of any letters."""
    parts = [part if part.choices else replace(part, chars=chars, rule="", least=1, most=999) for part in grammar.parts]
    return replace(grammar, parts=tuple(parts))


def example_of(provider: Provider) -> str:
    """A subject that its tokens do have."""
    return (provider.subjects_for("*", strangers=False) if provider.subjects_for else ("",))[0]


def meant(provider: Provider, text: str) -> str | None:
    """The subject that was plainly meant, if it admits no more than was written; `None` where that is not plain.

    Example:
        >>> meant(github_actions.PROVIDER, "repo:octo-org/app:main")
        'repo:octo-org/app:ref:refs/heads/main'
        >>> meant(eks.PROVIDER, "shop:cart")
        'system:serviceaccount:shop:cart'
    """
    guesses = _GUESSES.get(provider.title)
    for guess in guesses(text) if guesses else ():
        reading = provider.read(guess) if guess != text else None
        if reading is not None and not reading.faults:
            return guess
    return None


def _pods(text: str) -> Iterator[str]:
    names = re.sub("^(?:system:)?(?:service[-_]?accounts?:)?", "", text, flags=re.IGNORECASE)
    yield f"system:serviceaccount:{names.replace('/', ':')}"


def _jobs(text: str) -> Iterator[str]:
    path, colon, rest = re.sub("^(?:project(?:_path)?:)?", "", text).partition(":")
    if colon and "/" in path:
        yield f"project_path:{path}:{rest}"


def _runs(text: str) -> Iterator[str]:
    found = re.fullmatch(
        r"(?:repo:)?(?:https?://)?(?:github\.com/)?([^:/\s]+/[^:/\s]+)[:/](.+)", text.strip(), re.IGNORECASE
    )
    if found is None:
        return
    repository, end = found[1].removesuffix(".git"), found[2]
    yield f"repo:{repository}:{end}"
    for form, written in reversed(_ENDS):
        match = re.fullmatch(form, end, re.IGNORECASE)
        if match and match["name"] not in _EVENTS and "request" not in match["name"]:
            yield f"repo:{repository}:{written.format(match['name'])}"
            return


_GUESSES = {eks.PROVIDER.title: _pods, github_actions.PROVIDER.title: _runs, gitlab.PROVIDER.title: _jobs}
