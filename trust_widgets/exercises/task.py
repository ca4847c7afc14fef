"""What an exercise asks for."""

from __future__ import annotations

from dataclasses import dataclass, field

from trust_widgets.evaluation import Request
from trust_widgets.policy import Home


@dataclass(frozen=True, slots=True)
class NamedRequest:
    """A request in the story of an exercise.

    Args:
        caller: who makes it, as a noun phrase, `"your Lambda functions"`.
        request: the request.
    """

    caller: str
    request: Request


@dataclass(frozen=True, slots=True)
class PermissionTask:
    """The caller's half of an exercise: a permissions policy in the caller's account.

    A right answer lets the caller assume the role of `request`, and allows no other role and no
    other action.

    Args:
        brief: what is wanted, in plain words.
        start: the policy to begin with, as text.
        request: the caller's request.
        trust: a trust policy, as text, that allows the request if the caller has the permission.
        other_roles: each a noun phrase and an ARN: roles that must not be allowed.
        solutions: right answers in different forms, as texts.
    """

    brief: str
    start: str
    request: NamedRequest
    trust: str
    other_roles: tuple[tuple[str, str], ...]
    solutions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """A policy to change so that exactly the right callers can assume the role.

    Args:
        name: the name of its file.
        title: a few words.
        minutes: how long it takes in a workshop.
        brief: what is wanted, in plain words without names of condition keys.
        start: the policy to begin with, as text.
        must_allow, must_deny: requests that a right answer allows, and that it does not allow.
        narrowest, widest: the policies between which each right answer lies, as texts.
        hints: three, from a question to almost the answer.
        solutions: right answers in different forms, as texts.
        reading: pages to read.
        home: what is the student's own in the story.
        label: its number in the workshop, `"W1"`; empty for an exercise outside the workshop.
        permission: the caller's half, where the exercise asks for it.
    """

    name: str
    title: str
    minutes: int
    brief: str
    start: str
    must_allow: tuple[NamedRequest, ...]
    must_deny: tuple[NamedRequest, ...]
    narrowest: str
    widest: str
    hints: tuple[str, str, str]
    solutions: tuple[str, ...]
    reading: tuple[str, ...]
    home: Home = field(default_factory=Home)
    label: str = ""
    permission: PermissionTask | None = None
