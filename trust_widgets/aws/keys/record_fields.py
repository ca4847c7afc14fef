"""What a key's record holds, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Presence = Literal["always", "maybe", "never", "unknown"]


WHO = ("user", "session", "service", "saml", "oidc")
"""Kinds of callers: an IAM user, a role session, a service, a SAML user, the holder of a token."""


KINDS = ("aws", "service", "saml", "oidc")
"""Kinds of callers, with users and roles' sessions together."""


ANYTHING = "anything"
"""The form of a value that its sender may write as it likes."""


PLAIN = "[^*?][^*?]*"
"""The form of names, IDs and claims: without an asterisk or a question mark, as far as known."""


@dataclass(frozen=True)
class WrittenForm:
    """What a policy has to write as a value of a key, where only one form makes sense.

    Args:
        words: the form of the key's record in words, as written after "holds".
        mistaken: a regular expression for values of another key that people write here; `None`
            where there are none.
        instead: which key they are for, as a sentence.
    """

    words: str
    mistaken: str | None = None
    instead: str | None = None


@dataclass(frozen=True)
class NewerKey:
    """What the generated list says of other keys, of one that it does not have yet.

    Args:
        type: as in `ConditionKey.type`.
        many: whether a call may carry several values.
    """

    type: str
    many: bool


@dataclass(frozen=True)
class KeyRecord:
    """One condition key.

    Args:
        name: in AWS's spelling. source: the page of AWS that the record rests on.
        read_on: the day on which that page was read, `2026-11-29`.
        newer: of a key on AWS's page that the generated list does not have, its type; else `None`.
        about: what it holds, in our words; `None` where the words of the generated list are good.
        property_of: what it is a property of, as AWS's page groups the keys: the `principal`, its
            role `session`, the `network`, the `resource`, the `request`; or the `token` or
            assertion that is handed in.
        presence: for each of `WHO`, whether their calls have the key. `unknown`: AWS's pages do not
            say; it is assumed to be absent, and an answer that hangs on it is "not decided".
        because: why those never have it, who never have it.
        doubt: why a request that assumes a role may not have the key, in lower case; `None` where
            nothing says so.
        if_not_given: what is assumed as its value where a request does not say: `absent`,
            `unknown`, `derived` from who calls, or a value that every call has.
        form: of its values, as in `tokens_of_form`, several with `|` between them; `anything`, or
            `None` for the form of its type.
        example: a value that is shown for a call. filler: what a wildcard in a pattern is likely to
            represent.
        public_address: of an address, whether it is one outside of private networks.
        written: what a policy has to write.
        owned: whether a value belongs to someone, so that no external caller has it: the `whole`
            value, the `organization` at its start, the `unique id` at its start, or `no`.
        tells_callers_apart: whether its value differs between the callers of one account.
        narrows_who_calls: the kinds of callers, as in `instead`, among whom a condition on it can
            choose. None are distinguished by what describes the role, the moment or the connection,
            nor by what the caller writes as it likes; what an issuer or a service vouches for
            counts.
        names_accounts: whether its value holds the ID of the caller's account.
        pattern_widens: whether a value read as a pattern allows more than its author wrote down.
        optional: whether a call may leave it out on purpose, so that AWS's own examples allow that.
        vouched: whether the issuer of a token or an assertion says it.
        action: what has to be allowed besides the call, if the call brings the key.
        secret: whether its value is left out of what is saved or shown to others.
        phrase: what a condition on it says of a caller, with `{}` for the values.
        missing: what is said of a call without it. remedy: what the caller can do to have it.
        instead: for kinds of caller that never have it, which key says something like it, as a
            sentence.
        of_the_caller: for a key about what a service works for, the key that says the same of the
            caller.
        organization_key: for a key with paths in an organization, the key with the ID of that
            organization alone: a request has both or neither.
        questions: the questions of callers' forms that give its value; the first in a form counts.
        left_open: when a form leaves open whether it is there: `always`, `without an address`, or
            `no`.
        other_names: names that people give it, and that are no keys.
    """

    name: str
    source: str = ""
    read_on: str = ""
    newer: NewerKey | None = None
    about: str | None = None
    property_of: Literal[
        "principal", "session", "network", "resource", "request", "token", "unknown"
    ] = "unknown"
    presence: Mapping[str, Presence] = field(default_factory=lambda: dict.fromkeys(WHO, "maybe"))
    because: Mapping[str, str] = field(default_factory=dict)
    doubt: str | None = None
    if_not_given: str = "absent"
    form: str | None = None
    example: str | None = None
    filler: str | None = None
    public_address: bool | None = None
    written: WrittenForm | None = None
    owned: Literal["whole", "organization", "unique id", "no"] = "no"
    tells_callers_apart: bool = True
    narrows_who_calls: tuple[str, ...] = KINDS
    names_accounts: bool = False
    pattern_widens: bool = False
    optional: bool = False
    vouched: bool = False
    action: str | None = None
    secret: bool = False
    phrase: str | None = None
    missing: str | None = None
    remedy: str | None = None
    instead: Mapping[str, str] = field(default_factory=dict)
    of_the_caller: str | None = None
    organization_key: str | None = None
    questions: tuple[str, ...] = ()
    left_open: Literal["always", "without an address", "no"] = "no"
    other_names: tuple[str, ...] = ()

    @property
    def is_in_every_call(self) -> bool:
        """Whether every call has the key, whatever the caller."""
        return set(self.presence.values()) == {"always"}

    @property
    def only_value(self) -> str | None:
        """The value that every call has; `None` where calls differ."""
        if self.if_not_given in ("true", "false"):
            return self.if_not_given
        return None

    @property
    def is_undocumented(self) -> bool:
        """Whether AWS's pages leave open for some callers whether they have the key."""
        return "unknown" in self.presence.values()

    @property
    def is_of_services_alone(self) -> bool:
        """Whether calls of services are the only ones that can have the key."""
        return all((has == "never") == (who != "service") for who, has in self.presence.items())

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms of its values, each as in `tokens_of_form`."""
        return tuple((self.form or PLAIN).split("|"))

    def why_never(self, kind: str, sort: str = "") -> str:
        """Why a kind of caller never has the key, in lower case; `""` when it can or AWS does
        not say.

        Args:
            kind: `"aws"` for users and roles' sessions together, `"service"`, `"saml"` or `"oidc"`.
            sort: of kind `aws`: `"user"` or `"session"`; `""` for both.

        Example:
            >>> from trust_widgets.aws.keys.records import key_record
            >>> key_record("saml:iss").why_never("oidc"), key_record("saml:sub").why_never("aws")
            ('it comes from a SAML assertion', '')
        """
        if sort in ("user", "session"):
            return self.because.get(sort, "")
        who = "session" if kind == "aws" else kind
        if kind == "aws" and self.presence["user"] != "never":
            return ""
        return self.because.get(who, "")
