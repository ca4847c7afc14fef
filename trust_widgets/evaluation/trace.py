"""Why something matched or did not: a tree of codes with their data, from which every text is
rendered.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from trust_widgets.names import level_of_reader
from trust_widgets.policy import Path


class Reason(StrEnum):
    """A reason. The comment behind each says what `Node.data` holds for it."""

    # the whole call, and each action it needs
    ALLOWED = "ALLOWED"  # action
    DENY_APPLIES = "DENY_APPLIES"  # action
    NO_ALLOW = "NO_ALLOW"  # action
    DEPENDS = "DEPENDS"  # action
    TAG_SESSION_MISSING = (
        "TAG_SESSION_MISSING"  # action: no Allow for it, though the call passes tags
    )
    SOURCE_IDENTITY_MISSING = "SOURCE_IDENTITY_MISSING"  # action: the same for a source identity
    CONTEXT_MISSING = "CONTEXT_MISSING"  # action: the same for a context
    INVALID = "INVALID"
    # a statement
    STATEMENT = "STATEMENT"  # Allow or Deny
    # its action
    ACTION_MATCHES = "ACTION_MATCHES"  # requested, written
    ACTION_DIFFERS = "ACTION_DIFFERS"  # requested, written
    # its principal
    PRINCIPAL_MATCHES = "PRINCIPAL_MATCHES"  # caller, written
    PRINCIPAL_DIFFERS = "PRINCIPAL_DIFFERS"  # caller, written
    PRINCIPAL_UNKNOWN = (
        "PRINCIPAL_UNKNOWN"  # caller, written: which of an account's principals calls was not said
    )
    PRINCIPAL_CASE_DIFFERS = "PRINCIPAL_CASE_DIFFERS"  # caller, written
    PARTITION_DIFFERS = "PARTITION_DIFFERS"  # caller, written
    ACCOUNT_DELEGATES = "ACCOUNT_DELEGATES"  # caller, written
    ROLE_OF_SESSION = "ROLE_OF_SESSION"  # caller, written
    SESSION_IS_NOT_ROLE = "SESSION_IS_NOT_ROLE"  # caller, written
    EVERYONE = "EVERYONE"  # caller, written
    # caller, written: AWS does not say whether "*" matches callers with a token or an assertion
    EVERYONE_UNDOCUMENTED = "EVERYONE_UNDOCUMENTED"
    DELETED_PRINCIPAL = "DELETED_PRINCIPAL"  # caller, written
    FEDERATED_USER = (
        "FEDERATED_USER"  # caller, written: whoever is named, a federated user can assume no role
    )
    ROOT_USER = "ROOT_USER"  # caller, written: whoever is named, a root user can assume no role
    OUTBOUND_TOKEN = "OUTBOUND_TOKEN"  # caller, written: AWS takes none of its outbound tokens back
    # the caller's own permission
    PERMISSION_GIVEN = "PERMISSION_GIVEN"  # caller
    PERMISSION_MISSING = "PERMISSION_MISSING"  # caller
    PERMISSION_DENIED = "PERMISSION_DENIED"  # caller
    PERMISSION_UNKNOWN = "PERMISSION_UNKNOWN"  # caller
    # a condition: key, operator, then what the call has
    CONDITION = "CONDITION"
    NEGATED_CONDITION = "NEGATED_CONDITION"
    SET_CONDITION = "SET_CONDITION"
    SET_ON_SINGLE = "SET_ON_SINGLE"  # a set operator on a key that has one value
    NO_SET_OPERATOR = "NO_SET_OPERATOR"  # a key with several values, without one
    KEY_MISSING = "KEY_MISSING"
    KEY_MISSING_NEGATED_TRUE = "KEY_MISSING_NEGATED_TRUE"
    KEY_MISSING_IF_EXISTS = "KEY_MISSING_IF_EXISTS"
    KEY_UNKNOWN = "KEY_UNKNOWN"
    PATH_UNKNOWN = (
        "PATH_UNKNOWN"  # the policy requires a role's path, which a session's ARN does not contain
    )
    VACUOUS_FORALL = "VACUOUS_FORALL"
    EMPTY_FORANY = "EMPTY_FORANY"
    NULL_ABSENT = "NULL_ABSENT"
    NULL_PRESENT = "NULL_PRESENT"
    # a value of a condition: what the call has, what the policy says
    VALUE_MATCHES = "VALUE_MATCHES"
    VALUE_DIFFERS = "VALUE_DIFFERS"
    VALUE_CASE_DIFFERS = "VALUE_CASE_DIFFERS"
    GLOB_UNDER_EQUALS = "GLOB_UNDER_EQUALS"
    UNREADABLE_VALUE = "UNREADABLE_VALUE"
    VARIABLE_MISSING = "VARIABLE_MISSING"
    VARIABLE_UNKNOWN = "VARIABLE_UNKNOWN"
    VARIABLE_IS_TEXT = "VARIABLE_IS_TEXT"
    # what makes a policy meaningless: what was written
    NOT_PRINCIPAL = "NOT_PRINCIPAL"
    NO_PRINCIPAL = "NO_PRINCIPAL"
    NO_ACTION = "NO_ACTION"
    NO_EFFECT = "NO_EFFECT"
    WILDCARD_IN_PRINCIPAL = "WILDCARD_IN_PRINCIPAL"
    UNKNOWN_OPERATOR = "UNKNOWN_OPERATOR"


class Outcome(StrEnum):
    """What a call comes to."""

    ALLOWED = "allowed"
    DENIED = "denied"  # an explicit Deny applies
    NOT_ALLOWED = "not allowed"  # no Allow applies
    DEPENDS = "depends"  # on what is unknown
    INVALID = "invalid"  # the policy has no meaning to decide by

    def __bool__(self) -> bool:
        """A text that is not empty is true, and so would be each outcome."""
        raise TypeError('an outcome is neither true nor false; write decision.outcome == "allowed"')

    def __eq__(self, other: object) -> bool:
        """A text that is no outcome is never equal, and a warning says so."""
        if type(other) is str and other not in _OUTCOMES:
            level = level_of_reader()
            if level:
                message = f"{other[:60]!r} is not an outcome; there are {', '.join(_OUTCOMES)}"
                warnings.warn(message, UserWarning, stacklevel=level)
        return str.__eq__(self, other) is True

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


_OUTCOMES = tuple(str.__str__(outcome) for outcome in Outcome)


class Node(NamedTuple):
    """One reason with those it rests on.

    Args:
        code: what was found.
        truth: whether it speaks for a match; `None` when that depends on what is unknown.
        path: the place in the policy; `()` for none.
        data: the values that its text needs, as listed next to the code.
        parts: what it rests on.
    """

    code: Reason
    truth: bool | None
    path: Path = ()
    data: tuple[str, ...] = ()
    parts: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """This node and all below it, from the top down."""
        yield self
        for part in self.parts:
            yield from part.walk()


def all_of(parts: tuple[Node, ...]) -> bool | None:
    """Whether all are true: `False` as soon as one is not, `None` while one is unknown."""
    truth: bool | None = True
    for part in parts:
        if part.truth is False:
            return False
        if part.truth is None:
            truth = None
    return truth


def any_of(parts: tuple[Node, ...]) -> bool | None:
    """Whether one is true: `True` as soon as one is, `None` while one is unknown."""
    truth: bool | None = False
    for part in parts:
        if part.truth:
            return True
        if part.truth is None:
            truth = None
    return truth
