"""Moved to `trust_widgets.saved_callers`; this path works for one more version."""

from trust_widgets._moved import moved_module

__getattr__ = moved_module("trust_widgets.kept", "trust_widgets.saved_callers")
