"""What a wide GitHub subject admits: how bad that is, in words, and with subjects that are allowed.

https://docs.github.com/en/actions/reference/security/oidc
"""

from __future__ import annotations

from typing import NamedTuple

from trust_widgets.findings import Severity
from trust_widgets.pitfalls.subject_width import claims_pinned
from trust_widgets.policy import Home, Statement
from trust_widgets.text.globs import example_text, has_wildcard, is_exact, is_only_wildcards
from trust_widgets.text.globs import matches as matches


class Fault(NamedTuple):
    """One way of being wide: its name in `Reading.faults`, and what a finding says of it."""

    name: str
    severity: Severity
    admits: str


EXAMPLE = "octo-org/app"
"""The repository in `FAULTS`, in place of which a finding names the reader's own."""
_NAME = f'End the owner with "/", as in "repo:{EXAMPLE}:ref:refs/heads/main".'
_RUN = (
    f'Name the runs that need the role, as in "repo:{EXAMPLE}:ref:refs/heads/main" or '
    f'"repo:{EXAMPLE}:environment:prod".'
)
_BEGIN = 'Write the complete name, or end the prefix, as in "{}".'
_VERSION = 'Pin the version, as in "@refs/heads/main", or with a commit.'
ALSO_LATER, WITHOUT_IDS = ", including later ones", " that sends subjects without IDs"
# The widest first.
FAULTS = (
    Fault("everything", Severity.CRITICAL, f"every repository of every owner on GitHub. {_RUN}"),
    Fault("owner_any", Severity.CRITICAL, f"repositories of any owner on GitHub. {_RUN}"),
    Fault(
        "owner_unterminated",
        Severity.CRITICAL,
        (
            "every owner whose name starts with this text. Some of these owners may be people "
            f"outside your organization. {_NAME}"
        ),
    ),
    Fault(
        "repository_any",
        Severity.MEDIUM,
        f"every repository of the organization{ALSO_LATER}. {_RUN}",
    ),
    Fault(
        "repository_unterminated",
        Severity.MEDIUM,
        f"every repository with a name that starts with this text. {_RUN}",
    ),
    Fault(
        "run_any",
        Severity.MEDIUM,
        f"every run of the repository: any branch, tag or pull request. {_RUN}",
    ),
    Fault(
        "branch_any",
        Severity.MEDIUM,
        "every branch, so everyone who can push a branch can use the role. Name the branch.",
    ),
    Fault(
        "pull_request",
        Severity.MEDIUM,
        "the code of every pull request, before anyone has reviewed it.",
    ),
    Fault(
        "workflow_any",
        Severity.MEDIUM,
        f"any version of the workflow, including one on a new branch. {_VERSION}",
    ),
    Fault(
        "branch_unterminated",
        Severity.LOW,
        f"every branch with a name that starts with this text. {_BEGIN.format('release/*')}",
    ),
    Fault(
        "environment_any",
        Severity.LOW,
        "every environment, including those without protection rules. Name the environment.",
    ),
    Fault(
        "environment_unterminated",
        Severity.LOW,
        f"every environment with a name that starts with this text. {_BEGIN.format('eu-*')}",
    ),
    Fault(
        "tag",
        Severity.LOW,
        "tags, which can be moved. Protect them with a rule, or name an environment.",
    ),
)
OWNER = ("everything", "owner_any", "owner_unterminated")
OLD_ONLY = (
    "Only subjects without IDs match. New repositories send IDs, so this may be possible only for "
    "repositories created before 15 July 2026."
)
_REPOSITORY = (*OWNER, "repository_any", "repository_unterminated")
_RUNS = (
    *("run_any", "branch_any", "branch_unterminated", "pull_request"),
    *("environment_any", "environment_unterminated", "tag"),
)
_CLOSED_BY = {
    "repository_owner_id": OWNER,
    "repository_id": _REPOSITORY,
    "repository": _REPOSITORY,
    "ref": _RUNS,
    "environment": _RUNS,
    "job_workflow_ref": (*_RUNS, "workflow_any"),
}
REGISTERED = " (this owner may be anyone)"
"""The note behind a subject of an owner that is not the reader's."""
_ON_A_BRANCH = "@refs/heads/anything"
_TAILS = (
    "ref:refs/heads/main",
    "ref:refs/heads/anything",
    "pull_request",
    "environment:anything",
    "ref:refs/tags/v1",
)


def repository_to_name(subject: str, home: Home) -> str:
    """The repository to show in an example: that of the subject, as far as it names one.

    Example:
        >>> repository_to_name("repo:octo-cat/site:*", Home())
        'octo-cat/site'
        >>> repository_to_name("repo:octo*", Home(github_owners=("octo-cat",)))
        'octo-cat/app'
    """
    usual_owner, _, usual_name = EXAMPLE.partition("/")
    owner, slash, rest = subject.removeprefix("repo:").partition("/")
    if not subject.startswith("repo:") or not slash or not owner or not is_exact(owner):
        owner = next(iter(home.github_owners), usual_owner)
        rest = ""
    name = rest.partition(":")[0]
    return f"{owner}/{name if name and is_exact(name) else usual_name}"


def closed_by_claims(statement: Statement, issuer: str) -> set[str]:
    """The faults that a condition on another claim of this issuer leaves without effect."""
    return {
        fault for claim in claims_pinned(statement, issuer) for fault in _CLOSED_BY.get(claim, ())
    }


def subjects_for(pattern: str, *, strangers: bool = True) -> tuple[str, ...]:
    """Up to two subjects that a pattern admits, the worst first.

    Args:
        pattern: the value of the condition.
        strangers: whether an external owner may match, as on github.com: then one of theirs is
            shown, with a note.

    Example:
        >>> subjects_for("repo:octo*")[0]
        'repo:octo-evil/app:ref:refs/heads/main (this owner may be anyone)'
        >>> subjects_for("repo:octo-org/app:environment:*")
        ('repo:octo-org/app:environment:anything',)
    """
    owner, rest = "*", ""
    if pattern.startswith("repo:"):
        owner, _, rest = pattern.removeprefix("repo:").partition("/")
    repository, _, tail = rest.partition(":")
    ends = [f"{_example_repository(repository, owner)}:{end}" for end in _example_ends(tail)]

    def subjects_of(name: str) -> list[str]:
        subjects = [f"repo:{name}/{end}" for end in ends]
        return [subject for subject in subjects if matches(pattern, subject)]

    subjects: list[str] = []
    if strangers and has_wildcard(owner):
        evil = subjects_of(_filled(owner, "octo-evil", "-evil"))
        subjects += [f"{subject}{REGISTERED}" for subject in evil[:1]]
    subjects += subjects_of("octo-org") or subjects_of(
        _filled(owner.replace("@*", "@123456"), "octo-org", "")
    )
    if subjects:
        return tuple(dict.fromkeys(subjects))[:2]
    return (_filled(pattern.replace("@*", _ON_A_BRANCH), "anything", "anything"),)


def _example_repository(repository: str, owner: str) -> str:
    """A repository that a pattern admits, with an ID where the owner has one."""
    name = _filled(repository.replace("@*", "@456789") or "*", "app", "-other")
    if "@" in owner and "@" not in name:
        return f"{name}@456789"
    return name


def _example_ends(tail: str) -> list[str]:
    """What may follow the repository; where a name has only begun, first what was not meant."""
    has_begun = tail.partition("*")[0][-1:].isalnum()
    filled = _filled(tail, "", "-anything" if has_begun else "anything")
    ends = [tail, *_TAILS, filled]
    if has_begun and "*" in tail:
        ends = [filled, *_TAILS]
    return [end for end in ends if end and is_exact(end)]


def _filled(part: str, alone: str, joined: str) -> str:
    """A part with its wildcards filled in, spelled as names are: no dash first, last or twice."""
    if is_only_wildcards(part):
        return alone
    filled = example_text(part, joined)
    if filled == part:
        return part
    return filled.replace("--", "-").strip("-")
