"""A finding that the reader accepts, with the reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from trust_widgets.names import helps_with_names

EXAMPLE = (
    'code = "TP301", reason = "The vendor names no role.", until = "2027-01-31", value ='
    ' "arn:aws:iam::444455556666:root"'
)


@helps_with_names(path="where", because="reason", expires="until")
@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that the reader knows of and lives with: of this code, with this value, in every
    policy.

    An index changes with the next statement, a value does not; so `where` is checked only when it
    is given. Without a value, one that is put in the place later is accepted too, whatever it is:
    that is wide.

    Args:
        code: the finding's code. What cannot be read at all (`TP0xx`) cannot be accepted.
        reason: why; it is shown with the finding.
        until: the last day on which this counts, `2027-01-31`; without one it counts always.
        where: the finding's place, `Statement[0].Principal.AWS[0]`, or `document`; without one, any
            place.
        value: what is there, `arn:aws:iam::444455556666:root`; of what is no text, its compact
            JSON, as `Finding.value` has it; without one, any value.

    Raises:
        ValueError: for values that are not of that form.

    Example:
        >>> Accepted("TP301", "The vendor names no role.", "2027-01-31").is_over(date(2027, 2, 1))
        True
    """

    code: str
    reason: str
    until: str = ""
    where: str = ""
    value: str = ""

    def __post_init__(self) -> None:
        for name in ("code", "reason", "until", "where", "value"):
            text = text_or_date(getattr(self, name))
            if text is None:
                kind = type(getattr(self, name)).__name__
                raise ValueError(f"{name}: {kind} is not a string. Write it as in {EXAMPLE}")
            object.__setattr__(self, name, text)
        if not is_acceptable(self.code):
            raise ValueError(
                f'code: {self.code!r} cannot be accepted; a code is like "TP301", never "TP0.."'
            )
        if not self.reason.strip():
            raise ValueError('reason: say why, like reason = "The vendor names no role."')
        if self.until and not _is_date(self.until):
            raise ValueError(
                f'until: {self.until!r} is not a date. Write it like until = "2027-01-31"'
            )

    def covers(self, code: str, where: str, value: str) -> bool:
        """Whether a finding with this code, at this place, with this value, is meant."""
        return self.code == code and self.where in ("", where) and self.value in ("", value)

    def is_over(self, today: date) -> bool:
        """Whether its last day has passed."""
        return bool(self.until) and date.fromisoformat(self.until) < today


def is_acceptable(code: str) -> bool:
    """Whether findings of this code can be accepted: a text that cannot be read (`TP0xx`) is judged
    by nothing else.
    """
    return bool(re.fullmatch(r"TP[1-9][0-9]{2}", code))


def text_or_date(value: Any) -> str | None:
    """A text; TOML has its own dates, which need no quotes."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str):
        return value
    return None


def _is_date(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) and date.fromisoformat(text))
    except ValueError:
        return False
