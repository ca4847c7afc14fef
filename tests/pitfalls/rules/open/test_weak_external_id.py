"""An external ID that another customer of the same vendor may come to have too.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
"""

from __future__ import annotations

import pytest

from support.asking import HOME, found, only, policy
from trust_widgets.aws.accounts import accounts_of
from trust_widgets.findings import Severity, Verdict

NAME = "weak_external_id"
VENDOR = {"AWS": "arn:aws:iam::999988887777:root"}


def asking(*values: str, operator: str = "StringEquals", principal: object = VENDOR) -> str:
    """A policy for a vendor with one of these ids."""
    return policy(principal, condition={operator: {"sts:ExternalId": list(values)}})


@pytest.mark.parametrize(
    ("value", "severity"),
    [
        ("1234", Severity.LOW),
        ("a1b2c3", Severity.LOW),
        ("acme-company", Severity.LOW),
        ("111122223333", Severity.MEDIUM),
        ("1111-2222-3333", Severity.MEDIUM),
        ("octo-org", Severity.MEDIUM),
        ("external-id", Severity.MEDIUM),
        ("Test", Severity.MEDIUM),
    ],
)
def test_each_way_of_being_weak(value: str, severity: Severity) -> None:
    """Short ones and words are low; account IDs, one's own name and what everybody writes are
    medium.
    """
    finding = only(NAME, asking(value), HOME)
    assert (finding.verdict, finding.severity) == (Verdict.OPEN, severity)
    assert finding.path == ("Statement", 0, "Condition", "StringEquals", "sts:ExternalId", 0)
    assert finding.callers and f'"{value}"' in finding.callers[0]


def test_a_pattern_shows_another_id_that_fits() -> None:
    """The caller's ID is none that the author wrote."""
    finding = only(NAME, asking("octo-*", operator="StringLike"), HOME)
    assert finding.severity is Severity.MEDIUM
    assert '"octo-*"' not in finding.callers[0] and '"octo-' in finding.callers[0]


def test_the_weak_one_beside_a_good_one() -> None:
    """The value at fault is told."""
    assert only(NAME, asking("b2f6c3de-9a41-4b55", "1234"), HOME).path[-1] == 1


def test_the_vendors_own_name() -> None:
    """Every customer would write it."""
    principal = {"AWS": accounts_of("Datadog")[0]}
    assert only(NAME, asking("datadog", principal=principal)).severity is Severity.MEDIUM


@pytest.mark.parametrize(
    "text",
    [
        asking("b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"),
        asking("us-east-1/444455556666/shop/default/cart"),
        asking("Octo8f2kQ"),
        # As Spacelift's page has it: the account's name, "@", and what runs.
        asking("octo-org@*", operator="StringLike"),
        asking("octo-org@01HXYZ@shop@*", operator="StringLike"),
        asking("test", operator="StringNotEquals"),
        asking("ab", principal={"AWS": "arn:aws:iam::111122223333:role/deploy"}),
        policy(VENDOR, "sts:TagSession", {"StringEquals": {"sts:ExternalId": "test"}}),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """Random ones, what EKS sends, a negation, one's own callers, and a statement that lets nobody
    assume the role.
    """
    assert found(NAME, text, HOME) == []


def test_that_an_id_is_there_is_no_id() -> None:
    """Null's "false" says that a key is there, not what it holds."""
    role = {"AWS": "arn:aws:iam::999988887777:role/scanner"}
    assert found(NAME, policy(role, condition={"Null": {"sts:ExternalId": "false"}}), HOME) == []


def test_anyone_is_told_instead() -> None:
    """Where anyone gets in, the id is the least of it."""
    assert [f.name for f in (only("anyone", asking("1234", principal={"AWS": "*"})),)] == ["anyone"]
