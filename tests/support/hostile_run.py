"""Give hostile texts to the package, and keep what raises, is reported as an internal error, or
takes too long.
"""

from __future__ import annotations

import contextlib
import io
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import trust_widgets as tw
from support.hostile_texts import HostileTexts
from support.real_policies import records
from trust_widgets import cli
from trust_widgets.findings import is_internal_error

MOST_SECONDS = 2.0
"""How long one question about one text may take, in seconds of the processor."""

FORMATS = ("text", "json", "sarif")
TESTS = Path(__file__).resolve().parents[1]


class Fault(NamedTuple):
    """A text and what is wrong with the package's answer."""

    seed: int
    asked: str
    what: str
    text: str

    def __str__(self) -> str:
        return f"seed {self.seed}: {self.asked}: {self.what}\n{self.text!r}"


class Watch:
    """Asks, and keeps the faults, how much was asked and the slowest question."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.counts: Counter[str] = Counter()
        self.slowest = (0.0, "", 0)

    def ask(self, seed: int, asked: str, text: str, question: Callable[[], Any]) -> Any:
        """Return the answer, or None if the question raises; a `DocumentError` is an answer."""
        start = time.process_time()
        answer = None
        try:
            answer = question()
        except tw.DocumentError:
            self.counts[f"{asked}: refused"] += 1
        except Exception as error:  # whatever it is, the package must not raise it
            self.faults.append(Fault(seed, asked, f"{type(error).__name__}: {error}", text))
        seconds = time.process_time() - start
        self.counts[asked] += 1
        self.slowest = max(self.slowest, (seconds, asked, seed))
        if seconds > MOST_SECONDS:
            self.faults.append(Fault(seed, asked, f"{seconds:.1f} seconds", text))
        return answer

    def findings(self, seed: int, asked: str, text: str, found: Any) -> None:
        """Keep the internal errors among findings; count the checks that did not finish."""
        for each in filter(is_internal_error, found or ()):
            if "did not finish" in each.message:
                self.counts[f"{asked}: not finished, the policy is too large"] += 1
            else:
                self.faults.append(Fault(seed, asked, each.message, text))


def given_texts() -> tuple[str, ...]:
    """Return the texts of planted cases and of real policies."""
    files = [*sorted((TESTS / "planted").glob("*/*.json"))]
    cases = [case for file in files for case in json.loads(file.read_text(encoding="utf-8"))]
    planted = (case["text"] if "text" in case else json.dumps(case["policy"]) for case in cases)
    real = (json.dumps(record["policy"]) for record in records())
    return tuple(text for text in (*planted, *real) if len(text) < 4000)


def ask_everything(watch: Watch, seed: int, given: tuple[str, ...] = ()) -> None:
    """Ask all questions about the text of a seed."""
    texts = HostileTexts(seed, given)
    text = texts.text()
    watch.findings(seed, "check", text, watch.ask(seed, "check", text, lambda: tw.check(text)))
    model = watch.ask(seed, "TrustModel", text, lambda: tw.TrustModel(text=text))
    if model is not None:
        watch.findings(seed, "TrustModel", text, model.findings)
    policy = watch.ask(seed, "parse", text, lambda: tw.parse(text))
    if policy is None:
        return
    watch.ask(seed, "who_gets_in", text, lambda: tw.who_gets_in(policy))
    watch.ask(seed, "is_public", text, lambda: tw.is_public(policy))
    other = _mutation(texts, text)
    watch.ask(seed, "compare", text, lambda: tw.compare(policy, other))


def _mutation(texts: HostileTexts, text: str) -> tw.TrustPolicy:
    """Return a policy near that of a text: the first change of it that can be read."""
    for _ in range(5):
        with contextlib.suppress(ValueError, RecursionError):
            return tw.parse(texts.changed_text(text))
    return tw.TrustPolicy(tw.parse(text).statements[1:])


def ask_the_command_line(
    watch: Watch, seed: int, folder: Path, given: tuple[str, ...] = ()
) -> None:
    """Check the text of a seed as a file."""
    text = HostileTexts(seed, given).text()
    endings = (".json", ".json", ".json", ".tf", ".yaml", ".tfstate", ".txt", "")
    file = folder / f"policy{endings[seed % len(endings)]}"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    form = FORMATS[seed % len(FORMATS)]
    said, complained = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
        arguments = ["check", "--format", form, str(file)]
        status = watch.ask(seed, "command line", text, lambda: cli.main(arguments))
    for what in _complaints(status, said.getvalue(), complained.getvalue(), form):
        watch.faults.append(Fault(seed, f"command line, {file.name}, {form}", what, text))


def _complaints(status: Any, said: str, complained: str, form: str) -> Iterator[str]:
    """Say what is wrong with an end of the command."""
    if status not in (cli.GOOD, cli.FOUND, cli.FAULT):
        yield f"status {status}"
    if "internal error" in said + complained or "Traceback" in complained:
        yield f"internal error: {complained or said}"
    if form != "text":
        try:
            json.loads(said)
        except ValueError:
            yield "the output is no JSON"
