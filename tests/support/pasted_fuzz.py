"""Mutate pasted texts, and look whether the boxes that take them keep their promises.

Whatever is pasted, a box makes a call or raises `ValueError`; it takes less than two seconds; and
neither what is kept, nor what is said, nor an error holds a secret that stood in the text, other
than as a part of an ARN.
"""

from __future__ import annotations

import html
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

import trust_widgets as tw
from support.pasted_judge import BOXES, ROLE, cases

SECONDS = 2.0
SECRETS = (
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "IQoJb3JpZ2luX2VjEXAMPLETOKEN",
    "AKIAIOSFODNN7EXAMPLE",
    "ASIAI44QH8DHBEXAMPLE",
    "ZmFrZS1zaWduYXR1cmUtZm9yLXRlc3Rz",
)
_LINE = f"AWS_SECRET_ACCESS_KEY={SECRETS[0]}"
_PIECES = (
    *(
        "***",
        "\\n",
        "\\u0022",
        "│",
        "\x1b[31m",
        "&quot;",
        "<b>",
        "`",
        "**",
        '"',
        "{",
        "}",
        "[",
        "]",
    ),
    *(
        "arn:",
        ":",
        "/",
        "*",
        "%3A",
        "null",
        "\x00",
        "\u202e",
        "\ud800",
        "é",
        "\t",
        "is not",
        "User:",
    ),
    *("sts:TagSession", "because no", "because no identity-based policy allows", "eyJ", "."),
)


@dataclass
class Report:
    """What a run found; the slowest text with its seed."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, 0)


def run(first: int, texts: int, say: Callable[[str], None] = lambda line: None) -> Report:
    """Try so many texts, each made from a seed of its own: `first`, `first + 1`, ..."""
    report = Report()
    every = cases()
    for seed in range(first, first + texts):
        _try(random.Random(seed), seed, every, report)
        done = seed - first + 1
        if done % 5000 == 0:
            last = report.faults[-1:] or [""]
            say(f"{done} texts, {len(report.faults)} faults, {report.slowest[0]:.2f} s {last[0]}")
    return report


def text_of(draw: random.Random, every: list[dict[str, object]]) -> str:
    """A case's text, mutated, with a line that holds a secret."""
    text = str(draw.choice(every)["pasted"])
    text = f"{text}\n{_LINE}\n" if draw.random() < 0.5 else text
    for _ in range(draw.choice((0, 1, 1, 2, 3, 5, 8))):
        text = draw.choice(_MUTATIONS)(draw, text, every)[:60_000]
    return draw.choice(_WRAPPINGS)(text) if draw.random() < 0.25 else text


def _try(draw: random.Random, seed: int, every: list[dict[str, object]], report: Report) -> None:
    text, policy = text_of(draw, every), draw.choice(every)["policy"]
    box = draw.choice(tuple(BOXES.values()))
    start = time.process_time()
    try:
        outcome, said = _answers(box, text, policy)
    except Exception as error:
        report.faults.append(f"{seed}: {box} raises {type(error).__name__}: {error}"[:300])
        return
    seconds = time.process_time() - start
    report.counts[outcome] += 1
    report.slowest = max(report.slowest, (seconds, seed))
    if seconds > SECONDS:
        report.faults.append(f"{seed}: {box} takes {seconds:.1f} seconds")
    report.faults.extend(
        f"{seed}: {box} keeps or says a secret"
        for secret in SECRETS
        if secret in said and not re.search(rf"arn:\S*{re.escape(secret)}", text)
    )


def _answers(box: str, text: str, policy: object) -> tuple[str, str]:
    """The outcome, and all that is kept and said of a text."""
    caller = tw.CALLERS[box]
    try:
        request = caller.make(ROLE, text=text)
    except ValueError as error:
        return "unreadable", str(error)
    decision = tw.evaluate(policy, request)  # type: ignore[arg-type]
    kept = caller.to_keep({"text": text})
    again = caller.make(ROLE, kept)
    assert (again.principal, again.action) == (request.principal, request.action), "kept is less"
    said = (json.dumps(kept), str(decision), *decision.remarks, *map(str, decision.changes))
    return str(decision.outcome), "\n".join(said)


# -- mutations -------------------------------------------------------------------------------------

Mutation = Callable[[random.Random, str, "list[dict[str, object]]"], str]


def _cut(draw: random.Random, text: str, every: list[dict[str, object]]) -> str:
    start = draw.randrange(len(text) + 1)
    return text[:start] + text[start + draw.choice((1, 2, 5, 20, 100)) :]


def _ends(draw: random.Random, text: str, every: list[dict[str, object]]) -> str:
    at = draw.randrange(len(text) + 1)
    return draw.choice((text[at:], text[:at]))


def _insert(draw: random.Random, text: str, every: list[dict[str, object]]) -> str:
    at = draw.randrange(len(text) + 1)
    return text[:at] + draw.choice(_PIECES) * draw.choice((1, 1, 1, 3, 200)) + text[at:]


def _replace(draw: random.Random, text: str, every: list[dict[str, object]]) -> str:
    at = draw.randrange(len(text) + 1)
    return text[:at] + draw.choice(_PIECES) + text[at + 1 :]


def _repeat(draw: random.Random, text: str, every: list[dict[str, object]]) -> str:
    start = draw.randrange(len(text) + 1)
    piece = text[start : start + draw.choice((1, 8, 60, 400))]
    return text[:start] + piece * draw.choice((2, 3, 50)) + text[start:]


def _join(draw: random.Random, text: str, every: list[dict[str, object]]) -> str:
    return draw.choice(("\n", " ", ", ", "")).join((text, str(draw.choice(every)["pasted"])))


def _wrap_lines(draw: random.Random, text: str, every: list[dict[str, object]]) -> str:
    width = draw.choice((20, 40, 80, 120))
    sides = draw.choice(("", "│ ", "> ", "2026-11-29T10:12:01.1234567Z "))
    lines = (text[at : at + width] for at in range(0, len(text), width))
    return "\n".join(sides + line for line in lines)


def _case(draw: random.Random, text: str, every: list[dict[str, object]]) -> str:
    at = draw.randrange(len(text) + 1)
    return text[:at] + text[at : at + 30].swapcase() + text[at + 30 :]


_MUTATIONS: tuple[Mutation, ...] = (
    *(_cut, _ends, _insert, _insert, _replace, _repeat, _join, _wrap_lines, _case),
)
_WRAPPINGS: tuple[Callable[[str], str], ...] = (
    lambda text: json.dumps({"message": text}),
    lambda text: json.dumps([json.dumps({"log": text})]),
    html.escape,
    lambda text: quote(text, errors="replace"),
    lambda text: f"```\n{text}\n```",
    lambda text: f"<pre>{text}</pre>",
    repr,
)
