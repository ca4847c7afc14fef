"""The subjects of Terraform's workload identity tokens, from HCP Terraform and from a server of
one's own.

https://developer.hashicorp.com/terraform/cloud-docs/dynamic-provider-credentials/workload-identity-tokens
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

from trust_widgets.forms import Question
from trust_widgets.providers.issuer_form import Job, JobFile
from trust_widgets.providers.subjects.grammar import Form, Grammar, Part
from trust_widgets.providers.subjects.questions import asked, build
from trust_widgets.text.quoting import hcl

_NAME, _NAMED = "[A-Za-z0-9_-]", "letters, digits, - and _"
_PHASES = ("plan", "apply")
_ORGANIZATION = Part("organization", "organization {}", "any organization", _NAME, "octo-org")
_PROJECT = Part(
    "project", "project {}", "any project", "[A-Za-z0-9 _-]", "Default Project", rule=r"\S(?:.*\S)?"
)
_WORKSPACE = Part("workspace", "workspace {}", "any workspace", _NAME, "shop-production")
_PHASE = Part("run_phase", "the {} phase", "any phase", ".", "apply", choices=_PHASES)
# A stack may well be called so, but then HashiCorp's own pattern for workspaces would read as one
# for stacks too.
_STACK = Part("stack", "stack {}", "any stack", _NAME, "shop", rule=r"(?!workspace\Z).*")
_DEPLOYMENT = Part("deployment", "deployment {}", "any deployment", _NAME, "production")
_OPERATION = Part("operation", "the {} operation", "any operation", ".", "apply", choices=_PHASES)
_MODULE = Part("module", "module {}", "any module", _NAME, "terraform-aws-vpc")


def grammar(title: str, stranger: str = "") -> Grammar:
    """The subjects of HCP Terraform, or of a server of one's own.

    Args:
        title: what its runs are called.
        stranger: an external organization, where others share the issuer.
    """
    project = "organization:{organization}:project:{project}"
    workspace = project + ":workspace:{workspace}:run_phase:{run_phase}"
    stack = project + ":stack:{stack}:deployment:{deployment}:operation:{operation}"
    module = "organization:{organization}:module:{module}:operation:test_run"
    of = "of {workspace} in {project} of {organization}"
    deployment = "for {deployment} of {stack} in {project} of {organization}"
    forms = (
        Form(
            "workspace",
            workspace,
            f"{title} runs in {{run_phase}} {of}",
            "of each phase of a workspace's run",
        ),
        Form(
            "stack",
            stack,
            f"{title} runs in {{operation}} {deployment}",
            "of a deployment of a stack",
        ),
        Form(
            "module_test",
            module,
            title + " tests of {module} of {organization}",
            "of tests of a module",
        ),
    )
    organization = Part(
        "organization", "organization {}", "any organization", _NAME, "octo-org", stranger
    )
    parts = (organization, _PROJECT, _WORKSPACE, _PHASE, _STACK, _DEPLOYMENT, _OPERATION, _MODULE)
    everything = f"any {title} run of any organization"
    return Grammar(forms, parts, everything, f"*any {title} run* of {{organization}}", "run_any")


GRAMMAR = grammar("HCP Terraform", "octo-evil")
_KINDS = {
    "workspace": "Runs of a workspace",
    "stack": "Deployments of a stack",
    "module_test": "Tests of a module",
}
_IN_PROJECT = ("workspace", "stack")


def subject(
    organization: Annotated[str, asked(_ORGANIZATION, "Organization", _NAMED)],
    kind: Annotated[
        Literal["workspace", "stack", "module_test"], Question("For", choices=_KINDS)
    ] = "workspace",
    project: Annotated[
        str, asked(_PROJECT, "Project", "letters, digits, spaces, - and _", *_IN_PROJECT)
    ] = "",
    workspace: Annotated[str, asked(_WORKSPACE, "Workspace", _NAMED, "workspace")] = "",
    run_phase: Annotated[
        Literal["plan", "apply"], Question("Phase", when=("kind", ("workspace",)))
    ] = "apply",
    stack: Annotated[str, asked(_STACK, "Stack", _NAMED, "stack")] = "",
    deployment: Annotated[str, asked(_DEPLOYMENT, "Deployment", _NAMED, "stack")] = "",
    operation: Annotated[
        Literal["plan", "apply"], Question("Operation", when=("kind", ("stack",)))
    ] = "apply",
    module: Annotated[str, asked(_MODULE, "Module", _NAMED, "module_test")] = "",
) -> str:
    """The subject of a run's token.

    Example:
        >>> subject("octo-org", project="Default Project", workspace="shop")
        'organization:octo-org:project:Default Project:workspace:shop:run_phase:apply'
    """
    parts = {"project": project, "workspace": workspace, "run_phase": run_phase, "stack": stack}
    more = {"deployment": deployment, "operation": operation, "module": module}
    return build(GRAMMAR, kind, organization=organization, **parts, **more)


_ROLES = {"plan": "TFC_AWS_PLAN_ROLE_ARN", "apply": "TFC_AWS_APPLY_ROLE_ARN"}


def job(usual_audience: str) -> Callable[[Job], tuple[JobFile, ...]]:
    """The variables of a workspace that make its runs assume the role.

    https://developer.hashicorp.com/terraform/cloud-docs/dynamic-provider-credentials/aws-configuration
    read on 2026-11-30.

    Args:
        usual_audience: that needs no variable.
    """

    def files(wanted: Job) -> tuple[JobFile, ...]:
        phase = wanted.answers.get("run_phase") or wanted.answers.get("operation", "")
        variables = {
            "TFC_AWS_PROVIDER_AUTH": "true",
            _ROLES.get(phase, "TFC_AWS_RUN_ROLE_ARN"): wanted.role_arn,
        }
        if wanted.audience != usual_audience:
            variables["TFC_AWS_WORKLOAD_IDENTITY_AUDIENCE"] = wanted.audience
        blocks = [_variable(key, value) for key, value in variables.items()]
        note = (
            "Sets environment variables of the workspace; they can be set in its settings instead."
            " Replace WORKSPACE_ID."
        )
        if phase in _ROLES:
            other = "apply" if phase == "plan" else "plan"
            note += f" The {other} phase needs a role too: {_ROLES[other]}."
        return (JobFile("The workspace's variables", note, "variables.tf", "\n".join(blocks)),)

    return files


def _variable(key: str, value: str) -> str:
    body = {"key": key, "value": value, "category": "env", "workspace_id": "WORKSPACE_ID"}
    return hcl.block("resource", ("tfe_variable", key.lower()), body)
