"""Whether one policy lets in a call that another does not, asked of an SMT solver: an independent
second opinion.

It shares with the product only the policy as a value and its evaluator's variables; principals,
presence of keys and operators are written again, from the same AWS pages, over one symbolic call.
It takes any text for a subject, so it is asked only of patterns that some token's subject fits, and
of no service that always brings tags.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from fractions import Fraction
from ipaddress import ip_network
from itertools import product
from typing import Any

import z3

import trust_widgets as tw
from trust_widgets.evaluation import identity_of

LIMITS = {
    "timeout": 6000
}  # how much the solver may do for each question: milliseconds, or its own steps, "rlimit"
GITHUB = "token.actions.githubusercontent.com"
DIGIT = z3.Range("0", "9")
ANYTHING = z3.Full(z3.ReSort(z3.StringSort()))
ONE = z3.AllChar(z3.ReSort(z3.StringSort()))
NO_COLON = z3.Diff(ONE, z3.Re(":"))
PLAIN = z3.Plus(z3.Diff(ONE, z3.Union(z3.Re("*"), z3.Re("?"))))
TWELVE = z3.Loop(DIGIT, 12, 12)
_WORD = z3.Union(DIGIT, z3.Range("a", "z"), z3.Range("A", "Z"), *map(z3.Re, "_+=,.@-"))
NAME, SHORT = z3.Plus(_WORD), z3.Concat(_WORD, z3.Plus(_WORD))
EXTERNAL = z3.Loop(z3.Union(_WORD, z3.Re(":"), z3.Re("/")), 2, 0)
ROLE_PATH = z3.Star(z3.Diff(ONE, z3.Union(*map(z3.Re, "*?:"))))
ARN = z3.Concat(z3.Re("arn:"), z3.Plus(z3.Diff(NO_COLON, z3.Union(z3.Re("*"), z3.Re("?")))),
                z3.Re(":"),
                z3.Plus(z3.Diff(NO_COLON, z3.Union(z3.Re("*"), z3.Re("?")))), z3.Re(":"),
                z3.Star(z3.Diff(NO_COLON, z3.Union(z3.Re("*"), z3.Re("?")))), z3.Re(":"),
                z3.Union(z3.Re(""), TWELVE, z3.Re("aws")), z3.Re(":"),
                PLAIN)  # fmt: skip
_ID = z3.Plus(z3.Union(DIGIT, z3.Range("a", "z")))
ORGANIZATION = z3.Concat(z3.Re("o-"), _ID)
_UNITS = z3.Concat(
    z3.Re("ou-"),
    _ID,
    z3.Star(z3.Union(DIGIT, z3.Range("a", "z"), z3.Re("/"), z3.Re("-"))),
    z3.Re("/"),
)
PATH_IN_ORGANIZATION = z3.Concat(ORGANIZATION, z3.Re("/r-"), _ID, z3.Re("/"), z3.Option(_UNITS))
TAG = z3.Star(z3.Diff(ONE, z3.Union(z3.Re("*"), z3.Re("?"))))
MANY = ("aws:principalorgpaths", "aws:tagkeys")
FORMS = {
    "sts:externalid": EXTERNAL, "aws:principalorgid": ORGANIZATION, "sts:rolesessionname": SHORT,
    "aws:sourceaccount": TWELVE, "aws:sourcearn": ARN, "aws:principaltag/team": TAG,
    "aws:requesttag/team": TAG, f"{GITHUB}:sub": PLAIN, f"{GITHUB}:aud": PLAIN,
    f"{GITHUB}:repository_id": PLAIN, "aws:principalorgpaths": PATH_IN_ORGANIZATION,
    "aws:tagkeys": PLAIN,
}  # fmt: skip
# EC2 has no setting for an external ID.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html
WITHOUT_EXTERNAL_ID = ("ec2.amazonaws.com",)
# Which kinds of callers have a key: "always", "maybe"; others never.
PRESENT = {
    "sts:externalid": dict.fromkeys(("session", "user", "service"), "maybe"),
    "aws:principalorgid": dict.fromkeys(("session", "user"), "maybe"),
    "aws:principalorgpaths": dict.fromkeys(("session", "user"), "maybe"),
    "aws:principaltag/team": dict.fromkeys(("session", "user", "service"), "maybe"),
    "aws:principalarn": dict.fromkeys(("session", "user"), "always"),
    "aws:principalaccount": dict.fromkeys(("session", "user"), "always"),
    "aws:username": {"user": "always"},
    "aws:multifactorauthpresent": dict.fromkeys(("session", "user"), "maybe"),
    "aws:multifactorauthage": {"user": "maybe"},
    "aws:sourceip": dict.fromkeys(("session", "user", "oidc"), "maybe"),
    "aws:currenttime": dict.fromkeys(("session", "user", "service", "oidc"), "always"),
    "sts:rolesessionname": dict.fromkeys(("session", "user", "service", "oidc"), "always"),
    "aws:sourceaccount": {"service": "maybe"},
    "aws:sourcearn": {"service": "maybe"},
    f"{GITHUB}:sub": {"oidc": "always", "session": "maybe"},
    f"{GITHUB}:aud": {"oidc": "always", "session": "maybe"},
    f"{GITHUB}:repository_id": {"oidc": "maybe"},
}
BOOLS = ("aws:multifactorauthpresent",)
NUMBERS = ("aws:multifactorauthage",)
DATES = ("aws:currenttime",)
ADDRESSES = ("aws:sourceip",)
INSIDE = [ip_network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",
          "127.0.0.0/8", "169.254.0.0/16",
          "0.0.0.0/8", "100.64.0.0/10", "224.0.0.0/3", "fc00::/7", "fe80::/10", "ff00::/8",
          "::/127")]  # fmt: skip


def lets_in_more(more: tw.TrustPolicy, less: tw.TrustPolicy) -> bool | None:
    """Whether `more` lets in a call that `less` does not; `None` when the solver does not know in
    time.
    """
    unknown = False
    for call in _calls(more, less):
        solver = z3.Solver()
        solver.set(**LIMITS)
        solver.add(call.lets_in(more), z3.Not(call.lets_in(less)), *call.facts)
        found = solver.check()
        if found == z3.sat:
            return True
        unknown = unknown or found == z3.unknown
    return None if unknown else False


def _calls(*policies: tw.TrustPolicy) -> Iterator[Call]:
    principals = [p for policy in policies for s in policy.statements if (p := s.principal)]
    services = dict.fromkeys(name for p in principals for name in p.service or ())
    providers = dict.fromkeys(name for p in principals for name in p.federated or ())
    for name in (*services, *providers):
        identity_of(name)  # a text that names nobody is not modelled here
    who = [("session", ""), ("user", "")]
    who += [("service", name) for name in (*services, "unnamed.amazonaws.com")]
    who += [("saml", name) for name in providers if ":saml-provider/" in name]
    who += [
        ("oidc", name)
        for name in (
            *(name for name in providers if ":saml-provider/" not in name),
            "arn:aws:iam::111122223333:oidc-provider/unnamed.example",
        )
    ]
    text = " ".join(map(str, policies)).lower()
    tags = (False, True) if "tagsession" in text or "sts:*" in text else (False,)
    for (kind, name), with_tags in product(who, tags):
        yield Call(kind, name, with_tags, principals)


class Call:
    """One symbolic call by one kind of caller."""

    def __init__(self, kind: str, name: str, tags: bool, principals: list[tw.Principal]) -> None:
        self.kind, self.caller, self.tags = kind, name, tags
        self.facts: list[Any] = []
        self.keys: dict[str, tuple[Any, Any]] = {}
        self.account, self.name, self.path = (
            z3.String("account"),
            z3.String("name"),
            z3.String("path"),
        )
        if kind in ("session", "user"):
            self.facts += [
                z3.InRe(self.account, TWELVE),
                z3.InRe(self.name, NAME),
                z3.InRe(self.path, ROLE_PATH),
            ]
            self.facts.append(
                z3.Or(self.path == "", z3.InRe(self.path, z3.Concat(ROLE_PATH, z3.Re("/"))))
            )
            of_kind = ":role/" if kind == "session" else ":user/"
            named = {v for p in principals for v in p.aws or () if of_kind in v}
            for (
                arn
            ) in named:  # a named one's path is the one that the policy tells; here they have none
                here = z3.And(
                    self.account == arn.split(":")[4], self.name == arn.rpartition("/")[2]
                )
                self.facts.append(z3.Implies(here, self.path == ""))
        age, mfa = "aws:multifactorauthage", "aws:multifactorauthpresent"
        if kind == "user":
            self.facts.append(
                z3.Implies(self.key(age)[0], z3.And(self.key(mfa)[0], self.key(mfa)[1]))
            )
        if kind == "session":
            self.facts.append(z3.Not(self.key(mfa)[1]))
        if tags:
            _, elements = self.key("aws:tagkeys")
            team = z3.Or(
                [z3.And(used, z3.InRe(text, _any_case("Team"))) for used, text in elements]
            )
            self.facts.append(self.key("aws:requesttag/team")[0] == team)
            self.facts.append(z3.Or([used for used, _ in elements]))
        if kind in ("session", "user"):
            self._in_one_organization()
        if kind == "service":
            self._of_one_account()

    def _in_one_organization(self) -> None:
        """An account in an organization has its ID and paths that begin with it."""
        has, organization = self.key("aws:principalorgid")
        has_paths, paths = self.key("aws:principalorgpaths")
        inside = z3.Concat(organization, z3.StringVal("/"))
        self.facts.append(has == has_paths)
        self.facts += [z3.Implies(used, z3.PrefixOf(inside, text)) for used, text in paths]
        self.facts.append(z3.Implies(has, z3.Or([used for used, _ in paths])))

    def _of_one_account(self) -> None:
        """The account for which a service works is that of the resource, where its ARN has one."""
        has, account = self.key("aws:sourceaccount")
        has_arn, arn = self.key("aws:sourcearn")
        before = z3.Concat(z3.Re("arn:"), *([z3.Star(NO_COLON), z3.Re(":")] * 3))
        after = z3.Concat(z3.Re(":"), ANYTHING)
        without = z3.InRe(arn, z3.Concat(before, after))
        start = z3.String("before the account")
        rest = z3.String("after the account")
        same = z3.And(
            arn == z3.Concat(start, account, rest), z3.InRe(start, before), z3.InRe(rest, after)
        )
        self.facts.append(z3.Implies(z3.And(has, has_arn), z3.Or(without, same)))

    def key(self, name: str) -> tuple[Any, Any]:
        """Whether the call has a key, and its value; for a key with several values, which of four
        it has.
        """
        if name == "sts:sourceidentity":
            raise ValueError("calls with a source identity are not modelled here")
        if name not in self.keys:
            self.keys[name] = self._key(name)
        return self.keys[name]

    def _key(self, name: str) -> tuple[Any, Any]:
        how = PRESENT[name].get(self.kind, "never") if name in PRESENT else self._presence(name)
        if name in ("aws:tagkeys", "aws:requesttag/team"):
            how = ("always" if name == "aws:tagkeys" else "maybe") if self.tags else "never"
        if name == "sts:externalid" and self.caller in WITHOUT_EXTERNAL_ID:
            how = "never"
        if (
            self.kind == "oidc"
            and name.startswith(GITHUB)
            and not self.caller.endswith(f"/{GITHUB}")
        ):
            how = "never"
        present = {"always": z3.BoolVal(True), "never": z3.BoolVal(False)}.get(
            how, z3.Bool(f"has {name}")
        )
        return present, self._value(name)

    def _presence(self, name: str) -> str:
        """Of keys that the table does not hold: claims come with tokens of their issuer, others
        with any call.
        """
        issuer, _, _ = name.rpartition(":")
        if "." in issuer:
            own = self.kind == "oidc" and self.caller.lower().endswith(issuer)
            return ("always" if name.endswith((":sub", ":aud")) else "maybe") if own else "never"
        return ("maybe" if self.kind == "saml" else "never") if issuer == "saml" else "maybe"

    def _value(self, name: str) -> Any:
        if name in MANY:
            elements = [(z3.Bool(f"{name} {n}?"), z3.String(f"{name} {n}")) for n in range(4)]
            self.facts += [z3.Implies(used, z3.InRe(text, FORMS[name])) for used, text in elements]
            return elements
        if name == "aws:principalaccount":
            return self.account
        if name == "aws:username":
            return self.name
        if name == "aws:principalarn":
            kind = "role/" if self.kind == "session" else "user/"
            return z3.Concat(
                z3.StringVal("arn:aws:iam::"),
                self.account,
                z3.StringVal(f":{kind}"),
                self.path,
                self.name,
            )
        if name in BOOLS:
            return z3.Bool(name)
        if name in NUMBERS + DATES:
            number = z3.Int(name)
            self.facts.append(number >= 0)
            return number
        if name in ADDRESSES:
            return self._address(name)
        text = z3.String(name)
        self.facts.append(z3.InRe(text, FORMS.get(name, PLAIN)))
        return text

    def _address(self, name: str) -> tuple[Any, Any]:
        six, number = z3.Bool(f"{name} 6"), z3.Int(name)
        self.facts += [number >= 0, z3.If(six, number < 2**128, number < 2**32)]
        self.facts += [z3.Not(_within(six, number, network)) for network in INSIDE]
        return six, number

    def lets_in(self, policy: tw.TrustPolicy) -> Any:
        """That a policy lets this call in."""
        mains = {"oidc": "sts:AssumeRoleWithWebIdentity", "saml": "sts:AssumeRoleWithSAML"}
        main = mains.get(self.kind, "sts:AssumeRole")
        actions = [main, "sts:TagSession"] if self.tags else [main]
        return z3.And([self._allowed(policy, action) for action in actions])

    def _allowed(self, policy: tw.TrustPolicy, action: str) -> Any:
        def applies(effect: str) -> Any:
            return z3.Or(
                [self._applies(s, action) for s in policy.statements if s.effect == effect]
            )

        return z3.And(applies("Allow"), z3.Not(applies("Deny")))

    def _applies(self, statement: tw.Statement, action: str) -> Any:
        fits = [
            re.fullmatch(re.escape(a).replace(r"\*", ".*"), action, re.I)
            for a in statement.action or ()
        ]
        if not any(fits):
            return z3.BoolVal(False)
        principal = statement.principal or tw.Principal()
        who = z3.Or(principal.star, *(self._is(kind, value) for _, kind, value in principal.each()))
        return z3.And(who, *(self._condition(condition) for condition in statement.conditions))

    def _is(self, kind: str, value: str) -> Any:
        if kind == "AWS":
            return self._is_aws(value)
        return z3.BoolVal(value == self.caller and (kind == "Service") == (self.kind == "service"))

    def _is_aws(self, value: str) -> Any:
        if value == "*":
            return z3.BoolVal(True)
        if self.kind not in ("session", "user"):
            return z3.BoolVal(False)
        account = value if value.isdigit() else value.split(":")[4]
        resource = "root" if value.isdigit() else value.split(":", 5)[5]
        here = self.account == account
        if resource == "root":
            return here
        sort, _, name = resource.partition("/")
        return (
            z3.And(here, self.name == name)
            if sort == {"session": "role", "user": "user"}[self.kind]
            else z3.BoolVal(False)
        )

    def _condition(self, condition: tw.Condition) -> Any:
        quantifier, _, base = condition.operator.rpartition(":")
        optional, base = base.endswith("IfExists"), base.removesuffix("IfExists")
        present, value = self.key(condition.key.lower())
        if base == "Null":
            asked = {str(v).lower() for v in condition.values}
            return z3.If(present, z3.BoolVal("false" in asked), z3.BoolVal("true" in asked))
        negated = "Not" in base
        missing = optional or quantifier == "ForAllValues" or (negated and not quantifier)

        def test(text: Any) -> Any:
            fits = z3.Or(
                [
                    self._fits(base.replace("Not", ""), str(wanted), text)
                    for wanted in condition.values
                ]
            )
            return z3.Not(fits) if negated else fits

        return z3.If(
            present,
            self._there(condition.key.lower(), quantifier, value, test),
            z3.BoolVal(missing),
        )

    def _there(self, key: str, quantifier: str, value: Any, test: Callable[[Any], Any]) -> Any:
        """What a condition says of a key that is there."""
        if key not in MANY:
            every = quantifier == "ForAllValues" and key.startswith(
                ("aws:requesttag/", "aws:principaltag/")
            )
            return z3.Or(value == "", test(value)) if every else test(value)
        if not quantifier:
            return z3.BoolVal(False)
        if quantifier == "ForAllValues":
            return z3.And([z3.Implies(used, test(text)) for used, text in value])
        return z3.Or([z3.And(used, test(text)) for used, text in value])

    def _fits(self, base: str, wanted: str, value: Any) -> Any:
        if base in ("StringEquals", "StringLike") and wanted == "${aws:username}":
            present, name = self.key("aws:username")
            return z3.And(present, value == name)
        if base == "StringEquals":
            return value == z3.StringVal(wanted)
        if base == "StringEqualsIgnoreCase":
            return z3.InRe(value, _any_case(wanted))
        if base == "StringLike":
            return z3.InRe(value, _glob(wanted, ANYTHING, ONE))
        if base in ("ArnLike", "ArnEquals"):
            return z3.InRe(value, _arn(wanted)) if wanted.count(":") >= 5 else z3.BoolVal(False)
        if base == "Bool":
            return (
                value == z3.BoolVal(wanted == "true")
                if wanted in ("true", "false")
                else z3.BoolVal(False)
            )
        if base == "IpAddress":
            return _within(*value, ip_network(wanted))
        return _ordered(base, wanted, value)


def _ordered(base: str, wanted: str, value: Any) -> Any:
    if base.startswith("Date"):
        moment = datetime.fromisoformat(wanted.replace("Z", "+00:00"))
        border: Any = z3.IntVal(int(moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()))
        base = base.removeprefix("Date")
    else:
        exact = Fraction(wanted)
        border, base = z3.Q(exact.numerator, exact.denominator), base.removeprefix("Numeric")
    number = z3.ToReal(value) if z3.is_real(border) else value
    compared: dict[str, Any] = {
        "Equals": number == border,
        "LessThan": number < border,
        "LessThanEquals": number <= border,
        "GreaterThan": number > border,
        "GreaterThanEquals": number >= border,
    }
    return compared[base]


def _within(six: Any, number: Any, network: Any) -> Any:
    first, last = int(network.network_address), int(network.broadcast_address)
    return z3.And(six if network.version == 6 else z3.Not(six), number >= first, number <= last)


def _any_case(text: str) -> Any:
    return _joined(
        [z3.Union(z3.Re(c.lower()), z3.Re(c.upper())) if c.isalpha() else z3.Re(c) for c in text]
    )


def _glob(text: str, run: Any, one: Any) -> Any:
    return _joined(
        [
            run if part == "*" else one if part == "?" else z3.Re(part)
            for part in re.split(r"([*?])", text)
            if part
        ]
    )


def _arn(text: str) -> Any:
    parts = text.split(":", 5)
    segments = [z3.Re("arn"), *(_glob(part, z3.Star(NO_COLON), NO_COLON) for part in parts[1:5])]
    found = [piece for segment in segments for piece in (segment, z3.Re(":"))]
    return _joined([*found, _glob(parts[5], ANYTHING, ONE)])


def _joined(parts: list[Any]) -> Any:
    return z3.Re("") if not parts else parts[0] if len(parts) == 1 else z3.Concat(*parts)
