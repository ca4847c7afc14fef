"""GitHub Actions: a token for each job, whose subject says the repository and what runs.

https://docs.github.com/en/actions/reference/security/oidc
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from trust_widgets.providers import Provider, Reading
from trust_widgets.providers._globs import is_anything, is_exact, words

ISSUER = "token.actions.githubusercontent.com"
_OWN = re.compile(
    rf"{re.escape(ISSUER)}(/[\w.-]+)?"  # github.com, and an enterprise's own slug on it
    r"|token\.actions\.[\w-]+\.ghe\.com"  # GHE.com
    r"|[\w.-]+/_services/token",  # GitHub Enterprise Server
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The parts of a subject, `repo:octo-org@123456/app@456789:ref:refs/heads/main`.

    Repositories that were made, renamed or moved after 15 July 2026 send the form with the two ids; others
    send it without. GitHub writes a colon inside a name as `%3A`.

    Args:
        owner, repository: names, or patterns for them.
        run: `"ref:refs/heads/main"`, `"environment:production"`, `"pull_request"`.
        owner_id, repository_id: digits; both or none.

    Example:
        >>> str(Subject("octo-org", "app", "pull_request"))
        'repo:octo-org/app:pull_request'
        >>> Subject.read("repo:octo-org@1/app@2:pull_request").repository_id
        '2'
    """

    owner: str
    repository: str
    run: str
    owner_id: str = ""
    repository_id: str = ""

    def __str__(self) -> str:
        owner, repository = (
            f"{name}@{number}" if number else name
            for name, number in ((self.owner, self.owner_id), (self.repository, self.repository_id))
        )
        return f"repo:{owner}/{repository}:{self.run}"

    @classmethod
    def read(cls, text: str) -> Subject | None:
        """The parts of a subject or a pattern; `None` when it is not of this form."""
        head, colon, rest = text.partition(":")
        owner, slash, rest = rest.partition("/")
        repository, second, run = rest.partition(":")
        if head != "repo" or not (colon and slash and second and run):
            return None
        (owner, owner_id), (repository, repository_id) = _name_and_id(owner), _name_and_id(repository)
        return cls(owner, repository, run, owner_id, repository_id)


def _name_and_id(part: str) -> tuple[str, str]:
    name, _, number = part.partition("@")
    return name, number


def subject(owner: str, repository: str, run: str, *, owner_id: str = "", repository_id: str = "") -> str:
    """The subject that GitHub sends for a run.

    Example:
        >>> subject("octo-org", "app", "ref:refs/heads/main", owner_id="123456", repository_id="456789")
        'repo:octo-org@123456/app@456789:ref:refs/heads/main'
    """
    return str(Subject(owner, repository, run, owner_id, repository_id))


def read(pattern: str) -> Reading | None:
    """A subject, or a pattern for subjects, in words; `None` when no token of GitHub's has such a subject.

    Faults, widest first: `everything`, `owner_any`, `owner_unterminated`, `repository_any`,
    `repository_unterminated`, `run_any`, `branch_any`, `pull_request`, `environment_any`, `tag`.

    Example:
        >>> read("repo:octo-org/app:ref:refs/heads/*").words
        'GitHub Actions runs on any branch of octo-org/app'
        >>> read("repo:octo*").faults
        ('owner_unterminated', 'repository_any', 'run_any')
    """
    if not pattern.strip("*?:/"):
        return _EVERYTHING if "*" in pattern else None
    if not pattern.startswith("repo:"):
        return _read_other(pattern)
    owner, slash, rest = pattern.removeprefix("repo:").partition("/")
    repository, colon, run = rest.partition(":")
    if not slash and owner.endswith("*"):
        repository = run = "*"
        if is_anything(owner):
            return _EVERYTHING
    elif not colon and repository.endswith("*"):
        run = "*"
    elif not (slash and colon and repository and run):
        return None
    return _together(owner, repository, run)


_ALL = "any GitHub Actions run of any repository on GitHub"
_EVERYTHING = Reading(_ALL, (_ALL,), ("everything", "owner_any", "repository_any", "run_any"))
# Claims that a customised subject may be made of.
_CLAIMS = re.compile(r"(repository|actor|environment|ref|workflow|job_workflow|sub|enterprise|head|base|event|run)")


def _read_other(pattern: str) -> Reading | None:
    """A customised subject, or a pattern that begins with a wildcard."""
    if pattern[0] in "*?" or (not is_exact(pattern[:5]) and "*" in pattern[:5]):
        text = f"any GitHub Actions run whose subject is like {pattern}"
        return Reading(text, (text,), ("owner_any", "repository_any", "run_any"))
    if not _CLAIMS.match(pattern):
        return None
    return Reading(f"GitHub Actions runs whose customised subject is {pattern}")


def _together(owner: str, repository: str, run: str) -> Reading:
    where, wide_where, faults_where = _read_repository(owner, repository)
    what, wide_what, fault = _read_run(run)
    text = f"any GitHub Actions run of {where}" if fault == "run_any" else f"GitHub Actions runs {what} of {where}"
    wide = ("any GitHub Actions run",) if fault == "run_any" else wide_what
    return Reading(text, (*wide, *wide_where), (*faults_where, *([fault] if fault else [])))


def _read_repository(owner: str, repository: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    owner_name, owner_id = _name_and_id(owner)
    name, number = _name_and_id(repository)
    owner_fault = _fault("owner", owner_name, owner_id)
    fault = _fault("repository", name, number)
    owner_words = words("", "any owner", owner_name) if owner_name else "any owner"
    if not owner_fault and not fault and is_exact(owner_name + name):
        ids = f" (ids {owner_id} and {number})" if owner_id.isdigit() and number.isdigit() else ""
        return f"{owner_name}/{name}{ids}", (), ()
    repository_words = words("the repository", "any repository", name)
    wide = [text for text in (repository_words, owner_words) if text.startswith("any ")]
    faults = [text for text in (owner_fault, fault) if text]
    return f"{repository_words} of {owner_words}", tuple(wide), tuple(faults)


def _fault(of: str, name: str, number: str) -> str:
    """How a name is wide; an exact id makes up for any name, as no two owners have the same."""
    if is_exact(name) or (number.isdigit() and number):
        return ""
    return f"{of}_any" if name[0] in "*?" else f"{of}_unterminated"


def _read_run(run: str) -> tuple[str, tuple[str, ...], str]:
    """What runs: in words, the wide part of them, and the fault."""
    kind, _, value = run.partition(":")
    if run.startswith("pull_request"):
        return "for pull requests", ("pull requests",), "pull_request"
    if kind == "environment" and value:
        text = words("environment", "any environment", value)
        return f"in {text}", _if_wide(text), "environment_any" if is_anything(value) else ""
    for prefix, one, fault in (("refs/heads/", "branch", "branch_any"), ("refs/tags/", "tag", "tag")):
        if kind == "ref" and value.startswith(prefix) and value != prefix:
            return _read_ref(value.removeprefix(prefix), one, fault)
    if "*" in run and (not is_exact(kind) or kind == "ref"):
        return "", (), "run_any"
    return f"whose subject ends in {run}", () if is_exact(run) else (run,), ""


def _read_ref(name: str, one: str, fault: str) -> tuple[str, tuple[str, ...], str]:
    text = words(one, f"any {one}", name)
    wide = is_anything(name) or (one == "tag" and not is_exact(name))
    return f"{'on' if one == 'branch' else 'for'} {text}", _if_wide(text), fault if wide else ""


def _if_wide(text: str) -> tuple[str, ...]:
    return (text,) if text.startswith("any ") else ()


PROVIDER = Provider(
    title="GitHub Actions",
    owns=lambda issuer: _OWN.fullmatch(issuer) is not None,
    audience="sts.amazonaws.com",
    read=read,
    source="https://docs.github.com/en/actions/reference/security/oidc",
)
