"""Why the policy's text is not what the form says, or cannot be read."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import CODE
from trust_widgets.model import Complaint, Grant, TrustModel, kind_of, labels_of
from trust_widgets.policy import kind_of as kind_of_guard

ACCOUNT = "AWS account of the role"


def status_of(model: TrustModel) -> str:
    """One line above the text; `""` when all is well, and while nothing was answered yet.

    Example:
        >>> import trust_widgets as tw
        >>> model = tw.TrustModel(grants=[tw.Grant("github_oidc", {"owner": "octo-org"})])
        >>> status_of(model)
        'Policy not updated yet. Required: AWS account of the role'
        >>> status_of(tw.TrustModel(grants=[tw.Grant("github_oidc")]))
        ''
    """
    if any(problem.code == CODE for problem in model.problems):
        return f"not read because of an internal error: see finding {CODE}"
    if model.problems:
        return f"Invalid JSON, line {model.problems[0].line}"
    started = [index for index, grant in enumerate(model.grants) if _is_started(grant)]
    waiting = [complaint for complaint in model.complaints if complaint.grant in started]
    if not waiting:
        return ""
    return f"Policy not updated yet. {_what_is_missing(model, waiting)}"


def _is_started(grant: Grant) -> bool:
    """Whether the reader has answered anything, here or under another kind of caller."""
    return bool(grant.answers or grant.guards or grant.drafts)


def _what_is_missing(model: TrustModel, waiting: list[Complaint]) -> str:
    """The first question of the form that keeps an entry from the policy, and whose it is."""
    index = min(complaint.grant for complaint in waiting)
    grant = model.grants[index]
    names = {complaint.question for complaint in waiting if complaint.grant == index}
    _, label, is_empty = next(each for each in _questions(grant, model.account) if each[0] in names)
    word = "Required" if is_empty else "Correct"
    whose = "" if index == model.selected else f" (in {labels_of(model.grants)[index]})"
    return f"{word}: {label}{whose}"


def _questions(grant: Grant, account: str) -> Iterator[tuple[str, str, bool]]:
    """Each question in the form's order: its name, its label, whether its answer is empty."""
    yield "account", ACCOUNT, not account
    pattern = kind_of(grant)
    fields = pattern.fields_for(grant.answers) if pattern is not None else ()
    for field in fields:
        yield field.name, field.question.label, not grant.answers.get(field.name, field.default)
    for index, guard in enumerate(grant.guards):
        kind = kind_of_guard(guard)
        values = kind.question.label if kind else "Values"
        yield f"guards.{index}", values if guard.key else "Key", not (guard.key and guard.values)
