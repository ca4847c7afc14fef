"""Files that the kernel saves where the notebook is."""

from __future__ import annotations

from pathlib import Path

import pytest

import trust_widgets as tw
from trust_widgets.views.messages import MessageError

TEXT = '{"Version": "2012-10-17", "Statement": []}'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def editor() -> tw.EditorView:
    return tw.EditorView(tw.TrustModel(text=TEXT))


def test_the_policy_is_saved_and_its_path_told(folder: Path) -> None:
    view = editor()
    view.do_save("trust-policy.json")
    path = folder / "trust-policy.json"
    assert path.read_text() == TEXT
    assert view.state["saved"] == {
        "filename": "trust-policy.json",
        "said": f"Saved as {path}",
        "exists": False,
    }


def test_what_was_said_goes_with_the_next_change_and_the_own_file_is_replaced(folder: Path) -> None:
    view = editor()
    view.do_save("trust-policy.json")
    view.model.text = TEXT.replace("[]", "[ ]")
    assert view.state["saved"] is None
    view.do_save("trust-policy.json")
    assert (folder / "trust-policy.json").read_text() == view.model.text


def test_another_file_is_replaced_only_where_the_reader_says_so(folder: Path) -> None:
    path = folder / "trust-policy.json"
    path.write_text("mine")
    view = editor()
    for _ in range(2):
        view.do_save("trust-policy.json")
        assert path.read_text() == "mine"
        assert view.state["saved"]["exists"]
    view.do_save("trust-policy.json", replace=True)
    assert path.read_text() == TEXT


def test_no_other_file_can_be_named(folder: Path) -> None:
    for name in ("../trust-policy.json", "other.json", str(folder / "trust-policy.json")):
        with pytest.raises(MessageError, match="no file"):
            editor().do_save(name)
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(folder: Path) -> None:
    (folder / "trust-policy.json").mkdir()
    view = editor()
    view.do_save("trust-policy.json", replace=True)
    assert view.state["saved"]["said"].startswith("Not saved: ")


def test_a_visitor_of_voila_saves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5")
    view = editor()
    assert not view.state["canSave"]
    with pytest.raises(MessageError):
        view.do_save("trust-policy.json")
    assert list(folder.iterdir()) == []


def test_home_is_saved_where_it_was_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the nearest parent that has such a file."""
    (folder / "trust-home.toml").write_text('accounts = ["111122223333"]\n')
    inner = folder / "notebooks"
    inner.mkdir()
    monkeypatch.chdir(inner)
    view = tw.HomeView(tw.TrustModel(home=tw.Home(accounts=("444455556666",))))
    view.do_save("trust-home.toml", replace=True)
    assert tw.Home.load(inner).accounts == ("444455556666",)
    assert list(inner.iterdir()) == []


def test_kept_callers_are_saved_as_their_files(folder: Path) -> None:
    model = tw.TrustModel(grants=[tw.Grant("aws_service", {"services": ("ec2.amazonaws.com",)})])
    view = tw.SimulatorView(model)
    view.do_keep("ec2")
    view.do_save("kept-callers.json")
    assert (folder / "kept-callers.json").read_text() == view.state["files"][0]["text"]
