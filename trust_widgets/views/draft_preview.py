"""The statement that an unfinished form is about to write, with a gap for each missing answer."""

from __future__ import annotations

import json

from trust_widgets.forms import Answer, Field, complete
from trust_widgets.model import Grant, TrustModel, kind_of
from trust_widgets.patterns import Pattern
from trust_widgets.policy import statement_to_dict
from trust_widgets.views.editor_status import ACCOUNT

GAP = "⟨{}⟩"


def preview_of(model: TrustModel) -> str:
    """The selected entry's statements as JSON, while it is in the text with nothing; else `""`.

    Example:
        >>> import trust_widgets as tw
        >>> model = tw.TrustModel(grants=[tw.Grant("aws_service")])
        >>> '"Service": "⟨AWS services⟩"' in preview_of(model)
        True
    """
    if not model.is_good or not 0 <= model.selected < len(model.grants):
        return ""
    grant = model.grants[model.selected]
    pattern = kind_of(grant)
    asked = {each.question for each in model.complaints if each.grant == model.selected}
    if pattern is None or not asked or model.is_placed(model.selected):
        return ""
    account = GAP.format(ACCOUNT) if "account" in asked else model.account
    missing = _missing(pattern, grant, asked)
    gaps = {field.name: _gap(field) for field in missing}
    try:
        built = pattern.make(account, {**grant.answers, **gaps})
    except (LookupError, ValueError):  # a pattern that looks up what an answer names
        return ""
    documents = [statement_to_dict(statement) for statement in built]
    text = "\n".join(json.dumps(each, indent=2, ensure_ascii=False) for each in documents)
    if all(_label(field) in text for field in missing):
        return text
    return ""


def _missing(pattern: Pattern, grant: Grant, asked: set[str]) -> list[Field]:
    """The questions without an answer that the statements need."""
    fields = pattern.fields_for(grant.answers)
    answers = complete(fields, grant.answers)
    return [field for field in fields if field.name in asked and not answers[field.name]]


def _gap(field: Field) -> Answer:
    if field.kind == "list":
        return (_label(field),)
    return _label(field)


def _label(field: Field) -> str:
    return GAP.format(field.question.label)
