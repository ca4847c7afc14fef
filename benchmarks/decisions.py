"""How fast one call is decided, with the full tree of reasons, beside the npm package
`@cloud-copilot/iam-simulate`; and where the two answer otherwise, and why.

Run it by `make benchmark`, or alone by `.venv/bin/python benchmarks/decisions.py`. It needs the npm
registry, installs the peer into a folder that is thrown away, prints figures and judges nothing.
Both are warm processes on the same cases, `tests/evaluation/cases`, and take turns, so that both
meet the same machine; rates are of the median turn.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Iterator
from typing import Any

from differences import print_differences
from simulator import (
    PACKAGE,
    VERSION,
    Case,
    Peer,
    call_from_request,
    installed_peer,
    request_from_json,
    shared_cases,
)

from trust_widgets import Request, evaluate, parse

TURNS = 9
CALLS = 1000
ACCOUNTS = ("111122223333", "444455556666", "999988887777")
# Of each of these files the first allowed call whose policy has a condition serves for many calls.
MANY = (
    "own_permission",
    "presence",
    "services",
    "oidc",
    "saml",
    "strings",
    "arns",
    "sets",
    "addresses",
    "deny",
)


def main() -> int:
    """Print rates and differences; returns the exit status."""
    with installed_peer("decisions") as peer:
        if peer is None:
            return 0
        print(f"one call decided, beside {PACKAGE} {VERSION}")
        cases = list(shared_cases())
        print_texts([case for case in cases if len(case.calls) == 1], peer)
        print_calls(cases, peer)
        print_differences(cases, peer)
    return 0


def print_texts(cases: list[Case], peer: Peer) -> None:
    """(a): a text in, a decision with its tree out; each text is new, so that nothing can be
    remembered.
    """
    ours, theirs = [], []
    for turn in range(TURNS + 1):
        renewed = [renew(case, turn * len(cases) + i) for i, case in enumerate(cases)]
        ours.append(seconds_for_texts(renewed))
        theirs.append(peer.ask("texts", cases=[[case.text, case.calls[0]] for case in renewed]))
    print(
        f"(a) JSON text in, decision with its full tree out; {TURNS} turns of {len(cases)} cases,"
        " each text new:"
    )
    print_rates(len(cases), ours[1:], theirs[1:])


def renew(case: Case, number: int) -> Case:
    """The same case with other account IDs and an id of its own: a text that nobody has seen."""
    said = {
        "action": case.request.action,
        "principal": case.request.principal,
        "role": case.request.role,
        "context": dict(case.request.context),
        "caller_permission": case.request.caller_permission,
    }
    text = json.dumps([case.text, said])
    for index, account in enumerate(ACCOUNTS):
        text = text.replace(account, str(500_000_000_000 + 3 * number + index))
    policy, renewed = json.loads(text)
    policy = policy.replace('"Statement"', f'"Id": "n{number}", "Statement"', 1)
    return Case(case.stem, case.name, policy, request_from_json(renewed), case.expected)


def seconds_for_texts(cases: list[Case]) -> float:
    """How long it takes us.

    A request is a value that is made, as the peer's is: that belongs to it.
    """
    said = [(case.text, said_by(case.request)) for case in cases]
    start = time.perf_counter()
    for text, each in said:
        assert evaluate(parse(text), Request(**each)).tree
    return time.perf_counter() - start


def said_by(request: Request) -> dict[str, Any]:
    """What a request is made from."""
    names = ("action", "principal", "role", "context", "caller_permission")
    return {name: getattr(request, name) for name in names}


def print_calls(cases: list[Case], peer: Peer) -> None:
    """(b): a policy read once, and many calls."""
    print(f"(b) policy parsed once, {CALLS} requests, full tree each; {TURNS} turns:")
    print(
        "    the peer's plain call validates and loads the policy at every call, and looks the"
        " action and every key"
    )
    print(
        "    up anew; its best form is given policies that were validated once"
        " (`createValidatedPolicy`), and still"
    )
    print(
        "    loads the policy and looks all up at every call. It has no call that takes a loaded"
        " policy."
    )
    print(
        "    Microseconds a call: ours with its Request made, ours with requests made before, its"
        " plain call, its best;"
    )
    print(
        "    then how many times its rate: ours to plain, to best; ours with requests made before"
        " to plain, to best."
    )
    ratios = []
    for stem in MANY:
        case = next(
            c for c in cases if c.stem == stem and c.expected == "allowed" and "Condition" in c.text
        )
        said = list(many(case))
        ours, plain, best, alone = [], [], [], []
        calls = [call_from_request(Request(**each), case.request.action) for each in said]
        for _ in range(TURNS + 1):
            ours.append(seconds_for_calls(case.text, said))
            plain.append(peer.ask("calls", policy=case.text, calls=calls, validated=False))
            best.append(peer.ask("calls", policy=case.text, calls=calls, validated=True))
            alone.append(seconds_for_deciding(case.text, said))
        rates = " ".join(
            f"{1e6 * statistics.median(times[1:]) / CALLS:9.0f}"
            for times in (ours, alone, plain, best)
        )
        ratios.append(
            [ratio(one[1:], other[1:]) for one in (ours, alone) for other in (plain, best)]
        )
        print(f"    {stem:16}{rates}   " + " ".join(f"{each:5.1f}" for each in ratios[-1]))
    print(
        f"    {'median':55} "
        + " ".join(f"{statistics.median(side):5.1f}" for side in zip(*ratios, strict=True))
    )


def many(case: Case) -> Iterator[dict[str, Any]]:
    """Requests that differ: every other one has another value of a key, and all another address."""
    said = said_by(case.request)
    for number in range(CALLS):
        context = dict(case.request.context)
        context.setdefault("aws:SourceIp", f"203.0.113.{number % 250}")
        for key, value in case.request.context.items():
            if (
                number % 2
                and isinstance(value, str)
                and not key.lower().startswith("aws:principal")
            ):
                context[key] = f"{value}{number}"
        yield {**said, "context": context}


def seconds_for_calls(text: str, said: list[dict[str, Any]]) -> float:
    """How long many calls take us."""
    policy = parse(text)
    start = time.perf_counter()
    for each in said:
        assert evaluate(policy, Request(**each)).tree
    return time.perf_counter() - start


def seconds_for_deciding(text: str, said: list[dict[str, Any]]) -> float:
    """How long many calls take us that were made before."""
    policy, requests = parse(text), [Request(**each) for each in said]
    start = time.perf_counter()
    for request in requests:
        assert evaluate(policy, request).tree
    return time.perf_counter() - start


def print_rates(count: int, ours: list[float], theirs: list[float]) -> None:
    """Two rates and their ratio."""
    rates = [count / statistics.median(times) for times in (ours, theirs)]
    print(
        f"    ours {rates[0]:,.0f} a second ({1e6 / rates[0]:.0f} µs), peer {rates[1]:,.0f} a"
        f" second ({1e6 / rates[1]:.0f} µs): {ratio(ours, theirs):.1f} times its rate"
    )


def ratio(ours: list[float], theirs: list[float]) -> float:
    """How many times as fast we are: the median of the turns' own ratios."""
    return statistics.median(their / our for our, their in zip(ours, theirs, strict=True))


if __name__ == "__main__":
    sys.exit(main())
