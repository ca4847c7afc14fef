"""The one place that makes HTML. Whatever is passed as a plain string is escaped."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterable
from html import escape

STILL = "border: 1px solid #bdbdbd; border-radius: 6px; padding: 10px 14px; max-width: 1180px"
"""The style of the frame around whatever reads without a kernel."""

CARD = "border-left: 3px solid #bdbdbd; padding: 2px 0 2px 10px; margin: 8px 0"
"""The style of one of several things in such a frame."""


class Html(str):
    """Text that is HTML, made by `tag`; any other text is escaped in a tag."""

    __slots__ = ()


# The only attributes that a caller may set: none of them can run a script. `href` is checked too.
ATTRIBUTES = frozenset(
    {
        "class",
        "href",
        "rel",
        "role",
        "style",
        "target",
        "title",
        "open",
        "lang",
        "scope",
        "tabindex",
    }
)

# What pictures are made of, and its geometry. None of it runs, links, animates, or loads anything:
# no `a`, `use`, `image`, `script`, `style`, `foreignObject`, `animate`, `set`. Colors are said in
# `style`. https://www.w3.org/TR/SVG2/struct.html
SHAPES = frozenset({"svg", "g", "rect", "path", "line", "circle", "text", "tspan", "title"})
GEOMETRY = frozenset(
    {
        "viewBox",
        "width",
        "height",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "d",
        "xmlns",
    }
)

# Jupyter shows what is between two dollar signs, or in brackets after backslashes, as a formula,
# but not in these elements and not in those of these classes. The second class is that of
# MathJax 2, which nbconvert uses. https://docs.mathjax.org/en/v3.2/options/document.html
NO_FORMULAS = "mathjax_ignore tex2jax_ignore"
"""The classes of an element in which no text is shown as a formula."""
_WITHOUT_FORMULAS = SHAPES | {"code", "pre", "option", "style"}
_FORMULA = re.compile(r"\$|\\[a-z(\[]")

# Characters that an image, which is XML, can't hold: https://www.w3.org/TR/xml/#charsets
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def tag(name: str, *children: str, **attributes: str) -> Html:
    """Make one element.

    Args:
        name: the element's name, from our own code.
        children: `Html` is kept as it is, any other text is escaped.
        attributes: a trailing underscore is dropped, so that `class_` can be said.

    Raises:
        ValueError: for an attribute that is not in `ATTRIBUTES`, or a link that is not https; for
            geometry on anything but a shape, and a link on a shape.

    Example:
        >>> tag("p", "Tom & ", tag("b", "<Jerry>"), class_="who")
        '<p class="who">Tom &amp; <b>&lt;Jerry&gt;</b></p>'
    """
    inside = _joined(children, escape if name in _WITHOUT_FORMULAS else _escaped_text)
    return Html(f"<{name}{_attributes(name, attributes)}>{inside}</{name}>")


def image(picture: Html, words: str) -> Html:
    """Return a picture as an image, for pages that drop shapes, as JupyterLab does.

    It does so where it does not trust a notebook.

    A browser runs no script in an image and loads nothing for it:
    https://www.w3.org/TR/SVG2/conform.html#secure-static-mode

    Args:
        picture: an `svg` element made by `tag`. words: what it shows, for those who don't see it.
    """
    return Html(
        f'<img src="{image_address(picture)}" alt="{escape(words)}" style="width: 100%;'
        ' max-width: 760px">'
    )


def svg_data(picture: Html) -> str:
    """Return an `svg` element made by `tag` in base64, as data addresses and notebooks have it."""
    return b64encode(xml_of(picture).encode()).decode()


def image_address(picture: Html) -> str:
    """Return an address that holds a picture, an `svg` element made by `tag`."""
    return f"data:image/svg+xml;base64,{svg_data(picture)}"


def xml_of(picture: Html) -> str:
    """Return an `svg` element made by `tag` as its own file.

    Raises:
        ValueError: for another element.

    Example:
        >>> xml_of(tag("svg", "a", xmlns="http://www.w3.org/2000/svg"))
        '<svg xmlns="http://www.w3.org/2000/svg">a</svg>'
    """
    if not picture.startswith("<svg "):
        raise ValueError(f"an image is made of an svg, not of {picture[:20]!r}")
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", picture)


def join(*children: str) -> Html:
    """Put children side by side, escaping those that are plain text."""
    return _joined(children, _escaped_text)


def _joined(children: Iterable[str], escaped: Callable[[str], str]) -> Html:
    return Html("".join(c if isinstance(c, Html) else escaped(c) for c in children))


def _escaped_text(text: str) -> str:
    """Text that no page shows as a formula, whatever is in it."""
    if not _FORMULA.search(text):
        return escape(text)
    return f'<span class="{NO_FORMULAS}">{escape(text)}</span>'


def _attributes(name: str, attributes: dict[str, str]) -> str:
    allowed = ATTRIBUTES
    if name in SHAPES:
        allowed = (ATTRIBUTES - {"href", "target", "rel"}) | GEOMETRY
    text = ""
    for key, value in attributes.items():
        attribute = key.rstrip("_")
        if attribute not in allowed:
            raise ValueError(f"attribute {attribute!r} is not one of {sorted(allowed)}")
        if attribute == "href" and not value.startswith("https://"):
            raise ValueError(f"a link must begin with https://, not {value[:20]!r}")
        text += f' {attribute}="{escape(value)}"'
    return text


# Nothing is loaded and no script runs, whatever is in the page:
# https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Security-Policy
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_STYLE = """
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 16px; max-width: 1180px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { text-align: left; vertical-align: top; padding: 4px 12px 4px 0; }
th, td { border-bottom: 1px solid #8884; overflow-wrap: break-word; min-width: 6.5em; }
td { max-width: 24em; }
summary { cursor: pointer; font-weight: 600; padding: 6px 0; }
code { font-size: 13px; }
.wide { overflow-x: auto; }
.wide table { min-width: 52em; }
@media (max-width: 700px) { th, td { padding-right: 6px; } }
"""


def page(title: str, *children: str) -> str:
    """A whole page that can be saved as a file: it loads nothing, and no script runs in it.

    Args:
        title: its title. children: as of `tag`.

    Example:
        >>> page("Roles", tag("p", "<none>"))[-35:]
        '<p>&lt;none&gt;</p></body>\\n</html>\\n'
    """
    head = (
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style>"
    )
    body = join(*children)
    return f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head>\n<body>{body}</body>\n</html>\n'
