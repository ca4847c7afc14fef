"""What is the reader's own: the file it is kept in, and findings that were accepted."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trust_widgets as tw
from trust_widgets.pitfalls import PITFALLS, findings_of
from trust_widgets.pitfalls.acceptance import value_at
from trust_widgets.policy import FILE, Accepted, Problem, find

OPEN = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "sts:AssumeRole"},
            {"Effect": "Allow", "Principal": {"AWS": "999988887777"}, "Action": "sts:AssumeRole"},
        ],
    }
)
FIRST, SECOND = "Statement[0].Principal.AWS[0]", "Statement[1].Principal.AWS[0]"
TODAY = date(2027, 1, 31)
WHOLE = """
accounts = ["111122223333"]
organization = "o-a1b2c3d4e5"
github_owners = ["octo-org"]
vendors = ["444455556666"]

[[accepted]]
code = "TP302"
reason = "They are our auditors."
until = 2027-01-31
where = "Statement[0].Principal.AWS[0]"
value = "444455556666"

[[accepted]]
code = "TP403"
reason = "As meant."
"""


def test_a_whole_file() -> None:
    """Every key; a date may stand without quotes, and end and place may be missing."""
    assert tw.Home.from_toml(WHOLE) == tw.Home(
        ("111122223333",),
        "o-a1b2c3d4e5",
        ("octo-org",),
        ("444455556666",),
        (
            Accepted("TP302", "They are our auditors.", "2027-01-31", FIRST, "444455556666"),
            Accepted("TP403", "As meant."),
        ),
    )
    assert tw.Home.from_toml("") == tw.Home()


@pytest.mark.parametrize(
    ("text", "named", "shown"),
    [
        ('organization = "o-a1b2c3d4e5"\naccounts 1', "line 2", 'accounts = ["111122223333"]'),
        ("x = " + "[" * 5000, "TOML", 'accounts = ["111122223333"]'),
        ("acounts = []", "acounts", "did you mean accounts"),
        ('organisation = "o-a1b2c3d4e5"', "organisation", "did you mean organization"),
        ("zzz = 1", "zzz", "accounts, organization, github_owners, vendors, accepted"),
        ("accounts = [111122223333]", "accounts", '["111122223333"]'),
        ('accounts = "111122223333"', "accounts", '["111122223333"]'),
        ('accounts = ["1111-2222-3333"]', "1111-2222-3333", "111122223333"),
        ('accounts = ["١١١١٢٢٢٢٣٣٣٣"]', "accounts", "111122223333"),
        ('vendors = ["Datadog"]', "Datadog", "444455556666"),
        ('organization = "r-abcd"', "organization", "o-a1b2c3d4e5"),
        ('organization = ["o-a1b2c3d4e5"]', "organization", 'organization = "o-a1b2c3d4e5"'),
        ('github_owners = ["octo-org/app"]', "octo-org/app", "octo-org"),
        ("accepted = 1", "accepted", "[[accepted]]"),
        ('accepted = ["TP302"]', "accepted", "[[accepted]]"),
        ('[[accepted]]\nreason = "x"', "accepted[0]: code", 'code = "TP301"'),
        ('[[accepted]]\ncode = "TP302"', "accepted[0]: reason", "reason ="),
        ('[[accepted]]\ncode = "TP302"\nreason = "  "', "accepted[0].reason", "reason ="),
        ('[[accepted]]\ncode = 302\nreason = "x"', "accepted[0].code", 'code = "TP301"'),
        ('[[accepted]]\ncode = "TP007"\nreason = "x"', "TP007", '"TP301"'),
        (
            '[[accepted]]\ncode = "TP302"\nreason = "x"\nuntil = "31.1.2027"',
            "accepted[0].until",
            '"2027-01-31"',
        ),
        (
            '[[accepted]]\ncode = "TP302"\nreason = "x"\nuntil = "2027-02-30"',
            "2027-02-30",
            '"2027-01-31"',
        ),
        (
            '[[accepted]]\ncode = "TP302"\nreason = "x"\nuntil = 2027-01-31T10:00:00',
            "until",
            '"2027-01-31"',
        ),
        (
            '[[accepted]]\ncode = "TP302"\nreason = "x"\nvalue = 444455556666',
            "accepted[0].value",
            'value = "arn:',
        ),
        (
            '[[accepted]]\ncode = "TP302"\nreason = "x"\nuntill = "x"',
            "accepted[0].untill",
            "did you mean until",
        ),
    ],
)
def test_what_is_wrong_is_named_and_a_right_one_shown(text: str, named: str, shown: str) -> None:
    """The line or the key, and how it should be."""
    with pytest.raises(ValueError, match=re.escape(shown)) as error:
        tw.Home.from_toml(text)
    assert named in str(error.value)


def test_the_nearest_file_is_found(tmp_path: Path) -> None:
    """In the folder, else in the nearest parent that has one; a file may be named itself."""
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / FILE).write_text('accounts = ["111122223333"]', encoding="utf-8")
    assert tw.Home.load(inner).accounts == ("111122223333",)

    (inner.parent / FILE).write_text('\ufeffaccounts = ["444455556666"]', encoding="utf-8")
    assert tw.Home.load(inner).accounts == ("444455556666",)
    assert tw.Home.load(tmp_path / FILE).accounts == ("111122223333",)


def test_no_file_is_an_empty_home(tmp_path: Path) -> None:
    """Unless it was named: then somebody believes that it is there."""
    if find(tmp_path) is None:
        assert tw.Home.load(tmp_path) == tw.Home()
    with pytest.raises(FileNotFoundError):
        tw.Home.load(tmp_path / "mine.toml")


@pytest.mark.parametrize("data", [b"accounts = 1", b"\xff\xfe"])
def test_a_wrong_file_is_named(tmp_path: Path, data: bytes) -> None:
    """Which of several files it is that is wrong."""
    (tmp_path / FILE).write_bytes(data)
    with pytest.raises(ValueError, match=re.escape(str(tmp_path / FILE))):
        tw.Home.load(tmp_path)


def told(home: tw.Home, text: str = OPEN) -> list[tuple[str, str]]:
    """The findings, as code and reason of acceptance."""
    return [(finding.code, finding.accepted) for finding in tw.check(text, home, TODAY)]


def test_an_accepted_finding_is_told_last() -> None:
    """With its reason, behind findings that are less bad; only at its place."""
    assert told(tw.Home()) == [("TP302", ""), ("TP302", "")]

    findings = tw.check(OPEN, tw.Home(accepted=(Accepted("TP302", "Ours.", where=FIRST),)), TODAY)

    assert [finding.accepted for finding in findings] == ["", "Ours."]
    assert findings[0].path == ("Statement", 1, "Principal", "AWS", 0)


def test_what_is_less_bad_comes_before_what_was_accepted() -> None:
    """Advice is told before an accepted hole."""
    old = OPEN.replace("2012-10-17", "2008-10-17")
    codes = [code for code, _ in told(tw.Home(accepted=(Accepted("TP302", "Ours."),)), old)]
    assert len(codes) == 3 and codes[1:] == ["TP302", "TP302"]


def test_an_acceptance_without_a_place_counts_anywhere() -> None:
    """But for its own code alone."""
    assert told(tw.Home(accepted=(Accepted("TP302", "Ours."),))) == [
        ("TP302", "Ours."),
        ("TP302", "Ours."),
    ]
    assert told(tw.Home(accepted=(Accepted("TP301", "Ours."),))) == [("TP302", ""), ("TP302", "")]
    assert told(tw.Home(accepted=(Accepted("TP302", "x", where="Statement[0]"),))) == [
        ("TP302", ""),
        ("TP302", ""),
    ]


def test_a_value_is_accepted_wherever_it_stands() -> None:
    """And no other value in its place: the statements in another order change nothing of it."""
    home = tw.Home(accepted=(Accepted("TP302", "Ours.", value="444455556666"),))
    turned = json.loads(OPEN)
    turned["Statement"].reverse()

    for text, at in ((OPEN, 0), (json.dumps(turned), 1)):
        accepted = [finding.path for finding in tw.check(text, home, TODAY) if finding.accepted]
        assert accepted == [("Statement", at, "Principal", "AWS", 0)]
    assert ("TP302", "Ours.") not in told(home, OPEN.replace("444455556666", "111122223333"))


@pytest.mark.parametrize(
    ("where", "value", "count"),
    [
        (FIRST, "444455556666", 1),
        (SECOND, "444455556666", 0),
        (FIRST, "999988887777", 0),
        ("", "4444", 0),
    ],
)
def test_place_and_value_must_both_be_right(where: str, value: str, count: int) -> None:
    """When both are given; part of a value is another value."""
    home = tw.Home(accepted=(Accepted("TP302", "Ours.", "", where, value),))
    assert told(home).count(("TP302", "Ours.")) == count


def test_the_value_of_what_is_no_text_is_its_json() -> None:
    """Compact, names in order; a list of one and one value are the same to IAM, and so is what was
    accepted.
    """
    document = {"b": {"y": ["1"], "x": True}, "a": "", "c": "text"}
    assert value_at(document, ("b",)) == '{"x":true,"y":["1"]}'
    assert value_at(document, ("b", "x")) == "true"
    assert value_at(document, ("c",)) == value_at(document, ("c", 0)) == "text"
    assert value_at(document, ("a",)) == '""'
    assert value_at({"c": "text"}, ("c", 0, "gone")) == "text"
    assert value_at({"c": "text"}, ()) == '{"c":"text"}'


@given(
    st.sampled_from([(name, text) for name, pitfall in PITFALLS.items() for text in pitfall.bad])
)
def test_every_finding_has_a_value_and_can_be_accepted_by_it(example: tuple[str, str]) -> None:
    """An acceptance with its value covers it; with any other it does not."""
    name, text = example
    home = PITFALLS[name].home
    for finding in tw.check(text, home):
        assert finding.value
        right, wrong = (
            Accepted(finding.code, "x", value=value)
            for value in (finding.value, f"{finding.value} ")
        )
        told_again = tw.check(text, replace(home, accepted=(right,)))
        assert (finding.path, "x") in [(each.path, each.accepted) for each in told_again]
        assert all(not each.accepted for each in tw.check(text, replace(home, accepted=(wrong,))))


@pytest.mark.parametrize(
    ("until", "counts"), [("2027-01-30", False), ("2027-01-31", True), ("", True)]
)
def test_an_acceptance_ends(until: str, counts: bool) -> None:
    """Its last day is its last; then the finding is told as before."""
    home = tw.Home(accepted=(Accepted("TP302", "Ours.", until, FIRST),))
    assert ("TP302", "Ours.") in told(home) or not counts
    assert told(home).count(("TP302", "")) == (1 if counts else 2)


def test_an_acceptance_that_is_over_hides_no_later_one() -> None:
    """Somebody has accepted it again."""
    again = (Accepted("TP302", "Old.", "2020-01-01"), Accepted("TP302", "New."))
    assert told(tw.Home(accepted=again)) == [("TP302", "New."), ("TP302", "New.")]


def test_the_present_day_counts_when_none_is_given() -> None:
    """Of two far days one has passed."""
    past, future = (
        Accepted("TP302", "x", "2001-01-01", FIRST),
        Accepted("TP302", "y", "2999-01-01", SECOND),
    )
    assert [f.accepted for f in tw.check(OPEN, tw.Home(accepted=(past, future)))] == ["", "y"]


def test_what_stands_behind_an_accepted_finding_is_told() -> None:
    """IAM refuses any subject for GitHub's provider, so it is not also called open; accepted, it
    is.
    """
    issuer = "token.actions.githubusercontent.com"
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {
            "StringLike": {f"{issuer}:sub": "*"},
            "StringEquals": {f"{issuer}:aud": "sts.amazonaws.com"},
        },
    }
    text = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    assert [str(finding.verdict) for finding in tw.check(text)] == ["refused"]

    refused = tw.check(text)[0]
    findings = tw.check(text, tw.Home(accepted=(Accepted(refused.code, "Filled in later."),)))

    assert [(str(f.verdict), f.accepted) for f in findings] == [
        ("open", ""),
        ("refused", "Filled in later."),
    ]


def test_a_text_that_cannot_be_read_is_never_accepted() -> None:
    """Nothing behind it was judged."""
    with pytest.raises(ValueError, match="TP006"):
        Accepted("TP006", "x")
    (finding, *_) = findings_of(None, _problems("{"), tw.Home(accepted=(Accepted("TP302", "x"),)))
    assert not finding.accepted


def _problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(tw.DocumentError) as error:
        tw.parse(text)
    return error.value.problems


def test_the_sentence_no_longer_says_that_iam_refuses() -> None:
    """When the refused place was accepted: the reader knows better, or it is filled in later."""
    text = OPEN.replace('"Action"', '"Resource": "*", "Action"', 1)
    model = tw.TrustModel(text=text)
    assert model.summary.startswith("IAM would reject")

    codes = {finding.code for finding in model.findings if finding.verdict == "refused"}
    model.home = tw.Home(accepted=tuple(Accepted(code, "x") for code in codes))

    assert not model.summary.startswith("IAM would reject")
