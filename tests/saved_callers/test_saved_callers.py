"""Kept callers: out as JSON and as a pytest file, and back."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trust_widgets as tw
from trust_widgets.callers import CALLERS, ROLE
from trust_widgets.saved_callers import EXTERNAL_ID, Kept, from_json, to_json, to_pytest

SECRET = "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"
USER = {"arn": "arn:aws:iam::444455556666:user/ops", "permission": "yes"}
VENDOR = Kept("vendor", "iam_user", {**USER, "external_id": SECRET}, "allowed")
CI = Kept(
    "ci",
    "github_actions",
    {"owner": "octo-org", "repository": "app", "branch": "main"},
    "not allowed",
)
RAW = Kept(
    "raw",
    expected="allowed",
    request=tw.Request(
        "sts:AssumeRole",
        USER["arn"],
        ROLE,
        context={
            "sts:ExternalId": SECRET,
            "aws:TagKeys": ("Project",),
            "aws:RequestTag/Project": "shöp",
        },
        unknown=frozenset({"aws:PrincipalOrgID"}),
        caller_permission="yes",
    ),
)
HEAD = '{"format": "trust-widgets kept callers 1", "callers": '


def policy(*values: str, operator: str = "StringEquals") -> tw.TrustPolicy:
    """A vendor's policy, with tags allowed."""
    condition = tw.Condition(operator, "sts:ExternalId", values)
    trusted = tw.Principal(aws="444455556666")
    return tw.TrustPolicy(
        (
            tw.Statement(principal=trusted, action="sts:AssumeRole", conditions=(condition,)),
            tw.Statement(principal=trusted, action="sts:TagSession"),
        )
    )


def run(tmp_path: Path, text: str) -> subprocess.CompletedProcess[str]:
    """Pytest over a file that stands alone."""
    path = tmp_path / "test_bench.py"
    path.write_text(text, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-rA",
        "-p",
        "no:cacheprovider",
        "-c",
        "/dev/null",
        str(path),
    ]
    quick = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=tmp_path, env=quick
    )


def test_what_was_written_is_read_back() -> None:
    """A caller with its answers, lists as tuples; a raw call with its keys."""
    one = Kept("tags", "iam_user", {**USER, "tags": ("Project=shop",), "mfa": "no"})
    raw = Kept(
        "raw",
        request=tw.Request(
            "sts:AssumeRole", "ec2.amazonaws.com", ROLE, {"aws:TagKeys": ("a", "b")}
        ),
    )
    assert from_json(to_json([one, CI, raw])) == (one, CI, raw)


def test_no_external_id_is_written() -> None:
    """It is unknown to the call that is read back, and the file says so."""
    text = to_json([VENDOR, RAW])
    assert SECRET not in text and "left out" in text
    for again in from_json(text):
        assert EXTERNAL_ID in again.left_out
        assert "sts:ExternalId" in again.request_for(ROLE).unknown
        assert tw.evaluate(policy(SECRET), again.request_for(ROLE)).needs == ("sts:ExternalId",)


def test_no_token_and_no_credentials_are_written() -> None:
    """Only what AWS reads of them."""
    claims = {"iss": "https://idp.octo.example", "sub": "cart", "aud": "octo", "private": "hunter2"}
    record = {
        "eventName": "AssumeRole",
        "userIdentity": {"type": "IAMUser", "arn": USER["arn"], "accessKeyId": "AKIAEXAMPLE"},
        "requestParameters": {"roleArn": ROLE, "externalId": SECRET},
        "responseElements": {"credentials": {"sessionToken": "hunter2"}},
    }
    kept = [
        Kept("a", "token", {"text": json.dumps(claims)}),
        Kept("b", "cloudtrail_event", {"text": json.dumps(record)}),
    ]
    text = to_json(kept)
    assert not [secret for secret in ("hunter2", "AKIA", SECRET) if secret in text]
    assert from_json(text)[0].request_for(ROLE) == kept[0].request_for(ROLE)
    assert "sts:ExternalId" in from_json(text)[1].request_for(ROLE).unknown


def test_what_nobody_knows_is_not_written() -> None:
    """A pasted text that is no token may be anything."""
    text = to_json([Kept("half", "token", {"text": "eyJ.hunter2"})])
    assert "hunter2" not in text and from_json(text)[0].left_out == ("the pasted text",)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "line 1"),
        ("[" * 100_000, "JSON"),
        ("[]", "format"),
        ('{"format": "other"}', "format"),
        (HEAD + "{}}", "callers: should be a list"),
        (HEAD + "[1]}", r"callers\[0\]: should be an object"),
        (HEAD + '[{"caller": "iam_user"}]}', r"callers\[0\]\.name"),
        (HEAD + '[{"name": "x"}]}', r"callers\[0\]: a saved caller"),
        (HEAD + '[{"name": "x", "caller": "martian"}]}', r"callers\[0\]\.caller: .*martian"),
        (HEAD + '[{"name": "x", "caller": []}]}', r"callers\[0\]"),
        (HEAD + '[{"name": "x", "caller": ["iam_user"]}]}', r"callers\[0\]\.caller"),
        (
            HEAD + '[{"name": "x", "caller": "iam_user", "answers": {"size": "1"}}]}',
            r"answers\.size",
        ),
        (
            HEAD + '[{"name": "x", "caller": "iam_user", "answers": {"arn": 1}}]}',
            r"answers\.arn: should be a text",
        ),
        (
            HEAD + '[{"name": "x", "caller": "iam_user", "answers": {"tags": ["a=b", 1]}}]}',
            r"answers\.tags\[1\]",
        ),
        (
            HEAD + '[{"name": "x", "caller": "iam_user", "expected": "perhaps"}]}',
            "expected: one of",
        ),
        (HEAD + '[{"name": "x", "request": {"action": "sts:AssumeRole"}}]}', r"request\.principal"),
        (
            HEAD + '[{"name": "x", "request": {"action": "sts:AssumeRole", "principal": "me"}}]}',
            "is not a caller",
        ),
        (
            HEAD
            + '[{"name": "x", "request": {"action": "a", "principal": "ec2.amazonaws.com", "x":'
            " 1}}]}",
            r"request\.x",
        ),
        (HEAD + '[{"name": "x", "colour": "red"}]}', r"callers\[0\]\.colour"),
    ],
)
def test_a_wrong_file_is_told_with_its_place(text: str, why: str) -> None:
    """Never with another error."""
    with pytest.raises(ValueError, match=f"(?i){why}"):
        from_json(text)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=5,
)
MEMBERS = st.sampled_from(("name", "caller", "answers", "request", "expected", "left_out"))


@given(
    st.lists(
        st.dictionaries(MEMBERS, values | st.sampled_from(tuple(CALLERS)), max_size=6), max_size=3
    )
    | values
)
def test_whatever_is_read_there_is_a_bench_or_a_plain_refusal(callers: Any) -> None:
    """What is a bench is written and read again as it is."""
    try:
        kept = from_json(json.dumps({"format": "trust-widgets kept callers 1", "callers": callers}))
    except ValueError as error:
        assert str(error)
        return
    assert from_json(to_json(kept)) == kept


def test_a_kept_caller_is_one_thing() -> None:
    """A caller or a request; an outcome that there is."""
    with pytest.raises(ValueError, match="either"):
        Kept("x")
    with pytest.raises(ValueError, match="either"):
        Kept("x", "iam_user", request=RAW.request)
    with pytest.raises(ValueError, match="expected"):
        Kept("x", "iam_user", expected="perhaps")
    with pytest.raises(ValueError, match="no caller"):
        Kept("x", "martian").request_for(ROLE)
    with pytest.raises(ValueError, match=r"user has no question nothing\. Its questions are arn"):
        Kept(
            "x", "iam_user", {"arn": "arn:aws:iam::444455556666:user/ops", "nothing": "x"}
        ).request_for(ROLE)


def test_the_pytest_file_runs(tmp_path: Path) -> None:
    """Alone, with the policy in it, one test a caller; no external ID in it, and equal ones stay
    equal.
    """
    text = to_pytest([VENDOR, CI, RAW, Kept("late", "iam_user", USER)], policy(SECRET), ROLE)
    assert SECRET not in text and "Left out" in text
    ran = run(tmp_path, text)
    assert "4 passed" in ran.stdout, ran.stdout + ran.stderr


def test_the_pytest_file_fails_when_an_outcome_is_another(tmp_path: Path) -> None:
    """And says why."""
    ran = run(tmp_path, to_pytest([Kept("ops", "iam_user", USER, "allowed")], policy(SECRET), ROLE))
    assert "1 failed" in ran.stdout and "no external ID" in ran.stdout


def test_an_external_id_that_a_pattern_matches(tmp_path: Path) -> None:
    """A stand-in fits no pattern: the id is unknown then, and the outcome is that."""
    text = to_pytest([VENDOR], policy("b2f6*", operator="StringLike"), ROLE)
    assert SECRET not in text and "b2f6" not in text and '"depends"' in text
    assert "1 passed" in run(tmp_path, text).stdout


def test_what_makes_no_call_is_left_out_of_the_pytest_file() -> None:
    """And named there; with nothing left there is no file."""
    text = to_pytest([CI, Kept("half\nimport os", "iam_user", {})], policy(SECRET), ROLE)
    assert "# Left out, because its answers make no request: 'half\\nimport os'" in text
    with pytest.raises(ValueError, match="nothing to test"):
        to_pytest([Kept("half", "iam_user", {})], policy(SECRET), ROLE)


@given(st.text(), st.text(min_size=1))
def test_hostile_names_and_values_stay_literals(name: str, value: str) -> None:
    """The file is Python that binds two names and one test, whatever stands in it."""
    request = tw.Request("sts:AssumeRole", "ec2.amazonaws.com", ROLE, {"aws:SourceAccount": value})
    source = to_pytest([Kept(name, request=request)], policy(SECRET), ROLE)
    found: dict[str, Any] = {}
    exec(compile(source, "bench", "exec"), found)
    assert [case[0] for case in found["CALLS"]] == [name]
    assert found["CALLS"][0][2] == request


def test_a_call_that_is_asked_about_alone_stays_so() -> None:
    """As JSON and in a file of tests; of other calls nothing is said about it."""
    call = tw.Request(
        "sts:AssumeRole", "arn:aws:iam::111122223333:user/ops", unknown=frozenset({"aws:TagKeys"})
    )
    alone = dataclasses.replace(call, alone=True)
    kept = [Kept("one", request=alone), Kept("other", request=call)]
    assert [one.request for one in from_json(to_json(kept))] == [alone, call]
    policy = tw.TrustPolicy(
        (tw.Statement("Allow", tw.Principal(aws="111122223333"), "sts:AssumeRole"),)
    )
    for text in (to_json(kept), to_pytest(kept, policy, alone.role)):
        assert text.count("alone") == 1
    with pytest.raises(ValueError, match="alone: should be true or false"):
        from_json(to_json(kept).replace('"alone": true', '"alone": "yes"'))
