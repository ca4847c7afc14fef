"""How fast one call is decided, with the full tree of reasons, beside the npm package `@cloud-copilot/iam-simulate`;
and where the two answer otherwise, and why.

Run it by `make benchmark`, or alone by `.venv/bin/python benchmarks/decisions.py`. It needs the npm registry, installs
the peer into a folder that is thrown away, prints figures and judges nothing. Both are warm processes on the same
cases, `tests/evaluation/cases`, and take turns, so that both meet the same machine; rates are of the median turn.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from installing import NotInstalled, beside_python, install_from_npm, peers_folder

from trust_widgets import Request, evaluate, parse

HERE = Path(__file__).parent
CASES = HERE.parent / "tests" / "evaluation" / "cases"
PACKAGE, VERSION = "@cloud-copilot/iam-simulate", "0.1.173"
TURNS = 9
CALLS = 1000
ANSWERS = {"Allowed": "allowed", "ImplicitlyDenied": "not allowed", "ExplicitlyDenied": "denied", "error": "error"}
ACCOUNTS = ("111122223333", "444455556666", "999988887777")
# Of each of these files the first allowed call whose policy has a condition serves for many calls.
MANY = ("own_permission", "presence", "services", "oidc", "saml", "strings", "arns", "sets", "addresses", "deny")


@dataclass(frozen=True)
class Case:
    """One case, as both sides take it."""

    stem: str
    name: str
    text: str
    request: Request
    expected: str

    @property
    def calls(self) -> list[dict[str, Any]]:
        """The peer's calls: one for each action that the request needs, which it would otherwise leave out."""
        return [call_from_request(self.request, action) for action in self.request.actions]


class Peer:
    """The peer's warm process."""

    def __init__(self, room: Path) -> None:
        program = str(HERE / "peers" / "iam_simulate.mjs")
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process = subprocess.Popen([beside_python("node"), program], cwd=room, **pipes)  # type: ignore[call-overload]

    def ask(self, command: str, **said: Any) -> Any:
        """Its answer to one command."""
        self.process.stdin.write(json.dumps({"do": command, **said}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def main() -> int:
    """Print rates and differences; returns the exit status."""
    with peers_folder() as folder:
        try:
            room = install_from_npm(folder, PACKAGE, VERSION).parent
        except NotInstalled as error:
            print(f"decisions: no figures, because {PACKAGE} could not be installed: {error}")
            return 0
        peer = Peer(room)
        print(f"one call decided, beside {PACKAGE} {VERSION}")
        cases = list(shared_cases())
        print_texts([case for case in cases if len(case.calls) == 1], peer)
        print_calls(cases, peer)
        print_differences(cases, peer)
        peer.process.kill()
    return 0


def shared_cases() -> Iterator[Case]:
    """The cases that both can take: every key known, a key that AWS has, and an answer that hangs on nothing."""
    for path in sorted(CASES.glob("*.json")):
        for case in json.loads(path.read_text("utf-8")):
            if not case["request"].get("unknown") and case["outcome"] != "depends" and "example:" not in str(case):
                yield case_from_json(path.stem, case)


def case_from_json(stem: str, case: dict[str, Any]) -> Case:
    """A case as the file has it."""
    return Case(stem, case["name"], json.dumps(case["policy"]), request_from_json(case["request"]), case["outcome"])


def request_from_json(said: dict[str, Any]) -> Request:
    """A request as a case's file has it."""
    context = {key: tuple(v) if isinstance(v, list) else v for key, v in said.get("context", {}).items()}
    return Request(**{**said, "context": context})


def call_from_request(request: Request, action: str) -> dict[str, Any]:
    """The same call as the peer takes it, with the keys that we derive from who calls and it does not."""
    given = {key.lower() for key in request.context}
    derived = {key: value for key, value in request.keys.items() if value is not None and key not in given}
    context = {key: list(v) if isinstance(v, tuple) else v for key, v in {**request.context, **derived}.items()}
    # A service or a token's holder has no permissions of its own: the simulator may have one for them, to be at its best.
    may = request.caller_permission == "yes" or request.identity.kind != "aws"
    return {"principal": request.principal, "action": action, "role": request.role, "context": context, "may": may}


def print_texts(cases: list[Case], peer: Peer) -> None:
    """(a): a text in, a decision with its tree out; each text is new, so that nothing can be remembered."""
    ours, theirs = [], []
    for turn in range(TURNS + 1):
        renewed = [renew(case, turn * len(cases) + i) for i, case in enumerate(cases)]
        ours.append(seconds_for_texts(renewed))
        theirs.append(peer.ask("texts", cases=[[case.text, case.calls[0]] for case in renewed]))
    print(f"(a) JSON text in, decision with its full tree out; {TURNS} turns of {len(cases)} cases, each text new:")
    print_rates(len(cases), ours[1:], theirs[1:])


def renew(case: Case, number: int) -> Case:
    """The same case with other account ids and an id of its own: a text that nobody has seen."""
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
    """How long it takes us. A request is a value that is made, as the peer's is: that belongs to it."""
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
    print("    the peer's plain call validates and loads the policy at every call, and looks the action and every key")
    print("    up anew; its best form is given policies that were validated once (`createValidatedPolicy`), and still")
    print("    loads the policy and looks all up at every call. It has no call that takes a loaded policy.")
    print(
        "    Microseconds a call: ours with its Request made, ours with requests made before, its plain call, its best;"
    )
    print("    then how many times its rate: ours to plain, to best; ours with requests made before to plain, to best.")
    ratios = []
    for stem in MANY:
        case = next(c for c in cases if c.stem == stem and c.expected == "allowed" and "Condition" in c.text)
        said = list(many(case))
        ours, plain, best, alone = [], [], [], []
        calls = [call_from_request(Request(**each), case.request.action) for each in said]
        for _ in range(TURNS + 1):
            ours.append(seconds_for_calls(case.text, said))
            plain.append(peer.ask("calls", policy=case.text, calls=calls, validated=False))
            best.append(peer.ask("calls", policy=case.text, calls=calls, validated=True))
            alone.append(seconds_for_deciding(case.text, said))
        rates = " ".join(f"{1e6 * statistics.median(times[1:]) / CALLS:9.0f}" for times in (ours, alone, plain, best))
        ratios.append([ratio(one[1:], other[1:]) for one in (ours, alone) for other in (plain, best)])
        print(f"    {stem:16}{rates}   " + " ".join(f"{each:5.1f}" for each in ratios[-1]))
    print(f"    {'median':55} " + " ".join(f"{statistics.median(side):5.1f}" for side in zip(*ratios, strict=True)))


def many(case: Case) -> Iterator[dict[str, Any]]:
    """Requests that differ: every other one has another value of a key, and all another address."""
    said = said_by(case.request)
    for number in range(CALLS):
        context = dict(case.request.context)
        context.setdefault("aws:SourceIp", f"203.0.113.{number % 250}")
        for key, value in case.request.context.items():
            if number % 2 and isinstance(value, str) and not key.lower().startswith("aws:principal"):
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
        f"    ours {rates[0]:,.0f} a second ({1e6 / rates[0]:.0f} µs), peer {rates[1]:,.0f} a second "
        f"({1e6 / rates[1]:.0f} µs): {ratio(ours, theirs):.1f} times its rate"
    )


def ratio(ours: list[float], theirs: list[float]) -> float:
    """How many times as fast we are: the median of the turns' own ratios."""
    return statistics.median(their / our for our, their in zip(ours, theirs, strict=True))


def print_differences(cases: list[Case], peer: Peer) -> None:
    """The answers that differ, by cause, each with AWS's page."""
    asked = [(case, call) for case in cases for call in case.calls]
    told = peer.ask("answers", cases=[[case.text, call] for case, call in asked])
    answers: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for (case, _), answer in zip(asked, told, strict=True):
        answers.setdefault((case.stem, case.name), []).append(answer)
    differing = []
    for case in cases:
        answer = worst(answers[case.stem, case.name])
        ours = str(evaluate(parse(case.text), case.request).outcome)
        if ours != answer["said"]:
            differing.append((case, ours, answer))
    print(f"answers: {len(cases) - len(differing)} of {len(cases)} alike, {len(differing)} differ:")
    print_causes(differing)


def worst(answers: list[dict[str, Any]]) -> dict[str, Any]:
    """What several answers come to: a call is let in only when all its actions are."""
    order = ("error", "denied", "not allowed", "allowed")
    said = [{**answer, "said": ANSWERS[answer["answer"]]} for answer in answers]
    return min(said, key=lambda answer: order.index(answer["said"]))


def print_causes(differing: list[tuple[Case, str, dict[str, Any]]]) -> None:
    """A paragraph a cause: how many, who says what, why, and the page."""
    causes = json.loads((HERE / "peers" / "decisions.json").read_text("utf-8"))
    groups: dict[str, list[tuple[Case, str, dict[str, Any]]]] = {}
    for case, ours, answer in differing:
        groups.setdefault(cause_of(case, answer, causes), []).append((case, ours, answer))
    for name, members in sorted(groups.items(), key=lambda group: -len(group[1])):
        said = Counter(f"ours {ours}, peer {answer['said']}" for _, ours, answer in members)
        print(f"  {name} ({len(members)}): " + "; ".join(f"{count} {which}" for which, count in said.most_common()))
        if name in causes:
            print(f"    {causes[name]['why']}\n    {causes[name]['source']}")
        else:
            print("".join(f"    not explained yet: {case.stem}: {case.name}\n" for case, _, _ in members), end="")


def cause_of(case: Case, answer: dict[str, Any], causes: dict[str, Any]) -> str:
    """The first cause whose words stand in the case's name or policy, or whose kind of key the peer left out."""
    for name, cause in causes.items():
        if cause.get("ignored") and answer["ignored"]:
            return name
        if any(words in f"{case.stem}: {case.name}" for words in cause.get("names", ())):
            return name
    return "no cause"


if __name__ == "__main__":
    sys.exit(main())
