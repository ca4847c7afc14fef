"""Each reason in words: one line for a node of the tree."""

from __future__ import annotations

from trust_widgets.aws.keys.condition_keys import why_never
from trust_widgets.aws.operators import parse_operator
from trust_widgets.evaluation import Node, Reason, Request
from trust_widgets.explain.places import number_of
from trust_widgets.text.english import listed, listed_briefly

_LINES = {
    Reason.ALLOWED: "{0} is allowed.",
    Reason.DENY_APPLIES: "A Deny applies to {0}. It overrides any Allow.",
    Reason.NO_ALLOW: "No Allow applies to {0}.",
    Reason.DEPENDS: "Whether {0} is allowed depends on values that are not known.",
    Reason.TAG_SESSION_MISSING: (
        "The request passes session tags, and no statement allows this caller to do that ({0})."
    ),
    Reason.SOURCE_IDENTITY_MISSING: (
        "The request sets or passes on a source identity, and no statement allows this caller "
        "to do that ({0})."
    ),
    Reason.CONTEXT_MISSING: (
        "The request passes a context (ProvidedContexts), and no statement allows this caller "
        "to do that ({0})."
    ),
    Reason.INVALID: "IAM would reject this policy, so it decides nothing.",
    Reason.ACTION_MATCHES: 'The request needs {0}, and the statement is for "{1}".',
    Reason.ACTION_DIFFERS: 'The request needs {0}, and the statement is for "{1}".',
    Reason.PRINCIPAL_MATCHES: "The caller {0} matches.",
    Reason.PRINCIPAL_DIFFERS: 'The caller {0} is not "{1}".',
    Reason.PRINCIPAL_UNKNOWN: 'It is not known whether the caller {0} is "{1}".',
    Reason.PRINCIPAL_CASE_DIFFERS: (
        'The caller {0} differs from "{1}" only in upper and lower case, and here case matters.'
    ),
    Reason.PARTITION_DIFFERS: (
        'The caller {0} is in another partition than "{1}" or the role. AWS does not give '
        "access across partitions."
    ),
    Reason.ACCOUNT_DELEGATES: (
        'The caller {0} belongs to the account of "{1}". The administrators of that '
        "account decide who can call."
    ),
    Reason.ROLE_OF_SESSION: 'The caller {0} is a session of the role "{1}".',
    Reason.SESSION_IS_NOT_ROLE: (
        'The caller {0} is another session than "{1}". The ARN of a session matches this '
        "session only."
    ),
    Reason.EVERYONE: 'The caller {0} is included in "everyone".',
    Reason.EVERYONE_UNDOCUMENTED: (
        'AWS does not document whether "{1}" matches callers with a token or a SAML assertion, such'
        " as {0}."
    ),
    Reason.DELETED_PRINCIPAL: (
        '"{1}" is the ID of a deleted user or role, so it matches no caller. A new user or '
        "role with the same name has another ID."
    ),
    Reason.FEDERATED_USER: (
        "The caller {0} is a federated user and cannot assume roles. The credentials of "
        "GetFederationToken can call only GetCallerIdentity of AWS STS."
    ),
    Reason.ROOT_USER: (
        "The caller {0} is the root user of its account. AssumeRole denies every root user, "
        "whatever the policies allow."
    ),
    Reason.OUTBOUND_TOKEN: (
        "The token comes from {0}, the outbound token issuer of an AWS account. "
        "AssumeRoleWithWebIdentity does not accept its tokens."
    ),
    Reason.PERMISSION_GIVEN: "The caller's own policies allow the request, as required here.",
    Reason.PERMISSION_MISSING: (
        "The caller's own policies do not allow the request, as required here."
    ),
    Reason.PERMISSION_DENIED: (
        "A policy other than the trust policy denies the request. A trust policy cannot override"
        " that."
    ),
    Reason.PERMISSION_UNKNOWN: (
        "The caller's own policies must also allow the request. It is not known whether they do."
    ),
    Reason.CONDITION: '{0} is "{2}" in the call.',
    Reason.NEGATED_CONDITION: '{0} is "{2}" in the call.',
    Reason.NO_SET_OPERATOR: (
        "{0} has several values, and {1} is for keys with one: write ForAnyValue or ForAllValues."
    ),
    Reason.KEY_MISSING: "The request has no {0}.",
    Reason.KEY_MISSING_NEGATED_TRUE: ("The request has no {0}, and {1} is true for an absent key."),
    Reason.KEY_MISSING_IF_EXISTS: "The request has no {0}, and {1} is true for an absent key.",
    Reason.KEY_UNKNOWN: "It is not known what {0} is in this request, or whether it is present.",
    Reason.PATH_UNKNOWN: (
        '{0} is "{2}" in the request, or the same name with a path. The ARN of a session does '
        "not contain the path of its role, so the path is not known."
    ),
    Reason.VACUOUS_FORALL: (
        "The request has no {0}, and {1} is true in this case: there is no value for which "
        "it could be false."
    ),
    Reason.EMPTY_FORANY: "The request has no {0}, so no value of it matches.",
    Reason.NULL_ABSENT: "The request has no {0}.",
    Reason.NULL_PRESENT: "The request has {0}.",
    Reason.VALUE_MATCHES: '"{0}" matches "{1}".',
    Reason.VALUE_DIFFERS: '"{0}" does not match "{1}".',
    Reason.VALUE_CASE_DIFFERS: (
        '"{0}" differs from "{1}" only in upper and lower case, and here case matters.'
    ),
    Reason.GLOB_UNDER_EQUALS: (
        '"{0}" is not "{1}": this operator reads * and ? as ordinary characters, not as wildcards.'
    ),
    Reason.UNREADABLE_VALUE: (
        '"{0}" cannot be compared with "{1}": this operator cannot read one of them.'
    ),
    Reason.VARIABLE_MISSING: '"{1}" has no value here: the request has no {2}.',
    Reason.VARIABLE_UNKNOWN: '"{1}" depends on {2}, which is not known.',
    Reason.VARIABLE_IS_TEXT: '"{1}" is plain text: only Version 2012-10-17 has variables.',
    Reason.NOT_PRINCIPAL: "NotPrincipal cannot be used in a role trust policy.",
    Reason.NO_PRINCIPAL: "The statement names no principal.",
    Reason.NO_ACTION: "The statement names no action.",
    Reason.NO_EFFECT: 'The effect is "{0}", neither Allow nor Deny.',
    Reason.WILDCARD_IN_PRINCIPAL: 'A wildcard cannot be part of a principal: "{0}".',
    Reason.UNKNOWN_OPERATOR: 'There is no operator "{0}".',
}


def text_of(node: Node, request: Request) -> str:
    """One node of a decision's tree as one plain sentence.

    Example:
        >>> call = Request("sts:AssumeRole", "lambda.amazonaws.com")
        >>> text_of(Node(Reason.KEY_MISSING, False, (), ("aws:SourceArn", "ArnLike")), call)
        'The request has no aws:SourceArn.'
    """
    if node.code is Reason.STATEMENT:
        return _statement(node)
    if node.code in (Reason.ACTION_MATCHES, Reason.ACTION_DIFFERS) and "NotAction" in node.path:
        return (
            f"The request needs {node.data[0]}, and the statement is for every action except "
            f'"{node.data[1]}" (NotAction).'
        )
    if node.code in (Reason.SET_CONDITION, Reason.SET_ON_SINGLE):
        return _set(node)
    line = _LINES[node.code].format(*node.data)
    if node.code is Reason.KEY_MISSING:
        never = why_never(node.data[0], request.identity.kind)
    else:
        never = ""
    return never or line


def actions_in_words(request: Request) -> str:
    """The actions that a call needs, as a list in words.

    Example:
        >>> actions_in_words(Request("sts:AssumeRole", "lambda.amazonaws.com"))
        'sts:AssumeRole'
    """
    return listed(request.actions)


def _statement(node: Node) -> str:
    does = {True: "applies", False: "does not apply", None: "may apply"}[node.truth]
    return f"{number_of(node.path)} ({node.data[0]}) {does}."


def _set(node: Node) -> str:
    name, operator, *given = node.data
    values = listed_briefly(f'"{value}"' for value in given)
    parsed = parse_operator(operator)
    if parsed is not None and parsed.quantifier == "ForAllValues":
        every = "each"
    else:
        every = "one of them"
    sentence = f"{name} is {values} in the request, and {every} must match."
    if node.code is Reason.SET_ON_SINGLE:
        return f"{sentence} This key has one value and needs no set operator."
    return sentence
