"""Policies of other kinds than a role's trust policy, recognized by what every statement has.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html
"""

from __future__ import annotations

from trust_widgets.aws.arns import arn_of
from trust_widgets.policy.values import Principal, Statement, TrustPolicy

OTHER_POLICY = "TP025"
_INSTEAD = "Paste the trust policy of a role here."


def other_kind_of(policy: TrustPolicy) -> str:
    """What to say of a policy of another kind; `""` for what may be a trust policy.

    Example:
        >>> read = Statement("Allow", action="s3:GetObject", resource=("*",))
        >>> other_kind_of(TrustPolicy((read,)))[:28]
        'This is a permissions policy'
        >>> other_kind_of(TrustPolicy((Statement("Allow", Principal("*"), "sts:AssumeRole"),)))
        ''
    """
    statements = policy.statements
    if not statements or not all(each.resource or each.not_resource for each in statements):
        return ""
    if not any(each.principal or each.not_principal for each in statements):
        return (
            "This is a permissions policy or a service control policy: its statements "
            "have Resource and no Principal. A trust policy names in Principal who can "
            "assume the role. Attach this policy to the role, or to an account. "
            f"{_INSTEAD}"
        )
    if all(map(_is_of_rcp, statements)) and any(each.effect == "Deny" for each in statements):
        return (
            "This is a resource control policy (RCP): each statement denies everyone, "
            "and has Resource. It is attached to accounts in AWS Organizations, never "
            f"to a role. Manage it there. {_INSTEAD}"
        )
    services = {_service_of(action) for each in statements for action in _actions(each)}
    resources = {_service_in(text) for each in statements for text in each.resource or ("*",)}
    if not services or services & {"sts", "*", ""} or not resources <= {*services, "*"}:
        return ""
    return (
        f"This is a resource-based policy of another service, {min(services)}: its actions are not"
        f" of AWS STS, and it has Resource. Attach it to that resource. {_INSTEAD}"
    )


def _is_of_rcp(statement: Statement) -> bool:
    """https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html"""
    if not _is_everyone(statement.principal):
        return False
    return statement.effect == "Deny" or _actions(statement) == ("*",)


def _is_everyone(principal: Principal | None) -> bool:
    return principal is not None and (principal.star or principal.aws == ("*",))


def _actions(statement: Statement) -> tuple[str, ...]:
    return statement.action or statement.not_action or ()


def _service_in(resource: str) -> str:
    arn = arn_of(resource)
    if arn is not None:
        return arn.service
    return resource


def _service_of(action: str) -> str:
    if action == "*":
        return action
    if ":" in action:
        return action.partition(":")[0].lower()
    return ""
