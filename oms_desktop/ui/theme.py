"""The theme in use: tokens, bundled fonts, palette and the one style sheet."""

from dataclasses import dataclass
from datetime import tzinfo
from functools import lru_cache

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from oms_desktop.settings import resource
from oms_desktop.ui.tokens import Colours, Sizes, tokens

WORDS = "Inter"
CODES = "JetBrains Mono"

_SHEET = """
* {{ font-family: "Inter"; font-size: {body}px; color: {text}; }}
QMainWindow, QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QLineEdit {{ background: {surface}; border: 2px solid {line_strong}; border-radius: 10px;
  padding: 0 14px; min-height: {target}px; selection-background-color: {accent};
  selection-color: {on_accent}; }}
QLineEdit#code {{ font-family: "JetBrains Mono"; font-size: {display}px; font-weight: 500; }}
QLineEdit[wrong="true"] {{ border: 2px solid {err}; }}
QLineEdit:disabled {{ background: {surface2}; color: {text3}; }}
QLineEdit:focus {{ border: 3px solid {focus}; }}
QPlainTextEdit {{ background: {surface2}; border: 1px solid {line}; border-radius: 10px; padding: 8px; }}
QPlainTextEdit:focus {{ border: 3px solid {focus}; }}
QTableView {{ background: {surface}; border: none; outline: none; gridline-color: {line}; }}
QHeaderView {{ background: {surface2}; }}
QHeaderView::section {{ background: {surface2}; color: {text2}; border: none;
  border-bottom: 1px solid {line}; padding: 0 12px; font-size: {label}px; font-weight: 600; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {line_strong}; border-radius: 4px; margin: 2px; min-height: 40px;
  min-width: 40px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


@dataclass(frozen=True)
class Face:
    """A font with its metrics, made once per size and weight."""

    font: QFont
    metrics: QFontMetricsF

    def width(self, text: str) -> float:
        """Advance of a text in logical pixels."""
        return self.metrics.horizontalAdvance(text)


@lru_cache(maxsize=256)
def colour(name: str) -> QColor:
    """The QColor of a token value (``#RRGGBB`` or ``#AARRGGBB``)."""
    return QColor(name)


@lru_cache(maxsize=256)
def face(family: str, pixels: int, weight: int) -> Face:
    """A face of `WORDS` (counting digits of equal width) or `CODES` (no ligatures)."""
    font = QFont(family)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag("tnum" if family == WORDS else "calt"), 1 if family == WORDS else 0)
    return Face(font, QFontMetricsF(font))


@lru_cache(maxsize=1)
def load_fonts() -> tuple[str, ...]:
    """Load the bundled fonts once; the families they brought."""
    families: list[str] = []
    for path in sorted(resource("fonts").glob("*.[ot]tf")):
        number = QFontDatabase.addApplicationFont(str(path))
        families += QFontDatabase.applicationFontFamilies(number)
    return tuple(dict.fromkeys(families))


class Theme(QObject):
    """Tokens in use; `changed` is emitted after a change of theme or density.

    `zone` is the time zone in which people of the warehouse read the clock; None is that of the computer.
    """

    changed = Signal()
    zone: tzinfo | None = None

    def __init__(self, *, dark: bool = False, compact: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        load_fonts()
        self._tokens = tokens(dark=dark, compact=compact)

    @property
    def colours(self) -> Colours:
        """Colours of the theme."""
        return self._tokens.colours

    @property
    def sizes(self) -> Sizes:
        """Sizes of the density."""
        return self._tokens.sizes

    @property
    def dark(self) -> bool:
        """Whether the dark theme is on."""
        return self._tokens.dark

    @property
    def compact(self) -> bool:
        """Whether the compact density is on."""
        return self._tokens.compact

    def set_dark(self, dark: bool) -> None:
        """Change between the light and the dark theme."""
        self._set(dark, self.compact)

    def set_compact(self, compact: bool) -> None:
        """Change between the roomy and the compact density."""
        self._set(self.dark, compact)

    def words(self, pixels: int, weight: int = 400) -> Face:
        """The face for words, `weight` 400 to 800."""
        return face(WORDS, pixels, weight)

    def codes(self, pixels: int, weight: int = 500) -> Face:
        """The face for codes, `weight` 400 to 800."""
        return face(CODES, pixels, weight)

    def dress(self, application: QApplication) -> None:
        """Set style and font of the application, once at the start."""
        application.setStyle("Fusion")
        application.setFont(self.words(self.sizes.body).font)

    def style(self, window: QWidget) -> None:
        """Give a top window palette and style sheet; call it again after `changed` only (it is slow)."""
        window.setPalette(self._palette())
        colours, sizes = self.colours, self.sizes
        window.setStyleSheet(
            _SHEET.format(
                body=sizes.body,
                display=sizes.display,
                label=sizes.label,
                target=sizes.target - 4,
                text=colours.text,
                text2=colours.text2,
                text3=colours.text3,
                err=colours.err.ink,
                surface=colours.surface,
                surface2=colours.surface2,
                line=colours.line,
                line_strong=colours.line_strong,
                focus=colours.focus,
                accent=colours.accent.fill,
                on_accent=colours.accent.on,
            )
        )

    def _set(self, dark: bool, compact: bool) -> None:
        if (dark, compact) != (self.dark, self.compact):
            self._tokens = tokens(dark=dark, compact=compact)
            self.changed.emit()

    def _palette(self) -> QPalette:
        colours, palette = self.colours, QPalette()
        for role, name in (
            (QPalette.ColorRole.Window, colours.bg),
            (QPalette.ColorRole.WindowText, colours.text),
            (QPalette.ColorRole.Base, colours.surface),
            (QPalette.ColorRole.AlternateBase, colours.surface2),
            (QPalette.ColorRole.Text, colours.text),
            (QPalette.ColorRole.PlaceholderText, colours.text3),
            (QPalette.ColorRole.Button, colours.surface),
            (QPalette.ColorRole.ButtonText, colours.text),
            (QPalette.ColorRole.Highlight, colours.accent.fill),
            (QPalette.ColorRole.HighlightedText, colours.accent.on),
            (QPalette.ColorRole.ToolTipBase, colours.surface),
            (QPalette.ColorRole.ToolTipText, colours.text),
        ):
            palette.setColor(role, colour(name))
        return palette
