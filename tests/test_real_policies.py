"""Trust policies that other people wrote: a sample, or all of them where TRUST_WIDGETS_DATA names
their folder.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

import trust_widgets as tw
from support.real_policies import has_first_set, records
from trust_widgets.findings import Verdict, path_text
from trust_widgets.model.grant_reading import meaning
from trust_widgets.policy.document import _read_with_places
from trust_widgets.policy.fast_parse import read_plain

LINES = records()
# "Principal": "codebuild.amazonaws.com", without saying of what kind: no policy, but a problem with
# a fix. The third has a number as its Sid, which YAML made of it.
NO_POLICY = {"570c38f7207d", "3a4d93cc66c9", "06928a99bb90"}
CLEAN = [line for line in LINES if line["clean"] and line["id"] not in NO_POLICY]


def _cases(lines: Sequence[dict[str, Any]]) -> list[Any]:
    return [pytest.param(line, id=line["id"]) for line in lines]


def test_all_of_them_are_there() -> None:
    """The files are the ones that the other tests speak of; a policy of both sets counts once."""
    counts = Counter(line["set"] for line in LINES)
    clean = Counter(line["set"] for line in CLEAN)
    if has_first_set():
        assert (counts["policies.jsonl"], clean["policies.jsonl"]) == (983, 577)
        assert counts["policies2.jsonl"] > 200
    else:
        assert (counts["policies.jsonl"], clean["policies.jsonl"]) == (730, 428)


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("line", _cases(LINES))
def test_a_policy_or_problems(line: dict[str, Any], indent: int | None) -> None:
    """Every line gives a policy or problems, and findings, never another exception."""
    text = json.dumps(line["policy"], indent=indent)
    try:
        tw.parse(text)
    except tw.DocumentError as error:
        assert error.problems
    findings = tw.check(text)
    assert all(tw.Fix("", finding.fix.edits).apply(text) for finding in findings if finding.fix)


@pytest.mark.parametrize("line", _cases(CLEAN))
def test_clean_ones_round_trip_to_the_same_meaning(line: dict[str, Any]) -> None:
    """What was read says the same when it is written, and is the same value when it is read
    again.
    """
    policy = tw.parse(json.dumps(line["policy"]))
    assert _canonical(json.loads(str(policy))) == _canonical(line["policy"])
    assert tw.parse(str(policy)) == policy


def _canonical(value: Any) -> Any:
    """A document without what makes no difference: lists of one, the order of names, empty
    conditions.
    """
    if isinstance(value, dict):
        return {
            key: _canonical(inner)
            for key, inner in sorted(value.items())
            if (key, inner) != ("Condition", {})
        }
    if isinstance(value, list):
        return _canonical(value[0]) if len(value) == 1 else [_canonical(inner) for inner in value]
    return value


@pytest.mark.parametrize("line", _cases(CLEAN))
def test_clean_ones_become_grants_that_mean_the_same(line: dict[str, Any]) -> None:
    """The model reads each as grants; building again from those grants says what the document
    said.
    """
    model = tw.TrustModel(text=json.dumps(line["policy"], indent=2))
    again = tw.TrustModel(grants=list(model.grants), account=model.account)
    assert [meaning(s) for s in again.policy.statements] == [
        meaning(s) for s in model.policy.statements
    ]
    assert model.summary and model.role.trust == model.policy


def test_the_quick_reader_reads_them_alike() -> None:
    """All of them as the reader with places does, or not at all; most of them quickly."""
    texts = [json.dumps(line["policy"], indent=2) for line in LINES]
    read = {text: plain for text in texts if (plain := read_plain(text)) is not None}
    assert [text for text, plain in read.items() if (plain, ()) != _read_with_places(text)] == []
    assert len(read) > 0.8 * len(texts)


# Documents of that project's own tests which AWS has not taken, each with the reason.
NOT_TAKEN = {
    "91d294d4bd38": "the bare star, which IAM answers with an invalid principal",
    "d8f818020a80": "a permission policy: it has a Resource and no Principal",
    "a54273c03d81": "a template for their emulator alone: the effect is ALLOW",
    "05805afbb16e": "a test of their emulator alone: it has no Effect",
}
RECORDED = [
    line
    for line in CLEAN
    if line["source"].startswith("localstack/") and line["id"] not in NOT_TAKEN
]


@pytest.mark.parametrize("line", _cases(RECORDED))
def test_what_aws_took_is_not_called_refused(line: dict[str, Any]) -> None:
    """These were recorded from AWS itself, so IAM accepted them."""
    assert [
        str(f) for f in tw.check(json.dumps(line["policy"])) if f.verdict is Verdict.REFUSED
    ] == []


@pytest.mark.parametrize("name", NOT_TAKEN)
def test_what_aws_does_not_take_is_called_refused(name: str) -> None:
    """Each exception above is one because of what IAM refuses in it."""
    (line,) = [line for line in LINES if line["id"] == name]
    assert any(f.verdict is Verdict.REFUSED for f in tw.check(json.dumps(line["policy"])))


REVIEWED = json.loads((Path(__file__).parent / "reviewed.json").read_text(encoding="utf-8"))


def _loud(line: dict[str, Any]) -> set[tuple[str, str, str]]:
    found = tw.check(json.dumps(line["policy"]))
    return {
        (line["id"], f.code, path_text(f.path)) for f in found if f.verdict is not Verdict.ADVICE
    }


def _read() -> list[dict[str, Any]]:
    """The policies of which every finding above advice was read: the clean ones of the first set,
    all of the second, and 60 of the others drawn at random.
    """
    second = [line for line in LINES if line["set"] == "policies2.jsonl"]
    first = [line for line in LINES if line["set"] == "policies.jsonl"]
    others = sorted((line for line in first if not line["clean"]), key=lambda line: str(line["id"]))
    drawn = Random(20261130).sample(others, 60) if has_first_set() else []
    return [*(line for line in first if line["clean"]), *second, *drawn]


def test_every_finding_above_advice_was_read() -> None:
    """Somebody has looked at the policy and said whether the finding is right; none is judged wrong
    and left.
    """
    read = _read()
    ids = {line["id"] for line in read}
    judged = {
        (line["policy"], line["code"], line["path"]): line
        for line in REVIEWED
        if line["policy"] in ids
    }
    told = set().union(*map(_loud, read))
    assert sorted(told - set(judged)) == []
    assert sorted(set(judged) - told) == []
    assert all(line["judged"] == "right" and line["reason"].endswith(".") for line in REVIEWED)
