"""What changed: two policies side by side, and who gained or lost access from one to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trust_widgets.access import CallerClass, who_gets_in
from trust_widgets.model import TrustModel
from trust_widgets.policy import (
    DocumentError,
    Given,
    Home,
    TrustPolicy,
    parse,
    policy_html,
    source_of,
)
from trust_widgets.text.html import Html, join, tag
from trust_widgets.views.base import View
from trust_widgets.views.changes.consequences import (
    Consequences,
    consequences_html,
    consequences_of,
    consequences_state,
    in_one_line,
)
from trust_widgets.views.lazy import LazyPart
from trust_widgets.views.messages import message
from trust_widgets.views.text_positions import browser_text
from trust_widgets.views.words import NOT_KNOWN, OLD

if TYPE_CHECKING:
    from trust_widgets.views.state.findings import ChangesState

UNREADABLE = "The earlier text is not a valid policy, so there is nothing to compare with."
UNCHANGED = "No changes yet."
FROM_START, FROM_HERE, FROM_GIVEN = (
    "The initial version",
    "The version you chose as baseline",
    "Before",
)


class ChangesPart(LazyPart):
    """What `ChangesView` shows."""

    part = "changes"
    is_costly = True
    redraw_on = ("revision", "since", "triers")

    def __init__(
        self,
        model: Given | None = None,
        *,
        old: Given | None = None,
        new: Given | None = None,
        home: Home | None = None,
    ) -> None:
        if model is not None and (new is not None or home is not None):
            raise TypeError("give a model, or a newer policy and home, not both")
        self._given = None if old is None else source_of(old).as_text
        self._before: (
            tuple[tuple[str, Home], TrustPolicy | None, tuple[CallerClass, ...]] | None
        ) = None
        self._known: tuple[Any, Consequences | None] | None = (
            None  # the last question, and its answer
        )
        if model is None and new is not None:
            own = {} if home is None else {"home": home}
            model = TrustModel(new, **own)
        super().__init__(model)

    def __repr__(self) -> str:
        consequences = self.consequences
        change = in_one_line(consequences) if consequences else self._wrong()
        return f"ChangesView({change!r}, {self.model.summary!r})"

    @property
    def old(self) -> str:
        """The older text."""
        if self._given is None:
            return self.model.since
        return self._given

    @property
    def consequences(self) -> Consequences | None:
        """What comes of the change; None when that is not known.

        The older text may be no policy, or the analysis of the newer one may have failed.
        """
        model = self.model
        if not model.are_callers_known:
            return None
        home = model.whole_home
        asked = (self.old, model.policy, home, model.role_name)
        if self._known is None or self._known[0] != asked:
            self._known = (asked, self._compared(home))
        return self._known[1]

    def _compared(self, home: Home) -> Consequences | None:
        model = self.model
        asked = (self.old, home)
        if self._before is None or self._before[0] != asked:
            self._before = (asked, *_read(*asked))
        _, old, before = self._before
        if old is None:
            return None
        return consequences_of(
            old, model.policy, home, model.role, before=before, after=model.callers
        )

    def draw_seen(self) -> ChangesState:
        consequences = self.consequences
        return {
            "old": browser_text(self.old),
            "new": browser_text(self.model.text),
            "from": self._from(),
            "settable": self._given is None,
            "moved": self.model.since != self.model.opened,
            "unchanged": UNCHANGED if self.old == self.model.text else "",
            "wrong": "" if consequences else self._wrong(),
            "consequences": consequences_state(consequences) if consequences else None,
            "stale": not self.model.is_good,
        }

    def _wrong(self) -> str:
        """Why there is nothing to say about the change."""
        if self.model.are_callers_known:
            return UNREADABLE
        return NOT_KNOWN

    def _from(self) -> str:
        if self._given is not None:
            return FROM_GIVEN
        if self.model.since == self.model.opened:
            return FROM_START
        return FROM_HERE

    # -- what the reader does ----------------------------------------------------------------------

    @message
    def do_from_here(self) -> None:
        """Count changes from the text as it is now."""
        self.model.since = self.model.text

    @message
    def do_from_start(self) -> None:
        """Count changes from the beginning again."""
        self.model.since = self.model.opened

    @message
    def do_try(self, which: str) -> None:
        """Hand the call that shows it to the view that tries callers."""
        self._try(self.consequences.answer(which).witness if self.consequences else None)

    # -- without a kernel --------------------------------------------------------------------------

    def still(self) -> Html:
        consequences = self.consequences
        stale = [] if self.model.is_good else [tag("p", OLD)]
        if self.old == self.model.text:
            return join(tag("p", tag("b", "What changed")), tag("p", UNCHANGED))
        said = consequences_html(consequences) if consequences else tag("p", self._wrong())
        texts = [
            tag("details", tag("summary", title), policy_html(text))
            for title, text in ((self._from(), self.old), ("Now", self.model.text))
        ]
        return join(tag("p", tag("b", "What changed")), *stale, said, *texts)


class ChangesView(View, ChangesPart):
    """Two policies side by side, and who gained or lost access.

    Args:
        model: whose policy is the newer one. Without `old` it is compared with the text that the
            model was opened with, or with the one that was there when the reader chose "Compare
            from here".
        old: the older policy, its text or its document, a `Role` or a `TrustModel`.
        new: the newer one, instead of a model's.
        home: what is yours, for `new`.

    Raises:
        TypeError: for a model and a newer policy at once.

    Example:
        >>> import trust_widgets as tw
        >>> def trusts(aws):
        ...     allow = tw.Statement("Allow", tw.Principal(aws=aws), "sts:AssumeRole")
        ...     return tw.TrustPolicy((allow,))
        >>> old, new = trusts("arn:aws:iam::444455556666:role/app"), trusts("444455556666")
        >>> view = tw.ChangesView(old=old, new=new)
        >>> view.consequences.comparison.gained.found, view.consequences.comparison.lost.found
        (True, False)
    """


def _read(text: str, home: Home) -> tuple[TrustPolicy | None, tuple[CallerClass, ...]]:
    """The older policy, and who can assume the role by it; `None` for a text that is none."""
    try:
        policy = parse(text)
    except DocumentError:
        return None, ()
    return policy, who_gets_in(policy, home)
