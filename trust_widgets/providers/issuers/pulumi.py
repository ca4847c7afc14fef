"""Pulumi Cloud: tokens of Pulumi Deployments and of Pulumi ESC, from one issuer for all
organizations.

https://www.pulumi.com/docs/esc/guides/configuring-oidc/aws/ and
https://www.pulumi.com/docs/deployments/guides/oidc/
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from trust_widgets.forms import Question
from trust_widgets.providers import Provider
from trust_widgets.providers.facts import (
    ANY,
    EVERYTHING,
    MINOR,
    ORGANIZATION,
    RUN,
    IssuerFacts,
    WidePart,
)
from trust_widgets.providers.issuer_form import IssuerForm, Job, JobFile
from trust_widgets.providers.subjects.beginnings import beginning
from trust_widgets.providers.subjects.grammar import Form, Grammar, Part
from trust_widgets.providers.subjects.questions import asked, build, kind_and_parts
from trust_widgets.text.quoting import yaml
from trust_widgets.text.quoting.shell import command

Operation = Literal["update", "preview", "refresh", "destroy"]
_NAME, _NAMED = "[A-Za-z0-9._-]", "letters, digits, - . and _"
_ORGANIZATION = Part(
    "organization", "organization {}", "any organization", _NAME, "octo-org", "octo-evil"
)
_PROJECT = Part("project", "project {}", "any project", _NAME, "shop")
_STACK = Part("stack", "stack {}", "any stack", _NAME, "production")
_OPERATION = Part(
    "operation", "the operation {}", "any operation", ".", "update", choices=get_args(Operation)
)
_ENVIRONMENT = Part("environment", "environment {}", "any environment", _NAME, "production")
_ATTRIBUTES = Part(
    "attributes",
    "{}",
    "any attributes",
    r"[^*?\s\x00-\x1f\x7f]",
    "currentEnvironment.name:shop/production",
    most=1000,
    fine_within=True,
)
_DEPLOYED = (
    "pulumi:deploy:org:{organization}:project:{project}:stack:{stack}"
    ":operation:{operation}:scope:write"
)
_OPENED = "pulumi:environments:org:{organization}:env:"

GRAMMAR = Grammar(
    forms=(
        Form(
            "deployment",
            _DEPLOYED,
            "Pulumi deployments with {operation} of {stack} in {project} of {organization}",
            "of a run of Pulumi Deployments",
        ),
        Form(
            "environment",
            _OPENED + "{project}/{environment}",
            "{environment} of Pulumi ESC in {project} of {organization}",
            "of an environment of Pulumi ESC",
        ),
        Form(
            "default_project",
            _OPENED + "{environment}",
            "{environment} of Pulumi ESC in the old default project of {organization}",
            "of an environment of Pulumi ESC in the project called default",
        ),
        Form(
            "stack_configuration",
            _OPENED + "<" + "yaml>",  # letter by letter, whatever the environment is called
            "*any environment* of Pulumi ESC that a stack of {organization} uses",
            "of any environment that a stack's configuration imports, without naming which",
            "environment_any",
        ),
        Form(
            "attributes",
            "pulumi:environments:pulumi.organization.login:{organization}:{attributes}",
            "Pulumi ESC environments of {organization} with {attributes}",
            "of an environment whose login sets subjectAttributes",
        ),
    ),
    parts=(_ORGANIZATION, _PROJECT, _STACK, _OPERATION, _ENVIRONMENT, _ATTRIBUTES),
    everything="anything in Pulumi Cloud of any organization",
    several="*several kinds of tokens* of Pulumi Cloud for {organization}",
    several_fault="run_any",
)
_KINDS = {
    "deployment": "Pulumi Deployments",
    "environment": "An environment of Pulumi ESC",
    "default_project": 'An environment of Pulumi ESC in the project "default"',
    "stack_configuration": "Environments of Pulumi ESC in a stack's configuration",
    "attributes": "Pulumi ESC with subjectAttributes",
}
Kind = Literal["deployment", "environment", "default_project", "stack_configuration", "attributes"]
_IN_PROJECT = ("deployment", "environment")
_OF_ESC = ("environment", "default_project")


def subject(
    organization: Annotated[str, asked(_ORGANIZATION, "Organization", _NAMED)],
    kind: Annotated[Kind, Question("Tokens of", choices=_KINDS)] = "deployment",
    project: Annotated[str, asked(_PROJECT, "Project", _NAMED, *_IN_PROJECT)] = "",
    stack: Annotated[str, asked(_STACK, "Stack", _NAMED, "deployment")] = "",
    operation: Annotated[
        Operation, Question("Operation", when=("kind", ("deployment",)))
    ] = "update",
    environment: Annotated[str, asked(_ENVIRONMENT, "Environment", _NAMED, *_OF_ESC)] = "",
    attributes: Annotated[
        str, asked(_ATTRIBUTES, "Attributes", "names and values, in order", "attributes")
    ] = "",
) -> str:
    """The subject of a token of Pulumi Cloud.

    Example:
        >>> subject("octo-org", "environment", "shop", environment="production")
        'pulumi:environments:org:octo-org:env:shop/production'
    """
    parts = {"project": project, "stack": stack, "operation": operation, "environment": environment}
    return build(GRAMMAR, kind, organization=organization, attributes=attributes, **parts)


PROVIDER = Provider(
    title="Pulumi Cloud",
    owns=lambda issuer: issuer.lower() == "api.pulumi.com/oidc",
    audience="",
    read=GRAMMAR.read,
    source="https://www.pulumi.com/docs/esc/guides/configuring-oidc/aws/",
    issuer="api.pulumi.com/oidc",
    subject=subject,
    answers=kind_and_parts(GRAMMAR),
    subjects_for=GRAMMAR.subjects_for,
    setup=(
        "The audience is aws: and the organization's name for Pulumi ESC, and the name alone for"
        " Pulumi Deployments and for environments in the project called default."
    ),
    read_on="2026-11-30",
    verified=(
        "The issuer, the audiences and all forms are in Pulumi's pages. Which "
        "characters names can have is not verified, nor whether there are more "
        "operations than these four. Tokens of fn::open::oidc have another issuer, "
        "api.pulumi.com/oidc/v2, and are not read here."
    ),
)


def _usual_audience(answers: Mapping[str, str]) -> str:
    """https://www.pulumi.com/docs/esc/guides/configuring-oidc/aws/ and
    https://www.pulumi.com/docs/deployments/guides/oidc/aws/, read on 2026-11-30."""
    organization = answers.get("organization", "")
    is_name_alone = answers.get("kind") in ("deployment", "default_project")
    if is_name_alone or not organization:
        return organization
    return f"aws:{organization}"


def _job(job: Job) -> tuple[JobFile, ...]:
    if job.answers.get("kind") == "deployment":
        return (_deployment(job),)
    login = {"oidc": {"duration": "1h", "roleArn": job.role_arn, "sessionName": "pulumi-esc"}}
    variables = {
        "AWS_ACCESS_KEY_ID": "${aws.login.accessKeyId}",
        "AWS_SECRET_ACCESS_KEY": "${aws.login.secretAccessKey}",
        "AWS_SESSION_TOKEN": "${aws.login.sessionToken}",
    }
    values = {
        "aws": {"login": {"fn::open::aws-login": login}},
        "environmentVariables": variables,
    }
    text = yaml.value({"values": values})
    note = "The definition of the Pulumi ESC environment."
    return (JobFile("The environment", note, "environment.yaml", f"{text}\n"),)


def _deployment(job: Job) -> JobFile:
    """https://www.pulumi.com/docs/iac/cli/commands/pulumi_deployment_settings_edit/, which calls
    the command experimental; read on 2026-11-30."""
    options = {
        "--oidc-aws-role-arn": job.role_arn,
        "--oidc-aws-session-name": "pulumi-deploy",
    }
    text = command(("pulumi", "deployment", "settings", "edit"), options)
    note = (
        "Run this with the stack selected. The stack's settings have the same, at Deploy, OpenID "
        "Connect."
    )
    return JobFile("The deployment settings", note, "deployment-settings.sh", f"{text}\n")


FACTS = IssuerFacts(
    audience_names="customer",
    # All forms in Pulumi's pages begin so; what follows may be chosen by subjectAttributes.
    subjects="form",
    grammar=GRAMMAR,
    form=IssuerForm(
        audience_from=_usual_audience,
        job=_job,
        job_source="https://www.pulumi.com/docs/esc/providers/login/aws-login/",
        job_read_on="2026-11-30",
    ),
    possible=beginning("pulumi:"),
    bracketed=("<" + "yaml>",),
    wide_parts={
        "everything": EVERYTHING,
        "organization": ORGANIZATION,
        "run": RUN,
        "project": ANY,
        "stack": ANY,
        "operation": MINOR,
        "environment": MINOR,
        "attributes": WidePart(level_if_begun="low"),
    },
    why_not={
        "audience_of_customer": "It differs between Pulumi ESC and Pulumi Deployments.",
        "correct_subjects": "No common mistake is known.",
    },
)
