"""The one thing that changes: a policy's text, the grants that make it, and what follows from them.

Form and editor both end at `text`; from there one analysis sets everything that follows, and
`revision` grows once, after all of it is set. A view draws itself again when `revision` grows, and
never before.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from copy import copy
from itertools import accumulate
from typing import Any

import traitlets

from trust_widgets.access import CallerClass
from trust_widgets.findings import Finding, fix_of_all, read_policy
from trust_widgets.model.analysis import EMPTY, Analyser, Written, not_known_in
from trust_widgets.model.complaints import Complaint
from trust_widgets.model.grants import Grant
from trust_widgets.model.history import History
from trust_widgets.model.placement import (
    Placed,
    Statements,
    are_kept,
    edits,
    followed,
    remaining_grants,
    what_changed,
)
from trust_widgets.model.selection import SelectionTraits
from trust_widgets.model.text_and_grants import (
    all_statements_to_write,
    read_grants,
    rewritten_text,
)
from trust_widgets.model.traits import (
    WRITTEN,
    WrittenTraits,
    all_written,
)
from trust_widgets.names import helps_with_names
from trust_widgets.policy import (
    Fix,
    Given,
    Problem,
    Role,
    TrustPolicy,
    fault_of,
    parse,
)
from trust_widgets.readers import Hole
from trust_widgets.reports import RoleFile

REMEMBERED = (*WRITTEN, "_placed", "_good_text", "_account_was_read", "_form_failed", "_holes")


@helps_with_names(policy_text="text", errors="problems", trust="policy", callers_of="callers")
class TrustModel(WrittenTraits, SelectionTraits):
    """A trust policy being made or read.

    Written: `text`, `grants`, `account`, `role_name`, `path`, `max_session`, `home`. Following,
    always set together: `policy` (the last good one), `problems`, `findings`, `callers`,
    `are_callers_known`, `summary`, `complaints`, `role`. While the text cannot be read, `summary`
    says so, and that the rest of it is about the last policy that could be read. A step of the
    analysis that raises is a finding `TP000`, and its result is empty.

    Args:
        text: a policy's JSON text, however broken; also its document, a `TrustPolicy`, or a `Role`
            with its name, path and account. It may be the first argument, without `text=`.
        grants: a list of `Grant`; setting it rewrites only the statements of grants that changed.
        account: the account the role lives in, 12 digits.
        role_name, path: as IAM takes them. max_session: seconds.
        home: what is yours.

    Example:
        >>> import trust_widgets as tw
        >>> grant = tw.Grant("aws_service", {"services": ("lambda.amazonaws.com",)})
        >>> model = tw.TrustModel(grants=[grant])
        >>> model.policy.statements[0].action
        ('sts:AssumeRole',)
        >>> model.text = model.text.replace("lambda", "ec2")
        >>> model.grants[0].answers["services"]
        ('ec2.amazonaws.com',)
    """

    # A `Tuple` of traitlets is annotated as what it gives; its own type cannot say what it holds.
    policy: traitlets.Instance[TrustPolicy] = traitlets.Instance(TrustPolicy, args=())
    problems: tuple[Problem, ...] = traitlets.Tuple()  # type: ignore[assignment]
    findings: tuple[Finding, ...] = traitlets.Tuple()  # type: ignore[assignment]
    callers: tuple[CallerClass, ...] = traitlets.Tuple()  # type: ignore[assignment]
    are_callers_known = traitlets.Bool(True)  # else `callers` is empty because the analysis failed
    complaints: tuple[Complaint, ...] = traitlets.Tuple()  # type: ignore[assignment]
    summary = traitlets.Unicode()
    role: traitlets.Instance[Role] = traitlets.Instance(Role, args=("example-role",))
    revision = traitlets.Int()

    # The role that was read from a file, to which the policy can be written back.
    role_file = traitlets.Instance(RoleFile, allow_none=True)
    # A text that was pasted, with the roles in it to choose from.
    pasted: tuple[Any, ...] = traitlets.Tuple()  # type: ignore[assignment]
    opened = traitlets.Unicode()  # the text at the beginning
    since = traitlets.Unicode()  # the text that changes are counted from

    def __init__(self, given: Given | None = None, /, **written: Any) -> None:
        super().__init__()
        written = all_written(given, written)
        self._clock: Callable[[], float] = time.monotonic
        self._good_text = EMPTY
        self._account_was_read = False  # from a policy's text: nobody has said it
        # What each grant has put into the text: nothing yet, while its answers are unfinished.
        self._placed: tuple[Statements, ...] = ()
        # Why all statements of the text are shown as written by hand.
        self._form_failed: Finding | None = None
        # What ${expression} in the text represents, where a file does not say it.
        self._holes: tuple[Hole, ...] = ()
        self._history = History()
        self._analyser = Analyser()
        self._analyse()
        self._now = self._snapshot()
        self._holes = written.pop("holes", ())
        self.role_file = written.pop("role_file", None)
        for name in ("home", "account", "role_name", "path", "max_session", "text", "grants"):
            if name in written:
                setattr(self, name, written[name])
        self._history = History()
        self.opened = self.since = self.text

    def __repr__(self) -> str:
        return f"TrustModel({self.summary!r})"

    @property
    def not_known(self) -> tuple[str, ...]:
        """The expressions of the text that its file does not say, such as `${var.who}`."""
        return not_known_in(self.text, self._holes)

    @property
    def is_good(self) -> bool:
        """Whether the text can be read; while it cannot, `policy` is the last good one."""
        return not self.problems

    # -- what a reader or a script writes ----------------------------------------------------------

    @traitlets.observe(*WRITTEN)
    def _written(self, change: Any) -> None:
        """Let everything follow from a written trait, then send all changes at once.

        What this sets itself is reported again when the hold ends, and then equals the snapshot.
        """
        before = self._now
        if before[change.name] == change.new:
            return
        with self.hold_trait_notifications():
            if change.name == "text":
                self._take_text()
            elif change.name in ("grants", "account"):
                self._account_was_read &= change.name != "account"
                self._take_grants(before["grants"], is_new_account=change.name == "account")
            self._analyse()
            self._now = self._snapshot()
            self._history.remember(
                before, what_changed(before, self._now, change.name), self._clock()
            )
            self.revision += 1

    def _take_text(self) -> None:
        """Read the statements as grants; keep a grant whose statements mean the same.

        An account that was read from a text goes with it; one that the reader said is the role's,
        whatever is pasted.
        """
        policy, problems = read_policy(self.text)
        if policy is None or problems:
            return
        statements = policy.statements
        self._good_text = self.text
        kept = remaining_grants(tuple(zip(self.grants, self._placed, strict=True)), statements)
        mine = "" if self._account_was_read else self.account
        known = "" if fault_of("accounts", mine) else mine
        if kept.names_account:
            known = self.account
        read = read_grants(kept.between, known)
        self._form_failed = read.failure
        self._place([*kept.head, *read.placed, *kept.waiting, *kept.tail])
        self._account_was_read = bool(read.account) and read.account != mine
        self.account = read.account or mine

    def _take_grants(self, old: tuple[Grant, ...], is_new_account: bool) -> None:
        """Replace the characters of each grant that says something new, and no others.

        A grant that is not in the text is written when the reader changes it, or says the role's
        account. A text that was pasted over it may name the account too, and does not write it:
        the reader pasted a policy and wants to see that one.
        """
        before = followed(old, self.grants, self._placed)
        waits = [kept and not is_new_account for kept in are_kept(old, self.grants)]
        after = all_statements_to_write(self.grants, before, waits, self.account)
        changes = edits(old, self.grants, self._placed, after)
        self._good_text = rewritten_text(self._good_text, changes)
        self._place(list(zip(self.grants, after, strict=True)))
        self.text = self._good_text

    def _place(self, pairs: Sequence[Placed]) -> None:
        self.grants = tuple(grant for grant, _ in pairs)
        self._placed = tuple(statements for _, statements in pairs)

    # -- what follows ------------------------------------------------------------------------------

    def _analyse(self) -> None:
        """Let everything follow from what is written."""
        account, path, session = self.account, self.path, self.max_session
        role = Role(self.role_name, self.policy, account, path, max_session=session)
        placed = tuple(zip(self.grants, self._placed, strict=False))
        home = self.whole_home
        written = Written(self.text, placed, role, home, self._holes, self._form_failed)
        for name, value in self._analyser.analyse(written)._asdict().items():
            setattr(self, name, value)
        self.selected = min(max(self.selected, 0), len(self.grants) - 1)

    # -- what a view asks for ----------------------------------------------------------------------

    def change_grant(self, index: int, grant: Grant | None) -> None:
        """Put another grant in a grant's place; `None` takes it away.

        Raises:
            IndexError: for a grant that is not there.
        """
        if not 0 <= index < len(self.grants):
            raise IndexError(f"there is no grant {index}: the model has {len(self.grants)}")
        # A grant of its own: where two are equal, it is known which of them goes.
        put = () if grant is None else (copy(grant),)
        self.grants = (*self.grants[:index], *put, *self.grants[index + 1 :])

    def add_grant(self, grant: Grant) -> None:
        """Add a grant at the end and open its form."""
        self.grants = (*self.grants, copy(grant))
        self.selected = len(self.grants) - 1
        self.asked += 1

    @property
    def selected_statements(self) -> tuple[int, ...]:
        """The indexes of the statements of the selected grant; none where it is the only one."""
        if len(self.grants) < 2 or not 0 <= self.selected < len(self._placed):
            return ()
        counts = [len(placed) for placed in self._placed]
        first = sum(counts[: self.selected])
        end = first + counts[self.selected]
        return tuple(range(first, end))

    def is_placed(self, index: int) -> bool:
        """Whether statements of a grant are in the text, of its newest answers or of older ones."""
        return 0 <= index < len(self._placed) and bool(self._placed[index])

    @property
    def is_behind(self) -> bool:
        """Whether the text has the statements of older answers, since newer are incomplete."""
        return any(self.is_placed(complaint.grant) for complaint in self.complaints)

    def select_statement(self, index: int) -> None:
        """Open the form of the grant that a statement belongs to."""
        ends = accumulate(len(placed) for placed in self._placed)
        for number, end in enumerate(ends):
            if 0 <= index < end:
                self.selected = number
                return

    def apply(self, finding: Finding, which: int = 0) -> None:
        """Apply one of a finding's fixes to the text: a separate step for undo.

        Args:
            finding: with the fix. which: its place in `finding.fixes`.
        """
        if 0 <= which < len(finding.fixes):
            self.repair(finding.fixes[which])

    def apply_all(self, code: str) -> None:
        """Apply the fixes of all findings with one code: together one step for undo."""
        fix = fix_of_all(self.text, self.findings, code)
        if fix:
            self.repair(fix)

    def repair(self, fix: Fix) -> None:
        """Apply a fix to the text: a separate step for undo."""
        self._history.end_burst()
        self.text = fix.apply(self.text)
        self._history.end_burst()

    def replace_with(self, text: str, holes: tuple[Hole, ...] = (), **of_role: Any) -> None:
        """Write another policy, with what is known of its role: together one step for undo.

        Args:
            text: the policy's JSON text. holes: what `${expression}` in it represents.
            of_role: `role_name`, `path`, `account` and `max_session`, as far as they are known.
        """
        with self._history.one_step():
            self._holes = holes
            self.text = text
            for name, value in of_role.items():
                setattr(self, name, value)

    def discard(self) -> None:
        """Give up a text that cannot be read, for the last good one: a separate step for undo."""
        self._history.end_burst()
        self.text = self._good_text

    @property
    def can_undo(self) -> bool:
        """Whether there is something to undo."""
        return bool(self._history.past)

    @property
    def can_redo(self) -> bool:
        """Whether something was undone."""
        return bool(self._history.future)

    def undo(self) -> None:
        """Take the last change back, no matter who made it; keys typed in one go are one change."""
        self._restore(self._history.back(self._now))

    def redo(self) -> None:
        """Make the change again that was undone last."""
        self._restore(self._history.forth(self._now))

    def _snapshot(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in REMEMBERED}

    def _restore(self, snapshot: dict[str, Any] | None) -> None:
        if snapshot is None:
            return
        with self.hold_trait_notifications():
            for name, value in snapshot.items():
                setattr(self, name, value)
            self.policy = parse(self._good_text)
            self._analyse()
            self._now = self._snapshot()
            self.revision += 1
