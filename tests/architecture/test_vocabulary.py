"""Words that make a sentence hard to read for someone who is not a native speaker stay out.

They are old, private or ambiguous; each has a plain word. What is checked: strings and docstrings
of the package, and the pages. Code is left out: names, what is between backticks, and examples.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "trust_widgets"
# The pages of the workshop tell a story, as its notebooks do: they are left to their author.
PAGES = sorted(
    path
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("benchmarks/*.md"))
    if "workshop" not in path.parts
)
SOURCES = sorted(PACKAGE.rglob("*.py"))

# Each with the plain words for it.
LISTED = {
    r"whomever|whoever": "the caller who, the person who",
    r"somebody": "someone, a caller",
    r"shall": "must",
    r"small letters": "lower case",
    r"stands (?:twice|here|in|for)": "appears twice, is in, represents",
    r"of its own(?! [a-z])": "its own, separate",
    r"one too many": "remove the ...",
    r"gets in|lets in|lets \w+ in|(?:is|are|be) let in": "can assume the role, is allowed",
    r"is taken": "is used, is assumed",
    r"nobody told": "is not known",
    r"as it stands": "as written",
    r"mends?|mended": "fix",
    r"beside": "next to, besides",
    r"guards?": "condition",
    r"strangers?": "external caller, external access",
    r"companions?": "setup snippets",
}
WORDS = re.compile(rf"\b(?:{'|'.join(LISTED)})(?![\w-])", re.IGNORECASE)

# What has one spelling, that of AWS's pages.
SPELLINGS = {
    r"[Ii]ds?": "ID, IDs",
    r"(?:[Oo]rgan|[Cc]ustom|[Rr]ecogn|[Aa]uthor|[Ss]ummar)is(?:e[ds]?|ing|ations?)": "-iz-",
    r"[Bb]ehaviours?|[Cc]olours?|[Nn]eighbours?|[Gg]reyed": "behavior, color, neighbor, grayed",
}
WRONG = re.compile(rf"(?<![\w.:/@=\"'{{$\[-])(?:{'|'.join(SPELLINGS)})(?![\w\"=:}}/'(-])")

# Where a listed word may stand, each with its reason.
TITLE = re.compile(r"Who gets in\b")  # of a view
NAMES = re.compile(
    r"role/stranger|somebody-else|session-beside|beside-(?:it|a|the)\b|unique "
    r"id|\bid\??: str|scope, id,"
)  # values, and arguments in exported programs
EXCEPTIONS = {
    "docs/glossary.md": "its last column has the words that are not used",
    "CHANGELOG.md": "it tells what was changed, in the words of then",
}
# Code in a text: between backticks, an address, a line of an example, an argument's name.
CODE = re.compile(
    r"(?s)```.*?```|`[^`]*`|\]\([^)]*\)"
    r"|(?m:^ *(?:>>>|\.\.\.) .*$)|(?:(?<=\n)|(?<=\. )) *(?:[a-z_]+, )*[a-z_]+:(?= )"
    r"|tw\.[A-Za-z]+\("
)


def listed_words(text: str) -> list[str]:
    """The listed words of a text, code aside."""
    prose = re.sub(r"\s+", " ", NAMES.sub(" ", TITLE.sub(" ", CODE.sub(" ", text))))
    return [found[0] for pattern in (WORDS, WRONG) for found in pattern.finditer(prose)]


def strings(source: str) -> Iterator[str]:
    """The strings and docstrings of a source that are sentences, not names."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            yield node.value


def breaches(source: str) -> list[str]:
    """The listed words in the strings of a source."""
    return [word for text in strings(source) for word in listed_words(text)]


def test_the_package_has_no_listed_word() -> None:
    """Neither a message nor a docstring."""
    found = {
        str(path.relative_to(ROOT)): words
        for path in SOURCES
        if (words := breaches(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_the_pages_have_no_listed_word() -> None:
    """Those that are written by hand, and those that are made of the package's words."""
    found = {
        name: words
        for path in PAGES
        if (name := path.relative_to(ROOT).as_posix()) not in EXCEPTIONS
        and (words := listed_words(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_every_exception_is_needed() -> None:
    """A page that has none of the words needs no exception."""
    for name in EXCEPTIONS:
        assert listed_words((ROOT / name).read_text(encoding="utf-8")), name


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('MESSAGE = "Somebody else gets in."', ["Somebody", "gets in"]),
        ('f"{name} lets nobody in"', ["lets nobody in"]),
        (
            '"""A rule.\n\nThe comma is one\ntoo many, and is taken\nout."""',
            ["one too many", "is taken"],
        ),
        ('"""Args:\n    it: each has a key of its own."""', ["of its own"]),
        ('print("This policy, as it stands, is beside the point")', ["as it stands", "beside"]),
        ('LABEL = "Repository id"', ["id"]),
        ('"AWS does not document this behaviour of ids."', ["behaviour", "ids"]),
    ],
)
def test_a_planted_breach_is_caught(source: str, words: list[str]) -> None:
    """Also where it is broken over two lines."""
    assert breaches(source) == words


@pytest.mark.parametrize(
    "source",
    [
        'NAMES = ("guards", "companions", "stranger")',
        '"""Args:\n    stranger: whether there is external access.\n"""',
        '"""Who gets in: see `Guard` and `Role.companions`."""',
        '"""Example:\n    >>> role.companions  # somebody\n"""',
        '"Use the claims of its own issuer, and besides, the mending of nothing."',
        '"The key `id` and the claim sub:id have their own spelling, as `id: str` has."',
    ],
)
def test_names_and_titles_may_stay(source: str) -> None:
    """Public names, the title of a view, and words that only look alike."""
    assert breaches(source) == []
