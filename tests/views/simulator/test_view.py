"""Try a caller, without a browser: what is drawn, what is taken, what is kept, and what is not."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from ipywidgets.embed import embed_data

import trust_widgets as tw
from trust_widgets.callers import CALLERS
from trust_widgets.saved_callers import Kept, from_json
from trust_widgets.views.tables import tables

HOSTILE = '<img src=x onerror="alert(1)">'
RUN = {"owner": "octo-org", "repository": "app", "branch": "main"}
GITHUB = tw.Grant("github_oidc", dict(RUN))
EC2 = tw.Grant("aws_service", {"services": ("ec2.amazonaws.com",)})
SIGNATURE = "c2lnbmF0dXJlLW9mLWEtdG9rZW4"


def model(*grants: tw.Grant) -> tw.TrustModel:
    """A model of a role in account 111122223333."""
    return tw.TrustModel(account="111122223333", grants=list(grants or (GITHUB,)))


def fill(view: Any, **fields: Any) -> None:
    """What the browser sends when fields were typed."""
    view.typed = {
        "revision": view.state["revision"] + 1,
        "caller": view.caller,
        "fields": fields,
        "kept": None,
    }


def click(view: Any, do: str, **arguments: Any) -> None:
    """What the browser sends for a click."""
    view._hear(view, {"do": do, **arguments}, [])
    assert view.state["fault"] is None


def token(**claims: Any) -> str:
    """A JWT with these claims, as an issuer signs it."""
    parts = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
        for part in ({"alg": "RS256"}, claims)
    ]
    return f"{parts[0]}.{parts[1]}.{SIGNATURE}"


def run_token(**more: Any) -> str:
    """The token of a run on main."""
    issuer = "https://token.actions.githubusercontent.com"
    return token(
        iss=issuer, aud="sts.amazonaws.com", sub="repo:octo-org/app:ref:refs/heads/main", **more
    )


def test_it_starts_with_the_caller_that_the_policy_is_for() -> None:
    """Filled such that it gets in."""
    service, run = tw.SimulatorView(model(EC2)), tw.SimulatorView(model(GITHUB))

    assert (service.caller, service.state["answer"]["outcome"]) == ("aws_service", "allowed")
    assert (run.caller, run.state["answer"]["outcome"]) == ("github_actions", "allowed")


def test_without_a_policy_nobody_is_chosen() -> None:
    """The picker offers every caller, by group; what can be pasted comes first."""
    state = tw.SimulatorView().state

    assert (state["caller"], state["answer"], state["fields"]) == ("", None, [])
    groups = tables()["callerGroups"]
    assert {caller["name"] for group in groups for caller in group["callers"]} == set(CALLERS)
    assert groups[0]["title"] == "Pasted"


def test_each_key_of_the_form_is_decided() -> None:
    """The branch decides; what differs is marked on both sides."""
    view = tw.SimulatorView(model())
    fill(view, branch="dev")
    answer = view.state["answer"]
    (row,) = [row for row in answer["rows"] if row["truth"] == "no"]

    assert (answer["outcome"], answer["word"]) == ("not allowed", "Not allowed")
    assert (row["label"], row["key"]) == ("sub", "token.actions.githubusercontent.com:sub")
    assert (row["has"][0]["differs"], row["wants"][0]["differs"]) == ("dev", "main")


def test_each_key_of_the_policy_is_decided() -> None:
    """The caller stays as it is when the policy changes."""
    view = tw.SimulatorView(model())
    view.model.text = view.model.text.replace("heads/main", "heads/prod")

    assert view.state["answer"]["outcome"] == "not allowed"
    assert {field["name"]: field["value"] for field in view.state["fields"]}["branch"] == "main"


def test_a_wrong_answer_complains_at_its_place() -> None:
    """And there is no answer until it is right."""
    view = tw.SimulatorView(
        model(tw.Grant("another_account", {"caller_account": "444455556666"})), "iam_user"
    )
    fill(view, arn="arn:aws:iam::4444:user/ops")
    field = next(field for field in view.state["fields"] if field["name"] == "arn")

    assert "ARN of a user" in field["complaint"] and view.state["answer"] is None
    assert view.state["wrong"] == 'Enter "User" to see the result.'


def test_an_untouched_form_does_not_complain() -> None:
    """It says what is wanted where the answer will stand."""
    view = tw.SimulatorView(model(), "gitlab_ci")

    assert all(not field["complaint"] for field in view.state["fields"])
    assert view.state["wrong"].startswith('Enter "')


def test_answers_that_contradict_one_another_are_said_so() -> None:
    """A long-term key carries no MFA from signing in."""
    view = tw.SimulatorView(
        model(), "iam_user", arn="arn:aws:iam::444455556666:user/ops", mfa="session"
    )

    assert view.state["answer"] is None
    assert view.state["wrong"].startswith("A long-term access key carries no MFA")


def test_what_was_typed_for_another_caller_is_not_taken() -> None:
    """It arrives after another was chosen."""
    view = tw.SimulatorView(model())
    click(view, "choose", name="gitlab_ci")
    view.typed = {"revision": 9, "caller": "github_actions", "fields": {"branch": "dev"}}
    click(view, "choose", name="github_actions")

    assert view.state["answer"]["outcome"] == "allowed"


def test_a_caller_left_keeps_its_answers() -> None:
    """Until it is filled anew from the policy."""
    view = tw.SimulatorView(model())
    fill(view, branch="dev")
    click(view, "choose", name="iam_user")
    click(view, "choose", name="github_actions")
    assert view.state["answer"]["outcome"] == "not allowed"

    click(view, "guess")
    assert view.state["answer"]["outcome"] == "allowed"


def test_a_form_is_filled_from_the_policy_only_where_the_policy_is_for_it() -> None:
    """There is no such offer for other callers."""
    view = tw.SimulatorView(model())
    assert view.state["guesses"]

    click(view, "choose", name="gitlab_ci")
    assert not view.state["guesses"]


def test_the_accounts_of_the_role_are_one() -> None:
    """The form's is the model's."""
    view = tw.SimulatorView(model())
    fill(view, role_account="4444-5555-6666")

    assert view.model.account == "444455556666"


def test_while_the_text_cannot_be_read_the_last_good_policy_answers() -> None:
    """Drawn as stale, without places and fixes, which the text does not have."""
    view = tw.SimulatorView(model())
    fill(view, branch="dev")
    view.model.text = view.model.text[:-5]
    answer = view.state["answer"]

    assert view.state["stale"] and answer["outcome"] == "not allowed"
    assert answer["place"] == "" and all(change["fix"] is None for change in answer["changes"])
    assert "This is based on the last valid version" in view.still()
    click(view, "apply", id=answer["changes"][0]["id"])
    assert not view.model.is_good


def test_a_change_of_the_policy_is_applied_and_undone() -> None:
    """Through the model, as one step."""
    view = tw.SimulatorView(model())
    fill(view, branch="dev")
    before = view.model.text
    change = next(change for change in view.state["answer"]["changes"] if change["fix"])
    click(view, "apply", id=change["id"])
    assert change["where"] == "policy" and view.state["answer"]["outcome"] == "allowed"

    view.model.undo()
    assert (view.model.text, view.state["answer"]["outcome"]) == (before, "not allowed")


def test_a_change_that_is_no_longer_offered_is_not_applied() -> None:
    """The policy was changed while the reader clicked."""
    view = tw.SimulatorView(model())
    fill(view, branch="dev")
    change = next(change for change in view.state["answer"]["changes"] if change["fix"])
    view.model.text = view.model.text.replace("heads/main", "heads/dev")
    before = view.model.text
    click(view, "apply", id=change["id"])

    assert view.model.text == before


def test_the_whole_reasoning_comes_on_demand() -> None:
    """Every node with a place leads to it."""
    view = tw.SimulatorView(model())
    assert view.state["answer"]["tree"] is None
    click(view, "whole", whole=True)
    tree = view.state["answer"]["tree"]
    statement = tree["parts"][0]
    click(view, "show", path=statement["parts"][0]["path"])

    assert (statement["place"], tree["place"]) == ("line 4", "")
    assert view.model.shown[0] == ("Statement", 0, "Principal", "Federated", 0)


def test_a_call_that_needs_several_actions_says_so() -> None:
    """Tags ask for sts:TagSession besides."""
    account = tw.Grant("another_account", {"caller_account": "444455556666"})
    user = {
        "arn": "arn:aws:iam::444455556666:user/ops",
        "permission": "yes",
        "tags": ("Project=shop",),
    }
    view = tw.SimulatorView(model(account), "iam_user", **user)
    click(view, "whole", whole=True)

    assert view.state["answer"]["outcome"] == "not allowed"
    assert view.state["answer"]["tree"]["text"].startswith("The request needs 2 actions")
    assert len(view.state["answer"]["tree"]["parts"]) == 2


def bench() -> Any:
    """A view with two kept callers: main, allowed; dev, not allowed."""
    view = tw.SimulatorView(model())
    click(view, "keep", name="main")
    fill(view, branch="dev")
    click(view, "keep", name="dev")
    return view


def kept_of(view: Any) -> list[tuple[str, str, bool]]:
    """Name, outcome, and whether it is as expected, of each row."""
    return [(row["name"], row["outcome"], row["agrees"]) for row in view.state["kept"]]


def test_kept_callers_are_decided_again_when_the_policy_changes() -> None:
    """They expect what was so when they were kept."""
    view = bench()
    assert kept_of(view) == [("main", "allowed", True), ("dev", "not allowed", True)]

    view.model.text = view.model.text.replace("heads/main", "heads/*").replace(
        "StringEquals", "StringLike"
    )
    assert kept_of(view) == [("main", "allowed", True), ("dev", "allowed", False)]


def test_a_kept_caller_is_renamed_and_expected_otherwise() -> None:
    """As typed into the table; typing for a table of another length is not taken."""
    view = bench()
    typed = [{"name": "main", "expected": "allowed"}, {"name": "a branch", "expected": "denied"}]
    view.typed = {"revision": 20, "caller": view.caller, "fields": {}, "kept": typed}
    view.typed = {"revision": 21, "caller": view.caller, "fields": {}, "kept": typed[:1]}

    assert kept_of(view) == [("main", "allowed", True), ("a branch", "not allowed", False)]


def test_a_kept_caller_is_opened_replaced_and_removed() -> None:
    """Kept under its own name again, it takes its own place."""
    view = bench()
    click(view, "open_kept", index=0)
    assert view.state["name"] == "main" and view.state["answer"]["outcome"] == "allowed"
    fill(view, branch="other")
    click(view, "keep", name="main")
    assert kept_of(view) == [("main", "not allowed", True), ("dev", "not allowed", True)]

    click(view, "remove", index=0)
    assert [name for name, *_ in kept_of(view)] == ["dev"]


def test_kept_callers_go_out_and_come_back() -> None:
    """As JSON; what was loaded twice is there once."""
    view, other = bench(), tw.SimulatorView(model())
    (text,) = [file["text"] for file in view.state["files"] if file["title"] == "JSON"]
    click(other, "load", text=text)
    click(other, "load", text=text)

    assert other.kept == view.kept == from_json(text)
    assert kept_of(other) == kept_of(view)


def test_what_cannot_be_loaded_is_said_at_its_place() -> None:
    """And nothing is lost."""
    view = bench()
    click(view, "load", text='{"callers": 1}')
    assert (
        'format: this is not a file of saved callers. Such a file contains "format": "'
    ) in view.state["said"] and len(view.kept) == 2

    click(view, "load", text=view.state["files"][0]["text"])
    assert view.state["said"] == ""


def test_the_kept_callers_are_a_test() -> None:
    """A file that pytest takes, with a case for each."""
    (text,) = [file["text"] for file in bench().state["files"] if file["title"] == "pytest"]
    compile(text, "test_trust_policy.py", "exec")

    assert "'not allowed'" in text or '"not allowed"' in text


def test_a_kept_caller_that_is_no_call_any_more_says_why() -> None:
    """A file may hold answers that a form would not take."""
    view = tw.SimulatorView(model(), kept=[Kept("x", "iam_user", {"arn": "nobody"})])
    (row,) = view.state["kept"]

    assert (row["outcome"], row["word"], row["agrees"]) == ("", "No call", False)
    assert "ARN" in row["note"]


def test_a_kept_request_has_no_form() -> None:
    """It is decided all the same."""
    call = tw.Request("sts:AssumeRole", "ec2.amazonaws.com")
    view = tw.SimulatorView(model(EC2), kept=[Kept("call", request=call, expected="allowed")])
    click(view, "open_kept", index=0)

    assert (view.state["kept"][0]["opens"], view.state["kept"][0]["agrees"]) == (False, True)
    assert view.caller == "aws_service"


def test_an_event_token_or_message_is_pasted_into_many_lines() -> None:
    """And so is nothing else."""
    long = {
        (name, f["name"])
        for name in CALLERS
        for f in tw.SimulatorView(model(), name).state["fields"]
        if f["long"]
    }

    pasted = ("token", "cloudtrail_event", "error_message", "access_troubleshooter")
    assert long == {(name, "text") for name in pasted}


def test_a_pasted_token_leaves_no_signature_behind() -> None:
    """Nor claims that AWS does not read: in no state, no still form, no kept caller."""
    view = tw.SimulatorView(model(), "token")
    fill(view, text=run_token(secret="of-nobodys-business", exp=1))
    click(view, "keep", name="a run")
    shown = json.dumps(view.state) + view.still() + repr(view) + repr(view.kept)

    assert view.state["answer"]["outcome"] == "allowed"
    assert any("expired" in remark for remark in view.state["remarks"])
    for secret in (SIGNATURE, "of-nobodys-business", run_token()[:30]):
        assert secret not in shown


def test_what_is_no_token_is_not_repeated() -> None:
    """The message says what a token looks like, and not what was pasted."""
    view = tw.SimulatorView(model(), "token")
    fill(view, text=HOSTILE)

    assert view.state["answer"] is None and HOSTILE not in view.state["wrong"]
    assert "<img" not in view.still()


def test_an_external_id_is_written_nowhere() -> None:
    """Not in the still form that a notebook keeps, nor in the files."""
    vendor = tw.Grant("vendor", {"vendor": "444455556666", "external_id": "b2f6c3de-9a41"})
    asked = {
        "arn": "arn:aws:iam::444455556666:user/ops",
        "external_id": "b2f6c3de-9a41",
        "permission": "yes",
    }
    view = tw.SimulatorView(model(vendor), "iam_user", **asked)
    click(view, "keep", name="ops")

    assert view.state["answer"]["outcome"] == "allowed"
    fill(view, external_id="b2f6c3de-0000")
    assert view.state["answer"]["outcome"] == "not allowed" and "b2f6c3de-0000" not in view.still()
    click(view, "open_kept", index=0)
    assert "b2f6c3de-9a41" not in view.still() + "".join(
        file["text"] for file in view.state["files"]
    )


def test_the_still_form_tells_question_answer_and_bench() -> None:
    """For readers without a kernel, escaped."""
    view = bench()
    fill(view, branch="dev")
    click(view, "keep", name=HOSTILE)
    still = view.still()

    assert "GitHub Actions run" in still and "<code>dev</code>" in still
    assert "<b>Not allowed. </b>" in still and "as expected" in still
    assert "<img" not in still and "&lt;img" in still


def test_hostile_answers_and_policies_are_plain_values() -> None:
    """Markup in every field of every caller's form: nothing fails, and the still form has none."""
    for name, caller in CALLERS.items():
        view = tw.SimulatorView(model(), name)
        texts = {field.name: HOSTILE for field in caller.fields if field.kind == "text"}
        fill(
            view,
            **texts,
            **{field.name: [HOSTILE] for field in caller.fields if field.kind == "list"},
        )
        assert view.state["fault"] is None
        assert "<img" not in view.still()


def test_its_repr_tells_the_caller_and_the_outcome() -> None:
    """The same at every run: notebooks compare it."""
    view = tw.SimulatorView(model(EC2))

    assert repr(view) == f"SimulatorView('aws_service: allowed', {view.model.summary!r})"
    assert repr(tw.SimulatorView()).startswith("SimulatorView('no caller tried yet'")


def test_a_caller_or_an_answer_that_is_not_there() -> None:
    """The message lists those that are."""
    with pytest.raises(KeyError, match="github_actions"):
        tw.SimulatorView(model(), "martian")
    with pytest.raises(TypeError, match=r"(?i)its questions are .*owner"):
        tw.SimulatorView(model(), "github_actions", planet="Mars")


def test_it_is_a_part_of_the_builder() -> None:
    """With the builder's model."""
    builder = tw.TrustBuilder(model(EC2))

    assert builder.parts["simulator"].model is builder.model
    assert builder.parts["simulator"].caller == "aws_service"


@pytest.mark.parametrize("caller", ["token", "cloudtrail_event"])
def test_what_was_pasted_is_in_no_saved_state(caller: str) -> None:
    """Neither in the widget's own state nor in what "Save Widget State", Voila and nbconvert
    write.
    """
    view = tw.SimulatorView(model(), caller)
    event = {
        "eventName": "AssumeRole",
        "userIdentity": {
            "type": "IAMUser",
            "arn": "arn:aws:iam::444455556666:user/ops",
            "accountId": "444455556666",
        },
        "requestParameters": {
            "roleArn": "arn:aws:iam::111122223333:role/app",
            "roleSessionName": "run-1",
        },
        "responseElements": {"credentials": {"sessionToken": SIGNATURE}},
    }
    pasted = run_token() if caller == "token" else json.dumps(event)
    fill(view, text=pasted)
    saved = json.dumps(embed_data([view])["manager_state"]) + json.dumps(view.get_state())

    assert view.decision is not None  # it was taken in
    assert SIGNATURE not in saved
    assert view.get_state()["typed"] == {"revision": view.state["revision"]}


NOT_TAKEN = {
    "token": [
        f"eyJhbGciOiJSUzI1NiJ9.{SIGNATURE}",
        SIGNATURE,
        f"Bearer x.{SIGNATURE}.",
        "{" + SIGNATURE,
    ],
    "cloudtrail_event": [
        f'{{"eventName": "AssumeRole", "sessionToken": "{SIGNATURE}"',
        f'{{"eventName": "PutObject", "sessionToken": "{SIGNATURE}"}}',
        f'["{SIGNATURE}"]',
    ],
    "error_message": [f"aws_session_token = {SIGNATURE}", f"{{{SIGNATURE}"],
}


@pytest.mark.parametrize(
    ("caller", "pasted"), [(name, text) for name, texts in NOT_TAKEN.items() for text in texts]
)
def test_what_was_pasted_and_not_read_is_in_no_saved_state(caller: str, pasted: str) -> None:
    """Half a token, or something else altogether: the page alone keeps it, marked as kept back."""
    builder = tw.TrustBuilder(model())
    view = tw.SimulatorView(model(), caller)
    for shown in (view, builder.parts["simulator"]):
        click(shown, "choose", name=caller) if shown is view else shown.do_choose(caller)
        fill(shown, text=pasted)
        (field,) = [each for each in shown.state["fields"] if each["name"] == "text"]
        assert (field["withheld"], field["value"]) == (True, "") and shown.state["wrong"]
    saved = json.dumps(embed_data([view, builder])["manager_state"])
    pages = [each._repr_mimebundle_()[0]["text/html"] for each in (view, builder)]
    assert SIGNATURE not in saved + "".join(pages) + repr(view)


def test_what_was_pasted_and_not_read_is_forgotten_with_its_caller() -> None:
    """The page forgets its copy too when another form comes."""
    view = tw.SimulatorView(model(), "token")
    fill(view, text=f"half.{SIGNATURE}")
    click(view, "choose", name="iam_user")
    click(view, "choose", name="token")
    (field,) = [each for each in view.state["fields"] if each["name"] == "text"]
    assert not field["withheld"] and SIGNATURE not in field["value"]


def test_a_page_that_is_opened_later_counts_on() -> None:
    """The number of the newest typing stays, so that what is typed next is taken in."""
    view = tw.SimulatorView(model())
    assert view.get_state()["typed"] == {}
    fill(view, branch="release")
    fill(view, branch="next")
    assert view.get_state()["typed"]["revision"] == view.state["revision"] == 2
