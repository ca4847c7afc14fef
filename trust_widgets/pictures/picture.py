"""Who can assume the role as a picture: callers, their conditions, the role.

A Deny is a bar across.

It is 530 wide in its own units, which leaves its words readable on a page of 600 pixels, and grows
and shrinks with the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trust_widgets.access import CallerClass
from trust_widgets.pictures.rows import PAD, SIZE, PictureRow, guard_height, rows_of
from trust_widgets.pictures.shapes import Line, Shape, plain, shape, words, wrapped
from trust_widgets.pictures.style import (
    EDGE,
    FAINT,
    INK,
    MONO,
    PAPER,
    SHADE,
    SMALL,
    STOP,
    STYLE,
)
from trust_widgets.policy import Home, Role, TrustPolicy

WIDTH = 530
CALLER, GUARDS, BAR, ROLE = (
    (8, 182),
    (206, 166),
    394,
    (424, 98),
)  # where each column begins, and how wide it is
TOP, GAP = 30, 12
ROLE_LETTERS = 14.5  # letters on a line of the role's name
NOBODY_COMES = "No one can assume this role"
DESCRIBED = "The callers, their conditions and the role, as described above"


def picture_of(
    policy: TrustPolicy,
    callers: Sequence[CallerClass],
    denies: Sequence[str],
    role: Role,
    home: Home,
    *,
    refused: bool = False,
) -> Shape:
    """The picture of a policy.

    Args:
        policy: the policy. callers: from `who_gets_in`. denies: each Deny in words. role: the role.
            home: what is yours.
        refused: whether IAM would not save it, so that nothing in it is good.
    """
    rows = rows_of(policy, callers, home, refused)
    tops = _tops(rows)
    end = max(tops[-1] + rows[-1].height if rows else TOP + 40, TOP + 76)
    below = list(_deny_boxes(denies, end + 14))
    height = end + 12 + (sum(each for _, each in below) + 8 if denies else 0)
    parts = [
        shape("title", DESCRIBED),
        shape("rect", x=0, y=0, width=WIDTH, height=height, rx=4, style=f"fill: {PAPER}"),
        *_heads(bool(denies)),
        *(part for row, top in zip(rows, tops, strict=True) for part in _drawn(row, top)),
        *_arrows(rows, tops, end),
        *(_bar(end) if denies else ()),
        *(box for box, _ in below),
        _role(role, end),
        *([] if rows else [_nobody()]),
    ]
    view = f"0 0 {WIDTH} {height:.0f}"
    # An image without a size of its own would be drawn at any size.
    return shape(
        "svg", *parts, xmlns="http://www.w3.org/2000/svg", viewBox=view, role="img", style=STYLE
    )


def _tops(rows: Sequence[PictureRow]) -> list[float]:
    tops, at = [], float(TOP)
    for row in rows:
        tops.append(at)
        at += row.height + GAP
    return tops


# -- the columns -----------------------------------------------------------------------------------


def _heads(denied: bool) -> Iterator[Shape]:
    columns = [
        (CALLER[0], "Callers"),
        (GUARDS[0], "must meet these conditions"),
        (ROLE[0], "to assume"),
    ]
    for x, text in columns:
        yield words((plain(text),), x, 18, SMALL, f"fill: {FAINT}")
    if denied:
        yield words((plain("Deny"),), BAR - 11, 18, SMALL, f"fill: {STOP}; font-weight: 700")


def _drawn(row: PictureRow, top: float) -> Iterator[Shape]:
    yield _caller(row, top + (row.height - row.caller_height) / 2)
    at = top + (row.height - row.guards_height) / 2
    if not row.guards:
        yield from _no_guard(top + row.height / 2, row)
    for lines, title in row.guards:
        yield _guard(lines, title, at)
        at += guard_height(lines) + 4


def _caller(row: PictureRow, top: float) -> Shape:
    x, width = CALLER
    line = (
        f"fill: {PAPER}; stroke: {row.colour}; stroke-width:"
        f" {1.5 if row.enters else 1}{_dashed(row)}"
    )
    if _is_cut(row.who):
        title = [shape("title", row.title)]
    else:
        title = []
    return shape(
        "g",
        *title,
        shape("rect", x=x, y=top, width=width, height=row.caller_height, rx=5, style=line),
        words((plain(row.sign),), x + 9, top + PAD + SMALL * 0.9, SMALL, f"fill: {row.colour}"),
        words(row.who, x + 9, top + PAD + SMALL * 1.4 + SIZE, SIZE),
    )


def _is_cut(lines: tuple[Line, ...]) -> bool:
    return bool(lines) and bool(lines[-1]) and lines[-1][-1][0].endswith("…")


def _guard(lines: tuple[Line, ...], title: str, top: float) -> Shape:
    x, width = GUARDS
    return shape(
        "g",
        shape("title", title),
        shape(
            "rect",
            x=x,
            y=top,
            width=width,
            height=guard_height(lines),
            rx=3,
            style=f"fill: {SHADE}; stroke: {EDGE}",
        ),
        words(lines, x + 7, top + 4 + SMALL, SMALL, f"font-family: {MONO}"),
    )


def _no_guard(middle: float, row: PictureRow) -> Iterator[Shape]:
    x, width = GUARDS
    line = f"stroke: {row.colour}; stroke-width: 1.5{_dashed(row)}"
    yield shape("line", x1=x, y1=middle, x2=x + width, y2=middle, style=line)
    style = (
        f"fill: {row.colour}; text-anchor: middle; stroke: {PAPER}; stroke-width: 4px; paint-order:"
        " stroke"
    )
    yield words((plain("no condition"),), x + width / 2, middle - 5, SMALL, style)


def _arrows(rows: Sequence[PictureRow], tops: Sequence[float], end: float) -> Iterator[Shape]:
    """From each caller to its conditions, and from there to the role."""
    entering = [
        (row, top + row.height / 2) for row, top in zip(rows, tops, strict=True) if row.enters
    ]
    drawn: dict[str, list[Shape]] = {}  # by their style, which is said once
    for row, top in zip(rows, tops, strict=True):
        middle = top + row.height / 2
        line = shape("line", x1=sum(CALLER), y1=middle, x2=GUARDS[0], y2=middle)
        drawn.setdefault(_line_style(row), []).append(line)
        if not row.enters:
            yield _cross(sum(GUARDS) + 6, middle)
    step = min(12.0, 60 / max(len(entering), 1))
    first = _role_middle(end) - step * (len(entering) - 1) / 2
    for index, (row, middle) in enumerate(entering):
        arrow = _arrow(sum(GUARDS), middle, ROLE[0] - 2, first + index * step)
        drawn.setdefault(_line_style(row), []).append(arrow)
    for style, shapes in drawn.items():
        yield shape("g", *shapes, style=style)


def _line_style(row: PictureRow) -> str:
    return f"stroke: {row.colour}; stroke-width: 1.5; fill: none{_dashed(row)}"


def _dashed(row: PictureRow) -> str:
    """How the lines of a row are drawn by which nobody is allowed."""
    if row.enters:
        return ""
    return "; stroke-dasharray: 4 3"


def _arrow(x1: float, y1: float, x2: float, y2: float) -> Shape:
    """A curve that ends in a head."""
    bend = (x1 + x2) / 2
    curve = f"M{x1:g} {y1:.1f} C{bend:g} {y1:.1f} {bend:g} {y2:.1f} {x2:g} {y2:.1f}"
    return shape("path", d=f"{curve} m-6 -3.5 l6 3.5 l-6 3.5")


def _cross(x: float, y: float) -> Shape:
    return shape(
        "path",
        d=f"M{x:.1f} {y - 5:.1f} l10 10 m0 -10 l-10 10",
        style=f"stroke: {FAINT}; stroke-width: 2; fill: none",
    )


def _bar(end: float) -> Iterator[Shape]:
    style = f"fill: {STOP}; fill-opacity: 0.85"
    yield shape("rect", x=BAR, y=TOP - 6, width=7, height=end - TOP + 20, rx=2, style=style)


def _deny_boxes(denies: Sequence[str], top: float) -> Iterator[tuple[Shape, float]]:
    """What each Deny says, below the rows, where the bar ends."""
    for text in denies:
        lines = wrapped(((f"⊘ {text}", False),), 73, 4)
        height = 11 + len(lines) * SIZE * 1.3
        box = shape(
            "g",
            shape("title", text),
            shape(
                "rect",
                x=8,
                y=top,
                width=WIDTH - 16,
                height=height,
                rx=4,
                style=f"fill: {PAPER}; stroke: {STOP}; stroke-width: 1.5",
            ),
            words(lines, 17, top + 6 + SIZE, SIZE, f"fill: {STOP}"),
        )
        yield box, height + 6
        top += height + 6


def _role_middle(end: float) -> float:
    return (TOP + end) / 2


def _role(role: Role, end: float) -> Shape:
    x, width = ROLE
    name = wrapped(((role.name, True),), ROLE_LETTERS, 3)
    account = wrapped(plain(role.account or "your account"), ROLE_LETTERS, 1)
    height = 14 + (len(name) + 1) * SIZE * 1.3 + SMALL * 1.5
    top = _role_middle(end) - height / 2
    centre = "text-anchor: middle"
    return shape(
        "g",
        shape(
            "title",
            f"The role {role.name}" + (f" of account {role.account}" if role.account else ""),
        ),
        shape(
            "rect",
            x=x,
            y=top,
            width=width,
            height=height,
            rx=6,
            style=f"fill: {SHADE}; stroke: {INK}; stroke-width: 1.5",
        ),
        words(
            (plain("the role"),), x + width / 2, top + 8 + SMALL, SMALL, f"fill: {FAINT}; {centre}"
        ),
        words(name, x + width / 2, top + 8 + SMALL * 1.5 + SIZE, SIZE, centre),
        words(
            account,
            x + width / 2,
            top + 8 + SMALL * 1.5 + SIZE * (1 + 1.3 * len(name)),
            SMALL,
            f"fill: {FAINT}; {centre}",
        ),
    )


def _nobody() -> Shape:
    return words((plain(NOBODY_COMES),), CALLER[0], TOP + 44, SIZE, f"fill: {FAINT}")
