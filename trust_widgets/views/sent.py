"""What a builder sends of a part's state: without what the browser fills in.

`frontend/src/shared/blank.ts` is the other side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import traitlets

from trust_widgets.aws.keys.claims import last_part
from trust_widgets.views.guard_offers import OF_KEY


def without_blanks(state: Mapping[str, Any], _: object = None) -> dict[str, Any]:
    """Leave out of fields, cards, offers and findings what is false, empty or missing.

    A finding also leaves out what the first of its code has too.

    Example:
        >>> without_blanks({"fields": [{"name": "owner", "value": "", "half": False}]})
        {'fields': [{'name': 'owner', 'value': ''}]}
    """
    sent = dict(state)
    if "fields" in state:
        sent["fields"] = [_without_blanks(each) for each in state["fields"]]
    if "cards" in state:
        sent["cards"] = [_without_blanks(each) for each in state["cards"]]
    if "offers" in state:
        sent["offers"] = [_offer(each) for each in state["offers"]]
    if "findings" in state:
        sent["findings"] = list(_findings(state["findings"]))
    return sent


def _without_blanks(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value or name == "value"}


def _offer(offer: Mapping[str, Any]) -> dict[str, Any]:
    """An offer of a claim is named for its key."""
    blank = {"reason": "", "recommended": False}
    if offer["name"] == OF_KEY + offer["key"]:
        blank |= {"name": offer["name"], "label": last_part(offer["key"])}
    return {name: value for name, value in offer.items() if value != blank.get(name)}


def _findings(findings: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    first_of: dict[str, Mapping[str, Any]] = {}
    for finding in findings:
        first = first_of.setdefault(finding["code"], finding)
        if first is finding:
            yield _without_blanks(finding)
        else:
            yield {k: v for k, v in finding.items() if k == "code" or v != first[k]}


def without_text(state: Mapping[str, Any], _: object = None) -> dict[str, Any]:
    """Leave out the policy's text, which the builder has as a trait."""
    return {name: value for name, value in state.items() if name != "text"}


def part_state(sent: Callable[..., dict[str, Any]] = without_blanks) -> Any:
    """A trait for the state of a part, of which only a part is sent."""
    return traitlets.Dict().tag(sync=True, to_json=sent)
