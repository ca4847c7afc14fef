"""One hop of a chain: how a principal gets a session of a role, and under which conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from trust_widgets.evaluation import Request


class HopKind(StrEnum):
    """How a hop is made."""

    ASSUME = "assume"
    WEB_IDENTITY = "web identity"
    SAML = "SAML"
    SERVICE = "service"
    PASS = "pass"
    REWRITE = "rewrite"


PROFILE = "instance profile"
WORDS = {
    HopKind.ASSUME: "assumes",
    HopKind.WEB_IDENTITY: "assumes, with a token,",
    HopKind.SAML: "assumes, with a SAML assertion,",
    HopKind.SERVICE: "makes a service assume",
    HopKind.PASS: "passes to a service",
    HopKind.REWRITE: "can rewrite the trust policy of",
}
ACTIONS = {
    HopKind.ASSUME: "sts:AssumeRole",
    HopKind.WEB_IDENTITY: "sts:AssumeRoleWithWebIdentity",
    HopKind.SAML: "sts:AssumeRoleWithSAML",
    HopKind.SERVICE: "sts:AssumeRole",
    HopKind.PASS: "iam:PassRole",
    HopKind.REWRITE: "iam:UpdateAssumeRolePolicy",
}


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What a session brings with it from the hops before.

    Args:
        tags: session tags, pairs of key and value.
        is_transitive: whether its tags go on into the next session.
        identity: its source identity; `""` without one.
        is_known: false for a session of which only the role is known.
    """

    tags: tuple[tuple[str, str], ...] = ()
    is_transitive: bool = False
    identity: str = ""
    is_known: bool = True

    @property
    def words(self) -> str:
        """What survives the hop, as a sentence."""
        parts = []
        if self.tags:
            shown = ", ".join(f"{key} = {value}" for key, value in self.tags)
            kind = "transitive session tags" if self.is_transitive else "session tags"
            parts.append(f"The session has the {kind} {shown}.")
        if self.identity:
            parts.append(f"Its source identity is {self.identity}.")
        parts.append("The next hop has no MFA information, and its session lasts at most one hour.")
        return " ".join(parts)


NOTHING = SessionFacts()


def _source_words(source: str) -> str:
    """The source of a hop as the subject of a sentence."""
    if source == "outside":
        return "An external caller"
    if source.startswith("account "):
        return f"A caller of {source}"
    return source


@dataclass(frozen=True, slots=True)
class Hop:
    """One hop.

    Args:
        source, target: labels of who makes it and of the role: ARNs, `"outside"`, or `"account
            666677778888"`.
        kind: how. certain: whether it is possible for sure.
        witness: a call that shows it; `None` where there is no call of STS to show.
        needs: what it depends on: condition keys, `"caller permission"`, or other words.
        values: of the condition keys among these, the values in the witness.
        after: what the session brings with it.
        statement: the index of the statement of the trust policy that allows it; -1 for none.
    """

    source: str
    target: str
    kind: HopKind
    certain: bool
    witness: Request | None = None
    needs: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)
    after: SessionFacts = NOTHING
    statement: int = -1

    @property
    def key(self) -> tuple[str, str, HopKind]:
        """Source, target and kind."""
        return self.source, self.target, self.kind

    @property
    def action(self) -> str:
        """The action of AWS that makes it."""
        return ACTIONS[self.kind]

    @property
    def sentence(self) -> str:
        """The hop in words."""
        verb = WORDS[self.kind]
        start = f"{_source_words(self.source)} {verb} {self.target}"
        if self.certain:
            return f"{start}."
        if self.needs:
            return f"{start}, if {self.condition}."
        return f"{start}. It is not decided whether this is possible."

    @property
    def condition(self) -> str:
        """The remaining condition in words."""
        return " and ".join(self._words(need) for need in self.needs)

    def _words(self, need: str) -> str:
        if need == "caller permission":
            return "its own policies, which are not known, allow this"
        if need == PROFILE:
            return "an instance profile has the role"
        if " " in need:
            return need
        value = self.values.get(need)
        if value is not None:
            return f"{need} is {value}"
        return f"{need} has a matching value"
