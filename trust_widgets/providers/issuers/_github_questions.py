"""What a form asks about a GitHub and a run there."""

from __future__ import annotations

from typing import Literal

from trust_widgets.forms import Question
from trust_widgets.text.git import NOT_A_REF, branch_name, tag_name

Runs = Literal["branch", "environment", "tag", "pull_request", "ref"]
Place = Literal["github.com", "enterprise", "ghe.com", "server"]

OWNER = Question(
    "Owner",
    "Organization or user (case-sensitive).",
    "octo-org",
    r"[A-Za-z0-9_-]{1,39}",
    "An owner is up to 39 letters, digits and -, like octo-org.",
)
REPOSITORY = Question(
    "Repository",
    "Name of the repository, without the owner.",
    "app",
    r"[A-Za-z0-9._-]{1,100}",
    "A repository name has letters, digits and . _ -, like app. Write the owner in its own field.",
)
RUNS = Question(
    "Which runs",
    choices={
        "branch": "On one branch",
        "environment": "In one environment",
        "tag": "For a tag",
        "pull_request": "Pull requests",
        "ref": "On another git ref",
    },
)
BRANCHES_OR_TAGS = "heads?|tags?|branch|branches"
"""The two kinds of refs that have forms of their own, and slips for them: no kind is called so."""
REF_CHAR = r"[^\s:~^?*\\\[]"
BRANCH = Question(
    "Branch",
    "Jobs with `environment:` are matched by environment, not by branch.",
    "main",
    NOT_A_REF + REF_CHAR + "{1,200}",
    "A branch name has no spaces or colons, like main or release/2.0.",
    when=("runs", ("branch",)),
    tidy=branch_name,
)
ENVIRONMENT = Question(
    "Environment",
    "Name in the job's `environment:`. Its protection rules decide who can run it.",
    "production",
    r"(?!pull_request$)(?!.*%3A)[^\"\n*?]{1,80}",
    "An environment is a name, like production.",
    when=("runs", ("environment",)),
)
TAG = Question(
    "Tag",
    "Tags can be moved, unless a rule protects them.",
    "v1.2.0",
    NOT_A_REF + REF_CHAR + "{1,200}",
    "A tag name has no spaces or colons, like v1.2.0.",
    when=("runs", ("tag",)),
    tidy=tag_name,
)
REF = Question(
    "Ref",
    "The part after refs/. Only for refs that are neither branches nor tags.",
    "pull/12/merge",
    rf"(?!heads/|tags/)[^\s:~^?*\\\[/]{{1,40}}/{REF_CHAR}{{1,150}}",
    "Write the kind and the name of the ref, like pull/12/merge.",
    when=("runs", ("ref",)),
)
OWNER_ID = Question(
    "Owner ID",
    "Required for a repository created, renamed or moved since 15 July 2026: its "
    "subject contains both IDs.",
    "123456",
    r"[0-9]{1,20}",
    "An owner ID is a number, like 123456. `gh api users/OWNER --jq .id` prints it.",
    optional=True,
    beside="repository_id",
)
REPOSITORY_ID = Question(
    "Repository ID",
    "Immutable; never reused.",
    "456789",
    r"[0-9]{1,20}",
    "A repository ID is a number, like 456789. `gh api repos/OWNER/REPOSITORY --jq .id` prints it.",
    optional=True,
    beside="owner_id",
)
PLACE = Question("Where the repository is", choices={
    "github.com": "github.com",
    "enterprise": "github.com, with the enterprise's own issuer",
    "ghe.com": "GHE.com",
    "server": "GitHub Enterprise Server",
})  # fmt: skip
NAME = Question(
    "Enterprise or host",
    "Slug of the enterprise, subdomain of ghe.com, or host of the server.",
    "octo-enterprise",
    r"[A-Za-z0-9]([\w.-]{0,100}[A-Za-z0-9])?",
    "A name has letters, digits, - and ., like octo-enterprise or github.octo-org.example.",
    when=("place", ("enterprise", "ghe.com", "server")),
)
