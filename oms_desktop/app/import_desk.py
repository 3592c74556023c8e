"""Files of orders brought in through the window: chosen or dropped, in a thread of their own."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from oms_desktop.app import desk
from oms_desktop.app.bringing import bring_orders
from oms_desktop.app.house import House
from oms_desktop.app.report import Report, counts, lines
from oms_desktop.app.screens import Screen
from oms_desktop.app.watch import Watch
from oms_desktop.errors import OmsError
from oms_desktop.floor.workplace import QUEUE, places_of
from oms_desktop.station import Station, Strand
from oms_desktop.ui.shapes import Mark
from oms_desktop.ui.threads import Bridge
from oms_desktop.ui.widgets.import_strip import ImportLook
from oms_desktop.ui.widgets.instruction_bar import Tone
from oms_desktop.ui.widgets.report_sheet import ReportSheet

log = logging.getLogger(__name__)

KINDS = "Orders (*.json *.csv);;All files (*)"


class ImportDesk(QObject):
    """Connects button, strip and report with the import. Made and stopped on the Qt thread.

    It books under the name of the person who began, at a station of its own. `changed` may be called from
    any thread when orders have come in; `brought` carries the `Report` after it was shown.
    """

    brought = Signal(object)

    def __init__(self, screen: Screen, station: Station, house: House, changed: Callable[[], None]) -> None:
        super().__init__()
        self._window, self._panel, self._strip = screen.window, screen.queue, screen.queue.strip
        self._station, self._house, self._changed = station, house, changed
        self.sheet = ReportSheet(screen.window.theme, screen.window.content)
        self._running, self._name, self._report = False, "", Report()
        self._cancelled = Event()
        self._bridge = Bridge(self)
        self._strand = Strand("import", self._failed)
        self._panel.bring.clicked.connect(self.choose)
        self._window.files_dropped.connect(self.bring)
        self._strip.cancelled.connect(self._cancelled.set)
        self._strip.report_asked.connect(self._show_report)
        self.sheet.closed.connect(self._window.setFocus)

    def stop(self) -> None:
        """End behind the batch under way; the file comes again."""
        self._cancelled.set()
        self._strand.drain()
        self._strand.stop()

    def choose(self) -> None:
        """Ask for files; the window stays live meanwhile."""
        dialog = QFileDialog(self._window, "Import orders", "", KINDS)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.bring([Path(name) for name in names]))
        dialog.open()

    def bring(self, files: Sequence[Path]) -> None:
        """Bring files in one after the other, if the person who is signed in may see the queue."""
        person = self._station.person
        if QUEUE not in places_of(person):
            self._refuse("Somebody who may see the queue has to be signed in.")
            return
        if self._running:
            self._refuse("Another file is being brought in. Wait for its end, or cancel it.")
            return
        self._running = True
        self._cancelled.clear()
        self._panel.bring.setEnabled(False)
        self._window.place_asked.emit(QUEUE)
        self._strip.show_look(ImportLook(files[0].name, "is being read", share=0.0))
        signed = desk.at_desk(self._station)
        station = replace(signed, name=f"{signed.name} IMPORT", _numbers={})
        self._strand.put(lambda: self._bring(station, files))

    def _refuse(self, why: str) -> None:
        self._window.bar.show_instruction(Tone.ASK, "Not brought in", why)

    def _bring(self, station: Station, files: Sequence[Path]) -> None:
        """Bring all files; one that cannot be used is told, and the others go on."""
        report = Report()
        for number, file in enumerate(files, 1):
            name = file.name if len(files) == 1 else f"{file.name} ({number} of {len(files)})"
            watch = Watch(partial(self._tell, name, report), self._cancelled.is_set)
            try:
                report += bring_orders(station, file, watch=watch, house=self._house)
            except OmsError as error:
                report += Report(broken=error.text.replace(str(file), file.name))
            if report.stopped:
                break
        names = files[0].name if len(files) == 1 else f"{len(files)} files"
        self._changed()
        self._bridge.post(lambda: self._done(names, report))

    def _tell(self, name: str, before: Report, report: Report, at: int, size: int) -> None:
        look = ImportLook(name, counts(before + report), share=min(at / size, 1.0) if size else 1.0)
        self._bridge.post(lambda: self._strip.show_look(look))

    def _done(self, name: str, report: Report) -> None:
        """Show what became of the files; those of which nothing could be read are wrong."""
        self._name, self._report = name, report
        words = f"{report.broken} {counts(report) if report.read else ''}".strip()
        mark = Mark.LOOK_OUT if report.refused or report.held or report.broken else Mark.RIGHT
        if report.broken and not report.read and not report.stopped:
            mark = Mark.WRONG
        self._end(
            ImportLook(name, words or counts(report), mark, listed=bool(report.problems or report.notes))
        )
        self.brought.emit(report)

    def _end(self, look: ImportLook) -> None:
        self._running = False
        self._panel.bring.setEnabled(True)
        self._strip.show_look(look)

    def _failed(self, error: Exception) -> None:
        """Tell that the import has ended where nobody expected it; what came before is in."""
        words = "That did not work. What came before is in; the log says more. Import it again."
        self._bridge.post(lambda: self._end(ImportLook("Import", words, Mark.WRONG)))

    def _show_report(self) -> None:
        told = [self._report.broken] if self._report.broken else []
        left = [f"{self._report.unlisted} more are not listed."] if self._report.unlisted else []
        self.sheet.open_report(f"{self._name}: {counts(self._report)}", [*told, *lines(self._report), *left])
