"""The view in which a caller is tried."""

from trust_widgets.views.simulator.view import SimulatorView

__all__ = ["SimulatorView"]
