"""Who can assume a role, drawn as an SVG picture."""

from __future__ import annotations

from trust_widgets.pictures.picture import DESCRIBED, WIDTH, picture_of
from trust_widgets.pictures.rows import rows_of
from trust_widgets.pictures.shapes import Shape, wrapped
from trust_widgets.pictures.style import GOOD, STYLE

__all__ = ["DESCRIBED", "GOOD", "STYLE", "WIDTH", "Shape", "picture_of", "rows_of", "wrapped"]
