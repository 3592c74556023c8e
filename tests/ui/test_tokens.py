"""The contrast table of the design, computed from the token file."""

import pytest

from oms_desktop.ui.tokens import DARK, LIGHT, Colours, Family, contrast, is_compact, tokens

TEXT, LARGE = 4.5, 3.0
PAIRS = [
    ("text", "surface", 17.3, 15.5, TEXT),
    ("text", "bg", 14.6, 17.3, TEXT),
    ("text2", "surface", 8.3, 10.2, TEXT),
    ("text2", "surface2", 7.7, 9.1, TEXT),
    ("text3", "surface", 5.9, 7.4, TEXT),
    ("text3", "surface2", 5.4, 6.6, TEXT),
    ("text3", "bg", 4.9, 8.3, TEXT),
    ("line_strong", "surface", 3.9, 4.6, LARGE),
    ("on_rail", "rail", 11.2, 10.9, TEXT),
    ("accent.ink", "surface", 6.8, 7.8, TEXT),
    ("accent.ink", "accent.soft", 5.7, 6.2, TEXT),
    ("accent.on", "accent.fill", 6.8, 5.2, TEXT),
    ("accent.fill", "surface", 6.8, 3.3, LARGE),
    ("ok.fill", "surface", 5.9, 3.2, LARGE),
    ("err.fill", "surface", 6.4, 3.0, LARGE),
    ("ok.ink", "surface", 6.5, 9.3, TEXT),
    ("ok.ink", "ok.soft", 5.6, 7.5, TEXT),
    ("ok.on", "ok.fill", 5.9, 5.3, TEXT),
    ("flash.on", "flash.fill", 8.6, 8.6, TEXT),
    ("err.ink", "surface", 6.7, 7.9, TEXT),
    ("err.ink", "err.soft", 5.6, 6.8, TEXT),
    ("err.on", "err.fill", 6.4, 5.7, TEXT),
    ("warn.ink", "surface", 7.3, 10.9, TEXT),
    ("warn.ink", "warn.soft", 6.5, 8.4, TEXT),
    ("warn.on", "warn.fill", 10.9, 10.9, TEXT),
    ("special.ink", "special.soft", 6.9, 7.3, TEXT),
    ("special.on", "special.fill", 7.3, 6.0, TEXT),
    ("idle.ink", "idle.soft", 6.2, 7.4, TEXT),
    ("idle.on", "idle.fill", 7.5, 7.0, TEXT),
    ("focus", "bg", 14.6, 18.9, LARGE),
]


def token(colours: Colours, name: str) -> str:
    value: object = colours
    for part in name.split("."):
        value = getattr(value, part)
    assert isinstance(value, str)
    return value


@pytest.mark.parametrize(("ink", "ground", "light", "dark", "least"), PAIRS)
def test_contrast_is_as_designed(ink: str, ground: str, light: float, dark: float, least: float) -> None:
    for colours, designed in ((LIGHT, light), (DARK, dark)):
        measured = contrast(token(colours, ink), token(colours, ground))
        assert measured == pytest.approx(designed, abs=0.06)
        assert round(measured, 1) >= least


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)


@pytest.mark.parametrize(
    ("width", "height", "compact"), [(1366, 768, True), (1920, 1080, False), (1920, 899, True)]
)
def test_density_follows_the_window(width: int, height: int, compact: bool) -> None:
    assert is_compact(width, height) is compact


@pytest.mark.parametrize("compact", [True, False])
def test_nothing_that_is_pressed_is_lower_than_48(compact: bool) -> None:
    sizes = tokens(dark=False, compact=compact).sizes
    assert min(sizes.target, sizes.action, sizes.step, sizes.row, sizes.pin) >= 48


def test_themes_are_complete() -> None:
    families = [name for name in vars(LIGHT) if isinstance(getattr(LIGHT, name), Family)]
    assert families == ["accent", "ok", "err", "warn", "special", "idle", "flash"]
    assert vars(LIGHT).keys() == vars(DARK).keys()
