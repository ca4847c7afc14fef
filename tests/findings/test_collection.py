"""What `check` and `who_gets_in` return: tuples that show themselves."""

from __future__ import annotations

import copy
import json
import pickle
from html.parser import HTMLParser
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import trust_widgets as tw
from trust_widgets.access.caller_class import CallerClasses
from trust_widgets.findings import Findings
from trust_widgets.policy import Accepted


def policy(*principals: Any) -> str:
    """A policy that lets each of them in by a statement of its own."""
    statements = [
        {"Effect": "Allow", "Principal": each, "Action": "sts:AssumeRole"} for each in principals
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


TWO = policy({"AWS": "*"}, {"AWS": "444455556666"})
HOSTILE = policy({"AWS": '<img src=x onerror="window.hacked=1">\x1b[2J\nTP000'})


class Seen(HTMLParser):
    """The elements of some HTML, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def both(text: str) -> list[Any]:
    """Both results for one policy."""
    return [tw.check(text), tw.who_gets_in(tw.parse(text))]


@pytest.mark.parametrize("text", [TWO, policy(), HOSTILE])
def test_they_are_tuples(text: str) -> None:
    """Equal to one, sliced and added to one; copied and pickled to themselves."""
    for found in both(text):
        plain = tuple(found)
        assert type(plain) is tuple and found == plain and plain == found
        assert type(found[:1]) is tuple and type(found + ()) is tuple
        for again in (pickle.loads(pickle.dumps(found)), copy.deepcopy(found)):
            assert again == found and type(again) is type(found)
    assert isinstance(tw.check(text), Findings) and isinstance(
        tw.who_gets_in(tw.parse(text)), CallerClasses
    )


def test_a_finding_is_a_line() -> None:
    """Code, verdict, place and message; the worst first, as everywhere."""
    found = tw.check(TWO)
    lines = repr(found).split("\n")
    assert len(lines) == len(found) == 2
    assert lines[0].startswith("TP301 open (critical) at Statement[0].Principal.AWS[0]: ")
    assert lines[1].startswith("TP302 open (high) at Statement[1].Principal.AWS[0]: ")
    assert all(line.endswith(finding.message) for line, finding in zip(lines, found, strict=True))


def test_nothing_is_told_as_such() -> None:
    """Rather than as an empty pair of brackets."""
    assert repr(tw.check(policy({"Service": "ec2.amazonaws.com"}))) == "No findings."
    assert repr(tw.who_gets_in(tw.parse(policy()))) == "No one can assume this role yet."


def test_what_is_accepted_says_so() -> None:
    """With its reason, in both forms; in HTML it is folded away."""
    home = tw.Home(accepted=(Accepted("TP301", "Public on purpose."),))
    found = tw.check(policy({"AWS": "*"}), home)
    assert repr(found).endswith("(accepted: Public on purpose.)")
    html = found._repr_mimebundle_()["text/html"]
    assert "1 accepted" in html and html.index("Public on purpose.") > html.index("<details>")


def test_links_do_not_run_together() -> None:
    """A dot stands between the page and the source."""
    assert ("Learn more about TP301 · Source") in Seen(
        tw.check(TWO)._repr_mimebundle_()["text/html"]
    ).text


def test_a_class_of_callers_is_a_line() -> None:
    """Its statement, its sentence, and whether a stranger is among them."""
    lines = repr(tw.who_gets_in(tw.parse(TWO))).split("\n")
    assert (
        lines[0] == "Statement 1: Anyone with an AWS account can assume this role. This includes "
        "external access."
    )
    assert lines[1].startswith("Statement 2: ") and "444455556666" in lines[1] and len(lines) == 2


def test_a_stranger_makes_neither_a_line_nor_an_element() -> None:
    """What stands in a policy stays text."""
    clean = Seen(tw.check(TWO)._repr_mimebundle_()["text/html"]).elements
    found = tw.check(HOSTILE)
    assert len(repr(found).split("\n")) == len(found) and "\x1b" not in repr(found)
    seen = Seen(found._repr_mimebundle_()["text/html"])
    assert seen.elements <= clean and "<img src=x" in seen.text

    sneaky = tw.TrustPolicy(
        (
            tw.Statement(
                principal=tw.Principal(service="<b>x</b>\n\x1b[2J"), action="sts:AssumeRole"
            ),
        )
    )
    callers = tw.who_gets_in(sneaky)
    assert len(repr(callers).split("\n")) == max(len(callers), 1) and "\x1b" not in repr(callers)
    assert "b" not in Seen(callers._repr_mimebundle_()["text/html"]).elements


def test_the_findings_look_like_their_view() -> None:
    """The same cards, in the same frame, whichever way a reader came to them."""
    model = tw.TrustModel(text=TWO)
    assert (
        tw.check(TWO)._repr_mimebundle_()["text/html"]
        == tw.FindingsView(model)._repr_mimebundle_()[0]["text/html"]
    )


def test_a_notebook_shows_callers_with_their_calls() -> None:
    """Each class with the call that shows it."""
    callers = tw.who_gets_in(tw.parse(TWO))
    seen = Seen(callers._repr_mimebundle_()["text/html"])
    for each in callers:
        assert each.sentence in seen.text and each.witness and each.witness.principal in seen.text


@pytest.mark.parametrize("asked", ["tw.check(text)", "tw.who_gets_in(tw.parse(text))"])
def test_a_cell_shows_them(asked: str) -> None:
    """IPython takes both forms, and shows lines where no browser is."""
    shell = InteractiveShell()
    shell.user_ns.update(tw=tw, text=TWO)
    with capture_output() as captured:
        found = shell.run_cell(asked).result
    assert repr(found) in captured.stdout and "(Finding(" not in captured.stdout
    data, _ = shell.display_formatter.format(found)
    assert data["text/plain"] == repr(found) and "444455556666" in data["text/html"]
