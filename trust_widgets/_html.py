"""The one place that makes HTML. Whatever is passed as a plain string is escaped."""

from __future__ import annotations

from html import escape


class Html(str):
    """Text that is HTML already, made by `tag`; anything else is escaped when it is put into a tag."""

    __slots__ = ()


# The only attributes that a caller may set: none of them can run a script. `href` is checked too.
ATTRIBUTES = frozenset({"class", "href", "rel", "role", "style", "target", "title", "open", "lang"})


def tag(name: str, *children: str, **attributes: str) -> Html:
    """Make one element.

    Args:
        name: the element's name, from our own code.
        children: `Html` is kept as it is, any other text is escaped.
        attributes: a trailing underscore is dropped, so that `class_` can be said.

    Raises:
        ValueError: for an attribute that is not in `ATTRIBUTES`, or a link that is not https.

    Example:
        >>> tag("p", "Tom & ", tag("b", "<Jerry>"), class_="who")
        '<p class="who">Tom &amp; <b>&lt;Jerry&gt;</b></p>'
    """
    return Html(f"<{name}{_attributes(attributes)}>{join(*children)}</{name}>")


def join(*children: str) -> Html:
    """Put children side by side, escaping those that are plain text."""
    return Html("".join(c if isinstance(c, Html) else escape(c) for c in children))


def _attributes(attributes: dict[str, str]) -> str:
    text = ""
    for key, value in attributes.items():
        attribute = key.rstrip("_")
        if attribute not in ATTRIBUTES:
            raise ValueError(f"attribute {attribute!r} is not one of {sorted(ATTRIBUTES)}")
        if attribute == "href" and not value.startswith("https://"):
            raise ValueError(f"a link must begin with https://, not {value[:20]!r}")
        text += f' {attribute}="{escape(value)}"'
    return text
