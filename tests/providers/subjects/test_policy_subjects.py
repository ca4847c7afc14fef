"""Subjects as policies have them, built from parts that may be open, and read back."""

from __future__ import annotations

import pytest

from trust_widgets.providers import FACTS
from trust_widgets.providers.subjects.grammar import Grammar
from trust_widgets.providers.subjects.policy_subjects import (
    ANY,
    answers_of_subject,
    forms_without_rest,
    policy_subject,
    shared_start,
    takes,
)

ID = "11111111-2222-4333-8444-555555555555"
OTHER = "22222222-3333-4444-8555-666666666666"


def grammar(name: str) -> Grammar:
    """The grammar of a member."""
    found = FACTS[name].grammar
    assert found is not None
    return found


# As the vendors' pages write them, see each member's source.
@pytest.mark.parametrize(
    ("issuer", "kind", "parts", "subject"),
    [
        (
            "gitlab",
            "branch",
            {"group": "octo-org", "project": "app", "branch": "main"},
            "project_path:octo-org/app:ref_type:branch:ref:main",
        ),
        ("gitlab", ANY, {"group": "octo-org", "project": "app"}, "project_path:octo-org/app:*"),
        (
            "buildkite",
            "branch",
            {"organization": "octo-org", "pipeline": "app", "branch": "main"},
            "organization:octo-org:pipeline:app:ref:refs/heads/main:*",
        ),
        (
            "buildkite",
            "tag",
            {"organization": "octo-org", "pipeline": "app"},
            "organization:octo-org:pipeline:app:ref:refs/tags/*",
        ),
        (
            "buildkite",
            "branch",
            {"organization": "octo-org", "pipeline": "app", "branch": "main", "step": "deploy"},
            "organization:octo-org:pipeline:app:ref:refs/heads/main:commit:*:step:deploy",
        ),
        ("bitbucket", "step", {"repository": ID}, f"{{{ID}}}:*"),
        ("bitbucket", "step", {"repository": ID, "environment": OTHER}, f"{{{ID}}}:{{{OTHER}}}:*"),
        (
            "circleci",
            "job",
            {"organization": ID, "project": OTHER},
            f"org/{ID}/project/{OTHER}/user/*",
        ),
        (
            "circleci",
            "job",
            {"organization": ID, "project": OTHER, "ref": "refs/heads/main"},
            f"org/{ID}/project/{OTHER}/user/*/vcs-origin/*/vcs-ref/refs/heads/main",
        ),
        (
            "hcp_terraform",
            "workspace",
            {"organization": "octo-org", "project": "shop", "run_phase": ANY},
            "organization:octo-org:project:shop:*",
        ),
        (
            "hcp_terraform",
            "workspace",
            {"organization": "octo-org", "project": "shop", "workspace": "*", "run_phase": ANY},
            "organization:octo-org:project:shop:workspace:*:run_phase:*",
        ),
        ("fly", "machine", {"organization": "octo-org", "app": "shop"}, "octo-org:shop:*"),
    ],
)
def test_built_and_read_back(issuer: str, kind: str, parts: dict[str, str], subject: str) -> None:
    """Open parts at the end are one star, open parts before others a star each."""
    assert policy_subject(grammar(issuer), kind, parts) == subject
    told = {name: text for name, text in parts.items() if text != ANY}
    read = list(
        answers_of_subject(
            grammar(issuer), subject, optional=("commit", "user", "origin", "machine")
        )
    )
    assert (kind, told) in [
        (found, {name: text for name, text in answers.items() if text != ANY})
        for found, answers in read
    ]


@pytest.mark.parametrize("subject", ["repo:octo-org/app:pull_request", "project_path:octo*", "*"])
def test_another_text_has_no_answers(subject: str) -> None:
    """A star across several parts is nobody's answer."""
    assert list(answers_of_subject(grammar("gitlab"), subject)) == []


def test_where_several_forms_begin() -> None:
    """After a separator, so that no other project is matched; where all forms share a part."""
    assert shared_start(grammar("buildkite")) == "organization:{organization}:pipeline:{pipeline}:"
    assert shared_start(grammar("scalr")) == shared_start(grammar("auth0")) == ""
    # A build that a timer started has nothing after the pipeline.
    assert forms_without_rest(grammar("codefresh")) == ("cron",)


def test_what_a_part_takes() -> None:
    """A wildcard, where some value fits the whole."""
    (organization, *_) = grammar("circleci").parts
    assert takes(organization, ID) and takes(organization, "1111*")
    assert not takes(organization, "octo-org") and not takes(organization, "octo*")
