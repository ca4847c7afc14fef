"""JSON text: read with places and through every fault (`reader`), and edited in place (`edit`)."""

from trust_widgets.text.json.reader import LONGEST, locate, locate_key, read
from trust_widgets.text.json.tree import Fault, Node, Reading, Span, Splice, node_at, path_at, plain

__all__ = [
    "LONGEST",
    "Fault",
    "Node",
    "Reading",
    "Span",
    "Splice",
    "locate",
    "locate_key",
    "node_at",
    "path_at",
    "plain",
    "read",
]
