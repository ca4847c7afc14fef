"""The view of what an edit changed."""

from trust_widgets.views.changes.view import ChangesView

__all__ = ["ChangesView"]
