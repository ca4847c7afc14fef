"""The line above the text: what keeps the form's answers from it, once there are answers."""

from __future__ import annotations

import pytest

import trust_widgets as tw
from trust_widgets.views.editor_status import status_of

GITHUB = {"owner": "octo-org", "repository": "app", "branch": "main"}


@pytest.mark.parametrize("pattern", sorted(tw.PATTERNS))
def test_nothing_complains_before_the_reader_has_typed(pattern: str) -> None:
    """A kind of caller was chosen, and nothing answered."""
    model = tw.TrustModel(grants=[tw.Grant(pattern)])
    assert status_of(model) == ""
    assert tw.EditorView(model).state["status"] == ""


def test_the_first_question_of_the_form_that_is_empty_is_named() -> None:
    """In the form's order, not in that of the complaints."""
    model = tw.TrustModel(grants=[tw.Grant("github_oidc", {"owner": "octo-org"})])
    assert status_of(model) == "Policy not updated yet. Required: AWS account of the role"
    model.account = "111122223333"
    assert status_of(model) == "Policy not updated yet. Required: Repository"


def test_a_wrong_answer_is_not_called_missing() -> None:
    """It is there, and wrong."""
    answers = {**GITHUB, "owner_id": "12a"}
    model = tw.TrustModel(account="111122223333", grants=[tw.Grant("github_oidc", answers)])
    assert status_of(model) == "Policy not updated yet. Correct: Owner ID"


def test_another_entry_than_the_selected_one_is_named() -> None:
    """Its form is not on the screen."""
    model = tw.TrustModel(
        account="111122223333",
        grants=[tw.Grant("github_oidc", GITHUB), tw.Grant("another_account", {"narrowing": "x"})],
    )
    model.grants = [model.grants[0], tw.Grant("another_account", {"caller_account": "4444"})]
    model.selected = 0
    assert status_of(model).startswith("Policy not updated yet. Correct: Account (in ")


def test_a_guard_without_a_value_is_named_by_what_the_form_calls_it() -> None:
    """A key of any kind has the fields Key and Values."""
    for guard, label in ((tw.Guard(""), "Key"), (tw.Guard("aws:SourceVpc"), "Values")):
        grant = tw.Grant("aws_service", {"services": ("ec2.amazonaws.com",)}, (guard,))
        assert status_of(tw.TrustModel(grants=[grant])).endswith(f"Required: {label}")


def test_another_kind_of_caller_is_a_change_that_is_not_in_the_text() -> None:
    """The policy is still that of the kind before."""
    model = tw.TrustModel(account="111122223333", grants=[tw.Grant("github_oidc", GITHUB)])
    model.change_grant(0, model.grants[0].switched_to("another_account"))
    assert status_of(model) == "Policy not updated yet. Required: Account"


@pytest.mark.parametrize(
    ("text", "status"), [("{", "Invalid JSON, line 1"), ('{"Version": ', "Invalid JSON")]
)
def test_a_text_that_cannot_be_read(text: str, status: str) -> None:
    """The line of the first problem."""
    assert status_of(tw.TrustModel(text=text)).startswith(status)
