"""One request to assume a role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, get_args

from trust_widgets.aws.actions import SESSION_ACTIONS, SET_CONTEXT
from trust_widgets.aws.arns import Arn
from trust_widgets.aws.keys.records import key_record
from trust_widgets.aws.service_calls import carried_by
from trust_widgets.evaluation.caller_identity import Identity, identity_of
from trust_widgets.evaluation.context import Keys, Value, keys_of
from trust_widgets.evaluation.given_role import arn_of_role, role_from_given
from trust_widgets.evaluation.given_values import (
    expect_action,
    expect_known_or_not,
    expect_principal,
    keys_from_given,
    values_from_given,
    warn_of_keys,
)
from trust_widgets.names import helps_with_names
from trust_widgets.policy import is_session_action, normalized_key

Permission = Literal["yes", "no", "denied", "unknown"]


class Evidence(Protocol):
    """What AWS itself said of a call, as the one who read it knows to explain it."""

    def changes_for(self, decision: Any) -> tuple[Any, ...]:
        """What would have to change, after what AWS said and what the trust policy says."""

    def remarks_on(self, decision: Any) -> tuple[str, ...]:
        """What AWS said, and what is to be known of the text that it was read from."""


@helps_with_names(
    arn="principal",
    caller="principal",
    who="principal",
    role_name="role",
    keys_given="context",
    conditions="context",
    permission="caller_permission",
)
@dataclass(frozen=True, slots=True)
class Request:
    """One request to assume a role.

    Args:
        action: `sts:AssumeRole`, `sts:AssumeRoleWithSAML` or `sts:AssumeRoleWithWebIdentity`;
            `sts:TagSession`, `sts:SetSourceIdentity` or `sts:SetContext` alone ask for that part
            alone.
        principal: who calls: the ARN of a user or of a role's session,
            `arn:aws:iam::111122223333:root` for some principal of an account (its root user where
            `aws:PrincipalArn` in the context is that ARN too), a service, an identity provider's
            ARN (`arn:aws:iam::111122223333:oidc-provider/*` where the issuer is not known; then
            `*:sub` in the context is the subject), or a built-in domain.
        role: the ARN of the role, or a `Role` with its account.
        context: condition keys with their values, a text or a tuple of texts. A key that is not
            there is absent from the call; what AWS derives from who calls (`aws:PrincipalArn`, ...)
            need not be given. The paths of an account in a given organization are unknown where
            they are not given.
        unknown: keys of which it is unknown whether they are there, and with what value.
        caller_permission: whether the caller's own policies let it assume this role: `"yes"`,
            `"no"` where nothing in them allows it, `"denied"` where a Deny in them forbids it,
            `"unknown"`.
        evidence: what AWS itself said of this call, where it was read from a message or a record.
        alone: for `action` alone, and not for those that tags or a source identity bring
            on besides.

    Raises:
        ValueError: for an action, principal or role that is none, and for an action or context that
            contradicts who calls.
        TypeError: for arguments of another type, and for context whose values are no texts.

    A key that AWS does not have is warned of: no such key is in a call.

    Example:
        >>> request = Request(
        ...     "sts:AssumeRole",
        ...     "arn:aws:iam::444455556666:user/ops",
        ...     context={"sts:ExternalId": "b2f6c3de"},
        ... )
        >>> request.keys["aws:principalaccount"]
        '444455556666'
    """

    action: str
    principal: str
    role: str = "arn:aws:iam::111122223333:role/example-role"
    context: Mapping[str, Value] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()
    caller_permission: Permission = "unknown"
    alone: bool = False
    evidence: Evidence | None = field(default=None, repr=False, compare=False)
    identity: Identity = field(init=False, repr=False, compare=False)
    role_arn: Arn = field(init=False, repr=False, compare=False)
    keys: Keys = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        set_ = object.__setattr__
        if self.caller_permission not in PERMISSIONS:
            raise ValueError(
                f"caller_permission is yes, no, denied or unknown, not {self.caller_permission!r}"
            )
        set_(self, "action", expect_action(self.action))
        set_(self, "principal", expect_principal(self.principal))
        set_(self, "role", role_from_given(self.role))
        set_(self, "role_arn", arn_of_role(self.role))
        set_(self, "context", values_from_given(self.context))
        set_(self, "unknown", keys_from_given(self.unknown))
        expect_known_or_not(self.context, self.unknown)
        set_(self, "identity", identity_of(self.principal))
        own = _ASSUMES[self.identity.kind]
        if self.action.lower() != own.lower() and self.action.lower() in _ASSUMING:
            raise ValueError(
                f"{self.principal} cannot call {self.action}. This kind of caller calls {own}."
            )
        set_(self, "keys", keys_of(self.identity, self.role_arn, self.context, self.unknown))
        is_token = self.identity.kind == "oidc"
        if is_token:
            issuer = self.principal.rpartition(":oidc-provider/")[2]
        else:
            issuer = ""
        warn_of_keys((*self.context, *self.unknown), issuer)

    def __hash__(self) -> int:
        return hash((self.action, self.principal, self.role, frozenset(self.context.items())))

    @property
    def is_of_root_user(self) -> bool:
        """Whether the root user of an account calls, which can assume no role.

        https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
        """
        is_account = self.identity.sort == "account"
        return is_account and self.keys.get("aws:principalarn") == self.identity.text

    @property
    def is_of_same_role(self) -> bool:
        """Whether a session of this same role calls; role names are unique in their account."""
        caller, role = self.identity, self.role_arn
        home = (caller.partition, caller.account) == (role.partition, role.account)
        is_role = caller.sort in ("role", "session")
        return home and is_role and caller.name == role.resource.rpartition("/")[2]

    @property
    def actions(self) -> tuple[str, ...]:
        """The actions that this one call needs, each of which the trust policy must allow.

        https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
        """
        if self.alone or is_session_action(self.action):
            return (self.action,)
        # A context is in no key that a request names, so that the service implies it.
        is_with_context = SET_CONTEXT in carried_by(self.identity.text).actions
        if not self.context and not is_with_context:
            return (self.action,)
        needed = {key_record(key).action for key, value in self.context.items() if value != ()}
        if is_with_context:
            needed.add(SET_CONTEXT)
        return (self.action, *(action for action in SESSION_ACTIONS if action in needed))

    @property
    def actions_unknown(self) -> Mapping[str, str]:
        """The actions that it may need besides, each with an unknown key that
        brings it on.

        Few sessions have a source identity from before: where nobody said so, there is none.
        """
        if not self.unknown or self.alone or is_session_action(self.action):
            return {}
        passed = sorted(key for key in self.unknown if normalized_key(key) != _FROM_BEFORE)
        by_action = {key_record(key).action: key for key in reversed(passed)}
        possible = (action for action in SESSION_ACTIONS if action in by_action)
        return {action: by_action[action] for action in possible if action not in self.actions}


PERMISSIONS: tuple[Permission, ...] = get_args(Permission)
# https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html
_ASSUMES = {
    "aws": "sts:AssumeRole",
    "service": "sts:AssumeRole",
    "oidc": "sts:AssumeRoleWithWebIdentity",
    "saml": "sts:AssumeRoleWithSAML",
}
_ASSUMING = {action.lower() for action in _ASSUMES.values()}
# What a session got before goes on with it: then the action is needed too, or the call fails.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
_FROM_BEFORE = "aws:sourceidentity"
