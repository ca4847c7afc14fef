"""A step of `check` that raises is a finding TP000, and everything else is reported as ever."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest

from support.failing import SECRET, boom, break_pitfall, family
from trust_widgets.findings import Finding, Severity, Verdict
from trust_widgets.pitfalls import PITFALLS, Hit, check
from trust_widgets.policy import Accepted, Home, TrustPolicy

OPEN = {"Sid": "Open", "Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
EC2 = {
    "Sid": "Ec2",
    "Effect": "Allow",
    "Principal": {"Service": "ec2.amazonaws.com"},
    "Action": "sts:AssumeRole",
}


def policy(*statements: object) -> str:
    """A policy's text, of 2008: its version is an advice of its own, TP404."""
    return json.dumps({"Version": "2008-10-17", "Statement": statements})


def errors_in(findings: tuple[Finding, ...]) -> list[Finding]:
    """The internal errors among findings."""
    return [finding for finding in findings if finding.code == "TP000"]


def test_the_other_pitfalls_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """TP301 and TP404 are found without the one that raises, which is named with the exception's
    type alone.
    """
    break_pitfall(monkeypatch, "nobody")
    found = check(policy(OPEN))
    (error,) = errors_in(found)

    assert {finding.code for finding in found} == {"TP301", "TP404", "TP000"}
    assert (error.name, error.verdict, error.severity) == (
        "internal_error",
        Verdict.ADVICE,
        Severity.INFO,
    )
    assert f"{PITFALLS['nobody'].code} (nobody)" in error.message and "IndexError" in error.message
    assert SECRET not in str(found)


@pytest.mark.parametrize(
    ("sid", "path"),
    [("Ec2", ("Statement", 1)), ("Open", ("Statement", 0)), (None, ("Statement", 0))],
)
def test_the_statement_is_named_where_it_is_known(
    monkeypatch: pytest.MonkeyPatch, sid: str | None, path: tuple[str, int]
) -> None:
    """It is the first that makes the pitfall raise when it stands alone."""
    break_pitfall(monkeypatch, "nobody", sid)
    (error,) = errors_in(check(policy(OPEN, EC2)))
    assert error.path == path


def test_no_statement_is_named_where_none_raises_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pitfall about two statements together."""

    def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
        if len(policy.statements) > 1:
            raise IndexError(SECRET)
        return iter(())

    family(monkeypatch, nobody=replace(PITFALLS["nobody"], find=find, needs=frozenset()))
    (error,) = errors_in(check(policy(OPEN, EC2)))
    assert error.path == ()


def test_what_was_found_before_it_raised_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A generator may raise at its second hit."""

    def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
        yield from PITFALLS["anyone"].find(policy, home)
        raise IndexError(SECRET)

    family(monkeypatch, anyone=replace(PITFALLS["anyone"], find=find, needs=frozenset()))
    assert {"TP301", "TP000"} <= {finding.code for finding in check(policy(OPEN))}


DEAD = next(
    (name, text)
    for name, pitfall in PITFALLS.items()
    if pitfall.verdict is Verdict.DEAD
    for text in pitfall.bad
    if any(f.name == name and f.fix and len(f.path) > 1 for f in check(text, pitfall.home))
)
"""A dead value with a fix, which is checked by what would be open after it."""


def test_each_pitfall_that_raises_is_one_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of them; `anyone` is asked again for the fix of what is dead, and is told once all the
    same.
    """
    name, text = DEAD
    family(
        monkeypatch,
        **{
            each: replace(PITFALLS[each], find=boom, needs=frozenset())
            for each in ("anyone", "bad_sid")
        },
    )
    errors = errors_in(check(text, PITFALLS[name].home))
    assert sorted(error.message.split(" failed")[0] for error in errors) == [
        "Check TP119 (bad_sid)",
        "Check TP301 (anyone)",
    ]


def test_a_fix_that_could_not_be_checked_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """It might open the role; the finding stays."""
    name, text = DEAD
    family(monkeypatch, anyone=replace(PITFALLS["anyone"], find=boom, needs=frozenset()))
    found = check(text, PITFALLS[name].home)
    assert [finding.fix for finding in found if finding.name == name] == [None]
    assert len(errors_in(found)) == 1


@pytest.mark.parametrize("step", ["apply_precedence", "drop_widening_fixes"])
def test_a_later_step_that_raises_hides_no_finding(
    monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """What hides findings, and what checks fixes."""
    monkeypatch.setattr(f"trust_widgets.pitfalls.judging.{step}", boom)
    found = check(policy(OPEN))
    assert {"TP301", "TP404"} <= {finding.code for finding in found} and len(errors_in(found)) == 1


def test_an_acceptance_that_raises_is_the_pitfalls(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done on a pitfall's behalf is told as its own, once."""
    monkeypatch.setattr("trust_widgets.pitfalls.judging.settled", boom)
    found = check(policy(OPEN))
    assert {"Check TP301 (anyone)", "Check TP404 (version_old_or_missing)"} == {
        error.message.split(" failed")[0] for error in errors_in(found)
    }


def test_a_family_that_cannot_be_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then nothing was checked, and the finding says so."""
    monkeypatch.setattr("trust_widgets.pitfalls.judging.PITFALLS", None)
    (error,) = check(policy(OPEN))
    assert error.code == "TP000" and "This policy was not checked." in error.message


@pytest.mark.parametrize("text", [policy(OPEN), "", "{", "hello"])
def test_a_reader_that_raises(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Whatever the text; a number is still refused as no text."""
    monkeypatch.setattr("trust_widgets.findings.internal_errors.parse", boom)
    (error,) = check(text)
    assert (
        error.code == "TP000"
        and "Reading the policy failed" in error.message
        and SECRET not in str(error)
    )
    with pytest.raises(TypeError, match="a trust policy is needed"):
        check(7)  # type: ignore[arg-type]


def test_ctrl_c_is_not_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is anything else that is no `Exception`."""

    def interrupt(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
        raise KeyboardInterrupt

    family(monkeypatch, anyone=replace(PITFALLS["anyone"], find=interrupt))
    with pytest.raises(KeyboardInterrupt):
        check(policy(OPEN))


def test_it_cannot_be_accepted() -> None:
    """Or a check that fails would be accepted for ever."""
    with pytest.raises(ValueError, match="TP000"):
        Accepted("TP000", "Known.")


def test_the_traceback_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Once, with level ERROR and the exception, for whoever configures logging."""
    break_pitfall(monkeypatch, "nobody")
    with caplog.at_level(logging.DEBUG, "trust_widgets"):
        check(policy(OPEN))
    (record,) = caplog.records
    assert (
        record.levelno == logging.ERROR and record.name == "trust_widgets.findings.internal_errors"
    )
    assert record.exc_info and isinstance(record.exc_info[1], IndexError)
