"""That the MFA key is there says nothing of MFA: sessions without MFA have it as "false".

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import found, policy
from trust_widgets.findings import Verdict

NAME = "mfa_key_without_its_value"
PRESENT, AGE = "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge"


@pytest.mark.parametrize("value", ["false", False, "FALSE"])
@pytest.mark.parametrize(
    "principal", ["arn:aws:iam::111122223333:user/ops", "arn:aws:iam::444455556666:root", "*"]
)
def test_presence_is_not_mfa(principal: str, value: Any) -> None:
    (finding,) = found(NAME, policy({"AWS": principal}, condition={"Null": {PRESENT: value}}))
    assert finding.verdict is Verdict.OPEN
    assert finding.path == ("Statement", 0, "Condition", "Null", PRESENT)


@pytest.mark.parametrize(
    "condition",
    [
        {"Null": {PRESENT: "false"}, "Bool": {PRESENT: "true"}},
        {"Null": {PRESENT: "false"}, "BoolIfExists": {PRESENT: "true"}},
        {"Null": {PRESENT: "false"}, "NumericLessThan": {AGE: "3600"}},
        {"Null": {PRESENT: "true"}},
        {"Null": {AGE: "false"}},
        {"Bool": {PRESENT: "true"}},
    ],
)
def test_a_value_is_required_as_well(condition: dict[str, Any]) -> None:
    """The age of MFA is there only where MFA was used."""
    assert found(NAME, policy({"AWS": "111122223333"}, condition=condition)) == []


def test_a_deny_is_fine() -> None:
    deny = policy({"AWS": "*"}, Effect="Deny", condition={"Null": {PRESENT: "false"}})
    assert found(NAME, deny) == []
