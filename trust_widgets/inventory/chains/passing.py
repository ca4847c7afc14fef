"""Roles that are passed to a service: the one who may start something there acts with the role.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
"""

from __future__ import annotations

from trust_widgets.evaluation import Request
from trust_widgets.inventory.chains.hops import PROFILE
from trust_widgets.inventory.chains.own_permissions import Own, allows_somewhere, own_answer
from trust_widgets.inventory.principals import KnownPrincipal
from trust_widgets.policy import TrustPolicy

PASS_ROLE, PASSED_TO = "iam:PassRole", "iam:PassedToService"
# For each service, the sets of actions of which one is enough to act with a role passed to it:
# https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
STARTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "ec2.amazonaws.com": (("ec2:RunInstances",),),
    "lambda.amazonaws.com": (("lambda:CreateFunction", "lambda:InvokeFunction"),),
    "codebuild.amazonaws.com": (("codebuild:CreateProject", "codebuild:StartBuild"),),
    "cloudformation.amazonaws.com": (("cloudformation:CreateStack",),),
    "glue.amazonaws.com": (
        ("glue:CreateDevEndpoint",),
        ("glue:CreateJob", "glue:StartJobRun"),
    ),
    "sagemaker.amazonaws.com": (
        ("sagemaker:CreateNotebookInstance", "sagemaker:CreatePresignedNotebookInstanceUrl"),
    ),
    "ecs-tasks.amazonaws.com": (("ecs:RegisterTaskDefinition", "ecs:RunTask"),),
    "states.amazonaws.com": (("states:CreateStateMachine", "states:StartExecution"),),
}


def services_of(trust: TrustPolicy) -> dict[str, int]:
    """The services that a trust policy names, each with the index of its first Allow."""
    found: dict[str, int] = {}
    for index, statement in enumerate(trust.statements):
        if statement.effect == "Allow" and statement.principal is not None:
            for service in statement.principal.service or ():
                found.setdefault(service, index)
    return found


def passing_answer(caller: KnownPrincipal, role: KnownPrincipal, service: str) -> Own:
    """Whether a principal can make a service act with a role.

    Args:
        caller: the principal. role: a role of its account. service: one that the role trusts.
    """
    request = Request("sts:AssumeRole", service, role.arn, {PASSED_TO: service})
    may_pass = own_answer(caller, PASS_ROLE, request)
    if may_pass.truth is False:
        return may_pass
    starts = _starts(caller, service)
    if starts.truth is False:
        return starts
    needs = (*may_pass.needs, *starts.needs)
    if service == "ec2.amazonaws.com" and not role.has_profile:
        needs = (*needs, PROFILE)
    return Own(None if needs else True, tuple(dict.fromkeys(needs)))


def _starts(caller: KnownPrincipal, service: str) -> Own:
    """Whether a principal can start something in a service."""
    prefix = service.partition(".")[0]
    ways = STARTS.get(service, ((f"{prefix}:*",),))
    is_known = service in STARTS
    best: bool | None = False
    for actions in ways:
        truths = [allows_somewhere(caller, action) for action in actions]
        if all(truths) and is_known:
            return Own(True)
        if False not in truths or not is_known:
            best = None
    if best is None:
        return Own(best, (f"its policies allow it to start something in {prefix}",))
    return Own(False)
