"""Files that hold the trust policies of roles, one module a kind of file.

A member defines `READER = Reader(...)`. It is given the whole JSON document, and says whose
policies are in it. `policies_in` asks all of them; the command line checks what it finds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from trust_widgets.families import Registry
from trust_widgets.policy import Inner, decoded, is_encoded, is_written_out, unquoted
from trust_widgets.text.json.strict import Value, read_strictly

__all__ = ["READERS", "Inner", "Reader", "Value", "policies_in"]


@dataclass(frozen=True, slots=True)
class Reader:
    """One kind of file.

    Args:
        title: what it is: `"A role as IAM describes it"`.
        read: the policies in a JSON document, in its order; `None` if the document is of another
            kind, or holds a role without a policy: no role is passed over in silence.
        example: a text of that kind with one role, for the tests.
        source: the page that describes it.
    """

    title: str
    read: Callable[[Value], tuple[Inner, ...] | None]
    example: str
    source: str


READERS: Registry[Reader] = Registry("trust_widgets.readers", "READER")


def policies_in(text: str) -> tuple[Inner, ...] | None:
    """The trust policies in a text, in its order; `None` for any other text, which may be a policy
    itself.

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
    if is_encoded(text[start : start + 3]):
        return (decoded(text[start:].rstrip(), range(start, len(text) + 1)),)
    root = read_strictly(text, start)
    if root is None:
        return None
    if isinstance(root.plain, str):
        return (unquoted(root),) if is_written_out(root.plain) else None
    for reader in READERS.values():
        policies = reader.read(root)
        if policies is not None:
            return policies
    return None
