"""Whether the package still answers as it did: `pins.py record DIR`, later `pins.py compare DIR`.

`record` writes two files of JSON lines into DIR: `items.jsonl`, what to ask, and `pins.jsonl`, the
answers. `compare` asks the same again and prints each difference. Only public names are used, so
both work whatever the package looks like inside. A call that shows an answer, or an example, may
differ: it is noted, not counted, and each new call has to be decided as its answer says.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import hashlib
import inspect
import io
import json
import logging
import os
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from copy import deepcopy
from datetime import date
from enum import Enum
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import trust_widgets as tw

Json = dict[str, Any]

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("TRUST_WIDGETS_DATA", ROOT.parent / "shared" / "data"))
ROLE = "arn:aws:iam::111122223333:role/app"
ROOT_OF_ACCOUNT = "arn:aws:iam::111122223333:root"
TODAY = date(2026, 11, 29)
MODELS = 60
COMMANDS = 20
HOME = {
    "accounts": ["111122223333"],
    "organization": "o-a1b2c3d4e5",
    "github_owners": ["octo-org"],
    "vendors": ["444455556666"],
}

# -- values that are compared in a way of their own ------------------------------------------------
TIED, NOTE, MUST = "~tied", "~note", "~must"


def tied(value: Any, to: Any) -> Json:
    """A value that is compared only where what it was made from is the same."""
    return {TIED: value, "to": to}


def note(value: Any) -> Json:
    """A value whose difference is noted and is no difference."""
    return {NOTE: value}


def must(failures: Iterable[str]) -> Json:
    """What is wrong with new calls: anything at all is a difference."""
    return {MUST: list(failures)}


# -- plain values ----------------------------------------------------------------------------------
def plain(value: Any) -> Any:
    """Any value as JSON: objects by their type's bare name and their fields, functions as such."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, type):
        return f"<{value.__name__}>"
    if isinstance(value, tw.Request):
        return call_to_json(value)
    if dataclasses.is_dataclass(value):
        fields = {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return {"type": type(value).__name__, **fields}
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(map(str, value))
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    return "<function>" if callable(value) else f"<{type(value).__name__}>"


def digest(value: Any) -> str:
    """A short text that differs when the value does."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode(errors="backslashreplace")).hexdigest()[:16]


def tried(ask: Callable[..., Any], *given: Any) -> Any:
    """An answer, or the exception that came in its place."""
    try:
        return ask(*given)
    except Exception as error:
        return {"error": type(error).__name__, "says": without_addresses(str(error))}


def without_addresses(text: str) -> str:
    """A text without the places of objects in memory."""
    return re.sub(r" at 0x[0-9a-f]+", "", text)


def home_of(said: Json) -> tw.Home:
    """What is the reader's own, from JSON."""
    lists: Json = {name: tuple(v) if isinstance(v, list) else v for name, v in said.items()}
    return tw.Home(**lists)


CALL = ("action", "principal", "role", "context", "unknown", "caller_permission", "alone")


def call_to_json(request: tw.Request) -> Json:
    """A call as `Request` takes it."""
    said = {name: getattr(request, name) for name in CALL}
    context = {key: plain(value) for key, value in request.context.items()}
    return {**said, "context": context, "unknown": sorted(request.unknown)}


def call_from_json(said: Json) -> tw.Request:
    """The call again."""
    given = dict(said)
    context = given.pop("context", {})
    values = {key: tuple(v) if isinstance(v, list) else v for key, v in context.items()}
    unknown = frozenset(given.pop("unknown", ()))
    return tw.Request(**given, context=values, unknown=unknown)


# -- policies --------------------------------------------------------------------------------------
def pins_of_policy(item: Json, calls: Json) -> Json:
    """Everything that is said about one policy. `calls` gains those that show an answer."""
    text, home = item["text"], home_of(item["home"])
    pins = {"read": tried(reading, text), "findings": tried(findings, text, home)}
    try:
        policy = tw.parse(text)
    except tw.DocumentError:
        return pins
    edited = {name: tw.parse(after) for name, after in item["edits"].items()}
    found: dict[str, tw.Request | None] = {}
    pins["who_gets_in"] = tried(who, policy, home, found)
    pins["is_public"] = tried(public, policy, home, found)
    pins["compare"] = {
        f"={name}": tried(change, (name, policy, after), home, found)
        for name, after in edited.items()  # an edit each
    }
    for name, request in found.items():
        if request is not None:
            calls.setdefault(name, call_to_json(request))
    policies = {"": policy, **edited}
    decisions = {name: tried(decided_on_each, name, calls[name], policies) for name in calls}
    pins["evaluate"] = {f"={name}": each for name, each in decisions.items()}
    pins["callers"] = {f"={name}": tried(guessed, name, policy) for name in tw.CALLERS}
    pins["model"] = tried(read_back, text, home)
    pins["edited"] = {f"={name}": tried(shortly, after, home) for name, after in edited.items()}
    return pins


def read_back(text: str, home: tw.Home) -> Json:
    """The grants that a model reads in a policy, and its sentence."""
    model = tw.TrustModel(text=text, home=home)
    names = ("summary", "grants", "account", "complaints")
    return {name: plain(getattr(model, name)) for name in names}


def shortly(policy: tw.TrustPolicy, home: tw.Home) -> Json:
    """The findings of an edited policy, and who gets in."""
    codes = [[each.code, each.severity, list(each.path)] for each in tw.check(policy, home, TODAY)]
    classes = tw.who_gets_in(policy, home)
    return {"findings": codes, "who_gets_in": [[each.sentence, each.stranger] for each in classes]}


def reading(text: str) -> Any:
    """What a text says, or the problems that keep it from being a policy."""
    try:
        return str(tw.parse(text))
    except tw.DocumentError as error:
        return [[*plain(each).values(), after_fix(each.fix, text)] for each in error.problems]


def after_fix(fix: tw.Fix | None, text: str) -> str | None:
    """The document after a fix."""
    return fix.apply(text) if fix else None


def findings(text: str, home: tw.Home) -> Json:
    """All findings by code and place, and their order."""
    found = tw.check(text, home, TODAY)
    told: Json = {}
    for finding in found:
        place = f"{finding.code} {list(finding.path)}"
        told[f"={place} #{sum(name.startswith(f'={place} #') for name in told)}"] = {
            **{name: plain(getattr(finding, name)) for name in FINDING},
            "callers": note(list(finding.callers)),
            "fix": finding.fix.title if finding.fix else None,
            "after_fix": after_fix(finding.fix, text),
            "line": tied(str(finding), finding.message),
        }
    callers = [finding.callers for finding in found]
    return {"told": told, "order": list(told), "shown": tied(shown(found), plain(callers))}


FINDING = (
    *("code", "name", "verdict", "severity", "message", "path", "assumptions", "fine", "source"),
    *("accepted", "value", "page"),
)


def shown(value: Any) -> Json:
    """How a value shows itself in a terminal and in a notebook, shortened."""
    bundle = value._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    kinds: Json = {kind: digest(str(data[kind])) for kind in ("text/plain", "text/html")}
    return kinds


def who(policy: tw.TrustPolicy, home: tw.Home, found: dict[str, tw.Request | None]) -> Json:
    """Who gets in, in order; each call that shows it has to be allowed."""
    classes = tw.who_gets_in(policy, home)
    witnesses = {f"who {each.path} {each.who}": each.witness for each in classes}
    found.update(witnesses)
    told = [
        {
            **{name: plain(getattr(each, name)) for name in WHO},
            "has_witness": each.witness is not None,
            "shown": tied(shown(each), plain(each.witness)),
        }
        for each in classes
    ]
    wrong = (f"{name} is not allowed" for name, w in witnesses.items() if not allowed(policy, w))
    whole = tied(shown(classes), plain(list(witnesses.values())))
    return {"classes": told, "shown": whole, "witness": must(wrong)}


WHO = ("who", "sentence", "said", "stranger", "wide", "path")


def allowed(policy: tw.TrustPolicy, request: tw.Request | None) -> bool:
    """Whether a call gets in; where there is none, nothing is wrong."""
    return request is None or tw.evaluate(policy, request).outcome == "allowed"


def answer(given: Any) -> Json:
    """An answer; the reason is compared where it rests on the same call."""
    call = plain(given.witness)
    reason = {"because": given.because, "path": plain(given.path)}
    blockers = plain(given.blockers)
    return {
        **{"found": given.found, "has_witness": call is not None, "blockers": blockers},
        **{"reason": tied(reason, call), "shown": tied(shown(given), call), "call": note(call)},
    }


def public(policy: tw.TrustPolicy, home: tw.Home, found: dict[str, tw.Request | None]) -> Json:
    """Whether a stranger gets in."""
    given = tw.is_public(policy, home)
    found["public"] = given.witness
    wrong = [] if allowed(policy, given.witness) else ["the stranger's call is not allowed"]
    return {**answer(given), "witness": must(wrong)}


def change(
    edit: tuple[str, tw.TrustPolicy, tw.TrustPolicy],
    home: tw.Home,
    found: dict[str, tw.Request | None],
) -> Json:
    """What an edit changes; each call has to be let in by one side alone."""
    name, old, new = edit
    compared = tw.compare(old, new, home)
    found[f"{name}: gained"], found[f"{name}: lost"] = (
        compared.gained.witness,
        compared.lost.witness,
    )
    sides = {"gained": (compared.gained, new, old), "lost": (compared.lost, old, new)}
    wrong = [
        f"the call of {side} is not let in by one alone"
        for side, (given, more, less) in sides.items()
        if given.witness and not (allowed(more, given.witness) and not allowed(less, given.witness))
    ]
    calls = [plain(compared.gained.witness), plain(compared.lost.witness)]
    return {
        **{side: answer(given) for side, (given, _, _) in sides.items()},
        **{"same": compared.same, "shown": tied(shown(compared), calls), "witness": must(wrong)},
    }


def decided_on_each(name: str, call: Json, policies: dict[str, tw.TrustPolicy]) -> Json:
    """A call that was found at the start, against the policy and the edit that it was found for."""
    edit = name.partition(":")[0] if ": " in name else ""
    request = call_from_json(call)
    names = ("", edit) if edit in policies else ("",)
    return {f"={each}": tried(decided, policies[each], request) for each in names}


def decided(policy: tw.TrustPolicy, request: tw.Request) -> Json:
    """A decision, with its reasons."""
    decision = tw.evaluate(policy, request)
    nodes = [[plain(n.code), n.truth, plain(n.path), plain(n.data)] for n in decision.tree.walk()]
    return {
        **{name: plain(getattr(decision, name)) for name in DECISION},
        **{"tree": digest(nodes), "shown": shown(decision), "line": digest(str(decision))},
        **{"nearest": plain(decision.nearest.path if decision.nearest else None)},
        **{"misses": [plain(node.code) for node in decision.misses]},
    }


DECISION = ("outcome", "because", "needs", "assumptions")


def guessed(name: str, policy: tw.TrustPolicy) -> Any:
    """The call that a kind of caller would most likely make, and whether it gets in."""
    caller = tw.CALLERS[name]
    answers = caller.guess(policy, ROLE) if caller.guess else None
    return None if answers is None else [plain(answers), tried(made, name, answers, policy)]


def made(name: str, answers: Json, policy: tw.TrustPolicy | None) -> Json:
    """A call made from answers, and its decision."""
    request = tw.CALLERS[name].make(ROLE, answers)
    decision = decided(policy, request) if policy else None
    caller = tw.CALLERS[name]
    told = {"remarks": plain(caller.remarks(answers)), "refusal": plain(caller.refusal(answers))}
    return {**call_of(request), **told, "decided": decision}


def call_of(request: tw.Request) -> Json:
    """A call with the keys that follow from it."""
    keys = {name: plain(request.keys.get(name)) for name in sorted(map(str, request.keys))}
    actions = {"actions": plain(request.actions), "unknown": plain(request.actions_unknown)}
    return {"request": call_to_json(request), "keys": keys, **actions}


# -- edits, made when the pins are recorded --------------------------------------------------------
def edits_of(text: str) -> dict[str, str]:
    """Fixed edits of a policy; one that has no place in it is left out."""
    try:
        tw.parse(text)
    except tw.DocumentError:
        return {}
    made_so = {name: edit(json.loads(text)) for name, edit in EDITS.items()}
    texts = {name: json.dumps(after, indent=2) for name, after in made_so.items() if after}
    return {name: after for name, after in texts.items() if _can_be_read(after)}


def _can_be_read(text: str) -> bool:
    return isinstance(tried(tw.parse, text), tw.TrustPolicy)


def statements_in(document: Json) -> list[Json]:
    """The statements, in a list that belongs to the document."""
    held = document.get("Statement", [])
    document["Statement"] = held if isinstance(held, list) else [held]
    return [each for each in document["Statement"] if isinstance(each, dict)]


def conditions_in(document: Json) -> list[tuple[Json, str]]:
    """Each block of an operator, with a key in it."""
    blocks = [b for s in statements_in(document) for b in (s.get("Condition") or {}).values()]
    return [(block, key) for block in blocks for key in block]


def drop_condition(document: Json) -> Json | None:
    """Without the last condition; an operator or a block that is empty goes with it."""
    places = conditions_in(document)
    if not places:
        return None
    block, key = places[-1]
    del block[key]
    for statement in statements_in(document):
        kept = {name: held for name, held in statement.pop("Condition", {}).items() if held}
        statement.update({"Condition": kept} if kept else {})
    return document


def drop_value(document: Json) -> Json | None:
    """Without the last value of the last list: of a condition, else of principals, else actions."""
    holders: list[tuple[Json, str]] = []
    for statement in statements_in(document):
        who_ = statement.get("Principal")
        holders += [(statement, name) for name in ("Action", "NotAction") if name in statement]
        holders += [(who_, kind) for kind in who_] if isinstance(who_, dict) else []
    holders += conditions_in(document)
    lists = [holder[key] for holder, key in holders if isinstance(holder[key], list)]
    longer = [values for values in lists if len(values) > 1]
    if not longer:
        return None
    longer[-1].pop()
    return document


def add_star(document: Json) -> Json | None:
    """A star after the last value of the last condition; without one, beside the principals."""
    places = conditions_in(document)
    if places:
        block, key = places[-1]
        values = block[key] if isinstance(block[key], list) else [block[key]]
        block[key] = [*values[:-1], f"{values[-1]}*"] if values else ["*"]
        return document
    trusted = [statement.get("Principal") for statement in statements_in(document)]
    named = [principal for principal in trusted if isinstance(principal, dict)]
    if not named:
        return None
    held = named[-1].get("AWS", [])
    named[-1]["AWS"] = [*(held if isinstance(held, list) else [held]), "*"]
    return document


def renamed(pattern: str, by: str) -> Callable[[Json], Json | None]:
    """An edit of operators' names."""

    def edit(document: Json) -> Json | None:
        before = deepcopy(document)
        for statement in statements_in(document):
            blocks: Json = {}
            for name, block in (statement.get("Condition") or {}).items():
                blocks.setdefault(re.sub(pattern, by, name, flags=re.IGNORECASE), {}).update(block)
            statement.update({"Condition": blocks} if blocks else {})
        statements_in(before)
        return None if document == before else document

    return edit


def drop_statement(document: Json) -> Json | None:
    """Without the last statement."""
    if not statements_in(document):
        return None
    document["Statement"].pop()
    return document


def drop_first_statement(document: Json) -> Json | None:
    """Without the first of several statements: mostly an Allow before a Deny."""
    if len(statements_in(document)) < 2:
        return None
    document["Statement"].pop(0)
    return document


def add_root(document: Json) -> Json | None:
    """With a statement for the whole account."""
    statements_in(document)
    root = {"Effect": "Allow", "Principal": {"AWS": ROOT_OF_ACCOUNT}, "Action": "sts:AssumeRole"}
    document["Statement"].append(root)
    return document


EDITS: dict[str, Callable[[Json], Json | None]] = {
    "drop_condition": drop_condition,
    "drop_value": drop_value,
    "add_star": add_star,
    "equals_to_like": renamed(r"\b(String|Arn)(Not)?Equals(?!IgnoreCase)", r"\1\2Like"),
    "like_to_equals": renamed(r"\b(String|Arn)(Not)?Like", r"\1\2Equals"),
    "drop_statement": drop_statement,
    "drop_first_statement": drop_first_statement,
    "add_root": add_root,
}


# -- calls that are asked of every policy, every operator and every action -------------------------
_ACCOUNT = {"aws:PrincipalOrgID": "o-a1b2c3d4e5", "sts:ExternalId": "b2f6c3de"}
_GITHUB = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
_HUB = "token.actions.githubusercontent.com"
_WEB, _SAML = "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"
CALLS: dict[str, Json] = {
    "user": {"principal": "arn:aws:iam::444455556666:user/ops", "context": _ACCOUNT},
    "own user": {
        "principal": "arn:aws:iam::111122223333:user/ops",
        "context": {"aws:MultiFactorAuthPresent": "true", "aws:SourceIp": "203.0.113.7"},
        "caller_permission": "yes",
    },
    "root": {"principal": "arn:aws:iam::444455556666:root", "caller_permission": "no"},
    "session": {
        "principal": "arn:aws:sts::444455556666:assumed-role/deployer/run-1",
        "context": {
            "aws:RequestTag/team": "web",
            "aws:TagKeys": ["team"],
            "sts:SourceIdentity": "ops",
        },
        "unknown": ["aws:PrincipalOrgID", "sts:ExternalId"],
    },
    "service": {"principal": "ec2.amazonaws.com"},
    "service with its source": {
        "principal": "lambda.amazonaws.com",
        "context": {"aws:SourceAccount": "111122223333"},
        "unknown": ["aws:SourceArn"],
    },
    "github": {
        **{"action": _WEB, "principal": _GITHUB},
        "context": {
            f"{_HUB}:sub": "repo:octo-org/app:ref:refs/heads/main",
            f"{_HUB}:aud": "sts.amazonaws.com",
        },
    },
    "github, not told": {
        **{"action": _WEB, "principal": _GITHUB},
        "unknown": [f"{_HUB}:sub", f"{_HUB}:aud"],
    },
    "cognito": {
        **{"action": _WEB, "principal": "cognito-identity.amazonaws.com"},
        "context": {"cognito-identity.amazonaws.com:amr": ["unauthenticated"]},
    },
    "saml": {
        **{"action": _SAML, "principal": "arn:aws:iam::111122223333:saml-provider/corp"},
        "context": {"SAML:aud": "https://signin.aws.amazon.com/saml"},
    },
    "tags alone": {"action": "sts:TagSession", "principal": "arn:aws:iam::444455556666:user/ops"},
}


@cache
def fixed_calls() -> dict[str, tw.Request]:
    """The calls, each made once."""
    return {n: call_from_json({"action": "sts:AssumeRole", **said}) for n, said in CALLS.items()}


def pins_of_fixed_calls(item: Json, _: Json) -> Json:
    """The fixed calls against a policy."""
    policy = tried(tw.parse, item["text"])
    if not isinstance(policy, tw.TrustPolicy):
        return {}
    calls = fixed_calls()
    return {"evaluate": {f"={n}": tried(decided, policy, calls[n]) for n in calls}}


def pins_of_case(item: Json, _: Json) -> Json:
    """A call derived by hand, against its policy."""
    policy = tw.parse(item["text"])
    request = tried(call_from_json, item["request"])
    if not isinstance(request, tw.Request):
        return {"evaluate": request}
    return {"evaluate": tried(decided, policy, request), "call": call_of(request)}


# Keys with values that an operator may be given, and what a call may say of that key.
VALUES: dict[str, tuple[list[Any], list[Any]]] = {
    "sts:ExternalId": (["b2f6c3de", "b2*"], ["b2f6c3de", "B2F6C3DE", "b2*", ["b2f6c3de", "x"], []]),
    "aws:PrincipalArn": (
        ["arn:aws:iam::444455556666:user/ops", "arn:aws:iam::*:user/o?s"],
        ["arn:aws:iam::444455556666:user/ops", "arn:aws:iam::444455556666:user/dev"],
    ),
    "aws:TagKeys": (["team", "cost*"], [["team"], ["team", "other"], "cost-centre", []]),
    "aws:MultiFactorAuthPresent": (["true"], ["true", "false"]),
    "aws:MultiFactorAuthAge": (["3600"], ["3600", "10", "7200", "x"]),
    "aws:SourceIp": (["203.0.113.0/24"], ["203.0.113.7", "198.51.100.1"]),
    "aws:TokenIssueTime": (
        ["2026-11-29T00:00:00Z"],
        ["2026-11-29T00:00:00Z", "2027-01-01T00:00:00Z"],
    ),
    "aws:username": (["${aws:username}", "ops"], ["ops", "dev"]),
}
BASES = (
    *("StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"),
    *("StringLike", "StringNotLike", "ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike"),
    *("NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals"),
    *("NumericGreaterThan", "NumericGreaterThanEquals", "DateEquals", "DateNotEquals"),
    *("DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals"),
    *("Bool", "BinaryEquals", "IpAddress", "NotIpAddress"),
)
QUANTIFIERS = ("", "ForAllValues:", "ForAnyValue:")
OPERATORS = (
    *(f"{q}{base}{end}" for q in QUANTIFIERS for base in BASES for end in ("", "IfExists")),
    *(f"{q}Null" for q in QUANTIFIERS),
)
ODD_OPERATORS = ("stringequals", "STRINGLIKE", "NullIfExists", "StringEqual", "foranyvalue:ArnLike")


def pins_of_operator(item: Json, _: Json) -> Json:
    """An operator with each key, in an Allow and in a Deny, and calls with and without it."""
    pins: Json = {}
    for effect in ("Allow", "Deny"):
        for key, (values, said) in VALUES.items():
            written = ["true", "false"] if item["operator"].endswith("Null") else values
            for number in range(1, len(written) + 1):
                text = guarded(effect, item["operator"], key, written[:number])
                place = f"={effect} {key} {number}"
                pins[place] = tried(about_condition, text, key, said)
    return pins


def guarded(effect: str, operator: str, key: str, values: list[Any]) -> str:
    """A policy with one condition."""
    trusted = {"Principal": {"AWS": "444455556666"}, "Action": ["sts:AssumeRole", "sts:TagSession"]}
    held = {"Effect": effect, **trusted, "Condition": {operator: {key: values}}}
    beside = [{"Effect": "Allow", **trusted}] if effect == "Deny" else []
    return json.dumps({"Version": "2012-10-17", "Statement": [*beside, held]}, indent=2)


def about_condition(text: str, key: str, said: list[Any]) -> Json:
    """What is found in a policy with one condition, who gets in, and which calls."""
    policy = tw.parse(text)
    contexts: Json = {"absent": {}, "unknown": {"unknown": [key]}}
    contexts |= {str(value): with_value(key, value) for value in said}
    calls = {f"={name}": tried(asked_by_user, policy, c) for name, c in contexts.items()}
    return {"evaluate": calls, **quickly(text, policy)}


def with_value(key: str, value: Any) -> Json:
    """A call in which a key has a value; what AWS derives from who calls is said by who calls."""
    users = {
        "aws:PrincipalArn": f"{value}",
        "aws:username": f"arn:aws:iam::444455556666:user/{value}",
    }
    return {"principal": users[key]} if key in users else {"context": {key: value}}


def asked_by_user(policy: tw.TrustPolicy, said: Json) -> Json:
    """The decision of a user's call."""
    user = "arn:aws:iam::444455556666:user/ops"
    base = {"action": "sts:AssumeRole", "principal": user, "caller_permission": "yes"}
    return decided(policy, call_from_json({**base, **said}))


def quickly(text: str, policy: tw.TrustPolicy) -> Json:
    """Findings, who gets in, and whether a stranger does."""
    found: dict[str, tw.Request | None] = {}
    home = tw.Home()
    return {
        "findings": tried(findings, text, home),
        "who_gets_in": tried(who, policy, home, found),
        "is_public": tried(public, policy, home, found),
    }


WORDS = (
    *("sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"),
    *("sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext", "sts:GetCallerIdentity"),
)
ACTIONS = (
    *(spelled for word in WORDS for spelled in (word, word.lower(), word.upper(), f"{word}*")),
    *(f"{word[:cut]}*" for word in WORDS for cut in (5, 8, 12, 16, 20) if cut < len(word)),
    *(f"{word[:-1]}?" for word in WORDS),
    *(f"*{word[cut:]}" for word in WORDS for cut in (2, 4, 10)),
    *("*", "sts:*", "STS:*", "s*", "sts:?*", "sts:*Role", "sts:*Role*", "iam:*", "iam:PassRole"),
    *("AssumeRole", "sts:AsumeRole", "sts:assume-role", "sts:AssumeRole ", "sts", "", "sts:"),
)
PRINCIPALS: tuple[Any, ...] = (
    *({"AWS": "*"}, {"AWS": "444455556666"}, {"Service": ["ec2.amazonaws.com"]}),
    *({"Federated": _GITHUB}, {"Federated": "arn:aws:iam::111122223333:saml-provider/corp"}, "*"),
)


def pins_of_action(item: Json, _: Json) -> Json:
    """An action as `Action` and as `NotAction`, for each kind of principal."""
    pins: Json = {}
    for element in ("Action", "NotAction"):
        for trusted in PRINCIPALS:
            held = {"Effect": "Allow", "Principal": trusted, element: item["action"]}
            text = json.dumps({"Version": "2012-10-17", "Statement": [held]}, indent=2)
            pins[f"={element} {trusted}"] = tried(about_action, text)
    return pins


def about_action(text: str) -> Json:
    """What is said about a policy with one action."""
    calls = {f"={n}": tried(decided, tw.parse(text), r) for n, r in fixed_calls().items()}
    return {"evaluate": calls, **quickly(text, tw.parse(text))}


# -- families --------------------------------------------------------------------------------------
def fields_of(record: Any) -> list[Any]:
    """The questions of a form."""
    return [plain(field) for field in record.fields]


def pins_of_pattern(item: Json, _: Json) -> Json:
    """A pattern's example: its role, companions, exports, and what is read back."""
    pattern = tw.PATTERNS[item["name"]]
    role = pattern.build(account="111122223333", name="app", **pattern.example)
    back = pattern.answers(role.trust.statements)
    whole = {field.name: field.default for field in pattern.fields} | dict(pattern.example)
    exports = {f"={tool}": tried(tw.export, role, tool) for tool in tw.EXPORTERS}
    return {
        **{"fields": fields_of(pattern), "role": plain(role), "exports": exports},
        **{"says": repr(pattern), "label": pattern.label(whole), "answers": plain(back)},
        "recommends": plain(pattern.recommends(whole)),
        "unanswered": plain(pattern.complaints_about({})),
        "shown": shown(role),
    }


def pins_of_caller(item: Json, _: Json) -> Json:
    """A caller's form, and the call that its examples make."""
    caller = tw.CALLERS[item["name"]]
    answers: Json = {field.name: field.default for field in caller.fields}
    for field in caller.fields:
        if field.kind in ("text", "list") and field.question.example and field.is_asked(answers):
            example = field.question.example
            answers[field.name] = (example,) if field.kind == "list" else example
    least = {name: given for name, given in answers.items() if not _may_be_empty(caller, name)}
    kept = tried(lambda: plain(caller.to_keep(answers)))
    return {
        **{"fields": fields_of(caller), "says": repr(caller), "kept": kept},
        **{"unanswered": plain(caller.complaints_about({}))},
        "whole": tried(made, item["name"], answers, None),
        "least": tried(made, item["name"], least, None),
    }


def _may_be_empty(caller: Any, name: str) -> bool:
    return next(bool(f.question.optional or f.default) for f in caller.fields if f.name == name)


def pins_of_subjects(item: Json, _: Json) -> Json:
    """Subjects and issuers of policies, in the words of each provider."""
    subjects = {f"={subject}": read_by_each(subject) for subject in item["subjects"]}
    issuers = {f"={issuer}": tried(about_issuer, issuer) for issuer in item["issuers"]}
    return {"subjects": subjects, "issuers": issuers}


def read_by_each(subject: str) -> Json:
    """What each provider reads in a subject; one that reads nothing is left out."""
    told: Json = {}
    for name, provider in tw.PROVIDERS.items():
        words = tried(lambda read=provider.read: plain(read(subject)))
        back = provider.answers and tried(lambda ask=provider.answers: plain(ask(subject)))
        make = provider.subjects_for
        made_up = make and tried(lambda ask=make: plain(ask(subject)))
        if words is not None or back is not None or made_up:
            told[f"={name}"] = {"words": words, "answers": back, "examples": note(made_up)}
    return told


def about_issuer(issuer: str) -> Json:
    """Whose an issuer is, and what AWS takes from its tokens."""
    owners = [name for name, provider in tw.PROVIDERS.items() if provider.owns(issuer)]
    first = tw.PROVIDERS[owners[0] if owners else next(iter(tw.PROVIDERS))]
    facts = (first.claims(issuer), first.required_key(issuer), first.is_shared(issuer))
    return {"owners": owners, "facts": plain(facts)}


# -- the model, the views and the command ----------------------------------------------------------
def pins_of_model(item: Json, _: Json) -> Json:
    """A model and all views, as read, then after an edit, then after each kind of fix."""
    home = home_of(item["home"])
    builder = tw.TrustBuilder(text=item["text"], home=home)
    for part in builder.parts.values():
        if "seen" in part.state:  # it draws only while somebody looks
            part.do_open()
    model = builder.model
    pins: Json = {"read": tried(about_model, builder, home)}
    for name, text in item["edits"].items():
        model.text = text
        pins[f"={name}"] = tried(about_model, builder, home)
    model.text = item["text"]
    for code in dict.fromkeys(finding.code for finding in model.findings):
        model.apply_all(code)
        pins[f"=all {code}"] = model.text
        model.undo()
    builder.close()
    return pins


def about_model(builder: Any, home: tw.Home) -> Json:
    """What follows from the text, and what each view draws."""
    model = builder.model
    calls = [plain(each.witness) for each in model.callers]
    both = [*calls, *tried(calls_of_change, model)]
    examples = [list(finding.callers) for finding in model.findings]
    told = {name: plain(getattr(model, name)) for name in MODEL}
    exports = {f"={tool}": tried(tw.export, model.role, tool) for tool in tw.EXPORTERS}
    views = {f"={n}": tied(digest(drawn(v)), [both, examples]) for n, v in builder.parts.items()}
    html = tied(digest(builder._repr_mimebundle_()[0]["text/html"]), [both, examples])
    callers = [each.sentence for each in model.callers]
    return {**told, "exports": exports, "views": views, "html": html, "callers": callers}


def calls_of_change(model: tw.TrustModel) -> list[Any]:
    """The calls that show what was changed since the beginning."""
    compared = tw.compare(tw.parse(model.since), model.policy, model.whole_home)
    return [plain(compared.gained.witness), plain(compared.lost.witness)]


MODEL = (
    "summary",
    "is_good",
    "account",
    "complaints",
    "problems",
    "grants",
    "role",
    "text",
    "whole_home",
)


def drawn(view: Any) -> Any:
    """What a view draws, without the number of its drawing, and without the label of a finding,
    which the browser side made by itself when the pins were recorded.
    """
    state = {name: value for name, value in view.state.items() if name != "revision"}
    for name in {"findings", "spots"} & set(state):
        state[name] = [{key: spot[key] for key in spot if key != "label"} for spot in state[name]]
    return plain(state)


def pins_of_command(item: Json, _: Json) -> Json:
    """What the command prints in each format, and its status."""
    (command,) = entry_points(group="console_scripts", name="trust-widgets")
    run = command.load()
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path("policy.json").write_text(item["text"], encoding="utf-8")
        Path("home.toml").write_text('accounts = ["111122223333"]\n', encoding="utf-8")
        return {f"={' '.join(asked)}": printed(run, asked) for asked in COMMAND_LINES}


COMMAND_LINES = (
    *(["check", "policy.json", "--format", form] for form in ("text", "json", "sarif")),
    *(["check", "policy.json", "--home", "home.toml"], ["--help"], ["check", "--help"]),
)


def printed(run: Callable[[list[str]], int], asked: list[str]) -> Json:
    """Status, standard output and standard error."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status: Any = run(asked)
        except SystemExit as left:
            status = left.code
    return {"status": status, "out": out.getvalue(), "err": err.getvalue()}


# -- the public surface ----------------------------------------------------------------------------
def pins_of_surface(item: Json, _: Json) -> Json:
    """A public object, or the type of something that public functions give."""
    name = item["name"]
    return surface_of(getattr(tw, name) if name in tw.__all__ else reached()[name])


def pins_of_names(item: Json, _: Json) -> Json:
    """The public names."""
    return {"all": sorted(tw.__all__), "dir": sorted(dir(tw)), "reached": sorted(reached())}


def reached() -> dict[str, Any]:
    """Types that somebody gets into their hands without naming them."""
    broken, bare = '{"Version": 1', '{"Statement": [{"Effect": "Allow", "Principal": "*"}]}'
    finding = tw.check(broken)[0]
    policy = tw.parse(bare)
    decision = tw.evaluate(policy, fixed_calls()["user"])
    wrong = problem_in(broken)
    github = tw.PROVIDERS["github_actions"]
    accepted = tw.Home.from_toml('[[accepted]]\ncode = "TP301"\nreason = "Known."\n').accepted[0]
    field = tw.PATTERNS["github_oidc"].fields[0]
    values = {
        **{
            "findings": tw.check(bare),
            "classes": tw.who_gets_in(policy),
            "verdict": finding.verdict,
        },
        **{"severity": finding.severity, "outcome": decision.outcome, "node": decision.tree},
        **{
            "reason": decision.tree.code,
            "problem": wrong,
            "span": wrong.span,
            "accepted": accepted,
        },
        **{
            "reading": github.read("repo:octo-org/app:*"),
            "field": field,
            "question": field.question,
        },
        "complaint": tw.TrustModel(role_name="a b").complaints[0],
        **{f"{family} member": next(iter(getattr(tw, family).values())) for family in FAMILIES},
    }
    return {name: type(value) for name, value in values.items()}


FAMILIES = ("PITFALLS", "PATTERNS", "CALLERS", "PROVIDERS", "EXPORTERS")


def problem_in(text: str) -> Any:
    """The first problem of a text."""
    try:
        tw.parse(text)
    except tw.DocumentError as error:
        return error.problems[0]
    raise AssertionError("such a text cannot be read")


def surface_of(value: Any) -> Json:
    """Kind, signature, fields, traits, methods; of a family, its members."""
    if isinstance(value, type):
        return class_surface(value)
    if isinstance(value, Mapping):
        members = {f"={name}": plain(member) for name, member in value.items()}
        return {
            "kind": type(value).__name__,
            "names": list(value),
            "members": members,
            "says": repr(value),
        }
    return {"kind": type(value).__name__, "signature": signature_of(value)}


def class_surface(kind: type) -> Json:
    """A class as somebody uses it."""
    own = [base for base in kind.__mro__ if base.__module__.partition(".")[0] == tw.__name__]
    foreign = [base.__name__ for base in kind.__mro__ if base not in own]
    named = [base.__name__ for base in own if base.__name__ in tw.__all__]
    names = {name for base in own for name in vars(base) if is_open(name)}
    return {
        **{"kind": "class", "bases": [*named, *foreign], "signature": tried(signature_of, kind)},
        **{"fields": data_fields(kind), "traits": traits_of(kind)},
        "members": {f"={name}": tried(member_of, kind, name) for name in sorted(names)},
        "values": {each.name: each.value for each in kind} if issubclass(kind, Enum) else {},
    }


def is_open(name: str) -> bool:
    """Whether somebody outside may use a member by this name."""
    return not name.startswith("_") or name == "_repr_mimebundle_"


def member_of(kind: type, name: str) -> Any:
    """What a member is, and how it is called."""
    held = inspect.getattr_static(kind, name)
    if isinstance(held, property):
        assert held.fget is not None
        return ["property", signature_of(held.fget), held.fset is not None]
    if isinstance(held, (staticmethod, classmethod)) or inspect.isfunction(held):
        return [type(held).__name__, signature_of(getattr(kind, name))]
    return [type(held).__name__, plain(held)]


def signature_of(function: Callable[..., Any]) -> str:
    """A signature in which classes have their bare names, wherever they live."""
    text = without_addresses(str(inspect.signature(function)))
    # A typed dictionary that a view draws is a dictionary.
    text = re.sub(r"-> '\w+State'$", "-> 'dict[str, Any]'", text)
    return re.sub(r"\b(?:[A-Za-z_]\w*\.)+(?=[A-Za-z_])", "", text)


def data_fields(kind: type) -> list[Any]:
    """The fields of a dataclass or of a named tuple, with their defaults."""
    if not dataclasses.is_dataclass(kind):
        return list(getattr(kind, "_fields", ())) if issubclass(kind, tuple) else []
    params: Any = getattr(kind, "__dataclass_params__", None)
    told: list[Any] = [[params.frozen, params.eq, params.order, "__slots__" in vars(kind)]]
    for field in dataclasses.fields(kind):
        made_by = field.default_factory
        factory = made_by() if made_by is not dataclasses.MISSING else None
        default = "none" if field.default is dataclasses.MISSING else plain(field.default)
        flags = [field.init, field.repr, field.compare, field.kw_only]
        told.append([field.name, bare(field.type), default, plain(factory), flags])
    return told


def bare(annotation: Any) -> str:
    """An annotation without the modules in it."""
    text = annotation if isinstance(annotation, str) else str(annotation)
    return re.sub(r"\b(?:[A-Za-z_]\w*\.)+(?=[A-Za-z_])", "", text)


def traits_of(kind: Any) -> Json:
    """The traits of a model or a view: type, whether the browser has it, default."""
    traits = kind.class_traits() if hasattr(kind, "class_traits") else {}
    return {
        name: [type(trait).__name__, bool(trait.metadata.get("sync")), tried(default_of, trait)]
        for name, trait in sorted(traits.items())
        if is_open(name)
    }


def default_of(trait: Any) -> Any:
    """What a trait holds while nobody has set it."""
    return plain(trait.default())


# -- what to ask -----------------------------------------------------------------------------------
def items() -> Iterator[Json]:
    """Everything to ask, each with a name of its own."""
    yield {"kind": "names", "id": "names"}
    for name in (*tw.__all__, *reached()):
        yield {"kind": "surface", "id": f"surface: {name}", "name": name}
    for name in tw.PATTERNS:
        yield {"kind": "pattern", "id": f"pattern: {name}", "name": name}
    for name in tw.CALLERS:
        yield {"kind": "caller", "id": f"caller: {name}", "name": name}
    for operator in (*OPERATORS, *ODD_OPERATORS):
        yield {"kind": "operator", "id": f"operator: {operator}", "operator": operator}
    for action in dict.fromkeys(ACTIONS):
        yield {"kind": "action", "id": f"action: {action}", "action": action}
    policies = list(once(policies_to_read()))
    yield from subjects_in(policies)
    for held in policies:
        yield {"kind": "policy", **held, "edits": edits_of(held["text"])}
        yield {"kind": "fixed", **held, "id": f"{held['id']} (calls)"}
    real = [held for held in policies if held["id"].startswith("real")]
    for held in real[:: len(real) // MODELS][:MODELS]:
        edits = dict(list(edits_of(held["text"]).items())[::2])
        yield {"kind": "model", **held, "id": f"{held['id']} (views)", "edits": edits}
    for held in policies[:: len(policies) // COMMANDS][:COMMANDS]:
        yield {"kind": "command", **held, "id": f"{held['id']} (command)"}
    yield from cases()


def policies_to_read() -> Iterator[Json]:
    """Policies as text, with what is the reader's own."""
    for path in sorted((ROOT / "tests" / "planted").glob("*/*.json")):
        for case in json.loads(path.read_text(encoding="utf-8")):
            text = case.get("text") or json.dumps(case["policy"], indent=2)
            yield {
                "id": f"planted: {path.stem}: {case['name']}",
                "text": text,
                "home": case.get("home", {}),
            }
    for code, pitfall in tw.PITFALLS.items():
        for side in ("bad", "good"):
            for number, text in enumerate(getattr(pitfall, side)):
                home = {name: plain(getattr(pitfall.home, name)) for name in HOME}
                yield {"id": f"pitfall: {code}: {side} {number}", "text": text, "home": home}
    for name, pattern in tw.PATTERNS.items():
        role = pattern.build(account="111122223333", name="app", **pattern.example)
        yield {"id": f"pattern's example: {name}", "text": str(role.trust), "home": {}}
    for case in cases():
        yield {"id": f"{case['id']} (policy)", "text": case["text"], "home": {}}
    for file in ("policies.jsonl", "policies2.jsonl"):
        for line in (DATA / file).read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            text = json.dumps(told["policy"], indent=2)
            for name, home in (("real", {}), ("real, at home", HOME)):
                yield {"id": f"{name}: {file}: {told['id']}", "text": text, "home": home}


def cases() -> Iterator[Json]:
    """Calls derived by hand, each with its policy."""
    for path in sorted((ROOT / "tests" / "evaluation" / "cases").glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8")):
            text = json.dumps(case["policy"], indent=2)
            told = {"kind": "case", "text": text, "request": case["request"]}
            yield {**told, "id": f"case: {path.stem}: {case['name']}"}


def once(policies: Iterable[Json]) -> Iterator[Json]:
    """Each text once for each home; a name that comes again gets a number."""
    known: set[str] = set()
    names: Counter[str] = Counter()
    for held in policies:
        key = digest([held["text"], held["home"]])
        if key not in known:
            known.add(key)
            names[held["id"]] += 1
            again = f" #{names[held['id']]}" if names[held["id"]] > 1 else ""
            yield {**held, "id": f"{held['id']}{again}"}


def subjects_in(policies: Iterable[Json]) -> Iterator[Json]:
    """The subjects and issuers that policies name, a hundred in each item."""
    subjects: set[str] = set()
    issuers: set[str] = set()
    for held in policies:
        policy = tried(tw.parse, held["text"])
        for statement in policy.statements if isinstance(policy, tw.TrustPolicy) else ():
            for condition in statement.conditions:
                issuer, _, claim = condition.key.rpartition(":")
                subjects |= {str(value) for value in condition.values if claim.lower() == "sub"}
                issuers |= {issuer.lower()} if "." in issuer else set()
            named = statement.principal.federated if statement.principal else None
            issuers |= {value.partition(":oidc-provider/")[2] or value for value in named or ()}
    for number, some in enumerate(hundreds(sorted(subjects))):
        yield {"kind": "subjects", "id": f"subjects {number}", "subjects": some, "issuers": []}
    yield {"kind": "subjects", "id": "issuers", "subjects": [], "issuers": sorted(issuers)}


def hundreds(values: list[str]) -> Iterator[list[str]]:
    """Values in lists of a hundred."""
    yield from (values[start : start + 100] for start in range(0, len(values), 100))


# -- asking, in two processes ----------------------------------------------------------------------
ASK: dict[str, Callable[[Json, Json], Json]] = {
    **{"policy": pins_of_policy, "fixed": pins_of_fixed_calls, "case": pins_of_case},
    **{"operator": pins_of_operator, "action": pins_of_action, "pattern": pins_of_pattern},
    **{"caller": pins_of_caller, "subjects": pins_of_subjects, "model": pins_of_model},
    **{"command": pins_of_command, "surface": pins_of_surface, "names": pins_of_names},
}


def asked(item: Json) -> str:
    """The pins of one item as a line; `calls` are those of the recorded pins, if there are any."""
    logging.disable(logging.CRITICAL)
    os.environ["COLUMNS"] = "100"
    calls: Json = dict(item.pop("calls", {}))
    pins = tried(ASK[item["kind"]], item, calls)
    line = {"id": item["id"], "kind": item["kind"], "calls": calls, "pins": pins}
    return json.dumps(line)


def ask_all(every: list[Json]) -> Iterator[str]:
    """The pins of all items, in their order."""
    begun = time.monotonic()
    with ProcessPoolExecutor(2) as pool:
        for number, line in enumerate(pool.map(asked, every, chunksize=16), 1):
            if number % 500 == 0 or number == len(every):
                seconds = time.monotonic() - begun
                print(f"{number} of {len(every)} in {seconds:.0f} s", file=sys.stderr)
            yield line


def lines_of(path: Path) -> list[Json]:
    """The lines of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def record(folder: Path) -> int:
    """Write what to ask, and the answers."""
    folder.mkdir(parents=True, exist_ok=True)
    every = list(items())
    texts = (json.dumps(item) + "\n" for item in every)
    (folder / "items.jsonl").write_text("".join(texts), encoding="utf-8")
    counts: Counter[str] = Counter()
    with (folder / "pins.jsonl").open("w", encoding="utf-8") as file:
        for line in ask_all(every):
            file.write(line + "\n")
            said = json.loads(line)
            counts[said["kind"]] += 1
            counts["values"] += leaves(said["pins"])
            counts["calls that show an answer"] += len(said["calls"])
            counts["exceptions"] += line.count('{"error": ')
            report(said["id"], differences(said["pins"], said["pins"], ()))
    print_counts("recorded", counts)
    return 0


def leaves(value: Any) -> int:
    """How many single values."""
    if isinstance(value, dict):
        return sum(map(leaves, value.values()))
    return sum(map(leaves, value)) if isinstance(value, list) else 1


def compare(folder: Path, kinds: list[str]) -> int:
    """Ask again, of these kinds only, and print each difference; 1 if there is one."""
    every, before = (
        [line for line in lines_of(folder / name) if not kinds or line["kind"] in kinds]
        for name in ("items.jsonl", "pins.jsonl")  # the same order
    )
    given = [{**item, "calls": old["calls"]} for item, old in zip(every, before, strict=True)]
    counted: Counter[str] = Counter()
    noted: Counter[str] = Counter()
    same = 0
    for old, line in zip(before, ask_all(given), strict=True):
        found = list(differences(old["pins"], json.loads(line)["pins"], ()))
        counts = report(old["id"], found)
        counted.update({f"{old['kind']}: {kind}": number for kind, number in counts.items()})
        places = [place for place, _, _, is_note in found if is_note]
        noted.update(f"{old['kind']}: {kind_of(place)}" for place in places)
        same += not counts
    print_counts("other calls or examples (no difference)", noted)
    print_counts("differences", counted)
    print(f"{same} of {len(before)} items are the same; {sum(counted.values())} differences")
    return 1 if counted else 0


Difference = tuple[tuple[str, ...], Any, Any, bool]


def differences(old: Any, new: Any, place: tuple[str, ...]) -> Iterator[Difference]:
    """Each place where two pins differ, with both values and whether it is only noted."""
    if isinstance(old, dict) and isinstance(new, dict):
        if TIED in old and TIED in new:
            apart = old["to"] != new["to"]
            inner = differences(old[TIED], new[TIED], place)
            yield from ((p, a, b, noted or apart) for p, a, b, noted in inner)
        elif NOTE in old and NOTE in new:
            if old != new:
                yield place, old[NOTE], new[NOTE], True
        elif MUST in new:
            if new[MUST]:
                yield place, old.get(MUST), new[MUST], False
        else:
            for key in dict.fromkeys((*old, *new)):
                yield from differences(old.get(key, "-"), new.get(key, "-"), (*place, key))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from differences(one, other, (*place, f"={number}"))
    elif old != new:
        yield place, old, new, False


def kind_of(place: tuple[str, ...]) -> str:
    """What differs, without of which one."""
    return ".".join(step for step in place if not step.startswith("=")) or "itself"


def report(name: str, found: Iterable[Difference]) -> Counter[str]:
    """Print the differences of one item, and count them by kind."""
    counts: Counter[str] = Counter()
    for place, old, new, noted in found:
        if not noted:
            counts[kind_of(place)] += 1
            where = " / ".join(step.removeprefix("=") for step in place)
            print(f"{name}\n  at  {where}\n  old {excerpt(old, new)}\n  new {excerpt(new, old)}")
    return counts


def excerpt(value: Any, other: Any) -> str:
    """A value for a terminal, long ones from shortly before where they part."""
    text, against = (json.dumps(each, ensure_ascii=True) for each in (value, other))
    pairs = zip(text, against, strict=False)
    same = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(text), len(against)))
    start = max(0, same - 60) if len(text) > 300 else 0
    return f"{'...' * (start > 0)}{text[start : start + 300]}{'...' * (len(text) > start + 300)}"


def print_counts(title: str, counts: Counter[str]) -> None:
    """Counts, the greatest first."""
    print(f"{title}:" if counts else f"{title}: none")
    for kind, number in counts.most_common():
        print(f"{number:8} {kind}")


def main() -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("record", "compare"))
    parser.add_argument("folder", type=Path, help="outside the repository")
    parser.add_argument("--only", choices=ASK, nargs="+", default=[], help="compare these kinds")
    given = parser.parse_args()
    if given.what == "record":
        return record(given.folder)
    return compare(given.folder, given.only)


if __name__ == "__main__":
    sys.exit(main())
