"""A federated user, of GetFederationToken, among the principals of a role that it cannot assume.

A statement that names federated users alone is `only_federated_users`.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.federated_users import SOURCE, federated_users_of, role_instead_of
from trust_widgets.pitfalls.needs import AWS_PRINCIPAL
from trust_widgets.policy import Home, TrustPolicy, example, is_meant_to_assume, statements

_BOB = "arn:aws:sts::111122223333:federated-user/report"


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy, "Allow"):
        federated = federated_users_of(statement)
        if federated.are_alone or not is_meant_to_assume(statement):
            continue
        for place, user in federated.users:
            instead = role_instead_of(user)
            yield Hit(
                (*path, *place),
                f'"{user.text}" is a federated user and cannot assume roles. The credentials '
                "of GetFederationToken can call only GetCallerIdentity of AWS STS. Name the "
                f'IAM user or the role that makes the request, for example "{instead}".',
            )


PITFALL = Pitfall(
    code="TP418",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="A federated user among the principals",
    find=find,
    needs=AWS_PRINCIPAL,
    fine=(
        "In resource-based policies, such as bucket policies, where a federated user can be "
        "the principal. IAM also accepts it in a trust policy, where it does no harm."
    ),
    source=SOURCE,
    bad=(example({"AWS": ["arn:aws:iam::111122223333:role/deploy", _BOB]}),),
    good=(
        example({"AWS": _BOB}),  # alone: only_federated_users
        example({"AWS": "arn:aws:sts::111122223333:assumed-role/report/session"}),
        example({"AWS": "arn:aws:iam::111122223333:role/federated-user/report"}),
        example({"AWS": _BOB}, Effect="Deny"),
    ),
)
