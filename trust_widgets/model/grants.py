"""A grant: one kind of trust with its answers and `guards`, and the statements it becomes.

`grant_reading` makes grants of statements.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from trust_widgets.aws.arns import ACCOUNT_ID_FORM, is_account_id
from trust_widgets.forms import (
    complete,
    listed,
    read_answers,
)
from trust_widgets.names import helps_with_names
from trust_widgets.patterns import PATTERNS, Pattern
from trust_widgets.policy import (
    CACHE,
    Guard,
    Statement,
    complaint_about,
    conditions_from_guards,
    items_from_given,
    normalized_key,
)


@helps_with_names(name="pattern", kind="pattern", conditions="guards")
@dataclass(frozen=True)
class Grant:
    """Who may assume the role, as a form says it.

    Args:
        pattern: a name in `PATTERNS`; `""` for a statement that no pattern recognizes.
        answers: as typed, however unfinished; what is not there has its default.
        guards: conditions on top.
        sids: the `Sid` of each statement, kept from the document that it was read from.
        by_hand: the statement itself, when no pattern recognizes it; it is kept untouched.
        drafts: what was answered under other patterns, so that switching back loses nothing.

    Example:
        >>> import trust_widgets as tw
        >>> grant = tw.Grant("aws_service", {"services": ("ec2.amazonaws.com",)})
        >>> tw.TrustModel(grants=[grant]).policy.statements[0].principal.service
        ('ec2.amazonaws.com',)
    """

    pattern: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    guards: tuple[Guard, ...] = ()
    sids: tuple[str | None, ...] = ()
    by_hand: Statement | None = None
    drafts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.pattern and self.pattern not in PATTERNS:
            raise ValueError(PATTERNS.about(self.pattern))
        guards = items_from_given("guards", self.guards, Guard, _GUARD)
        object.__setattr__(self, "guards", guards)
        if self.pattern:
            object.__setattr__(self, "answers", _read(self.pattern, self.answers))

    @property
    def needs_account(self) -> bool:
        """Whether its statements name the account that the role lives in."""
        if not self.pattern:
            return False
        return PATTERNS[self.pattern].needs_account_for(self.answers)

    def switched_to(self, pattern: str) -> Grant:
        """Return the grant under another pattern, with its conditions; the old answers are kept."""
        drafts = {**self.drafts, self.pattern: self.answers}
        return Grant(pattern, drafts.get(pattern, {}), self.guards, drafts=drafts)

    def answered(self, answers: Mapping[str, Any]) -> Grant:
        """Return the grant with other answers.

        Where the answer changes that decides which questions there are, answers to the questions
        before are kept for switching back.
        """
        if self.pattern:
            name = PATTERNS[self.pattern].decided_by
        else:
            name = ""
        before, now = self.answers.get(name, ""), answers.get(name, "")
        if not name or before == now:
            return replace(self, answers=answers)
        drafts = {**self.drafts, f"{self.pattern} {before}": self.answers}
        return Grant(
            self.pattern,
            {**drafts.get(f"{self.pattern} {now}", {}), name: now},
            self.guards,
            drafts=drafts,
        )


_GUARD = "tw.Guard('sts:ExternalId', 'StringEquals', 'b2f6c3de')"


def _read(pattern: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as the kinds of their questions, else as typed; others are kept as they are.

    Raises:
        TypeError: for an answer of another kind than its question.
    """
    if not isinstance(answers, Mapping):
        raise TypeError(
            f"answers: a dict is needed, not {type(answers).__name__}: tw.Grant({pattern!r},"
            " {'QUESTION': ...})"
        )
    read, unread = read_answers(PATTERNS[pattern].fields_for(answers), answers)
    if unread:
        raise TypeError(listed(unread))
    return read


def kind_of(grant: Grant) -> Pattern | None:
    """The grant's pattern; `None` for one written by hand."""
    if grant.pattern:
        return PATTERNS[grant.pattern]
    return None


def complaints_of(grant: Grant, account: str) -> dict[str, str]:
    """Return what keeps a grant from becoming statements, by question.

    Conditions are named `guards.0`, `guards.1`.

    Args:
        grant: however unfinished.
        account: the account the role lives in, which some patterns need.
    """
    memo = CACHE.grants.of(grant)
    if account not in memo:
        memo[account] = _complaints(grant, account)
    return dict(memo[account])


def _complaints(grant: Grant, account: str) -> dict[str, str]:
    pattern = kind_of(grant)
    if pattern is None:
        return {}
    found = pattern.complaints_about(grant.answers)
    if grant.needs_account and not is_account_id(account):
        found["account"] = f"{ACCOUNT_ID_FORM}, like 111122223333."
    for index, guard in enumerate(grant.guards):
        message = complaint_about(guard)
        if message:
            found[f"guards.{index}"] = message
    return found or _doubled_guards(grant, account)


def _doubled_guards(grant: Grant, account: str) -> dict[str, str]:
    """A JSON object can hold a key only once, so one operator can require a key only once."""
    pattern = kind_of(grant)
    if pattern:
        built = pattern.make(account, grant.answers)
    else:
        built = ()
    seen = {
        (c.operator, normalized_key(c.key)) for statement in built for c in statement.conditions
    }
    found = {}
    for index, guard in enumerate(grant.guards):
        asked = (guard.operator, normalized_key(guard.key.strip()))
        if asked in seen:
            found[f"guards.{index}"] = (
                f"{guard.operator} asks for {guard.key} already: put all values in one place."
            )
        seen.add(asked)
    return found


def statements_of(grant: Grant, account: str) -> tuple[Statement, ...]:
    """The statements of a grant that has no complaints."""
    pattern = kind_of(grant)
    if pattern is None:
        if grant.by_hand:
            return (grant.by_hand,)
        return ()
    extra = conditions_from_guards(grant.guards)
    built = pattern.make(account, grant.answers)
    sids = (*grant.sids, *(None for _ in built))
    return tuple(
        replace(statement, conditions=(*statement.conditions, *extra), sid=sid)
        for statement, sid in zip(built, sids, strict=False)
    )


def label_of(grant: Grant) -> str:
    """A few words for a chip."""
    pattern = kind_of(grant)
    if pattern is None:
        return "Custom statement"
    return pattern.label(complete(pattern.fields_for(grant.answers), grant.answers))
