"""One mistake in several values of a list is one finding, at the list."""

from __future__ import annotations

import json
from typing import Any

import pytest

from support.asking import GITHUB, GITHUB_PROVIDER, HOME, WEB, loud, policy
from trust_widgets.findings import Finding
from trust_widgets.pitfalls import check
from trust_widgets.policy import Accepted, Home

LIST = ("Statement", 0, "Condition", "StringLike", f"{GITHUB}:sub")


def asking(*subjects: str) -> str:
    """A role for GitHub's jobs."""
    block = {
        "StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com"},
        "StringLike": {f"{GITHUB}:sub": list(subjects)},
    }
    return policy(GITHUB_PROVIDER, WEB, block)


def wide(count: int) -> list[str]:
    """Subjects for any run of a repository each."""
    return [f"repo:octo-org/app{number}:*" for number in range(count)]


@pytest.mark.parametrize("count", [3, 4, 15])
def test_a_list_is_one_finding(count: int) -> None:
    """At the list, with some of its values; the message is that of the first."""
    (finding,) = loud(asking(*wide(count)))
    assert (finding.code, finding.path) == ("TP304", LIST)
    assert finding.message.startswith('"repo:octo-org/app0:*"')
    assert '"repo:octo-org/app2:*"' in finding.message
    assert ("more" in finding.message) is (count > 4)


@pytest.mark.parametrize("count", [1, 2])
def test_few_have_one_each(count: int) -> None:
    assert [finding.path for finding in loud(asking(*wide(count)))] == [
        (*LIST, index) for index in range(count)
    ]


def test_another_severity_and_another_mistake_stay_apart() -> None:
    """An owner that strangers can have is worse than a repository that is one's own."""
    worse = loud(asking(*wide(3), "repo:octo*"))
    assert [(finding.severity, finding.path) for finding in worse] == [
        ("critical", (*LIST, 3)),
        ("medium", LIST),
    ]


@pytest.mark.parametrize("names", [("admin", "user"), ("admin", "user", "view")])
def test_principals_are_a_list_too(names: tuple[str, ...]) -> None:
    """Roles beside a service, under a key that only services have."""
    roles = [f"arn:aws:iam::111122223333:role/dz-{name}" for name in names]
    text = policy(
        {"Service": "datazone.amazonaws.com", "AWS": roles},
        ["sts:AssumeRole", "sts:TagSession"],
        {"StringEquals": {"aws:SourceAccount": "111122223333"}},
    )
    (finding,) = loud(text)
    assert (finding.code, finding.path) == ("TP207", ("Statement", 0, "Principal", "AWS"))


def test_the_fix_is_made_once_for_all() -> None:
    """Each value asks for the operator that reads wildcards."""
    arns = [f"arn:aws:iam::111122223333:role/app{number}-*" for number in range(3)]
    text = policy({"AWS": "111122223333"}, condition={"StringEquals": {"aws:PrincipalArn": arns}})
    (finding,) = loud(text, HOME)
    assert finding.code == "TP201" and finding.fix is not None
    after: Any = json.loads(finding.fix.apply(text))
    assert after["Statement"][0]["Condition"] == {"ArnLike": {"aws:PrincipalArn": arns}}
    assert loud(json.dumps(after), HOME) == []


def accepted(text: str, *entries: Accepted) -> list[Finding]:
    """What is left above advice."""
    found = check(text, Home(accepted=entries))
    return [each for each in found if each.verdict != "advice" and not each.accepted]


def test_the_list_can_be_accepted() -> None:
    """By its own value, or value by value; what is accepted is not counted to the list."""
    subjects = wide(3)
    text = asking(*subjects)
    (finding,) = loud(text)
    assert json.loads(finding.value) == subjects
    assert accepted(text, Accepted("TP304", "ours", value=finding.value)) == []
    assert accepted(text, *(Accepted("TP304", "ours", value=value) for value in subjects)) == []
    left = accepted(text, Accepted("TP304", "ours", value=subjects[0]))
    assert [each.path for each in left] == [(*LIST, 1), (*LIST, 2)]


def test_findings_are_in_the_order_of_the_policy() -> None:
    """The tenth value comes after the second."""
    values = [f"repo:octo-org/app{n}:ref:refs/heads/main" for n in range(12)]
    values[2], values[10] = "repo:octo-org/app2:*", "repo:octo-org/app10:*"
    assert [finding.path[-1] for finding in loud(asking(*values))] == [2, 10]
