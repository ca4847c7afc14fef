"""GitLab: a token for each job that asks for one, whose subject says the project and the branch or
tag.

https://docs.gitlab.com/ci/secrets/id_token_authentication/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Literal

from trust_widgets.forms import Question
from trust_widgets.providers import Provider, Reading
from trust_widgets.providers.claim_values import WHOLE, ClaimValues
from trust_widgets.providers.facts import MINOR, RUN, IssuerFacts, WidePart
from trust_widgets.providers.issuer_form import IssuerForm, Job, JobFile
from trust_widgets.providers.issuers import _gitlab_customised as customised
from trust_widgets.providers.subjects.grammar import Form, Grammar, Part
from trust_widgets.providers.subjects.questions import asked, build, kind_and_parts
from trust_widgets.text.git import branch_name, tag_name
from trust_widgets.text.globs import matches
from trust_widgets.text.quoting import yaml

_REF = r"[^\s:~^?*\\\[]"
_GROUP = Part("group", "{}", "any group", r"[A-Za-z0-9_.-]", "octo-org", "octo-evil")
# Groups in the group belong to the same people, so that they count with the project.
_PROJECT = Part("project", "the project {}", "any project", r"[A-Za-z0-9_./-]", "app", noun="path")
_BRANCH = Part(
    "branch",
    "branch {}",
    "any branch",
    _REF,
    "main",
    never=customised.WHOLE_REFS,
    fine_within=True,
)
_TAG = Part("tag", "tag {}", "any tag", _REF, "v1.2.0", never=customised.WHOLE_REFS, fault="tag")
_CLAIMS = Part(
    "claims",
    "{}",
    "anything",
    ".",
    "ref_protected:true",
    most=1000,
    rule=r"[a-z_]+:.+",
    fine_within=True,
)
_HEAD = "project_path:{group}/{project}"
GRAMMAR = Grammar(
    forms=(
        Form(
            "branch",
            _HEAD + ":ref_type:branch:ref:{branch}",
            "GitLab jobs on {branch} of {group}/{project}",
        ),
        Form(
            "tag", _HEAD + ":ref_type:tag:ref:{tag}", "GitLab jobs for {tag} of {group}/{project}"
        ),
    ),
    parts=(_GROUP, _PROJECT, _BRANCH, _TAG),
    everything="any GitLab job of any project",
    several="*any GitLab job* of {group}/{project}",
    several_fault="run_any",
)
# A project may choose the claims in its subjects, of which the first is always its path.
# https://docs.gitlab.com/api/projects/#edit-a-project
_CUSTOMISED = Grammar(
    forms=(
        Form(
            "customised",
            _HEAD + "[:{claims}]",
            "GitLab jobs of {group}/{project} whose customized subject says its path[ and"
            " {claims}]",
        ),
    ),
    parts=(_GROUP, _PROJECT, _CLAIMS),
    everything="any GitLab job of any project",
)
_KINDS = {"branch": "On one branch", "tag": "For a tag"}
_HOST = Question(
    "GitLab's host",
    "gitlab.com, or your own server.",
    "gitlab.octo-org.example",
    r"gitlab([.][A-Za-z0-9-]+)+",
    "A host is a name that begins with gitlab., like gitlab.com or gitlab.octo-org.example.",
)

# A server of one's own may have any name; one that does not begin so cannot be recognized by it.
_ANY_HOST = replace(
    _HOST,
    rule=r"[a-z0-9-]+([.][a-z0-9-]+)+",
    message="Write the host without https://, like gitlab.com or gitlab.octo-org.example.",
)


def issuer_from(host: Annotated[str, _HOST] = "gitlab.com") -> str:
    """The issuer of a GitLab."""
    return host


def subject(
    group: Annotated[
        str,
        asked(_GROUP, "Group", "letters, digits and . _ -", help="Top-level group, or a user."),
    ],
    project: Annotated[str, asked(_PROJECT, "Project", "path below that group")],
    kind: Annotated[Literal["branch", "tag"], Question("Which jobs", choices=_KINDS)] = "branch",
    branch: Annotated[
        str,
        asked(_BRANCH, "Branch", "a name without spaces and colons", "branch", tidy=branch_name),
    ] = "",
    tag: Annotated[
        str, asked(_TAG, "Tag", "a name without spaces and colons", "tag", tidy=tag_name)
    ] = "",
) -> str:
    """The usual subject of a job's token.

    Example:
        >>> subject("octo-org", "platform/app", branch="main")
        'project_path:octo-org/platform/app:ref_type:branch:ref:main'
    """
    return build(GRAMMAR, kind, group=group, project=project, branch=branch, tag=tag)


def read(pattern: str) -> Reading | None:
    """A subject, or a pattern for subjects, in words; `None` when no job's token has such a
    subject.

    Faults, widest first: `everything`, `group_any`, `group_unterminated`, `project_any`,
    `project_unterminated`, `run_any`, `branch_any`, `tag`.

    Example:
        >>> read("project_path:octo-org/*:ref_type:branch:ref:main").words
        'GitLab jobs on branch main of any project of octo-org'
    """
    return GRAMMAR.read(pattern) or (
        _CUSTOMISED.read(pattern) if customised.can_be(pattern) else None
    )


def subjects_for(pattern: str, *, strangers: bool = True) -> tuple[str, ...]:
    """Realistic subjects that a pattern admits; a customized one where no usual one fits.

    Example:
        >>> subjects_for("project_path:octo-org/app:ref_type:branch:ref:main:*")
        ('project_path:octo-org/app:ref_type:branch:ref:main:environment_protected:true',)
    """
    usual = GRAMMAR.subjects_for(pattern, strangers=strangers)
    if usual or read(pattern) is None:
        return usual
    subject = customised.subject_for(pattern)
    if matches(pattern, subject) and read(subject) is not None:
        return (subject,)
    return ()


def _correct_subjects(text: str) -> Iterator[str]:
    path, colon, rest = re.sub("^(?:project(?:_path)?:)?", "", text).partition(":")
    if colon and "/" in path:
        yield f"project_path:{path}:{rest}"
        yield f"project_path:{path}:{re.sub(':ref:refs/(?:heads|tags)/', ':ref:', f':{rest}')[1:]}"


PROVIDER = Provider(
    title="GitLab",
    owns=lambda issuer: re.fullmatch(r"gitlab(\.[\w-]+)+", issuer, re.IGNORECASE) is not None,
    # Each job says its own; https://gitlab.com is what GitLab's page about AWS uses.
    audience="https://gitlab.com",
    read=read,
    source="https://docs.gitlab.com/ci/secrets/id_token_authentication/",
    issuer="gitlab.com",
    issuer_from=issuer_from,
    subject=subject,
    answers=kind_and_parts(GRAMMAR),
    subjects_for=subjects_for,
    setup=(
        "A job requests a token with `id_tokens:` in .gitlab-ci.yml, and names the audience there."
    ),
    read_on="2026-11-29",
    verified=(
        "Issuer, subject and that a project may customize it are in GitLab's pages. AWS "
        "has claims other than the subject for gitlab.com only, not for your own "
        "servers."
    ),
)

_NUMBER = ClaimValues(
    example="123456", forms=("[0-9][0-9]*",), words="a number such as 123456", whose=WHOLE
)
_OF_A_GROUP, _OF_A_PROJECT = ("project_id", "namespace_id"), ("project_id",)
# Whoever may push to a protected branch or make a protected tag, the project's settings say.
# https://docs.gitlab.com/user/project/repository/branches/protected/
_PROTECTED = ("ref_protected=true",)
_SAFE_REF = re.compile(r"[\w./-]+", re.ASCII)


def _job(job: Job) -> tuple[JobFile, ...]:
    """https://docs.gitlab.com/ci/secrets/id_token_authentication/ and
    https://docs.gitlab.com/ci/cloud_services/aws/, read on 2026-11-30."""
    variables = {
        "AWS_ROLE_ARN": job.role_arn,
        "AWS_WEB_IDENTITY_TOKEN_FILE": "/tmp/web-identity-token",
    }
    deploy = {
        "image": {"name": "amazon/aws-cli", "entrypoint": [""]},
        "id_tokens": {"GITLAB_OIDC_TOKEN": {"aud": job.audience}},
        "variables": variables,
        **_rules(job),
        "script": [
            'printf %s "$GITLAB_OIDC_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE"',
            "aws sts get-caller-identity",
        ],
    }
    note = (
        "Add this to .gitlab-ci.yml. The job gets its token from id_tokens; the AWS CLI and SDKs "
        "read both variables."
    )
    return (JobFile("The job", note, ".gitlab-ci.yml", yaml.value({"deploy": deploy}) + "\n"),)


def _rules(job: Job) -> dict[str, object]:
    """That the job runs for the branch or tag which the role accepts, as far as it is one."""
    for name, variable in (("branch", "CI_COMMIT_BRANCH"), ("tag", "CI_COMMIT_TAG")):
        ref = job.plain(name, "")
        if _SAFE_REF.fullmatch(ref):
            return {"rules": [{"if": f'${variable} == "{ref}"'}]}
    return {}


FACTS = IssuerFacts(
    audience_names="purpose",
    subjects="exact",
    grammar=GRAMMAR,
    usual=GRAMMAR,
    wide_parts={
        "everything": WidePart(noun="whose tokens", closed_by=_OF_A_GROUP),
        "group": WidePart(closed_by=_OF_A_GROUP),
        "project": WidePart(closed_by=_OF_A_PROJECT),
        "run": replace(RUN, closed_by=_PROTECTED),
        "branch": WidePart(level_if_begun="low", closed_by=_PROTECTED),
        "tag": replace(MINOR, closed_by=_PROTECTED),
        "claims": WidePart(level_if_begun="low"),
    },
    claim_values={
        "ref_protected": ClaimValues(
            example="true", forms=("true", "false"), words="true or false"
        ),
        "runner_environment": ClaimValues(
            example="gitlab-hosted",
            forms=("gitlab-hosted", "self-hosted"),
            words="gitlab-hosted or self-hosted",
        ),
        "pipeline_source": ClaimValues(example="push"),
        "user_access_level": ClaimValues(example="developer"),
        "user_login": ClaimValues(example="octo-user", whose=WHOLE),
        "user_email": ClaimValues(example="octo-user@octo.example", whose=WHOLE),
        **dict.fromkeys(("project_id", "namespace_id", "user_id"), _NUMBER),
    },
    correct_subjects=_correct_subjects,
    form=IssuerForm(
        job=_job,
        job_source="https://docs.gitlab.com/ci/cloud_services/aws/",
        job_read_on="2026-11-30",
        issuer_answers=lambda issuer, _: {"host": issuer},
        any_host=True,
        questions={"host": _ANY_HOST},
        audience_from=lambda answers: f"https://{answers.get('host') or 'gitlab.com'}",
    ),
    why_not={
        "client": "Each job names the audience of its token in .gitlab-ci.yml.",
        "subject_claims": (
            "The keys contain IDs and what started the job. The subject does not contain them."
        ),
    },
)
