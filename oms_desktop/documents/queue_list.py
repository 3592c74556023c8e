"""The list of the queue on paper: what is to be done, in its order, with a box to tick."""

from dataclasses import dataclass

from oms_desktop.documents.flow import Column, Row, Table, paged
from oms_desktop.documents.fonts import Face
from oms_desktop.documents.page import Box, Line, Paper

WIDTH = 841.89
HEIGHT = 595.28
"""ISO A4 across, in points."""

_LEFT = 36.0
_INNER = WIDTH - 2 * _LEFT
_FOOT = 40.0
_FIRST_TOP = 520.0
_REST_TOP = 552.0
_TABLE = Table(
    (
        Column("", 24, Face.REGULAR),
        Column("Order", 122, Face.MONO),
        Column("Due", 92),
        Column("Status", 150),
        Column("Channel", 96),
        Column("Zones", 64),
        Column("Priority", 62),
        Column("Lines", 46, Face.REGULAR, right=True),
        Column("Assignee", _INNER - 24 - 122 - 92 - 150 - 96 - 64 - 62 - 46),
    ),
    _LEFT,
)
_BOX = "[  ]"


@dataclass(frozen=True)
class QueueLine:
    """An order of the list, all in words."""

    order: str
    due: str
    status: str
    channel: str
    zones: str
    priority: str
    lines: int
    assignee: str


@dataclass(frozen=True)
class QueuePaper:
    """The list as it was at `at` (local text); `total` orders are under `filter`, some of them are here."""

    title: str
    filter: str
    at: str
    total: int
    rows: tuple[QueueLine, ...]


def render_queue(queue: QueuePaper) -> bytes:
    """Draw the list as A4 across, as many pages as its rows need."""
    rows = tuple(
        Row(
            (
                _BOX,
                row.order,
                row.due,
                row.status,
                row.channel,
                row.zones,
                row.priority,
                str(row.lines),
                row.assignee,
            )
        )
        for row in queue.rows
    )
    full = _REST_TOP - 14 - _FOOT
    pages = paged(_TABLE.pieces(rows, full), _FIRST_TOP - 14 - _FOOT, full)
    paper = Paper(WIDTH, HEIGHT, queue.title)
    for index, page in enumerate(pages):
        if index:
            paper.next_page()
        else:
            _head(paper, queue)
        top = _TABLE.head(paper, _REST_TOP if index else _FIRST_TOP)
        for piece in page:
            piece.draw(paper, top)
            top -= piece.height
        paper.text(_LEFT, 22, f"{queue.title}, {queue.at}", 8)
        paper.text_right(WIDTH - _LEFT, 22, f"Page {index + 1} of {len(pages)}", 8)
    return paper.finish()


def _head(paper: Paper, queue: QueuePaper) -> None:
    paper.lines(Box(_LEFT, 534, 380, 28), (Line(queue.title, Face.BOLD),), largest=21)
    some = (
        f"{len(queue.rows)} of {queue.total} orders"
        if len(queue.rows) < queue.total
        else f"{queue.total} orders"
    )
    words = ", ".join(part for part in (some, queue.filter, queue.at) if part)
    paper.lines(Box(_LEFT + 390, 536, _INNER - 390, 18), (Line(words),), largest=11, legible=7)
