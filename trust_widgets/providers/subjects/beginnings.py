"""The grammar of every subject that begins in a certain way."""

from __future__ import annotations

from trust_widgets.providers.subjects.forms import Form as Form
from trust_widgets.providers.subjects.forms import names_in
from trust_widgets.providers.subjects.grammar import _LONGEST, Grammar
from trust_widgets.providers.subjects.parts import Part as Part


def beginning(template: str) -> Grammar:
    """The grammar of every subject that begins in a certain way.

    Args:
        template: as in `Form.template`, with any names for parts that hold no colon.

    Example:
        >>> bool(beginning("account:{account}:pipeline:").fits("account:*:pipeline:64de5cd4:*"))
        True
        >>> bool(beginning("pulumi:").fits("octo-org/*"))
        False
    """
    free = Part("rest", "{}", "anything", ".", "x", most=_LONGEST)
    parts = [
        Part(name, "{}", "anything", "[^:]", "x", most=_LONGEST) for name in names_in(template)
    ]
    form = Form("any", template + "{rest}", "{rest}")
    return Grammar((form,), (*parts, free), "anything")
