"""What is mine: context that only the reader can give, and that quietens or sharpens a finding."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from trust_widgets.names import helps_with_names
from trust_widgets.policy.accepted import EXAMPLE, Accepted, text_or_date
from trust_widgets.policy.given_values import items_from_given
from trust_widgets.policy.own_values import RULES, fault_of, own_values

FILE = "trust-home.toml"
LONGEST = 1_000_000  # characters of such a file; one that people write is far shorter
"""The file's usual name; it belongs next to the notebooks or policies that it is about."""

_ACCEPTED = "tw.Home.from_toml(...).accepted"


def present_day() -> date:
    """The present day in UTC."""
    return datetime.now(UTC).date()


@helps_with_names(account="accounts", organization="organization", owners="github_owners")
@dataclass(frozen=True, slots=True)
class Home:
    """What belongs to the reader, and what the reader has accepted. Everything is optional.

    Args:
        accounts: own account IDs, 12 digits each.
        organization: own organization ID, `o-...`.
        github_owners: own GitHub organizations and users, as GitHub spells them.
        vendors: account IDs of vendors that one works with.
        accepted: findings accepted with a reason.
        role: the ARN of the role that a policy belongs to, where it is known: its account is own,
            and its partition is that of all its principals. A `trust-home.toml` has none, since it
            is for several roles.
        today: the day on which calls are made; the present one (UTC) when none is given. Conditions
            that only earlier days meet are met by nobody.

    Example:
        >>> home = Home.from_toml('''
        ... accounts = ["111122223333"]
        ... organization = "o-a1b2c3d4e5"
        ... github_owners = ["octo-org"]
        ... vendors = ["444455556666"]
        ...
        ... [[accepted]]
        ... code = "TP301"
        ... reason = "The vendor names no role."
        ... until = "2027-01-31"                      # optional
        ... value = "arn:aws:iam::444455556666:root"  # else any value is accepted
        ... where = "Statement[0].Principal.AWS[0]"   # optional
        ... ''')
        >>> home.accounts, home.accepted[0].reason
        (('111122223333',), 'The vendor names no role.')
    """

    accounts: tuple[str, ...] = ()
    organization: str = ""
    github_owners: tuple[str, ...] = ()
    vendors: tuple[str, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    role: str = ""
    today: date | None = None

    @property
    def day(self) -> date:
        """The day on which calls are made."""
        return self.today or present_day()

    def __post_init__(self) -> None:
        for name in RULES:
            object.__setattr__(self, name, own_values(name, getattr(self, name)))
        if not isinstance(self.role, str):
            kind = type(self.role).__name__
            raise TypeError(f"role: an object of type {kind} is not an ARN. Write role.arn.")
        if self.today is not None and not isinstance(self.today, date):
            raise TypeError(
                f"today: {self.today!r} is not a date. Write datetime.date(2027, 1, 31)."
            )
        accepted = items_from_given("accepted", self.accepted, Accepted, _ACCEPTED)
        object.__setattr__(self, "accepted", accepted)

    @classmethod
    def from_toml(cls, text: str) -> Home:
        """Read what a `trust-home.toml` says; see the class for its form.

        Raises:
            ValueError: names the line or the key that is wrong, and shows a right one.

        Example:
            >>> Home.from_toml('acounts = ["111122223333"]')
            Traceback (most recent call last):
            ...
            ValueError: acounts: unknown key; did you mean accounts?
        """
        try:
            said = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise ValueError(
                f'This is not TOML: {error}. A correct line is accounts = ["111122223333"]'
            ) from None
        _expect_keys("", said, cls)
        values = {name: _value(name, said[name]) for name in RULES if name in said}
        return cls(**values, accepted=_accepted(said.get("accepted", [])))

    @classmethod
    def load(cls, path_or_folder: str | os.PathLike[str]) -> Home:
        """Read a file, or the `trust-home.toml` in a folder or the nearest of its parents.

        Without such a file in any of them, nothing is known, and that is no error.

        Raises:
            OSError: for a file that cannot be opened.
            ValueError: as `from_toml`, with the file's name before it.
        """
        path = find(path_or_folder)
        if path is None:
            return cls()
        try:
            return cls.from_toml(_text_of(path))
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from None

    def with_account(self, account: str) -> Home:
        """The same with an account of a role as the first one; as it is for half an account ID.

        Example:
            >>> Home(("111122223333",)).with_account("444455556666").accounts
            ('444455556666', '111122223333')
        """
        if fault_of("accounts", account) or self.accounts[:1] == (account,):
            return self
        return replace(self, accounts=tuple(dict.fromkeys((account, *self.accounts))))

    def acceptance(
        self, code: str, where: str, value: str, today: date | None = None
    ) -> Accepted | None:
        """What accepts a finding with this code at this place, with this value, and is not over
        yet.
        """
        day = today or self.day
        return next(
            (it for it in self.accepted if it.covers(code, where, value) and not it.is_over(day)),
            None,
        )


def home_from_given(given: object) -> Home | None:
    """Return what a person gave as their own: a `Home`, a dict of its arguments, or nothing.

    Raises:
        TypeError: for anything else, with what to write.
        ValueError: for a value of it that is wrong.

    Example:
        >>> home_from_given({"accounts": ["111122223333"]}).accounts
        ('111122223333',)
    """
    if given is None or isinstance(given, Home):
        return given
    if isinstance(given, Mapping):
        return Home(**{str(name): value for name, value in given.items()})
    instead = "tw.Home(accounts=['111122223333']), or tw.Home.load(folder) for a file"
    raise TypeError(f"home: a tw.Home is needed, not {type(given).__name__}: write {instead}")


def find(path_or_folder: str | os.PathLike[str]) -> Path | None:
    """The file that `Home.load` reads: the path itself, unless it is a folder."""
    path = Path(path_or_folder).absolute()
    if not path.is_dir():
        return path
    candidates = (folder / FILE for folder in (path, *path.parents))
    # os.path, because a parent that may not be looked into is no error to it
    return next((candidate for candidate in candidates if os.path.isfile(candidate)), None)


def _text_of(path: Path) -> str:
    """A file's text. A file that is too long is not read to its end."""
    with path.open(encoding="utf-8-sig") as file:
        text = file.read(LONGEST + 1)
    if len(text) > LONGEST:
        raise ValueError(f"longer than {LONGEST:,} characters: use a file in the form of {FILE}")
    return text


def _value(name: str, said: Any) -> Any:
    """A key's value: a text for `organization`, a list of texts for the others."""
    example = f'"{RULES[name][2]}"'
    single = name == "organization"
    values = [said] if single else said
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        right = example if single else f"[{example}]"
        raise ValueError(
            f"{name}: expected {'a text' if single else 'a list of strings'}, like {name} = {right}"
        )
    for value in values:
        fault = fault_of(name, value)
        if fault and not (single and not value):
            raise ValueError(f"{name}: {value!r}: {fault}")
    if single:
        return said
    return tuple(dict.fromkeys(values))


def _accepted(said: Any) -> tuple[Accepted, ...]:
    if not isinstance(said, list) or not all(isinstance(entry, dict) for entry in said):
        raise ValueError(
            f"accepted: expected one or more tables, each like [[accepted]] with {EXAMPLE}"
        )
    return tuple(_one_accepted(f"accepted[{index}]", entry) for index, entry in enumerate(said))


def _one_accepted(at: str, entry: Mapping[str, Any]) -> Accepted:
    _expect_keys(f"{at}.", entry, Accepted)
    texts = {key: text_or_date(value) for key, value in entry.items()}
    for key in ("code", "reason"):
        if key not in entry:
            raise ValueError(f"{at}: {key} is missing. Write for example {EXAMPLE}")
    for key, text in texts.items():
        if text is None:
            raise ValueError(f"{at}.{key}: expected a string, as in {EXAMPLE}")
    try:
        return Accepted(**{key: text for key, text in texts.items() if text is not None})
    except ValueError as error:
        raise ValueError(f"{at}.{error}") from None


def _expect_keys(before: str, said: Iterable[str], kind: Any) -> None:
    known = [field.name for field in fields(kind) if field.name != "role"]
    for key in said:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
            raise ValueError(f"{before}{key}: unknown key; {hint}")
