"""The caller's half, graded: each answer with the mistake that has to be found, by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from trust_widgets.exercises import EXERCISES
from trust_widgets.exercises.progress import progress

EXERCISE = EXERCISES["role_of_the_other_account"]
ROLE = "arn:aws:iam::111122223333:role/app"
ACCOUNT = "arn:aws:iam::111122223333"
OTHERS = [exercise for exercise in EXERCISES.values() if exercise.permission is not None]


def policy(*statements: dict[str, Any]) -> str:
    """A permissions policy."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(resource: Any = ROLE, action: Any = "sts:AssumeRole", **more: Any) -> dict[str, Any]:
    """An Allow statement."""
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(**more: Any) -> dict[str, Any]:
    """A Deny statement for assuming roles."""
    return {"Effect": "Deny", "Action": "sts:AssumeRole", **more}


RIGHT = {
    "the role": policy(allow()),
    "another spelling of the action": policy(allow(action="STS:assumerole")),
    "the role, and what is no role": policy(allow([ROLE, "arn:aws:s3:::octo-org"])),
    "all, but a Deny of all others": policy(allow("*"), deny(NotResource=ROLE)),
    "a Deny of a role that was not allowed": policy(
        allow(), deny(Resource=f"{ACCOUNT}:role/admin")
    ),
}
WRONG = {
    "no JSON": ("{", "unreadable", "not a valid policy yet"),
    "no Resource": (
        policy({"Effect": "Allow", "Action": "sts:AssumeRole"}),
        "refused",
        "needs a Resource",
    ),
    "a Principal": (policy(allow(Principal={"AWS": "*"})), "refused", "no Principal"),
    "another role": (policy(allow(f"{ACCOUNT}:role/other")), "locked_out", "cannot assume"),
    "the session's ARN": (
        policy(allow("arn:aws:sts::111122223333:assumed-role/app/run-1")),
        "locked_out",
        "cannot assume",
    ),
    "another action": (policy(allow(action="s3:GetObject")), "locked_out", "cannot assume"),
    "MFA, which a session never has": (
        policy(allow(Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}})),
        "locked_out",
        "cannot assume",
    ),
    "a Deny of all": (policy(allow(), deny(Resource="*")), "locked_out", "cannot assume"),
    "all roles": (policy(allow("*")), "let_in", "the role admin"),
    "all but admin": (
        policy(allow("*"), deny(Resource=f"{ACCOUNT}:role/admin")),
        "let_in",
        "999988887777",
    ),
    "a prefix": (policy(allow(f"{ROLE}*")), "too_wide", "role/app"),
    "a role that nobody named": (
        policy(allow([ROLE, "arn:aws:iam::444455556666:role/prod-*"])),
        "too_wide",
        "role/prod-",
    ),
    "all actions of STS": (policy(allow(action="sts:*")), "too_wide", '"sts:*"'),
    "all but one service": (
        policy({"Effect": "Allow", "NotAction": "s3:*", "Resource": ROLE}),
        "too_wide",
        "NotAction",
    ),
    "a variable": (
        policy(allow([ROLE, "arn:aws:iam::444455556666:role/${aws:username}"])),
        "not_decided",
        "could not be proved",
    ),
    "others under a condition": (
        policy(
            allow(), allow(f"{ROLE}-*", Condition={"IpAddress": {"aws:SourceIp": "203.0.113.1"}})
        ),
        "not_decided",
        "could not be proved",
    ),
}


@pytest.mark.parametrize("answer", RIGHT.values(), ids=RIGHT)
def test_each_right_form_passes(answer: str) -> None:
    """However it is written."""
    result = EXERCISE.check_permission(answer)
    assert result.passed, str(result)


@pytest.mark.parametrize(("answer", "mistake", "words"), WRONG.values(), ids=WRONG)
def test_each_wrong_answer_is_told_why(answer: str, mistake: str, words: str) -> None:
    result = EXERCISE.check_permission(answer)
    assert (str(result.mistake), words in str(result)) == (mistake, True), str(result)


@pytest.mark.parametrize("exercise", OTHERS, ids=lambda exercise: exercise.name)
def test_the_start_fails_and_each_solution_passes(exercise: Any) -> None:
    """As for the first half."""
    assert not exercise.check_permission(exercise.permission.start).passed
    for answer in exercise.permission.solutions:
        assert exercise.check_permission(answer).passed
        assert exercise.check_permission(json.loads(answer)).passed


def test_an_exercise_without_this_half_says_so() -> None:
    with pytest.raises(ValueError, match="flat_seven has no question"):
        EXERCISES["flat_seven"].check_permission("{}")


def test_an_attempt_is_recorded_under_a_name_of_its_own(tmp_path: Path) -> None:
    """So that both halves are known."""
    EXERCISE.check_permission(RIGHT["the role"], progress=tmp_path / "p.jsonl")
    (known,) = progress(tmp_path / "p.jsonl")
    assert known.exercise == "role_of_the_other_account.permission" and known.passed
