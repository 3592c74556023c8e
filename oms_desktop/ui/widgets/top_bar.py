"""The top bar: screen, station, devices with shape and word, clock, person."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtWidgets import QSizePolicy, QWidget

from oms_desktop.ui.canvas import Canvas, Ink, Side, line_width
from oms_desktop.ui.shapes import Mark
from oms_desktop.ui.theme import Theme
from oms_desktop.ui.widgets.painted import Painted


@dataclass(frozen=True)
class DeviceLook:
    """A device as the bar shows it; `kind` is scanner, scale, printer, network or another word."""

    name: str
    kind: str
    word: str
    ok: bool


@dataclass(frozen=True)
class Person:
    """Who is signed in; empty for nobody."""

    name: str = ""
    role: str = ""


_ICONS = {"scanner": "scan-barcode", "scale": "scale", "printer": "printer", "network": "wifi", "hub": "wifi"}


class TopBar(Painted):
    """One painted strip; devices stand right of the title, the person at the right edge."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._title, self._station, self._person = "", "", Person()
        self._devices: dict[str, DeviceLook] = {}
        self._clock = QTimer(self)
        self._clock.setInterval(5000)
        self._clock.timeout.connect(self.update)
        self._clock.start()

    def show_title(self, title: str) -> None:
        """Show the name of the screen."""
        self._title = title
        self._tell()

    def show_station(self, station: str) -> None:
        """Show where this window stands."""
        self._station = station
        self._tell()

    def show_person(self, person: Person) -> None:
        """Show who is signed in."""
        self._person = person
        self._tell()

    def show_device(self, device: DeviceLook) -> None:
        """Show the state of a device, in the order in which devices were first told."""
        if self._devices.get(device.name) != device:
            self._devices[device.name] = device
            self._tell()

    def measure(self) -> QSize:
        """As high as the theme says."""
        return QSize(600, self.theme.sizes.top)

    def paint(self, canvas: Canvas) -> None:
        """Title and station from the left, the rest from the right."""
        sizes, colours, box = self.theme.sizes, self.theme.colours, self.box()
        canvas.block(box, colours.surface)
        canvas.rule(0, box.bottom() - 0.5, box.right(), box.bottom() - 0.5, colours.line)
        inner = box.adjusted(sizes.margin, 0, -sizes.margin, 0)
        right = self._paint_person(canvas, inner)
        right = self._paint_clock(canvas, inner, right)
        for device in reversed(self._devices.values()):
            right = self._paint_device(canvas, inner, right, device)
        room = QRectF(inner.x(), 0, max(right - inner.x(), 0), box.height())
        used = canvas.line(room, self._title, Ink(sizes.h1, colours.text, 700, least=sizes.body))
        station = room.adjusted(used + sizes.pad * 0.8, 0, 0, 0)
        canvas.line(station, self._station, Ink(sizes.body, colours.text2, 500, least=sizes.micro))

    def _paint_person(self, canvas: Canvas, area: QRectF) -> float:
        sizes, colours = self.theme.sizes, self.theme.colours
        name, role = self._person.name or "Nobody", self._person.role or "signed in"
        first, second = Ink(sizes.label, colours.text, 700), Ink(sizes.micro, colours.text2, 500)
        width = max(line_width(name, first), line_width(role, second)) + 1
        half, middle = sizes.label * 1.3, area.center().y()
        canvas.line(QRectF(area.right() - width, middle - half, width, half), name, first)
        canvas.line(QRectF(area.right() - width, middle, width, half), role, second)
        side = area.height() * 0.58
        dot = QRectF(area.right() - width - side - sizes.space, middle - side / 2, side, side)
        family = colours.accent if self._person.name else colours.idle
        canvas.block(dot, family.soft, side / 2)
        initials = "".join(word[0] for word in self._person.name.split()[:2])
        if initials:
            ink = Ink(sizes.label, family.ink, 700, least=8, side=Side.CENTRE)
            canvas.line(dot, initials.upper(), ink)
        else:
            inset = side * 0.25
            canvas.icon("user", dot.adjusted(inset, inset, -inset, -inset), family.ink)
        return dot.x() - sizes.pad

    def _paint_clock(self, canvas: Canvas, area: QRectF, right: float) -> float:
        ink = Ink(self.theme.sizes.h2, self.theme.colours.text, 500, mono=True)
        time = f"{datetime.now(self.theme.zone):%H:%M}"
        width = line_width(time, ink) + 1
        canvas.line(QRectF(right - width, 0, width, area.height()), time, ink)
        return right - width - self.theme.sizes.pad * 1.4

    def _paint_device(self, canvas: Canvas, area: QRectF, right: float, device: DeviceLook) -> float:
        sizes, colours = self.theme.sizes, self.theme.colours
        name, word = Ink(sizes.label, colours.text2, 500), Ink(sizes.label, colours.ok.ink, 600)
        if not device.ok:
            word = Ink(sizes.label, colours.warn.ink, 600)
        side, space = sizes.label * 1.2, sizes.space * 0.75
        widths = line_width(device.name, name), line_width(device.word, word)
        total = side * 2 + sum(widths) + space * 3 + 2
        left, middle = right - total, area.center().y()
        if not device.ok:
            ground = QRectF(left - space, middle - side * 1.1, total + 2 * space, side * 2.2)
            canvas.block(ground, colours.warn.soft, sizes.well * 0.8)
        icon = _ICONS.get(device.kind, "cable")
        canvas.icon(icon, QRectF(left, middle - side / 2, side, side), colours.text2)
        at = left + side + space
        canvas.line(QRectF(at, 0, widths[0] + 1, area.height()), device.name, name)
        at += widths[0] + space
        mark = Mark.RIGHT if device.ok else Mark.LOOK_OUT
        canvas.mark(mark, QRectF(at, middle - side / 2, side, side))
        canvas.line(QRectF(at + side + space, 0, widths[1] + 1, area.height()), device.word, word)
        return left - sizes.pad * 1.3

    def _tell(self) -> None:
        devices = ". ".join(f"{device.name} {device.word}" for device in self._devices.values())
        person = f"{self._person.name}, {self._person.role}" if self._person.name else "nobody signed in"
        self.say(f"{self._title}, {self._station}, {person}. {devices}")
