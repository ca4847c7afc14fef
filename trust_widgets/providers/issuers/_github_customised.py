"""GitHub's customized subjects: claims and their values, in the order that an organization or a
repository chose.

https://docs.github.com/en/actions/reference/security/oidc#customizing-the-subject-claims-for-an-organization-or-repository
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from trust_widgets.aws.keys.claims import last_part
from trust_widgets.providers import Reading
from trust_widgets.providers.claim_values import realistic_value
from trust_widgets.providers.issuers._github_claims import CLAIM_VALUES
from trust_widgets.providers.subjects.parts import Part
from trust_widgets.text.globs import (
    example_text,
    fixed_start,
    is_anything,
    is_exact,
    is_only_wildcards,
    is_wildcard,
    matches,
)

# `repo` represents `repository`, and `context` for what follows it in a usual subject, as
# `environment` or `ref`.
CLAIMS = (
    *(
        "repo",
        "repository",
        "repository_id",
        "repository_owner",
        "repository_owner_id",
        "repository_visibility",
    ),
    *(
        "actor",
        "actor_id",
        "base_ref",
        "check_run_id",
        "enterprise",
        "enterprise_id",
        "environment",
        "event_name",
    ),
    *(
        "head_ref",
        "job_workflow_ref",
        "job_workflow_sha",
        "ref",
        "ref_type",
        "run_attempt",
        "run_id",
        "run_number",
    ),
    *("runner_environment", "sha", "workflow", "workflow_ref", "workflow_sha"),
)
# Each of these names an owner, one of its repositories or workflows, or a person; without one of
# them a subject is anyone's, who may customize theirs alike.
NAMES_SOMEBODY = (
    *(
        "repo",
        "repository",
        "repository_id",
        "repository_owner",
        "repository_owner_id",
        "enterprise",
        "enterprise_id",
    ),
    *("workflow_ref", "job_workflow_ref", "actor", "actor_id", "sha", "run_id", "check_run_id"),
)
_WORKFLOWS = ("workflow_ref", "job_workflow_ref")
_PROPERTY = "repo_property_"
Claims: TypeAlias = "list[tuple[str, str]]"
_REFS = "refs/"
_REF = re.compile(r"refs/(?:heads|tags)/\S+|refs/(?!(?:heads?|tags?|branch|branches)/)[^/\s]+/\S+")
_NAME = r"[A-Za-z0-9_.-]+"
_REPOSITORY = re.compile(rf"{_NAME}/{_NAME}|{_NAME}@[0-9]+/{_NAME}@[0-9]+")
_OPEN = ("owner_any", "repository_any", "run_any")


def read(pattern: str) -> Reading | None:
    """A customized subject, or a pattern for such, in words; `None` when no token of GitHub's has
    such a subject.

    Example:
        >>> read("repository_owner:octo-org").words
        'GitHub Actions runs whose customized subject says owner octo-org'
    """
    claims = _claims_in(pattern)
    if claims is None:
        return _read_open(pattern)
    said = [(_part(claim), value) for claim, value in claims]
    texts = [part.say((value,)) for part, value in said]
    wide = tuple(text for text, (_, value) in zip(texts, said, strict=True) if not is_exact(value))
    anyones = not any(claim in NAMES_SOMEBODY for claim, _ in claims)
    words = f"GitHub Actions runs whose customized subject says {', '.join(texts)}"
    return _reading(words, wide, _faults_of(claims), anyones)


def subjects_for(pattern: str) -> tuple[str, ...]:
    """A customized subject that a pattern admits.

    Example:
        >>> subjects_for("environment:*")
        ('environment:production',)
    """
    if _claims_in(pattern) is None:
        return ()
    found = (_filled(pattern), example_text(pattern, run="anything"))
    return tuple(text for text in found if matches(pattern, text) and _claims_in(text) is not None)[
        :1
    ]


def _filled(pattern: str) -> str:
    """A pattern with realistic values in place of its wildcards; a `*` in place of claims is a ref.

    Example:
        >>> _filled("repo:octo-org/app:*:job_workflow_ref:octo-org/ops/*")
        'repo:octo-org/app:ref:refs/heads/main:job_workflow_ref:octo-org/ops/.github/workflows/deploy.yml@refs/heads/main'
    """
    pieces, made = pattern.split(":"), list[str]()
    while pieces:
        claim = pieces.pop(0)
        if is_anything(claim):
            made += ["ref", "refs/heads/main"]
        elif claim == "pull_request" or not pieces:
            made.append(claim)
        else:
            known = CLAIM_VALUES.get("repository" if claim == "repo" else claim)
            value = pieces.pop(0)
            made += [claim, realistic_value(known, value) if known else value]
    return ":".join(made)


def _reading(
    words: str, wide: tuple[str, ...], faults: tuple[str, ...], anyones: bool = False
) -> Reading:
    return Reading(
        words, wide, faults, anyones or any(fault.startswith("owner") for fault in faults)
    )


def _claims_in(pattern: str) -> Claims | None:
    """Claims with values or patterns for them; a `*` in place of claims says nothing about them."""
    pieces = pattern.split(":")
    found: Claims = []
    if is_anything(pieces[0]):
        return None
    while pieces:
        claim = pieces.pop(0)
        if claim == "pull_request":
            found.append(("event_name", claim))
        elif is_anything(claim):
            continue
        elif not (claim in CLAIMS or claim.startswith(_PROPERTY)) or not pieces or not pieces[0]:
            return None
        else:
            found.append((claim, pieces.pop(0)))
    if found and all(_can_hold(claim, value) for claim, value in found):
        return found
    return None


def _can_hold(claim: str, pattern: str) -> bool:
    """Whether a claim can have a value that fits a pattern; of most claims anything is possible.

    A `ref` is always whole, and a repository has its owner, and both IDs or none.
    """
    if claim == "ref":
        stem = fixed_start(pattern)
        begun = stem.startswith(_REFS) or _REFS.startswith(stem)
        return begun and (not is_exact(pattern) or _REF.fullmatch(pattern) is not None)
    if claim in ("repo", "repository") and is_exact(pattern):
        return _REPOSITORY.fullmatch(pattern) is not None
    return claim not in ("repo", "repository") or "/" in pattern or "*" in pattern


def _part(claim: str) -> Part:
    names = {"repo": "repository", "repository_owner": "owner"}
    label = names.get(claim) or claim.removeprefix(_PROPERTY).replace("_", " ")
    return Part(claim, f"{label} {{}}", f"any {label}", ".", "", written=((":", "%3A"),))


def _faults_of(claims: Claims) -> tuple[str, ...]:
    found = [fault for claim, value in claims for fault in _faults(claim, value)]
    somebody = [claim for claim, _ in claims if claim in NAMES_SOMEBODY]
    only_workflow = len(somebody) == 1 and somebody[0] in _WORKFLOWS
    if only_workflow and any(c == somebody[0] and _is_at_any_ref(value) for c, value in claims):
        found.append("workflow_any")
    return tuple(dict.fromkeys(found))


def _is_at_any_ref(workflow: str) -> bool:
    """Whether a pattern names a workflow's file and not what it comes from: neither a ref nor its
    beginning.
    """
    file, at, ref = workflow.partition("@")
    name = ref.removeprefix("refs/").partition("/")[2] if ref.startswith("refs/") else ref
    return not is_anything(file) and (not at if "*" in file else is_only_wildcards(name))


def _faults(claim: str, value: str) -> Iterator[str]:
    """How a claim leaves open whose run it is; an exact ID makes up for any name."""
    if claim == "repository_owner":
        yield from _fault("owner", value)
    if claim in ("repo", "repository"):
        owner, slash, repository = value.partition("/")
        yield from _fault("owner", owner)
        yield from _fault("repository", repository if slash else "*")


def _fault(of: str, text: str) -> Iterator[str]:
    name, _, number = text.partition("@")
    if not is_exact(name) and not number.isdigit():
        yield f"{of}_any" if is_wildcard(name[0]) else f"{of}_unterminated"


def _read_open(pattern: str) -> Reading | None:
    """A pattern whose `*` runs across claims; what is exact before it still holds."""
    stem = fixed_start(pattern)
    begun = last_part(stem)
    head = stem.removesuffix(begun).removesuffix(":")
    begins = any(known.startswith(begun) for known in (*CLAIMS, _PROPERTY))
    claims = _claims_in(f"{stem}*") or (_claims_in(head) if begins else None)
    if "*" not in pattern or (claims is None and not (begins and not head)):
        return None
    text = f"any GitHub Actions run whose subject is like {pattern}"
    return _reading(text, (text,), _OPEN if claims is None else _faults_of(claims))
