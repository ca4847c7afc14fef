"""Trust policies in what IAM's commands and Terraform print: whose they are, and where each character stands in the file.

What is unwrapped is what `aws iam get-role`, `list-roles` and `get-account-authorization-details` print, a single
role of these, and a document as IAM's API has it in its answers, URL-encoded:
https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html
Of Terraform it is what `terraform show -json` prints of a state or of a plan:
https://developer.hashicorp.com/terraform/internals/json-format
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import unquote

from trust_widgets.aws.arns import arn_of, is_account_id

DOCUMENT = "AssumeRolePolicyDocument"
IN_TERRAFORM = "assume_role_policy"
_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n]*")
# One character of a JSON string as it is written: two escapes for one beyond U+FFFF, one escape, or itself.
_CHARACTER = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|.", re.DOTALL)
_ENCODED = re.compile(r"((?:%[0-9A-Fa-f]{2})+)|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Inner:
    """A policy's text, as it stands in another one.

    Args:
        text: the policy's, decoded where it was encoded.
        places: for each of its characters, and for its end, where that stands in the whole text, from 0.
        role: the role's name as the whole text has it, of Terraform's its address; `""` if it has none; `None`
            where no role is described.
        account: the role's account, from its ARN; `""` when it is not said.
    """

    text: str
    places: Sequence[int]
    role: str | None = None
    account: str = ""


class _Value(NamedTuple):
    """A JSON value with its characters in the text."""

    value: Any
    start: int
    end: int


def policies_in(text: str) -> tuple[Inner, ...] | None:
    """The trust policies in a text, in its order; `None` for any other text, which may be a policy itself.

    A list of roles counts only when each of them has a trust policy: none is passed over in silence.

    Args:
        text: any text at all.

    Example:
        >>> text = '{"Role": {"RoleName": "app", "AssumeRolePolicyDocument": {"Statement": []}}}'
        >>> [(inner.role, inner.text, inner.places[0]) for inner in policies_in(text)]
        [('app', '{"Statement": []}', 57)]
        >>> policies_in('{"Statement": []}') is None
        True
    """
    start = len(text) - len(text.lstrip("\ufeff \t\r\n"))  # as some editors save it
    if _is_encoded(text[start : start + 3]):
        return (_decoded(text[start:].rstrip(), range(start, len(text) + 1)),)
    try:
        root = _value_at(text, start)
    except (ValueError, RecursionError):  # no JSON, or nested deeper than anything of IAM's
        return None
    if text[root.end :].strip():
        return None
    if isinstance(root.value, str):
        return (_unquoted(text, root),) if _is_written_out(root.value) else None
    module = _root_module(text, root)
    if module is not None:
        return _of_terraform(text, module)
    roles = _roles(text, root)
    if roles is None or not all(_is_role(role.value) for role in roles):
        return None
    return tuple(_policy_of(text, role) for role in roles)


def _is_written_out(text: str) -> bool:
    return text.lstrip().startswith("{") or _is_encoded(text)


def _is_encoded(text: str) -> bool:
    return text.lstrip()[:3].upper() == "%7B"


def _roles(text: str, root: _Value) -> tuple[_Value, ...] | None:
    """The roles in what IAM's commands print; `None` where it is none of that."""
    if isinstance(root.value, list):
        return _items(text, root) if root.value else None
    if not isinstance(root.value, dict) or "Statement" in root.value:
        return None
    if DOCUMENT in root.value:
        return (root,)
    for name, kind in (("Role", dict), ("Roles", list), ("RoleDetailList", list)):
        if isinstance(root.value.get(name), kind):
            found = _members(text, root)[name]
            return (found,) if kind is dict else _items(text, found)
    return None


def _is_role(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get(DOCUMENT), (dict, str))


def _policy_of(text: str, role: _Value) -> Inner:
    return _inner(text, _members(text, role)[DOCUMENT], role.value.get("RoleName"), role.value.get("Arn"))


def _inner(text: str, found: _Value, name: Any, arn: Any) -> Inner:
    if isinstance(found.value, str):
        inner = _unquoted(text, found)
    else:
        inner = Inner(text[found.start : found.end], range(found.start, found.end + 1))
    parts = arn_of(str(arn))
    account = parts.account if parts and is_account_id(parts.account) else ""
    return Inner(inner.text, inner.places, name if isinstance(name, str) else "", account)


# -- what Terraform prints


def _root_module(text: str, root: _Value) -> _Value | None:
    """The outermost module of a state, or of what a plan would make of it; `None` where it is none of that."""
    if not isinstance(root.value, dict) or "format_version" not in root.value:
        return None
    for name in ("values", "planned_values"):
        state = root.value.get(name)
        if isinstance(state, dict) and isinstance(state.get("root_module"), dict):
            return _members(text, _members(text, root)[name])["root_module"]
    return None


def _of_terraform(text: str, module: _Value) -> tuple[Inner, ...] | None:
    """The trust policy of each role; `None` when one of them is not known yet, as in some plans."""
    found = []
    for resource in _resources(text, module):
        if not isinstance(resource.value, dict) or resource.value.get("type") != "aws_iam_role":
            continue
        values = resource.value.get("values")
        if not isinstance(values, dict) or not isinstance(values.get(IN_TERRAFORM), str):
            return None
        policy = _members(text, _members(text, resource)["values"])[IN_TERRAFORM]
        found.append(_inner(text, policy, resource.value.get("address"), values.get("arn")))
    return tuple(found)


def _resources(text: str, module: _Value) -> Iterator[_Value]:
    """The resources of a module, and then those of each module in it."""
    waiting = [module]
    while waiting:
        members = _members(text, waiting.pop())
        lists = (members.get(name) for name in ("resources", "child_modules"))
        own, inner = (_items(text, each) if each and isinstance(each.value, list) else () for each in lists)
        yield from own
        waiting += (each for each in reversed(inner) if isinstance(each.value, dict))


# -- values with their places, in a text that is known to be JSON


def _members(text: str, whole: _Value) -> dict[str, _Value]:
    return {key.value: _value_at(text, _after_space(text, key.end) + 1) for key in _entries(text, whole)}


def _items(text: str, whole: _Value) -> tuple[_Value, ...]:
    return tuple(_entries(text, whole))


def _entries(text: str, whole: _Value) -> Iterator[_Value]:
    """A list's items, or the names of an object's members."""
    if not whole.value:
        return
    at = whole.start + 1
    while at < whole.end:
        entry = _value_at(text, at)
        yield entry
        last = entry if isinstance(whole.value, list) else _value_at(text, _after_space(text, entry.end) + 1)
        at = _after_space(text, last.end) + 1  # behind the comma, or the bracket


def _value_at(text: str, at: int) -> _Value:
    start = _after_space(text, at)
    value, end = _DECODER.raw_decode(text, start)
    return _Value(value, start, end)


def _after_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


# -- texts that were written as something else


def _unquoted(text: str, string: _Value) -> Inner:
    """A document that is written as a JSON string, perhaps URL-encoded as well."""
    places = [found.start() for found in _CHARACTER.finditer(text, string.start + 1, string.end - 1)]
    places.append(string.end - 1)
    return _decoded(string.value, places) if _is_encoded(string.value) else Inner(string.value, places)


def _decoded(text: str, places: Sequence[int]) -> Inner:
    """A document that is URL-encoded as RFC 3986 has it: a character is as many %XX as UTF-8 has bytes for it."""
    letters, found = [], []
    for match in _ENCODED.finditer(text):
        at = match.start()
        for letter in unquote(match[0]):
            letters.append(letter)
            found.append(places[min(at, match.end())])
            at += 3 * len(letter.encode("utf-8", "replace"))
    return Inner("".join(letters), [*found, places[len(text)]])
