"""Errors of trust-widgets itself, as findings: the rest of the analysis goes on, and the traceback
is logged.

A message names the step that failed and the type of the exception. It never holds the exception's
own text, which may quote a value of the policy.
"""

from __future__ import annotations

import logging

from trust_widgets.findings.values import Finding, Severity, Verdict
from trust_widgets.policy import DocumentError, Path, Problem, TrustPolicy, parse
from trust_widgets.text.json.tree import Span

CODE = "TP000"
NAME = "internal_error"
TITLE = "An internal error of trust-widgets"
ISSUES = "https://github.com/octo-org/trust_widgets/issues"
REST_CHECKED = "All other checks ran, but a finding that only this check reports may be missing."
NOT_CHECKED = "This policy was not checked."

_LOG = logging.getLogger(__name__)


def internal_error(
    step: str, error: Exception, effect: str = REST_CHECKED, path: Path = ()
) -> Finding:
    """A finding about a step that raised. The traceback is logged, with level ERROR.

    Args:
        step: what failed, as the subject of a sentence.
        error: the exception.
        effect: a sentence that says what was not checked.
        path: the statement that the step was about, where it is known.

    Example:
        >>> finding = internal_error("Check TP301 (anyone)", KeyError("secret"))
        >>> finding.code, str(finding.verdict)
        ('TP000', 'advice')
        >>> finding.message.partition(". ")[0]
        'Check TP301 (anyone) failed with an internal error (KeyError)'
    """
    return _finding(_message_of(step, error, effect), path)


def finding_of(problem: Problem) -> Finding:
    """The finding about a problem of `read_policy` whose code is `CODE`."""
    return _finding(problem.message, problem.path)


def is_internal_error(finding: Finding) -> bool:
    """Whether a finding is about trust-widgets, not about the policy."""
    return finding.code == CODE


def read_policy(text: str) -> tuple[TrustPolicy | None, tuple[Problem, ...]]:
    """The policy that a text holds, as far as it can be read, and the problems of the text.

    An internal error of the reader is the only problem then, with the code `CODE`.

    Args:
        text: any text at all.

    Example:
        >>> policy, problems = read_policy('{"Version": ')
        >>> [problem.code for problem in problems]
        ['TP006']
    """
    try:
        return parse(text), ()
    except DocumentError as error:
        return error.partial, error.problems
    except Exception as error:
        message = _message_of("Reading the policy", error, NOT_CHECKED)
        return None, (Problem(CODE, message, (), Span(0, 0), 1, 1),)


def _message_of(step: str, error: Exception, effect: str) -> str:
    _LOG.error("%s failed", step, exc_info=error)
    failed = f"{step} failed with an internal error ({type(error).__name__})."
    return f"{failed} {effect} Report the error at {ISSUES}."


def _finding(message: str, path: Path) -> Finding:
    return Finding(CODE, NAME, Verdict.ADVICE, Severity.INFO, message, path)
