"""JSON text: read with places and through every fault (`reader`), and edited in place (`edit`)."""

from trust_widgets.text.json.places import locate, locate_key
from trust_widgets.text.json.reader import LONGEST, read
from trust_widgets.text.json.tree import (
    JsonFault,
    JsonNode,
    ParsedJson,
    Span,
    Splice,
    node_at,
    path_at,
    plain,
)

__all__ = [
    "LONGEST",
    "JsonFault",
    "JsonNode",
    "ParsedJson",
    "Span",
    "Splice",
    "locate",
    "locate_key",
    "node_at",
    "path_at",
    "plain",
    "read",
]
