"""What a builder sends of its parts' states, and how much."""

from __future__ import annotations

import json
from typing import Any

import trust_widgets as tw
from trust_widgets.views.sent import without_blanks

QUOTA = [
    tw.Grant("github_oidc", {"owner": "octo-org", "repository": f"app{n}", "branch": "main"})
    for n in range(5)
]


def merged(findings: list[dict[str, Any]], whole: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What `frontend/src/shared/blank.ts` makes of findings: blanks have the type of the whole."""
    firsts: dict[str, dict[str, Any]] = {}
    made = []
    for finding, original in zip(findings, whole, strict=True):
        blank = {
            name: type(value)() if value is not None else None for name, value in original.items()
        }
        each = {**blank, **firsts.get(finding["code"], {}), **finding}
        firsts.setdefault(finding["code"], each)
        made.append(each)
    return made


def test_the_browser_gets_findings_back_whole() -> None:
    """Also those that are like another one in all but their places, and one with a fix beside."""
    text = tw.TrustModel(account="111122223333", grants=QUOTA).text.replace("app1", "*", 1)
    findings = tw.FindingsView(tw.TrustModel(text=text)).state["findings"]
    assert len({each["code"] for each in findings}) < len(findings)

    sent = without_blanks({"findings": findings})["findings"]
    assert merged(sent, findings) == findings
    assert len(json.dumps(sent)) < 0.75 * len(json.dumps(findings))


def test_a_builder_at_the_quota_is_small() -> None:
    """At most 60 kB to the page with Jupyter's own parts of 12 messages, of 700 bytes each."""
    builder = tw.TrustBuilder(tw.TrustModel(account="111122223333", grants=QUOTA))
    builder.parts["who"].hear({"do": "open"})
    state = builder.get_state()
    assert "text" not in state["editor_state"] and state["text"] == builder.model.text

    size = len(json.dumps(state, ensure_ascii=False)) + len(builder.framed_still())
    assert size < 60_000 - 12 * 700


def test_only_the_chosen_export_is_written() -> None:
    """At a key all others would be written for nobody."""
    view = tw.ExportView(tw.TrustModel(account="111122223333", grants=QUOTA[:1]))
    view.do_open()
    assert [each["name"] for each in view.state["exports"] if each["text"]] == ["json"]

    view.hear({"do": "choose", "name": "terraform"})
    assert [each["name"] for each in view.state["exports"] if each["text"]] == ["terraform"]


def test_an_offer_of_a_claim_is_named_for_its_key() -> None:
    """All others keep their name; what greys one is sent."""
    model = tw.TrustModel(account="111122223333", grants=QUOTA[:1])
    offers = tw.FormView(model).state["offers"]
    sent = without_blanks({"offers": offers})["offers"]
    whole = [
        {
            "name": f"key {each.get('key')}",
            "label": each.get("key", "").split(":")[-1],
            "reason": "",
            **each,
        }
        for each in sent
    ]
    assert [{"recommended": False, "key": "", **each} for each in whole] == offers
    assert {"key": "token.actions.githubusercontent.com:actor"} in sent
