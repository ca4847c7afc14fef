"""Let a vendor act only for the customer who gave it this role: the confused deputy."""

from __future__ import annotations

from trust_widgets.exercises import Exercise
from trust_widgets.exercises.writing import PARTNER, VENDOR, calls, policy, statement

_ID = "b2f6c3de-7a41-4f0e-9c55-1d2e3f4a5b6c"
_COLLECTOR = f"arn:aws:iam::{VENDOR}:role/collector"
_SESSION = f"arn:aws:sts::{VENDOR}:assumed-role/collector/run-1"
_ROOT = f"arn:aws:iam::{VENDOR}:root"
_WITH_ID = {"StringEquals": {"sts:ExternalId": _ID}}

EXERCISE = Exercise(
    name="flat_seven",
    label="W3",
    title="Flat 7",
    minutes=8,
    brief=(
        f"A vendor with the account {VENDOR} collects your bills. It serves many customers, and"
        f" passes an ID of the customer whose data it wants: yours is {_ID}. The vendor may act for"
        " you, and never for another customer who only knows the name of your role."
    ),
    start=policy(statement({"AWS": _ROOT})),
    must_allow=(
        calls(
            "the vendor with your ID",
            "role_session",
            arn=_SESSION,
            path="/",
            external_id=_ID,
        ),
    ),
    must_deny=(
        calls(
            "the vendor with another customer's ID",
            "role_session",
            arn=_SESSION,
            path="/",
            external_id="77aa00ff-1111-4222-8333-444455556666",
        ),
        calls("the vendor without an ID", "role_session", arn=_SESSION, path="/"),
        calls(
            "another person who knows your ID",
            "iam_user",
            arn=f"arn:aws:iam::{PARTNER}:user/eve",
            external_id=_ID,
        ),
    ),
    narrowest=policy(statement({"AWS": _COLLECTOR}, Condition=_WITH_ID)),
    widest=policy(statement({"AWS": _ROOT}, Condition=_WITH_ID)),
    hints=(
        "How does the vendor know for whom it asks, and where could the role require that?",
        "A request can carry an external ID. It has to be there, and equal to yours.",
        'Add the condition "StringEquals" on "sts:ExternalId" with your ID.',
    ),
    solutions=(
        policy(statement({"AWS": _ROOT}, Condition=_WITH_ID)),
        policy(statement({"AWS": VENDOR}, Condition={"StringLike": {"sts:ExternalId": _ID}})),
        policy(statement({"AWS": _COLLECTOR}, Condition=_WITH_ID)),
        policy(
            statement({"AWS": _ROOT}),
            statement(
                {"AWS": "*"}, Effect="Deny", Condition={"StringNotEquals": {"sts:ExternalId": _ID}}
            ),
        ),
    ),
    reading=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
    ),
)
