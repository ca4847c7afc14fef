"""Pairs of policies: one made from the other by a small change, that may mean something or
nothing.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import trust_widgets as tw

GITHUB = "token.actions.githubusercontent.com"
PROVIDER = f"arn:aws:iam::111122223333:oidc-provider/{GITHUB}"
WEB, ROLE = "sts:AssumeRoleWithWebIdentity", "sts:AssumeRole"
OTHER = "arn:aws:sts::{}:assumed-role/{}/{}"

ACCOUNTS = ("111122223333", "444455556666", "999988887777")
VALUES = {
    f"{GITHUB}:sub": (
        "repo:octo-org/app:ref:refs/heads/main",
        "repo:octo-org/app:*",
        "repo:octo-org/*",
        "repo:octo*",
        "repo:octo-org/app:environment:prod",
        "repo:*/app:*",
        "repo:octo-evil/*",
        "repo:octo-org/app:pull_request",
    ),
    f"{GITHUB}:aud": ("sts.amazonaws.com", "other", "sts.*"),
    f"{GITHUB}:repository_id": ("1234", "56"),
    "sts:ExternalId": ("b2f6c3de", "B2F6C3DE", "b2f6*", "acme-1", "??f6c3de"),
    "aws:PrincipalOrgID": ("o-a1b2c3d4e5", "o-zzzzzzzzzz", "o-*"),
    "aws:PrincipalArn": (
        "arn:aws:iam::444455556666:role/app",
        "arn:aws:iam::444455556666:role/*",
        "arn:aws:iam::*:role/app",
        "arn:aws:iam::444455556666:user/ops",
        "arn:aws:iam::*:user/*",
        "arn:aws:iam::444455556666:role/team/*",
    ),
    "aws:PrincipalAccount": (*ACCOUNTS, "4444*"),
    "sts:RoleSessionName": ("${aws:username}", "deploy", "deploy-*", "ops"),
    "aws:PrincipalTag/Team": ("blue", "green", "bl*"),
    "aws:SourceAccount": ACCOUNTS,
    "aws:SourceArn": (
        "arn:aws:s3:::octo",
        "arn:aws:sns:*:111122223333:*",
        "arn:aws:sns:eu-west-1:111122223333:topic",
        "arn:*:sns:*:*:to*",
    ),
    "aws:MultiFactorAuthPresent": ("true", "false"),
    "aws:MultiFactorAuthAge": ("3600", "60", "60.5"),
    "aws:CurrentTime": ("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"),
    "aws:SourceIp": (
        "203.0.113.0/24",
        "203.0.113.128/25",
        "198.51.100.7/32",
        "2001:db8::/32",
        "10.0.0.0/8",
    ),
    "aws:PrincipalOrgPaths": (
        "o-a1b2c3d4e5/r-ab12/*",
        "o-a1b2c3d4e5/*",
        "o-a1b2c3d4e5/r-ab12/ou-1/",
    ),
    "aws:RequestTag/Team": ("blue", "green", "*"),
    "aws:TagKeys": ("Team", "Project", "T*"),
}
STRINGS = (
    "StringEquals",
    "StringLike",
    "StringNotEquals",
    "StringNotLike",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
)
ARNS = ("ArnLike", "ArnEquals", "ArnNotLike", "StringEquals", "StringLike")
COMPARED = ("LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals", "Equals", "NotEquals")


def operators_for(key: str) -> tuple[str, ...]:
    """Operators that fit a key."""
    if key in ("aws:PrincipalArn", "aws:SourceArn"):
        return ARNS
    kinds = {
        "aws:MultiFactorAuthPresent": ("Bool",),
        "aws:MultiFactorAuthAge": tuple(f"Numeric{c}" for c in COMPARED),
        "aws:CurrentTime": tuple(f"Date{c}" for c in COMPARED),
        "aws:SourceIp": ("IpAddress", "NotIpAddress"),
        "sts:RoleSessionName": STRINGS[:4],  # the solver has no text in another's small letters
    }
    return kinds.get(key, STRINGS)


class Maker:
    """Makes policies and changes them, by a seeded source of chance."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def pair(self) -> tuple[tw.TrustPolicy, tw.TrustPolicy]:
        """A policy and what a change made of it; a third of the changes are meant to mean
        nothing.
        """
        changes = HARMLESS if self.random.random() < 0.25 else HARMFUL
        old = new = self.policy()
        while new == old:
            old = new = self.policy()
            for _ in range(self.random.choice((1, 2, 3))):
                new = self.random.choice(changes)(self, new)
        return (old, new) if self.random.random() < 0.5 else (new, old)

    def policy(self) -> tw.TrustPolicy:
        """One to three statements."""
        statements = [self.statement("Allow") for _ in range(self.random.choice((1, 1, 2, 3)))]
        if self.random.random() < 0.25:
            statements.append(self.statement("Deny"))
        return tw.TrustPolicy(tuple(statements))

    def statement(self, effect: str, few: bool = False) -> tw.Statement:
        """A statement about one kind of caller, with keys that suit it."""
        kind = self.random.choice(("aws", "aws", "oidc", "oidc", "service"))
        keys = {
            "aws": (
                "sts:ExternalId",
                "aws:PrincipalOrgID",
                "aws:PrincipalArn",
                "aws:PrincipalAccount",
                "aws:SourceIp",
                "sts:RoleSessionName",
                "aws:PrincipalTag/Team",
                "aws:MultiFactorAuthPresent",
                "aws:CurrentTime",
                "aws:MultiFactorAuthAge",
                "aws:PrincipalOrgPaths",
                "aws:TagKeys",
                "aws:RequestTag/Team",
            ),
            "oidc": (f"{GITHUB}:sub",) * 3
            + (f"{GITHUB}:aud", f"{GITHUB}:repository_id", "aws:SourceIp"),
            "service": ("aws:SourceAccount", "aws:SourceArn", "sts:ExternalId"),
        }[kind]
        conditions = tuple(
            self.condition(key) for key in self.sample(keys, self.random.choice((0, 1, 1, 2, 3)))
        )
        actions = (WEB if kind == "oidc" else ROLE,)
        if kind == "aws" and self.random.random() < 0.25:
            actions += ("sts:TagSession",)
        return tw.Statement(effect, self.principal(kind), actions, _merged(conditions))

    def principal(self, kind: str) -> tw.Principal:
        """One or two principals of a kind."""
        account = self.random.choice(ACCOUNTS)
        aws = (
            "*",
            account,
            f"arn:aws:iam::{account}:root",
            f"arn:aws:iam::{account}:role/app",
            f"arn:aws:iam::{account}:user/ops",
        )
        if kind == "aws":
            return tw.Principal(aws=tuple(self.sample(aws, self.random.choice((1, 1, 2)))))
        if kind == "oidc":
            return tw.Principal(federated=(PROVIDER,))
        return tw.Principal(
            service=tuple(
                self.sample(("sns.amazonaws.com", "ec2.amazonaws.com"), self.random.choice((1, 2)))
            )
        )

    def condition(self, key: str) -> tw.Condition:
        """A condition on a key, with a set operator or `IfExists` now and then."""
        base = self.random.choice(operators_for(key))
        if key in ("aws:PrincipalOrgPaths", "aws:TagKeys"):
            base = self.random.choice(("ForAnyValue:", "ForAllValues:")) + self.random.choice(
                STRINGS[:4]
            )
        elif self.random.random() < 0.05 and base in STRINGS:
            base = f"ForAllValues:{base}"
        if self.random.random() < 0.15:
            base += "IfExists"
        if self.random.random() < 0.04:
            return tw.Condition("Null", key, (self.random.choice(("true", "false")),))
        return tw.Condition(
            base, key, tuple(self.sample(VALUES[key], self.random.choice((1, 1, 2))))
        )

    def sample(self, values: tuple[str, ...], count: int) -> list[str]:
        """Different ones of some values."""
        return self.random.sample(list(dict.fromkeys(values)), min(count, len(set(values))))


def _merged(conditions: tuple[tw.Condition, ...]) -> tuple[tw.Condition, ...]:
    """One condition for each operator and key, as a document can say it."""
    return tuple({(c.operator, c.key): c for c in conditions}.values())


Change = Callable[[Maker, tw.TrustPolicy], tw.TrustPolicy]


def _on_statement(change: Callable[[Maker, tw.Statement], tw.Statement]) -> Change:
    def changed(maker: Maker, policy: tw.TrustPolicy) -> tw.TrustPolicy:
        at = maker.random.randrange(len(policy.statements))
        statements = list(policy.statements)
        statements[at] = change(maker, statements[at])
        return replace(policy, statements=tuple(statements))

    return changed


def _on_condition(change: Callable[[Maker, tw.Condition], tw.Condition | None]) -> Change:
    def changed(maker: Maker, statement: tw.Statement) -> tw.Statement:
        if not statement.conditions:
            return statement
        at = maker.random.randrange(len(statement.conditions))
        conditions = list(statement.conditions)
        new = change(maker, conditions.pop(at))
        if new is not None:
            conditions.insert(at, new)
        return replace(statement, conditions=_merged(tuple(conditions)))

    return _on_statement(changed)


def _add_value(maker: Maker, condition: tw.Condition) -> tw.Condition:
    if condition.operator.startswith("Null"):
        return condition
    return replace(
        condition, values=(*condition.values, maker.random.choice(VALUES[condition.key]))
    )


def _drop_value(maker: Maker, condition: tw.Condition) -> tw.Condition:
    return replace(condition, values=condition.values[1:] or condition.values)


def _other_values(maker: Maker, condition: tw.Condition) -> tw.Condition:
    return (
        condition
        if condition.operator.startswith("Null")
        else replace(condition, values=(maker.random.choice(VALUES[condition.key]),))
    )


def _other_operator(maker: Maker, condition: tw.Condition) -> tw.Condition:
    return (
        maker.condition(condition.key)
        if maker.random.random() < 0.3
        else replace(condition, operator=_swapped(condition.operator))
    )


def _swapped(operator: str) -> str:
    swaps = (
        ("StringEquals", "StringLike"),
        ("StringLike", "StringEquals"),
        ("ForAllValues:", "ForAnyValue:"),
        ("LessThan", "GreaterThan"),
    )
    return next(
        (
            operator.replace(a, b)
            for a, b in swaps
            if a in operator and "IgnoreCase" not in operator
        ),
        operator,
    )


def _if_exists(maker: Maker, condition: tw.Condition) -> tw.Condition:
    if condition.operator == "Null":
        return condition
    has = condition.operator.endswith("IfExists")
    return replace(
        condition,
        operator=(
            condition.operator.removesuffix("IfExists") if has else f"{condition.operator}IfExists"
        ),
    )


def _add_condition(maker: Maker, statement: tw.Statement) -> tw.Statement:
    return replace(
        statement, conditions=_merged((*statement.conditions, *maker.statement("Allow").conditions))
    )


def _other_principal(maker: Maker, statement: tw.Statement) -> tw.Statement:
    kind = "service" if statement.principal and statement.principal.service else "aws"
    return (
        statement
        if statement.action == (WEB,)
        else replace(statement, principal=maker.principal(kind))
    )


def _add_statement(maker: Maker, policy: tw.TrustPolicy) -> tw.TrustPolicy:
    effect = maker.random.choice(("Allow", "Deny", "Deny"))
    return replace(policy, statements=(*policy.statements, maker.statement(effect)))


def _drop_statement(maker: Maker, policy: tw.TrustPolicy) -> tw.TrustPolicy:
    return replace(policy, statements=policy.statements[1:] or policy.statements)


def _reordered(maker: Maker, policy: tw.TrustPolicy) -> tw.TrustPolicy:
    def turned(s: tw.Statement) -> tw.Statement:
        conditions = [
            replace(c, values=tuple(reversed(c.values)), key=c.key.swapcase())
            for c in reversed(s.conditions)
        ]
        return replace(s, conditions=tuple(conditions))

    return replace(policy, statements=tuple(map(turned, reversed(policy.statements))))


def _split(maker: Maker, policy: tw.TrustPolicy) -> tw.TrustPolicy:
    """One statement for each principal."""
    statements: list[tw.Statement] = []
    for s in policy.statements:
        values = (s.principal.aws or ()) if s.principal else ()
        statements += (
            [replace(s, principal=tw.Principal(aws=(v,))) for v in values]
            if len(values) > 1
            else [s]
        )
    return replace(policy, statements=tuple(statements))


def _like_for_equals(maker: Maker, condition: tw.Condition) -> tw.Condition:
    plain = not any(set(str(v)) & set("*?$") for v in condition.values)
    if plain and condition.operator in ("StringEquals", "StringNotEquals"):
        return replace(condition, operator=condition.operator.replace("Equals", "Like"))
    return replace(condition, operator=condition.operator.replace("ArnLike", "ArnEquals"))


def _narrower_value_too(maker: Maker, condition: tw.Condition) -> tw.Condition:
    if condition.operator in ("StringLike", "StringNotLike", "ArnLike") and str(
        condition.values[0]
    ).endswith("*"):
        return replace(condition, values=(*condition.values, f"{str(condition.values[0])[:-1]}x"))
    return replace(condition, values=(*condition.values, *condition.values))


def _narrower_statement_too(maker: Maker, policy: tw.TrustPolicy) -> tw.TrustPolicy:
    """A copy of a statement with one more condition: it adds nothing."""
    return replace(
        policy,
        statements=(
            *policy.statements,
            _add_condition(maker, maker.random.choice(policy.statements)),
        ),
    )


HARMFUL: tuple[Change, ...] = (
    *map(
        _on_condition,
        (_add_value, _add_value, _drop_value, _other_values, _other_operator, _if_exists),
    ),
    _on_condition(lambda maker, condition: None),
    *map(_on_statement, (_add_condition, _add_condition, _other_principal)),
    _add_statement,
    _drop_statement,
)
HARMLESS: tuple[Change, ...] = (
    _reordered, _split, _narrower_statement_too, _on_condition(_like_for_equals),
    _on_condition(_narrower_value_too),
)  # fmt: skip


def _hard() -> Iterator[tuple[tw.TrustPolicy, tw.TrustPolicy, bool, bool]]:
    """Pairs on which a careless search goes wrong, made by hand: old, new, whether anyone gains,
    whether anyone loses.
    """
    octo = ("repo:octo-*", "repo:octoother*", "repo:octox*", "repo:octo9*", "repo:octo")
    yield _subjects(*octo), _subjects("repo:octo*"), True, False
    yield _subjects("*a*", "*b*"), _subjects("*a*b*", "*c*"), True, True
    abroad = tw.Condition("NotIpAddress", "aws:SourceIp", ("203.0.113.0/24",))
    no_mfa = tw.Condition("BoolIfExists", "aws:MultiFactorAuthPresent", ("false",))
    root = tw.Statement("Allow", tw.Principal(aws="444455556666"), ROLE)
    deny = tw.Statement("Deny", tw.Principal(aws="*"), ROLE, (abroad, no_mfa))
    yield (
        tw.TrustPolicy((root, replace(deny, conditions=(no_mfa,)))),
        tw.TrustPolicy((root, deny)),
        True,
        False,
    )
    yield (
        tw.TrustPolicy((root, deny)),
        tw.TrustPolicy((root, replace(deny, conditions=(abroad,)))),
        False,
        True,
    )


def _subjects(*values: str) -> tw.TrustPolicy:
    condition = tw.Condition("StringLike", f"{GITHUB}:sub", values)
    return tw.TrustPolicy(
        (tw.Statement("Allow", tw.Principal(federated=PROVIDER), WEB, (condition,)),)
    )


HARD = tuple(_hard())


def request(chance: random.Random) -> tw.Request:
    """A call such as there may be: with the keys that its caller always has."""
    account = chance.choice(("111122223333", "444455556666", "999988887777"))
    name = chance.choice(("app", "ops", "other"))
    who = {
        "session": OTHER.format(account, name, "deploy-1"),
        "user": f"arn:aws:iam::{account}:user/{name}",
        "service": chance.choice(("sns.amazonaws.com", "ec2.amazonaws.com")),
        "oidc": PROVIDER,
    }
    kind = chance.choice(list(who))
    maybe = {
        "session": (
            "sts:ExternalId",
            "aws:PrincipalOrgID",
            "aws:PrincipalTag/Team",
            "aws:SourceIp",
        ),
        "user": (
            "sts:ExternalId",
            "aws:PrincipalOrgID",
            "aws:PrincipalTag/Team",
            "aws:SourceIp",
            "aws:MultiFactorAuthPresent",
        ),
        "service": ("aws:SourceAccount", "aws:SourceArn", "sts:ExternalId"),
        "oidc": (f"{GITHUB}:repository_id", "aws:SourceIp"),
    }[kind]
    always = (
        "aws:CurrentTime",
        "sts:RoleSessionName",
        *((f"{GITHUB}:sub", f"{GITHUB}:aud") if kind == "oidc" else ()),
    )
    keys = (*always, *(key for key in maybe if chance.random() < 0.6))
    context = {key: _plain(chance.choice(VALUES[key])) for key in keys}
    if "aws:SourceIp" in context:
        context["aws:SourceIp"] = chance.choice(
            ("203.0.113.7", "203.0.113.200", "192.0.2.1", "2001:db8::1")
        )
    return tw.Request(
        WEB if kind == "oidc" else ROLE, who[kind], context=context, caller_permission="yes"
    )


def _plain(text: str) -> str:
    return {"4444*": "444455556666", "${aws:username}": "ops"}.get(
        text, text.replace("*", "x").replace("?", "1")
    )
