"""Make the pictures of the screens from the demo warehouse: ``python -m tools.demo_pictures [--out DIR]``.

Each screen is grabbed from the real window at both sizes, light and dark, after a morning was played. The
sheet ``side-by-side.png`` shows them next to each other; with ``--beside DIR`` each stands beside the picture
of the same name in that folder (``queue.png``, ``queue_dark.png``, ``queue_1366.png`` ...).
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from PIL import Image, ImageDraw
from PySide6.QtCore import QEventLoop, QTimer

from oms_desktop.app import opening, screens, site
from oms_desktop.app.morning import make_morning
from oms_desktop.app.own_desk import OwnDesk
from oms_desktop.app.workstation import Devices, Workstation
from oms_desktop.db import Database
from oms_desktop.devices.printer import FolderPrinter
from oms_desktop.floor.reply import Key
from oms_desktop.floor.stock import Stock
from oms_desktop.floor.views import PAGE, Remedy
from oms_desktop.floor.workplace import DOOR, QUEUE, Workplace
from oms_desktop.jobs.printing import PrintJob
from oms_desktop.settings import Settings
from oms_desktop.station import Station, find_person
from oms_desktop.ui.panels.queue import QueuePanel
from oms_desktop.workflow.worklists.stuck import stuck_orders

SIZES = ((1920, 1080), (1366, 768))
SUPERVISOR = "B-20407"
PATIENCE_S = 30
THUMB = 960
"""Width of a picture on the sheet."""

Done = Callable[[], bool]
Grab = Callable[[str], Iterator["Made"]]


@dataclass(frozen=True)
class Made:
    """A picture that was made: the name of the screen, and the file."""

    screen: str
    dark: bool
    width: int
    file: Path

    @property
    def twin(self) -> str:
        """The name that the same picture has in another folder."""
        return f"{self.screen}{'_dark' if self.dark else ''}{'_1366' if self.width < 1600 else ''}.png"


def main(arguments: Sequence[str] | None = None) -> int:
    """Make all pictures and the sheet; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/pictures"))
    parser.add_argument("--beside", type=Path, default=None)
    typed = parser.parse_args(arguments)
    typed.out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="oms-pictures-") as folder:
        database = opening.open_database(f"sqlite:///{Path(folder) / 'oms.sqlite'}")
        demo = make_morning(site.demo_maker(database), Settings(), datetime.now(UTC))
        made = [
            picture
            for dark in (False, True)
            for picture in _pictures(database, demo, Path(folder), typed.out, dark=dark)
        ]
        database.close()
    sheet = typed.out / "side-by-side.png"
    _sheet(made, typed.beside).save(sheet)
    print(f"{len(made)} pictures and {sheet}")
    return 0


def _pictures(
    database: Database, demo: site.DemoSite, folder: Path, out: Path, *, dark: bool
) -> Iterator[Made]:
    """Open the window, go from screen to screen, and grab each at both sizes."""
    app = screens.application(headless=True)
    screen = screens.build_screen(app, dark=dark)
    workplace = Workplace(Station(database, "DESK-1"), demo.warehouse, Settings().sscc_prefix, demo.badges)
    job = PrintJob(database, "DESK-1", FolderPrinter(folder / "documents"))
    desk = Workstation(workplace, screen, job, Devices())
    own = OwnDesk(screen, folder)
    desk.start()
    screen.window.show()

    def grab(name: str) -> Iterator[Made]:
        for width, height in SIZES:
            screen.window.resize(width, height)
            _wait(partial(_is_wide, screen, width))
            file = out / f"{name}-{'dark' if dark else 'light'}-{width}x{height}.png"
            screen.window.grab().save(str(file))
            yield Made(name, dark, width, file)

    _wait(lambda: workplace.place == DOOR)
    yield from grab("login")
    own.form.open_form()
    yield from grab("own")
    own.form.close_card()
    with database.reading() as session:
        workplace.station.person = find_person(session, SUPERVISOR)
    desk.ask(workplace.start)
    _wait(lambda: workplace.place == QUEUE and desk.queue_is_read)
    screen.queue.table.setCurrentIndex(screen.queue.model.index(1, 0))
    screen.queue.open_drawer()
    _wait(screen.queue.drawer.isVisible)
    yield from grab("queue")
    yield from _sheets(desk, screen.queue, grab)
    desk.ask(lambda: workplace.go(Stock.place))
    _wait(lambda: workplace.place == Stock.place)
    yield from grab("stock")
    desk.stop()
    own.stop()
    screen.window.close()


def _sheets(desk: Workstation, queue: QueuePanel, grab: Grab) -> Iterator[Made]:
    """Open the sheets of the queue, and put each away again."""
    edit, merge = desk.edits.sheet, desk.merges.sheet
    queue.put_aside()
    with desk.workplace.station.store.reading() as session:
        faulty = next(each for each in stuck_orders(session) if each.remedy is Remedy.ADDRESS)
    queue.edit_asked.emit(faulty.order)
    _wait(lambda: edit.form is not None and not edit.is_busy)
    yield from grab("sheet-address")
    edit.close_card()
    rows = [row for number in range(PAGE) if (row := queue.model.row(number)) and row.status == "promised"]
    largest = max(rows, key=lambda row: row.lines)
    desk.edits.open(largest.id)
    _wait(lambda: edit.form is not None and not edit.is_busy)
    edit.turn(1)
    yield from grab("sheet-lines")
    edit.turn(2)
    edit.split.rows.shown()[0].add(1)
    yield from grab("sheet-split")
    edit.close_card()
    queue.model.tick(row.id for row in rows[:3])
    queue.key_asked.emit(Key.MERGE)
    _wait(lambda: bool(merge.orders) and not merge.is_busy)
    yield from grab("sheet-merge")
    merge.close_card()
    queue.model.tick(())


def _is_wide(screen: screens.Screen, width: int) -> bool:
    return screen.window.width() == width


def _wait(done: Done) -> None:
    """Let the window live until something has come about, and the paint that follows it."""
    loop, begun = QEventLoop(), monotonic()
    timer = QTimer()
    timer.timeout.connect(lambda: loop.quit() if done() or monotonic() - begun > PATIENCE_S else None)
    timer.start(200)
    loop.exec()
    if not done():
        raise SystemExit("A screen did not show what it should.")
    QTimer.singleShot(600, loop.quit)
    loop.exec()


def _sheet(made: Sequence[Made], beside: Path | None) -> Image.Image:
    """Put the pictures onto one sheet, a row each: the other folder's at the left, ours at the right."""
    rows = [(_twin(picture, beside), Image.open(picture.file).convert("RGB"), picture) for picture in made]
    thumbs = [(twin and _thumb(twin), _thumb(ours), picture) for twin, ours, picture in rows]
    height = sum(ours.height + 40 for _, ours, _ in thumbs)
    sheet = Image.new("RGB", (THUMB * 2 + 60, height), "white")
    draw, top = ImageDraw.Draw(sheet), 0
    for twin, ours, picture in thumbs:
        draw.text((20, top + 12), picture.file.name, fill="black")
        if twin is not None:
            sheet.paste(twin, (20, top + 40))
        sheet.paste(ours, (THUMB + 40, top + 40))
        top += ours.height + 40
    return sheet


def _twin(picture: Made, beside: Path | None) -> Image.Image | None:
    file = beside / picture.twin if beside is not None else None
    return Image.open(file).convert("RGB") if file is not None and file.exists() else None


def _thumb(picture: Image.Image) -> Image.Image:
    return picture.resize((THUMB, round(picture.height * THUMB / picture.width)))


if __name__ == "__main__":
    sys.exit(main())
