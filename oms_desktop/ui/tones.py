"""Which tone of the instruction bar a reply asks for."""

from typing import Any

from oms_desktop.floor.reply import Reply, Sound
from oms_desktop.ui.widgets.instruction_bar import Tone

_UNKNOWN = "unknown"
"""Last part of the refusal codes for a code that nobody knows: nothing is in the wrong place."""


def tone_of(reply: Reply[Any], *, scan: str, fresh: bool) -> Tone:
    """The tone for a reply to a `scan` (empty for a key, a digit or a weight).

    A wrong scan is red; an unknown code and a refused key or weight ask for a decision, so they are
    amber; what was right just now (`fresh`) is green; all else is blue.
    """
    if not reply.ok:
        unknown = reply.refusal is not None and reply.refusal.code.rpartition(".")[2] == _UNKNOWN
        wrong = bool(scan) and not unknown and reply.sound is not Sound.ATTENTION
        return Tone.WRONG if wrong else Tone.ASK
    if reply.sound is Sound.ATTENTION:
        return Tone.ASK
    return Tone.RIGHT if fresh else Tone.MOVE
