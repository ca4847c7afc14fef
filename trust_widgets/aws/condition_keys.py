"""Moved to `trust_widgets.aws.keys.condition_keys`; this path works for one more version."""

from trust_widgets._moved import moved_module

__getattr__ = moved_module(
    "trust_widgets.aws.condition_keys",
    "trust_widgets.aws.keys.condition_keys",
)
