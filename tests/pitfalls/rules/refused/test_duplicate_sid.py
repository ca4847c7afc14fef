"""The same `Sid` on two statements.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
"""

from __future__ import annotations

from support.asking import fixed, found, grant, only, places, several
from trust_widgets.findings import Severity, Verdict

NAME = "duplicate_sid"
SERVICES = (
    "ec2.amazonaws.com",
    "lambda.amazonaws.com",
    "ssm.amazonaws.com",
    "backup.amazonaws.com",
)


def sids(*names: str | None) -> str:
    """A policy of one statement for each Sid."""
    pairs = zip(SERVICES, names, strict=False)
    return several(*(grant({"Service": service}, Sid=name) for service, name in pairs))


def test_the_second_is_told_and_numbered() -> None:
    """The first keeps its Sid; the second gets the next free one."""
    text = sids("Web", "Web")
    finding = only(NAME, text)
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert finding.path == ("Statement", 1, "Sid")
    assert [statement["Sid"] for statement in fixed(finding, text)["Statement"]] == ["Web", "Web2"]


def test_a_taken_number_is_passed_over() -> None:
    """A Sid that stands elsewhere in the policy is not given a second time."""
    text = sids("Web", "Web", "Web2")
    assert [statement["Sid"] for statement in fixed(only(NAME, text), text)["Statement"]] == [
        "Web",
        "Web3",
        "Web2",
    ]


def test_every_further_one_gets_its_own() -> None:
    """Three of a kind are two findings whose fixes do not collide."""
    text = sids("Web", "Jobs", "Web", "Web")
    first, second = found(NAME, text)
    assert (first.path, second.path) == (("Statement", 2, "Sid"), ("Statement", 3, "Sid"))
    assert first.fix is not None
    assert second.fix is not None
    assert [s["Sid"] for s in fixed(second, first.fix.apply(text))["Statement"]] == [
        "Web",
        "Jobs",
        "Web2",
        "Web3",
    ]


def test_an_allow_and_a_deny_share_one_name_space() -> None:
    """The effect has no part in it."""
    text = several(
        grant({"Service": SERVICES[0]}, Sid="Web"),
        grant({"Service": SERVICES[1]}, Effect="Deny", Sid="Web"),
    )
    assert places(NAME, text) == [("Statement", 1, "Sid")]


def test_empty_and_missing_ones_do_not_collide() -> None:
    """AWS's own examples write several empty Sids, and most statements have none."""
    assert found(NAME, sids("", "", None, None)) == []
    assert found(NAME, sids("Web", "Jobs")) == []
