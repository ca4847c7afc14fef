"""A value that a key never holds by its form: an account that is no 12 digits, a unit as an
organization's ID.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.access import never_holds
from trust_widgets.aws import operators
from trust_widgets.aws.arns import parts_of_pattern
from trust_widgets.aws.keys.records import key_record
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.pitfalls.required_conditions import RequiredCondition, outcome, values
from trust_widgets.policy import Fix, Home, Replace, TrustPolicy, example, principals_of_kind
from trust_widgets.providers import only_issuer
from trust_widgets.text.globs import is_exact


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each, place, text in values(policy):
        form = key_record(each.key).written
        if form is None or not _is_compared(each.base, text):
            continue
        if never_holds(each.key, each.base, text):
            told = ""
            if form.mistaken and re.fullmatch(form.mistaken, text):
                told = f" {form.instead}"
            right = _meant(each, text)
            yield Hit(
                place,
                f'{each.condition.key} contains {form.words}. It never contains "{text}".{told} '
                f"{outcome(each, place)}",
                fix=Fix(f'Write "{right}"', (Replace(place, right),)) if right else None,
            )


def _is_compared(base: str, text: str) -> bool:
    """Whether an operator compares a value as a text, and no other rule says that it cannot."""
    if base.startswith("Arn"):
        if parts_of_pattern((text,)) is None:
            return False
    elif not base.startswith("String"):
        return False
    return is_exact(text) or operators.takes_wildcards(base)


def _meant(each: RequiredCondition, text: str) -> str:
    """An account written with dashes or blanks, or by its root's ARN; a path without its end; the
    issuer of the statement's provider in place of its ARN.
    """
    found = re.fullmatch(r"(?:arn:aws[a-z-]*:iam::)?([0-9][0-9 -]*[0-9])(?::root)?", text.strip())
    digits = re.sub("[ -]", "", found[1]) if found else ""
    end = "/*" if operators.takes_wildcards(each.base) else "/"
    federated = principals_of_kind(each.statement, "Federated")
    issuer = only_issuer(federated)
    provider = federated[0] if issuer and issuer.lower() == text.lower() else ""
    guesses = (digits, f"{text}{end}" if "/" in text else "", provider)
    return next((g for g in guesses if g and not never_holds(each.key, each.base, g)), "")


_ROOT = {"AWS": "*"}
_LOGS = {"Service": "logs.amazonaws.com"}

PITFALL = Pitfall(
    code="TP214",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="A value that the key never has",
    find=find,
    needs=CONDITIONS,
    fine="Never: the values of this key always have the same form.",
    source=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"
    ),
    bad=(
        example(_LOGS, condition={"StringEquals": {"aws:SourceAccount": "1111-2222-3333"}}),
        example(_ROOT, condition={"StringEquals": {"aws:PrincipalOrgID": "ou-ab12-11111111"}}),
        example(
            {"AWS": "111122223333"},
            condition={"StringEquals": {"aws:SourceVpc": "vpce-1a2b3c4d5e6f"}},
        ),
    ),
    good=(
        example(_LOGS, condition={"StringEquals": {"aws:SourceAccount": "111122223333"}}),
        example(_ROOT, condition={"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
        example(_ROOT, condition={"StringEquals": {"aws:PrincipalOrgID": "${aws:ResourceOrgID}"}}),
        example(
            _ROOT, Effect="Deny", condition={"StringNotEquals": {"aws:PrincipalOrgID": "octo"}}
        ),
    ),
)
