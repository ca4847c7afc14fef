"""The gallery of the folder of `make site`: each pattern as a page and as a live notebook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import trust_widgets as tw

ACCOUNT = "111122223333"
AS_OF = date(2026, 11, 30)  # so that the same sources make the same folder on another day
FOLDER = "gallery"


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A pattern of the gallery.

    Args:
        name: the pattern's name in code.
        title: who is trusted.
        about: one sentence for someone who has to choose.
        summary: who can assume the example's role.
        markdown: the page, with the picture beside it.
        picture: the picture, an SVG document.
        notebook: the page as a notebook, with its outputs.
    """

    name: str
    title: str
    about: str
    summary: str
    markdown: str
    picture: str
    notebook: str

    @property
    def path(self) -> str:
        """Where the notebook is among the notebooks."""
        return f"{FOLDER}/{self.name}.ipynb"


def exhibits() -> list[Exhibit]:
    """Each pattern with its own example, by title."""
    home = tw.Home(accounts=(ACCOUNT,), today=AS_OF)
    made = []
    for name, pattern in tw.PATTERNS.items():
        role = pattern.build(account=ACCOUNT, **pattern.example)
        document = tw.document(role, home=home)
        exhibit = Exhibit(
            name,
            pattern.title,
            pattern.about,
            document.summary,
            document.markdown(f"{name}.svg"),
            document.svg,
            document.notebook(),
        )
        made.append(exhibit)
    return sorted(made, key=lambda each: each.title)
