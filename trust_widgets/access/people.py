"""Kinds of callers to ask about: those that policies name, and strangers to them.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from trust_widgets.access.domains import Domain
from trust_widgets.access.tokens import ANY, Token, Tokens, tokens_of_form, tokens_of_text
from trust_widgets.aws.condition_keys import why_never
from trust_widgets.aws.oidc_issuers import claims_of
from trust_widgets.evaluation.compiled import Compiled, Named, Rule
from trust_widgets.evaluation.identity import Identity, identity_of
from trust_widgets.evaluation.principals import decide_principal
from trust_widgets.evaluation.request import Request
from trust_widgets.providers import issuer_of

ALWAYS, MAYBE, NEVER = "always", "maybe", "never"
ACTIONS = {
    "aws": "sts:AssumeRole",
    "service": "sts:AssumeRole",
    "saml": "sts:AssumeRoleWithSAML",
    "oidc": "sts:AssumeRoleWithWebIdentity",
}
SESSION = "session"
_STRANGE = ("999988887777", "444455556666", "111122223333", *(f"{n:012d}" for n in range(900000000001, 900000000100)))
_EVERY_CALL = ("aws:currenttime", "aws:epochtime", "aws:securetransport", "aws:useragent", "sts:rolesessionname")
_EVERY_AWS = (
    "aws:principalarn",
    "aws:principalaccount",
    "aws:principaltype",
    "aws:userid",
    "aws:principalisawsservice",
)
# AWS's pages do not say whether services and holders of tokens have these: they are thought not to, and an answer that
# hangs on it is "not decided".
OPEN_KEYS = ("aws:principalarn", "aws:principalaccount", "aws:principaltype", "aws:userid")
_EVERY_SAML = ("saml:aud", "saml:iss", "saml:sub", "saml:sub_type", "saml:doc", "saml:namequalifier")
_EVERY_TOKEN = ("sub", "aud")
_ANY_TOKEN = ("sub", "aud", "amr", "email", "oaud")
_OWN = r"[A-Za-z0-9_+=,.@-][A-Za-z0-9_+=,.@-]*"  # the name of a user or role
_PATH = r"[^*?:]*"


@dataclass(frozen=True, slots=True)
class Caller:
    """One kind of caller.

    Args:
        kind, sort: as in `Identity`.
        principal: the caller, or one that stands for all of this kind.
        fixed: keys, in small letters, whose value all of them have.
        arn: where they differ in it, what their `aws:PrincipalArn` can be.
        but: ARNs of callers that a policy names, who are asked about by themselves.
        issuer: of a token's holder.
        unnamed: whether only the principal "*" covers them.
    """

    kind: str
    sort: str
    principal: str
    fixed: Mapping[str, str] = field(default_factory=dict)
    arn: Domain | None = None
    but: tuple[Tokens, ...] = ()
    issuer: str = ""
    unnamed: bool = False

    @property
    def action(self) -> str:
        """How this kind of caller assumes a role."""
        return ACTIONS[self.kind]

    def why_never(self, key: str) -> str:
        """Why these callers never have a key; `""` when they may."""
        if self.sort == "session" and key in ("aws:multifactorauthage", "aws:username"):
            return f"{key} is never there when a role's session calls."
        if self.sort in ("user", "federated-user") and (key.startswith("saml:") or "." in key.partition(":")[0]):
            return f"{key} is never there when a user calls: it comes from a token, or from a session that one began."
        if self.kind == "oidc" and "." in key.partition(":")[0]:
            return _why_not_of(self.issuer, key)
        return _why_never(key, self.kind)

    def presence(self, key: str) -> str:
        """Whether these callers have a key, apart from what they choose."""
        if key in self.fixed or key in _EVERY_CALL:
            return ALWAYS
        if self.why_never(key):
            return NEVER
        if self.kind == "aws":
            return ALWAYS if key in _EVERY_AWS or (key, self.sort) == ("aws:username", "user") else MAYBE
        if self.kind == "saml":
            return ALWAYS if key in _EVERY_SAML else MAYBE
        issuer, _, claim = key.rpartition(":")
        return ALWAYS if self.kind == "oidc" and claim in _EVERY_TOKEN and issuer == self.issuer else MAYBE


_why_never = lru_cache(maxsize=4096)(why_never)


@lru_cache(maxsize=1024)
def _why_not_of(issuer: str, key: str) -> str:
    """Why no token of an issuer has a key.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
    """
    if not key.startswith(f"{issuer}:"):
        return f"{key} comes from tokens of another issuer than {issuer}."
    if key.removeprefix(f"{issuer}:") in _ANY_TOKEN or key in claims_of(issuer):
        return ""
    return f"{key} is none of the claims that AWS reads from tokens of {issuer}."


def callers_of(policies: Iterable[Compiled], partition: str = "aws") -> tuple[Caller, ...]:
    """All kinds of callers that the policies can tell apart by their principals; those that are named come first.

    Args:
        policies: one, or two to compare.
        partition: of callers whom nobody names.

    Example:
        >>> from trust_widgets.evaluation.compiled import compiled
        >>> from trust_widgets.policy import Principal, Statement, TrustPolicy
        >>> policy = TrustPolicy((Statement(principal=Principal(service="ec2.amazonaws.com"), action="sts:AssumeRole"),))
        >>> [caller.principal for caller in callers_of([compiled(policy)])]
        ['ec2.amazonaws.com']
    """
    named = {(n.kind, n.text): n for ready in policies for rule in ready.rules for n in rule.principals}
    found: dict[tuple[str, str], Caller] = {}
    for caller in (*_named(named.values(), partition), *_others(named.values(), partition)):
        found.setdefault((caller.principal, caller.sort), caller)
    return tuple(found.values())


def _named(named: Iterable[Named], partition: str) -> Iterator[Caller]:
    for each in named:
        if each.who is not None:
            yield from _of_who(each.who, partition)
        elif each.kind in ("Service", "Federated"):
            yield from _by_name(each.text)


def _by_name(text: str) -> Iterator[Caller]:
    try:
        who = identity_of(text)
    except ValueError:
        return
    if who.kind == "service":
        fixed = {"aws:principalisawsservice": "true", "aws:principalservicename": text}
        yield Caller("service", "", text, fixed)
    elif who.kind != "aws":
        yield Caller(who.kind, "", text, issuer=issuer_of(text).lower())


def _of_who(who: Identity, partition: str) -> Iterator[Caller]:
    """A named user, role or session."""
    where = who.partition or partition
    if who.sort in ("role", "session"):
        path = who.text.partition(":role/")[2] if who.sort == "role" else who.name
        arn = f"arn:{where}:iam::{who.account}:role/{path}"
        for session in dict.fromkeys((who.session or SESSION, SESSION)):
            yield _one("session", f"arn:{where}:sts::{who.account}:assumed-role/{who.name}/{session}", arn, who.account)
    elif who.sort == "user":
        yield _one("user", who.text, who.text, who.account, who.name)
    elif who.sort == "federated-user":
        yield _one("federated-user", who.text, who.text, who.account)


def _one(sort: str, principal: str, arn: str, account: str, name: str = "") -> Caller:
    types = {"session": "AssumedRole", "user": "User", "federated-user": "FederatedUser"}
    fixed = {
        "aws:principalarn": arn,
        "aws:principalaccount": account,
        "aws:principaltype": types[sort],
        "aws:principalisawsservice": "false",
    }
    return Caller("aws", sort, principal, fixed | ({"aws:username": name} if name else {}))


def _others(named: Iterable[Named], partition: str) -> Iterator[Caller]:
    """Somebody in each named account, in an account that is not named, and callers of other kinds."""
    people = [each.who for each in named if each.who is not None]
    accounts = dict.fromkeys((who.account, who.partition or partition) for who in people)
    for account, where in accounts:
        yield from _somebody(account, where, people)
    if any(each.text == "*" for each in named):
        yield from _anybody({account for account, _ in accounts}, partition)
        fixed = {"aws:principalisawsservice": "true", "aws:principalservicename": "other.amazonaws.com"}
        yield Caller("service", "", "other.amazonaws.com", fixed, unnamed=True)
        provider = f"arn:{partition}:iam::{_stranger(())}:oidc-provider/other.example"
        yield Caller("oidc", "", provider, issuer="other.example", unnamed=True)
        yield Caller("saml", "", f"arn:{partition}:iam::{_stranger(())}:saml-provider/other", unnamed=True)


def _somebody(account: str, partition: str, people: Iterable[Identity]) -> Iterator[Caller]:
    """A role's session and a user of one account, other than those that are named."""
    for sort, resource in (("session", "role"), ("user", "user")):
        sorts = ("role", "session") if sort == "session" else ("user",)
        but = tuple(
            tokens
            for who in people
            if who.account == account and who.sort in sorts
            for tokens in _with_any_path(f"arn:{partition}:iam::{account}:{resource}/", who.name)
        )
        yield _open(sort, partition, account, but, {"aws:principalaccount": account})


def _with_any_path(before: str, name: str) -> tuple[Tokens, ...]:
    return (
        tokens_of_text(f"{before}{name}"),
        (*tokens_of_text(before), Token(ANY, True), *tokens_of_text(f"/{name}")),
    )


def _anybody(accounts: Iterable[str], partition: str) -> Iterator[Caller]:
    """The same of any account that is not named."""
    for sort in ("session", "user"):
        but = tuple((*tokens_of_text(f"arn:{partition}:iam::{account}:"), Token(ANY, True)) for account in accounts)
        yield _open(sort, partition, "", but, {})


def _open(sort: str, partition: str, account: str, but: tuple[Tokens, ...], fixed: dict[str, str]) -> Caller:
    kind, resource = ("AssumedRole", "role") if sort == "session" else ("User", "user")
    where = account or "[0-9]" * 12
    path = _PATH if sort == "session" else ""
    form = tokens_of_form(f"arn:{partition}:iam::{where}:{resource}/{path}{_OWN}")
    shown = account or next(a for a in _STRANGE if not any(_text_of(tokens).startswith(f"arn:{partition}:iam::{a}:")
                                                           for tokens in but))  # fmt: skip
    example = f"arn:{partition}:iam::{shown}:{resource}/other"
    arn = Domain(forms=(form,), examples=(example, *(example + str(n) for n in range(2, 5))))
    ids = {"aws:principaltype": kind, "aws:principalisawsservice": "false"}
    return Caller("aws", sort, principal_from_arn(example), fixed | ids, arn, but)


def _text_of(tokens: Tokens) -> str:
    return "".join(next(iter(token.chars.named), "") for token in tokens)


def _stranger(accounts: Iterable[str]) -> str:
    return next(account for account in _STRANGE if account not in accounts)


def principal_from_arn(arn: str) -> str:
    """Who calls, from their `aws:PrincipalArn`: of a role, one of its sessions.

    Example:
        >>> principal_from_arn("arn:aws:iam::111122223333:role/team/app")
        'arn:aws:sts::111122223333:assumed-role/app/session'
    """
    before, found, path = arn.partition(":role/")
    if not found:
        return arn
    return f"{before.replace(':iam:', ':sts:')}:assumed-role/{path.rpartition('/')[2]}/{SESSION}"


def names(rule: Rule, caller: Caller, role: str) -> bool:
    """Whether a statement names all callers of a kind; if not, it names none of them."""
    request = _asking(caller.principal, caller.action, role)
    return any(decide_principal(named, request).truth is True for named in rule.principals)


@lru_cache(maxsize=512)
def _asking(principal: str, action: str, role: str) -> Request:
    return Request(action, principal, role)
