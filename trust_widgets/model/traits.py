"""The traits that a reader or a script writes, which read what can only be meant in one way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import traitlets

from trust_widgets.aws.limits import ROLE_NAME, SESSION_SECONDS
from trust_widgets.forms import Field, Question, read_answer
from trust_widgets.model.analysis import EMPTY
from trust_widgets.model.grants import Grant
from trust_widgets.names import hint
from trust_widgets.patterns import ROLE_ACCOUNT
from trust_widgets.policy import Home, PolicySource, Role, home_from_given, source_of
from trust_widgets.readers import RoleRecord
from trust_widgets.reports import RoleFile

WRITTEN = ("text", "grants", "account", "role_name", "path", "max_session", "home")
"""The traits that a reader or a script writes; all others follow."""
_OF_FILES = ("holes", "role_file")
_ALSO = {"policy": "text", "document": "text", "name": "role_name", "role": "role_name"}
_ACCOUNT = Field("account", ROLE_ACCOUNT, "text", "")


class PolicyText(traitlets.Unicode[str, Any]):
    """A policy's text, however broken; also of a document, a policy, or what holds one."""

    def validate(self, obj: Any, value: Any) -> str:
        if isinstance(value, str):
            return value
        return source_of(value, "the text").as_text


class AccountId(traitlets.Unicode[str, Any]):
    """An account ID, however unfinished; a number and the console's hyphens are read."""

    def validate(self, obj: Any, value: Any) -> str:
        tidy = ROLE_ACCOUNT.tidy or str
        if value != "":
            return tidy(_read(_ACCOUNT, value))
        return ""


class RoleText(traitlets.Unicode[str, Any]):
    """A text about the role: its name or its path."""

    def validate(self, obj: Any, value: Any) -> str:
        question = Question(str(self.name), example=str(self.default_value))
        return _read(Field(str(self.name), question, "text", ""), value)


def _read(asked: Field, value: object) -> str:
    try:
        return str(read_answer(asked, value))
    except ValueError as error:
        raise TypeError(f"{asked.name}: {error}") from None


class Grants(traitlets.Tuple):
    """Grants; one alone is a list of one."""

    def validate(self, obj: Any, value: Any) -> tuple[Grant, ...]:
        if isinstance(value, Grant):
            return (value,)
        if not isinstance(value, Iterable) or isinstance(value, (str, bytes, dict)):
            kind = type(value).__name__
            raise TypeError(f"grants: a list of tw.Grant is needed, not {kind}: write [grant]")
        grants = tuple(value)
        for each in grants:
            if not isinstance(each, Grant):
                kind = type(each).__name__
                raise TypeError(
                    f"grants: each is a tw.Grant, not {kind}: write"
                    " tw.Grant('aws_service', {'services': ('ec2.amazonaws.com',)})"
                )
        return grants


class HomeTrait(traitlets.Instance[Home]):
    """What is the reader's own; also as a dict of what makes a `Home`."""

    def validate(self, obj: Any, value: Any) -> Home | None:
        return home_from_given(value) or Home()


class WrittenTraits(traitlets.HasTraits):
    """What a reader or a script writes of a model; nothing else can be set by a slip."""

    text = PolicyText(EMPTY)
    grants: tuple[Grant, ...] = Grants()  # type: ignore[assignment]
    account = AccountId()
    role_name = RoleText("example-role")
    path = RoleText("/")
    max_session = traitlets.Int(3600)
    home: traitlets.Instance[Home] = HomeTrait(Home, args=())

    def __setattr__(self, name: str, value: Any) -> None:
        if not name.startswith("_") and not hasattr(type(self), name):
            kind = type(self).__name__
            raise AttributeError(f"{kind} has no attribute {name!r}; {hint(name, WRITTEN, _ALSO)}")
        super().__setattr__(name, value)

    def __trust_policy__(self) -> PolicySource:
        of_role = {name: getattr(self, name) for name in ("role_name", "path", "max_session")}
        role = Role(self.role_name, account=self.account, path=self.path)
        arn = role.arn if self.account else ""
        return PolicySource(None, self.text, self.account, self.home, arn, of_role)

    @property
    def whole_home(self) -> Home:
        """What is the reader's own, the account of the role included, once it is typed whole."""
        return self.home.with_account(self.account)


def _of_record(record: RoleRecord) -> dict[str, Any]:
    """What a role that was read from a file writes, its unknown parts too."""
    file = RoleFile(record)
    shown = file.shown
    holes = (*shown.holes, *shown.missing)
    own = {name: value for name, _, value in known_of(record)}
    return {"text": shown.text, "holes": holes, "role_file": file, **own}


def known_of(record: RoleRecord) -> list[tuple[str, str, Any]]:
    """What a record says of its role: the model's name for it, in words, and the value."""
    if re.fullmatch(ROLE_NAME, record.role_name, re.ASCII):
        name = record.role_name
    else:
        name = ""
    shortest, longest = SESSION_SECONDS
    seconds = record.max_session if shortest <= record.max_session <= longest else 0
    told: list[tuple[str, str, Any]] = [
        ("role_name", "name", name),
        ("path", "path", record.path),
        ("account", "account", record.account),
        ("max_session", "session duration", seconds),
    ]
    return [each for each in told if each[2]]


def all_written(given: object, written: dict[str, Any]) -> dict[str, Any]:
    """What is written into a model at its start, with what came with the policy.

    Args:
        given: the policy, where it was the first argument. written: by the names of traits.

    Raises:
        TypeError: for a name that is not written, and for a policy given twice.
    """
    for name in written:
        if name not in (*WRITTEN, *_OF_FILES):
            said = hint(name, WRITTEN, _ALSO)
            raise TypeError(f"TrustModel has no argument {name!r}; {said}")
    if "role_file" in written:
        return written
    if given is not None and "text" in written:
        raise TypeError("TrustModel: the policy is given twice, first and as text=; leave one out")
    if given is None and "text" not in written:
        return written
    if "grants" in written:
        raise TypeError(
            "TrustModel takes a text or grants: grants replace the statements of a text. Leave "
            "one out, or set model.grants afterwards"
        )
    policy = written["text"] if given is None else given
    if isinstance(policy, RoleRecord):
        return {**_of_record(policy), **written}
    source = source_of(policy, "the text")
    own = {"account": source.account, "home": source.home, **(source.of_role or {})}
    known = {name: value for name, value in own.items() if value}
    return {**known, **written, "text": source.as_text}
