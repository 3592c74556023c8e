"""A shift in the real window: virtual hands at a real scanner and scale, watched for speed and pictures."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

from oms_desktop.app.hands import Go, Hands, Move, PressKey, ScanCode, ScanLabel, TypeDigits, Weigh
from oms_desktop.app.screens import Screen
from oms_desktop.app.workstation import Workstation
from oms_desktop.devices.simulated import PtyScale, PtyScanner
from oms_desktop.documents.reading import codes_on
from oms_desktop.floor import bench, shipping
from oms_desktop.floor.reply import Sound
from oms_desktop.floor.workplace import QUEUE, Answer
from oms_desktop.jobs.printing import Failed, Outcome, Printed

PATIENCE_MS = 30_000
"""How long one move may take before the shift is given up."""

PNG_QUALITY = 75
"""Of Qt's 0 to 100: pictures are a little larger and made in a third of the time."""

SIZES = ((1920, 1080), (1366, 768))


@dataclass
class Log:
    """What was seen in a shift: milliseconds of each scan, pictures, labels by SSCC, what went wrong."""

    scans_ms: list[float] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    labels: dict[str, Path] = field(default_factory=dict)
    trouble: str = ""


class Shift(QObject):
    """Plays moves until there is none left; then `over` is emitted.

    `labelled` carries how many labels have been printed.
    """

    over = Signal()
    labelled = Signal(int)

    def __init__(
        self,
        screen: Screen,
        desk: Workstation,
        hands: Hands,
        scanner: PtyScanner,
        scale: PtyScale,
        *,
        pictures: Path | None = None,
        pause_ms: int = 0,
    ) -> None:
        super().__init__()
        self.log = Log()
        self._screen, self._desk, self._hands = screen, desk, hands
        self._scanner, self._scale = scanner, scale
        self._pictures, self._pause = pictures, pause_ms
        self._seen: set[str] = set()
        self._awaited: Callable[[Answer], bool] = lambda _answer: True
        self._sent: float | None = None
        self._label = ""
        self._previewed: Answer | None = None
        self._watch = QTimer(self)
        self._watch.setSingleShot(True)
        self._watch.timeout.connect(self._give_up)
        desk.answered.connect(self._answered)
        desk.printed.connect(self._printed)
        desk.previewed.connect(self._preview)

    def start(self) -> None:
        """Begin at the door."""
        self._watch.start(PATIENCE_MS)
        self._desk.start()

    def _answered(self, answer: Answer) -> None:
        if not self._awaited(answer) or (answer.place == QUEUE and not self._desk.queue_is_read):
            return
        # The paint that this answer has caused belongs to the scan: it is done here and now.
        QCoreApplication.sendPostedEvents(self._screen.window, QEvent.Type.UpdateRequest.value)
        if self._sent is not None:
            self.log.scans_ms.append((perf_counter() - self._sent) * 1000)
            self._sent = None
        self._awaited = lambda _answer: False
        if answer.reply is not None and answer.reply.state is shipping.State.LANE:
            self._previewed = answer
        else:
            # New widgets are shown by the event loop: the picture is taken one turn later.
            QTimer.singleShot(0, lambda: self._settle(answer))

    def _preview(self) -> None:
        """The label is shown beside the parcel: now the screen is complete."""
        answer, self._previewed = self._previewed, None
        if answer is not None:
            self._settle(answer)

    def _settle(self, answer: Answer) -> None:
        self._take_pictures(answer)
        QTimer.singleShot(self._pause, lambda: self._go_on(answer))

    def _go_on(self, answer: Answer) -> None:
        move = self._hands.next(answer)
        self._watch.start(PATIENCE_MS)
        if move is None:
            self._end()
        else:
            self._do(move)

    def _do(self, move: Move) -> None:
        match move:
            case ScanCode(text):
                self._scan(text)
            case Weigh(grams):
                self._awaited = lambda answer: _state(answer) is bench.State.LABEL
                self._scale.put(grams)
            case PressKey(key):
                self._awaited = lambda answer: answer.reply is not None and answer.reply.sound is Sound.DONE
                self._screen.window.key_pressed.emit(key, "")
            case TypeDigits(text):
                self._awaited = lambda answer: answer.place != "sign_in"
                for digit in text:
                    self._screen.window.digit_pressed.emit(digit)
            case Go(place):
                self._awaited = lambda answer: answer.place == place
                self._screen.window.place_asked.emit(place)
            case ScanLabel(sscc):
                self._label = sscc
                self._scan_label()

    def _scan(self, text: str) -> None:
        self._awaited = lambda answer: answer.scan == text
        self._sent = perf_counter()
        self._scanner.scan(text)

    def _scan_label(self) -> None:
        """Scan what is printed on the label, as soon as it is printed."""
        file = self.log.labels.get(self._label)
        if file is None:
            return
        sscc = next(code.sent for code in codes_on(file.read_bytes()) if code.symbology == "Code128")
        self._label = ""
        self._scale.put(0)
        self._scan(sscc)

    def _printed(self, outcome: Outcome) -> None:
        if isinstance(outcome, Failed):
            self._give_up(outcome.reason)
        elif isinstance(outcome, Printed) and Path(outcome.where).name.startswith("label-"):
            sscc = Path(outcome.where).name.split("-")[1].removesuffix(".pdf")
            self.log.labels[sscc] = Path(outcome.where)
            self.labelled.emit(len(self.log.labels))
            if self._label:
                self._scan_label()

    def _take_pictures(self, answer: Answer) -> None:
        """Take a picture of each place in each state, at both sizes, light and dark, once."""
        reply = answer.reply
        name = "list" if reply is None else _name(reply.state.value, reply.ok)
        if self._pictures is None or f"{answer.place}-{name}" in self._seen:
            return
        self._seen.add(f"{answer.place}-{name}")
        window, theme = self._screen.window, self._screen.window.theme
        before, dark_before = window.size(), theme.dark
        # Back by the way it came: a new density or theme dresses the whole window anew, which is slow.
        for dark, sizes in ((False, SIZES), (True, SIZES[::-1])):
            theme.set_dark(dark)
            for width, height in sizes:
                window.resize(width, height)
                # Only the layout is brought up to date: no event loop runs inside this one.
                QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
                shade = "dark" if dark else "light"
                file = self._pictures / f"{answer.place}-{name}-{shade}-{width}x{height}.png"
                window.grab().save(str(file), "PNG", PNG_QUALITY)
                self.log.pictures.append(file.name)
        theme.set_dark(dark_before)
        window.resize(before)

    def _give_up(self, reason: str = "") -> None:
        shown = self._screen.window.bar.accessibleName()
        self.log.trouble = reason or f"No answer within {PATIENCE_MS // 1000} s. The screen says: {shown}"
        self._end()

    def _end(self) -> None:
        self._watch.stop()
        self._awaited = lambda _answer: False
        self.over.emit()


def _state(answer: Answer) -> object:
    return answer.reply.state if answer.reply is not None else None


def _name(state: str, ok: bool) -> str:
    return state.replace(" ", "_") if ok else f"{state.replace(' ', '_')}_wrong"
