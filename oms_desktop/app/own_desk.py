"""The form for a warehouse of one's own, and what it starts: a database beside the demo's."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from oms_desktop.app import opening, own_warehouse
from oms_desktop.app.own_warehouse import OwnWarehouse
from oms_desktop.app.screens import Screen
from oms_desktop.errors import OmsError
from oms_desktop.settings import load, save
from oms_desktop.station import Strand
from oms_desktop.ui.threads import Bridge
from oms_desktop.ui.widgets.own_form import Asked, OwnForm


class OwnDesk(QObject):
    """Connects the form with what it starts. Made and stopped on the Qt thread.

    `made` carries the address of the new database, which is then also `address` and stands in the settings.
    """

    made = Signal(str)

    def __init__(self, screen: Screen, folder: Path) -> None:
        super().__init__()
        self.form = OwnForm(screen.window.theme, screen.window.content)
        self.address = ""
        self._folder = folder
        self._bridge = Bridge(self)
        self._maker = Strand("maker", self._failed)
        self.form.started.connect(lambda asked: self._maker.put(lambda: self._make(asked)))
        self.form.closed.connect(screen.window.setFocus)
        screen.door.own_asked.connect(self.form.open_form)

    def stop(self) -> None:
        """Finish what is being made and end the thread."""
        self._maker.drain()
        self._maker.stop()

    def _make(self, asked: Asked) -> None:
        wish = OwnWarehouse(layout=asked.layout, **asked.texts)
        faults = own_warehouse.unfit(wish)
        if faults:
            self._bridge.post(lambda: self.form.refuse(faults))
            return
        address = f"sqlite:///{_free_file(self._folder)}"
        database = opening.open_database(address)
        try:
            own_warehouse.start(opening.system_station(database), wish)
        finally:
            database.close()
        save(self._folder, replace(load(self._folder), database=address))
        self._bridge.post(lambda: self._go_on(address))

    def _go_on(self, address: str) -> None:
        self.address = address
        self.made.emit(address)

    def _failed(self, error: Exception) -> None:
        text = error.text if isinstance(error, OmsError) else "That did not work. The log says more."
        self._bridge.post(lambda: self.form.refuse({"": text}))


def _free_file(folder: Path) -> Path:
    """Name a file for the database that is not there yet."""
    names = (f"warehouse{number or ''}.sqlite" for number in range(1000))
    return next(folder / name for name in names if not (folder / name).exists())
