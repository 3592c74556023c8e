"""The design tokens: every colour and every size of the screens, in one place.

Colours are ``#RRGGBB`` (or ``#AARRGGBB`` for veils), sizes are logical pixels.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Family:
    """One meaning in four colours: `ink` on a surface, solid `fill`, ink `on` the fill, tint `soft`."""

    ink: str
    fill: str
    on: str
    soft: str


@dataclass(frozen=True)
class Colours:
    """All colours of one theme; `focus` is the ring around what has the keyboard."""

    bg: str
    surface: str
    surface2: str
    sunken: str
    line: str
    line_strong: str
    text: str
    text2: str
    text3: str
    rail: str
    on_rail: str
    focus: str
    accent: Family
    ok: Family
    err: Family
    warn: Family
    special: Family
    idle: Family
    flash: Family
    """The instruction bar for one second after a right scan."""
    shade: str
    """A veil that darkens part of a filled bar."""
    scrim: str
    """A veil over the content behind an overlay."""
    paper: str
    print: str
    """Ink on paper, the same by day and night."""


@dataclass(frozen=True)
class Sizes:
    """All sizes of one density: type first, then space and fixed heights and widths."""

    codexl: int
    qty: int
    display: int
    next: int
    h1: int
    h2: int
    body: int
    label: int
    micro: int
    rail: int
    top: int
    bar: int
    margin: int
    gap: int
    pad: int
    action: int
    step: int
    row: int
    side: int
    pin: int
    radius: int = 14
    well: int = 10
    target: int = 48
    """Least height of anything that can be pressed."""
    space: int = 8
    focus: int = 3


@dataclass(frozen=True)
class Tokens:
    """A theme at a density."""

    colours: Colours
    sizes: Sizes
    dark: bool
    compact: bool


_ON_FLASH = "#04261A"
_ON_AMBER = "#1F1400"
_AMBER = "#FFBE2E"
_WHITE = "#FFFFFF"

LIGHT = Colours(
    bg="#E8ECF1",
    surface=_WHITE,
    surface2="#F3F6F9",
    sunken="#DDE3EB",
    line="#CCD5DF",
    line_strong="#73839A",
    text="#0E1B2C",
    text2="#3F4F65",
    text3="#56667C",
    rail="#0C1A2C",
    on_rail="#C3D0E0",
    focus="#0E1B2C",
    accent=Family("#1450D2", "#1450D2", _WHITE, "#E2EBFF"),
    ok=Family("#076B49", "#08734F", _WHITE, "#DAF2E7"),
    err=Family("#B3201A", "#B8201A", _WHITE, "#FDE5E2"),
    warn=Family("#834700", _AMBER, _ON_AMBER, "#FFF0CC"),
    special=Family("#6230AE", "#6B37BA", _WHITE, "#EFE7FB"),
    idle=Family("#47566B", "#47566B", _WHITE, "#E6EBF1"),
    flash=Family("#076B49", "#3DD598", _ON_FLASH, "#DAF2E7"),
    shade="#2E000000",
    scrim="#8C0A111B",
    paper=_WHITE,
    print="#111111",
)

DARK = Colours(
    bg="#0A111B",
    surface="#131D2A",
    surface2="#1A2737",
    sunken="#2A3B50",
    line="#2B3A4E",
    line_strong="#74879F",
    text="#F1F5FA",
    text2="#BECADA",
    text3="#9DADC1",
    rail="#060B12",
    on_rail="#B4C2D4",
    focus=_WHITE,
    accent=Family("#86B0FF", "#2A63EA", _WHITE, "#172E57"),
    ok=Family("#4FD6A4", "#0A7A55", _WHITE, "#0E3329"),
    err=Family("#FF9389", "#C4281F", _WHITE, "#471A1A"),
    warn=Family("#FFC654", _AMBER, _ON_AMBER, "#3D2E0D"),
    special=Family("#C9A8FF", "#7846C8", _WHITE, "#2E2150"),
    idle=Family("#B4C2D4", "#4A5A70", _WHITE, "#223044"),
    flash=Family("#4FD6A4", "#3DD598", _ON_FLASH, "#0E3329"),
    shade="#2E000000",
    scrim="#B3060B12",
    paper=_WHITE,
    print="#111111",
)

ROOMY = Sizes(
    codexl=172,
    qty=128,
    display=50,
    next=46,
    h1=30,
    h2=22,
    body=18,
    label=15,
    micro=13,
    rail=104,
    top=68,
    bar=116,
    margin=20,
    gap=15,
    pad=18,
    action=68,
    step=60,
    row=64,
    side=620,
    pin=128,
)

COMPACT = Sizes(
    codexl=96,
    qty=84,
    display=30,
    next=32,
    h1=23,
    h2=18,
    body=15,
    label=13,
    micro=12,
    rail=77,
    top=50,
    bar=86,
    margin=15,
    gap=11,
    pad=14,
    action=50,
    step=48,
    row=54,
    side=440,
    pin=84,
)


def tokens(*, dark: bool, compact: bool) -> Tokens:
    """The tokens of a theme at a density."""
    return Tokens(DARK if dark else LIGHT, COMPACT if compact else ROOMY, dark, compact)


def is_compact(width: int, height: int) -> bool:
    """Whether a window of this size in logical pixels shows the compact density."""
    return width < 1600 or height < 900


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two ``#RRGGBB`` colours, 1.0 to 21.0."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
