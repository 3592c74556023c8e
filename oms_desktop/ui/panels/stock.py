"""The stock panel: what happens where, what must be refilled, what lies where, what has moved."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QStackedLayout, QWidget

from oms_desktop.floor.reply import Key, Reply
from oms_desktop.floor.stock_views import (
    RefillView,
    StockBoard,
    StockRow,
    StockView,
    StockWish,
    TaskView,
)
from oms_desktop.ui.panel import Panel
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.boxes import Card, Column, Row
from oms_desktop.ui.widgets.choice import Choice
from oms_desktop.ui.widgets.floor_map import FloorMap, Heat, HeatLegend, MapMark
from oms_desktop.ui.widgets.key_button import KeyButton
from oms_desktop.ui.widgets.locations_card import LocationsCard
from oms_desktop.ui.widgets.movement_list import MovementList
from oms_desktop.ui.widgets.notice import Notice
from oms_desktop.ui.widgets.refill_row import RefillRow
from oms_desktop.ui.widgets.rows import Rows
from oms_desktop.ui.widgets.task_card import TaskCard

_CAPS = {Key.REFILL: "F3", Key.MOVE: "F4", Key.COUNT: "F5", Key.ADJUST: "F6"}
_SHORTCUTS: Mapping[str, Key] = {**{cap: key for key, cap in _CAPS.items()}, "F7": Key.PRINT, "F9": Key.UNDO}
_NOTES = {
    Heat.PICKS: "picks per bay since {since}",
    Heat.FILL: "share of places with goods",
    Heat.AGE: "days since the oldest goods came",
}
NOT_READ = StockBoard()
"""What is shown before anything was read."""


class StockPanel(Panel):
    """Map and locations at the left; refills, or the work in hand, and movements at the right.

    `wish_changed` carries a `StockWish` when other rows are to be read, `refill_asked` a refill's id.
    """

    wish_changed = Signal(object)
    refill_asked = Signal(str)

    keys = frozenset({Key.REFILL, Key.MOVE, Key.COUNT, Key.ADJUST, Key.PRINT, Key.UNDO, Key.PUT_ASIDE})
    shortcuts = _SHORTCUTS

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.questions = {}
        self.map, self.legend = FloorMap(theme), HeatLegend(theme)
        self.choices = {heat: Choice(theme, heat.value[0], heat.word) for heat in Heat}
        self.locations, self.movements = LocationsCard(theme), MovementList(theme)
        self.refills, self.nothing = Rows(theme, self._refill_row), Notice(theme, "check")
        self.task, self.type_button = TaskCard(theme), KeyButton(theme, "Type number", "keyboard", "F5")
        self.aside = KeyButton(theme, "Put aside", "x", "Esc")
        self.adjust, self.print_sign, self.undo = (
            KeyButton(theme, "Adjust", "scale", "F6"),
            KeyButton(theme, "Sign", "printer", "F7"),
            KeyButton(theme, "Undo", "undo-2", "F9"),
        )
        self.floor_card, self.side = (
            Card(theme, "Floor today", "map"),
            Card(theme, "Refill", "arrow-down-to-line"),
        )
        self._stack, self._grid = QStackedLayout(), QGridLayout(self)
        self._board, self._view, self._heat = NOT_READ, StockView(), Heat.PICKS
        self._wish, self._chosen, self._asked = StockWish(), "", ""
        self._lay_out()
        self._wire()
        self._fit_buttons()
        self._show_map()
        self._show_side()

    @property
    def wish(self) -> StockWish:
        """What the locations are to show."""
        return self._wish

    def show_reply(self, reply: Reply[StockView]) -> None:
        """Paint what was looked up, and the work in hand."""
        view, before = reply.data, self._view
        self._view = view
        if (view.place, view.product) != (before.place, before.product):
            self._chosen = ""
        self._ask_for(StockWish(self._wish.filter) if view.task else self._looked_up())
        if self._board is not NOT_READ:
            self._show_rows()
        self._show_side()
        self._show_map()
        self._select()
        self._open_field(reply.state.name)

    def set_board(self, board: StockBoard) -> None:
        """Take over what was read; only what differs is painted."""
        self._board = board
        self._show_rows()
        self.movements.show_movements(board.movements)
        self._show_side()
        self._show_map()
        self._select()

    def _show_rows(self) -> None:
        """Show the rows; the numbers of a place that is being counted stay hidden."""
        board, view = self._board, self._view
        blind = view.place if view.task is not None and view.task.blind else ""
        rows = [replace(row, blind=True) if blind and row.place == blind else row for row in board.rows]
        self.locations.show_rows(rows, board.counts, more=board.more)

    def set_heat(self, heat: Heat) -> None:
        """Colour the map by something else."""
        self._heat = heat
        self._show_map()

    def _looked_up(self) -> StockWish:
        """Rows of the place that was scanned, else of the product, else those under the filter."""
        view = self._view
        if view.place or view.product:
            return StockWish("all", view.place, "" if view.place else view.product)
        return StockWish(self._wish.filter)

    def _ask_for(self, wish: StockWish) -> None:
        view = self._view
        self.locations.show_looked_up((view.location or view.sku) if wish.place or wish.product else "")
        same = (wish.filter, wish.place, wish.product) == (
            self._wish.filter,
            self._wish.place,
            self._wish.product,
        )
        if not same:
            self._wish = wish
            self.locations.set_filter(wish.filter)
            self.wish_changed.emit(wish)

    def _filter(self, name: str) -> None:
        self._wish = StockWish(name)
        self.locations.show_looked_up("")
        self.wish_changed.emit(self._wish)

    def _read_more(self) -> None:
        wish = self._wish
        self._wish = StockWish(wish.filter, wish.place, wish.product, wish.limit + StockWish.limit)
        self.wish_changed.emit(self._wish)

    def _choose(self, row: StockRow) -> None:
        """Mark the place of a row that was clicked."""
        self._chosen = row.place
        self._show_map()

    def _select(self) -> None:
        view = self._view
        if not self._chosen and (view.place or view.product):
            self.locations.select(view.place, view.sku)

    def _show_side(self) -> None:
        """The work in hand, else the refills, the most urgent first."""
        task, refills = self._view.task, self._board.refills
        self.questions = {task.key: task.question} if task is not None and task.key and task.question else {}
        if task is not None:
            self._show_task(task)
            return
        number = len(refills)
        note = f"{number}, most urgent first" if number > 1 else ""
        self.side.set_title("Refill now" if refills else "Refill", note)
        self.refills.feed(refills, lambda row, refill, at: row.show_refill(refill, first=at == 0))
        if self._board is NOT_READ:
            self.nothing.show_words("The refills are being read", "It takes a moment.")
        else:
            self.nothing.show_words("Nothing to refill", "Every place has what it should have.")
        self._stack.setCurrentIndex(0 if refills else 1)

    def _show_task(self, task: TaskView) -> None:
        self.side.set_title(task.title, f"step {task.step + 1} of {len(task.steps)}")
        self.task.show_task(task)
        self.type_button.setVisible(bool(task.question))
        self.type_button.set_key(_CAPS.get(task.key, "") if task.key else "")
        self._stack.setCurrentIndex(2)

    def _show_map(self) -> None:
        self.floor_card.set_title(
            "Floor today", _NOTES[self._heat].format(since=self._board.since or "midnight")
        )
        for heat, choice in self.choices.items():
            choice.setChecked(heat is self._heat)
        self.legend.show_heat(self._heat)
        if self._board is not NOT_READ and self._board.bays is not None:
            self.map.show_bays(self._board.bays, self._heat)
        self.map.mark(self._mark())

    def _mark(self) -> MapMark:
        """The place that was clicked or is asked for; the one to refill first where there is none."""
        urgent = self._board.refills[0].place if self._board.refills and not self._view.product else ""
        place = self._chosen or self._view.place or urgent
        bay = next((bay for bay in self._board.bays or () if place and place in bay.places), None)
        if bay is None:
            return MapMark()
        blind = self._view.task is not None and self._view.task.blind
        row = next((row for row in self._board.rows if row.place == place and not blind), None)
        refill = next((each for each in self._board.refills if each.place == place), None)
        picks = "pick" if bay.picks == 1 else "picks"
        code = (
            row.location if row else refill.target if refill and not self._view.place else self._view.location
        )
        return MapMark(place, code, f"{_state(row, refill)}{bay.picks:,} {picks} today in this bay")

    def _open_field(self, state: str) -> None:
        """Open the field by itself where something can only be typed, once a step."""
        task = self._view.task
        key = f"{state} {task.step} {task.question}" if task is not None and task.opens else ""
        if key and key != self._asked and task is not None and task.key is not None:
            asked = task.key
            # The window closes the field after a scan was shown; it is opened after that.
            QTimer.singleShot(0, self, lambda: self.key_asked.emit(asked))
        self._asked = key

    def _refill_row(self) -> RefillRow:
        row = RefillRow(self.theme)
        row.started.connect(self.refill_asked)
        return row

    def _wire(self) -> None:
        for heat, choice in self.choices.items():
            choice.clicked.connect(lambda _=False, asked=heat: self.set_heat(asked))
        self.locations.filter_changed.connect(self._filter)
        self.locations.row_chosen.connect(self._choose)
        self.locations.key_asked.connect(self.key_asked)
        self.locations.model.more_asked.connect(self._read_more)
        self.adjust.clicked.connect(lambda: self.key_asked.emit(Key.ADJUST))
        self.print_sign.clicked.connect(lambda: self.key_asked.emit(Key.PRINT))
        self.undo.clicked.connect(lambda: self.key_asked.emit(Key.UNDO))
        self.aside.clicked.connect(lambda: self.key_asked.emit(Key.PUT_ASIDE))
        self.type_button.clicked.connect(self._type)
        self.theme.changed.connect(self._fit_buttons)

    def _type(self) -> None:
        task = self._view.task
        if task is not None and task.key is not None:
            self.key_asked.emit(task.key)

    def _lay_out(self) -> None:
        foot = Row(self.theme, self.legend, *self.choices.values())
        foot.setSpacing(self.theme.sizes.space)
        self.floor_card.column.addWidget(self.map, 1)
        self.floor_card.column.addLayout(foot)
        work = QWidget()
        inside = Column(self.theme, self.task)
        inside.addLayout(Row(self.theme, self.type_button, self.aside))
        work.setLayout(inside)
        for widget in (self.refills, self.nothing, work):
            self._stack.addWidget(widget)
        self.side.column.addLayout(self._stack)
        moved = Card(self.theme, "Movements", "history")
        moved.set_title("Movements", "every change, never deleted")
        moved.column.addWidget(self.movements, 1)
        moved.column.addLayout(Row(self.theme, self.adjust, self.print_sign, self.undo))
        grid = self._grid
        grid.setContentsMargins(0, 0, 0, 0)
        for number, card in enumerate((self.floor_card, self.side, self.locations, moved)):
            grid.addWidget(card, number // 2, number % 2)
        for number, part in enumerate((175, 100)):
            grid.setColumnStretch(number, part)
        for number, part in enumerate((100, 116)):
            grid.setRowStretch(number, part)

    def _fit_buttons(self) -> None:
        self._grid.setSpacing(self.theme.sizes.gap)
        for button in (self.adjust, self.print_sign, self.undo, self.type_button, self.aside):
            button.setFixedHeight(self.theme.sizes.target)


def _state(row: StockRow | None, refill: RefillView | None) -> str:
    """How a place stands, in words before the number of its picks."""
    if row is not None and row.word != "empty":
        return f"{row.available:,} free, "
    if row is not None and row.on_hand:
        return "all promised, "
    word = refill.word if refill is not None else "empty" if row is not None else ""
    return f"{word}, " if word else ""
