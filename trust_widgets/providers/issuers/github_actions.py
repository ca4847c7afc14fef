"""GitHub Actions: a token for each job, whose subject says the repository and what runs.

https://docs.github.com/en/actions/reference/security/oidc
"""

from __future__ import annotations

import re
from typing import Annotated

from trust_widgets.providers import Provider, Reading
from trust_widgets.providers.facts import IssuerFacts
from trust_widgets.providers.issuers import _github_customised
from trust_widgets.providers.issuers import _github_questions as asks
from trust_widgets.providers.issuers import _github_runs as runs_of
from trust_widgets.providers.issuers._github_claims import CLAIM_VALUES, CLAIMS

# What a caller and a pattern for these tokens ask too.
from trust_widgets.providers.issuers._github_questions import BRANCH as BRANCH
from trust_widgets.providers.issuers._github_questions import ENVIRONMENT as ENVIRONMENT
from trust_widgets.providers.issuers._github_questions import NAME as NAME
from trust_widgets.providers.issuers._github_questions import OWNER as OWNER
from trust_widgets.providers.issuers._github_questions import OWNER_ID as OWNER_ID
from trust_widgets.providers.issuers._github_questions import PLACE as PLACE
from trust_widgets.providers.issuers._github_questions import REF as REF
from trust_widgets.providers.issuers._github_questions import REPOSITORY as REPOSITORY
from trust_widgets.providers.issuers._github_questions import REPOSITORY_ID as REPOSITORY_ID
from trust_widgets.providers.issuers._github_questions import RUNS as RUNS
from trust_widgets.providers.issuers._github_questions import TAG as TAG
from trust_widgets.providers.issuers._github_questions import Place as Place
from trust_widgets.providers.issuers._github_questions import Runs as Runs
from trust_widgets.providers.issuers._github_subject import Subject as Subject
from trust_widgets.providers.subjects.grammar import Form, Grammar, Part

ISSUER = "token.actions.githubusercontent.com"
_SERVER = r"[\w.-]+/_services/token"  # GitHub Enterprise Server
_OWN = re.compile(
    rf"{re.escape(ISSUER)}(/[\w.-]+)?"  # github.com, and an enterprise's own slug on it
    rf"|token\.actions\.[\w.-]+\.ghe\.com|{_SERVER}",
    re.IGNORECASE,
)
_HEAD = "repo:{owner}[@{owner_id}]/{repository}[@{repository_id}]"
_WHERE = "{owner}/{repository}[ ({owner_id} and {repository_id})]"
GRAMMAR = Grammar(
    forms=(
        Form(
            "branch",
            _HEAD + ":ref:refs/heads/{branch}",
            "GitHub Actions runs on {branch} of " + _WHERE,
        ),
        Form("tag", _HEAD + ":ref:refs/tags/{tag}", "GitHub Actions runs for {tag} of " + _WHERE),
        Form(
            "environment",
            _HEAD + ":environment:{environment}",
            "GitHub Actions runs in {environment} of " + _WHERE,
            "of jobs that name an environment, whatever started them",
        ),
        Form(
            "pull_request",
            _HEAD + ":pull_request",
            "GitHub Actions runs for *pull requests* of " + _WHERE,
            "of jobs without an environment that a pull request started",
            "pull_request",
        ),
        Form(
            "ref",
            _HEAD + ":ref:refs/{kind}/{name}",
            "GitHub Actions runs on refs/{kind}/{name} of " + _WHERE,
        ),
    ),
    parts=(
        Part("owner", "{}", "any owner", "[A-Za-z0-9_.-]", "octo-org", "octo-evil", most=100),
        Part(
            "owner_id", "owner ID {}", "any owner ID", "[0-9]", "123456", closes="owner", noun="ID"
        ),
        Part(
            "repository", "the repository {}", "any repository", "[A-Za-z0-9_.-]", "app", most=100
        ),
        Part(
            "repository_id",
            "repository ID {}",
            "any repository ID",
            "[0-9]",
            "456789",
            closes="repository",
            noun="ID",
        ),
        Part("branch", "branch {}", "any branch", asks.REF_CHAR, "main", fine_within=True),
        Part("tag", "tag {}", "any tag", asks.REF_CHAR, "v1.2.0", fault="tag"),
        Part(
            *("environment", "environment {}", "any environment", "[^:]", "production"),
            # A * before :pull_request would else run across ":environment", to an environment that
            # nobody has.
            rule="(?!pull_request$).+",
            fine_within=True,
            written=((":", "%3A"),),
        ),
        Part(
            "kind",
            "{}",
            "any kind of ref",
            r"[^\s:~^?*\\\[/]",
            "pull",
            rule=rf"(?!(?:{asks.BRANCHES_OR_TAGS})$).+",
        ),
        Part("name", "{}", "any ref", asks.REF_CHAR, "12/merge"),
    ),
    everything="any GitHub Actions run of any repository on GitHub",
    several="*any GitHub Actions run* of " + _WHERE,
    several_fault="run_any",
)


def subject(
    owner: str, repository: str, run: str, *, owner_id: str = "", repository_id: str = ""
) -> str:
    """The subject that GitHub sends for a run.

    Example:
        >>> subject(
        ...     "octo-org", "app", "ref:refs/heads/main", owner_id="123456", repository_id="456789"
        ... )
        'repo:octo-org@123456/app@456789:ref:refs/heads/main'
    """
    return str(Subject(owner, repository, run, owner_id, repository_id))


def subject_of_run(
    owner: Annotated[str, asks.OWNER],
    repository: Annotated[str, asks.REPOSITORY],
    runs: Annotated[asks.Runs, asks.RUNS] = "branch",
    branch: Annotated[str, asks.BRANCH] = "",
    environment: Annotated[str, asks.ENVIRONMENT] = "",
    tag: Annotated[str, asks.TAG] = "",
    ref: Annotated[str, asks.REF] = "",
    owner_id: Annotated[str, asks.OWNER_ID] = "",
    repository_id: Annotated[str, asks.REPOSITORY_ID] = "",
) -> str:
    """The usual subject of a run.

    Example:
        >>> subject_of_run("octo-org", "app", "environment", environment="production:eu")
        'repo:octo-org/app:environment:production%3Aeu'
    """
    kind, _, name = ref.partition("/")
    own = {"branch": branch, "environment": environment, "tag": tag, "kind": kind, "name": name}
    ids = {"owner_id": owner_id, "repository_id": repository_id}
    return GRAMMAR.build(runs, owner=owner, repository=repository, **own, **ids)


def answers(subject: str) -> dict[str, str] | None:
    """What a usual subject was made from."""
    found = GRAMMAR.take_apart(subject)
    if found is None:
        return None
    runs, parts = found
    if runs == "ref":
        parts["ref"] = f"{parts.pop('kind')}/{parts.pop('name')}"
    return {"runs": runs, **parts}


def read(pattern: str) -> Reading | None:
    """A subject, or a pattern for subjects, in words; `None` when no token of GitHub's has such a
    subject.

    Faults, widest first: `everything`, `owner_any`, `owner_unterminated`, `repository_any`,
    `repository_unterminated`, `run_any`, `branch_any`, `pull_request`, `environment_any`, `tag`.

    Example:
        >>> read("repo:octo-org/app:ref:refs/heads/*").words
        'GitHub Actions runs on any branch of octo-org/app'
        >>> read("repo:octo*").faults
        ('owner_unterminated', 'repository_any', 'run_any')
    """
    return GRAMMAR.read(pattern) or _github_customised.read(pattern)


def subjects_for(pattern: str, *, strangers: bool = True) -> tuple[str, ...]:
    """Realistic subjects that a pattern admits, those of external callers first; a customized one
    where no usual one fits.

    Example:
        >>> subjects_for("environment:production")
        ('environment:production',)
    """
    return GRAMMAR.subjects_for(pattern, strangers=strangers) or _github_customised.subjects_for(
        pattern
    )


def issuer_from(
    place: Annotated[asks.Place, asks.PLACE] = "github.com", name: Annotated[str, asks.NAME] = ""
) -> str:
    """The issuer of a GitHub.

    Example:
        >>> issuer_from(), issuer_from("server", "github.octo-org.example")
        ('token.actions.githubusercontent.com', 'github.octo-org.example/_services/token')
    """
    return {
        "github.com": ISSUER,
        "enterprise": f"{ISSUER}/{name}",
        "ghe.com": f"token.actions.{name}.ghe.com",
        "server": f"{name}/_services/token",
    }[place]


def may_have_ids(issuer: str) -> bool:
    """Whether subjects of an issuer may carry IDs; those of GitHub Enterprise Server never do."""
    return re.fullmatch(_SERVER, issuer, re.IGNORECASE) is None


_IDS = re.compile(r"@[0-9*?]+(?=[/:])")


def without_ids(pattern: str) -> str:
    """A pattern for subjects without the IDs of owner and repository.

    Example:
        >>> without_ids("repo:octo-org@123456/app@456789:pull_request")
        'repo:octo-org/app:pull_request'
    """
    return _IDS.sub("", pattern)


def has_ids_of_no_server(issuer: str, pattern: str) -> bool:
    """Whether a pattern asks a GitHub Enterprise Server for IDs, which its subjects never have."""
    return not may_have_ids(issuer) and _IDS.search(pattern) is not None


PROVIDER = Provider(
    title="GitHub Actions",
    owns=lambda issuer: _OWN.fullmatch(issuer) is not None,
    audience="sts.amazonaws.com",
    read=read,
    source="https://docs.github.com/en/actions/reference/security/oidc",
    issuer=ISSUER,
    issuer_from=issuer_from,
    subject=subject_of_run,
    answers=answers,
    subjects_for=subjects_for,
    setup=(
        'A job gets a token with the permission "id-token: write"; AWS\'s action '
        "configure-aws-credentials requests it."
    ),
    read_on="2026-11-29",
    verified=(
        "Issuers, subjects in both forms, %3A and customized subjects are in GitHub's pages; other"
        " git refs than branches and tags are not in its examples."
    ),
)

_OWNER = re.compile("repo:([A-Za-z0-9_-]+)(@[0-9]+)?/")


def owner_in(subject: str) -> str:
    """The owner that a pattern for subjects names in full; `""` for none.

    Example:
        >>> owner_in("repo:octo-org@123456/*"), owner_in("repo:octo*/app:*")
        ('octo-org', '')
    """
    named = _OWNER.match(subject)
    if named is None:
        return ""
    return named[1]


FACTS = IssuerFacts(
    audience_names="purpose",
    subjects="exact",
    grammar=GRAMMAR,
    client="AWS's action configure-aws-credentials",
    # The owner's address on GitHub.
    default_audiences=("https://github.com/",),
    is_of_other_issuers=has_ids_of_no_server,
    anyones_subject="repo:octo-evil/app:ref:refs/heads/main",
    owner_in=owner_in,
    width_rule="TP304",
    subject_claims=CLAIMS,
    claim_values=CLAIM_VALUES,
    usual=GRAMMAR,
    # A job that names an environment has it in its subject, whatever made it run.
    form_of_claim={"environment": "environment"},
    correct_subjects=runs_of.correct_subjects,
    explain_difference=runs_of.explain_difference,
    how_to_get=runs_of.how_to_get,
    former_issuers=("vstoken.actions.githubusercontent.com",),
    pattern="github_oidc",
    why_not={"wide_parts": "The rule for GitHub says for each part what is bad about it."},
)
