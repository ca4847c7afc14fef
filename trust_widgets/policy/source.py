"""What a person gives as a trust policy: its text, its document, the policy, or what holds one.

Whatever holds a policy, such as a role or a model, says so by one method, `__trust_policy__`, so
that nothing here knows it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias, runtime_checkable

from trust_widgets.policy.home import Home
from trust_widgets.policy.values import Statement, TrustPolicy


@dataclass(frozen=True, slots=True)
class PolicySource:
    """A trust policy as it was given, and what came with it.

    Args:
        policy: the policy; `None` where there is a text that was not read yet.
        text: its text; `None` where there is a policy.
        account: the account that its role lives in; `""` when that is not known.
        home: what is the reader's own; `None` when that did not come with it.
        arn: of its role; `""` when that is not known.
        of_role: the role's own fields, by the names that `TrustModel` takes.
    """

    policy: TrustPolicy | None = None
    text: str | None = None
    account: str = ""
    home: Home | None = None
    arn: str = ""
    of_role: Mapping[str, Any] | None = None

    @property
    def as_text(self) -> str:
        """Its text, or the canonical one of its policy."""
        if self.text is None:
            return str(self.policy)
        return self.text

    def __trust_policy__(self) -> PolicySource:
        return self

    def home_with(self, home: Home | None) -> Home:
        """What is the reader's own: as given, else as it came with the policy; the account of the
        role is.
        """
        whole = home if home is not None else self.home
        return (whole or Home()).with_account(self.account)


@runtime_checkable
class HoldsPolicy(Protocol):
    """What has a trust policy: a role, a model, a view of one."""

    def __trust_policy__(self) -> PolicySource:
        """The policy, with the account of its role and what is the reader's own."""


Given: TypeAlias = "str | Mapping[str, Any] | TrustPolicy | HoldsPolicy"
"""What a policy is read from."""

_KINDS = "its JSON text, its document as a dict, a TrustPolicy, a Role or a TrustModel"


def source_of(given: object, what: str = "a trust policy") -> PolicySource:
    """Return the trust policy that a person gave, not read yet where it is a text.

    Args:
        given: anything at all. what: is needed, for the message.

    Raises:
        TypeError: for what is none of them, with what to write.

    Example:
        >>> source_of({"Statement": []}).text
        '{"Statement": []}'
        >>> source_of(None)
        Traceback (most recent call last):
        ...
        TypeError: a trust policy is needed, not None: give its JSON text, its document as a dict, \
a TrustPolicy, a Role or a TrustModel
    """
    if isinstance(given, TrustPolicy):
        return PolicySource(given)
    if isinstance(given, str):
        return PolicySource(text=given)
    if isinstance(given, Mapping):
        return PolicySource(text=json.dumps(given, default=str))
    if isinstance(given, HoldsPolicy) and not isinstance(given, type):
        return given.__trust_policy__()
    name = "None" if given is None else type(given).__name__
    raise TypeError(f"{what} is needed, not {name}: give {_instead_of(given)}")


def _instead_of(given: object) -> str:
    """What to give instead of a value that is no policy."""
    if isinstance(given, (bytes, bytearray)):
        return "its text: data.decode()"
    if isinstance(given, os.PathLike):
        return "the file's text: Path(path).read_text()"
    if hasattr(given, "read"):
        return "the file's text: file.read()"
    if isinstance(given, Statement):
        return "tw.TrustPolicy((statement,))"
    return _KINDS
