"""Texts in another language than JSON."""

from __future__ import annotations

import re
from typing import NamedTuple

from trust_widgets.policy.shapes import policy_within
from trust_widgets.text.json.tree import JsonFault, Span, Splice

_LONGEST_HEAD = 4000  # characters in which a language is looked for


class _Language(NamedTuple):
    name: str
    begins: re.Pattern[str]
    advice: str


_COMMENTS = r"\s*(?:(?:\#|//)[^\n]*\n\s*)*"
_READ = "tw.read_roles(text) reads the roles in it."
_LANGUAGES = (
    _Language(
        "Terraform (HCL)",
        re.compile(
            rf"{_COMMENTS}(?:(?:resource|data|module|locals|statement|variable|provider|output)\b"
            r"[^\n:]*\{|(?:assume_role_policy|policy|inline_policy|trust_policy|Version|Statement|Effect)\s*=|"
            r"jsonencode\s*\(|<<-?\s*[\"']?[A-Z_]{2,}|templatefile\s*\(|data\.aws_iam_policy_document\.)"
        ),
        _READ,
    ),
    _Language(
        "a shell command",
        re.compile(r"\s*(?:[$#%>] )?(?:sudo )?(?:aws|cat|echo|curl|jq|export|cdk|sam|pulumi)\s"),
        _READ,
    ),
    _Language(
        "program code",
        re.compile(
            rf"{_COMMENTS}(?:import\s|from\s+[\w.@]+\s+import\s|const\s|let\s|var\s|new\s+\w|export\s"
            r"|package\s|using\s|public\s|def\s|class\s|func\s|[\w.]+\s*:?=\s*[\w.]*[({]"
            r"|(?:await\s+)?\w+(?:\.\w+)+\()"
        ),
        "Paste the JSON that the program generates, or the trust policy from the console.",
    ),
    _Language(
        "YAML",
        re.compile(rf"{_COMMENTS}(?:---\s|(?:- )?[A-Za-z_][\w-]*:(?:\s|$))"),
        _READ,
    ),
    _Language(
        "XML", re.compile(r"\s*<[?!a-zA-Z]"), "Paste the trust policy itself, which is JSON."
    ),
)


def other_language(text: str) -> JsonFault | None:
    """The fault of a text that is no JSON document that could be fixed bit by bit, but Terraform,
    YAML, XML, a command or a program.

    Where a policy is in it as JSON, that is the fix.

    Example:
        >>> other_language("Version: 2012-10-17").message[:20]
        'This looks like YAML'
    """
    head = text[:_LONGEST_HEAD]
    language = next((each for each in _LANGUAGES if each.begins.match(head)), None)
    if language is None:
        return None
    inner = policy_within(text)
    looks = f"This looks like {language.name}. IAM accepts trust policies only as JSON."
    if inner is None:
        return JsonFault("other_language", f"{looks} {language.advice}", Span(0, len(text)))
    message = f"{looks} It contains the policy as JSON. Keep only the JSON."
    splices = (Splice(0, len(text), inner),)
    return JsonFault("other_language", message, Span(0, len(text)), "Keep only the JSON", splices)
