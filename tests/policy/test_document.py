"""Text to policy and back: what a text says is kept, what keeps it from being a policy is told in
full.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trust_widgets.policy import (
    Condition,
    DocumentError,
    Principal,
    Problem,
    Statement,
    TrustPolicy,
    line_and_column,
    parse,
)
from trust_widgets.policy.document import CODES, dump

# The characters that IAM takes: tab, line ends, U+0020 to U+00FF.
TEXT = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=12
)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
OTHER = st.dictionaries(
    TEXT.filter(
        lambda key: (
            key not in {"Version", "Id", "Statement", "Sid", "Effect", "Principal", "NotPrincipal"}
        )
    )
    .filter(lambda key: key not in {"Action", "NotAction", "Resource", "NotResource", "Condition"})
    .filter(lambda key: key not in {"AWS", "Service", "Federated", "CanonicalUser"}),
    TEXT,
    max_size=2,
).map(lambda found: tuple(found.items()))
PRINCIPALS = st.just(Principal(star=True)) | st.builds(
    Principal,
    aws=st.none() | TEXTS,
    service=st.none() | TEXTS,
    federated=st.none() | TEXTS,
    canonical_user=st.none() | TEXTS,
    other=OTHER.map(lambda found: tuple((key, (value,)) for key, value in found)),
)
VALUES = st.lists(TEXT | st.booleans() | st.integers(), max_size=3).map(tuple)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """A statement with anything in it that a document can say."""
    operators = draw(st.dictionaries(TEXT, st.dictionaries(TEXT, VALUES, max_size=2), max_size=3))
    return Statement(
        effect=draw(st.none() | TEXT),
        principal=draw(st.none() | PRINCIPALS),
        not_principal=draw(st.none() | PRINCIPALS),
        action=draw(st.none() | TEXTS),
        not_action=draw(st.none() | TEXTS),
        resource=draw(st.none() | TEXTS),
        not_resource=draw(st.none() | TEXTS),
        sid=draw(st.none() | TEXT),
        conditions=tuple(
            Condition(op, key, values)
            for op, keys in operators.items()
            for key, values in keys.items()
        ),
        bare_operators=tuple(operator for operator, keys in operators.items() if not keys),
        other=draw(OTHER),
    )


POLICIES = st.builds(
    TrustPolicy,
    statements=st.lists(statements(), max_size=3).map(tuple),
    version=st.none() | TEXT,
    id=st.none() | TEXT,
    other=OTHER,
)


@given(POLICIES)
def test_what_was_dumped_is_parsed_again(policy: TrustPolicy) -> None:
    """`parse(dump(p)) == p`, whatever the policy holds, also what a trust policy should not
    hold.
    """
    assert parse(dump(policy)) == policy


@given(POLICIES)
def test_the_canonical_form_is_stable(policy: TrustPolicy) -> None:
    """Dumping what was parsed changes nothing more."""
    assert dump(parse(dump(policy))) == dump(policy)


@given(st.text() | st.text(alphabet='{}[]",: \nStatementVersionPrincipalAWS*12'))
def test_any_string_gives_a_policy_or_problems(text: str) -> None:
    """Never another exception; every problem has a known code, a sentence and a place in the
    text.
    """
    try:
        parse(text)
    except DocumentError as error:
        assert error.problems
        for problem in error.problems:
            check_problem(problem, text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "Statement",
                    "Version",
                    "Principal",
                    "AWS",
                    "Action",
                    "Condition",
                    "StringEquals",
                    "Sid",
                    "k",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=25,
)


@given(JSON)
def test_wrong_types_at_any_depth_are_told_with_their_places(value: Any) -> None:
    """Any JSON: a policy, or problems, each at its place; a fix never makes a text that is no
    JSON.
    """
    text = json.dumps(value, indent=1)
    try:
        parse(text)
    except DocumentError as error:
        for problem in error.problems:
            check_problem(problem, text)
            if problem.fix:
                json.loads(problem.fix.apply(text))


def check_problem(problem: Problem, text: str) -> None:
    """A problem's own promises."""
    assert problem.code in CODES.values() and problem.message.endswith((".", "?", "!"))
    assert 0 <= problem.span.start <= problem.span.end <= len(text)
    assert (problem.line, problem.column) == line_and_column(text, problem.span.start)


def problems(text: str) -> list[Problem]:
    """The problems of a text that is no policy."""
    with pytest.raises(DocumentError) as caught:
        parse(text)
    return list(caught.value.problems)


def test_everything_is_told_at_once_in_the_order_of_the_text() -> None:
    """A trailing comma, a number for an account, a missing kind and a duplicate key."""
    text = """{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Principal": {"AWS": 111122223333}, "Action": "sts:AssumeRole",},
    {"Effect": "Allow", "Principal": "ec2.amazonaws.com", "Action": "a", "Action": "b"}
  ]
}"""
    told = [(p.code, p.line, p.path) for p in problems(text)]
    assert told == [
        ("TP021", 4, ("Statement", 0, "Principal", "AWS")),
        ("TP007", 4, ("Statement", 0)),
        ("TP022", 5, ("Statement", 1, "Principal")),
        ("TP010", 5, ("Statement", 1, "Action")),
    ]


def test_an_account_written_as_a_number_is_put_in_quotes_with_its_zeros() -> None:
    """JSON drops no zeros, but a number has none in front: 12 digits are filled up."""
    text = '{"Statement": {"Principal": {"AWS": 1122223333}}}'
    (problem,) = problems(text)
    assert problem.fix is not None
    assert json.loads(problem.fix.apply(text))["Statement"]["Principal"] == {"AWS": "001122223333"}


@pytest.mark.parametrize(
    ("principal", "mended"),
    [
        ("111122223333", {"AWS": "111122223333"}),
        ("arn:aws:iam::111122223333:role/app", {"AWS": "arn:aws:iam::111122223333:role/app"}),
        ("ec2.amazonaws.com", {"Service": "ec2.amazonaws.com"}),
        (
            ["ec2.amazonaws.com", "lambda.amazonaws.com"],
            {"Service": ["ec2.amazonaws.com", "lambda.amazonaws.com"]},
        ),
        (
            "arn:aws:iam::111122223333:saml-provider/corp",
            {"Federated": "arn:aws:iam::111122223333:saml-provider/corp"},
        ),
    ],
)
def test_a_principal_without_its_kind_is_given_one(principal: Any, mended: Any) -> None:
    """Where the text itself tells the kind."""
    text = json.dumps({"Statement": [{"Principal": principal}]})
    (problem,) = problems(text)
    assert problem.code == "TP022" and problem.fix is not None
    assert json.loads(problem.fix.apply(text))["Statement"][0]["Principal"] == mended


def test_a_principal_of_two_kinds_is_not_guessed() -> None:
    """No fix where a machine cannot know."""
    (problem,) = problems('{"Statement": [{"Principal": ["ec2.amazonaws.com", "111122223333"]}]}')
    assert problem.fix is None


POLICY = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole"}]}
LINES = json.dumps(POLICY, indent=2).splitlines()


def marked(form: str) -> str:
    """The policy with a mark in each line, as an e-mail or a diff has it."""
    return "\n".join(map(form.format, LINES))


@pytest.mark.parametrize(
    "wrapped",
    [
        json.dumps({"Role": {"RoleName": "app", "AssumeRolePolicyDocument": POLICY}}, indent=4),
        json.dumps(
            {"Role": {"RoleName": "app", "AssumeRolePolicyDocument": quote(json.dumps(POLICY))}}
        ),
        json.dumps({"AssumeRolePolicyDocument": json.dumps(POLICY)}),
        json.dumps(json.dumps(POLICY)),
        quote(json.dumps(POLICY)),
        f"```json\n{json.dumps(POLICY)}\n```",
        f"\n~~~\n{json.dumps(POLICY, indent=2)}\n~~~\n",
        f'"AssumeRolePolicyDocument": {json.dumps(POLICY)},',
        *(marked(each) for each in ("+{}", "> {}", "  | {}")),
        "\n".join(f"{n:3} {line}" for n, line in enumerate(LINES, 1)),
        "\n".join(f"{n}: {line}" for n, line in enumerate(LINES, 1)),
        "\n".join([" " + LINES[0], '-  "Version": "2008-10-17",', *map("+{}".format, LINES[1:])]),
    ],
)
def test_a_policy_in_a_wrapping_is_unpacked_by_its_fix(wrapped: str) -> None:
    """`aws iam get-role`, URL encoding, a JSON string, a Markdown fence, marks in each line, one
    member of another object: one problem, one fix.
    """
    (problem,) = problems(wrapped)
    assert problem.code == "TP005" and problem.fix is not None
    assert json.loads(problem.fix.apply(wrapped)) == POLICY


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ('Version: "2012-10-17"\nStatement:\n  - Effect: Allow\n', "YAML"),
        ("---\nAssumeRolePolicyDocument:\n  Version: 2012-10-17\n", "YAML"),
        ('resource "aws_iam_role" "app" {\n  name = "app"\n}\n', "Terraform"),
        ('# ours\ndata "aws_iam_policy_document" "trust" {\n}\n', "Terraform"),
        ("<html><body>403</body></html>", "XML"),
    ],
)
def test_another_language_is_named(text: str, language: str) -> None:
    """One problem that says what it is, instead of a hundred about its commas."""
    (problem,) = problems(text)
    assert problem.code == "TP004" and language in problem.message


def test_what_terraform_shows_holds_a_policy() -> None:
    """Three modules deep too; the fix keeps the policy alone.

    https://developer.hashicorp.com/terraform/internals/json-format
    """
    policy = {"Version": "2012-10-17", "Statement": []}
    role = {
        "address": "aws_iam_role.app",
        "type": "aws_iam_role",
        "values": {"assume_role_policy": json.dumps(policy)},
    }
    module: dict[str, object] = {"resources": [role]}
    for _ in range(3):
        module = {"child_modules": [module]}
    shown = json.dumps({"format_version": "1.0", "planned_values": {"root_module": module}})
    (problem,) = problems(shown)
    assert problem.code == "TP005" and problem.fix is not None
    assert json.loads(problem.fix.apply(shown)) == policy


@pytest.mark.parametrize("text", ["", "  \n", "\ufeff"])
def test_no_text_is_told_as_such(text: str) -> None:
    """Nothing pasted yet."""
    assert "TP001" in [problem.code for problem in problems(text)]


def test_characters_that_iam_refuses_are_shown() -> None:
    """A snowman in a Sid; U+00E9 is fine."""
    (problem,) = problems('{"Id": "caf\u00e9", "Statement": [{"Sid": "a\u2603b"}]}')
    assert problem.code == "TP017" and "U+2603" in problem.message
    assert problem.path == ("Statement", 0, "Sid")


def test_huge_texts_are_told_at_once() -> None:
    """10 MB, and 100,000 brackets."""
    assert [p.code for p in problems("x" * 10_000_000)] == ["TP002"]
    assert [p.code for p in problems("[" * 60_000)] == ["TP003"]


def test_a_partial_policy_is_kept_with_the_error() -> None:
    """What could be read is there for whoever wants it."""
    with pytest.raises(DocumentError) as caught:
        parse('{"Statement": [{"Effect": "Allow",}]}')
    assert caught.value.partial == TrustPolicy((Statement(effect="Allow"),), version=None)


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("", 0, (1, 1)),
        ("ab", 2, (1, 3)),
        ("a\nb", 2, (2, 1)),
        ("a\r\nb", 3, (2, 1)),
        ("a\rb", 2, (2, 1)),
    ],
)
def test_lines_and_columns_count_from_one(text: str, offset: int, place: tuple[int, int]) -> None:
    """For every kind of line end."""
    assert line_and_column(text, offset) == place


def test_codes_are_of_documents() -> None:
    """TP0xx, so that no pitfall can have the same."""
    assert all(re.fullmatch(r"TP0\d\d", code) for code in CODES.values())
