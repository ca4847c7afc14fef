"""Moved to `trust_widgets.explain.remedies`; this path works for one more version."""

from trust_widgets._moved import moved_module

__getattr__ = moved_module("trust_widgets.evaluation.changes", "trust_widgets.explain.remedies")
