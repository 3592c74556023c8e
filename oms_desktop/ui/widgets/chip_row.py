"""The filters of the queue in one row, each with its count; one of a group is on at most."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from oms_desktop.floor.views import Filter, QueueCount
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.boxes import Row
from oms_desktop.ui.widgets.chip import Chip

_GROUPS = {
    "late": "due",
    "soon": "due",
    "new": "stage",
    "released": "stage",
    "started": "stage",
    "packing": "stage",
    "hold": "flag",
    "exception": "flag",
    "zone": "zone",
}
"""To which group a chip belongs; one of a group is on at most, and groups combine with AND."""


class ChipRow(QWidget):
    """Chips in the order in which they were counted first. `asked` carries the name of one."""

    asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._row = theme, Row(theme)
        self.chips: dict[str, Chip] = {}
        self._row.addStretch(1)
        self.setLayout(self._row)
        theme.changed.connect(self._space)
        self._space()

    def show_counts(self, counts: Sequence[QueueCount], on: Filter) -> None:
        """Show how many orders stand under each filter; one that was not there gets its chip."""
        for count in counts:
            if count.filter not in self.chips:
                self._add(count.filter)
            self.chips[count.filter].show_count(count.count, more=count.more)
        self.show_filter(on)

    def show_filter(self, on: Filter) -> None:
        """Show which filters are on."""
        words = {on.due, on.stage, on.flag, "zone" if on.zone else ""}
        for chip in self.chips.values():
            chip.setChecked(chip.name in words or (chip.name == "all" and not on.narrow))

    def _add(self, name: str) -> None:
        chip = self.chips[name] = Chip(self._theme, name)
        chip.clicked.connect(lambda: self.asked.emit(name))
        self._row.insertWidget(self._row.count() - 1, chip)

    def _space(self) -> None:
        self._row.setSpacing(4 if self._theme.compact else self._theme.sizes.space)


def switched(before: Filter, name: str, zone: str) -> Filter:
    """Return the filter with a chip turned on in its group, or off again; "all" turns all of them off.

    `zone` is the one that the chip of that name stands for.
    """
    if name == "all":
        return Filter(search=before.search)
    group = _GROUPS[name]
    word = zone if name == "zone" else name
    off = getattr(before, group) == word
    return replace(before, **{group: "" if off else word})
