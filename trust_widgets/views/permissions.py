"""The caller's own half: its permissions policy, decided together with the trust policy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trust_widgets.evaluation import Request, identity_of
from trust_widgets.explain import Decision, evaluate
from trust_widgets.findings import Finding, Findings, path_text
from trust_widgets.forms import Question
from trust_widgets.pitfalls import check_permissions
from trust_widgets.policy import DocumentError, Given
from trust_widgets.text.html import Html, tag
from trust_widgets.views.base import View
from trust_widgets.views.fields import role_field
from trust_widgets.views.lazy import LazyPart

if TYPE_CHECKING:
    from trust_widgets.views.state.permissions import PermissionFinding, PermissionsState

FIELDS = {
    "caller": Question(
        "Caller",
        "The ARN of a user, or of a role's session",
        "arn:aws:iam::444455556666:user/ops",
    ),
    "permissions": Question(
        "The caller's permissions policy",
        "All statements about sts:AssumeRole, as JSON",
        '{"Version": "2012-10-17", "Statement": []}',
        long=True,
    ),
}
EXAMPLE_ACCOUNT = "111122223333"
_ACTIONS = {"oidc": "sts:AssumeRoleWithWebIdentity", "saml": "sts:AssumeRoleWithSAML"}
_OF_SERVICES = (
    "An AWS service calls with permissions of AWS. It has no permissions policy of yours."
)
_OF_TOKENS = (
    "A caller with a token or a SAML assertion has no AWS credentials yet, and so no permissions"
    " policy. The trust policy alone decides, under the RCPs of the role's account."
)


class PermissionsPart(LazyPart):
    """What `PermissionsView` shows."""

    part = "permissions"

    def __init__(
        self, model: Given | None = None, *, caller: str = "", permissions: Given = ""
    ) -> None:
        self._caller = caller
        self._permissions = permissions if isinstance(permissions, str) else str(permissions)
        super().__init__(model)

    @property
    def decision(self) -> Decision | None:
        """What both halves come to; `None` without a caller or a policy that can be read."""
        request, _ = self._request()
        if request is None or not self._permissions.strip():
            return None
        try:
            return evaluate(self.model.policy, request, permissions=self._permissions)
        except (DocumentError, ValueError):
            return None

    @property
    def caller_findings(self) -> Findings:
        """What is wrong with the caller's policy."""
        if not self._permissions.strip():
            return Findings()
        return check_permissions(self._permissions, self.role, self.model.policy, self.model.home)

    @property
    def role(self) -> str:
        """The ARN of the role; with an example's account where the role's own is not known."""
        model = self.model
        account = model.account or next(iter(model.home.accounts), EXAMPLE_ACCOUNT)
        if model.account:
            return model.role.arn
        return f"arn:aws:iam::{account}:role/{model.role_name}"

    def _request(self) -> tuple[Request | None, str]:
        """The call, or what is wrong with the caller."""
        caller = self._caller.strip()
        if not caller:
            return None, ""
        try:
            action = _ACTIONS.get(identity_of(caller).kind, "sts:AssumeRole")
            return Request(action, caller, self.role), ""
        except (TypeError, ValueError) as error:
            return None, str(error)

    def draw_seen(self) -> PermissionsState:
        request, complaint = self._request()
        decision = self.decision
        values = {"caller": self._caller, "permissions": self._permissions}
        wrong = {"caller": complaint, "permissions": self._complaint(request)}
        return {
            "fields": [
                role_field(name, asked, values[name], wrong[name]) for name, asked in FIELDS.items()
            ],
            "role": self.role,
            "none": _why_none(request),
            "outcome": str(decision.outcome).capitalize() if decision is not None else "",
            "because": decision.because if decision is not None else "",
            "changes": list(map(str, decision.changes)) if decision is not None else [],
            "findings": [_finding(each) for each in self.caller_findings],
            "stale": not self.model.is_good,
        }

    def _complaint(self, request: Request | None) -> str:
        """Why the caller's policy cannot be decided, where no finding says it."""
        if request is None or self.decision is not None or not self._permissions.strip():
            return ""
        try:
            evaluate(self.model.policy, request, permissions=self._permissions)
        except DocumentError:
            return "This is not the JSON of a policy."
        except ValueError as error:
            return str(error)
        return ""

    def take(self, typed: dict[str, Any]) -> None:
        fields = typed.get("fields", {})
        self._caller = str(fields.get("caller", self._caller))
        self._permissions = str(fields.get("permissions", self._permissions))

    def still(self) -> Html:
        decision = self.decision
        parts = [tag("p", tag("b", "The caller's policy"))]
        if decision is None:
            return tag("div", *parts, tag("p", "No caller and policy were given."))
        words = str(decision.outcome).capitalize()
        parts.append(tag("p", tag("b", f"{words}. "), decision.because))
        parts += [tag("p", f"{each.code}: {each.message}") for each in self.caller_findings]
        return tag("div", *parts)


def _why_none(request: Request | None) -> str:
    """Why a caller has no second half; `""` for one that has."""
    if request is None or request.identity.kind == "aws":
        return ""
    if request.identity.kind == "service":
        return _OF_SERVICES
    return _OF_TOKENS


def _finding(finding: Finding) -> PermissionFinding:
    return {
        "code": finding.code,
        "verdict": str(finding.verdict),
        "message": finding.message,
        "place": path_text(finding.path),
    }


class PermissionsView(View, PermissionsPart):
    """The caller's permissions policy, decided together with the trust policy of a model.

    Args:
        model: a `TrustModel`; a new one when none is given.
        caller: the ARN of the caller.
        permissions: its permissions policy.

    Example:
        >>> import trust_widgets as tw
        >>> trusted = tw.Grant("another_account", {"caller_account": "444455556666"})
        >>> view = tw.PermissionsView(
        ...     tw.TrustModel(grants=[trusted]),
        ...     caller="arn:aws:iam::444455556666:user/ops",
        ...     permissions='{"Statement": []}',
        ... )
        >>> view.state["outcome"]
        'Not allowed'
    """
