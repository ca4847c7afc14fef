"""A grant: one kind of trust with its answers and `guards`.

Grants become statements, and statements grants.

Reading back is never a guess: what a pattern read is built again, and counts only if that, with the
conditions left over as `guards`, means exactly what the statements said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from trust_widgets.aws.accounts import account_in
from trust_widgets.aws.arns import ACCOUNT_ID_FORM, is_account_id, with_root
from trust_widgets.forms import (
    complaints_about,
    complete,
    listed,
    read_answers,
    said,
)
from trust_widgets.names import helps_with_names
from trust_widgets.patterns import PATTERNS, Pattern
from trust_widgets.policy import (
    CACHE,
    Condition,
    Guard,
    Principal,
    Statement,
    complaint_about,
    conditions_from_guards,
    first_doubled,
    guards_from_conditions,
    items_from_given,
    normalized_key,
    text_from_scalar,
)
from trust_widgets.text.globs import has_wildcard


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
    """A JSON object can hold a key only once, so one operator can ask for a key only once."""
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


def grants_from_statements(
    statements: tuple[Statement, ...], account: str, usual: str = ""
) -> tuple[tuple[tuple[Grant, tuple[Statement, ...]], ...], str]:
    """Read statements as grants, in order, each with the statements it represents.

    Args:
        statements: of a policy.
        account: the account the role lives in; `""` takes the account that the first statement
            names as its own.
        usual: the account it is thought to live in, while no statement tells another.

    Returns:
        The grants, and the role's account, which a statement may have told.
    """
    found: list[tuple[Grant, tuple[Statement, ...]]] = []
    at = 0
    while at < len(statements):
        count, grant, account = _read_next(statements[at:], account, usual)
        found.append((grant, statements[at : at + count]))
        at += count
    return tuple(found), account


def _read_next(
    statements: tuple[Statement, ...], account: str, usual: str
) -> tuple[int, Grant, str]:
    for count in (2, 1):  # a pattern may need two statements for one grant
        if count <= len(statements):
            read = _recognise(statements[:count], account, usual)
            if read:
                return count, *read
    return 1, Grant("", by_hand=statements[0]), account


def _recognise(
    statements: tuple[Statement, ...], account: str, usual: str
) -> tuple[Grant, str] | None:
    """Return the most specific reading: a named pattern first, then the fewest conditions left."""
    readings = []
    for name, pattern in PATTERNS.items():
        read = _read_as(
            name, pattern, statements, account if pattern.tells_account else account or usual
        )
        if read:
            readings.append((pattern.general, len(read[0].guards), name, read))
    if readings:
        return min(readings, key=lambda r: r[:3])[3]
    return None


def _read_as(
    name: str, pattern: Pattern, statements: tuple[Statement, ...], account: str
) -> tuple[Grant, str] | None:
    answers = pattern.answers(statements)
    if answers is None:
        return None
    own = str(answers.pop("account", "")) or account
    fields = pattern.fields_for(answers)
    answers = said(fields, answers)
    if pattern.of_another and own and account_in(str(answers[pattern.of_another])) == own:
        return None
    known = account or not pattern.tells_account
    if (known and own != account) or complaints_about(fields, answers):
        return None  # what would not be taken from a form is not put into one
    guards = _left_over(pattern.make(own, answers), statements)
    if guards is None:
        return None
    sids = tuple(statement.sid for statement in statements)
    grant = Grant(name, answers, guards, sids if any(sid is not None for sid in sids) else ())
    if complaints_of(grant, own):
        return None
    return grant, own


def _left_over(
    built: tuple[Statement, ...], said: tuple[Statement, ...]
) -> tuple[Guard, ...] | None:
    """The conditions that are said but not built; `None` when the two differ in anything else."""
    if len(built) != len(said):
        return None
    left = []
    for ours, theirs in zip(built, said, strict=True):
        known = {_meaning_of_condition(c) for c in ours.conditions}
        extra = tuple(c for c in theirs.conditions if _meaning_of_condition(c) not in known)
        every = (*ours.conditions, *extra)
        if first_doubled(every) or meaning(replace(ours, conditions=every)) != meaning(theirs):
            return None
        left.append(extra)
    if any(extra != left[0] for extra in left):
        return None
    if left:
        return guards_from_conditions(left[0])
    return None


def meaning(statement: Statement) -> tuple[Any, ...]:
    """Return what a statement means, without `Sid`, order of values, and case of keys."""
    return (
        statement.effect,
        _meaning_of_principal(statement.principal),
        _meaning_of_principal(statement.not_principal),
        *(
            _as_set(getattr(statement, name))
            for name in ("action", "not_action", "resource", "not_resource")
        ),
        frozenset(_meaning_of_condition(c) for c in statement.conditions),
        frozenset(statement.bare_operators),
        statement.other,
    )


def _meaning_of_principal(principal: Principal | None) -> Any:
    if principal is None or principal.star:
        return principal
    return frozenset((kind, frozenset(map(with_root, values))) for kind, values in principal.kinds)


def _meaning_of_condition(condition: Condition) -> tuple[str, str, frozenset[str]]:
    """Without a wildcard, StringLike compares as StringEquals does."""
    values = frozenset(map(text_from_scalar, condition.values))
    exact = condition.operator == "StringLike" and not any(has_wildcard(value) for value in values)
    return "StringEquals" if exact else condition.operator, normalized_key(condition.key), values


def _as_set(values: tuple[str, ...] | None) -> frozenset[str] | None:
    if values is None:
        return None
    return frozenset(values)
