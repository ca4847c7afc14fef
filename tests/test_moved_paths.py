"""Import paths that the notebooks taught in 0.1 still work, and warn with the new path."""

from __future__ import annotations

import importlib
import re
import warnings

import pytest

MOVED = [
    ("trust_widgets.kept", "Kept", "trust_widgets.saved_callers"),
    ("trust_widgets.kept", "to_pytest", "trust_widgets.saved_callers"),
    ("trust_widgets.evaluation.changes", "changes_of", "trust_widgets.explain.remedies"),
    ("trust_widgets.evaluation.wording", "text_of", "trust_widgets.explain.wording"),
    ("trust_widgets.aws.condition_keys", "why_never", "trust_widgets.aws.keys.condition_keys"),
    ("trust_widgets.evaluation", "evaluate", "trust_widgets.explain"),
    ("trust_widgets.evaluation", "Decision", "trust_widgets.explain"),
    ("trust_widgets.evaluation", "ASSUMPTIONS", "trust_widgets.explain"),
]
STAYED = [
    ("trust_widgets.evaluation.truth_table", "truth_table"),
    ("trust_widgets.access", "can_let_in"),
    ("trust_widgets.evaluation", "Request"),
]


@pytest.mark.parametrize(("old", "name", "new"), MOVED)
def test_an_old_path_leads_to_the_new_one(old: str, name: str, new: str) -> None:
    """The warning stands at the reader's own line."""
    with pytest.warns(DeprecationWarning, match=re.escape(f"import {name} from {new}")) as warned:
        found: dict[str, object] = {}
        exec(compile(f"from {old} import {name}", __file__, "exec"), found)
    assert found[name] is getattr(importlib.import_module(new), name)
    assert {warning.filename for warning in warned} == {__file__}


@pytest.mark.parametrize(("path", "name"), STAYED)
def test_a_path_that_stayed_does_not_warn(path: str, name: str) -> None:
    """What did not move is imported as before."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        exec(f"from {path} import {name}")


@pytest.mark.parametrize("path", sorted({old for old, _, _ in MOVED}))
def test_importing_an_old_module_alone_does_not_warn(path: str) -> None:
    """Tools import every module of a package. A name that never existed is an ordinary error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        module = importlib.reload(importlib.import_module(path))
        with pytest.raises(AttributeError, match="nothing_of_this_name"):
            _ = module.nothing_of_this_name
