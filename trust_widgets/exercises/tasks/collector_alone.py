"""Trust one role of a vendor, under the external ID of its guide."""

from __future__ import annotations

from trust_widgets.exercises import Exercise
from trust_widgets.exercises.writing import PARTNER, VENDOR, calls, policy, statement

_ID = "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"
_COLLECTOR = f"arn:aws:iam::{VENDOR}:role/collector"
_WITH_ID = {"StringEquals": {"sts:ExternalId": _ID}}


def _session(role: str, account: str = VENDOR) -> str:
    return f"arn:aws:sts::{account}:assumed-role/{role}/run-1"


EXERCISE = Exercise(
    name="collector_alone",
    title="The guide of a vendor",
    minutes=6,
    brief=(
        f"The guide of a vendor says: trust the account {VENDOR} with the external ID {_ID}. On the"
        " telephone they say that only their role collector will ever come. Trust that role alone,"
        " with the external ID."
    ),
    start=policy(statement({"AWS": f"arn:aws:iam::{VENDOR}:root"}, Condition=_WITH_ID)),
    must_allow=(
        calls(
            "the role collector with your ID",
            "role_session",
            arn=_session("collector"),
            path="/",
            external_id=_ID,
        ),
    ),
    must_deny=(
        calls(
            "the vendor's role support with your ID",
            "role_session",
            arn=_session("support"),
            path="/",
            external_id=_ID,
        ),
        calls(
            "the role collector without an ID", "role_session", arn=_session("collector"), path="/"
        ),
        calls(
            f"a role collector of account {PARTNER} with your ID",
            "role_session",
            arn=_session("collector", PARTNER),
            path="/",
            external_id=_ID,
        ),
    ),
    narrowest=policy(statement({"AWS": _COLLECTOR}, Condition=_WITH_ID)),
    widest=policy(statement({"AWS": _COLLECTOR}, Condition=_WITH_ID)),
    hints=(
        "Who of the vendor is named here, and who should be?",
        "The principal says who may come, and the external ID says for whom: keep both.",
        f'Write "{_COLLECTOR}" in place of the account.',
    ),
    solutions=(
        policy(statement({"AWS": _COLLECTOR}, Condition=_WITH_ID)),
        policy(
            statement(
                {"AWS": VENDOR},
                Condition={**_WITH_ID, "ArnEquals": {"aws:PrincipalArn": _COLLECTOR}},
            )
        ),
        policy(
            statement({"AWS": _COLLECTOR}),
            statement(
                {"AWS": "*"}, Effect="Deny", Condition={"StringNotEquals": {"sts:ExternalId": _ID}}
            ),
        ),
    ),
    reading=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
    ),
)
