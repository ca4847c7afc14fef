"""What every pattern owes, proved over the whole registry."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trust_widgets as tw
from trust_widgets.findings import Verdict
from trust_widgets.grants import grants_from_statements, meaning
from trust_widgets.guards import GUARD_KINDS
from trust_widgets.patterns import GROUPS, Pattern
from trust_widgets.questions import complaints_about

OWN = "111122223333"


def built(name: str, **answers: Any) -> tw.Role:
    """The role that a pattern builds, from its example unless told otherwise."""
    return tw.PATTERNS[name].build(account=OWN, **(answers or tw.PATTERNS[name].example))


@pytest.mark.parametrize("name", tw.PATTERNS)
def test_the_example_passes_the_checker(name: str) -> None:
    """Nothing above advice in what we show as right."""
    assert [str(f) for f in tw.check(built(name).trust) if f.verdict is not Verdict.ADVICE] == []


@pytest.mark.parametrize("name", tw.PATTERNS)
def test_the_example_is_recognised_by_its_own_pattern(name: str) -> None:
    """The most specific pattern wins, and reads back the very answers."""
    pairs, account = grants_from_statements(built(name).trust.statements, "")
    assert [(grant.pattern, dict(grant.answers)) for grant, _ in pairs] == [(name, dict(tw.PATTERNS[name].example))]
    assert account == (OWN if tw.PATTERNS[name].needs_account else "")


@pytest.mark.parametrize("name", tw.PATTERNS)
def test_exactly_one_pattern_wins(name: str) -> None:
    """Of those that are not general, only one reads the example's statements."""
    statements = built(name).trust.statements
    specific = [n for n, p in tw.PATTERNS.items() if not p.general and _reads(p, statements)]
    assert specific == ([] if tw.PATTERNS[name].general else [name])


def _reads(pattern: Pattern, statements: tuple[tw.Statement, ...]) -> bool:
    answers = pattern.answers(statements)
    if answers is None:
        return False
    answers.pop("account", None)
    if complaints_about(pattern.fields, answers):
        return False
    return [meaning(s) for s in pattern.make(OWN, answers)] == [meaning(s) for s in statements]


@pytest.mark.parametrize("name", tw.PATTERNS)
@pytest.mark.parametrize("tool", tw.EXPORTERS)
def test_the_example_goes_through_every_exporter(name: str, tool: str) -> None:
    """With its companions; the text names the role or its policy."""
    assert "sts:AssumeRole" in tw.export(built(name), tool)


@pytest.mark.parametrize("name", tw.PATTERNS)
def test_titles_groups_and_questions(name: str) -> None:
    """Every question has a label, and an example that its own rule takes."""
    pattern = tw.PATTERNS[name]
    assert pattern.title and pattern.about.endswith(".") and pattern.group in GROUPS and pattern.callers
    for field in pattern.fields:
        question = field.question
        assert question.label
        if question.rule:
            value: Any = (question.example,) if field.kind == "list" else question.example
            asked = (field,)
            answers = {field.name: value}
            if field.question.when:
                answers |= {field.question.when[0]: (field.question.when[1] or ("x",))[0]}
            assert complaints_about(asked, answers) == {}
            assert question.message.endswith(".") and any(word in question.message for word in question.example.split())


@pytest.mark.parametrize("name", tw.PATTERNS)
def test_nothing_answered_is_no_exception(name: str) -> None:
    """The form as it opens: a label, complaints or statements, and no crash."""
    model = tw.TrustModel(grants=[tw.Grant(name)])
    assert model.grants[0].pattern == name
    assert model.complaints or model.policy.statements


@pytest.mark.parametrize("name", tw.PATTERNS)
@given(data=st.data())
@settings(max_examples=60)
def test_whatever_is_typed_gives_a_policy_or_complaints(name: str, data: st.DataObject) -> None:
    """Hostile answers: what the rules take is JSON that says it; what they refuse is told at its question."""
    hostile = st.sampled_from(
        ['"', "\\", "<img src=x onerror=1>", "\u202e", "a\nb", " ", "*", "${x}", "x" * 300, "octo-org"]
    )
    answers: dict[str, Any] = {}
    for field in tw.PATTERNS[name].fields:
        kind = {
            "flag": st.booleans(),
            "choice": st.sampled_from([*field.options, "no such"]),
            "list": st.lists(hostile | st.text(), max_size=3).map(tuple),
            "text": hostile | st.text(),
        }[field.kind]
        answers[field.name] = data.draw(kind)
    model = tw.TrustModel(account=OWN, grants=[tw.Grant(name, answers)])
    assert model.complaints or model.policy.statements
    assert json.loads(model.text)["Statement"] == json.loads(str(model.policy))["Statement"]


def test_every_guard_example_obeys_its_rule() -> None:
    """The right example in a message is right."""
    for kind in GUARD_KINDS:
        model = tw.TrustModel(
            grants=[
                tw.Grant(
                    "another_account",
                    {"caller_account": "444455556666"},
                    (tw.Guard(kind.key, kind.operator, (kind.question.example,)),),
                )
            ]
        )
        assert model.complaints == () and len(model.policy.statements[0].conditions) == 1


# -- the three patterns, by hand from the AWS and GitHub pages


def test_aws_service() -> None:
    """Several services in one statement, as AWS's pages write them."""
    role = built("aws_service", services=("ec2.amazonaws.com", "ecs-tasks.amazonaws.com"))
    assert role.trust.to_dict() == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": ["ec2.amazonaws.com", "ecs-tasks.amazonaws.com"]},
                "Action": "sts:AssumeRole",
            }
        ],
    }


def test_another_account_and_its_other_half() -> None:
    """The calling account needs a permission on this very role."""
    role = built("another_account", caller_account="444455556666")
    assert role.trust.to_dict()["Statement"][0]["Principal"] == {"AWS": "arn:aws:iam::444455556666:root"}
    (companion,) = role.companions
    assert json.loads(companion.text) == {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "arn:aws:iam::111122223333:role/example-role"}
        ],
    }


def test_another_account_by_name_in_china() -> None:
    """Roles and users with their paths, in the partition of both accounts."""
    role = built(
        "another_account",
        caller_account="444455556666",
        scope="named",
        principals=("role/app", "user/team/build"),
        partition="aws-cn",
    )
    assert role.trust.to_dict()["Statement"][0]["Principal"]["AWS"] == [
        "arn:aws-cn:iam::444455556666:role/app",
        "arn:aws-cn:iam::444455556666:user/team/build",
    ]
    assert "arn:aws-cn:iam::111122223333:role/example-role" in role.companions[0].text


KEY = "token.actions.githubusercontent.com"


def github(**answers: Any) -> dict[str, Any]:
    """The condition block of a GitHub role."""
    block: dict[str, Any] = built("github_oidc", owner="octo-org", repository="app", **answers).trust.to_dict()
    return dict(block["Statement"][0]["Condition"])


@pytest.mark.parametrize(
    ("answers", "operator", "subject"),
    [
        ({"branch": "main"}, "StringEquals", "repo:octo-org/app:ref:refs/heads/main"),
        ({"runs": "tag", "tag": "v1.2.0"}, "StringEquals", "repo:octo-org/app:ref:refs/tags/v1.2.0"),
        ({"runs": "environment", "environment": "a:b"}, "StringEquals", "repo:octo-org/app:environment:a%3Ab"),
        ({"runs": "pull_request"}, "StringEquals", "repo:octo-org/app:pull_request"),
        ({"runs": "any"}, "StringLike", "repo:octo-org/app:*"),
        ({"branch": "release/*"}, "StringLike", "repo:octo-org/app:ref:refs/heads/release/*"),
        (
            {"branch": "main", "owner_id": "123456", "repository_id": "456789"},
            "StringEquals",
            "repo:octo-org@123456/app@456789:ref:refs/heads/main",
        ),
        (
            {"branch": "main", "owner_id": "123456", "repository_id": "456789", "both_forms": True},
            "StringEquals",
            ["repo:octo-org@123456/app@456789:ref:refs/heads/main", "repo:octo-org/app:ref:refs/heads/main"],
        ),
    ],
)
def test_github_subjects(answers: dict[str, Any], operator: str, subject: Any) -> None:
    """Every kind of run, in both forms; wildcards stand under StringLike."""
    assert github(**answers)[operator][f"{KEY}:sub"] == subject


def test_github_needs_both_ids() -> None:
    """One alone can be in no subject."""
    with pytest.raises(ValueError, match="repository_id: Needed, for example 456789"):
        github(branch="main", owner_id="123456")


def test_github_companions() -> None:
    """The workflow asks for a token and names this role; the provider is the issuer's."""
    workflow, provider = built("github_oidc", owner="octo-org", repository="app", branch="main").companions
    assert "id-token: write" in workflow.text and "arn:aws:iam::111122223333:role/example-role" in workflow.text
    assert dict(provider.data) == {"url": f"https://{KEY}", "client_id": "sts.amazonaws.com"}
