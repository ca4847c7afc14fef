"""What keeps an acceptance, as typed, from being taken."""

from __future__ import annotations

from datetime import date

from trust_widgets.findings import Finding, Severity
from trust_widgets.policy import Accepted


def complaints_about_acceptance(code: str, reason: str, until: str, today: date) -> dict[str, str]:
    """What is wrong with each field, with a right answer; empty when nothing is.

    Args:
        code: the finding's. reason, until: as typed; `until` is an ISO date or `""`. today: the
            present day.

    Example:
        >>> complaints_about_acceptance("TP302", "Ours.", "2027-01-30", date(2027, 1, 31))
        {'until': 'This date has passed. Enter a later date.'}
    """
    faults = {}
    if not reason.strip():
        faults["reason"] = "Enter the reason, for example: This is our auditors' account."
    fault = _fault_of_day(code, until, today)
    if fault:
        faults["until"] = fault
    return faults


def _fault_of_day(code: str, until: str, today: date) -> str:
    try:
        accepted = Accepted(code, "any", until)
    except ValueError:
        return f'"{until}" is not a date. Write year, month and day, like 2027-01-31.'
    if accepted.is_over(today):
        return "This date has passed. Enter a later date."
    return ""


def is_accepted_risk(finding: Finding) -> bool:
    """Whether anybody may be allowed, and the owner has accepted that: it is shown all the same."""
    return bool(finding.accepted) and finding.severity is Severity.CRITICAL
