"""GitHub Actions, which proves with a token what repository, and what of it, is running.

https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from trust_widgets.forms import Answer, Question
from trust_widgets.patterns import Pattern
from trust_widgets.patterns import accounts as _accounts
from trust_widgets.patterns import oidc_statements as _tokens
from trust_widgets.patterns.issuer_statements import further_keys
from trust_widgets.policy import Companion, Role, Statement
from trust_widgets.providers.issuers import github_actions as asks
from trust_widgets.providers.issuers.github_actions import ISSUER, PROVIDER, Subject
from trust_widgets.text.git import NOT_A_REF
from trust_widgets.text.quoting import yaml

Runs = Literal["branch", "environment", "tag", "pull_request", "any"]

# As the provider asks, but with wildcards, for several at once.
_OWNER_RULE, _REPOSITORY_RULE = r"[A-Za-z0-9*?_-]{1,39}", r"[A-Za-z0-9._*?-]{1,100}"
_ADDRESS = re.compile(
    r"(?:(?:https://|git@|ssh://git@)?github[.]com[/:])?"
    rf"({_OWNER_RULE})/({_REPOSITORY_RULE}?)(?:[.]git)?(?:/tree/([^?#]+))?/?",
    re.ASCII,
)


def _spread(text: str) -> Mapping[str, Answer]:
    """A repository's address, or `octo-org/app`, as owner, repository and branch."""
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return {}
    if found[3]:
        branch = {"runs": "branch", "branch": found[3].rstrip("/")}
    else:
        branch = {}
    return {"owner": found[1], "repository": found[2], **branch}


_OWNER = replace(asks.OWNER, rule=_OWNER_RULE, spread=_spread)
_REPOSITORY = replace(asks.REPOSITORY, rule=_REPOSITORY_RULE, spread=_spread)
_CHOICES = {name: text for name, text in asks.RUNS.choices.items() if name != "ref"}
_RUNS = replace(asks.RUNS, choices={**_CHOICES, "any": "Any run"})
_REF = NOT_A_REF + r"[^\s:~^\\\[]+"
_BRANCH = replace(asks.BRANCH, rule=_REF)
_TAG = replace(asks.TAG, rule=_REF)
_ENVIRONMENT = replace(asks.ENVIRONMENT, rule=r"[^\"\n]{1,255}")
_BOTH_FORMS = Question(
    "Also accept the subject format without IDs",
    "Use this while you are not sure which format your repository sends.",
    when=("repository_id", ()),
)
_AUDIENCE = Question(
    "Audience",
    "Audience of the token. The default of aws-actions is sts.amazonaws.com.",
    "sts.amazonaws.com",
    r"[^\s\"*?]{1,255}",
    "An audience has no spaces or wildcards, like sts.amazonaws.com.",
    more=True,
)
_ISSUER = Question(
    "Issuer",
    "Change this for an enterprise-specific issuer or for GitHub Enterprise Server.",
    ISSUER,
    rf"({ISSUER.replace('.', '[.]')}(/[\w.-]+)?|token[.]actions[.][\w-]+[.]ghe[.]com"
    r"|[\w.-]+/_services/token)",
    f"An issuer is a host without https://, like {ISSUER} or {ISSUER}/octo-enterprise.",
    more=True,
)
_PARTITION = replace(_accounts.PARTITION, help="The partition of the role's account.")


def statements(
    account: str,
    owner: Annotated[str, _OWNER],
    repository: Annotated[str, _REPOSITORY],
    runs: Annotated[Runs, _RUNS] = "branch",
    branch: Annotated[str, _BRANCH] = "",
    environment: Annotated[str, _ENVIRONMENT] = "",
    tag: Annotated[str, _TAG] = "",
    owner_id: Annotated[str, asks.OWNER_ID] = "",
    repository_id: Annotated[str, asks.REPOSITORY_ID] = "",
    both_forms: Annotated[bool, _BOTH_FORMS] = False,
    audience: Annotated[str, _AUDIENCE] = "sts.amazonaws.com",
    issuer: Annotated[str, _ISSUER] = ISSUER,
    partition: Annotated[_accounts.Partition, _PARTITION] = "aws",
) -> tuple[Statement, ...]:
    run = {
        "branch": f"ref:refs/heads/{branch}",
        "environment": f"environment:{environment.replace(':', '%3A')}",
        "tag": f"ref:refs/tags/{tag}",
        "pull_request": "pull_request",
        "any": "*",
    }[runs]
    subjects = [Subject(owner, repository, run, owner_id, repository_id)]
    if both_forms and repository_id:
        subjects.append(Subject(owner, repository, run))
    token = _tokens.TokenGrant(partition, account, issuer, audience, tuple(map(str, subjects)))
    return (_tokens.statement(token),)


def answers(statements: tuple[Statement, ...]) -> dict[str, Any] | None:
    token = _tokens.read(statements)
    if token is None or not PROVIDER.owns(token.issuer) or len(token.subjects) > 2:
        return None
    told = max(
        filter(None, map(Subject.read, token.subjects)), key=lambda s: s.repository_id, default=None
    )
    if told is None:
        return None
    return {
        "account": token.account,
        "owner": told.owner,
        "repository": told.repository,
        **_runs(told.run),
        "owner_id": told.owner_id,
        "repository_id": told.repository_id,
        "both_forms": len(token.subjects) == 2,
        "audience": token.audience,
        "issuer": token.issuer,
        "partition": token.partition,
    }


def _runs(run: str) -> dict[str, str]:
    for name, prefix in (
        ("branch", "ref:refs/heads/"),
        ("environment", "environment:"),
        ("tag", "ref:refs/tags/"),
    ):
        if run.startswith(prefix):
            value = run.removeprefix(prefix)
            return {
                "runs": name,
                name: value.replace("%3A", ":") if name == "environment" else value,
            }
    return {"runs": "pull_request" if run == "pull_request" else "any"}


def doubts(answers: Mapping[str, Any]) -> dict[str, str]:
    """A wildcard in the owner's name, where the owner's ID does not say whose tokens are meant."""
    owner = str(answers["owner"])
    if "*" not in owner or answers["owner_id"]:
        return {}
    return {
        "owner": f"{owner} matches every owner with a name like this, including owners who may be"
        " outside your organization. Write the whole name, like octo-org, or the owner's ID too."
    }


def label(answers: Mapping[str, Any]) -> str:
    owner, repository = answers["owner"].strip(), answers["repository"].strip()
    if not owner and not repository:
        return "GitHub Actions"
    return f"GitHub Actions · {owner or '…'}/{repository or '…'}"


def companions(
    role: Role, issuer: str, audience: str, partition: str, **answers: Any
) -> tuple[Companion, ...]:
    return (
        Companion(
            "workflow",
            "The workflow",
            'Save this as .github/workflows/deploy.yml. Without "id-token: write" the job gets '
            "no token.",
            "deploy.yml",
            _workflow(_accounts.arn_of(role, partition), audience, answers),
        ),
        _tokens.provider(issuer, audience, "GitHub"),
    )


def _workflow(arn: str, audience: str, answers: Mapping[str, Any]) -> str:
    branch, tag = answers.get("branch", ""), answers.get("tag", "")
    event = "pull_request" if answers.get("runs") == "pull_request" else "workflow_dispatch"
    trigger: dict[str, Any] = {event: {}}
    if branch:
        trigger = {"push": {"branches": [branch]}}
    elif tag:
        trigger = {"push": {"tags": [tag]}}
    options = {"role-to-assume": arn, "aws-region": "us-east-1"}
    if audience != "sts.amazonaws.com":
        options["audience"] = audience
    job: dict[str, Any] = {"runs-on": "ubuntu-latest"}
    if answers.get("runs") == "environment":
        job["environment"] = answers.get("environment", "")
    job["steps"] = [
        {"uses": "actions/checkout@v5"},
        {"uses": "aws-actions/configure-aws-credentials@v6", "with": options},
        {"run": "aws sts get-caller-identity"},
    ]
    head = {
        "on": trigger,
        "permissions": {"id-token": "write", "contents": "read"},
        "jobs": {"deploy": job},
    }
    return yaml.value(head).strip() + "\n"


PATTERN = Pattern(
    title="GitHub Actions",
    group="Outside AWS",
    about="GitHub Actions workflows, through OIDC, without stored keys.",
    callers=frozenset({"oidc"}),
    example={"owner": "octo-org", "repository": "app", "branch": "main"},
    statements=statements,
    answers=answers,
    label=label,
    companions=companions,
    doubts=doubts,
    keys=lambda answers: further_keys("github_actions", answers["issuer"].strip()),
)
