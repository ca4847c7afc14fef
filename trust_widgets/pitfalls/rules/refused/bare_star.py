"""`"Principal": "*"`, which IAM does not save for a role; `{"AWS": "*"}` is another document."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.actions import TOKEN_ACTIONS
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.policy import (
    Fix,
    Home,
    Path,
    Replace,
    Statement,
    TrustPolicy,
    example,
    keeps_strangers_out,
    known_action,
    one_or_many,
    partition_of_role,
    statements,
)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy):
        if statement.principal is not None and statement.principal.star:
            yield Hit(
                (*path, "Principal"),
                'IAM rejects "Principal": "*" in a role trust policy. Name who can assume the '
                f'role, for example {{"AWS": "{_example(home)}"}}. To allow everyone in your '
                'organization, write {"AWS": "*"} with a condition on aws:PrincipalOrgID.',
                fix=_fix((*path, "Principal"), statement, home),
            )


def _example(home: Home) -> str:
    """An account of the role's partition."""
    return f"arn:{partition_of_role(home) or 'aws'}:iam::111122223333:root"


def _fix(path: Path, statement: Statement, home: Home) -> Fix | None:
    """`{"AWS": "*"}` where that allows no external caller; else the reader's own accounts, which
    never use SAML or OIDC."""
    if statement.effect == "Deny" or keeps_strangers_out(statement):
        title = 'Write {"AWS": "*"}, which the condition restricts'
        return Fix(title, (Replace(path, {"AWS": "*"}),))
    actions = {known_action(action) for action in statement.action or ()}
    if not home.accounts or actions & set(TOKEN_ACTIONS):
        return None
    partition = partition_of_role(home) or "aws"
    roots = [f"arn:{partition}:iam::{account}:root" for account in home.accounts]
    edit = Replace(path, {"AWS": one_or_many(roots)})
    return Fix("Trust your own accounts instead of everyone", (edit,))


PITFALL = Pitfall(
    code="TP101",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title='A bare "*" as principal',
    find=find,
    fine="Never in a trust policy. Bucket and queue policies can contain it.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    bad=(
        example("*"),
        example("*", condition={"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
    ),
    good=(
        example({"AWS": "*"}, condition={"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
        example({"AWS": "111122223333"}),
    ),
)
