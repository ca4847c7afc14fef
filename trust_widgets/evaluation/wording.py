"""Moved to `trust_widgets.explain.wording`; this path works for one more version."""

from trust_widgets._moved import moved_module

__getattr__ = moved_module("trust_widgets.evaluation.wording", "trust_widgets.explain.wording")
