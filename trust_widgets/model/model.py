"""The one thing that changes: a policy's text, the grants that make it, and all that follows from
them.

Form and editor both end at `text`; from there one analysis sets everything that follows, and
`revision` grows once, after all of it is set. A view draws itself again when `revision` grows, and
never before.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import traitlets

from trust_widgets.access import SAYS, CallerClass, summary_of, who_gets_in
from trust_widgets.evaluation import Request
from trust_widgets.findings import (
    CODE,
    Finding,
    Findings,
    Verdict,
    by_rank,
    fix_of_all,
    internal_error,
    is_internal_error,
    read_policy,
)
from trust_widgets.model.complaints import Complaint, complaints_about_grants, complaints_about_role
from trust_widgets.model.grants import (
    Grant,
    complaints_of,
    grants_from_statements,
    kind_of,
    statements_of,
)
from trust_widgets.model.history import History
from trust_widgets.model.placement import (
    Placed,
    Statements,
    edits,
    followed,
    kept_of,
    said,
    what_changed,
)
from trust_widgets.patterns import revoke
from trust_widgets.pitfalls import findings_of
from trust_widgets.policy import (
    Companion,
    Fix,
    Home,
    Path,
    Problem,
    Role,
    TrustPolicy,
    fault_of,
    parse,
    statement_to_dict,
)
from trust_widgets.text.json.edit import replace_slice

EMPTY = '{\n  "Version": "2012-10-17",\n  "Statement": []\n}'
WRITTEN = ("text", "grants", "account", "role_name", "path", "max_session", "home")
"""The traits that a reader or a script writes; all others follow."""

NOT_READ = (
    "This text was not read because of an internal error: who can assume this role is not known."
)
CALLERS_UNKNOWN = (
    "The analysis failed with an internal error: who can assume this role is not known."
)
NOT_ALL_CHECKED = f"Not everything was checked: see finding {CODE}."

Result = TypeVar("Result")


class TrustModel(traitlets.HasTraits):
    """A trust policy being made or read.

    Written: `text`, `grants`, `account`, `role_name`, `path`, `max_session`, `home`. Following,
    always set
    together: `policy` (the last good one), `problems`, `findings`, `callers`, `are_callers_known`,
    `summary`, `complaints`, `role`. A step of the analysis that raises is a finding `TP000`, and
    its result is empty.

    Args:
        text: a policy's JSON text, however broken.
        grants: a list of `Grant`; setting it rewrites only the statements of grants that changed.
        account: the account the role lives in, 12 digits.
        role_name, path: as IAM takes them. max_session: seconds.
        home: what is yours.

    Example:
        >>> import trust_widgets as tw
        >>> model = tw.TrustModel(grants=[tw.Grant("aws_service", {"services": ("lambda.amazonaws.com",)})])
        >>> model.policy.statements[0].action
        ('sts:AssumeRole',)
        >>> model.text = model.text.replace("lambda", "ec2")
        >>> model.grants[0].answers["services"]
        ('ec2.amazonaws.com',)
    """

    # A `Tuple` of traitlets is annotated as what it gives; its own type cannot say what it holds.
    text = traitlets.Unicode(EMPTY)
    grants: tuple[Grant, ...] = traitlets.Tuple()  # type: ignore[assignment]
    account = traitlets.Unicode()
    role_name = traitlets.Unicode("example-role")
    path = traitlets.Unicode("/")
    max_session = traitlets.Int(3600)
    home: traitlets.Instance[Home] = traitlets.Instance(Home, args=())

    policy: traitlets.Instance[TrustPolicy] = traitlets.Instance(TrustPolicy, args=())
    problems: tuple[Problem, ...] = traitlets.Tuple()  # type: ignore[assignment]
    findings: tuple[Finding, ...] = traitlets.Tuple()  # type: ignore[assignment]
    callers: tuple[CallerClass, ...] = traitlets.Tuple()  # type: ignore[assignment]
    are_callers_known = traitlets.Bool(True)  # else `callers` is empty because the analysis failed
    complaints: tuple[Complaint, ...] = traitlets.Tuple()  # type: ignore[assignment]
    summary = traitlets.Unicode()
    role: traitlets.Instance[Role] = traitlets.Instance(Role, args=("example-role",))
    revision = traitlets.Int()

    # Where the reader is: which grant's form is open (-1: none), and which place a view asked to be
    # shown.
    selected = traitlets.Int(-1)
    asked = traitlets.Int()  # grows when somebody was added, whose first question takes the focus
    shown: tuple[Any, ...] = traitlets.Tuple()  # type: ignore[assignment]
    tried: tuple[Any, ...] = traitlets.Tuple()  # type: ignore[assignment]  # the call to try, and how often one was
    triers = traitlets.Int()  # how many views try such calls
    opened = traitlets.Unicode()  # the text at the beginning
    since = traitlets.Unicode()  # the text that changes are counted from

    def __init__(self, **written: Any) -> None:
        super().__init__()
        unknown = set(written) - set(WRITTEN)
        if unknown:
            raise TypeError(
                f"TrustModel takes {', '.join(WRITTEN)}, not {', '.join(sorted(unknown))}"
            )
        self._clock: Callable[[], float] = time.monotonic
        self._good_text = EMPTY
        self._account_was_read = False  # from a policy's text: nobody has said it
        # What each grant has put into the text: nothing yet, while its answers are unfinished.
        self._placed: tuple[Statements, ...] = ()
        self._form_failed: Finding | None = (
            None  # why all statements of the text are shown as written by hand
        )
        self._history = History()
        self._finished: dict[
            Statements, Grant
        ] = {}  # which answers made the statements in the text
        self._analyse()
        self._now = self._snapshot()
        for name in ("home", "account", "role_name", "path", "max_session", "text", "grants"):
            if name in written:
                setattr(self, name, written[name])
        self._history = History()
        self.opened = self.since = self.text

    def __repr__(self) -> str:
        return f"TrustModel({self.summary!r})"

    @property
    def is_good(self) -> bool:
        """Whether the text can be read; while it cannot, `policy` is the last good one."""
        return not self.problems

    @property
    def whole_home(self) -> Home:
        """What is the reader's own, the account of the role included, once it is typed whole."""
        own = () if fault_of("accounts", self.account) else (self.account,)
        return replace(self.home, accounts=tuple(dict.fromkeys((*self.home.accounts, *own))))

    # -- what a reader or a script writes ----------------------------------------------------------

    @traitlets.observe(*WRITTEN)
    def _written(self, change: Any) -> None:
        """Let everything follow from a written trait, then tell all of it at once.

        What this sets itself is told again when the hold ends, and is then equal to the snapshot.
        """
        before = self._now
        if before[change.name] == change.new:
            return
        with self.hold_trait_notifications():
            if change.name == "text":
                self._take_text()
            elif change.name in ("grants", "account"):
                self._account_was_read &= change.name != "account"
                self._take_grants(before["grants"])
            self._analyse()
            self._now = self._snapshot()
            self._history.remember(
                before, what_changed(before, self._now, change.name), self._clock()
            )
            self.revision += 1

    def _take_text(self) -> None:
        """Read the statements as grants; a grant whose statements still say the same stays as it
        is.

        An account that was read from a text goes with it; one that the reader said is the role's,
        whatever is pasted.
        """
        policy, problems = read_policy(self.text)
        if policy is None or problems:
            return
        statements = policy.statements
        self._good_text = self.text
        kept = kept_of(tuple(zip(self.grants, self._placed, strict=True)), statements)
        mine = "" if self._account_was_read else self.account
        known = self.account if kept.names_account else "" if fault_of("accounts", mine) else mine
        read, told = self._grants_of(kept.between, known)
        self._place([*kept.head, *read, *kept.waiting, *kept.tail])
        self._account_was_read = bool(told) and told != mine
        self.account = told or mine

    def _grants_of(self, statements: Statements, account: str) -> tuple[tuple[Placed, ...], str]:
        """`grants_from_statements`; when that raises, each statement counts as written by hand."""
        self._form_failed = None
        try:
            return grants_from_statements(statements, account)
        except Exception as error:
            effect = "The statements are shown as written by hand."
            self._form_failed = internal_error(
                "Reading the statements into the form", error, effect
            )
            return tuple((Grant("", by_hand=each), (each,)) for each in statements), account

    def _take_grants(self, old: tuple[Grant, ...]) -> None:
        """Replace the characters of each grant that says something new, and no others."""
        before = followed(old, self.grants, self._placed)
        after = [self._say(grant, was) for grant, was in zip(self.grants, before, strict=True)]
        text = self._good_text
        for first, last, statements in edits(old, self.grants, self._placed, after):
            text = replace_slice(
                text, ("Statement",), first, last, [statement_to_dict(s) for s in statements]
            )
        self._place(list(zip(self.grants, after, strict=True)))
        self.text = self._good_text = text

    def _say(self, grant: Grant, was: Statements) -> Statements:
        """A grant's statements; those in the text already, while it is unfinished or says the
        same.
        """
        if complaints_of(grant, self.account):
            return was
        now = statements_of(grant, self.account)
        return was if said(was) == said(now) else now

    def _place(self, pairs: Sequence[Placed]) -> None:
        self.grants = tuple(grant for grant, _ in pairs)
        self._placed = tuple(statements for _, statements in pairs)

    # -- what follows ------------------------------------------------------------------------------

    def _analyse(self) -> None:
        """Let everything follow from what is written."""
        policy, self.problems = read_policy(self.text)
        if policy is not None and not self.problems:
            self.policy = policy
        failed = [self._form_failed] if self._form_failed else []
        self._analyse_callers(failed)
        self._analyse_role(failed)
        asked = self.text != EMPTY  # nobody asked anything yet, so nothing is wrong yet
        found = findings_of(self.policy, self.problems, self.whole_home) if asked else ()
        self.findings = Findings(sorted((*found, *failed), key=by_rank)) if failed else found
        self.summary = self._summary()
        self.selected = min(max(self.selected, 0), len(self.grants) - 1)

    def _analyse_callers(self, failed: list[Finding]) -> None:
        """Set who can assume the role; nobody, when that is not known."""
        effect = "Who can assume this role is not known."
        found = None
        if not self._reading_failed():
            found = _attempt("The search for callers", effect, self._callers_and_sentence, failed)
        self.are_callers_known = found is not None
        self.callers, self._sentence = found or ((), "")

    def _callers_and_sentence(self) -> tuple[tuple[CallerClass, ...], str]:
        callers = who_gets_in(self.policy, self.whole_home)
        return callers, summary_of(callers, sum(s.effect == "Deny" for s in self.policy.statements))

    def _analyse_role(self, failed: list[Finding]) -> None:
        """Set the complaints and the role; each is as empty as can be when it is not known."""
        effect = "What is wrong with the answers in the form is not shown."
        self.complaints = _attempt("The check of the form", effect, self._complaints, failed) or ()
        bare = Role(
            self.role_name, self.policy, self.account, self.path, max_session=self.max_session
        )
        effect = "These documents are missing."
        companions = _attempt(
            "Writing the documents that belong to the role",
            effect,
            lambda: self._companions(bare),
            failed,
        )
        self.role = replace(bare, companions=companions or ())

    def _complaints(self) -> tuple[Complaint, ...]:
        role = complaints_about_role(self.role_name, self.path, self.account)
        return (*role, *complaints_about_grants(self.grants, self.account))

    def _reading_failed(self) -> bool:
        """Whether the text was not read because of an internal error, so that it may well be a
        policy.
        """
        return any(problem.code == CODE for problem in self.problems)

    def _summary(self) -> str:
        """Who can assume the role, in a sentence; or that this is not known."""
        if self._reading_failed():
            return NOT_READ
        if not self.are_callers_known:
            return CALLERS_UNKNOWN
        if self.problems and not self.policy.statements:
            return "This text cannot be read as a policy yet."
        refused = any(f.verdict is Verdict.REFUSED and not f.accepted for f in self.findings)
        says = SAYS if self.callers and self.is_good and refused else ""
        doubt = f" {NOT_ALL_CHECKED}" if any(map(is_internal_error, self.findings)) else ""
        return f"{says}{self._sentence}{doubt}"

    def _companions(self, role: Role) -> tuple[Companion, ...]:
        """Those of all grants; of one that is unfinished, those of the answers that made its
        statements.
        """
        found: dict[Companion, None] = {}
        unfinished = {complaint.grant for complaint in self.complaints}
        for index, (grant, placed) in enumerate(zip(self.grants, self._placed, strict=False)):
            finished = index not in unfinished
            if finished and placed:
                self._finished[placed] = grant
            made_by = grant if finished else self._finished.get(placed) if placed else None
            pattern = kind_of(made_by) if made_by else None
            if made_by and pattern:
                found |= dict.fromkeys(pattern.companions_of(role, made_by.answers))
        return (*found, *revoke(role))

    # -- what a view asks for ----------------------------------------------------------------------

    def change_grant(self, index: int, grant: Grant | None) -> None:
        """Put another grant in a grant's place; `None` takes it away."""
        put = () if grant is None else (grant,)
        self.grants = (*self.grants[:index], *put, *self.grants[index + 1 :])

    def add_grant(self, grant: Grant) -> None:
        """Add a grant at the end and open its form."""
        self.grants = (*self.grants, grant)
        self.selected = len(self.grants) - 1
        self.asked += 1

    def show(self, path: Path) -> None:
        """Ask the views to show a place in the document, also when it was shown just before."""
        self.shown = (path, self.shown[1] + 1 if self.shown else 1)

    def try_caller(self, request: Request) -> None:
        """Ask the views to try a call, also when it was tried just before."""
        self.tried = (request, self.tried[1] + 1 if self.tried else 1)

    def apply(self, finding: Finding) -> None:
        """Apply a finding's fix to the text: a step of its own for undo."""
        if finding.fix:
            self.repair(finding.fix)

    def apply_all(self, code: str) -> None:
        """Apply the fixes of all findings with one code: together one step for undo."""
        fix = fix_of_all(self.text, self.findings, code)
        if fix:
            self.repair(fix)

    def repair(self, fix: Fix) -> None:
        """Apply a fix to the text: a step of its own for undo."""
        self._history.end_burst()
        self.text = fix.apply(self.text)
        self._history.end_burst()

    def discard(self) -> None:
        """Give up a text that cannot be read, for the last good one: a step of its own for undo."""
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
        """Take the last change back, whoever made it; keys typed in one go are one change."""
        self._restore(self._history.back(self._now))

    def redo(self) -> None:
        """Make the change again that was undone last."""
        self._restore(self._history.forth(self._now))

    def _snapshot(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in WRITTEN} | {
            "_placed": self._placed,
            "_good_text": self._good_text,
            "_account_was_read": self._account_was_read,
            "_form_failed": self._form_failed,
        }

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


def _attempt(
    step: str, effect: str, compute: Callable[[], Result], failed: list[Finding]
) -> Result | None:
    """What a step of the analysis gives; `None` when it raises, and then there is a finding more in
    `failed`.
    """
    try:
        return compute()
    except Exception as error:
        failed.append(internal_error(step, error, effect))
        return None
