"""The subjects that conditions ask for, and the one that was meant where a token can have none that is written.

Which subjects no token has is in `trust_widgets.providers.subjects.possible_subjects`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.pitfalls.required_conditions import Asked, callers
from trust_widgets.providers import Provider, provider_of
from trust_widgets.providers.issuers import eks, github_actions, gitlab

_EVENTS = ("push", "schedule", "release", "workflow_dispatch", "workflow_call", "merge_group", "deployment")
_ENDS = (
    (r"(?:ref:|branch[:/])?(?:refs/)?(?:heads/)?(?P<name>[^:*?]+)", "ref:refs/heads/{}"),
    (r"(?:ref:)?(?:refs/)?tags?[:/](?P<name>[^:*?]+)", "ref:refs/tags/{}"),
    (r"env(?:ironments?)?[:/=](?P<name>[^:*?]+)", "environment:{}"),
)


def subject_of(each: Asked) -> Provider | None:
    """The provider whose subject a condition asks for, if the statement is about its tokens."""
    issuer, _, claim = each.key.rpartition(":")
    if claim != "sub" or issuer not in {caller.issuer for caller in callers(each.path, each.statement)}:
        return None
    return provider_of(issuer)


def is_judged(each: Asked, text: str) -> bool:
    """Whether a value is neither open to a variable, nor compared with its wildcards letter by letter."""
    return "${" not in text and (each.base == "StringLike" or not set(text) & set("*?"))


def as_compared(each: Asked, provider: Provider, text: str) -> str:
    """A value in the case that counts, where the operator does not look at case."""
    small = text.lower()
    return small if each.base == "StringEqualsIgnoreCase" and provider.read(small) is not None else text


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
