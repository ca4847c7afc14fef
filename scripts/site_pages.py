"""The pages of the folder that `make site` makes: start page, workshop, slides, documentation.

Each page is a Markdown file below `docs/`, readable without scripts, with a link that opens the
workshop in the folder's JupyterLite.
"""

from __future__ import annotations

import posixpath
import re
import shutil
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

import mistune

from site_gallery import FOLDER, Exhibit

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
START = DOCS / "workshop" / "start.md"
SLIDES = DOCS / "workshop" / "slides.md"
GALLERY = DOCS / "gallery.md"
REVEAL = ("reveal.css", "reset.css", "reveal.js", "theme/white.css")
_LINK = re.compile(r'(href|src|srcset)="([^"]+)"')
_PAGES = "https://github.com/octo-org/trust_widgets/blob/main/docs/"


def write_pages(output: Path, edition: str, reveal: Path, exhibits: Sequence[Exhibit]) -> None:
    """Write all pages.

    Args:
        output: the folder.
        edition: the name of the folder in it that has JupyterLite.
        reveal: the unpacked npm package reveal.js.
        exhibits: what is in the gallery.
    """
    for source in sorted(DOCS.rglob("*.md")):
        if "decisions" in source.parts or source in (START, SLIDES, GALLERY):
            continue
        place = source.relative_to(DOCS).with_suffix(".html").as_posix()
        _write(output, f"docs/{place}", _page(source, f"docs/{place}", edition))
    _write(output, "index.html", _page(START, "index.html", edition))
    _write_gallery(output, edition, exhibits)
    _write(output, "docs/workshop/slides.html", _slides())
    for name in REVEAL:
        target = output / "docs" / "workshop" / "reveal" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(reveal / "dist" / name, target)
    shutil.copytree(DOCS / "pictures", output / "docs" / "pictures")
    shutil.copy(ROOT / "site" / "pages.css", output / "pages.css")


def _write(output: Path, place: str, text: str) -> None:
    file = output / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def _write_gallery(output: Path, edition: str, exhibits: Sequence[Exhibit]) -> None:
    """Write the gallery: a page with all pictures, and a page for each pattern."""
    shown = "".join(_shown(each, edition) for each in exhibits)
    _write(output, "docs/gallery.html", _page(GALLERY, "docs/gallery.html", edition, shown))
    for each in exhibits:
        place = f"docs/{FOLDER}/{each.name}.html"
        _, _, rest = each.markdown.partition("\n")  # after its title, which all of them share
        live = f'<p><a href="../../{_live(each, edition)}">Open it live</a></p>'
        head = f"<h1>{escape(each.title)}</h1><p>{escape(each.about)}</p>"
        body = head + live + _with_pages_of_the_folder(_html(rest))
        _write(output, place, _framed(each.title, body, place))
        _write(output, f"docs/{FOLDER}/{each.name}.svg", each.picture)


def _with_pages_of_the_folder(html: str) -> str:
    """Lead links to a page of the documentation to the same page in the folder."""
    return re.sub(rf'"{re.escape(_PAGES)}([^"]+)\.md"', r'"../\1.html"', html)


def _shown(exhibit: Exhibit, edition: str) -> str:
    """A pattern on the page of the gallery."""
    name, summary = exhibit.name, escape(exhibit.summary)
    return (
        f'<h2 id="{name}"><a href="{FOLDER}/{name}.html">{escape(exhibit.title)}</a></h2>'
        f"<p>{escape(exhibit.about)}</p><p>{summary}</p>"
        f'<p><a href="../{_live(exhibit, edition)}">'
        f'<img src="{FOLDER}/{name}.svg" alt="Open it live: {summary}"></a></p>\n'
    )


def _live(exhibit: Exhibit, edition: str) -> str:
    """Where a pattern's notebook opens."""
    return f"{edition}/notebooks/index.html?path={exhibit.path}"


def _page(source: Path, place: str, edition: str, more: str = "") -> str:
    """A Markdown file as a page.

    Args:
        source: the file.
        place: where the page is in the folder.
        edition: the folder's edition.
        more: HTML that follows.
    """
    text = source.read_text("utf-8")
    title = re.search(r"^# (.+)$", text, re.MULTILINE)
    body = _LINK.sub(_relinked(source, place, edition), _html(text))
    return _framed(title[1] if title else place, body + more, place)


def _framed(title: str, body: str, place: str) -> str:
    """A whole page."""
    return _FRAME.format(title=escape(title), body=body, up="../" * place.count("/"))


def _html(text: str) -> str:
    render = mistune.create_markdown(escape=False, plugins=["table"])
    return _with_anchors(str(render(text)))


def _with_anchors(html: str) -> str:
    """Give each heading the name by which pages link to it, as GitHub does."""

    def named(heading: re.Match[str]) -> str:
        words = re.sub(r"<[^>]+>", "", heading[2]).lower()
        name = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
        return f'<h{heading[1]} id="{name}">{heading[2]}</h{heading[1]}>'

    return re.sub(r"<h([1-6])>(.*?)</h\1>", named, html)


def _relinked(source: Path, place: str, edition: str) -> Callable[[re.Match[str]], str]:
    """What replaces a link: it leads from the page's place to where the file is in the folder."""
    here = posixpath.dirname(place)

    def replaced(link: re.Match[str]) -> str:
        attribute, address = link[1], link[2]
        if re.match(r"[a-z]+:|#", address):
            return link[0]
        file, _, anchor = address.partition("#")
        target = (source.parent / file).resolve().relative_to(ROOT)
        there = _place_of(target, edition)
        if there is None:
            return f'{attribute}="{_PAGES.removesuffix("docs/")}{target}"'
        leads = posixpath.relpath(there, here or ".")
        return f'{attribute}="{leads}{"#" * bool(anchor)}{anchor}"'

    return replaced


def _place_of(target: Path, edition: str) -> str | None:
    """Where a file of the project is in the folder; `None` where it is not in it."""
    if target.suffix == ".ipynb":
        return f"{edition}/notebooks/index.html?path={target.name}"
    if target.parts[0] != "docs" or "decisions" in target.parts:
        return None
    if target.suffix == ".md":
        return target.with_suffix(".html").as_posix()
    return target.as_posix()


def _slides() -> str:
    slides = re.split(r"^---$", SLIDES.read_text("utf-8"), flags=re.MULTILINE)
    sections = [f"<section>{_html(slide)}</section>" for slide in slides]
    return _SLIDES.format(sections="\n".join(sections))


_FRAME = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · trust_widgets</title>
<link rel="stylesheet" href="{up}pages.css">
<link rel="icon" href="data:,">
</head>
<body>
<header><a href="{up}index.html">trust_widgets: who gets in?</a></header>
<main>
{body}
</main>
</body>
</html>
"""
_SLIDES = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Who gets in? Slides</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="reveal/reset.css">
<link rel="stylesheet" href="reveal/reveal.css">
<link rel="stylesheet" href="reveal/theme/white.css">
<style>.reveal :is(h1, h2) {{ text-transform: none; }}</style>
</head>
<body>
<div class="reveal"><div class="slides">
{sections}
</div></div>
<noscript><style>
.reveal .slides, .reveal .slides > section {{ position: static; display: block; }}
</style></noscript>
<script src="reveal/reveal.js"></script>
<script>Reveal.initialize({{ hash: true }});</script>
</body>
</html>
"""
