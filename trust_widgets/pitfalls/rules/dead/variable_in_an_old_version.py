"""A policy variable in a policy whose Version knows none, so that it is plain text, where no value
of the key can be that text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.access import is_impossible, never_holds
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.pitfalls.required_conditions import outcome, values
from trust_widgets.policy import Fix, Home, Insert, Replace, TrustPolicy, example

_CURRENT = "2012-10-17"
_WITH_VARIABLES = ("String", "Arn")
_VARIABLE = re.compile(r"\$\{(?:[^{}]*:[^{}]*|[*?$])\}")


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    if policy.version not in (None, "2008-10-17"):
        return
    edit = Insert if policy.version is None else Replace
    for each, place, text in values(policy):
        # Without a colon it is no variable either, but a placeholder.
        is_text = _VARIABLE.search(text) and each.base.startswith(_WITH_VARIABLES)
        if is_text and _fits_nobody(each.key, each.base, text):
            yield Hit(
                place,
                f'Variables need "Version": "2012-10-17". Without it, "{text}" is compared as '
                f"plain text, including the dollar sign and the braces. {outcome(each, place)}",
                fix=Fix(f'Write "Version": "{_CURRENT}"', (edit(("Version",), _CURRENT),)),
            )


def _fits_nobody(key: str, base: str, text: str) -> bool:
    """Whether no call has a key with this text; a browser may call itself anything, for example."""
    return is_impossible(key, base, text, "", has_variable=False) or never_holds(
        key, base, text, has_variable=False
    )


_ROOT = {"AWS": "111122223333"}
_NAME = {"StringLike": {"sts:RoleSessionName": "${aws:username}"}}

PITFALL = Pitfall(
    code="TP215",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="A variable that is plain text",
    find=find,
    needs=CONDITIONS,
    fine='With "Version": "2012-10-17".',
    source=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html"
    ),
    bad=(
        example(_ROOT, condition=_NAME).replace(_CURRENT, "2008-10-17"),
        example(_ROOT, condition=_NAME).replace(f'"Version": "{_CURRENT}", ', ""),
    ),
    good=(
        example(_ROOT, condition=_NAME),
        example(_ROOT).replace(_CURRENT, "2008-10-17"),
        example(_ROOT, condition={"StringLike": {"sts:RoleSessionName": "octo-*"}}).replace(
            _CURRENT, "2008-10-17"
        ),
        example(_ROOT, condition={"StringEquals": {"aws:UserAgent": "${*}"}}).replace(
            _CURRENT, "2008-10-17"
        ),
    ),
)
