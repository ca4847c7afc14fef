"""A principal class: callers that the policies treat alike, and the keys that they have.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from trust_widgets.access.domains import Domain
from trust_widgets.access.named_arns import NOBODY, NamedArns
from trust_widgets.aws.keys.condition_keys import (
    CLAIMS_OF_EVERY_TOKEN,
    is_read_from_tokens,
    why_never,
)
from trust_widgets.aws.keys.impossible_keys import why_impossible
from trust_widgets.aws.keys.records import key_record
from trust_widgets.aws.keys.spelling import is_judged
from trust_widgets.aws.service_calls import NOTHING, Carried
from trust_widgets.evaluation import (
    CompiledPolicy,
    CompiledStatement,
    Node,
    Permission,
    Reason,
    Request,
    decide_permission,
    decide_principal,
    identity_of,
    principals_for,
    rules_for,
)
from trust_widgets.policy import CACHE, Memo

ALWAYS, MAYBE, NEVER = "always", "maybe", "never"
ACTIONS = {
    "aws": "sts:AssumeRole",
    "service": "sts:AssumeRole",
    "saml": "sts:AssumeRoleWithSAML",
    "oidc": "sts:AssumeRoleWithWebIdentity",
}
SESSION = "session"
PATH = r"[^*?:][^*?:]*"  # before the slash and the name of a role or user, in its ARN


@dataclass(frozen=True, slots=True)
class PrincipalClass:
    """Callers that the policies treat alike.

    Args:
        kind, sort: as in `Identity`.
        principal: the caller, or one that represents all of this kind.
        fixed: keys, in lower case, whose value all of them have.
        arn: where they differ in it, what their `aws:PrincipalArn` can be.
        but: ARNs of callers that a policy names, which are analyzed separately.
        issuer: of a token's holder.
        unnamed: whether only the principal "*" covers them.
        carried: what each of their calls carries.
        with_path: of users, that they have a path before their name.
        permission: what is assumed of their own permission to assume the role.
        day: the day on which they call, at the earliest; `None` for any.
        lacks: keys, in lower case, that none of their calls has.
        has: keys, in lower case, that each of their calls has, with any value.
        permissions: what is assumed of their permission for other actions; as `permission` where
            nothing is.
    """

    kind: str
    sort: str
    principal: str
    fixed: Mapping[str, str] = field(default_factory=dict)
    arn: Domain | None = None
    but: NamedArns = NOBODY
    issuer: str = ""
    unnamed: bool = False
    carried: Carried = NOTHING
    with_path: bool = False
    permission: Permission = "yes"
    day: date | None = None
    lacks: frozenset[str] = frozenset()
    has: frozenset[str] = frozenset()
    permissions: Mapping[str, Permission] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str]:
        """What distinguishes it from the other classes of the same policies."""
        return self.principal, self.sort, self.fixed.get("aws:principalarn", "")

    @property
    def action(self) -> str:
        """How this kind of caller assumes a role."""
        return ACTIONS[self.kind]

    def why_never(self, key: str) -> str:
        """Why these callers never have a key; `""` when they may."""
        return why_never_has(key, self.kind, self.sort, self.principal, self.issuer)

    def asking_for(self, action: str) -> PrincipalClass:
        """The same callers, with what is assumed of their permission for one action."""
        permission = self.permissions.get(action, self.permission)
        if permission == self.permission:
            return self
        return replace(self, permission=permission)

    def presence(self, key: str) -> str:
        """Whether these callers have a key, apart from what they choose."""
        if key in self.fixed or key in self.has:
            return ALWAYS
        if key in self.lacks or self.why_never(key):
            return NEVER
        who = self.sort if self.kind == "aws" else self.kind
        if key_record(key).presence[who] == ALWAYS:
            return ALWAYS
        if not self.issuer or not key.startswith(f"{self.issuer}:"):
            return MAYBE
        if key.removeprefix(f"{self.issuer}:") in CLAIMS_OF_EVERY_TOKEN:
            return ALWAYS
        return MAYBE


# Services that run what is yours with a role, and have nowhere to give an external ID.
_WITHOUT_EXTERNAL_ID = ("ec2", "lambda", "ecs-tasks", "edgelambda", "pods.eks", "rolesanywhere")
# A service calls from an address of AWS, and not from that of the person who set it up.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip
_ADDRESS = (
    "aws:SourceIp never contains one of your addresses in a request from an AWS service: the "
    "request comes from an address of AWS."
)


@lru_cache(maxsize=4096)
def why_never_has(
    key: str, kind: str, sort: str = "", principal: str = "", issuer: str = ""
) -> str:
    """Why callers of a kind never have a key when they assume a role; `""` when they may.

    Args:
        key: a condition key.
        kind: `"aws"`, `"service"`, `"saml"` or `"oidc"`.
        sort: of kind `aws`: `"user"` or `"session"`; `""` for both.
        principal: of kind `service`, its name.
        issuer: of kind `oidc`, the issuer of the token in lower case.

    Example:
        >>> why_never_has("aws:SourceIdentity", "aws", "user")[:60]
        'aws:SourceIdentity is never present in a request from a user'
    """
    small = key.lower()
    impossible = why_impossible(key)
    if impossible:
        return f"No request has the key {key}: {impossible}."
    if kind == "oidc" and "." in small.partition(":")[0]:
        return _why_not_of(issuer, small)
    if kind in ("oidc", "saml") and _is_of_no_federated_call(small):
        return f"{key} is not a key of requests with a token or an assertion."
    if kind == "service" and small == "aws:sourceip":
        return _ADDRESS
    if small == "sts:externalid" and _name_of_service(principal) in _WITHOUT_EXTERNAL_ID:
        return "This service never sends sts:ExternalId: it has no setting for one."
    return why_never(key, kind, sort if kind == "aws" else "")


def _name_of_service(principal: str) -> str:
    return principal.removesuffix(".amazonaws.com")


def _is_of_no_federated_call(key: str) -> bool:
    """Whether a key is none of AWS's own, of STS or of an issuer, so that it is of some service."""
    return key_record(key).property_of == "unknown" and not is_judged(key)


def _why_not_of(issuer: str, key: str) -> str:
    """Why no token of an issuer has a key.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
    """
    if not key.startswith(f"{issuer}:"):
        return f"{key} belongs to tokens of another issuer, not to {issuer}."
    if is_read_from_tokens(issuer, key.removeprefix(f"{issuer}:")):
        return ""
    return f"{key} is not one of the claims that AWS reads from tokens of {issuer}."


def principal_from_arn(arn: str, session: str = SESSION) -> str:
    """Who calls, from their `aws:PrincipalArn`: of a role, one of its sessions.

    Example:
        >>> principal_from_arn("arn:aws:iam::111122223333:role/team/app")
        'arn:aws:sts::111122223333:assumed-role/app/session'
    """
    before, found, path = arn.partition(":role/")
    if not found:
        return arn
    return f"{before.replace(':iam:', ':sts:')}:assumed-role/{path.rpartition('/')[2]}/{session}"


def names(
    rule: CompiledStatement, caller: PrincipalClass, role: str, star_matches_tokens: bool = True
) -> bool:
    """Whether a statement names all callers of a kind; if not, it names none of them.

    An Allow that only callers with a permission of their own can use names no others.

    Args:
        rule: the statement. caller: the kind. role: the ARN of the role.
        star_matches_tokens: how to read "*" for callers with a token or a SAML assertion, which
            AWS does not document.
    """
    arn = role_arn_of(caller)
    request = _asking(caller.principal, caller.action, role, arn, caller.permission)
    nodes = tuple([decide_principal(n, request) for n in principals_for(rule, request.identity)])
    if not any(_names(node, star_matches_tokens) for node in nodes):
        return False
    if not rule.allows or caller.permission == "yes":
        return True
    needed = decide_permission(nodes, request)
    return needed is None or needed.truth is True


def _names(node: Node, star_matches_tokens: bool) -> bool:
    if node.code is Reason.EVERYONE_UNDOCUMENTED:
        return star_matches_tokens
    return node.truth is True


def rules_naming(
    ready: CompiledPolicy,
    caller: PrincipalClass,
    role: str,
    action: str,
    star_matches_tokens: bool = True,
) -> tuple[CompiledStatement, ...]:
    """The statements of a policy that name an action and all callers of a kind; worked out once a
    policy.
    """
    memo = search_memo(ready)
    who = caller.principal, role_arn_of(caller), caller.permission
    at = (names, *who, role, action, star_matches_tokens)
    found: tuple[CompiledStatement, ...] | None = memo.get(at)
    if found is None:
        rules = rules_for(ready, identity_of(caller.principal))
        named = (rule for rule in rules if rule.actions.names(action))
        found = memo[at] = tuple(
            [rule for rule in named if names(rule, caller, role, star_matches_tokens)]
        )
    return found


def search_memo(ready: CompiledPolicy) -> Memo:
    """What was worked out about the callers of a policy."""
    return CACHE.search_of(ready.policy, ready.number_of_principals)


def role_arn_of(caller: PrincipalClass) -> str:
    """The ARN of a session's role, where all of these callers have the same; `""` for others."""
    if caller.sort != "session":
        return ""
    return caller.fixed.get("aws:principalarn", "")


@lru_cache(maxsize=512)
def _asking(principal: str, action: str, role: str, arn: str, permission: Permission) -> Request:
    """A request of a caller; for a session, with the ARN of its role where the path is known."""
    context = {"aws:PrincipalArn": arn} if arn else {}
    return Request(action, principal, role, context, caller_permission=permission)
