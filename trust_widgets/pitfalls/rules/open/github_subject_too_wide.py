"""A GitHub subject that admits more than one branch or environment of one repository."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from trust_widgets.access import StatementProbe, probe_of
from trust_widgets.aws import oidc_issuers
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.examples import GITHUB, token_example
from trust_widgets.pitfalls.github import (
    ALSO_LATER,
    EXAMPLE,
    FAULTS,
    OLD_ONLY,
    OWNER,
    REGISTERED,
    WITHOUT_IDS,
    Fault,
    closed_by_claims,
    matches,
    repository_to_name,
    subjects_for,
)
from trust_widgets.pitfalls.needs import CLAIMS
from trust_widgets.pitfalls.statement_by_statement import statement_by_statement
from trust_widgets.pitfalls.subject_width import (
    SubjectValue,
    claims_pinned,
    subjects_asked,
    token,
)
from trust_widgets.policy import Fix, Home, Path, Replace, TrustPolicy
from trust_widgets.providers import reading_of
from trust_widgets.providers.issuers.github_actions import ISSUER, PROVIDER
from trust_widgets.text.globs import is_exact


@statement_by_statement
def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for asked in subjects_asked(policy):
        if asked.provider is not PROVIDER:
            continue
        closed = closed_by_claims(asked.statement, asked.issuer)
        if _widest(asked.subject, closed) is None:
            continue
        opening = probe_of(policy, asked.place, home)
        if opening is None:
            continue
        hit = _hit(asked, closed, opening, home)
        if hit is None:  # nobody outside is allowed: what else is wide?
            hit = _hit(asked, closed | set(OWNER), opening, home)
        if hit is not None:
            yield hit


def _widest(value: str, closed: set[str]) -> Fault | None:
    """The widest fault of a value; an exact one of the usual form has none but pull requests."""
    if value.startswith("repo:") and is_exact(value) and "pull_request" not in value:
        return None
    reading = reading_of(ISSUER, value)
    if reading is None:
        return None
    still_open = set(reading.faults) - closed
    return next((fault for fault in FAULTS if fault.name in still_open), None)


def _hit(asked: SubjectValue, closed: set[str], opening: StatementProbe, home: Home) -> Hit | None:
    """The widest fault, if someone is allowed by it: an external caller, where that is what it
    says.

    On an issuer of one's own, GitHub Enterprise, no external caller has an owner.
    """
    fault = _widest(asked.subject, closed)
    if fault is None:
        return None
    strangers = fault.severity is Severity.CRITICAL and oidc_issuers.is_shared(asked.issuer)
    callers = _callers(opening, asked, subjects_for(asked.subject, strangers=strangers))
    if not callers:
        callers = _callers(opening, asked, _by_the_grammar(asked, strangers))
    if not callers or (strangers and not callers[0].endswith(REGISTERED)):
        return None
    severity = fault.severity
    if severity is Severity.CRITICAL and not strangers:
        severity = Severity.MEDIUM
    return Hit(
        asked.place,
        f'"{asked.text}" matches {_of_workflow(asked) or _admits(fault, asked.subject, home)}',
        callers=callers,
        severity=severity,
        fix=_fix(asked.place, asked.text, home),
    )


def _callers(
    opening: StatementProbe, asked: SubjectValue, subjects: Iterable[str]
) -> tuple[str, ...]:
    return tuple(subject for subject in subjects if _gets_in(opening, asked, subject))


def _by_the_grammar(asked: SubjectValue, strangers: bool) -> tuple[str, ...]:
    """Up to two subjects of a pattern whose wildcards reach over several parts: `repo:*:ref:x`."""
    subjects = asked.provider.subjects_for
    if subjects is None or not asked.subject.startswith("repo:"):
        return ()
    own = subjects(asked.subject, strangers=False)
    theirs = subjects(asked.subject, strangers=True) if strangers else ()
    marked = [f"{subject}{REGISTERED}" for subject in theirs if subject not in own]
    return (*marked[:1], *own)[:2]


def _of_workflow(asked: SubjectValue) -> str:
    """Whom a subject of any owner admits besides one workflow; `""` where the owner is known."""
    reading = reading_of(ISSUER, asked.subject)
    pinned = claims_pinned(asked.statement, asked.issuer)
    if reading is None or not set(OWNER) & set(reading.faults):
        return ""
    if "job_workflow_ref" not in pinned:
        return ""
    if set(OWNER) & closed_by_claims(asked.statement, asked.issuer):
        return ""
    return (
        "every repository whose jobs run the workflow of job_workflow_ref, including "
        "repositories of other owners that can call it. Name the owner as well, as in "
        '"repo:octo-org/*".'
    )


def _admits(fault: Fault, value: str, home: Home) -> str:
    """An owner without an ID admits none of the repositories that have IDs in their subjects, as
    new ones have.
    """
    owner, slash, rest = value.removeprefix("repo:").partition("/")
    admits = fault.admits.replace(EXAMPLE, repository_to_name(value, home))
    if not value.startswith("repo:") or not slash or ":" in owner:
        return admits
    if not set(owner) & set("*?@"):
        return admits.replace(ALSO_LATER, WITHOUT_IDS)
    if fault.name in OWNER and not set(rest.partition(":")[0]) & set("*?@"):
        what, _, advice = admits.partition(". ")
        return f"{what}. {OLD_ONLY} {advice}"
    return admits


def _gets_in(opening: StatementProbe, asked: SubjectValue, caller: str) -> bool:
    subject, strange = caller.removesuffix(REGISTERED), caller.endswith(REGISTERED)
    return token(opening, asked.principal, subject, strangers=strange) is not None


def _fix(place: Path, value: str, home: Home) -> Fix | None:
    """The owner spelled out, if the reader has said which is theirs and nothing else is wide."""
    owner, slash, rest = value.removeprefix("repo:").partition("/")
    if not value.startswith("repo:") or not slash:
        return None
    for own in home.github_owners:
        whole = f"repo:{own}/{rest}"
        reading = PROVIDER.read(whole)
        if owner != own and matches(owner, own) and reading is not None and not reading.faults:
            return Fix(f'Write "{whole}"', (Replace(place, whole),))
    return None


def _like(*values: str, **more: str) -> str:
    block: dict[str, dict[str, Any]] = {"StringLike": {"sub": list(values)}}
    if more:
        block["StringEquals"] = more
    return token_example(GITHUB, block)


PITFALL = Pitfall(
    code="TP304",
    verdict=Verdict.OPEN,
    severity=Severity.MEDIUM,
    title="A GitHub subject that matches too much",
    find=find,
    needs=CLAIMS,
    fine=(
        "When everyone who can run a workflow there may use the role. A pull request from a "
        "fork usually gets no token."
    ),
    source="https://docs.github.com/en/actions/reference/security/oidc",
    bad=(
        *map(
            _like,
            (
                "repo:octo*",
                "repo:*/app:ref:refs/heads/main",
                "repo:octo-org/*",
                "repo:octo-org/app:*",
            ),
        ),
        *map(_like, ("repo:octo-org/app:ref:refs/heads/*", "repo:octo-org/app:pull_request")),
        _like("repo:octo-org/app:ref:refs/heads/main", "repo:octo-org/app:environment:*"),
    ),
    good=(
        _like(
            "repo:octo-org/app:ref:refs/heads/main",
            "repo:octo-org@123456/app@456789:ref:refs/heads/main",
        ),
        _like("repo:octo-org/app:environment:production"),
        _like("repo:octo-org/*", repository_id="456789", ref="refs/heads/main"),
    ),
)
