"""Both halves of a decision, beside the npm package `@cloud-copilot/iam-simulate`: where the two
answer otherwise, and why.

Run it by `make benchmark`, or alone by `.venv/bin/python benchmarks/both_halves.py`. It needs the
npm registry. The cases are those of `tests/permissions/cases`: each was decided by hand from a page
of AWS's documentation before the code was written.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from simulator import (
    PACKAGE,
    VERSION,
    Peer,
    call_from_request,
    installed_peer,
    request_from_json,
)

CASES = Path(__file__).parent.parent / "tests" / "permissions" / "cases"
POLICIES = json.loads((CASES / "policies.json").read_text("utf-8"))
Case = dict[str, Any]


def _caller(case: Case) -> str:
    return str(case["request"]["principal"])


# Why the two differ: the first that holds for a case counts.
REASONS: tuple[tuple[str, Callable[[Case], bool]], ...] = (
    (
        "the management account, which SCPs and RCPs do not bind: it has no setting for it",
        lambda case: "management_account" in case,
    ),
    (
        "a service-linked role, which SCPs and RCPs do not bind: it takes it for any role",
        lambda case: "AWSServiceRoleFor" in _caller(case),
    ),
    (
        "a caller with a token has no identity-based policy: it requires one",
        lambda case: "-provider/" in _caller(case),
    ),
    (
        "root users and federated users cannot call AssumeRole: it decides by the policies alone",
        lambda case: _caller(case).endswith(":root") or ":federated-user/" in _caller(case),
    ),
    (
        "aws:ResourceAccount is the account in the role's ARN: it knows only what it is given",
        lambda case: "aws:ResourceAccount" in json.dumps(_named(case["permissions"])),
    ),
    (
        "a session that the trust policy names is not limited by what a session policy leaves out:"
        " it limits it",
        lambda case: "session_policy" in case and ":assumed-role/" in _caller(case),
    ),
)


def main() -> int:
    """Print how far the two agree, and each difference; returns the exit status."""
    with installed_peer("both halves") as peer:
        if peer is not None:
            _compare(peer)
    return 0


def _compare(peer: Peer) -> None:
    counts: Counter[str] = Counter()
    for stem, case in _cases():
        if _is_not_for_it(case):
            counts["not for it: what is not known, or depends"] += 1
            continue
        answer = _answer(peer, case)
        expected = case["outcome"] if case["outcome"] == "allowed" else "not allowed"
        if answer == expected:
            counts["agree"] += 1
            continue
        reason = next((why for why, holds in REASONS if holds(case)), "NOT EXPLAINED")
        counts[reason] += 1
        print(f"    {stem}: {case['name']}: expected {case['outcome']}, it says {answer}")
    print(f"both halves, beside {PACKAGE} {VERSION}, {sum(counts.values())} cases:")
    for reason, count in counts.most_common():
        print(f"    {count:4} {reason}")


def _cases() -> list[tuple[str, Case]]:
    return [
        (path.stem, case)
        for path in sorted(CASES.glob("*.json"))
        if path.stem != "policies"
        for case in json.loads(path.read_text("utf-8"))
    ]


def _is_not_for_it(case: Case) -> bool:
    is_unknown = case["request"].get("unknown") or "permissions" not in case
    return bool(is_unknown) or case["outcome"] == "depends"


def _answer(peer: Peer, case: Case) -> str:
    """Its answer for all actions that the request needs."""
    request = request_from_json(case["request"])
    layers = _layers(case)
    calls = [call_from_request(request, action) for action in request.actions]
    asked = [[_named(case["trust"]), call, layers] for call in calls]
    answers = peer.ask("layers", cases=asked)
    errors = [each["why"] for each in answers if each["answer"] == "error"]
    if errors:
        return f"error: {errors[0]}"
    if all(each["answer"] == "Allowed" for each in answers):
        return "allowed"
    return "not allowed"


def _layers(case: Case) -> dict[str, Any]:
    """The policies of a case as it takes them."""
    layers: dict[str, Any] = {
        "identityPolicies": _many(case["permissions"]),
        "serviceControlPolicies": _levels(case.get("scps", [])),
        "resourceControlPolicies": _levels(_without_default(case.get("rcps", []))),
    }
    for name, theirs in (("boundary", "permissionBoundaryPolicies"),):
        if name in case:
            layers[theirs] = _many([case[name]])
    if "endpoint_policy" in case:
        layers["vpcEndpointPolicies"] = _many([case["endpoint_policy"]])
    if "session_policy" in case:
        layers["sessionPolicy"] = _named(case["session_policy"])
    return layers


def _without_default(levels: Any) -> list[list[Any]]:
    """RCPs by level without RCPFullAWSAccess, which it adds by itself and refuses to be given."""
    several = levels if isinstance(levels, list) else [levels]
    kept = [level if isinstance(level, list) else [level] for level in several]
    return [[each for each in level if each != "rcp full"] for level in kept]


def _many(policies: Any) -> list[dict[str, Any]]:
    several = policies if isinstance(policies, list) else [policies]
    return [{"name": f"policy{n}", "policy": _named(each)} for n, each in enumerate(several)]


def _levels(levels: Any) -> list[dict[str, Any]]:
    several = levels if isinstance(levels, list) else [levels]
    return [
        {"orgIdentifier": f"level{n}", "policies": _many(level)} for n, level in enumerate(several)
    ]


def _named(given: Any) -> Any:
    if isinstance(given, list):
        return [_named(each) for each in given]
    return POLICIES[given] if isinstance(given, str) else given


if __name__ == "__main__":
    sys.exit(main())
