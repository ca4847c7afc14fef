"""What an unfinished form is about to write, and what the parts say while it is unfinished."""

from __future__ import annotations

import json

import pytest

import trust_widgets as tw
from trust_widgets.views.draft_preview import preview_of

GITHUB = {"owner": "octo-org", "repository": "app", "branch": "main"}


def model(pattern: str, **answers: object) -> tw.TrustModel:
    return tw.TrustModel(grants=[tw.Grant(pattern, answers)])


def test_gaps_are_named_as_the_form_names_them() -> None:
    """What is answered stands at its place, from the first key on."""
    shown = json.loads(preview_of(model("github_oidc", owner="octo-org", repository="app")))
    assert shown["Principal"]["Federated"].startswith("arn:aws:iam::⟨AWS account of the role⟩:")
    subject = shown["Condition"]["StringEquals"]["token.actions.githubusercontent.com:sub"]
    assert subject == "repo:octo-org/app:ref:refs/heads/⟨Branch⟩"


@pytest.mark.parametrize("pattern", sorted(tw.PATTERNS))
def test_a_preview_is_json_with_gaps_or_nothing(pattern: str) -> None:
    """A pattern that looks an answer up can show nothing before there is one."""
    shown = preview_of(model(pattern))
    assert not shown or ("⟨" in shown and json.loads(shown)["Effect"] == "Allow")


def test_there_is_none_when_the_text_has_the_statements() -> None:
    """Neither of a finished form, nor of one that was finished before, nor without any."""
    done = tw.TrustModel(account="111122223333", grants=[tw.Grant("github_oidc", GITHUB)])
    assert preview_of(done) == preview_of(tw.TrustModel()) == ""
    done.change_grant(0, done.grants[0].switched_to("another_account"))
    assert preview_of(done) == ""


def test_parts_say_that_they_are_behind_the_form() -> None:
    """The sentence and the callers are those of the grant before the kind was changed."""
    builder = tw.TrustBuilder("github_oidc", account="111122223333", **GITHUB)
    builder.parts["who"].hear({"do": "open"})
    names = ("summary", "editor", "who")
    assert [builder.parts[name].state["behind"] for name in names] == [False] * 3

    builder.parts["form"].hear({"do": "switch", "pattern": "another_account"})
    assert [builder.parts[name].state["behind"] for name in names] == [True] * 3

    builder.parts["grants"].hear({"do": "add", "pattern": "aws_service"})
    builder.parts["grants"].hear({"do": "remove", "index": 0})
    assert [builder.parts[name].state["behind"] for name in names] == [False] * 3


def test_the_still_form_has_the_words_of_the_form() -> None:
    """No value of a choice, and the account too."""
    still = tw.FormView(
        tw.TrustModel(account="111122223333", grants=[tw.Grant("github_oidc", GITHUB)])
    ).still()
    assert "On one branch" in still and "AWS (commercial)" in still and "111122223333" in still
    assert "<code>branch</code>" not in still
