"""What the actions of a statement mean: what they name, and who needs which.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
https://docs.aws.amazon.com/service-authorization/latest/reference/list_sts.html
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import partial
from operator import eq

from trust_widgets.aws.actions import (
    ASSUME_ACTIONS,
    ASSUME_ROLE,
    SESSION_ACTIONS,
    TOKEN_ACTIONS,
)
from trust_widgets.aws.oidc_issuers import BUILT_IN
from trust_widgets.aws.principal_forms import PrincipalForm, account_of, form_of, kind_for
from trust_widgets.policy.conditions import Path
from trust_widgets.policy.policy_cache import CACHE
from trust_widgets.policy.statements import statements
from trust_widgets.policy.values import Principal, Statement, TrustPolicy
from trust_widgets.text.globs import Test, is_exact, matcher_from_pattern, pattern_from_text


class ActionList:
    """The actions of a statement: those of `Action`, or all but those of `NotAction`.

    Args:
        texts: as written.
        element: `"Action"` or `"NotAction"`.

    Example:
        >>> ActionList(("sts:Assume*",)).names("sts:AssumeRole")
        True
        >>> ActionList(("sts:TagSession",), "NotAction").names("sts:TagSession")
        False
    """

    __slots__ = ("_tests", "element", "is_excluding", "texts")

    def __init__(self, texts: tuple[str, ...], element: str = "Action") -> None:
        self.texts, self.element = texts, element
        self.is_excluding = element == "NotAction"
        self._tests = tuple(_action_test(text) for text in texts)

    def index_of(self, action: str) -> int | None:
        """Which of the texts fits an action first, in any case and with wildcards read."""
        lowered = action.lower()
        for index, fits in enumerate(self._tests):
            if fits(lowered):
                return index
        return None

    def names(self, action: str) -> bool:
        """Whether an action is among them. A list without texts names none.

        https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
        """
        return bool(self.texts) and (self.index_of(action) is None) == self.is_excluding

    def path_of(self, index: int) -> Path:
        """The place of a text below its statement."""
        return (self.element, index)


def _action_test(text: str) -> Test:
    lowered = text.lower()
    if is_exact(lowered):
        return partial(eq, lowered)
    return matcher_from_pattern(pattern_from_text(lowered))


def actions_of(statement: Statement) -> ActionList:
    """The actions of a statement; `NotAction` counts where there is no `Action`."""
    memo = CACHE.parts.of(statement)
    actions: ActionList | None = memo.get(actions_of)
    if actions is None:
        actions = memo[actions_of] = _action_list(statement)
    return actions


def _action_list(statement: Statement) -> ActionList:
    if statement.action:
        return ActionList(statement.action, "Action")
    if statement.not_action:
        return ActionList(statement.not_action, "NotAction")
    return ActionList(())


def names_action(statement: Statement, action: str) -> bool:
    """Whether an action is among those of a statement.

    Example:
        >>> names_action(Statement(action="STS:assumerol?"), "sts:AssumeRole")
        True
        >>> names_action(Statement(not_action="sts:TagSession"), "sts:AssumeRole")
        True
    """
    return actions_of(statement).names(action)


def can_assume(statement: Statement) -> bool:
    """Whether an action that returns credentials of the role is among those of a statement.

    Example:
        >>> can_assume(Statement(action="sts:TagSession")), can_assume(Statement(action="sts:*"))
        (False, True)
    """
    actions = actions_of(statement)
    return any(actions.names(action) for action in ASSUME_ACTIONS)


def has_no_actions(statement: Statement) -> bool:
    """Whether a statement says nothing of actions, which IAM refuses: what it was meant for is not
    known.
    """
    return not statement.action and not statement.not_action


def may_name(statement: Statement, action: str) -> bool:
    """Whether an action is among those of a statement, or the statement says nothing of actions."""
    return names_action(statement, action) or has_no_actions(statement)


def assumes_with_tokens_alone(statement: Statement) -> bool:
    """Whether the actions of a statement assume the role with tokens or assertions alone.

    Example:
        >>> assumes_with_tokens_alone(Statement(action="sts:AssumeRoleWith*"))
        True
        >>> assumes_with_tokens_alone(Statement(action="sts:AssumeRole*"))
        False
    """
    takes_tokens = any(names_action(statement, action) for action in TOKEN_ACTIONS)
    return takes_tokens and not names_action(statement, ASSUME_ROLE)


def may_assume(statement: Statement) -> bool:
    """Whether a statement can let someone assume the role, or says nothing of actions.

    IAM refuses a statement without actions; besides that it is judged by what else it says.
    """
    return can_assume(statement) or has_no_actions(statement)


_SESSION_ACTIONS = frozenset(action.lower() for action in SESSION_ACTIONS)


def is_session_action(action: str) -> bool:
    """Whether an action, spelled out, is one that a request needs besides the one that assumes the
    role.

    Example:
        >>> is_session_action("sts:tagsession"), is_session_action("sts:Tag*")
        (True, False)
    """
    return action.lower() in _SESSION_ACTIONS


def is_meant_to_assume(statement: Statement) -> bool:
    """Whether a statement was meant to let someone assume the role.

    That is any statement but one that spells out session actions alone, which AWS's own examples
    allow in a statement of their own with fewer conditions. So a misspelt action counts, and so
    does `NotAction`. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html

    Example:
        >>> (
        ...     is_meant_to_assume(Statement(action="sts:AsumeRole")),
        ...     can_assume(Statement(action="sts:AsumeRole")),
        ... )
        (True, False)
    """
    if not statement.action or can_assume(statement):
        return True
    return not all(map(is_session_action, statement.action))


_BY_LOWER = {action.lower(): action for action in ASSUME_ACTIONS + SESSION_ACTIONS}


def known_action(action: str) -> str | None:
    """A trust policy's action in AWS's spelling, whatever the case it was written in; `None` for
    another.
    """
    return _BY_LOWER.get(action.lower())


def nearest_action(action: str) -> str | None:
    """The action that a misspelt one was most likely meant to be.

    Example:
        >>> (
        ...     nearest_action("AssumeRole"),
        ...     nearest_action("sts:AssumeRoleWithSaml2"),
        ...     nearest_action("s3:GetObject"),
        ... )
        ('sts:AssumeRole', 'sts:AssumeRoleWithSAML', None)
    """
    full = action.strip().lower()
    full = full if ":" in full else f"sts:{full}"
    close = get_close_matches(full, _BY_LOWER, n=1, cutoff=0.8)
    if close:
        return _BY_LOWER[close[0]]
    return None


def needed_by(kind: str, value: str) -> str | None:
    """The assume action that callers of one principal use; `None` where the principal does not
    tell.

    Example:
        >>> needed_by("Service", "ec2.amazonaws.com")
        'sts:AssumeRole'
        >>> needed_by("Federated", "arn:aws:iam::111122223333:saml-provider/corp")
        'sts:AssumeRoleWithSAML'
    """
    kind = kind_for(value) or kind  # another pitfall reports one under the wrong kind
    if kind in ("AWS", "Service"):
        if value == "*":
            return None
        return "sts:AssumeRole"
    if value in BUILT_IN:
        return "sts:AssumeRoleWithWebIdentity"
    if kind != "Federated" or form_of(value) is not PrincipalForm.PROVIDER:
        return None
    if ":saml-provider/" in value:
        return "sts:AssumeRoleWithSAML"
    return "sts:AssumeRoleWithWebIdentity"


def groups_of(principal: Principal | None) -> dict[str, dict[str, list[str]]]:
    """Principals by the action they use, `{action: {kind: [value]}}`; those that do not show it
    under `""`.
    """
    groups: dict[str, dict[str, list[str]]] = {}
    if principal is None:
        return groups
    for _, kind, value in principal.each():
        groups.setdefault(needed_by(kind, value) or "", {}).setdefault(kind, []).append(value)
    return groups


def is_allowed(policy: TrustPolicy, principal: Principal | None, action: str) -> bool:
    """Whether some Allow names an action for callers that a principal may mean too."""
    return any(
        may_name(statement, action) and share_callers(principal, statement.principal)
        for _, statement in statements(policy, "Allow")
    )


def share_callers(one: Principal | None, other: Principal | None) -> bool:
    """Whether two principals may mean one caller; where that is not plain, they may."""
    if one is None or other is None or one.star or other.star:
        return True
    mine, theirs = list(_callers_of(one)), set(_callers_of(other))
    return ("AWS", "*") in {*mine, *theirs} or bool(theirs & set(mine))


def _callers_of(principal: Principal) -> Iterator[tuple[str, str]]:
    """Of users and roles their account, which may mean them all."""
    for _, kind, text in principal.each():
        yield kind, (account_of(text) or text) if kind == "AWS" else text
