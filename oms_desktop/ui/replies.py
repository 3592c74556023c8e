"""What each place was told last, and how the bar and the error sheet say it."""

from dataclasses import dataclass
from typing import Any

from oms_desktop.floor.reply import Reply, Sound
from oms_desktop.ui.tones import tone_of
from oms_desktop.ui.widgets.error_sheet import ErrorSheet
from oms_desktop.ui.widgets.instruction_bar import InstructionBar, LastScan, Tone


@dataclass(frozen=True)
class _Shown:
    reply: Reply[Any]
    scan: str


class Replies:
    """Keeps the last reply of each place, and its last right one, and shows those of the place in front."""

    def __init__(self, bar: InstructionBar, sheet: ErrorSheet) -> None:
        self._bar, self._sheet = bar, sheet
        self._shown: dict[str, _Shown] = {}
        self._right: dict[str, Reply[Any]] = {}

    def open(self, place: str, title: str) -> None:
        """Show a place as its last reply left it, its title if there was none."""
        shown = self._shown.get(place)
        if shown is None:
            self._sheet.hide()
            self._bar.show_scan(LastScan())
            self._bar.show_instruction(Tone.MOVE, title, "")
        else:
            self._instruct(shown, fresh=False)

    def take(self, place: str, reply: Reply[Any], scan: str, in_front: bool, any_news: bool) -> bool:
        """Keep a reply and show it if its place is in front; False if it may not take a refusal away.

        `any_news` lets each reply take it away.
        """
        if not any_news and self._says_nothing_new(place, reply, scan):
            return False
        if reply.ok:
            self._right[place] = reply
        shown = self._shown[place] = _Shown(reply, scan)
        if in_front:
            self._instruct(shown, fresh=True)
        return True

    def forget(self) -> None:
        """Forget what was told: somebody else is here now."""
        self._shown.clear()
        self._right.clear()
        self._sheet.hide()
        self._bar.show_scan(LastScan())

    def put_aside(self, place: str) -> None:
        """Put a refusal away and go back to what was right last."""
        shown = self._shown.get(place)
        if shown is None or shown.reply.ok:
            return
        reply = self._right.get(place, shown.reply)
        self._shown[place] = _Shown(reply, "")
        self._sheet.hide()
        self._bar.show_instruction(Tone.MOVE, reply.message, reply.hint)

    def _says_nothing_new(self, place: str, reply: Reply[Any], scan: str) -> bool:
        """Whether a reply (such as to a reading of the scale) may not take away a refusal that is shown."""
        before, right = self._shown.get(place), self._right.get(place)
        if scan or reply.told or not reply.ok or before is None or before.reply.ok:
            return False
        return right is not None and (right.state, right.message) == (reply.state, reply.message)

    def _instruct(self, shown: _Shown, *, fresh: bool) -> None:
        """Bar and sheet for a reply; only a fresh right scan is flashed."""
        reply, refusal = shown.reply, shown.reply.refusal
        tone = tone_of(reply, scan=shown.scan, fresh=fresh and bool(shown.scan or reply.told))
        if refusal is None:
            # What was finished matters more than the hint for what comes next.
            finished = fresh and reply.sound is Sound.DONE and reply.told
            self._bar.show_instruction(tone, reply.message, reply.told if finished else reply.hint)
        else:
            advice = "" if tone is Tone.WRONG else refusal.advice
            self._bar.show_instruction(tone, refusal.title, f"{refusal.text} {advice}".strip())
        told = reply.told if refusal is None else refusal.title
        if shown.scan or not fresh:
            self._bar.show_scan(LastScan(shown.scan, told, reply.ok) if shown.scan else LastScan())
        if refusal is not None and tone is Tone.WRONG:
            self._sheet.show_refusal(refusal)
        else:
            self._sheet.hide()
