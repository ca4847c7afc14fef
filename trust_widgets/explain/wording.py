"""Each reason in words: one line for a node of the tree."""

from __future__ import annotations

from trust_widgets.aws.keys.condition_keys import why_never
from trust_widgets.aws.operators import parse_operator
from trust_widgets.evaluation import Node, Reason, Request
from trust_widgets.explain.places import number_of
from trust_widgets.text.english import listed

_LINES = {
    Reason.ALLOWED: "{0} is allowed.",
    Reason.DENY_APPLIES: "A Deny applies to {0}, and wins over any Allow.",
    Reason.NO_ALLOW: "No Allow applies to {0}.",
    Reason.DEPENDS: "Whether {0} is allowed depends on what is not known.",
    Reason.TAG_SESSION_MISSING: (
        "The call passes session tags, and no statement lets this caller do that ({0})."
    ),
    Reason.SOURCE_IDENTITY_MISSING: (
        "The call sets or hands on a source identity, and no statement lets this caller do "
        "that ({0})."
    ),
    Reason.CONTEXT_MISSING: (
        "The call passes a context (ProvidedContexts), and no statement lets this caller do that"
        " ({0})."
    ),
    Reason.INVALID: "The policy has no meaning to decide by.",
    Reason.ACTION_MATCHES: "The call needs {0}, and the statement is for “{1}”.",
    Reason.ACTION_DIFFERS: "The call needs {0}, and the statement is for “{1}”.",
    Reason.PRINCIPAL_MATCHES: "The caller {0} is the one named.",
    Reason.PRINCIPAL_DIFFERS: "The caller {0} is not “{1}”.",
    Reason.PRINCIPAL_UNKNOWN: "Whether the caller {0} is “{1}” was not said.",
    Reason.PRINCIPAL_CASE_DIFFERS: (
        "The caller {0} differs from “{1}” in upper and lower case alone, which counts."
    ),
    Reason.PARTITION_DIFFERS: (
        "The caller {0} is in another partition of AWS than “{1}” or the role, "
        "and AWS gives no access across partitions."
    ),
    Reason.ACCOUNT_DELEGATES: (
        "The caller {0} belongs to the account of “{1}”, whose administrators decide who may call."
    ),
    Reason.ROLE_OF_SESSION: "The caller {0} is a session of the role “{1}”.",
    Reason.SESSION_IS_NOT_ROLE: (
        "The caller {0} is another session than “{1}”; a session's ARN covers that session alone."
    ),
    Reason.EVERYONE: "The caller {0} is among everyone.",
    Reason.EVERYONE_UNDOCUMENTED: (
        "AWS does not document whether “{1}” matches callers with a token or a SAML assertion, such"
        " as {0}."
    ),
    Reason.DELETED_PRINCIPAL: (
        "“{1}” is the id of a user or role that was deleted, so that nobody is named here. One made"
        " again under the same name has another id."
    ),
    Reason.FEDERATED_USER: (
        "The caller {0} is a federated user, who can assume no role: the credentials of"
        " GetFederationToken can call nothing of STS but GetCallerIdentity."
    ),
    Reason.ROOT_USER: (
        "The caller {0} is the root user of its account. AssumeRole refuses every root user,"
        " whatever the policies say."
    ),
    Reason.OUTBOUND_TOKEN: (
        "The token comes from {0}, the outbound token issuer of an AWS account."
        " AssumeRoleWithWebIdentity accepts none of its tokens."
    ),
    Reason.PERMISSION_GIVEN: "The caller's own policies allow the call, as is needed here.",
    Reason.PERMISSION_MISSING: (
        "The caller's own policies do not allow the call, as is needed here."
    ),
    Reason.PERMISSION_DENIED: (
        "Another policy than the trust policy forbids the call, and no trust policy overrides that."
    ),
    Reason.PERMISSION_UNKNOWN: (
        "The caller's own policies must allow the call too, and nobody said whether they do."
    ),
    Reason.CONDITION: "{0} is “{2}” in the call.",
    Reason.NEGATED_CONDITION: "{0} is “{2}” in the call.",
    Reason.NO_SET_OPERATOR: (
        "{0} has several values, and {1} is for keys with one: write ForAnyValue or ForAllValues."
    ),
    Reason.KEY_MISSING: "The call has no {0}.",
    Reason.KEY_MISSING_NEGATED_TRUE: (
        "The call has no {0}, and {1} is true of a key that is missing."
    ),
    Reason.KEY_MISSING_IF_EXISTS: "The call has no {0}, and {1} is true of a key that is missing.",
    Reason.KEY_UNKNOWN: "Nobody said what {0} is in this call, or whether it is there.",
    Reason.PATH_UNKNOWN: (
        "{0} is “{2}” in the call, or with a path before the name, which nobody said: a session's"
        " ARN leaves out the path of its role."
    ),
    Reason.VACUOUS_FORALL: (
        "The call has no {0}, and {1} is true then: there is no value that it could be false for."
    ),
    Reason.EMPTY_FORANY: "The call has no {0}, so that no value of it fits.",
    Reason.NULL_ABSENT: "The call has no {0}.",
    Reason.NULL_PRESENT: "The call has {0}.",
    Reason.VALUE_MATCHES: "“{0}” fits “{1}”.",
    Reason.VALUE_DIFFERS: "“{0}” does not fit “{1}”.",
    Reason.VALUE_CASE_DIFFERS: (
        "“{0}” differs from “{1}” in upper and lower case alone, which counts."
    ),
    Reason.GLOB_UNDER_EQUALS: (
        "“{0}” is not “{1}”: this operator takes * and ? as letters, not as wildcards."
    ),
    Reason.UNREADABLE_VALUE: (
        "“{0}” can't be compared with “{1}”: this operator can't read one of them."
    ),
    Reason.VARIABLE_MISSING: "“{1}” has no value here: the call has no {2}.",
    Reason.VARIABLE_UNKNOWN: "“{1}” depends on {2}, which is not known.",
    Reason.VARIABLE_IS_TEXT: "“{1}” is plain text: only Version 2012-10-17 has variables.",
    Reason.NOT_PRINCIPAL: "NotPrincipal can't be used in a role's trust policy.",
    Reason.NO_PRINCIPAL: "The statement names nobody.",
    Reason.NO_ACTION: "The statement names no action.",
    Reason.NO_EFFECT: "The effect is “{0}”, neither Allow nor Deny.",
    Reason.WILDCARD_IN_PRINCIPAL: "A wildcard can't be part of a principal: “{0}”.",
    Reason.UNKNOWN_OPERATOR: "There is no operator “{0}”.",
}


def text_of(node: Node, request: Request) -> str:
    """One node of a decision's tree as one plain sentence.

    Example:
        >>> call = Request("sts:AssumeRole", "lambda.amazonaws.com")
        >>> text_of(Node(Reason.KEY_MISSING, False, (), ("aws:SourceArn", "ArnLike")), call)
        'The call has no aws:SourceArn.'
    """
    if node.code is Reason.STATEMENT:
        return _statement(node)
    if node.code in (Reason.ACTION_MATCHES, Reason.ACTION_DIFFERS) and "NotAction" in node.path:
        return (
            f"The call needs {node.data[0]}, and the statement is for every action but"
            f" “{node.data[1]}” (NotAction)."
        )
    if node.code in (Reason.SET_CONDITION, Reason.SET_ON_SINGLE):
        return _set(node)
    line = _LINES[node.code].format(*node.data)
    never = (
        why_never(node.data[0], request.identity.kind) if node.code is Reason.KEY_MISSING else ""
    )
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
    values = ", ".join(f"“{value}”" for value in given)
    parsed = parse_operator(operator)
    every = "each" if parsed is not None and parsed.quantifier == "ForAllValues" else "one of them"
    single = (
        " It is a key with one value, which needs no set operator."
        if node.code is Reason.SET_ON_SINGLE
        else ""
    )
    return f"{name} is {values} in the call, and {every} must fit.{single}"
