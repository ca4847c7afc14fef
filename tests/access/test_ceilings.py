"""Questions about all callers under RCPs and SCPs of the role's account."""

from __future__ import annotations

from typing import Any

import pytest

import trust_widgets as tw

HOME = tw.Home(
    accounts=("111122223333",),
    organization="o-a1b2c3d4e5",
    role="arn:aws:iam::111122223333:role/app",
)
SERVICE = "ec2.amazonaws.com"


def trust(principal: Any, action: str = "sts:AssumeRole", **conditions: Any) -> dict[str, Any]:
    """A trust policy of one statement."""
    statement = {"Effect": "Allow", "Principal": principal, "Action": action}
    if conditions:
        statement["Condition"] = conditions
    return {"Version": "2012-10-17", "Statement": [statement]}


def beside(action: str | list[str], effect: str = "Deny", **more: Any) -> dict[str, Any]:
    """A policy beside it, of one statement."""
    statement = {"Effect": effect, "Action": action, "Resource": "*", **more}
    return {"Version": "2012-10-17", "Statement": [statement]}


PERIMETER = beside(
    "sts:AssumeRole",
    Principal="*",
    Condition={
        "StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
        "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
    },
)
FULL = beside("*", "Allow")


def test_an_rcp_makes_a_public_role_one_of_the_organization() -> None:
    """https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html"""
    everyone = trust({"AWS": "*"})
    assert tw.is_public(everyone, HOME).found is True
    under = tw.is_public(everyone, HOME, rcps=PERIMETER)
    assert under.found is False and "under the RCPs given" in under.because
    [only] = tw.who_gets_in(everyone, HOME, rcps=PERIMETER)
    assert only.witness is not None and "under the RCPs given" in only.sentence
    decision = tw.evaluate(everyone, only.witness, rcps=PERIMETER)
    assert decision.outcome == "allowed"


def test_another_account_is_dead_under_an_rcp_alone() -> None:
    """Never plain dead: without the RCP it gets in."""
    other = trust({"AWS": "444455556666"})
    deny = beside("sts:*", Principal="*")
    assert len(tw.who_gets_in(other, HOME)) == 1
    under = tw.who_gets_in(other, HOME, rcps=deny)
    assert len(under) == 0 and "under the RCPs" in repr(under)


def test_an_rcp_binds_services_and_tokens_too() -> None:
    """https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html"""
    deny = beside("sts:AssumeRole", Principal="*")
    assert len(tw.who_gets_in(trust({"Service": SERVICE}), HOME, rcps=deny)) == 0


def test_an_rcp_for_another_role_changes_nothing() -> None:
    """Its resource is not this role."""
    deny = beside("sts:AssumeRole", Principal="*")
    deny["Statement"][0]["Resource"] = "arn:aws:iam::*:role/admin"
    assert len(tw.who_gets_in(trust({"Service": SERVICE}), HOME, rcps=deny)) == 1


def test_an_rcp_for_a_role_of_some_name_does_not_stop_the_example_role() -> None:
    """Nobody said what the role is called."""
    deny = beside("sts:AssumeRole", Principal="*")
    deny["Statement"][0]["Resource"] = "arn:aws:iam::*:role/admin"
    unknown = tw.Home(accounts=("111122223333",))
    [found] = tw.who_gets_in(trust({"Service": SERVICE}), unknown, rcps=deny)
    assert found.witness is not None and found.witness.role.endswith("/example-role")


def test_the_management_account_is_not_bound() -> None:
    """https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html"""
    deny = beside("sts:AssumeRole", Principal="*")
    found = tw.who_gets_in(
        trust({"Service": SERVICE}), HOME, rcps=deny, management_account="111122223333"
    )
    assert len(found) == 1


@pytest.mark.parametrize(
    ("scps", "count"),
    [
        ([FULL], 1),
        ([FULL, beside("s3:*", "Allow")], 0),
        ([[FULL, beside("sts:AssumeRole")]], 0),
        ([beside("sts:*", "Allow")], 1),
        ([beside("*", "Allow", Condition={"Null": {"aws:PrincipalArn": "true"}})], 0),
        ([beside("*", "Allow", Condition={"Null": {"aws:PrincipalArn": "false"}})], 1),
    ],
)
def test_scps_bind_the_own_account(scps: list[Any], count: int) -> None:
    """Each level needs an Allow:
    https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
    """
    own = trust({"AWS": "111122223333"})
    assert len(tw.who_gets_in(own, HOME, scps=scps)) == count


def test_scps_of_the_own_account_do_not_bind_callers_of_others() -> None:
    """Nor services."""
    deny = [[FULL, beside("sts:AssumeRole")]]
    assert len(tw.who_gets_in(trust({"AWS": "444455556666"}), HOME, scps=deny)) == 1
    assert len(tw.who_gets_in(trust({"Service": SERVICE}), HOME, scps=deny)) == 1


def test_an_edit_that_gains_nobody_under_an_rcp() -> None:
    """Everyone is let in by the edit, and kept out by the RCP."""
    before = trust({"Service": SERVICE})
    after = {**before, "Statement": [*before["Statement"], *trust({"AWS": "*"})["Statement"]]}
    assert tw.compare(before, after, HOME).gained.found is True
    gained = tw.compare(before, after, HOME, rcps=beside("sts:*", Principal="*")).gained
    assert gained.found is False and "under the RCPs given" in gained.because
