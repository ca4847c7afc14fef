"""A GitHub owner in other letters than the reader says it has: capital ones, or a hyphen before its
ID.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.examples import GITHUB, token_example
from trust_widgets.pitfalls.needs import CLAIMS
from trust_widgets.pitfalls.required_conditions import (
    NOBODY_IS_LET_IN,
    NOBODY_IS_STOPPED,
    RequiredCondition,
    outcome,
    values,
)
from trust_widgets.policy import Fix, Home, Path, Replace, TrustPolicy
from trust_widgets.providers.issuers import github_actions

_OWNER = re.compile(r"(?:repo:)?(?P<owner>[A-Za-z0-9_-]+)(?:@[0-9*]+)?/")
_HYPHEN = re.compile(
    r"repo:(?P<owner>[A-Za-z0-9_-]+)-(?P<id>[0-9]+)/(?P<repository>[A-Za-z0-9_.-]+)-(?P<repository_id>[0-9]+):"
)
_CLAIMS = ("sub", "repository", "job_workflow_ref")


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each, place, text in values(policy):
        issuer, claim = claim_key(each.key)
        if claim not in _CLAIMS or not github_actions.PROVIDER.owns(issuer):
            continue
        if claim == "sub":
            yield from _joined_by_a_hyphen(each, place, text, home)
        if each.base == "StringEqualsIgnoreCase":
            continue
        written = _OWNER.match(text)
        if written is None:
            continue
        own = _own(written["owner"], home)
        if own:
            yield Hit(
                place,
                f'"{written["owner"]}" and "{own}" differ in upper and lower case, and'
                f" {each.condition.operator} is case-sensitive. GitHub sends the name as it is in"
                f' your settings, "{own}".'
                f" {_outcome(each, place, own)}",
                fix=_fix(place, text, written, own, claim),
            )


def _joined_by_a_hyphen(
    each: RequiredCondition, place: Path, text: str, home: Home
) -> Iterator[Hit]:
    """An owner of the reader's with its ID, joined as GitHub first announced it and never did.

    https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/
    """
    found = _HYPHEN.match(text)
    if found is None or found["owner"] not in home.github_owners:
        return
    if f"{found['owner']}-{found['id']}" in home.github_owners:
        return  # the reader has an owner of that name as well
    owner = f"{found['owner']}@{found['id']}"
    repository = f"{found['repository']}@{found['repository_id']}"
    right = f"repo:{owner}/{repository}{text[found.end() - 1 :]}"
    reading = github_actions.read(right)
    fix = None
    if reading is not None and not reading.faults:
        fix = Fix(f'Write "{right}"', (Replace(place, right),))
    yield Hit(
        place,
        f'GitHub joins a name and its ID with "@", never with "-": "{text}" matches no repository'
        f" of {found['owner']}. {_outcome(each, place, found['owner'])}",
        fix=fix,
    )


def _outcome(each: RequiredCondition, place: Path, own: str) -> str:
    """What follows for the reader's own owner; there may be another one of that spelling."""
    said = outcome(each, place)
    if said == NOBODY_IS_LET_IN:
        return f'As written, this statement allows no run of "{own}".'
    if said == NOBODY_IS_STOPPED:
        return f'As written, this Deny denies no run of "{own}".'
    return said


def _own(owner: str, home: Home) -> str:
    """The reader's owner of this name in other letters."""
    same = [own for own in home.github_owners if own.lower() == owner.lower()]
    if same and owner not in same:
        return same[0]
    return ""


def _fix(place: Path, text: str, written: re.Match[str], own: str, claim: str) -> Fix | None:
    right = text[: written.start("owner")] + own + text[written.end("owner") :]
    if claim == "sub":
        reading = github_actions.read(right)
        if reading is None or reading.faults:
            return None
    return Fix(f'Write "{right}"', (Replace(place, right),))


def _sub(subject: str, operator: str = "StringEquals") -> str:
    return token_example(GITHUB, {operator: {"sub": subject}})


PITFALL = Pitfall(
    code="TP211",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="An owner in other upper and lower case",
    find=find,
    needs=CLAIMS,
    fine=(
        "When GitHub spells the owner exactly like this, and your list of owners is not up to date."
    ),
    source="https://docs.github.com/en/actions/reference/security/oidc",
    bad=(
        _sub("repo:Octo-Org/app:ref:refs/heads/main"),
        _sub("repo:OCTO-ORG@123456/app@456789:environment:production"),
        _sub("repo:octo-org-123456/app-456789:ref:refs/heads/main"),
    ),
    good=(
        _sub("repo:octo-org/app:ref:refs/heads/main"),
        _sub("repo:Octo-Org/app:ref:refs/heads/main", "StringEqualsIgnoreCase"),
        _sub("repo:octo-evil/app:ref:refs/heads/main"),
        _sub("repo:octo-evil-123456/app-456789:ref:refs/heads/main"),
    ),
    home=Home(github_owners=("octo-org",)),
)
