"""The form of a trust policy in which the role's own account and ARN are variables.

Most roles of an organization are copies of each other in other accounts. Roles with the same form
have the same answers, with their own account and ARN put in place of the stand-ins. Where that is
not sure, the form has the role's own values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, NamedTuple, TypeVar

from trust_widgets.access import SAMPLE_ACCOUNTS
from trust_widgets.aws.accounts import vendor_of
from trust_widgets.aws.arns import ACCOUNT_ID
from trust_widgets.policy import Home, with_own_account

T = TypeVar("T")
ACCOUNT = "700000000007"
NAME = "stand-in-of-trust-widgets"
_ROLE = re.compile(rf"arn:([\w-]+):iam::({ACCOUNT_ID}):role(/(?:[!-.0-~]+/)*)([\w+=,.@-]+)")
_WILD_TEXT = re.compile(r'"([^"\\]*[*?][^"\\]*)"')
# A wildcard next to digits may represent a part of an account ID, and a number for one.
_PART_OF_ACCOUNT = re.compile(r'[0-9][*?]|[*?][0-9]|"Numeric|\\u')
_SAMPLES = frozenset(SAMPLE_ACCOUNTS)
_MOST_TEXTS = 200_000


class OwnRole(NamedTuple):
    """What is a role's own.

    Args:
        arn, account, name, path: as far as they are known; else `""`.
        partition: the ARN's.
    """

    arn: str
    account: str
    name: str = ""
    path: str = ""
    partition: str = ""


class NormalForm(NamedTuple):
    """What an analysis depends on; two roles with the same form have the same answers.

    Args:
        text: the trust policy as JSON, with stand-ins for what is the role's own.
        role: the ARN of the role or its stand-in; `""` where that is not known.
        account: the role's account, where no ARN is known.
        position: of the own account among those of the reader; -1 where it is none of them.
    """

    text: str
    role: str
    account: str
    position: int = -1

    @property
    def is_shared(self) -> bool:
        """Whether some of the role's own values are stand-ins."""
        return self.role.endswith(NAME)

    @property
    def account_is_shared(self) -> bool:
        """Whether the role's own account is a stand-in."""
        return f"::{ACCOUNT}:" in self.role

    def home(self, home: Home) -> Home:
        """What is the reader's own, as the analysis of this form takes it."""
        if self.position >= 0:
            accounts = list(home.accounts)
            accounts[self.position] = ACCOUNT
            home = replace(home, accounts=tuple(accounts))
        if self.role:
            return with_own_account(replace(home, role=self.role))
        if self.account:
            return replace(home, accounts=(*home.accounts, self.account))
        return home


def own_role(arn: str, account: str) -> OwnRole:
    """What is a role's own, by its ARN.

    Example:
        >>> own_role("arn:aws:iam::111122223333:role/team/app", "").name
        'app'
    """
    found = _ROLE.fullmatch(arn)
    if found is None:
        return OwnRole("", account)
    partition, account, path, name = found.groups()
    return OwnRole(arn, account, name, path, partition)


def stand_in(own: OwnRole, account: str = ACCOUNT, path: str = "/") -> str:
    """The ARN that represents a role's own."""
    return f"arn:{own.partition}:iam::{account}:role{path}{NAME}"


@dataclass(frozen=True, slots=True)
class _Traits:
    """What is known of a text whose own values are stand-ins.

    Args:
        compact: the text without spaces.
        is_open: whether stand-ins are sound in it, as far as it alone says.
        wild: its strings with wildcards, as regular expressions.
        mentions_roles: whether it names roles.
    """

    compact: str
    is_open: bool
    wild: tuple[re.Pattern[str], ...]
    mentions_roles: bool


@dataclass
class NormalForms:
    """The forms of the policies of one scan.

    Args:
        home: what is the reader's own.
        is_on: whether stand-ins are used at all.
    """

    home: Home
    is_on: bool = True
    _traits: dict[str, _Traits] = field(default_factory=dict)
    _is_any_account: dict[str, bool] = field(default_factory=dict)

    def of(self, text: str, own: OwnRole) -> NormalForm:
        """The form of a role's policy.

        Example:
            >>> forms = NormalForms(Home())
            >>> one = own_role("arn:aws:iam::222233334444:role/app", "")
            >>> other = own_role("arn:aws:iam::555566667777:role/app", "")
            >>> form = forms.of('{"AWS": "222233334444"}', one)
            >>> form == forms.of('{"AWS": "555566667777"}', other)
            True
        """
        if not self.is_on or not own.arn or ACCOUNT in text or NAME in text:
            return NormalForm(_compact(text), own.arn, "" if own.arn else own.account)
        if self._is_any(own.account):
            account = ACCOUNT
        else:
            account = own.account
        form = self._shared(text, own, account)
        if form is None and account == ACCOUNT:
            form = self._shared(text, own, own.account)
        return form or NormalForm(_compact(text), own.arn, "")

    def _shared(self, text: str, own: OwnRole, account: str) -> NormalForm | None:
        """The form with stand-ins for the role's name and, where it is another one, its account;
        `None` where that is not sound.
        """
        path, made = "/", text
        if own.account in text:
            if own.arn in text:
                path = own.path
                made = text.replace(own.arn, stand_in(own, account, path))
            made = made.replace(own.account, account)
        traits = self._traits_of(made)
        if not _is_alike(traits, own, account, path):
            return None
        accounts = self.home.accounts
        is_known = account == ACCOUNT and own.account in accounts
        position = accounts.index(own.account) if is_known else -1
        return NormalForm(traits.compact, stand_in(own, account, path), "", position)

    def _is_any(self, account: str) -> bool:
        """Whether nothing but being the role's own is known of an account."""
        is_any = self._is_any_account.get(account)
        if is_any is None:
            is_special = account in _SAMPLES or account in self.home.vendors or account == ACCOUNT
            is_any = self._is_any_account[account] = not is_special and not vendor_of(account)
        return is_any

    def _traits_of(self, made: str) -> _Traits:
        traits = self._traits.get(made)
        if traits is None:
            if len(self._traits) >= _MOST_TEXTS:
                self._traits.clear()
            traits = self._traits[made] = _traits_of(made)
        return traits


def _traits_of(made: str) -> _Traits:
    compact = _compact(made)
    wild = tuple(_pattern_of(text) for text in dict.fromkeys(_WILD_TEXT.findall(compact)))
    beside_digits = re.search(rf"[0-9]{ACCOUNT}|{ACCOUNT}[0-9]", compact)
    is_open = beside_digits is None and not _PART_OF_ACCOUNT.search(compact)
    return _Traits(compact, is_open, wild, "role/" in compact)


def _pattern_of(text: str) -> re.Pattern[str]:
    pieces = {"*": ".*", "?": "."}
    pattern = "".join(pieces.get(char, re.escape(char)) for char in text)
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


def _is_alike(traits: _Traits, own: OwnRole, account: str, path: str) -> bool:
    """Whether a text says the same about a role as about its stand-in."""
    if account == ACCOUNT and (own.account in traits.compact or not traits.is_open):
        return False
    if traits.mentions_roles and f"/{own.name}" in traits.compact:
        return False
    if not traits.wild:
        return True
    real = (own.arn, _session(own.partition, own.account, own.name), own.name)
    other = (stand_in(own, account, path), _session(own.partition, account, NAME), NAME)
    for pattern in traits.wild:
        for one, two in zip(real, other, strict=True):
            if bool(pattern.fullmatch(one)) is not bool(pattern.fullmatch(two)):
                return False
    return True


def _session(partition: str, account: str, name: str) -> str:
    return f"arn:{partition}:sts::{account}:assumed-role/{name}/session"


class _AsWritten(Exception):
    """A text that is not written anew, since that could change what it says."""


def _compact(text: str) -> str:
    """A JSON text without spaces between its parts; any other text as it is."""
    try:
        value = json.loads(text, object_pairs_hook=_members, parse_float=_as_written)
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    except (ValueError, RecursionError, _AsWritten):
        return text


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _AsWritten  # a name appears twice, which is a finding
    return made


def _as_written(text: str) -> float:
    raise _AsWritten


@dataclass(frozen=True, slots=True)
class Restoring:
    """Puts a role's own values in the place of the stand-ins.

    Args:
        form: the form that was analysed. own: what is the role's own.
    """

    form: NormalForm
    own: OwnRole

    def text(self, text: str) -> str:
        """A text with the role's own values."""
        if not self.form.is_shared or (ACCOUNT not in text and NAME not in text):
            return text
        made = text.replace(self.form.role, self.own.arn)
        return made.replace(NAME, self.own.name).replace(ACCOUNT, self.own.account)

    def value(self, value: T) -> T:
        """Any value of the package with the role's own values in its texts."""
        if not self.form.is_shared:
            return value
        made: T = self._any(value)
        return made

    def _any(self, value: Any) -> Any:
        if type(value) is str:
            return self.text(value)
        if isinstance(value, tuple):
            items = [self._any(item) for item in value]
            if hasattr(value, "_fields"):
                return type(value)(*items)
            return type(value)(items)
        if isinstance(value, Mapping):
            return {self._any(key): self._any(item) for key, item in value.items()}
        if is_dataclass(value) and not isinstance(value, type):
            return self._dataclass(value)
        return value

    def _dataclass(self, value: Any) -> Any:
        changed = {}
        for each in fields(value):
            if each.init:
                old = getattr(value, each.name)
                new = self._any(old)
                if new != old:
                    changed[each.name] = new
        if changed:
            return replace(value, **changed)
        return value
