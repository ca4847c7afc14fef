"""A Deny of `{"AWS": "*"}` for services or holders of tokens, of which AWS does not say that they
are in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.access import can_let_in
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.doubtful_denies import (
    SEARCH_STATES,
    names_as_everyone,
    without_doubtful,
)
from trust_widgets.pitfalls.needs import DENY
from trust_widgets.policy import Home, Path, Statement, TrustPolicy, example, may_assume, statements


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    told: dict[Path, None] = {}
    for _, statement in statements(policy, "Allow"):
        doubtful = [
            place
            for place, each in statements(policy, "Deny")
            if names_as_everyone(each, statement)
        ]
        if doubtful and may_assume(statement) and _hangs_on_it(policy, statement, home):
            told.update(dict.fromkeys(doubtful))
    for place in told:
        yield Hit(
            (*place, "Principal"),
            'This Deny may deny every caller that another statement allows: "*" under AWS may '
            "include services and holders of tokens, and they have none of these keys. AWS's "
            'examples exclude services from such a Deny with "BoolIfExists": '
            '{"aws:PrincipalIsAWSService": "false"}.',
            assumptions=(
                (
                    "AWS's pages do not say whether * under AWS includes services and holders "
                    "of tokens."
                ),
            ),
        )


def _hangs_on_it(policy: TrustPolicy, statement: Statement, home: Home) -> bool:
    """Whether someone is allowed without such a Deny, and surely nobody with it if it applies."""
    if _lets_in(policy, statement, home):
        return False
    return _lets_in(without_doubtful(policy, statement), statement, home)


def _lets_in(policy: TrustPolicy, statement: Statement, home: Home) -> bool:
    index = policy.statements.index(statement)
    return can_let_in(policy, index, home, states=SEARCH_STATES).found is True


def _beside(deny: str, principal: dict[str, str]) -> str:
    return example(principal).replace('"Statement": [', f'"Statement": [{deny}, ')


_DENY = '{"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole", "Condition": '
_OTHERS = '{"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}'
_BUT_SERVICES = ', "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}'

PITFALL = Pitfall(
    code="TP448",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="A Deny of everyone that may include services",
    find=find,
    needs=DENY,
    fine="When only users and roles need the role.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    bad=(_beside(f"{_DENY}{_OTHERS}}}}}", {"Service": "ec2.amazonaws.com"}),),
    good=(
        _beside(f"{_DENY}{_OTHERS}{_BUT_SERVICES}}}}}", {"Service": "ec2.amazonaws.com"}),
        _beside(f"{_DENY}{_OTHERS}}}}}", {"AWS": "arn:aws:iam::111122223333:role/app"}),
    ),
)
