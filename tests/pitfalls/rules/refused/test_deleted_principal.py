"""The unique id of a deleted user or role.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
"""

from __future__ import annotations

import pytest

from support.asking import found, grant, only, places, policy, several
from trust_widgets.findings import Severity, Verdict

NAME = "deleted_principal"
ROLE_ID = "AROADBQP57FF2AEXAMPLE"
USER_ID = "AIDACKCEVSQ6C2EXAMPLE"


@pytest.mark.parametrize(("unique_id", "kind"), [(ROLE_ID, "role"), (USER_ID, "user")])
def test_an_id_is_refused(unique_id: str, kind: str) -> None:
    """AROA is a role's and AIDA a user's prefix; nobody but the author knows whom to name now."""
    finding = only(NAME, policy({"AWS": unique_id}))
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert finding.path == ("Statement", 0, "Principal", "AWS", 0)
    assert f"the unique ID of a {kind}" in finding.message and f":{kind}/name" in finding.message
    assert finding.fix is None


def test_what_is_said_is_true_of_a_living_role_too() -> None:
    """Nobody can tell from an id whether its role lives, so that it is not said of this one that it
    was deleted.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
    """
    message = only(NAME, policy({"AWS": ROLE_ID})).message
    assert message.startswith(
        f'"{ROLE_ID}" is the unique ID of a role. IAM shows it instead of the ARN '
    )
    assert (
        "has been deleted" not in message
        and (
            "was deleted. This ID matches no caller, and IAM rejects it when you save the policy. "
            "Name the"
        )
        in message
    )


def test_each_id_among_good_principals_and_in_a_deny() -> None:
    """Each is told at its own place in its list, whatever the effect."""
    text = several(
        grant({"AWS": ["arn:aws:iam::111122223333:role/app", ROLE_ID, USER_ID]}),
        grant({"AWS": USER_ID}, Effect="Deny"),
    )
    assert places(NAME, text) == [
        ("Statement", 0, "Principal", "AWS", 1),
        ("Statement", 0, "Principal", "AWS", 2),
        ("Statement", 1, "Principal", "AWS", 0),
    ]


@pytest.mark.parametrize(
    "value",
    [f"arn:aws:iam::111122223333:role/{ROLE_ID}", f"arn:aws:iam::111122223333:user/{USER_ID}"],
)
def test_a_name_that_looks_like_an_id(value: str) -> None:
    """An ARN whose name happens to be such an id is an ordinary principal."""
    assert found(NAME, policy({"AWS": value})) == []


@pytest.mark.parametrize(
    "value", ["AGPAI23HZ27SI6FQMGNQ2", "AIPAI23HZ27SI6FQMGNQ2", ROLE_ID.lower(), "AROA1"]
)
def test_other_ids_are_malformed_accounts(value: str) -> None:
    """Ids of groups and instance profiles, another case and a stump are no deleted user or role."""
    only("malformed_account", policy({"AWS": value}))


def test_an_id_in_a_condition_is_fine() -> None:
    """`aws:userid` compares with such ids."""
    condition = {"StringLike": {"aws:userid": f"{ROLE_ID}:*"}}
    assert found(NAME, policy({"AWS": "111122223333"}, condition=condition)) == []
