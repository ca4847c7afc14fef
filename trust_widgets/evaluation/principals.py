"""Whether a statement names the caller, and whether the caller's own permission is needed besides.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

from trust_widgets.aws.identity_center import PATH as RESERVED
from trust_widgets.aws.identity_center import permission_set_of
from trust_widgets.aws.oidc_issuers import is_outbound
from trust_widgets.aws.principal_forms import PrincipalForm, form_of
from trust_widgets.evaluation.caller_half import ActionHalf
from trust_widgets.evaluation.caller_identity import Identity
from trust_widgets.evaluation.compiled import CompiledPrincipal
from trust_widgets.evaluation.request import Permission, Request
from trust_widgets.evaluation.role_paths import WithoutPath
from trust_widgets.evaluation.trace import Node, Reason
from trust_widgets.policy import CACHE, Memo, principal_ref, remember
from trust_widgets.providers import issuer_of

_OF_KIND = {"Service": ("service",), "Federated": ("oidc", "saml")}


def decide_principal(named: CompiledPrincipal, request: Request, memo: Memo | None = None) -> Node:
    """Whether one principal of a statement is the caller.

    Args:
        named: the principal.
        request: the request.
        memo: what was said of other callers; looked up when not given.
    """
    if memo is None:
        memo = CACHE.parts.of(named)
    else:
        memo = memo
    told: Node | None = memo.get(request.principal)
    if told is None:
        told = remember(memo, request.principal, _decide(named, request.identity))
    caller = request.identity
    if caller.sort == "federated-user":
        # https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html: their
        # credentials can call nothing of STS but GetCallerIdentity, so that naming them, or whoever
        # asked for them, allows no one.
        return told._replace(code=Reason.FEDERATED_USER, truth=False)
    if request.is_of_root_user:
        return told._replace(code=Reason.ROOT_USER, truth=False)
    if caller.kind == "oidc" and is_outbound(issuer_of(caller.text)):
        return told._replace(code=Reason.OUTBOUND_TOKEN, truth=False)
    if told.code is Reason.ROLE_OF_SESSION and _has_another_path(named, request):
        return told._replace(code=Reason.PRINCIPAL_DIFFERS, truth=False)
    if (
        caller.kind == "aws"
        and told.truth is not False
        and caller.partition != request.role_arn.partition
    ):
        return told._replace(code=Reason.PARTITION_DIFFERS, truth=False)
    return told


def _has_another_path(named: CompiledPrincipal, request: Request) -> bool:
    """Whether the role of the calling session is known to have another path than the role that is
    named.
    """
    arn = request.keys.get("aws:principalarn")
    if isinstance(arn, WithoutPath):
        is_reserved = bool(permission_set_of(request.identity.name))
        return is_reserved and f":role/{RESERVED}" not in named.text
    return isinstance(arn, str) and arn != named.text


def _decide(named: CompiledPrincipal, caller: Identity) -> Node:
    if named.kind == "AWS":
        code, truth = _aws(named, caller)
    elif caller.kind in _OF_KIND.get(named.kind, ()):
        code, truth = _by_name(named.text, caller)
    else:
        code, truth = Reason.PRINCIPAL_DIFFERS, False
    return Node(code, truth, named.path, (caller.text, named.text))


def _by_name(written: str, caller: Identity) -> tuple[Reason, bool | None]:
    called = caller.text
    if caller.is_of_some_issuer and principal_ref(written).kind == "oidc":
        return Reason.PRINCIPAL_UNKNOWN, None
    if written == called:
        return Reason.PRINCIPAL_MATCHES, True
    return _how_names_differ(written, called), False


def _how_names_differ(written: str, called: str) -> Reason:
    if written.lower() == called.lower():
        return Reason.PRINCIPAL_CASE_DIFFERS
    return Reason.PRINCIPAL_DIFFERS


def _aws(named: CompiledPrincipal, caller: Identity) -> tuple[Reason, bool | None]:
    if named.text == "*":
        return _everyone(caller)
    if form_of(named.text) is PrincipalForm.DELETED:
        return Reason.DELETED_PRINCIPAL, False
    who = named.who
    if who is None or caller.kind != "aws" or who.account != caller.account:
        return Reason.PRINCIPAL_DIFFERS, False
    if who.partition and who.partition != caller.partition:
        return Reason.PARTITION_DIFFERS, False
    if who.sort == "account":
        return Reason.ACCOUNT_DELEGATES, True
    if caller.sort == "account":
        return Reason.PRINCIPAL_UNKNOWN, None
    return _one(who, caller)


def _everyone(caller: Identity) -> tuple[Reason, bool | None]:
    """Whether "*" matches a caller: AWS documents that for no caller with a token or an assertion.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    if caller.brings_a_token:
        return Reason.EVERYONE_UNDOCUMENTED, None
    return Reason.EVERYONE, True


def _one(who: Identity, caller: Identity) -> tuple[Reason, bool | None]:
    """One named role, user or session of the caller's own account."""
    sorts = {who.sort, caller.sort}
    if sorts not in ({who.sort}, {"role", "session"}):
        return Reason.PRINCIPAL_DIFFERS, False
    # A session's ARN does not contain the path of its role; names are unique in an account whatever
    # their path.
    if "session" in sorts:
        one, other = (who.name, caller.name)
    else:
        one, other = (who.text, caller.text)
    if one != other:
        return _how_names_differ(one, other), False
    if who.sort == "role":
        return Reason.ROLE_OF_SESSION, True
    if who.sort == "session" and caller.sort == "role":
        return Reason.PRINCIPAL_UNKNOWN, None
    if who.session != caller.session:
        return Reason.SESSION_IS_NOT_ROLE, False
    return Reason.PRINCIPAL_MATCHES, True


def decide_permission(
    principals: tuple[Node, ...], request: Request, half: ActionHalf | None = None
) -> Node | None:
    """Whether the caller's own policies must allow the call too, and do; `None` where they have no
    part in it.

    https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
    """
    caller = request.identity
    if caller.kind != "aws" or all(node.truth is False for node in principals):
        return None
    if half is not None:
        return _by_half(principals, request, half)
    direct: list[Node] = []
    by = through_account = None
    for node in principals:
        if node.code is Reason.ACCOUNT_DELEGATES:
            if node.truth and through_account is None:
                through_account = node
        elif node.truth is not False:
            direct.append(node)
            if node.truth and by is None:
                by = node
    code, truth = _PERMISSIONS[request.caller_permission]
    if code is Reason.PERMISSION_DENIED:  # a Deny wins, wherever it is
        return Node(code, truth, (by or through_account or direct[0]).path, (caller.text,))
    if caller.account == request.role_arn.account:
        if by is not None or through_account is None:
            return None  # in one account, who is named itself needs no permission besides
        if direct and truth is False:
            return direct[0]  # it is allowed if it is the one that is named besides its account
    at = by or through_account or direct[0]
    return Node(code, truth, at.path, (caller.text,))


def _by_half(principals: tuple[Node, ...], request: Request, half: ActionHalf) -> Node | None:
    """The same where the caller's policies are known: the principal that requires least of them
    counts.
    """
    is_own = request.identity.account == request.role_arn.account
    answers: list[tuple[Permission, Node]] = []
    for node in principals:
        if node.truth is False:
            continue
        if is_own:
            answers.append((_answer_for(node, half), node))
        else:
            answers.append((half.delegated, node))
    answer, node = min(answers, key=lambda each: _place(*each))
    if answer == "yes" and is_own and node.truth and node.code is not Reason.ACCOUNT_DELEGATES:
        return None
    if answer == "yes" and node.truth is None:
        worst, _ = max(answers, key=lambda each: _BEST_FIRST.index(each[0]))
        if worst != "yes":
            return node  # it is allowed if it is the principal that is named
    code, truth = _PERMISSIONS[answer]
    return Node(code, truth, node.path, (request.identity.text,))


_BEST_FIRST: tuple[Permission, ...] = ("yes", "unknown", "no", "denied")


def _place(answer: Permission, node: Node) -> tuple[int, bool, bool]:
    """The better answer first; of equal ones, a principal that surely names the caller itself."""
    delegates = node.code is Reason.ACCOUNT_DELEGATES
    return _BEST_FIRST.index(answer), node.truth is None, delegates


def _answer_for(node: Node, half: ActionHalf) -> Permission:
    """What the caller's own side says, by how its own principal account names it.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
    """
    if node.code is Reason.ACCOUNT_DELEGATES:
        return half.delegated
    if node.code in (Reason.ROLE_OF_SESSION, Reason.PRINCIPAL_UNKNOWN):
        return half.role
    return half.direct


_PERMISSIONS: dict[str, tuple[Reason, bool | None]] = {
    "yes": (Reason.PERMISSION_GIVEN, True),
    "no": (Reason.PERMISSION_MISSING, False),
    "denied": (Reason.PERMISSION_DENIED, False),
    "unknown": (Reason.PERMISSION_UNKNOWN, None),
}
