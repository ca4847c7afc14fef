"""What became of roles between two versions, as text, Markdown and JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from trust_widgets.access import Answer, CallerClass
from trust_widgets.evaluation import Request
from trust_widgets.explain import External, access_words, example_of
from trust_widgets.reports.comparing import RoleChange

VERSION = 1
_TITLES = {
    "added": "new role",
    "removed": "role removed",
    "changed": "changed",
    "not compared": "not compared",
}
_JSON_VALUES: dict[External, bool | None] = {
    "yes": True,
    "no": False,
    "vendor": True,
    "named account": None,
    "not decided": None,
}
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~])")
Label = Callable[[str], str]


def changed_roles(changes: Sequence[RoleChange]) -> list[RoleChange]:
    """Those with something to report: the others allow the same callers."""
    return [change for change in changes if change.status != "same"]


def summary_line(changes: Sequence[RoleChange]) -> str:
    """All in one line: `3 roles compared: 1 gained access, 1 lost access, 1 not compared`."""
    gained = sum(change.gained.found is True for change in changes)
    lost = sum(change.lost.found is True for change in changes)
    unknown = sum(_is_open(change) for change in changes)
    count = f"{len(changes)} role{'' if len(changes) == 1 else 's'} compared"
    parts = [
        f"callers gained access to {gained}" if gained else "no caller gained access",
        f"callers lost access to {lost}" if lost else "",
        f"{unknown} not decided" if unknown else "",
    ]
    return f"{count}: {', '.join(filter(None, parts))}"


def _is_open(change: RoleChange) -> bool:
    return change.gained.found is None


def change_lines(change: RoleChange, label: Label) -> Iterator[str]:
    """A role as lines of text."""
    yield f"{label(change.place)}: role {change.name}: {_TITLES[change.status]}"
    for text in _sentences(change, label):
        yield f"  {text}"


def markdown(changes: Sequence[RoleChange], label: Label) -> Iterator[str]:
    """All as Markdown for a comment on a pull request."""
    yield f"### Trust policies: {_escaped(summary_line(changes))}"
    for change in changed_roles(changes):
        yield ""
        place = _code(label(change.place))
        yield f"#### {_code(change.name)} ({place}): {_TITLES[change.status]}"
        yield ""
        for text in _sentences(change, label):
            yield f"- {_escaped(text)}"


def _sentences(change: RoleChange, label: Label) -> Iterator[str]:
    """What is to be said of a role, the gained access first."""
    if change.status == "not compared":
        yield f"It is not known whether callers gained access. {change.reason}"
        for each in change.unresolved:
            yield label(str(each))
        return
    yield from _of_gained(change)
    if change.lost.found:
        yield f"Lost access: {_example(change.lost)}"
    elif change.lost.found is None:
        yield f"It is not known whether callers lost access. {change.lost.because}"


def _of_gained(change: RoleChange) -> Iterator[str]:
    if change.gained.found is None:
        yield f"It is not known whether callers gained access. {change.gained.because}"
    elif change.gained.found:
        yield f"Gained access: {_example(change.gained)}"
        for each in change.callers:
            access = access_words(each.external, each.accounts)
            yield f"In the new version: {each.brief} {access}"
    else:
        yield "No caller gained access."


def _example(answer: Answer) -> str:
    if answer.witness is None:
        return answer.because
    return f"for example {example_of(answer.witness.identity)} ({answer.witness.principal})."


def _code(text: str) -> str:
    """A text as code in Markdown, whatever is in it."""
    plain = text.replace("`", "'")
    return f"`{plain}`"


def _escaped(text: str) -> str:
    """A text in which no character is Markdown's, and no word names a person on GitHub."""
    words = text.split(" ")
    return " ".join(_code(word) if "@" in word else _MARKUP.sub(r"\\\1", word) for word in words)


def json_changes(changes: Sequence[RoleChange], label: Label) -> dict[str, Any]:
    """All as JSON values, in a form that is documented."""
    return {
        "version": VERSION,
        "summary": summary_line(changes),
        "roles": [_role(change, label) for change in changes],
    }


def _role(change: RoleChange, label: Label) -> dict[str, Any]:
    return {
        "role": change.name,
        "place": label(change.place),
        "status": change.status,
        "gained": _answer(change.gained),
        "lost": _answer(change.lost),
        "callers": json_callers(change.callers),
        "unresolved": [label(str(each)) for each in change.unresolved],
    }


def json_callers(callers: Iterable[CallerClass]) -> list[dict[str, Any]]:
    """Callers as JSON values."""
    return [
        {
            "sentence": each.sentence,
            "external": _JSON_VALUES[each.external],
            "accounts": list(each.accounts),
        }
        for each in callers
    ]


def _answer(answer: Answer) -> dict[str, Any]:
    if answer.witness is not None:
        witness = _request(answer.witness)
    else:
        witness = None
    return {"found": answer.found, "witness": witness, "because": answer.because}


def _request(request: Request) -> dict[str, Any]:
    return {
        "action": request.action,
        "principal": request.principal,
        "role": request.role,
        "context": dict(request.context),
    }
