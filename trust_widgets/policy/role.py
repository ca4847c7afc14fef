"""A role, and the things that belong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from trust_widgets.names import helps_with_names
from trust_widgets.policy.document import parse
from trust_widgets.policy.given_values import items_from_given
from trust_widgets.policy.own_values import account_from_given
from trust_widgets.policy.source import PolicySource
from trust_widgets.policy.values import TrustPolicy


@helps_with_names(content="text", name="filename")
@dataclass(frozen=True, slots=True)
class Companion:
    """Something that must exist with the role for the trust to work. A value: nothing is created.

    Args:
        kind: what it is, for exporters: `"permission_policy"`, `"oidc_provider"`, `"workflow"`.
        title: a few words for a tab, `"The caller's permission"`.
        note: one or two sentences: where it goes, and why it is needed.
        filename: what to call it when it is saved.
        text: its text, ready to use.
        data: what an exporter needs to make it itself, for example `(("url", "https://..."),)`.
    """

    kind: str
    title: str
    note: str
    filename: str
    text: str
    data: tuple[tuple[str, str], ...] = ()


@helps_with_names(
    policy="trust",
    trust_policy="trust",
    document="trust",
    statements="trust.statements",
    role_name="name",
    partition="arn",
)
@dataclass(frozen=True, slots=True)
class Role:
    """A role as IAM's CreateRole takes it.

    Args:
        name: 1 to 64 of letters, digits and `_+=,.@-`.
        trust: who may assume it, as `parse` reads it.
        account: 12 digits, or `""` when it is not known.
        path: begins and ends with `/`.
        description: at most 1,000 characters.
        max_session: seconds, 3,600 to 43,200.
        tags: pairs of key and value.
        companions: what belongs with it.

    Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html

    Example:
        >>> Role("app", account="111122223333", path="/teams/web/").arn
        'arn:aws:iam::111122223333:role/teams/web/app'
    """

    name: str
    trust: TrustPolicy = field(default_factory=TrustPolicy)
    account: str = ""
    path: str = "/"
    description: str = ""
    max_session: int = 3600
    tags: tuple[tuple[str, str], ...] = ()
    companions: tuple[Companion, ...] = ()

    def __post_init__(self) -> None:
        set_ = object.__setattr__
        if not isinstance(self.name, str):
            kind = type(self.name).__name__
            raise TypeError(f"name: {kind} is not a string. Write tw.Role('app', policy).")
        set_(self, "trust", parse(self.trust))
        set_(self, "account", account_from_given(self.account))
        pairs = self.tags.items() if isinstance(self.tags, Mapping) else self.tags
        set_(self, "tags", tuple(pairs))
        companions = items_from_given("companions", self.companions, Companion, "tw.Companion(...)")
        set_(self, "companions", companions)

    @property
    def arn(self) -> str:
        """The role's ARN; with `ACCOUNT_ID` in its place while the account is not known."""
        return f"arn:aws:iam::{self.account or 'ACCOUNT_ID'}:role{self.path}{self.name}"

    def __trust_policy__(self) -> PolicySource:
        arn = self.arn if self.account else ""
        of_role = {"role_name": self.name, "path": self.path, "max_session": self.max_session}
        return PolicySource(self.trust, account=self.account, arn=arn, of_role=of_role)

    def __str__(self) -> str:
        return self._repr_mimebundle_()["text/plain"]

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        plain, html = (self.trust._repr_mimebundle_()[kind] for kind in ("text/plain", "text/html"))
        return {"text/plain": f"{self.arn}\n{plain}", "text/html": html}
