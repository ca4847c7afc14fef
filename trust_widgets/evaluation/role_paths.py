"""The path of a role, which its session's ARN does not contain.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
"""

from __future__ import annotations

from trust_widgets.aws.arns import parts_of_pattern
from trust_widgets.aws.identity_center import PATH, permission_set_of
from trust_widgets.text.glob_places import places_after
from trust_widgets.text.globs import Pattern, matcher_from_pattern, text_from_pattern
from trust_widgets.text.tokens import tokens_of_pattern, tokens_of_text


class WithoutPath(str):
    """The ARN of a session's role, written without its path, which is unknown."""

    __slots__ = ()


def possible_arns(arn: str) -> tuple[str, ...]:
    """Two ARNs that a role of Identity Center may have, without a Region in its path and with one;
    none for another role, which mostly has no path.

    Example:
        >>> possible_arns("arn:aws:iam::111122223333:role/app")
        ()
        >>> role = "arn:aws:iam::111122223333:role/AWSReservedSSO_A_0123456789abcdef"
        >>> possible_arns(role)[0].removesuffix("0123456789abcdef")
        'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_A_'
    """
    before, _, name = arn.rpartition("/")
    if not permission_set_of(name):
        return ()
    return (f"{before}/{PATH}{name}", f"{before}/{PATH}{_SOME_REGION}/{name}")


_SOME_REGION = "eu-central-1"  # a pattern that names a Region is seen by `asks_for_a_path`


def asks_for_a_path(base: str, pattern: Pattern, arn: str) -> bool:
    """Whether a value of a policy requires a path with which it would fit a role's ARN.

    A value with no slash behind `role/` is used for names: most roles have no path.

    Args:
        base: the operator. pattern: the value, as the operator reads it. arn: of the role, without
            its path.

    Example:
        >>> from trust_widgets.text.globs import pattern_from_text
        >>> team = pattern_from_text("arn:aws:iam::111122223333:role/team/*")
        >>> asks_for_a_path("ArnLike", team, "arn:aws:iam::111122223333:role/app")
        True
    """
    if text_from_pattern(pattern).count("/") < 2:
        return False
    before, _, name = arn.partition("/")
    if base.endswith("IgnoreCase"):
        pattern = (text_from_pattern(pattern).lower(),)
        before = before.lower()
        name = name.lower()
    if base.startswith("Arn"):
        parts = parts_of_pattern(pattern)
        values = before.split(":")
        if parts is None:
            return False
        for part, value in zip(parts[:5], values, strict=False):
            if not matcher_from_pattern(part)(value):
                return False
        pattern, before = parts[5], values[5]
    return base.startswith(("Arn", "String")) and _fits_between(pattern, f"{before}/", f"/{name}")


def _fits_between(pattern: Pattern, before: str, after: str) -> bool:
    """True if a pattern admits some text that begins with one text and ends with another."""
    glob = tokens_of_pattern(pattern)
    begun = places_after(glob, (0,), tokens_of_text(before))
    if not begun:
        return False
    further = range(min(begun), len(glob) + 1)  # what lies between may be anything
    return len(glob) in places_after(glob, further, tokens_of_text(after))
