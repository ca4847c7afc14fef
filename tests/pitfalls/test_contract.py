"""What every pitfall owes, proved over the whole registry, and that a pitfall which owes is
caught.
"""

from __future__ import annotations

import dataclasses
import json
import pathlib
import random
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.asking import HOME, loud, policy
from support.real_policies import records
from trust_widgets.access import can_let_in, is_public
from trust_widgets.families import Registry
from trust_widgets.findings import Finding, Severity, Verdict, by_rank
from trust_widgets.pitfalls import PITFALLS, FormerCode, Hit, Pitfall, check
from trust_widgets.pitfalls.precedence import precedence_of
from trust_widgets.policy import (
    Condition,
    DocumentError,
    Fix,
    Home,
    Path,
    Principal,
    Statement,
    TrustPolicy,
    parse,
)
from trust_widgets.providers import issuer_of

HUNDREDS = {Verdict.REFUSED: "1", Verdict.DEAD: "2", Verdict.OPEN: "3", Verdict.ADVICE: "4"}
LOUDNESS = {
    Verdict.REFUSED: {Severity.ERROR},
    Verdict.DEAD: {Severity.ERROR},
    Verdict.ADVICE: {Severity.INFO},
}
STAR = "TP335"  # AWS does not document whom "*" matches: open, although it rests on that
OPEN = {Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW}
PAGES = ("https://docs.aws.amazon.com/", "https://docs.github.com/")


def breaches(pitfall: Pitfall) -> Iterator[str]:
    """Yield what a pitfall promises and does not keep."""
    if not re.fullmatch(rf"TP{HUNDREDS[pitfall.verdict]}\d\d", pitfall.code):
        yield f"code {pitfall.code} is not in the hundred of {pitfall.verdict}"
    if not pitfall.bad or not pitfall.good:
        yield "no examples"
    if not pitfall.source.startswith(PAGES) or not pitfall.fine.endswith(".") or not pitfall.title:
        yield "no source, title or sentence on when it is fine"
    for former in pitfall.former_codes:
        if not re.fullmatch(r"TP[1-4]\d\d", former.code) or former.code == pitfall.code:
            yield f"{former.code} is no former code"
        if not former.title or not former.why.endswith("."):
            yield f"no title or reason for the former code {former.code}"
    for text in pitfall.bad:
        hits = list(pitfall.find(parse(text), pitfall.home))
        if not hits:
            yield f"silent on its own example {text}"
        for hit in hits:
            yield from breaches_of(hit, pitfall, json.loads(text))
    for text in pitfall.good:
        if list(pitfall.find(parse(text), pitfall.home)):
            yield f"fires on its good example {text}"


def breaches_of(hit: Hit, pitfall: Pitfall, document: Any) -> Iterator[str]:
    """Yield what one hit owes."""
    if not exists(document, hit.path):
        yield f"no place {hit.path}"
    if not hit.message.endswith((".", "?", ".)")) or re.search(
        r"\bNone\b|\bfrozenset|<class|\('", hit.message
    ):
        yield f"not a plain sentence: {hit.message}"
    if hit.severity and hit.severity not in LOUDNESS.get(pitfall.verdict, OPEN):
        yield f"{hit.severity} is no severity of {pitfall.verdict}"
    if pitfall.verdict is Verdict.OPEN and not all((hit.callers, all(hit.callers))):
        yield "nobody is named who gets in"
    if hit.assumptions and not (pitfall.verdict is Verdict.ADVICE or pitfall.code == STAR):
        yield "it rests on an assumption and is more than advice"


def exists(document: Any, path: Path) -> bool:
    """Whether a path leads somewhere, counting a statement and a value also where there is no
    list.
    """
    for step in path:
        if isinstance(step, int) and not isinstance(document, list):
            document = [document]
        try:
            document = document[step]
        except (KeyError, IndexError, TypeError):
            return False
    return True


@pytest.mark.parametrize("name", PITFALLS)
def test_every_pitfall_keeps_its_promises(name: str) -> None:
    """Codes, examples, places, sentences and callers of every member are as the contract wants
    them.
    """
    assert list(breaches(PITFALLS[name])) == []


def test_codes_are_unique() -> None:
    """No two pitfalls share a code."""
    assert [
        code for code, times in Counter(p.code for p in PITFALLS.values()).items() if times > 1
    ] == []


@pytest.mark.parametrize("name", PITFALLS)
def test_every_pitfall_has_its_test_file(name: str) -> None:
    """Adding a pitfall is exactly two files: its module, and the tests of that module under the
    same name.
    """
    group = PITFALLS.module_of(name).__name__.split(".")[-2]
    tests = pathlib.Path(__file__).parent / "rules" / group / f"test_{name}.py"
    assert tests.is_file(), f"write tests/pitfalls/rules/{group}/{tests.name}"
    assert f'NAME = "{name}"' in tests.read_text()


NEW = """
from trust_widgets.pitfalls import Hit
from trust_widgets.pitfalls.rules.open.anyone import PITFALL as ANYONE
from dataclasses import replace

PITFALL = replace(ANYONE, code="TP399", find=lambda policy, home: iter([Hit((), "Here.", ("a",))]))
"""


def test_a_new_pitfall_is_one_file(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module dropped into a family's package is found, asked and held to the contract, with
    nothing else touched.
    """
    monkeypatch.syspath_prepend(str(tmp_path))
    for package, names in (("family_before", []), ("family_after", ["brand_new"])):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text("")
        for name in names:
            (tmp_path / package / f"{name}.py").write_text(NEW)
        assert list(Registry(package, "PITFALL")) == names
    family: Registry[Pitfall] = Registry("family_after", "PITFALL")
    monkeypatch.setattr("trust_widgets.pitfalls.judging.PITFALLS", family)
    assert [(f.code, f.name) for f in check(PITFALLS["anyone"].good[0])] == [("TP399", "brand_new")]
    assert any("fires on its good example" in breach for breach in breaches(family["brand_new"]))


PLANTED = {
    "muted": {"find": lambda policy, home: iter(())},
    "without bad examples": {"bad": ()},
    "without good examples": {"good": ()},
    "fires on good ones": {"good": PITFALLS["anyone"].bad},
    "formerly itself": {"former_codes": (FormerCode("TP301", "Anyone", "It was open."),)},
    "formerly without a reason": {"former_codes": (FormerCode("TP499", "Anyone", ""),)},
    "in another hundred": {"code": "TP101"},
    "without a source": {"source": "a blog"},
    "at no place": {"find": lambda policy, home: iter([Hit(("Statement", 7), "Here.", ("a",))])},
    "without callers": {"find": lambda policy, home: iter([Hit((), "Here.")])},
    "with a repr": {"find": lambda policy, home: iter([Hit((), "Found ('a', None).", ("a",))])},
    "as a fragment": {"find": lambda policy, home: iter([Hit((), "bad principal", ("a",))])},
    "on an assumption": {
        "find": lambda policy, home: iter([Hit((), "A.", ("a",), assumptions=("B.",))])
    },
    "with a wrong severity": {
        "find": lambda policy, home: iter([Hit((), "A.", ("a",), severity=Severity.INFO)])
    },
}


@pytest.mark.parametrize("plant", PLANTED)
def test_a_planted_breach_is_caught(plant: str) -> None:
    """The contract notices each way of not keeping it: a muted check and one without examples among
    them.
    """
    assert list(breaches(dataclasses.replace(PITFALLS["anyone"], **PLANTED[plant])))


EXAMPLES = [
    pytest.param(name, text, home, id=f"{name}-{number}-{'home' if home is HOME else 'nobody'}")
    for name, pitfall in PITFALLS.items()
    for number, text in enumerate(pitfall.bad)
    for home in (pitfall.home, HOME)
]


@pytest.mark.parametrize(("name", "text", "home"), EXAMPLES)
def test_one_mistake_is_told_once(name: str, text: str, home: Home) -> None:
    """A document with one planted mistake gives at most one finding above advice, and that is the
    mistake's.
    """
    told = loud(text, home)
    assert len(told) <= 1
    assert {finding.name for finding in told} <= {name}


def worst(findings: tuple[Finding, ...]) -> dict[str, tuple[int, str, str]]:
    """The rank of each rule's worst finding above advice; lower is worse."""
    ranks: dict[str, tuple[int, str, str]] = {}
    for finding in findings:
        if finding.verdict is not Verdict.ADVICE:
            ranks[finding.name] = min(by_rank(finding), ranks.get(finding.name, by_rank(finding)))
    return ranks


def broken_by_fix(finding: Finding, text: str, home: Home) -> list[str]:
    """What a finding's fixes do that they must not: leave its rule as loud, break the text, make
    another rule louder.
    """
    return [wrong for fix in finding.fixes for wrong in _broken_by(fix, finding, text, home)]


def _broken_by(fix: Fix, finding: Finding, text: str, home: Home) -> list[str]:
    after_text = fix.apply(text)
    assert after_text != text, "a fix changes something"
    parse(after_text)
    before, after = check(text, home), check(after_text, home)
    count = (
        Counter(f.name for f in before)[finding.name] - Counter(f.name for f in after)[finding.name]
    )
    old = {name: rank[0] for name, rank in worst(before).items()}
    # A finding about something missing is reported only once others are fixed.
    reported = {name: rank for name, rank in worst(after).items() if not precedence_of(name).last}
    others = {name: rank for name, rank in reported.items() if name != finding.name}
    louder = [name for name, rank in others.items() if rank[0] < old.get(name, 99)]
    return [*louder, *([] if count > 0 else [f"{finding.name} is not silenced"])]


@pytest.mark.parametrize(("name", "text", "home"), EXAMPLES)
def test_a_fix_silences_its_rule_and_makes_none_louder(name: str, text: str, home: Home) -> None:
    """Each fix of each example does what it says and nothing worse."""
    for finding in check(text, home):
        assert broken_by_fix(finding, text, home) == []
        titles = [fix.title for fix in finding.fixes]
        assert len(set(titles)) == len(titles)


STATEMENTS = [
    statement
    for pitfall in PITFALLS.values()
    for text in (*pitfall.bad, *pitfall.good)
    if len(text) < 1000
    for statement in json.loads(text)["Statement"]
]


def shuffled(value: Any, chance: random.Random) -> Any:
    """The same JSON value, objects and lists in another order."""
    if isinstance(value, dict):
        keys = chance.sample(list(value), len(value))
        return {key: shuffled(value[key], chance) for key in keys}
    return (
        [shuffled(inner, chance) for inner in chance.sample(value, len(value))]
        if isinstance(value, list)
        else value
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(STATEMENTS), min_size=1, max_size=4), st.randoms(use_true_random=False)
)
def test_order_changes_nothing(statements: list[Any], chance: random.Random) -> None:
    """The order of statements, keys and values has no part in what is found."""
    document = {"Version": "2012-10-17", "Statement": statements}

    def told(document: Any) -> Counter[tuple[str, str, str]]:
        return Counter((f.code, f.severity, f.message) for f in check(json.dumps(document), HOME))

    assert told(document) == told(shuffled(document, chance))


def test_another_reader_gets_an_answer_of_their_own() -> None:
    """Certificates of 444455556666 are a stranger's to one reader and all of them the other's
    own.
    """
    anchor = {"StringEquals": {"aws:SourceAccount": "444455556666"}}
    actions = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]
    asked = parse(policy({"Service": "rolesanywhere.amazonaws.com"}, actions, anchor))
    for home, told in ((HOME, False), (Home(("444455556666",)), True), (HOME, False)):
        assert (
            "roles_anywhere_unbound" in {finding.name for finding in check(asked, home)}
        ) is told


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(
        [
            "*",
            "Allow",
            "sts:AssumeRole",
            "arn:aws:iam::1:root",
            "a.b:sub",
            "ec2.amazonaws.com",
            "${x",
        ]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "Version",
                    "Statement",
                    "Effect",
                    "Principal",
                    "AWS",
                    "Service",
                    "Federated",
                    "Action",
                    "Condition",
                    "StringLike",
                    "StringEquals",
                    "token.actions.githubusercontent.com:sub",
                    "Sid",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(st.text() | JSON.map(json.dumps))
def test_no_text_raises(text: str) -> None:
    """Whatever the text, `check` answers with findings."""
    assert all(isinstance(finding, Finding) for finding in check(text, HOME))


PRINCIPAL = st.one_of(
    st.sampled_from(["*", {"AWS": "*"}]),
    st.dictionaries(
        st.sampled_from(["AWS", "Service", "Federated", "aws"]), st.lists(st.text(max_size=30))
    ),
)


@settings(max_examples=150, deadline=None)
@given(
    PRINCIPAL,
    st.lists(st.text(max_size=20)),
    st.text(max_size=20),
    st.text(max_size=30),
    st.text(max_size=30),
)
def test_no_value_raises(
    principal: Any, actions: list[str], operator: str, key: str, value: str
) -> None:
    """Well-shaped statements with any values at all are judged, and every place named exists."""
    statement = {
        "Effect": "Allow",
        "Principal": principal,
        "Action": actions,
        "Condition": {operator: {key: value}},
    }
    document = {"Version": "2012-10-17", "Statement": [statement]}
    for finding in check(json.dumps(document), HOME):
        assert exists(document, finding.path), finding


def test_collected_policies_are_judged() -> None:
    """Each of the collected documents gives findings at places that exist, and no exception."""
    for record in records():
        for finding in check(json.dumps(record["policy"])):
            assert finding.code.startswith("TP0") or exists(record["policy"], finding.path), (
                record["id"],
                finding,
            )


def test_what_aws_saved_is_not_called_refused() -> None:
    """No policy recorded from AWS itself is said to be refused by it."""
    recorded = [record for record in records() if record["source"].endswith(".snapshot.json")]
    assert recorded
    for record in recorded:
        refused = [f for f in check(json.dumps(record["policy"])) if f.verdict is Verdict.REFUSED]
        assert refused == [], record["id"]


# A dead statement, which names the root of another account too: once it is alive, that is open.
UNCOVERED = {"a78b08fd22ac": ["another_account_root"]}


def test_fixes_of_collected_policies() -> None:
    """Fixes keep their law on real documents: what was one mistake among several is no more after
    its fix.
    """
    for record in records():
        text = json.dumps(record["policy"], indent=2)
        try:
            parse(text)
        except DocumentError:
            continue
        for finding in check(text, HOME):
            if finding.fix is not None:
                uncovered = UNCOVERED.get(record["id"], [])
                assert broken_by_fix(finding, text, HOME) == uncovered, (record["id"], finding)


# IAM's evaluation of a wildcard among services is not documented, so that no call is decided
# against it.
WITHOUT_A_MEANING = {"any_service"}

# Two are told once for a policy, because they say the same of all places; to the third, a statement
# that stands twice is another matter than what stands twice in it.
ONCE_A_POLICY = {
    "named_principal",
    "no_statement_allows",
    "only_the_account_named",
    "said_twice",
}


def doubled(text: str) -> tuple[str, int]:
    """A document with its statements twice over, without their names, and how many there were."""
    document = json.loads(text)
    found = document.get("Statement", [])
    statements = found if isinstance(found, list) else [found]
    bare = [{key: value for key, value in each.items() if key != "Sid"} for each in statements]
    return json.dumps({**document, "Statement": [*bare, *bare]}), len(statements)


@pytest.mark.parametrize("name", [name for name in PITFALLS if name not in ONCE_A_POLICY])
def test_every_place_is_told_and_not_only_the_first(name: str) -> None:
    """A mistake made in two statements has two places."""
    pitfall = PITFALLS[name]
    for text in pitfall.bad:
        twice, count = doubled(text)
        paths = {hit.path for hit in pitfall.find(parse(twice), pitfall.home)}
        once = {hit.path for hit in pitfall.find(parse(unnamed(text)), pitfall.home)}
        below = [path for path in once if path[:1] == ("Statement",) and len(path) > 1]
        assert paths >= {("Statement", int(path[1]) + count, *path[2:]) for path in below}


def unnamed(text: str) -> str:
    """The same document without the names of its statements, once."""
    twice, count = doubled(text)
    document = json.loads(twice)
    return json.dumps({**document, "Statement": document["Statement"][:count]})


OPEN_EXAMPLES = [
    pytest.param(name, text, pitfall.home, id=f"{name}-{number}")
    for name, pitfall in PITFALLS.items()
    for number, text in enumerate(pitfall.bad)
    if pitfall.verdict is Verdict.OPEN and name not in WITHOUT_A_MEANING
]


def narrowed_to(policy: TrustPolicy, caller: str) -> TrustPolicy:
    """The policy with everybody denied but a caller that a finding shows: by ARN, or by the subject
    of its token.
    """
    arn = re.search(r"arn:aws:iam::[0-9]{12}:(?:role|user)/[^, ]+", caller)
    quoted = re.search(r'with the subject "([^"]+)"', caller)
    subject = quoted[1] if quoted else re.sub(r" \((?:anyone|of anyone|this owner).*$", "", caller)
    principal, denied = Principal(aws=("*",)), ("aws:PrincipalArn", arn[0] if arn else "")
    if not arn:
        federated = next(each.principal.federated for each in policy.statements if each.principal)
        assert federated
        principal, denied = (
            Principal(federated=federated),
            (f"{issuer_of(federated[0])}:sub", subject),
        )
    condition = Condition("StringNotEquals", denied[0], (denied[1],))
    actions = ("sts:AssumeRole", "sts:AssumeRoleWithWebIdentity")
    return dataclasses.replace(
        policy, statements=(*policy.statements, Statement("Deny", principal, actions, (condition,)))
    )


def lets_somebody_in(policy: TrustPolicy) -> bool:
    """Whether a call gets in, decided by the search and shown by a call."""
    allows = (
        index for index, statement in enumerate(policy.statements) if statement.effect == "Allow"
    )
    return any(can_let_in(policy, index).found is True for index in allows)


# Of those that show a caller by ARN or by the subject of a token, and not in words alone.
SHOWN = re.compile(
    r"arn:aws:iam::[0-9]{12}:(?:role|user)/|with the subject \"|"
    r"^(?:repo|project_path|organization|environment|system|space|owner|pulumi|repository_visibility):"
)


@pytest.mark.parametrize(("name", "text", "home"), OPEN_EXAMPLES)
def test_callers_that_are_shown_get_in(name: str, text: str, home: Home) -> None:
    """With everybody else denied there is still a call that gets in."""
    policy = parse(text)
    if PITFALLS[name].code == STAR:
        assert not lets_somebody_in(policy) and is_public(policy).found is not True
        return
    assert lets_somebody_in(policy)
    for finding in (f for f in check(text, home) if f.name == name):
        for caller in filter(SHOWN.search, finding.callers):
            assert lets_somebody_in(narrowed_to(policy, caller)), caller


@pytest.mark.parametrize(("name", "text", "home"), OPEN_EXAMPLES)
def test_critical_means_that_a_stranger_gets_in(name: str, text: str, home: Home) -> None:
    """And where a stranger does, what is told is critical or high, with Cognito's guests, who are
    meant, below.
    """
    told = {finding.severity for finding in check(text, home) if finding.name == name}
    public = is_public(parse(text), home).found
    assert (Severity.CRITICAL in told) <= (public is True)
    assert (public is True) <= bool(
        told & {Severity.CRITICAL, Severity.HIGH} or name == "cognito_guests"
    )
