"""The texts that fuzzing begins with, and those with which it found a fault."""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw
from fuzz import _TARGETS
from support import fuzz_targets
from support.fuzz_targets import CORPUS, TARGETS, InternalError, kept_texts
from trust_widgets.findings import internal_error

TEXTS = [(target, name) for target in TARGETS for name in kept_texts(target)]


@pytest.mark.parametrize(("target", "name"), TEXTS)
def test_a_text_that_is_kept_is_no_fault(target: str, name: str) -> None:
    """No exception but the documented ones, and no internal error."""
    TARGETS[target](kept_texts(target)[name])


def test_each_target_has_texts_and_is_fuzzed() -> None:
    assert set(TARGETS) == {folder.name for folder in CORPUS.iterdir()} == set(_TARGETS)


def raises(*_: Any, **__: Any) -> Any:
    """A function that fails."""
    raise IndexError("planted")


PLACES = {
    "document": ("trust_widgets.parse", {"Version": "2012-10-17", "Statement": []}),
    "pasted": ("support.fuzz_targets.kind_of", {}),
    "home": ("trust_widgets.Home.from_toml", {}),
    "kept_callers": ("support.fuzz_targets.saved_callers.from_json", {}),
    "messages": ("trust_widgets.views.base.View.hear", {"do": "open"}),
    "readers": ("support.fuzz_targets.read_text", {}),
}


@pytest.mark.parametrize("target", TARGETS)
def test_a_fault_is_noticed(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever raises an error of another kind, or has caught one."""
    place, text = PLACES[target]
    monkeypatch.setattr(place, raises)
    with pytest.raises((IndexError, InternalError)):
        TARGETS[target](json.dumps(text))
    fuzz_targets._views.cache_clear()


def test_an_internal_error_in_a_check_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pitfall that raises becomes a finding, which is no answer."""
    found = internal_error("The check", IndexError("planted"), "Not checked.")
    monkeypatch.setattr(tw, "check", lambda text: [found])
    with pytest.raises(InternalError):
        fuzz_targets.document("{}")
