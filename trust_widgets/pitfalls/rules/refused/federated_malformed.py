"""A federated principal that is no provider's ARN: a web address, or an ARN with a part missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.aws.arns import ACCOUNT_ID, arn_of, is_account_id
from trust_widgets.aws.oidc_issuers import BUILT_IN
from trust_widgets.aws.principal_forms import kind_for
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.examples import COGNITO, GITHUB, issued_by
from trust_widgets.pitfalls.needs import FEDERATED_PRINCIPAL
from trust_widgets.policy import Fix, Home, Replace, TrustPolicy, example, principals
from trust_widgets.text.placeholders import why_unfilled

_WELL_FORMED = re.compile(
    r"arn:aws(?:-[a-z]+)*:iam::"
    + ACCOUNT_ID
    + r":(?:saml-provider/[\w._-]{1,128}|oidc-provider/(?!https?:)[A-Za-z0-9.-]+(?:/[!-)+->@-~]*)?)"
)
_RIGHT = (
    'Write the ARN of the provider, which holds its address without "https://": '
    f'"{issued_by(GITHUB)["Federated"]}".'
)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, _, value in principals(policy, "Federated"):
        elsewhere = kind_for(value) in ("AWS", "Service")
        if value not in BUILT_IN and not elsewhere and not _WELL_FORMED.fullmatch(value):
            tidy = _tidied(value)
            fix = Fix(f'Write "{tidy}"', (Replace(path, tidy),)) if tidy else None
            yield Hit(
                path,
                f'"{value}" does not name an identity provider.{_why(value)} {_RIGHT}',
                fix=fix,
            )


def _why(value: str) -> str:
    """What is wrong with it, where that is plain: a placeholder, or an account ID of other than 12
    digits.
    """
    unfilled, arn = why_unfilled(value), arn_of(value)
    if unfilled:
        return f" {unfilled}"
    if arn is not None and re.fullmatch(r"[0-9]*", arn.account) and not is_account_id(arn.account):
        return f" An account ID has 12 digits, and this ARN has {len(arn.account)}."
    return ""


def _tidied(value: str) -> str | None:
    """The same ARN without the scheme of a web address or stray spaces, if that is all that was
    wrong.
    """
    tidy = re.sub(r"https?://", "", value.strip())
    if tidy in BUILT_IN or _WELL_FORMED.fullmatch(tidy):
        return tidy
    return None


_ARN = "arn:aws:iam::111122223333:oidc-provider"

PITFALL = Pitfall(
    code="TP117",
    verdict=Verdict.REFUSED,
    severity=Severity.ERROR,
    title="A malformed identity provider",
    find=find,
    needs=FEDERATED_PRINCIPAL,
    fine=(
        "Never: a federated principal is a provider's ARN, or the host of a built-in provider, such"
        f" as {COGNITO}."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    bad=tuple(
        example(
            {"Federated": value},
            "sts:AssumeRoleWithWebIdentity",
            {"StringEquals": {"idp.octo.example:sub": "a"}},
        )
        for value in (
            f"{_ARN}/https://idp.octo.example",
            "https://idp.octo.example",
            "*",
            "arn:aws:iam::<ACCOUNT_ID>:oidc-provider/idp.octo.example",
        )
    ),
    good=(
        example(
            {"Federated": f"{_ARN}/idp.octo.example"},
            "sts:AssumeRoleWithWebIdentity",
            {"StringEquals": {"idp.octo.example:sub": "a"}},
        ),
        example(
            {"Federated": "arn:aws:iam::111122223333:saml-provider/corp"},
            "sts:AssumeRoleWithSAML",
            {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}},
        ),
    ),
)
