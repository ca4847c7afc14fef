"""Who gets in, read from the values of each statement.

For now one `CallerClass` for each Allow statement; a search over what callers can send comes later.
"""

from trust_widgets.access.classes import CallerClass, emphasis, summary_of, who_gets_in

__all__ = ["CallerClass", "emphasis", "summary_of", "who_gets_in"]
