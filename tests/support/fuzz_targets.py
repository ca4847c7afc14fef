"""What is fuzzed: functions that take any text, and raise only where the package is at fault.

`scripts/fuzz.py` calls them with texts that reach new code, `tests/fuzz/test_corpus.py` with those
that are kept.
"""

from __future__ import annotations

import contextlib
import json
import logging
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import trust_widgets as tw
from support.model_machine import check_model
from trust_widgets import saved_callers
from trust_widgets.callers import CALLERS
from trust_widgets.callers.pasted import kind_of
from trust_widgets.findings import is_internal_error
from trust_widgets.readers import READERS, read_text

CORPUS = Path(__file__).resolve().parents[1] / "fuzz" / "corpus"
_PASTED = ("token", "cloudtrail_event", "error_message", "access_troubleshooter")
_VIEWS = (
    "GrantsView", "FormView", "EditorView", "FindingsView", "CompanionsView", "ExportView",
    "HomeView", "SimulatorView", "WhoView", "ChangesView", "TruthTableView",
)  # fmt: skip
_START = {
    "Effect": "Allow",
    "Principal": {"AWS": "444455556666"},
    "Action": "sts:AssumeRole",
    "Condition": {"StringEquals": {"sts:ExternalId": "b2f6c3de"}},
}


class InternalError(Exception):
    """The package caught an error of its own and reported it."""


def document(text: str) -> None:
    """A document: `parse` raises nothing but a `DocumentError`, `check` and a model nothing."""
    found = [*tw.check(text), *tw.TrustModel(text=text).findings]
    errors = [each.message for each in found if is_internal_error(each)]
    wrong = [message for message in errors if "did not finish" not in message]
    if wrong:
        raise InternalError(wrong)
    with contextlib.suppress(tw.DocumentError):
        policy = tw.parse(text)
        tw.who_gets_in(policy)
        if tw.parse(str(policy)) != policy:
            raise InternalError("a policy that is written and read again is another one")


def pasted(text: str) -> None:
    """A pasted token, record or message: refused with a plain message, or a request."""
    kind_of(text)
    for name in _PASTED:
        with contextlib.suppress(ValueError):
            tw.evaluate(_policy(), CALLERS[name].make(_ROLE, text=text))


def home(text: str) -> None:
    """A `trust-home.toml`: refused with the line, or what is the reader's own."""
    with contextlib.suppress(ValueError):
        tw.check(_policy(), tw.Home.from_toml(text))


def kept_callers(text: str) -> None:
    """A file of kept callers: refused with the place, or read and written the same."""
    with contextlib.suppress(ValueError):
        kept = saved_callers.from_json(text)
        if saved_callers.from_json(saved_callers.to_json(kept)) != kept:
            raise InternalError("what is written and read again is something else")


def messages(text: str) -> None:
    """A message to each view: done, or shown as a fault; the view and the model live on."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return
    views = _views()
    for view in views:
        view.hear(content)
        json.dumps(view.state, allow_nan=False)
    for view in views:
        view.hear({"do": "close"} if hasattr(view, "do_close") else {"do": "nothing"})
        fault = view.state["fault"]
        if fault is not None and "MessageError" not in fault["title"]:
            raise InternalError(f"{type(view).__name__}: {fault['detail']}")
    model = views[0].model
    check_model(model)
    if len(model.text) > 5000 or len(model.grants) > 20:
        _views.cache_clear()


def readers(text: str) -> None:
    """A file of each kind: read with its places, noted as a fault, or left alone."""
    for reader in READERS.values():
        for record in read_text(reader.file, text).records:
            if not 0 <= record.place.offset <= len(text):
                raise InternalError(f"{reader.file}: a place outside the file")


TARGETS: dict[str, Callable[[str], None]] = {
    each.__name__: each for each in (document, pasted, home, kept_callers, messages, readers)
}


def kept_texts(target: str) -> dict[str, str]:
    """The texts that are kept for a target, by the name of their file."""
    files = sorted((CORPUS / target).iterdir())
    return {file.name: file.read_bytes().decode("utf-8", "surrogateescape") for file in files}


_ROLE = "arn:aws:iam::111122223333:role/example-role"


@cache
def _policy() -> tw.TrustPolicy:
    return tw.parse(json.dumps({"Version": "2012-10-17", "Statement": [_START]}))


@cache
def _views() -> list[Any]:
    """All views of one model; a fault that a view shows is logged too, which nobody reads here."""
    logging.getLogger("trust_widgets").setLevel(logging.CRITICAL + 1)
    model = tw.TrustModel(text=str(_policy()))
    return [getattr(tw, name)(model) for name in _VIEWS]
