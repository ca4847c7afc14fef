"""What may be the reader's own: the form of its values, and how they are read from code."""

from __future__ import annotations

import re

from trust_widgets.aws.arns import (
    ACCOUNT_ID,
    ACCOUNT_ID_FORM,
    ORGANIZATION_ID,
    ORGANIZATION_ID_FORM,
    account_id_of,
)
from trust_widgets.forms import Field, Kind, Question, read_answer

_ACCOUNT = (ACCOUNT_ID, ACCOUNT_ID_FORM)
RULES = {
    "accounts": (*_ACCOUNT, "111122223333"),
    "organization": (ORGANIZATION_ID, ORGANIZATION_ID_FORM, "o-a1b2c3d4e5"),
    "github_owners": (
        r"[A-Za-z0-9_-]{1,39}",
        "An owner has up to 39 letters, digits and -",
        "octo-org",
    ),
    "vendors": (*_ACCOUNT, "444455556666"),
}
"""For each key, the form of its values, that form in words, and a right one."""


def fault_of(name: str, value: str) -> str:
    """What is wrong with one value of a key, with a right one; `""` when nothing is.

    Example:
        >>> fault_of("accounts", "1111-2222-3333")
        'An account ID has 12 digits, like "111122223333".'
    """
    rule, words, example = RULES[name]
    if re.fullmatch(rule, value):
        return ""
    return f'{words}, like "{example}".'


def account_from_given(given: object) -> str:
    """Return an account ID, however unfinished, without the console's hyphens.

    Raises:
        ValueError: for what is no text, and a number that has not 12 digits.

    Example:
        >>> account_from_given(111122223333), account_from_given("1111-2222-3333")
        ('111122223333', '111122223333')
    """
    if given == "":
        return ""
    rule, words, example = RULES["accounts"]
    question = Question("Account", "", example, rule, f"{words}.")
    try:
        return account_id_of(str(read_answer(Field("account", question, "text", ""), given)))
    except ValueError as error:
        raise ValueError(f"account: {error}") from None


def own_values(name: str, given: object) -> str | tuple[str, ...]:
    """The values of one argument of a `Home`: a text for `organization`, several for the others.

    Their form is judged by `fault_of`, where they are shown or written.

    Raises:
        ValueError: for what is no text, with a right one.

    Example:
        >>> own_values("accounts", "1111-2222-3333"), own_values("organization", "")
        (('111122223333',), '')
    """
    kind: Kind = "text" if name == "organization" else "list"
    if given in ("", ()):
        if kind == "text":
            return ""
        return ()
    rule, words, example = RULES[name]
    question = Question(name, "", example, rule, f"{words}.")
    try:
        read = read_answer(Field(name, question, kind, ""), given)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None
    if isinstance(read, tuple):
        values = read
    else:
        values = (str(read),)
    if rule == ACCOUNT_ID:
        values = tuple(map(account_id_of, values))
    if kind == "text":
        return values[0]
    return tuple(dict.fromkeys(values))
