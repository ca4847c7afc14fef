"""Texts that hold a trust policy in a wrapping, or in another language than JSON."""

from __future__ import annotations

import json
import re
from typing import NamedTuple
from urllib.parse import unquote

from trust_widgets.text.json.reader import read
from trust_widgets.text.json.tree import Fault, Node, Span, Splice

POLICY_KEYS = ("AssumeRolePolicyDocument", "PolicyDocument", "assume_role_policy")
DEEPEST = 12
"""How many names and indexes lead to a policy at most: Terraform's modules hold modules."""
FENCE = re.compile(r"\s*(`{3,}|~{3,})[^\n]*\n([\s\S]*?)\n?[ \t]*\1\s*")


class _Language(NamedTuple):
    name: str
    begins: re.Pattern[str]
    advice: str


_LANGUAGES = (
    _Language(
        "Terraform",
        re.compile(r"\s*(?:\#[^\n]*\n\s*)*(?:resource|data|module|locals|statement|variable)\b[^\n:]*\{"),
        "Paste what Terraform makes of it: `terraform show -json`, or the role's trust policy from the console.",
    ),
    _Language(
        "YAML",
        re.compile(r"\s*(?:---\s|(?:\#[^\n]*\n\s*)*(?:- )?[A-Za-z]+:(?:\s|$))"),
        "Paste it as JSON: the same names and values, with braces, brackets and double quotes.",
    ),
    _Language("XML", re.compile(r"\s*<[?!a-zA-Z]"), "Paste the trust policy itself, which is JSON."),
)


def fault_of(text: str) -> Fault | None:
    """What a text is, where it is no JSON document that could be mended bit by bit."""
    head = text[:4000]
    fenced = FENCE.fullmatch(text)
    if fenced:
        message = "This is the policy in a Markdown fence (```). Only what stands inside is the policy."
        return _whole("wrapped", message, text, "Keep what stands inside", fenced[2])
    if re.match(r"\s*%7B", head, re.IGNORECASE):
        message = "This policy is URL-encoded, as IAM's API gives it back."
        return _whole("wrapped", message, text, "Decode it", pretty(unquote(text.strip())))
    for language in _LANGUAGES:
        if language.begins.match(head):
            message = f"This looks like {language.name}; IAM takes trust policies as JSON. {language.advice}"
            return Fault("other_language", message, Span(0, len(text)))
    return None


def wrapped_in(text: str, root: Node) -> Fault | None:
    """A JSON document that is not a policy but holds one, as `aws iam get-role` or `terraform show -json` prints it."""
    if isinstance(root.value, str) and root.value.lstrip().startswith(("{", "%7B")):
        message = "This policy is written as one JSON string, with a backslash before each quote."
        return _whole("wrapped", message, text, "Unpack it", pretty(_decoded(root.value)))
    if root.members is None or root.member("Statement"):
        return None
    inner = _inside(root, DEEPEST)
    if inner is None:
        return None
    message = "This is a description of a role; its trust policy is the document inside."
    value = inner.value
    found = pretty(_decoded(value)) if isinstance(value, str) else text[inner.span.start : inner.span.end]
    return _whole("wrapped", message, text, "Keep only the trust policy", _dedented(found))


def pretty(text: str) -> str:
    """JSON text as IAM's console lays it out; other text as it is."""
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return text


def _decoded(text: str) -> str:
    return unquote(text) if text.lstrip()[:3].upper() == "%7B" else text


def _inside(node: Node, depth: int) -> Node | None:
    """The first policy document below a node, the trust policy's own name before others."""
    for key in POLICY_KEYS:
        member = node.member(key)
        if member is not None and (member.node.members is not None or isinstance(member.node.value, str)):
            return member.node
    below = (m.node for m in node.members or ()) if node.items is None else iter(node.items)
    return next(filter(None, (_inside(child, depth - 1) for child in below if depth)), None)


def _dedented(text: str) -> str:
    """An object cut out of a larger document, moved to the left edge."""
    lines = text.split("\n")
    indent = len(lines[-1]) - len(lines[-1].lstrip())
    moved = [line[indent:] if not line[:indent].strip() else line for line in lines[1:]]
    return "\n".join([lines[0], *moved])


def _whole(kind: str, message: str, text: str, title: str, mended: str) -> Fault:
    usable = mended.strip() != text.strip() and read(mended).root is not None
    splices = (Splice(0, len(text), mended.strip()),) if usable else ()
    return Fault(kind, message, Span(0, len(text)), title if usable else "", splices)
