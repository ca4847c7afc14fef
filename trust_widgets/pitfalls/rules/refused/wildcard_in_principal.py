"""A wildcard that represents part of a principal's name, which no policy may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.aws.arns import ACCOUNT_ID
from trust_widgets.aws.principal_forms import PrincipalForm, form_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import AWS_PRINCIPAL
from trust_widgets.policy import (
    Fix,
    Home,
    Path,
    Replace,
    Statement,
    TrustPolicy,
    add_condition,
    example,
    keys_of,
    principals,
)

# A fixed account, and a name of which something is given.
_FIXABLE = re.compile(
    r"(?P<root>arn:aws(?:-[a-z]+)*:iam::"
    + ACCOUNT_ID
    + r":)(?:role|user)/(?=.*[A-Za-z0-9]).*[^/*?].*"
)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement, value in principals(policy, "AWS"):
        if form_of(value) is PrincipalForm.WILDCARD:
            yield Hit(
                path,
                f'"{value}" contains a wildcard. A principal is a complete name, or "*" alone '
                "for everyone. To trust names by pattern, name the account and put the pattern "
                'into a condition: "ArnLike": {"aws:PrincipalArn": '
                '"arn:aws:iam::111122223333:role/app-*"}.',
                fix=_fix(path, statement, value),
            )


def _fix(path: Path, statement: Statement, value: str) -> Fix | None:
    """Account and `ArnLike`: exact only for a principal that is alone, with no such condition
    yet.
    """
    found = _FIXABLE.fullmatch(value)
    alone = statement.principal is not None and sum(1 for _ in statement.principal.each()) == 1
    taken = "aws:principalarn" in keys_of(statement)
    if found is None or not alone or taken or statement.effect != "Allow":
        return None
    condition = add_condition(path[:2], statement, "ArnLike", "aws:PrincipalArn", value)
    return Fix(
        "Name the account, and the pattern in a condition",
        (Replace(path, found["root"] + "root"), condition),
    )


PITFALL = Pitfall(
    code="TP110",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="A wildcard in part of a principal",
    find=find,
    needs=AWS_PRINCIPAL,
    fine=(
        "Never. A condition on aws:PrincipalArn accepts wildcards, and still matches a role "
        "that was created again."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    bad=(
        example({"AWS": "arn:aws:iam::111122223333:role/app-*"}),
        example({"AWS": "arn:aws:iam::*:root"}),
        example({"AWS": ["arn:aws:iam::111122223333:role/*", "arn:aws:iam::444455556666:role/b"]}),
    ),
    good=(
        example(
            {"AWS": "111122223333"},
            condition={"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/app-*"}},
        ),
    ),
)
