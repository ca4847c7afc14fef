"""What the parts of a statement mean: its conditions, its actions and its principals.

Every other module asks here instead of taking an operator, a key, an action or a principal apart by
itself.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from trust_widgets.aws.actions import ASSUME_ACTIONS, SESSION_ACTIONS
from trust_widgets.aws.arns import Arn, arn_of, is_account_id
from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.aws.oidc_issuers import BUILT_IN
from trust_widgets.aws.operators import ParsedOperator, parse_operator
from trust_widgets.aws.principal_forms import Form, form_of
from trust_widgets.policy.values import Condition, Path, Statement, text_from_scalar
from trust_widgets.text.globs import Test, matcher_from_pattern, pattern_from_text

# Conditions


def normalized_key(name: str) -> str:
    """A condition key as AWS compares it, without regard to case.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html

    Example:
        >>> normalized_key("aws:PrincipalOrgID")
        'aws:principalorgid'
    """
    return name.lower()


def null_result(texts: Iterable[str], is_absent: bool) -> bool:
    """Whether `Null` with these values is true of a request without its key, or else of one that
    has it.

    IAM reads the values without regard to case.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null

    Example:
        >>> null_result(["True"], is_absent=True), null_result(["True"], is_absent=False)
        (True, False)
    """
    wanted = "true" if is_absent else "false"
    return any(text.lower() == wanted for text in texts)


def result_when_absent(operator: ParsedOperator, texts: Iterable[str]) -> bool:
    """Whether a condition is true of a request without its key.

    Example:
        >>> result_when_absent(ParsedOperator("", "StringNotEquals", False), ["a"])
        True
    """
    result = operator.result_when_absent
    return null_result(texts, is_absent=True) if result is None else result


class ConditionView:
    """A condition as AWS reads it.

    Args:
        condition: the condition as written.

    Example:
        >>> view = ConditionView(Condition("stringLike", "token.actions.githubusercontent.com:sub", ("repo:octo-org/*",)))
        >>> view.operator.spelling(), view.issuer, view.claim, view.result_when_absent
        ('StringLike', 'token.actions.githubusercontent.com', 'sub', False)
    """

    __slots__ = ("condition", "key", "operator")

    def __init__(self, condition: Condition) -> None:
        self.condition = condition
        self.key = condition.key.lower()
        """The key as AWS compares it."""
        self.operator = parse_operator(condition.operator)
        """The operator; `None` when AWS has no such operator."""

    @property
    def issuer(self) -> str:
        """The issuer in the key, in lower case; `""` when the key is no claim."""
        return claim_key(self.key).issuer

    @property
    def claim(self) -> str:
        """The claim in the key, in lower case; `""` when the key is no claim."""
        return claim_key(self.key).claim

    @property
    def values(self) -> tuple[str, ...]:
        """The values as AWS compares them."""
        return tuple(map(text_from_scalar, self.condition.values))

    @property
    def truth_values(self) -> frozenset[str]:
        """The values in lower case, as `Bool` and `Null` read them."""
        return frozenset(text.lower() for text in self.values)

    @property
    def base(self) -> str:
        """The operator without its set operator and `IfExists`; `""` when AWS has no such
        operator.
        """
        return self.operator.base if self.operator else ""

    @property
    def type(self) -> str:
        """The type of key that its operator is for; `""` when AWS has no such operator."""
        return self.operator.type if self.operator else ""

    @property
    def is_null(self) -> bool:
        """Whether it asks if the key is there, rather than comparing values."""
        return self.operator is not None and self.operator.is_null

    @property
    def is_plain_null(self) -> bool:
        """Whether it is `Null` without a set operator, as AWS's pages have it; of others nothing is
        concluded.
        """
        return self.is_null and self.operator is not None and not self.operator.quantifier

    @property
    def is_negated(self) -> bool:
        """Whether it is true for what its values do not name."""
        return self.operator is not None and self.operator.is_negated

    @property
    def takes_wildcards(self) -> bool:
        """Whether it reads `*` and `?` in its values."""
        return self.operator is not None and self.operator.takes_wildcards

    @property
    def result_when_absent(self) -> bool | None:
        """Whether it is true of a request without the key; `None` when AWS has no such operator."""
        return None if self.operator is None else result_when_absent(self.operator, self.values)

    @property
    def requires_presence(self) -> bool:
        """Whether it is a `Null` that only requests with the key meet."""
        return self.is_plain_null and self.truth_values == {"false"}

    @property
    def requires_absence(self) -> bool:
        """Whether it is a `Null` that only requests without the key meet."""
        return self.is_plain_null and self.truth_values == {"true"}


def requires_match(condition: Condition) -> bool:
    """Whether a request meets a condition only with a value that one of the condition's values
    fits.

    Example:
        >>> requires_match(Condition("StringLike", "sts:ExternalId", ("a",)))
        True
        >>> requires_match(Condition("StringNotLike", "sts:ExternalId", ("a",)))
        False
    """
    operator = parse_operator(condition.operator)
    return operator is not None and operator.requires_match and bool(condition.values)


def keys_of(statement: Statement, operator: str = "") -> set[str]:
    """The condition keys of a statement, as AWS compares them; with an operator, those in its block
    alone.
    """
    return {c.key.lower() for c in statement.conditions if operator in ("", c.operator)}


def conditions_on(statement: Statement, key: str) -> Iterator[Condition]:
    """The conditions of a statement on one key."""
    wanted = key.lower()
    return (condition for condition in statement.conditions if condition.key.lower() == wanted)


# Actions


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
        """Where a text stands below its statement."""
        return (self.element, index)


@lru_cache(maxsize=1024)
def _action_test(text: str) -> Test:
    return matcher_from_pattern(pattern_from_text(text.lower()))


_NO_ACTIONS = ActionList(())


@lru_cache(maxsize=1024)
def _action_list(texts: tuple[str, ...], element: str) -> ActionList:
    return ActionList(texts, element)


def actions_of(statement: Statement) -> ActionList:
    """The actions of a statement; `NotAction` counts where there is no `Action`."""
    if statement.action:
        return _action_list(statement.action, "Action")
    return _action_list(statement.not_action, "NotAction") if statement.not_action else _NO_ACTIONS


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


def may_assume(statement: Statement) -> bool:
    """Whether a statement can let somebody assume the role, or says nothing of actions.

    IAM refuses a statement without actions; beside that it is judged by what else it says.
    """
    return can_assume(statement) or has_no_actions(statement)


_SESSION_ACTIONS = frozenset(action.lower() for action in SESSION_ACTIONS)


def is_session_action(action: str) -> bool:
    """Whether an action, spelled out, is one that a request needs beside the one that assumes the
    role.

    Example:
        >>> is_session_action("sts:tagsession"), is_session_action("sts:Tag*")
        (True, False)
    """
    return action.lower() in _SESSION_ACTIONS


def is_meant_to_assume(statement: Statement) -> bool:
    """Whether a statement was meant to let somebody assume the role.

    That is any statement but one that spells out session actions alone, which AWS's own examples
    allow in a statement of their own with fewer conditions. So a misspelt action counts, and so
    does `NotAction`. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html

    Example:
        >>> is_meant_to_assume(Statement(action="sts:AsumeRole")), can_assume(Statement(action="sts:AsumeRole"))
        (True, False)
    """
    if not statement.action or can_assume(statement):
        return True
    return not all(map(is_session_action, statement.action))


# Principals

PrincipalKind = Literal["aws", "service", "oidc", "saml", ""]
PrincipalSort = Literal["user", "role", "session", "federated-user", "account", ""]
_SERVICE = re.compile(r"[A-Za-z0-9.-]+\.amazonaws\.com(?:\.cn)?")


class PrincipalRef(NamedTuple):
    """What the text of a principal, or of a caller, refers to.

    Args:
        text: as written.
        kind: how it makes requests: `aws` signs with credentials, `service` is AWS itself, `oidc`
            and `saml` bring a token; `""` when the text names none of them.
        sort: of kind `aws`: what it is; `account` stands for the account as a whole.
        partition, account: where it is; empty for a service, a built-in domain, and of an account
            id the partition.
        name: of the user or role, without its path, or of the provider.
        session: of the session.
        issuer: of the tokens, as written.
    """

    text: str
    kind: PrincipalKind = ""
    sort: PrincipalSort = ""
    partition: str = ""
    account: str = ""
    name: str = ""
    session: str = ""
    issuer: str = ""

    @property
    def form(self) -> Form:
        """The form of the text alone, whatever it refers to."""
        return form_of(self.text)


@lru_cache(maxsize=4096)
def principal_ref(text: str) -> PrincipalRef:
    """What the text of a principal refers to.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html

    Example:
        >>> deploy = principal_ref("arn:aws:sts::111122223333:assumed-role/deploy/run-1")
        >>> deploy.sort, deploy.account, deploy.name, deploy.session
        ('session', '111122223333', 'deploy', 'run-1')
        >>> principal_ref("111122223333").sort, principal_ref("*").kind
        ('account', '')
    """
    if text in BUILT_IN:
        return PrincipalRef(text, "oidc", issuer=text)
    if is_account_id(text):
        return PrincipalRef(text, "aws", "account", account=text)
    arn = arn_of(text)
    found = _ref_of_arn(text, arn) if arn is not None and is_account_id(arn.account) else None
    if found is not None:
        return found
    return PrincipalRef(text, "service" if _SERVICE.fullmatch(text) else "")


def _ref_of_arn(text: str, arn: Arn) -> PrincipalRef | None:
    kind, _, rest = arn.resource.partition("/")
    where = (arn.partition, arn.account)
    if arn.service == "sts" and kind == "assumed-role" and "/" in rest:
        role, _, session = rest.partition("/")
        return PrincipalRef(text, "aws", "session", *where, role, session)
    if arn.service == "sts" and kind == "federated-user" and rest:
        return PrincipalRef(text, "aws", "federated-user", *where, rest)
    if arn.service != "iam":
        return None
    if arn.resource == "root":
        return PrincipalRef(text, "aws", "account", *where)
    if kind in ("user", "role") and rest:
        return PrincipalRef(
            text, "aws", "user" if kind == "user" else "role", *where, rest.rpartition("/")[2]
        )
    if kind == "oidc-provider" and rest:
        return PrincipalRef(text, "oidc", "", *where, rest, issuer=rest)
    if kind == "saml-provider" and rest:
        return PrincipalRef(text, "saml", "", *where, rest)
    return None
