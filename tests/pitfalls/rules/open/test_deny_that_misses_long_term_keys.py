"""A Deny for callers without MFA that does not apply to those who call with an access key.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
"""

from __future__ import annotations

import pytest

from support.asking import HOME, fixed, found, grant, only, several
from trust_widgets.findings import Severity, Verdict

NAME = "deny_that_misses_long_term_keys"
KEY = "aws:MultiFactorAuthPresent"
USER = {"AWS": "arn:aws:iam::111122223333:user/octo"}


def deny(operator: str = "Bool", value: object = "false", **more: object) -> dict[str, object]:
    """A Deny for everybody, by MFA."""
    return grant({"AWS": "*"}, condition={operator: {KEY: value}}, Effect="Deny")


@pytest.mark.parametrize("value", ["false", False])
def test_an_access_key_passes(value: object) -> None:
    """AWS's page: the key is absent from such calls, and BoolIfExists is what denies them."""
    text = several(grant(USER), deny(value=value))
    finding = only(NAME, text, HOME)
    assert (finding.verdict, finding.severity) == (Verdict.OPEN, Severity.MEDIUM)
    assert finding.path == ("Statement", 1, "Condition", "Bool", KEY)
    assert finding.callers == (f"{USER['AWS']}, with an access key and without MFA",)
    assert fixed(finding, text)["Statement"][1]["Condition"] == {"BoolIfExists": {KEY: value}}


def test_no_fix_where_it_would_shut_out_a_role() -> None:
    """A session of a role has no MFA either: BoolIfExists would deny it."""
    role = grant({"AWS": "arn:aws:iam::444455556666:role/deploy"})
    assert only(NAME, several(grant(USER), role, deny()), HOME).fix is None


@pytest.mark.parametrize(
    "text",
    [
        several(grant(USER), deny("BoolIfExists")),
        several(grant(USER, condition={"Bool": {KEY: "true"}}), deny()),
        several(grant({"AWS": "arn:aws:iam::444455556666:role/deploy"}), deny()),
        several(grant({"Service": "ec2.amazonaws.com"}), deny()),
        several(grant(USER), deny(value="true")),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """The right operator, an Allow that asks for MFA itself, callers who have no access key, the
    other way round.
    """
    assert found(NAME, text, HOME) == []
