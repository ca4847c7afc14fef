"""A statement whose only principals are federated users, of GetFederationToken.

Their credentials can call nothing of AWS STS but GetCallerIdentity, so no request of theirs reaches
the role. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import FormerCode, Hit, Pitfall
from trust_widgets.pitfalls.federated_users import (
    SOURCE,
    FederatedUsers,
    federated_users_of,
    role_instead_of,
)
from trust_widgets.pitfalls.needs import AWS_PRINCIPAL
from trust_widgets.policy import (
    Home,
    TrustPolicy,
    example,
    is_meant_to_assume,
    quoted,
    statements,
)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy, "Allow"):
        federated = federated_users_of(statement)
        if not federated.are_alone or not is_meant_to_assume(statement):
            continue
        place, _ = federated.users[0]
        if len(federated.users) > 1:
            place = place[:-1]  # one finding for the list
        yield Hit((*path, *place), _message(federated))


def _message(federated: FederatedUsers) -> str:
    users = sorted(user for _, user in federated.users)  # in whichever order they are written
    names = quoted([user.text for user in users])
    are = "is a federated user" if len(users) == 1 else "are federated users"
    return (
        f"{names} {are}. The credentials of GetFederationToken can call only GetCallerIdentity "
        "of AWS STS, so no one can assume the role through this statement. Name the IAM user "
        f'or the role that makes the request, for example "{role_instead_of(users[0])}".'
    )


_REPORT = "arn:aws:sts::111122223333:federated-user/report"

PITFALL = Pitfall(
    code="TP240",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="Only federated users",
    find=find,
    needs=AWS_PRINCIPAL,
    fine=(
        "In resource-based policies, such as bucket policies, where a federated user can be "
        "the principal; and in a Deny, where it does no harm."
    ),
    source=SOURCE,
    bad=(
        example({"AWS": _REPORT}),
        example({"AWS": [_REPORT, "arn:aws:sts::111122223333:federated-user/audit"]}),
    ),
    good=(
        example({"AWS": ["arn:aws:iam::111122223333:role/deploy", _REPORT]}),
        example({"AWS": "arn:aws:sts::111122223333:assumed-role/report/session"}),
        example({"AWS": "arn:aws:iam::111122223333:role/federated-user/report"}),
        example({"AWS": _REPORT}, Effect="Deny"),
    ),
    former_codes=(
        FormerCode(
            "TP418",
            "A federated user as principal",
            "A statement that names only federated users allows nobody, so it is dead.",
        ),
    ),
)
