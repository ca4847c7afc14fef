"""Findings as a notebook shows them: a line each, and HTML that needs no kernel and no script."""

from __future__ import annotations

from trust_widgets.findings.card import NONE, still_of
from trust_widgets.findings.label import line_of
from trust_widgets.findings.values import Finding
from trust_widgets.names import helps_with_names
from trust_widgets.text.html import STILL, tag


@helps_with_names(
    verdict="findings[0].verdict",
    severity="findings[0].severity",
    message="findings[0].message",
    code="findings[0].code",
    path="findings[0].path",
    fix="findings[0].fix",
)
class Findings(tuple[Finding, ...]):
    """What was found: a tuple of findings that shows itself, a line each.

    It equals any tuple of the same findings; what is sliced or added is a plain tuple.

    Example:
        >>> import trust_widgets as tw
        >>> print(str(tw.check('{"Version": "2012-10-17", "Statement": []'))[:59])
        TP006 refused (error) at Statement: The text ends too early
        >>> Findings()
        No findings.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return "\n".join(line_of(finding) for finding in self) or NONE

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": tag("div", still_of(self), style=STILL)}
