"""What a text is wrapped in that holds a trust policy, and where the policy is in it.

A text may be the policy in another form: URL-encoded, as IAM's API answers; as one JSON string; in
a Markdown fence. Or it is a JSON document in which the policy is a value: what IAM's commands and
Terraform print. `document.parse` asks here for the one policy in a text that was pasted; `readers/`
ask for the policy of each role in a file.
https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from trust_widgets.aws.arns import arn_of, is_account_id
from trust_widgets.text.json.reader import read
from trust_widgets.text.json.strict import Value, pretty, read_strictly
from trust_widgets.text.json.tree import JsonFault, Span, Splice

POLICY_DOCUMENT = "AssumeRolePolicyDocument"
IN_TERRAFORM = "assume_role_policy"
# A role's trust policy is what is looked for first.
_POLICY_KEYS = (POLICY_DOCUMENT, "PolicyDocument", IN_TERRAFORM)
_DEEPEST = 12  # names and indexes that lead to a policy: Terraform's modules hold modules
_FENCE = re.compile(r"\s*(`{3,}|~{3,})[^\n]*\n([\s\S]*?)\n?[ \t]*\1\s*")
# One character of a JSON string as it is written: two escapes for one beyond U+FFFF, one escape, or
# itself.
_CHARACTER = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|.", re.DOTALL)
_ENCODED = re.compile(r"((?:%[0-9A-Fa-f]{2})+)|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Inner:
    """A policy's text, as it is in another one.

    Args:
        text: the policy's, decoded where it was encoded.
        places: for each of its characters, and for its end, where that is in the whole text, from
            0.
        role: the role's name as the whole text has it, of Terraform's its address; `""` if it has
            none; `None` where no role is described.
        arn: the role's ARN; `""` when it is not known.
    """

    text: str
    places: Sequence[int]
    role: str | None = None
    arn: str = ""

    @property
    def account(self) -> str:
        """The role's account, from its ARN; `""` when it is not known."""
        arn = arn_of(self.arn)
        if arn is not None:
            return arn.account
        return ""


# -- texts that are a policy in another form


def is_encoded(text: str) -> bool:
    """True if a text begins as a URL-encoded JSON object does."""
    return text.lstrip()[:3].upper() == "%7B"


def is_written_out(text: str) -> bool:
    """True if the text of a JSON string begins as a policy does, URL-encoded or not."""
    return text.lstrip().startswith("{") or is_encoded(text)


def decoded(text: str, places: Sequence[int]) -> Inner:
    """A document that is URL-encoded as RFC 3986 has it: a character is as many %XX as UTF-8 has
    bytes for it.

    Args:
        text: the document.
        places: where each of its characters, and its end, is in the whole text.

    Example:
        >>> inner = decoded("%7B%7D", range(7))
        >>> inner.text, inner.places
        ('{}', [0, 3, 6])
    """
    letters, found = [], []
    for match in _ENCODED.finditer(text):
        at = match.start()
        for letter in unquote(match[0]):
            letters.append(letter)
            found.append(places[min(at, match.end())])
            at += 3 * len(letter.encode("utf-8", "replace"))
    return Inner("".join(letters), [*found, places[len(text)]])


def unquoted(string: Value) -> Inner:
    """A document that is written as a JSON string, perhaps URL-encoded as well."""
    inside = _CHARACTER.finditer(string.text, string.start + 1, string.end - 1)
    places = [found.start() for found in inside]
    places.append(string.end - 1)
    if is_encoded(string.plain):
        return decoded(string.plain, places)
    return Inner(string.plain, places)


# -- a policy that is a value of a JSON document


def document_in(value: Value) -> Inner:
    """The text of a policy that is a value, an object or a string."""
    if isinstance(value.plain, str):
        return unquoted(value)
    return Inner(value.source, range(value.start, value.end + 1))


def policy_of_role(document: Value, name: Any, arn: Any) -> Inner:
    """The policy of a role with that name and ARN, which may be any values at all."""
    inner = document_in(document)
    parts = arn_of(str(arn))
    known = str(arn) if parts and is_account_id(parts.account) else ""
    return Inner(inner.text, inner.places, name if isinstance(name, str) else "", known)


def first_policy(value: Value, depth: int = _DEEPEST) -> Value | None:
    """The first policy below a value, by the names that policies have; a role's trust policy before
    others.

    Example:
        >>> first_policy(read_strictly('[{"PolicyDocument": {"Statement": []}}]')).source
        '{"Statement": []}'
    """
    members = value.members()
    for key in _POLICY_KEYS:
        if key in members and isinstance(members[key].plain, (dict, str)):
            return members[key]
    if not depth:
        return None
    for child in value.children():
        policy = first_policy(child, depth - 1)
        if policy is not None:
            return policy
    return None


# -- what is wrong with a text that is a policy in a wrapping, and the fix that unpacks it


def fence_or_encoding(text: str) -> JsonFault | None:
    """The fault of a text that is no JSON, but a policy in a Markdown fence or URL-encoded."""
    fenced = _FENCE.fullmatch(text)
    if fenced:
        message = (
            "This is the policy in a Markdown fence (```). Only the text inside is the policy."
        )
        return _wrapped(message, text, "Keep the text inside", fenced[2])
    if is_encoded(text):
        message = "This policy is URL-encoded, as the IAM API returns it."
        return _wrapped(message, text, "Decode it", pretty(unquote(text.strip())))
    return None


def wrapped_in(text: str) -> JsonFault | None:
    """The fault of a JSON document that is not a policy but holds one, such as `aws iam get-role`
    prints.
    """
    root = read_strictly(text)
    if root is None:
        return None
    if isinstance(root.plain, str):
        if not is_written_out(root.plain):
            return None
        message = "This policy is written as one JSON string, with a backslash before each quote."
        return _wrapped(message, text, "Unpack it", pretty(unquoted(root).text))
    if not isinstance(root.plain, dict) or "Statement" in root.plain:
        return None
    policy = first_policy(root) or _policy_below(root)
    if policy is None:
        return None
    message = (
        "This is a description of a role. Its trust policy is the document inside. "
        "tw.read_roles(text) reads the roles in it."
    )
    inner = document_in(policy).text
    inner = pretty(inner) if isinstance(policy.plain, str) else inner
    return _wrapped(message, text, "Keep only the trust policy", dedented(inner))


def _policy_below(root: Value) -> Value | None:
    """The one policy below an object, whatever its name there; `None` where there are several."""
    found = [each for each in root.children() if isinstance(each.plain, dict)]
    policies = [each for each in found if "Statement" in each.plain]
    if len(policies) == 1:
        return policies[0]
    return None


def _wrapped(message: str, text: str, title: str, policy: str) -> JsonFault:
    usable = policy.strip() != text.strip() and read(policy).root is not None
    splices = (Splice(0, len(text), policy.strip()),) if usable else ()
    return JsonFault("wrapped", message, Span(0, len(text)), title if usable else "", splices)


def dedented(text: str) -> str:
    """An object cut out of a larger document, moved to the left edge."""
    lines = text.split("\n")
    indent = len(lines[-1]) - len(lines[-1].lstrip())
    moved = [line[indent:] if not line[:indent].strip() else line for line in lines[1:]]
    return "\n".join([lines[0], *moved])
