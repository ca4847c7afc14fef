"""The view of who is allowed to assume the role."""

from trust_widgets.views.who.view import WhoView

__all__ = ["WhoView"]
