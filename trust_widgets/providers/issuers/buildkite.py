"""Buildkite: a token for each job that asks for one, whose subject says the pipeline, the git ref
and the step.

https://buildkite.com/docs/pipelines/security/oidc
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated, Literal

from trust_widgets.forms import Question
from trust_widgets.providers import Provider
from trust_widgets.providers.claim_values import WHOLE, ClaimValues
from trust_widgets.providers.facts import MINOR, IssuerFacts, WidePart
from trust_widgets.providers.issuer_form import IssuerForm, Job, JobFile
from trust_widgets.providers.subjects.grammar import Form, Grammar, Part
from trust_widgets.providers.subjects.questions import asked, build, kind_and_parts
from trust_widgets.text.git import branch_name, tag_name
from trust_widgets.text.quoting import yaml

_SLUG, _REF = "[a-z0-9-]", r"[^\s:~^?*\\\[]"
_ORGANIZATION = Part("organization", "{}", "any organization", _SLUG, "octo-org", "octo-evil")
_PIPELINE = Part("pipeline", "the pipeline {}", "any pipeline", _SLUG, "app")
_BRANCH = Part("branch", "branch {}", "any branch", _REF, "main", fine_within=True)
_TAG = Part("tag", "tag {}", "any tag", _REF, "v1.2.0", fault="tag")
_COMMIT = Part(
    *(
        "commit",
        "commit {}",
        "any commit",
        "[0-9A-Za-z]",
        "9f3182061f1e2cca4702c368cbc039b7dc9d4485",
    ),
    most=64,
    free=True,
)
_STEP = Part("step", "step {}", "any step", "[A-Za-z0-9_.-]", "deploy", free=True)
_HEAD, _TAIL = (
    "organization:{organization}:pipeline:{pipeline}:ref:",
    ":commit:{commit}:step:[{step}]",
)
_WHERE = "{organization}/{pipeline}[, {step}][, {commit}]"
GRAMMAR = Grammar(
    forms=(
        Form(
            "branch",
            f"{_HEAD}refs/heads/{{branch}}{_TAIL}",
            f"Buildkite jobs on {{branch}} of {_WHERE}",
        ),
        Form("tag", f"{_HEAD}refs/tags/{{tag}}{_TAIL}", f"Buildkite jobs for {{tag}} of {_WHERE}"),
    ),
    parts=(_ORGANIZATION, _PIPELINE, _BRANCH, _TAG, _COMMIT, _STEP),
    everything="any Buildkite job of any organization",
    several=f"*any Buildkite job* of {_WHERE}",
    several_fault="run_any",
)
_KINDS = {"branch": "On one branch", "tag": "For a tag"}


def subject(
    organization: Annotated[
        str, asked(_ORGANIZATION, "Organization", "lower case letters, digits and -")
    ],
    pipeline: Annotated[str, asked(_PIPELINE, "Pipeline", "lower case letters, digits and -")],
    commit: Annotated[str, asked(_COMMIT, "Commit", "letters and digits")],
    kind: Annotated[Literal["branch", "tag"], Question("Which builds", choices=_KINDS)] = "branch",
    branch: Annotated[
        str,
        asked(_BRANCH, "Branch", "a name without spaces and colons", "branch", tidy=branch_name),
    ] = "",
    tag: Annotated[
        str, asked(_TAG, "Tag", "a name without spaces and colons", "tag", tidy=tag_name)
    ] = "",
    step: Annotated[str, replace(asked(_STEP, "Step", "the step's key"), optional=True)] = "",
) -> str:
    """The subject of a job's token; that of a step without a key ends with a colon.

    Example:
        >>> subject("octo-org", "app", "9f31820", branch="main", step="deploy")
        'organization:octo-org:pipeline:app:ref:refs/heads/main:commit:9f31820:step:deploy'
    """
    return build(
        GRAMMAR,
        kind,
        organization=organization,
        pipeline=pipeline,
        branch=branch,
        tag=tag,
        commit=commit,
        step=step,
    )


PROVIDER = Provider(
    title="Buildkite",
    owns=lambda issuer: (
        re.fullmatch(
            r"agent\.buildkite\.com|agent\.[\w.-]+\.buildkite\.(dev|site)", issuer, re.IGNORECASE
        )
        is not None
    ),
    audience="sts.amazonaws.com",
    read=GRAMMAR.read,
    source="https://buildkite.com/docs/pipelines/security/oidc",
    issuer="agent.buildkite.com",
    subject=subject,
    answers=kind_and_parts(GRAMMAR),
    subjects_for=GRAMMAR.subjects_for,
    setup=(
        "A job requests a token with `buildkite-agent oidc request-token --audience "
        "sts.amazonaws.com`."
    ),
    read_on="2026-11-30",
    verified=(
        "Issuer, audience and subject are in Buildkite's pages. Agents of 2026 can "
        "request one of seven IDs as the subject, which is not read here; nor is a "
        "branch with a colon, as builds of forks may have. Buildkite's page about AWS also "
        "requires session tags, with sts:TagSession; the form does not."
    ),
)

# With --subject-claim a subject is one id of seven, and nothing else; a branch of a fork may hold a
# colon. https://buildkite.com/docs/agent/cli/reference/oidc
_POSSIBLE = Grammar(
    forms=(*GRAMMAR.forms, Form("claim", "{claim}", "Buildkite jobs whose subject is {claim}")),
    parts=(
        *(
            replace(part, chars="." if part.name in ("branch", "tag") else "[^:]")
            for part in GRAMMAR.parts
        ),
        Part("claim", "{}", "any ID", "[^:/]", "0191f956-042f-7ec4-aa62-8e5eeae396d0"),
    ),
    everything="any Buildkite job",
)
_UNIQUE = ClaimValues(example="0191f956-042f-7ec4-aa62-8e5eeae396d0", whose=WHOLE)
_ORGANIZATION_CLAIMS = ("organization_id", "organization_slug", "pipeline_id")
_PLUGIN = "aws-assume-role-with-web-identity#v1.4.0"


def _job(job: Job) -> tuple[JobFile, ...]:
    """https://buildkite.com/resources/plugins/buildkite-plugins/
    aws-assume-role-with-web-identity-buildkite-plugin, read on 2026-11-30."""
    step: dict[str, object] = {"label": "Deploy"}
    if job.plain("step", ""):
        step["key"] = job.plain("step", "")
    if job.plain("branch", ""):
        step["branches"] = job.plain("branch", "")
    step["command"] = "aws sts get-caller-identity"
    step["plugins"] = [{_PLUGIN: {"role-arn": job.role_arn}}]
    note = (
        "Save this as .buildkite/pipeline.yml. The plugin requests a token for the audience "
        "sts.amazonaws.com."
    )
    if job.audience != PROVIDER.audience:
        note += f" The role accepts {job.audience} only: the plugin may have an option for it."
    text = yaml.value({"steps": [step]})
    return (JobFile("The pipeline", note, "pipeline.yml", f"{text}\n"),)


FACTS = IssuerFacts(
    audience_names="purpose",
    subjects="form",
    grammar=GRAMMAR,
    form=IssuerForm(
        job=_job,
        job_source="https://buildkite.com/resources/plugins/buildkite-plugins/aws-assume-role-with-web-identity-buildkite-plugin",
        job_read_on="2026-11-30",
    ),
    client="Buildkite's plugin for AWS",
    default_audiences=("https://buildkite.com/",),
    possible=_POSSIBLE,
    wide_parts={
        "everything": WidePart(noun="whose tokens", closed_by=_ORGANIZATION_CLAIMS),
        "organization": WidePart(noun="the organization", closed_by=_ORGANIZATION_CLAIMS),
        "pipeline": WidePart(closed_by=("pipeline_id", "pipeline_slug")),
        "run": WidePart(noun="the runs to allow", closed_by=("build_branch",)),
        "branch": WidePart(level_if_begun="low", closed_by=("build_branch",)),
        "tag": MINOR,
    },
    claim_values={
        "organization_slug": ClaimValues(example="octo-org", whose=WHOLE),
        "pipeline_slug": ClaimValues(example="app"),
        "build_branch": ClaimValues(example="main"),
        "cluster_name": ClaimValues(example="production"),
        **dict.fromkeys(("organization_id", "pipeline_id", "cluster_id"), _UNIQUE),
    },
    why_not={
        "correct_subjects": "No common mistake is known.",
        "subject_claims": "Slugs and the branch are in both; that they agree is not used yet.",
    },
)
