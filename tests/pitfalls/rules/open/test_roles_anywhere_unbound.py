"""IAM Roles Anywhere without the trust anchor, or without anything of the certificate.

https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import HOME, found, loud, only, policy
from trust_widgets.findings import Severity, Verdict

NAME = "roles_anywhere_unbound"
SERVICE = {"Service": "rolesanywhere.amazonaws.com"}
ACTIONS = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]
ANCHOR = {
    "ArnEquals": {"aws:SourceArn": "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/ta-1"}
}
ANY_ANCHOR = {
    "ArnLike": {"aws:SourceArn": "arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/*"}
}
NAMED = {"StringEquals": {"aws:PrincipalTag/x509Subject/CN": "my-workload"}}
ACCOUNT = {"StringEquals": {"aws:SourceAccount": "111122223333"}}


@pytest.mark.parametrize(
    ("condition", "anchor", "name"),
    [
        (None, True, True),
        (ACCOUNT, True, True),
        (ANCHOR, False, True),
        (NAMED, True, False),
        (ANY_ANCHOR | NAMED, True, False),
        (ANCHOR | {"StringLike": {"aws:PrincipalTag/x509Subject/CN": "*"}}, False, True),
        (
            ANCHOR | {"StringEqualsIfExists": {"aws:PrincipalTag/x509Subject/CN": "my-workload"}},
            False,
            False,
        ),
        (ANCHOR | {"StringNotEquals": {"aws:PrincipalTag/x509Subject/CN": "revoked"}}, False, True),
        (ANCHOR | {"StringLike": {"aws:PrincipalTag/x509SAN/DNS": "*"}}, False, True),
        (ANCHOR | {"StringLike": {"sts:SourceIdentity": "*"}}, False, True),
        (
            {
                "ArnLike": {
                    "aws:SourceArn": (
                        "arn:aws:rolesanywhere:us-east-?:111122223333:trust-anchor/ta-1"
                    )
                }
            },
            False,
            True,
        ),
        (ANCHOR | {"StringNotEquals": {"STS:sourceidentity": "revoked"}}, False, True),
    ],
)
def test_what_is_missing(condition: Any, anchor: bool, name: bool) -> None:
    """The anchor, the name, or both, by what gets in and not by which key is asked for."""
    if not anchor and not name:
        assert found(NAME, policy(SERVICE, ACTIONS, condition), HOME) == []
        return
    finding = only(NAME, policy(SERVICE, ACTIONS, condition), HOME)
    assert (finding.verdict, finding.severity) == (Verdict.OPEN, Severity.MEDIUM)
    assert finding.path == ("Statement", 0, "Principal", "Service", 0)
    assert ("any trust anchor" in finding.message, "any certificate" in finding.message) == (
        anchor,
        name,
    )
    (caller,) = finding.callers
    assert ("another trust anchor" in caller, "with the name" in caller) == (anchor, name)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (NAMED, "any trust anchor. "),
        (
            NAMED | {"StringEquals": {**NAMED["StringEquals"], **ACCOUNT["StringEquals"]}},
            "any trust anchor of account 111122223333. ",
        ),
        (
            NAMED
            | {"ArnLike": {"aws:SourceArn": "arn:aws:rolesanywhere:*:111122223333:trust-anchor/*"}},
            "any trust anchor of account 111122223333. ",
        ),
        (
            NAMED
            | {"ArnLike": {"aws:SourceArn": "arn:aws:rolesanywhere:*:444455556666:trust-anchor/*"}},
            "any trust anchor of account 444455556666. ",
        ),
        (NAMED | ANY_ANCHOR, "any trust anchor of account 111122223333 in eu-west-1. "),
        (
            NAMED | {"ArnLike": {"aws:SourceArn": "arn:aws:rolesanywhere:*:*:trust-anchor/*"}},
            "any trust anchor. ",
        ),
    ],
)
def test_of_which_account_the_anchors_are(condition: Any, words: str) -> None:
    """What aws:SourceArn or aws:SourceAccount says of them is told."""
    assert f"accepts {words}" in only(NAME, policy(SERVICE, ACTIONS, condition), HOME).message


@pytest.mark.parametrize(
    "condition",
    [
        ANCHOR | NAMED,
        ANCHOR | {"StringLike": {"aws:PrincipalTag/x509SAN/DNS": "*.octo.example"}},
        ANCHOR | {"StringEquals": {"sts:SourceIdentity": "my-workload"}},
    ],
)
def test_an_anchor_and_a_name(condition: Any) -> None:
    """A subject, an alternative name, or the source identity, which is the common name."""
    assert loud(policy(SERVICE, ACTIONS, condition), HOME) == []


def test_what_is_dead_is_not_open() -> None:
    """Without its three actions Roles Anywhere lets nobody in."""
    assert found(NAME, policy(SERVICE, "sts:AssumeRole"), HOME) == []


# Roles Anywhere takes both from the certificate:
# https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
@pytest.mark.parametrize("name", ["x509Subject/CN", "x509Issuer/CN", "x509SAN/DNS"])
def test_a_certificate_compared_with_itself(name: str) -> None:
    """Every certificate of the anchor meets it."""
    anchor = "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/ta-1"
    condition = {
        "ArnEquals": {"aws:SourceArn": anchor},
        "StringEquals": {f"aws:PrincipalTag/{name}": f"${{aws:RequestTag/{name}}}"},
    }
    actions = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]
    text = policy({"Service": "rolesanywhere.amazonaws.com"}, actions, condition)
    assert [finding.code for finding in loud(text)] == ["TP315"]
