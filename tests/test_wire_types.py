"""What passes between kernel and browser is typed once, in Python."""

from __future__ import annotations

import ast
import importlib
import json
import re
import typing
from enum import StrEnum
from typing import Any, get_args, get_type_hints

import pytest

import trust_widgets as tw
import wire_types
from trust_widgets.evaluation import Outcome
from trust_widgets.findings import Verdict
from trust_widgets.views.state.access import ShapeState
from trust_widgets.views.state.common import Common, OutcomeName, Seen, VerdictName

TEXT = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": "444455556666"},
                "Action": "sts:AssumeRole",
                "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
            },
            {"Effect": "Deny", "Principal": "*", "Action": "sts:TagSession"},
        ],
    }
)


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        ("str", "string"),
        ("int", "number"),
        ("FieldState | None", "FieldState | null"),
        ("list[str]", "string[]"),
        ("list[str | int]", "(string | number)[]"),
        ("dict[str, list[bool]]", "Record<string, boolean[]>"),
        ('OutcomeName | Literal[""]', 'OutcomeName | ""'),
        ('Literal["a", "b"]', '"a" | "b"'),
    ],
)
def test_an_annotation_as_a_type_of_typescript(annotation: str, expected: str) -> None:
    """By hand, from the handbook of TypeScript."""
    assert wire_types.typescript(ast.parse(annotation, mode="eval").body) == expected


@pytest.mark.parametrize("annotation", ["tuple[str, ...]", "set[str]", "x.y", "float()"])
def test_an_annotation_that_json_has_no_values_of_is_refused(annotation: str) -> None:
    """Rather than written down wrong."""
    with pytest.raises(ValueError, match="no type of TypeScript"):
        wire_types.typescript(ast.parse(annotation, mode="eval").body)


@pytest.mark.parametrize(("names", "kind"), [(VerdictName, Verdict), (OutcomeName, Outcome)])
def test_the_names_are_those_of_the_enumeration(names: object, kind: type[StrEnum]) -> None:
    """mypy checks one direction: no value without its name."""
    assert set(get_args(names)) == {each.value for each in kind}


def test_each_view_is_drawn_by_a_part_of_the_browser_side() -> None:
    """Its name is in `frontend/src/all_parts.ts`; a part that no view has is left over."""
    text = (wire_types.ROOT / "frontend" / "src" / "all_parts.ts").read_text(encoding="utf-8")
    drawn = re.findall(r"\b(\w+): \w+Part\b", text)
    assert sorted(drawn) == sorted(view.part for view in wire_types.views())


def view_classes() -> list[type[Any]]:
    """The views whose own method says what to draw."""
    return list(wire_types.views())


def declared(view: type[Any]) -> Any:
    """The typed dictionary that a view draws."""
    method = view.draw_seen if hasattr(view, "draw_seen") else view.draw
    name = method.__annotations__["return"]
    modules = [importlib.import_module(f"trust_widgets.views.state.{m}") for m in wire_types.FILES]
    return next(getattr(module, name) for module in modules if hasattr(module, name))


def faults(value: Any, kind: Any, place: str = "") -> list[str]:
    """Where a value is not of its declared type."""
    if isinstance(kind, (str, typing.ForwardRef)):  # a type that holds itself
        text = getattr(kind, "__forward_arg__", kind)
        return faults(value, eval(str(text), {"ShapeState": ShapeState}), place)
    if typing.is_typeddict(kind):
        hints = get_type_hints(kind)
        if not isinstance(value, dict):
            return [place]
        if set(value) != set(hints):
            return [f"{place}: {sorted(set(value) ^ set(hints))}"]
        return [each for key in hints for each in faults(value[key], hints[key], f"{place}.{key}")]
    origin, arguments = typing.get_origin(kind), get_args(kind)
    if origin is list:
        return (
            []
            if isinstance(value, list) and not any(faults(each, arguments[0]) for each in value)
            else [place]
        )
    if origin is dict:
        if not isinstance(value, dict):
            return [place]
        inner = [faults(each, arguments[1], place) for each in value.values()]
        return [each for found in inner for each in found]
    if origin is typing.Literal:
        return [] if value in arguments else [place]
    if arguments:
        return [] if any(not faults(value, each, place) for each in arguments) else [place]
    return [] if isinstance(value, kind) else [place]


def made(view: type[Any], text: str) -> Any:
    """A view of a text; an exercise has a text of its own, which is an answer."""
    if view is not tw.ExerciseView:
        return view(tw.TrustModel(text=text))
    exercise = tw.ExerciseView("W5", progress="")
    exercise.text = text
    exercise.do_grade()
    return exercise


@pytest.mark.parametrize("text", [TEXT, "{", ""])
@pytest.mark.parametrize("view", view_classes(), ids=lambda view: view.__name__)
def test_a_view_draws_what_it_declares(view: type[Any], text: str) -> None:
    """Also inside of it, which mypy cannot see where a value comes from JSON."""
    drawn = made(view, text)
    if hasattr(drawn, "draw_seen"):
        drawn.do_open()
    added = Seen if hasattr(drawn, "draw_seen") else Common
    state = {name: drawn.state[name] for name in drawn.state if name not in added.__annotations__}
    assert faults(state, declared(view)) == []
    assert set(added.__annotations__) <= set(drawn.state)


def test_a_planted_fault_is_caught() -> None:
    """A member that is missing, one too many, one of another type, also deep inside."""
    state = tw.GrantsView(tw.TrustModel(grants=[tw.Grant("aws_service")])).state
    good = {key: value for key, value in state.items() if key not in ("revision", "fault")}
    kind = declared(tw.GrantsView)
    assert faults(good, kind) == []
    assert faults({**good, "more": 1}, kind) == [": ['more']"]
    assert faults({**good, "selected": "0"}, kind) == [".selected"]
    assert faults({**good, "chips": [{**good["chips"][0], "label": 1}]}, kind) == [".chips"]


def test_messages_and_docs_are_written() -> None:
    """An optional argument has its question mark, a field its comment, a verb no more than it
    takes.
    """
    page = wire_types.page()
    assert '  | { do: "accept"; id: string; reason: string; until?: string }\n' in page
    assert "  // -1: none.\n  selected: number;\n" in page
    assert "export interface TextChange extends Span {\n" in page
    assert "export interface Span {\n  from: number;\n  to: number;\n}\n" in page
    assert "export type SummaryMessage = never;\n" in page


def names_in_texts(source: str) -> set[str]:
    """Return the names of generated types that stand in a text of the front end."""
    without_code = re.sub(r"\$\{[^}]*\}", "", source)
    texts = re.findall(r"`[^`\n]*`|\"[^\"\n]*\"", without_code)
    words = {word for text in texts for word in re.findall(r"\w+", text)}
    types = re.findall(r"export (?:interface|type) (\w+(?:State|Change|Name))\b", wire_types.page())
    return words & set(types)


def test_no_text_of_the_front_end_names_a_type() -> None:
    """A renamed type once went into a label for screen readers."""
    sources = sorted((wire_types.ROOT / "frontend" / "src").rglob("*.tsx"))
    assert sources
    for path in sources:
        assert names_in_texts(path.read_text(encoding="utf-8")) == set(), path.name


def test_a_type_in_a_text_is_found() -> None:
    assert names_in_texts("<div aria-label={`TextChange: ${change.title}`}>") == {"TextChange"}
    assert names_in_texts("const a: TextChange = b; <p title={`Change: ${a}`}>") == set()
