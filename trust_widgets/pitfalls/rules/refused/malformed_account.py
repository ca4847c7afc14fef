"""An AWS principal that is neither a 12-digit account nor a whole ARN: a placeholder, a digit too
many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.aws.arns import arn_of
from trust_widgets.aws.principal_forms import PrincipalForm, form_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import AWS_PRINCIPAL
from trust_widgets.policy import Fix, Home, Replace, TrustPolicy, example, principals
from trust_widgets.text.placeholders import placeholder_in

_RIGHT = (
    'Write 12 digits, "111122223333", or a complete ARN, "arn:aws:iam::111122223333:role/name".'
)
_PLACEHOLDER = re.compile(r"[<>{}$()\[\]]|ACCOUNT|YOUR|_ID\b|ARN\b|X{4}", re.IGNORECASE)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, _, value in principals(policy, "AWS"):
        if form_of(value) is PrincipalForm.OTHER:
            tidy = _tidied(value)
            yield Hit(
                path,
                f'"{value}" {_what_is_wrong(value)}. {_RIGHT}',
                fix=Fix(f'Write "{tidy}"', (Replace(path, tidy),)) if tidy else None,
            )


def _what_is_wrong(value: str) -> str:
    if not value.strip():
        return "names no principal"
    if _tidied(value):
        return "contains characters that an account ID or an ARN cannot contain"
    arn = arn_of(value)
    part = arn.account if arn else value.removeprefix("arn:")
    if re.fullmatch(r"[\d -]+", part) and len(re.sub(r"\D", "", part)) != 12:
        return f"has {len(re.sub('[^0-9]', '', part))} digits where an account ID has 12"
    if _PLACEHOLDER.search(part) or placeholder_in(value):
        return "looks like a placeholder"
    return "is neither an account nor the ARN of a user or role"


def _tidied(value: str) -> str | None:
    """The same account or ARN without stray spaces and dashes, if that is all that was wrong."""
    head, separator, tail = value.strip().partition("::")
    if separator:
        account, colon, name = tail.partition(":")
        tidy = f"{head}::{_tidied_account(account)}{colon}{name}"
    else:
        tidy = _tidied_account(head)
    if form_of(tidy) in (PrincipalForm.ACCOUNT, PrincipalForm.NAMED):
        return tidy
    return None


def _tidied_account(account: str) -> str:
    return re.sub(r"(?<=\d)[ -](?=\d)", "", account.strip())


PITFALL = Pitfall(
    code="TP109",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="A malformed account ID or ARN",
    find=find,
    needs=AWS_PRINCIPAL,
    fine=(
        "Never in the document that you give to IAM. In a template, a tool replaces the "
        "placeholder first."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    bad=tuple(
        example({"AWS": value})
        for value in (
            "<ACCOUNT_ID>",
            "ACCOUNT_ID",
            "${account}",
            "11112222333",
            "arn:aws:iam::1111-2222-3333:role/app",
        )
    )
    + (
        example({"AWS": " arn:aws:iam::111122223333:role/app"}),
        example({"AWS": "arn:aws:iam:111122223333:role/app"}),
    ),
    good=(
        example({"AWS": "111122223333"}),
        example({"AWS": "arn:aws:iam::111122223333:role/team/app"}),
    ),
)
