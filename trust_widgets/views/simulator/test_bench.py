"""Kept callers as a browser draws them: a row each, decided anew, and all of them as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from trust_widgets.callers import CALLERS
from trust_widgets.evaluation import Outcome
from trust_widgets.explain import WORDS, evaluate
from trust_widgets.policy import TrustPolicy
from trust_widgets.saved_callers import Kept, to_json, to_pytest
from trust_widgets.text.html import Html, tag

if TYPE_CHECKING:
    from trust_widgets.views.state.common import Option, TitledFile
    from trust_widgets.views.state.simulator import KeptState

OUTCOMES: list[Option] = [{"value": outcome.value, "label": WORDS[outcome]} for outcome in Outcome]
NOT_SAID: Option = {"value": "", "label": "Not stated"}
NO_CALL = "No call"
_JSON = (
    "The saved callers as a file, to load again. External IDs, tokens and credentials are left out."
)
_TEST = (
    "The policy and the saved callers as a complete test. Placeholders replace external IDs; "
    "tokens are left out."
)


def saved_caller_state(kept: Kept, policy: TrustPolicy, role: str) -> KeptState:
    """One kept caller with what the policy says of it now."""
    caller = CALLERS.get(kept.caller)
    drawn: KeptState = {
        "name": kept.name,
        "title": caller.title if caller else "A custom request",
        "opens": caller is not None,
        "expected": "" if kept.expected is None else Outcome(kept.expected).value,
        "options": [NOT_SAID, *OUTCOMES] if kept.expected is None else OUTCOMES,
        "note": f"Not known here: {', '.join(kept.left_out)}." if kept.left_out else "",
        "agrees": False,
        "outcome": "",
        "word": NO_CALL,
    }
    try:
        outcome = evaluate(policy, kept.request_for(role)).outcome
    except ValueError as error:
        return {**drawn, "note": str(error)}
    return {
        **drawn,
        "agrees": kept.expected in (None, outcome),
        "outcome": outcome.value,
        "word": WORDS[outcome],
    }


def file_states(kept: Sequence[Kept], policy: TrustPolicy, role: str) -> list[TitledFile]:
    """The kept callers as JSON, and with the policy as a test."""
    files: list[TitledFile] = [
        {"title": "JSON", "filename": "kept-callers.json", "note": _JSON, "text": to_json(kept)}
    ]
    try:
        text = to_pytest(kept, policy, role)
    except ValueError:  # none of them makes a call
        return files
    return [
        *files,
        {"title": "pytest", "filename": "test_trust_policy.py", "note": _TEST, "text": text},
    ]


def with_typed(kept: Sequence[Kept], typed: Any) -> tuple[Kept, ...]:
    """Return names and expectations as typed, or the old ones if their number differs.

    A click came between then, and the old ones are newer.
    """
    if not isinstance(typed, list) or len(typed) != len(kept):
        return tuple(kept)
    return tuple(
        replace(one, name=str(said["name"]), expected=str(said["expected"]) or None)
        for one, said in zip(kept, typed, strict=True)
    )


def with_more(kept: Sequence[Kept], new: Sequence[Kept]) -> tuple[Kept, ...]:
    """Callers kept besides; one takes the place of another with its name.

    Example:
        >>> ops = Kept("ops", "iam_user", {"arn": "arn:aws:iam::444455556666:user/ops"})
        >>> new = [Kept("ops", "role_session"), Kept("run", "github_actions")]
        >>> [one.caller for one in with_more([ops], new)]
        ['role_session', 'github_actions']
    """
    newest = {one.name: one for one in new}
    old = [newest.pop(one.name, one) for one in kept]
    return (*old, *newest.values())


def kept_html(kept: Sequence[Kept], policy: TrustPolicy, role: str) -> Html:
    """The table as it reads without a kernel."""
    rows = [_row_html(saved_caller_state(one, policy, role)) for one in kept]
    head = tag(
        "tr", *(tag("th", title) for title in ("Saved caller", "Caller", "Expected", "Now", ""))
    )
    return tag("table", head, *rows)


def _row_html(drawn: KeptState) -> Html:
    expected = WORDS[Outcome(drawn["expected"])] if drawn["expected"] else NOT_SAID["label"]
    agrees = "as expected" if drawn["agrees"] else "not as expected"
    return tag(
        "tr",
        *(
            tag("td", text)
            for text in (drawn["name"], drawn["title"], expected, drawn["word"], agrees)
        ),
    )
