"""Random organizations of eight roles, and who reaches which role by trying every call.

Nothing of the search takes part: a session is what it was given at the hops before, each call that
the small vocabulary allows is made, and `evaluate` decides it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any, NamedTuple

import trust_widgets as tw
from support.organizations import arn, permissions, trust

ACCOUNTS = ("222233334444", "555566667777")
TEAMS = ("web", "data")
Case = dict[str, Any]


def made(seed: int) -> Case:
    """An organization of eight roles and one user, in the notation of `organizations`."""
    draw = random.Random(seed)
    roles = [f"r{n}" if draw.random() < 0.75 else f"r{n}@{ACCOUNTS[1]}" for n in range(8)]
    return {
        "users": {"u": holder(draw, roles)},
        "roles": {name: {"trust": trusts(draw, roles), **holder(draw, roles)} for name in roles},
    }


def trusts(draw: random.Random, roles: list[str]) -> list[Any]:
    """Whom a role trusts."""
    found = []
    for _ in range(draw.choice((1, 1, 2, 3))):
        kinds = ["user/u", "root", f"root@{ACCOUNTS[0]}", "service/lambda"]
        who = draw.choice([*kinds, *(f"role/{draw.choice(roles)}" for _ in range(4))])
        item: dict[str, Any] = {"who": who, "also": []}
        if draw.random() < 0.4:
            item["also"].append("sts:TagSession")
        if draw.random() < 0.3:
            item["also"].append("sts:SetSourceIdentity")
        if draw.random() < 0.45 and not who.startswith("service"):
            item["if"] = draw.choice(CONDITIONS)
        found.append(item)
    if draw.random() < 0.15:
        found.append({"who": f"role/{draw.choice(roles)}", "deny": True, "also": []})
    return found


CONDITIONS: list[dict[str, Any]] = [
    {"StringEquals": {"sts:ExternalId": "x1"}},
    {"StringEquals": {"aws:PrincipalTag/team": "web"}},
    {"StringEquals": {"aws:PrincipalTag/team": "data"}},
    {"StringNotEquals": {"aws:PrincipalTag/team": "web"}},
    {"StringEquals": {"aws:RequestTag/team": "web"}},
    {"StringEquals": {"aws:SourceIdentity": "ann"}},
    {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
    {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}},
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/r1*"}},
    {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/r[0-3]"}},
]


def holder(draw: random.Random, roles: list[str]) -> Case:
    """The permissions and tags of a user or role."""
    if draw.random() < 0.08:
        return {"can": None}
    can: list[Any] = []
    for _ in range(draw.choice((0, 1, 2))):
        actions = draw.choice(
            ("sts:AssumeRole", "sts:AssumeRole,sts:TagSession", "sts:*", "sts:AssumeRole,sts:Set*")
        )
        can.append(f"{actions} {draw.choice([*roles, '*'])}")
    if draw.random() < 0.1:
        can.append(f"iam:PassRole,lambda:* {draw.choice(['*', '*', draw.choice(roles)])}")
    if draw.random() < 0.07:
        can.append(f"iam:UpdateAssumeRolePolicy {draw.choice(roles)}")
    if draw.random() < 0.1:
        can.append({"do": "sts:AssumeRole", "on": draw.choice(roles), "deny": True})
    found: Case = {"can": can}
    if draw.random() < 0.25:
        found["tags"] = {"team": draw.choice(TEAMS)}
    if draw.random() < 0.08:
        found["boundary"] = draw.choice((["s3:* *"], ["sts:AssumeRole *"], ["*:* *"]))
    return found


class Session(NamedTuple):
    """Who acts, with what was given at the hops before.

    Args:
        name: in the notation; `""` for the user. tags: of the session. is_transitive: whether they
            go on. identity: its source identity.
    """

    name: str
    tags: tuple[tuple[str, str], ...] = ()
    is_transitive: bool = False
    identity: str = ""


class Organization:
    """An organization in which every call is tried.

    Args:
        case: in the notation.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self._trusts = {
            name: tw.parse(trust(entry["trust"], account_of(name)))
            for name, entry in case["roles"].items()
        }
        self._asked = {
            name: frozenset(key for item in entry["trust"] for key in asked_keys(item))
            for name, entry in case["roles"].items()
        }
        self._policies: dict[str, tuple[Any, Any]] = {}
        self._outcomes: dict[tuple[Any, ...], str] = {}

    def outcome(self, session: Session, role: str, after: Session, chosen: tuple[bool, ...]) -> str:
        """What `evaluate` says of a call; calls with the same keys, and the same values of those
        that the role's trust policy asks about, are decided once.

        Args:
            session: who calls. role: which role. after: the session that it asks for.
            chosen: whether it sets a source identity, and has an address and MFA.
        """
        context = carried_along(entry(self.case, session.name), session, after, chosen)
        asked = self._asked[role]
        values = tuple(item for item in context.items() if item[0] in asked)
        key = (session.name, role, frozenset(context), values)
        known = self._outcomes.get(key)
        if known is None:
            request = tw.Request("sts:AssumeRole", caller(session), arn("role", role), context)
            known = self._outcomes[key] = self._decided(session.name, role, request)
        return known

    def _decided(self, name: str, role: str, request: tw.Request) -> str:
        """What `evaluate` says: first for a caller that may do anything, which is quicker."""
        trusted = tw.evaluate(self._trusts[role], replace(request, caller_permission="yes"))
        if str(trusted.outcome) in ("not allowed", "denied"):
            return str(trusted.outcome)
        policies, boundary = self._policies_of(name)
        decision = tw.evaluate(self._trusts[role], request, permissions=policies, boundary=boundary)
        return str(decision.outcome)

    def _policies_of(self, name: str) -> tuple[Any, Any]:
        """The own policies of the user or a role, and its boundary."""
        if name not in self._policies:
            own = entry(self.case, name)
            parse = tw.PermissionsPolicy.parse
            policies = None if own["can"] is None else [parse(permissions(own["can"]))]
            boundary = parse(permissions(own["boundary"])) if "boundary" in own else None
            self._policies[name] = policies, boundary
        return self._policies[name]

    def reached(self, only_certain: bool) -> set[str]:
        """The roles that the user reaches, by name."""
        start = Session("")
        seen, stack = {start}, [start]
        while stack:
            session = stack.pop()
            for other in moves(self, session, only_certain):
                if other not in seen:
                    seen.add(other)
                    stack.append(other)
        return {session.name for session in seen if session.name}


def moves(organization: Organization, session: Session, only_certain: bool) -> Iterator[Session]:
    """The sessions that one more hop leads to."""
    for role in organization.case["roles"]:
        if role != session.name:
            yield from assumed(organization, session, role, only_certain)
            yield from given(organization.case, session, role, only_certain)


def account_of(name: str) -> str:
    """The account of a role or, by `""`, of the user."""
    return name.partition("@")[2] or ACCOUNTS[0]


def entry(case: Case, name: str) -> Case:
    """The user or a role."""
    found: Case = case["roles"][name] if name else case["users"]["u"]
    return found


def assumed(
    organization: Organization, session: Session, role: str, only_certain: bool
) -> Iterator[Session]:
    """Each call of sts:AssumeRole that may be allowed."""
    if only_certain and entry(organization.case, session.name)["can"] is None:
        return
    tag_sets = ((), *((("team", each),) for each in TEAMS))
    around = (False,) if only_certain else (False, True)  # an address, and MFA of the user
    for tags, transitive, identity, is_around in product(
        tag_sets, (False, True), (False, True), around
    ):
        after = made_session(session, role, tags, transitive, identity)
        if after is None or (transitive and not tags):
            continue
        outcome = organization.outcome(session, role, after, (identity, is_around))
        if outcome == "allowed" or (outcome == "depends" and not only_certain):
            yield after


def made_session(
    session: Session, role: str, tags: Any, transitive: bool, identity: bool
) -> Session | None:
    """The session that a call makes; `None` for a call that contradicts what is carried."""
    carried = session.tags if session.is_transitive else ()
    if (carried and tags) or (session.identity and identity):
        return None
    name = "ann" if identity else session.identity
    return Session(role, tuple(tags) or carried, transitive or bool(carried), name)


def asked_keys(item: Any) -> Iterator[str]:
    """The condition keys of a statement of a trust policy; permissions have none here."""
    for keys in item.get("if", {}).values():
        yield from keys


def caller(session: Session) -> str:
    """Who calls."""
    if not session.name:
        return arn("user", "u")
    account, name = account_of(session.name), session.name.partition("@")[0]
    return f"arn:aws:sts::{account}:assumed-role/{name}/session"


def carried_along(
    own: Case, session: Session, after: Session, chosen: tuple[bool, ...]
) -> dict[str, Any]:
    """All condition keys of a call."""
    identity, is_around = chosen
    context: dict[str, Any] = {"sts:ExternalId": "x1"}
    if session.name:
        context["aws:PrincipalArn"] = arn("role", session.name)
    tags = {**own.get("tags", {}), **dict(session.tags)}
    context |= {f"aws:PrincipalTag/{key}": value for key, value in tags.items()}
    context |= {f"aws:RequestTag/{key}": value for key, value in after.tags}
    if after.tags:
        context["aws:TagKeys"] = tuple(key for key, _ in after.tags)
    if after.tags and after.is_transitive:
        context["sts:TransitiveTagKeys"] = tuple(key for key, _ in after.tags)
    if session.identity:
        context["aws:SourceIdentity"] = session.identity
    if identity:
        context["sts:SourceIdentity"] = "ann"
    if is_around:
        context["aws:SourceIp"] = "203.0.113.7"
        if not session.name:
            context["aws:MultiFactorAuthPresent"] = "true"
    return context


def given(case: Case, session: Session, role: str, only_certain: bool) -> Iterator[Session]:
    """A role that is passed to Lambda, and one whose trust policy is rewritten."""
    own = entry(case, session.name)
    if account_of(session.name) != account_of(role):
        return
    trusted = any(item["who"] == "service/lambda" for item in case["roles"][role]["trust"])
    if trusted and has(own, "iam:PassRole", role, only_certain):
        if has(own, "lambda:CreateFunction", None, only_certain):
            yield Session(role)
    if has(own, "iam:UpdateAssumeRolePolicy", role, only_certain):
        for tags in ((), *((("team", each),) for each in TEAMS)):
            for transitive, identity in product((False, bool(tags)), ("", "ann")):
                yield Session(role, tags, transitive, identity)


def has(own: Case, action: str, role: str | None, only_certain: bool) -> bool:
    """Whether a principal's own policies allow an action; nothing in the vocabulary denies it."""
    if own["can"] is None:
        return not only_certain
    sets = [own["can"], *([own["boundary"]] if "boundary" in own else [])]
    return all(any(fits(item, action, role) for item in items) for items in sets)


def fits(item: Any, action: str, role: str | None) -> bool:
    """Whether an item of the notation allows an action on a role."""
    if not isinstance(item, str):
        return False
    actions, _, target = item.partition(" ")
    wanted = (action, action.partition(":")[0] + ":*", "*:*")
    named = any(each in wanted for each in actions.split(","))
    return named and (role is None or target in ("*", role))
