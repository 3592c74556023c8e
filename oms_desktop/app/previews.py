"""The label of a parcel as a picture, drawn from the very file that was printed."""

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QObject, Signal
from sqlalchemy import select

from oms_desktop.db import Database
from oms_desktop.documents.raster import page_image
from oms_desktop.floor.views import ParcelView
from oms_desktop.models import Intent, IntentState, Parcel
from oms_desktop.station import Strand
from oms_desktop.ui.panels.shipping import ShippingPanel
from oms_desktop.ui.threads import Bridge

DPI = 203


class LabelPreviews(QObject):
    """Shows the label of the parcel in hand. Made and called on the Qt thread, drawn on the reader thread.

    `shown` says that the panel has taken it over.
    """

    shown = Signal()

    def __init__(self, store: Database, panel: ShippingPanel, reader: Strand, bridge: Bridge) -> None:
        super().__init__()
        self._store, self._panel, self._reader, self._bridge = store, panel, reader, bridge
        self._folder = TemporaryDirectory(prefix="oms-labels-")
        self._sscc = ""

    def show(self, parcel: ParcelView | None) -> None:
        """Have the label of a parcel shown, of None no label, unless it is shown already."""
        sscc = parcel.sscc if parcel is not None else ""
        if sscc == self._sscc:
            return
        self._sscc = sscc
        self._reader.put(lambda: self._draw(sscc))

    def stop(self) -> None:
        """Take the pictures away, after the reader thread has ended."""
        self._folder.cleanup()

    def _draw(self, sscc: str) -> None:
        path = label_picture(self._store, sscc, Path(self._folder.name)) if sscc else ""

        def show() -> None:
            self._panel.show_label(path)
            self.shown.emit()

        self._bridge.post(show)


def label_picture(database: Database, sscc: str, folder: Path) -> str:
    """Draw the label that was printed for a parcel into `folder`; '' while there is none."""
    with database.reading() as session:
        printed = session.scalar(
            select(Intent.result)
            .join(Parcel, Parcel.id == Intent.subject_id)
            .where(Parcel.sscc == sscc, Intent.document == "label", Intent.state == IntentState.DONE)
            .order_by(Intent.created_at.desc())
            .limit(1)
        )
    if printed is None or not Path(printed).exists():
        return ""
    picture = folder / f"{Path(printed).stem}.png"
    if not picture.exists():
        picture.write_bytes(page_image(Path(printed).read_bytes(), 0, DPI))
    return str(picture)
