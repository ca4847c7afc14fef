"""Codefresh: a token for each build, whose subject says its account and pipeline, and what in Git
started it.

https://codefresh.io/docs/docs/integrations/oidc-pipelines/
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from trust_widgets.forms import Question
from trust_widgets.providers import Provider
from trust_widgets.providers.facts import ANY, EVERYTHING, RUN, IssuerFacts
from trust_widgets.providers.issuer_form import IssuerForm, Job, JobFile
from trust_widgets.providers.subjects.beginnings import beginning
from trust_widgets.providers.subjects.grammar import Form, Grammar, Part
from trust_widgets.providers.subjects.questions import asked, build, kind_and_parts
from trust_widgets.text.quoting import yaml

_ID, _REF = "[0-9a-z]", r"[^\s:*?~^\\\[\x00-\x1f\x7f]"
_USER = r"[^\s:*?\x00-\x1f\x7f]"
_ACCOUNT = Part("account", "account {}", "any account", _ID, "5f30ebd3", "6a41fce4", noun="ID")
_PIPELINE = Part("pipeline", "pipeline {}", "any pipeline", _ID, "64de5cd4", noun="ID")
_INITIATOR = Part("initiator", "user {}", "any user", _USER, "octo-user")
_REPOSITORY = Part(
    "repository", "{}", "any repository", "[A-Za-z0-9._/~-]", "github.com/octo-org/shop"
)
_PUSHER = Part("scm_user_name", "Git user {}", "any Git user", _USER, "octo-user")
_GIT_REF = Part("scm_ref", "branch or tag {}", "any branch or tag", _REF, "main")
_TARGET = Part("target_branch", "branch {}", "any branch", _REF, "main")

_BUILDS = "account:{account}:pipeline:{pipeline}"
_GIT = ":scm_repo_url:https://{repository}:scm_user_name:{scm_user_name}:scm_ref:{scm_ref}"
_OF = "of {pipeline} of {account}"
GRAMMAR = Grammar(
    forms=(
        Form(
            "push",
            _BUILDS + _GIT,
            "Codefresh builds " + _OF + " for {scm_ref} of {repository}, pushed by {scm_user_name}",
            "of a build that a push to Git started",
        ),
        Form(
            "pull_request",
            _BUILDS + _GIT + ":scm_pull_request_target_branch:{target_branch}",
            "Codefresh builds "
            + _OF
            + " for *pull requests* of {scm_ref} to {target_branch} of {repository}, by"
            " {scm_user_name}",
            "of a build that a pull request started",
            "pull_request",
        ),
        Form(
            "manual_push",
            _BUILDS + ":initiator:{initiator}" + _GIT,
            "Codefresh builds "
            + _OF
            + " that {initiator} started for {scm_ref} of {repository}, pushed by {scm_user_name}",
            "of a build that a person started with a Git trigger",
        ),
        Form(
            "manual",
            _BUILDS + ":initiator:{initiator}",
            "Codefresh builds " + _OF + " that {initiator} started",
            "of a build that a person started",
        ),
        Form(
            "cron",
            _BUILDS,
            "Codefresh builds " + _OF + " that a timer started",
            "of a build that a timer started",
        ),
    ),
    parts=(_ACCOUNT, _PIPELINE, _INITIATOR, _REPOSITORY, _PUSHER, _GIT_REF, _TARGET),
    everything="any Codefresh build of any account",
    several="*any Codefresh build* of {pipeline} of {account}",
    several_fault="run_any",
)
_KINDS = {
    "push": "A push to Git",
    "pull_request": "A pull request",
    "manual_push": "A person, with a Git trigger",
    "manual": "A person",
    "cron": "A timer",
}
_BY_GIT, _BY_HAND = ("push", "pull_request", "manual_push"), ("manual_push", "manual")
_NO_COLON = "without spaces and colons"


def subject(
    account: Annotated[str, asked(_ACCOUNT, "Account", "an ID of digits and lower case letters")],
    pipeline: Annotated[
        str, asked(_PIPELINE, "Pipeline", "an ID of digits and lower case letters")
    ],
    kind: Annotated[
        Literal["push", "pull_request", "manual_push", "manual", "cron"],
        Question("Started by", choices=_KINDS),
    ] = "push",
    initiator: Annotated[str, asked(_INITIATOR, "User", _NO_COLON, *_BY_HAND)] = "",
    repository: Annotated[
        str, asked(_REPOSITORY, "Repository", "its URL without https://", *_BY_GIT)
    ] = "",
    scm_user_name: Annotated[str, asked(_PUSHER, "Git user", _NO_COLON, *_BY_GIT)] = "",
    scm_ref: Annotated[str, asked(_GIT_REF, "Branch or tag", _NO_COLON, *_BY_GIT)] = "",
    target_branch: Annotated[str, asked(_TARGET, "Target branch", _NO_COLON, "pull_request")] = "",
) -> str:
    """The subject of a build's token.

    Example:
        >>> subject("5f30ebd3", "64de5cd4", "manual", "octo-user")
        'account:5f30ebd3:pipeline:64de5cd4:initiator:octo-user'
    """
    parts = {
        "account": account,
        "pipeline": pipeline,
        "initiator": initiator,
        "repository": repository,
    }
    git = {"scm_user_name": scm_user_name, "scm_ref": scm_ref, "target_branch": target_branch}
    return build(GRAMMAR, kind, **parts, **git)


PROVIDER = Provider(
    title="Codefresh",
    owns=lambda issuer: issuer.lower() == "oidc.codefresh.io",
    audience="https://g.codefresh.io",
    read=GRAMMAR.read,
    source="https://codefresh.io/docs/docs/integrations/oidc-pipelines/",
    issuer="oidc.codefresh.io",
    subject=subject,
    answers=kind_and_parts(GRAMMAR),
    subjects_for=GRAMMAR.subjects_for,
    setup="The step obtain-oidc-id-token of a pipeline puts the token into ID_TOKEN.",
    read_on="2026-11-30",
    verified=(
        "The issuer, the audience and the forms are in Codefresh's page, whose row for builds"
        " started by hand lacks a colon, so that this form is not certain. Repositories whose URL"
        " is not https are not read. The page says that a pipeline can request other audiences, and"
        " shows the steps that this form writes."
    ),
)

_PARTS = (
    "account",
    "pipeline",
    "initiator",
    "repository",
    "scm_user_name",
    "scm_ref",
    "target_branch",
)


def _job(job: Job) -> tuple[JobFile, ...]:
    """https://codefresh.io/steps/step/aws-sts-assume-role-with-web-identity, read on 2026-11-30."""
    token: dict[str, object] = {"type": "obtain-oidc-id-token"}
    if job.audience != PROVIDER.audience:
        token["arguments"] = {"AUDIENCE": job.audience}
    steps = {
        "obtain_id_token": token,
        "assume_role": {
            "type": "aws-sts-assume-role-with-web-identity",
            "arguments": {"ROLE_ARN": job.role_arn, "ROLE_SESSION_NAME": "codefresh"},
        },
        "who_am_i": {"image": "amazon/aws-cli", "commands": ["aws sts get-caller-identity"]},
    }
    text = yaml.value({"version": "1.0", "steps": steps})
    note = "Add these steps to codefresh.yml."
    return (JobFile("The pipeline", note, "codefresh.yml", f"{text}\n"),)


FACTS = IssuerFacts(
    audience_names="purpose",
    # The beginning is in all rows of Codefresh's page; what follows it is not certain.
    subjects="form",
    grammar=GRAMMAR,
    form=IssuerForm(
        job=_job,
        job_source="https://codefresh.io/steps/step/aws-sts-assume-role-with-web-identity",
        job_read_on="2026-11-30",
    ),
    possible=beginning("account:{account}:pipeline:"),
    wide_parts={
        "everything": EVERYTHING,
        # Codefresh's page names the pipeline alone, whatever started it.
        "run": replace(RUN, usual_unless=("everything", "account", "pipeline")),
        "pull_request": ANY,
        **dict.fromkeys(_PARTS, ANY),
    },
    why_not={
        "client": "A step of the pipeline requests the token, and can name another audience.",
        "correct_subjects": "No common mistake is known.",
    },
)
