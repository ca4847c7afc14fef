"""A statement for a caller whose kind the nearest statement is not for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trust_widgets.aws.identity_center import pattern_of, permission_set_of
from trust_widgets.aws.keys.claims import intended_claim
from trust_widgets.aws.keys.condition_keys import why_never
from trust_widgets.aws.oidc_issuers import is_outbound
from trust_widgets.aws.partitions import partition_title
from trust_widgets.evaluation import Node, Reason, Request, WithoutPath
from trust_widgets.policy import Fix, Insert, normalized_key
from trust_widgets.providers import issuer_of

KINDS = {"aws": "AWS", "service": "Service", "oidc": "Federated", "saml": "Federated"}
"""Under which kind of principal a policy names each kind of caller."""

# What a condition comes to that requires a key which the call does not have.
_ABSENT = (Reason.KEY_MISSING, Reason.EMPTY_FORANY, Reason.NULL_ABSENT)
_BY_TOKEN = ("oidc", "saml")

if TYPE_CHECKING:
    from trust_widgets.explain.decision import Decision


def to_name(request: Request) -> str:
    """How a policy names a caller: a session by its role; `""` where the role's path is unknown.

    A session's ARN leaves out the path of its role, and IAM saves no principal without it.
    """
    caller = request.identity
    arn = request.keys.get("aws:principalarn")
    if caller.sort != "session":
        return caller.text
    if request.is_of_same_role:
        return request.role
    if arn is None or isinstance(arn, WithoutPath):
        return ""
    return str(arn)


def role_words(request: Request) -> str:
    """What to name in the policy for a session whose role's path is not known."""
    caller = request.identity
    permission_set = permission_set_of(caller.name)
    if permission_set:
        pattern = pattern_of(caller.partition, caller.account, permission_set)
        return (
            "The caller uses a role of IAM Identity Center. Name the account "
            f"{caller.account}, and add a condition with ArnLike on aws:PrincipalArn, like "
            f"{pattern}."
        )
    return (
        "Also name the role of the session by its ARN. The ARN of a session does not contain "
        f"the path of the role: aws iam get-role --role-name {caller.name} shows the complete "
        "ARN."
    )


def _principal_to_name(request: Request) -> dict[str, Any] | None:
    """The members of a statement that names the caller; `None` where its ARN is not known."""
    caller, text = request.identity, to_name(request)
    if text:
        return {"Principal": {KINDS[caller.kind]: text}}
    permission_set = permission_set_of(caller.name)
    if not permission_set:
        return None
    pattern = pattern_of(caller.partition, caller.account, permission_set)
    return {
        "Principal": {"AWS": f"arn:{caller.partition}:iam::{caller.account}:root"},
        "Condition": {"ArnLike": {"aws:PrincipalArn": pattern}},
    }


def why_barred(request: Request) -> str:
    """What a caller has to do whom no policy of this role can allow; `""` for any other."""
    caller, role = request.identity, request.role_arn
    if request.is_of_root_user:
        return (
            "Make the request as an IAM user or with a role session. The root user cannot "
            "assume roles."
        )
    if caller.kind == "aws" and caller.partition != role.partition:
        return (
            f"Make the request from an account in {partition_title(role.partition)}, "
            "the partition of the role."
        )
    if caller.sort == "federated-user":
        return (
            "Make the request as a user or with a role session. A federated user cannot assume "
            "roles."
        )
    if caller.kind == "oidc" and is_outbound(issuer_of(caller.text)):
        return "Call sts:AssumeRole as the role that requested the token, without the token."
    return ""


def needs_its_own(decision: Decision) -> bool:
    """Whether what the nearest Allow lacks would, put into it, allow others or nobody.

    To name a user besides GitHub, allow its action and take out what its call can't have would
    allow all of GitHub."""
    named = _principal_of(decision)
    if named is None:
        return False
    acts = any(miss.code is Reason.ACTION_DIFFERS for miss in decision.misses)
    if named.truth is False and (acts or not _is_of_kind(named, decision.request)):
        return True
    if acts and named.code in (Reason.EVERYONE, Reason.EVERYONE_UNDOCUMENTED):
        return True
    return any(
        miss.code in _ABSENT and _is_never_there(miss.data[0], decision.request)
        for miss in decision.misses
    )


def _is_never_there(key: str, request: Request) -> bool:
    """Whether the caller can never have a key; a user, for example, has no token claims."""
    claim = bool(intended_claim(key).claim) or normalized_key(key).startswith("saml:")
    return bool(why_never(key, request.identity.kind)) or (
        claim and request.identity.sort == "user"
    )


def _principal_of(decision: Decision) -> Node | None:
    if decision.nearest is not None and decision.nearest.parts:
        return decision.nearest.parts[0]
    return None


def _is_of_kind(named: Node, request: Request) -> bool:
    """Whether one of the principals is of the caller's kind; for a token, of its issuer."""
    caller = request.identity
    every = named.parts or (named,)
    alike = [each.data[1] for each in every if each.path[3:4] in ((), (KINDS[caller.kind],))]
    if caller.kind != "oidc":
        return bool(alike)
    return any(issuer_of(text).lower() == issuer_of(caller.text).lower() for text in alike)


def words_of(request: Request) -> str:
    """What to do, in words."""
    caller, role = request.identity, request.role_arn
    text = "Add a separate statement for this caller"
    if caller.kind == "aws" and not to_name(request):
        return f"{text}. {role_words(request)}"
    if caller.kind in _BY_TOKEN and not _conditions(request):
        return f"{text}, with conditions on whose tokens it is for."
    if caller.kind == "aws" and caller.account != role.account:
        return f"{text}. It is of another account: say in conditions when it may call."
    return f"{text}."


def own_statement(decision: Decision) -> Fix | None:
    """Return the smallest Allow for this caller; None if it would allow others too.

    A provider's statement without conditions is for all its tokens, so that it takes the subject
    and audience.
    """
    request = decision.request
    conditions = _conditions(request)
    if request.identity.kind in _BY_TOKEN and not conditions:
        return None
    actions, named = list(request.actions), _principal_to_name(request)
    if named is None:
        return None
    statement: dict[str, Any] = {
        "Effect": "Allow",
        **named,
        "Action": actions if len(actions) > 1 else actions[0],
    }
    if conditions:
        statement["Condition"] = {"StringEquals": conditions}
    at = len(decision.policy.statements)
    return Fix("Add a statement", (Insert(("Statement", at), statement),))


def _conditions(request: Request) -> dict[str, str]:
    """Return conditions on a token's subject and audience; none without a subject.

    A provider has to be in the role's own account; one of another account is not worth a statement.
    """
    caller = request.identity
    if caller.kind not in _BY_TOKEN or caller.account not in ("", request.role_arn.account):
        return {}
    if caller.kind == "oidc":
        issuer = issuer_of(caller.text)
    else:
        issuer = "SAML"
    given = {
        f"{issuer}:{claim}": request.keys.get(f"{issuer}:{claim}".lower())
        for claim in ("sub", "aud")
    }
    found = {
        key: value
        for key, value in given.items()
        if isinstance(value, str) and value and "${" not in value
    }
    if f"{issuer}:sub" in found:
        return found
    return {}
