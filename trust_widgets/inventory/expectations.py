"""`expectations.toml`: rules that roles have to keep, in a file next to the policies."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from trust_widgets.inventory.rules import Rule, rule_from_given

RULES_FILE = "expectations.toml"
LONGEST = 1_000_000
_WRITE = 'Write each rule as a table: the line [[expect]], then lines like external = "no".'


def rules_of_file(path: str | Path) -> tuple[Rule, ...]:
    """The rules in a file.

    Raises:
        OSError: for a file that cannot be opened.
        ValueError: with the file's name, for one that is not as it should be.
    """
    file = Path(path)
    with file.open(encoding="utf-8-sig") as opened:
        text = opened.read(LONGEST + 1)
    if len(text) > LONGEST:
        raise ValueError(f"{file}: longer than {LONGEST:,} characters. Use several files")
    try:
        return rules_of_text(text, file.parent)
    except ValueError as error:
        raise ValueError(f"{file}: {error}") from None


def rules_of_text(text: str, folder: Path = Path()) -> tuple[Rule, ...]:
    """The rules that a text states.

    Args:
        text: TOML. folder: where the files of `never_wider_than` are.

    Raises:
        ValueError: for a text that is not as it should be, with a right one.

    Example:
        >>> [rule] = rules_of_text('''
        ... [[expect]]
        ... name = "production is closed"
        ... external = "no"
        ... only = ["own account", "ec2.amazonaws.com"]
        ... tags = { env = "prod" }
        ... ''')
        >>> rule.name, rule.only
        ('production is closed', ('own account', 'ec2.amazonaws.com'))
    """
    try:
        said = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ValueError(f"this is not TOML: {error}. {_WRITE}") from None
    entries = said.get("expect")
    others = sorted(set(said) - {"expect"})
    if others or not isinstance(entries, list) or not entries:
        found = f"there is no setting {others[0]!r}. " if others else ""
        raise ValueError(f"{found}{_WRITE}")
    return tuple(_rule(number, entry, folder) for number, entry in enumerate(entries, 1))


def _rule(number: int, entry: Any, folder: Path) -> Rule:
    try:
        if not isinstance(entry, Mapping):
            raise ValueError(f"this is not a table. {_WRITE}")
        given = dict(entry)
        file = given.get("never_wider_than")
        if isinstance(file, str) and "{" not in file:
            given["never_wider_than"] = (folder / file).read_text(encoding="utf-8-sig")
        return rule_from_given(given)
    except (OSError, TypeError, ValueError) as error:
        raise ValueError(f"rule {number}: {error}") from None
