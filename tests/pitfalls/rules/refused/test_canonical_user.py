"""`CanonicalUser`, an S3 form.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

import pytest

from support.asking import found, grant, only, places, policy, several
from trust_widgets.findings import Severity, Verdict

NAME = "canonical_user"
USER = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"
ROLE = "arn:aws:iam::111122223333:role/app"


@pytest.mark.parametrize("value", [USER, [USER], [USER, USER[::-1]]])
def test_it_is_refused_once(value: str | list[str]) -> None:
    """One finding at the kind, one value or several; which account was meant, no machine knows."""
    finding = only(NAME, policy({"CanonicalUser": value}))
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert finding.path == ("Statement", 0, "Principal", "CanonicalUser")
    assert finding.fix is None


def test_beside_a_good_principal_and_in_a_deny() -> None:
    """Good principals beside it do not help, nor does the effect."""
    text = several(
        grant({"AWS": ROLE}),
        grant({"AWS": ROLE, "CanonicalUser": USER}),
        grant({"CanonicalUser": USER}, Effect="Deny"),
    )
    assert places(NAME, text) == [
        ("Statement", 1, "Principal", "CanonicalUser"),
        ("Statement", 2, "Principal", "CanonicalUser"),
    ]


def test_near_cases_are_other_mistakes() -> None:
    """The same digits under AWS are a malformed account, and another spelling is an unknown
    element.
    """
    assert [f.name for f in found(NAME, policy({"AWS": USER}))] == []
    only("malformed_account", policy({"AWS": USER}))
    assert found(NAME, policy({"canonicaluser": USER})) == []
    only("unknown_element", policy({"canonicaluser": USER}))
