"""Who can assume the role: everybody, external callers first, each with a call that shows it; and a
picture."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from trust_widgets.access import CallerClass, can_let_in, emphasis, unmatched_statements
from trust_widgets.evaluation import Request, compile_policy
from trust_widgets.explain import (
    ACCESS,
    NOT_DOCUMENTED,
    SHOW_ALL,
    External,
    access_label,
    deny_words,
    number_of,
    rests_on_star,
    why_access_is_undecided,
)
from trust_widgets.findings import Verdict
from trust_widgets.pictures import DESCRIBED, Shape, picture_of
from trust_widgets.policy import Home, Path, fault_of, with_own_account
from trust_widgets.text.english import capital, listed
from trust_widgets.text.html import CARD, Html, image, join, tag
from trust_widgets.views.base import View
from trust_widgets.views.lazy import LazyPart
from trust_widgets.views.messages import message
from trust_widgets.views.requests import call_html, call_state
from trust_widgets.views.text_positions import place_of
from trust_widgets.views.words import NOT_KNOWN, OLD

if TYPE_CHECKING:
    from trust_widgets.views.state.access import ShapeState, ShutState, WhoCard, WhoState
    from trust_widgets.views.state.common import Truth

_TRUTHS: dict[External, Truth] = {
    "yes": "yes",
    "no": "no",
    "vendor": "no",
    "named account": "unknown",
    "not decided": "unknown",
}
MOST_ASKED = 3  # accounts; whose more of them are is entered in the settings
NOBODY = "No one can assume this role yet."
NOBODY_AT_ALL = "No one can assume this role: no statement matches any caller."
REFUSED = "IAM would reject this policy."
REFUSED_YET = "IAM would reject this policy. As written, it means:"
NOT_FOUND = "The search found no example in time."
SAY_SO = "Enter your accounts, organizations and vendors in the tab Settings."
SAY_SO_ALONE = (
    "Enter your accounts, organizations and vendors in a HomeView of the same model, or pass"
    " TrustModel(home=tw.Home(...))."
)


class WhoPart(LazyPart):
    """What `WhoView` shows."""

    part = "who"
    is_costly = True
    where_settings_are = SAY_SO

    def draw_seen(self) -> WhoState:
        return {
            "cards": [self._card(index, caller) for index, caller in enumerate(self.model.callers)],
            "nobody": self._nobody(),
            "refused": self._refused(),
            "shut": self._shut(),
            "denies": self._denies(),
            "picture": self._picture_state() if self._has_picture() else None,
            "stale": not self.model.is_good and not self._is_first_unreadable(),
            "behind": self.model.is_good and self.model.is_behind,
        }

    def _card(self, index: int, caller: CallerClass) -> WhoCard:
        return {
            "id": f"{index} {caller.path}",
            "parts": [
                {"text": text, "wide": wide} for text, wide in emphasis(caller.said, caller.wide)
            ],
            "whole": "" if caller.brief == caller.sentence else caller.sentence,
            "stranger": _TRUTHS[caller.external],
            "word": capital(ACCESS[caller.external]),
            "why": self._why(caller),
            "accounts": _accounts_to_ask_about(caller),
            "call": call_state(caller.witness) if caller.witness else None,
            "noCall": "" if caller.witness else self._no_call(caller),
            "path": list(caller.path),
            "statement": number_of(caller.path),
            "place": place_of(self.model, caller.path),
        }

    def _why(self, caller: CallerClass) -> str:
        """Why it is not decided whether an external caller is among them; `""` when it is."""
        statement = self.model.policy.statements[int(caller.path[1])]
        return why_access_is_undecided(
            statement, self._home, caller.external, self.where_settings_are
        )

    @property
    def _home(self) -> Home:
        """What is the reader's own, with the role's account where the policy implies it."""
        return with_own_account(self.model.whole_home, self.model.policy)

    def _no_call(self, caller: CallerClass) -> str:
        if self._has_no_meaning():
            return f"No example: {REFUSED}"
        if self.model.not_known:
            return f"No example: {listed(self.model.not_known)} is not known."
        statement = self.model.policy.statements[int(caller.path[1])]
        if rests_on_star(statement):
            return NOT_DOCUMENTED
        return can_let_in(self.model.policy, int(caller.path[1]), self._home).because or NOT_FOUND

    def _has_no_meaning(self) -> bool:
        return bool(compile_policy(self.model.policy).faults)

    def _is_refused(self) -> bool:
        """Whether IAM would reject the policy whose callers are shown.

        What is wrong with a text that cannot be read says nothing of the last one that could be.
        """
        if not self.model.is_good:
            return self._has_no_meaning()
        verdicts = {finding.verdict for finding in self.model.findings}
        return Verdict.REFUSED in verdicts or self._has_no_meaning()

    def _is_first_unreadable(self) -> bool:
        """Whether the text cannot be read, and no older one either."""
        return not self.model.is_good and not self.model.policy.statements

    def _refused(self) -> str:
        if self.model.callers and self._is_refused():
            return REFUSED_YET
        if self.model.callers and self.model.not_known:
            return f"Not known: {listed(self.model.not_known)}."
        return ""

    def _nobody(self) -> str:
        if not self.model.are_callers_known:
            return NOT_KNOWN
        if self.model.callers:
            return ""
        if self._is_first_unreadable():
            return self.model.summary
        if self.model.not_known:
            return f"It is not known who can assume this role: {listed(self.model.not_known)}."
        if self._is_refused():
            return f"No one can assume this role: {REFUSED}"
        if any(statement.effect == "Allow" for statement in self.model.policy.statements):
            return NOBODY_AT_ALL
        return NOBODY

    def _shut(self) -> list[ShutState]:
        """Statements that allow no one, each with what stops every caller."""
        if not self.model.are_callers_known or self.model.not_known:
            return []
        rows = unmatched_statements(self.model.policy, self.model.callers, self._home)
        return [self._shut_row(index, text) for index, text in rows]

    def _shut_row(self, index: int, text: str) -> ShutState:
        path: Path = ("Statement", index)
        return {"text": text, "path": list(path), "place": place_of(self.model, path)}

    def _denies(self) -> list[str]:
        statements = enumerate(self.model.policy.statements)
        return [deny_words(index, s) for index, s in statements if s.effect == "Deny"]

    def _has_picture(self) -> bool:
        is_known = self.model.are_callers_known and not self.model.not_known
        return bool(self.model.policy.statements) and is_known

    def _picture_state(self) -> ShapeState:
        """The picture without its style, which the browser has from the tables."""
        picture = self._picture()
        return [
            picture.name,
            {**picture.attributes, "style": ""},
            *map(_child_state, picture.children),
        ]

    def _picture(self) -> Shape:
        model = self.model
        return picture_of(
            model.policy,
            model.callers,
            self._denies(),
            model.role,
            self._home,
            refused=self._is_refused(),
        )

    # -- what the reader does ----------------------------------------------------------------------

    @message
    def do_try(self, id: str) -> None:
        """Hand the call that shows it to the view that tries callers."""
        self._try(self._witness(id))

    @message
    def do_mine(self, account: str) -> None:
        """Note that an account is the reader's own."""
        home = self.model.home
        if not fault_of("accounts", account):
            self.model.home = replace(home, accounts=(*home.accounts, account))

    @message
    def do_vendor(self, account: str) -> None:
        """Note that an account is a vendor's whom the reader works with."""
        home = self.model.home
        if not fault_of("vendors", account):
            self.model.home = replace(home, vendors=(*home.vendors, account))

    def _witness(self, id: str) -> Request | None:
        named = {
            f"{index} {caller.path}": caller.witness
            for index, caller in enumerate(self.model.callers)
        }
        return named.get(id)

    # -- without a kernel --------------------------------------------------------------------------

    def still(self) -> Html:
        model = self.model
        is_old = not model.is_good and not self._is_first_unreadable()
        notes = list(filter(None, (OLD if is_old else "", self._refused(), self._nobody())))
        below = [*self._denies(), *(row["text"] for row in self._shut())]
        parts = [
            tag("p", tag("b", "Who gets in")),
            *(tag("p", text) for text in notes),
            *(self._card_html(caller) for caller in model.callers),
            *(tag("p", text) for text in below),
        ]
        if self._has_picture():
            picture = self._picture().as_image().html()
            parts.append(tag("p", image(picture, f"{DESCRIBED}.")))
        return join(*parts)

    def _card_html(self, caller: CallerClass) -> Html:
        parts = (
            tag("b", text) if wide else text for text, wide in emphasis(caller.said, caller.wide)
        )
        why = [tag("p", self._why(caller))] if self._why(caller) else []
        call = call_html(caller.witness) if caller.witness else tag("p", self._no_call(caller))
        head = tag("p", f"{access_label(caller.external)} · {number_of(caller.path)}")
        more = []
        if caller.brief != caller.sentence:
            more = [tag("details", tag("summary", SHOW_ALL), tag("p", caller.sentence))]
        return tag("div", head, tag("p", *parts), *more, *why, call, style=CARD)


def _accounts_to_ask_about(caller: CallerClass) -> list[str]:
    """The accounts of which the reader can say whose they are, where that decides."""
    if caller.external != "named account" or len(caller.accounts) > MOST_ASKED:
        return []
    return list(caller.accounts)


class WhoView(View, WhoPart):
    """Cards for all who can assume the role, external principals first, and a picture.

    Args:
        model: a `TrustModel`; a new one when none is given.

    Example:
        >>> import trust_widgets as tw
        >>> grant = tw.Grant("aws_service", {"services": ("ec2.amazonaws.com",)})
        >>> view = tw.WhoView(tw.TrustModel(grants=[grant]))
        >>> [(card["word"], card["call"]["who"]) for card in view.state["cards"]]
        [('No external access', 'the AWS service ec2.amazonaws.com')]
    """

    where_settings_are = SAY_SO_ALONE


def state_of_shape(shape: Shape) -> ShapeState:
    """A shape as a browser takes it: the name, the attributes, the children."""
    return [shape.name, shape.attributes, *map(_child_state, shape.children)]


def _child_state(child: Shape | str) -> ShapeState | str:
    return child if isinstance(child, str) else state_of_shape(child)
