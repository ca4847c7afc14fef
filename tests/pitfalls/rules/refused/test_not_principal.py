"""`NotPrincipal`, which a role's trust policy cannot hold.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import found, grant, only, places, policy, several
from trust_widgets.findings import Severity, Verdict

NAME = "not_principal"
ROLE = "arn:aws:iam::111122223333:role/admin"


@pytest.mark.parametrize("effect", ["Allow", "Deny"])
@pytest.mark.parametrize(
    "value", [{"AWS": ROLE}, {"AWS": [ROLE, "444455556666"]}, {"Service": "ec2.amazonaws.com"}]
)
def test_it_is_refused_whatever_it_says(effect: str, value: Any) -> None:
    """In an Allow and in a Deny; no fix, since an Allow for everyone but one is public."""
    finding = only(NAME, policy(None, NotPrincipal=value, Effect=effect))
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert finding.path == ("Statement", 0, "NotPrincipal")
    assert finding.fix is None


def test_the_bare_asterisk() -> None:
    """Not everyone, which is nobody, is refused like any other."""
    assert only(NAME, policy(None, NotPrincipal="*")).path == ("Statement", 0, "NotPrincipal")


def test_beside_a_principal_and_in_a_later_statement() -> None:
    """A good principal does not make up for it."""
    text = several(grant({"AWS": ROLE}), grant({"AWS": ROLE}, NotPrincipal={"AWS": "444455556666"}))
    assert places(NAME, text) == [("Statement", 1, "NotPrincipal")]


def test_another_spelling_is_an_unknown_element() -> None:
    """Elements are spelled exactly so: in small letters it is told as that, once."""
    text = policy(None, notprincipal={"AWS": ROLE}, Effect="Deny")
    assert found(NAME, text) == []
    assert len(found("unknown_element", text)) == 1


def test_the_way_to_write_a_deny_with_exceptions() -> None:
    """Everyone but one role, by a negated condition in a Deny, is what AWS takes."""
    condition = {"ArnNotLike": {"aws:PrincipalArn": ROLE}}
    assert (
        found(
            NAME,
            several(grant({"AWS": ROLE}), grant({"AWS": "*"}, condition=condition, Effect="Deny")),
        )
        == []
    )
