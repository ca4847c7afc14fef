"""A statement without effect, principal or action, or with an empty one; a policy without
statements.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.policy import (
    DOCUMENT_ELEMENTS,
    STATEMENT_ELEMENTS,
    Fix,
    Home,
    Insert,
    Path,
    Statement,
    TrustPolicy,
    each_principal,
    example,
    nearest_name,
    statements,
)

_EXAMPLES = {
    "Effect": '"Effect": "Allow"',
    "Principal": '"Principal": {"Service": "ec2.amazonaws.com"}',
    "Action": '"Action": "sts:AssumeRole"',
}


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    misspelt = {nearest_name(name, DOCUMENT_ELEMENTS) for name, _ in policy.other}
    if not policy.statements and "Statement" not in misspelt:
        yield Hit(
            ("Statement",),
            "A trust policy needs at least one statement that says who can assume the role.",
        )
    for path, statement in statements(policy):
        misspelt = {nearest_name(name, STATEMENT_ELEMENTS) for name, _ in statement.other}
        for element in _missing(statement):
            if element not in misspelt:
                message = (
                    f"This statement has no {element}, which IAM requires. For example"
                    f" {_EXAMPLES[element]}."
                )
                yield Hit(path, message, fix=_fix(path, statement, element))
        for place, what in _empty(statement):
            yield Hit(
                (*path, *place),
                f"This {what} is empty. Add at least one entry, or remove the statement.",
            )


def _fix(path: Path, statement: Statement, element: str) -> Fix | None:
    """The action by which callers of one kind assume a role; who may, a machine cannot know."""
    kinds = {kind for _, kind, _ in each_principal(statement)}
    if element != "Action" or not kinds or not kinds <= {"AWS", "Service"}:
        return None
    action = "sts:AssumeRole"
    return Fix(f"Add {action}", (Insert((*path, "Action"), action),))


def _missing(statement: Statement) -> Iterator[str]:
    if statement.effect is None:
        yield "Effect"
    if statement.principal is None and statement.not_principal is None:
        yield "Principal"
    if statement.action is None and statement.not_action is None:
        yield "Action"


def _empty(statement: Statement) -> Iterator[tuple[Path, str]]:
    principal = statement.principal
    if principal is not None and not principal.star:
        if not principal.kinds:
            yield ("Principal",), "principal"
        for kind, values in principal.kinds:
            if not values:
                yield ("Principal", kind), "list of principals"
    if statement.action == ():
        yield ("Action",), "list of actions"


PITFALL = Pitfall(
    code="TP106",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="A missing or empty element",
    find=find,
    fine="Never: every statement of a trust policy needs Effect, Principal and Action.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    bad=(
        example({"Service": "ec2.amazonaws.com"}, Effect=None),
        example(None),
        example({"Service": "ec2.amazonaws.com"}, None),
        '{"Version": "2012-10-17", "Statement": []}',
    ),
    good=(example({"Service": "ec2.amazonaws.com"}),),
)
