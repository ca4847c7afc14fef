"""What IAM and STS say of a call or a policy without naming a caller: each text with its cause."""

from __future__ import annotations

import re

from trust_widgets.callers.jwt import without_jwts
from trust_widgets.callers.other_refusals.of_iam import OF_IAM
from trust_widgets.callers.other_refusals.of_sts import OF_STS
from trust_widgets.callers.other_refusals.text import OtherRefusal
from trust_widgets.callers.refused_message import LONGEST
from trust_widgets.text.logs import as_written

__all__ = ["EVERY", "OtherRefusal", "cause_in"]

EVERY = (*OF_STS, *OF_IAM)
_COMPILED = [(re.compile(each.pattern, re.IGNORECASE), each.cause) for each in EVERY]
_GAP = re.compile(r"[,:]? \{0\}")


def cause_in(text: str) -> str:
    """The cause that a text of AWS has, in words; `""` where it is none of these texts.

    Example:
        >>> cause_in("Roles may not be assumed by root accounts.")[:43]
        'The caller is the root user of an account. '
        >>> cause_in("Access denied")
        ''
    """
    line = " ".join(as_written(without_jwts(text[:LONGEST])).split())
    for pattern, cause in _COMPILED:
        found = pattern.search(line)
        if found is not None:
            named = next((group for group in found.groups() if group), "").rstrip('.,;:"')
            if named:
                return cause.format(named)
            return _GAP.sub("", cause).format()
    return ""
