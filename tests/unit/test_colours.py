"""Contrast of every colour that the stylesheets use for text, on every ground it stands on, by WCAG 2.2, 1.4.3."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "site_src/assets/css"
GROUNDS = ("paper", "raised", "sunk")
TEXTS = ("ink", "muted", "accent", "second", "amber", "red")
OWN_GROUNDS = (("accent", "accent-soft"), ("second", "second-soft"), ("amber", "amber-soft"), ("red", "red-soft"))
CHARTS = tuple(f"c{number}" for number in range(1, 9))
NAMES = tuple(f"n{number}" for number in range(1, 9))
_BLOCK = re.compile(r"(:root[^{}]*)\{([^{}]*)\}")
_COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6}|color-mix\(in srgb, var\(--([\w-]+)\) (\d+)%, var\(--([\w-]+)\)\))")
Rgb = tuple[float, ...]


def palettes() -> dict[str, dict[str, str]]:
    """Colours as written, by theme: light, dark by the system's wish, dark by choice."""
    found: dict[str, dict[str, str]] = {"light": {}, "system": {}, "chosen": {}}
    for name in ("kaishu.css", "chart.css"):
        text = (CSS / name).read_text("utf-8").partition("@media print")[0]
        for selector, block in _BLOCK.findall(text):
            told = {name: value for name, value, *_ in _COLOUR.findall(block)}
            if 'data-theme="dark"' in selector:
                found["chosen"] |= told
            elif 'data-theme="light"' in selector:
                found["system"] |= told
            else:
                found["light"] |= told
    return {
        "light": found["light"],
        "system": found["light"] | found["system"],
        "chosen": found["light"] | found["chosen"],
    }


def colour(palette: dict[str, str], name: str) -> Rgb:
    value = palette[name]
    if value.startswith("#"):
        return tuple(int(value[at : at + 2], 16) for at in (1, 3, 5))
    mixed = _COLOUR.match(f"--x: {value}")
    assert mixed
    share = int(mixed.group(4)) / 100
    pair = zip(colour(palette, mixed.group(3)), colour(palette, mixed.group(5)), strict=True)
    return tuple(one * share + other * (1 - share) for one, other in pair)


def luminance(rgb: Rgb) -> float:
    red, green, blue = (c / 3294.6 if c <= 10.31475 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(palette: dict[str, str], text: str, ground: str) -> float:
    light, dark = sorted((luminance(colour(palette, one)) for one in (text, ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_that_of_the_standard() -> None:
    assert contrast({"a": "#000000", "b": "#ffffff"}, "a", "b") == pytest.approx(21)
    assert contrast({"a": "#767676", "b": "#ffffff"}, "a", "b") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("theme", ["light", "system", "chosen"])
def test_text_can_be_read_on_every_ground(theme: str) -> None:
    palette = palettes()[theme]
    pairs = [*product((*TEXTS, *NAMES), GROUNDS), *OWN_GROUNDS, ("accent-ink", "accent"), ("ink", "mark")]
    pairs += [("ink", own) for _, own in OWN_GROUNDS] + [("muted", own) for _, own in OWN_GROUNDS]
    low = {pair: round(found, 2) for pair in pairs if (found := contrast(palette, *pair)) < 4.5}
    assert low == {}


@pytest.mark.parametrize("theme", ["light", "system", "chosen"])
def test_lines_and_bars_stand_out_from_the_page(theme: str) -> None:
    palette = palettes()[theme]
    low = {one: round(found, 2) for one in (*CHARTS, "line-strong") if (found := contrast(palette, one, "paper")) < 3}
    assert low == {}


def test_chart_colours_are_never_text() -> None:
    """They are for lines and areas; what is written takes the darker or lighter twin."""
    for path in sorted(CSS.glob("*.css")):
        assert re.findall(r"(?<![-\w])color:\s*var\(--c\d", path.read_text("utf-8")) == [], path.name
    assert "--c" not in (CSS / "chart.css").read_text("utf-8").partition(".name.c1")[2].partition("\n")[0]
    assert "fillStyle = colour(" not in (CSS.parent / "js/chart.js").read_text("utf-8")


def test_both_ways_into_the_dark_are_the_same() -> None:
    found = palettes()
    assert found["system"] == found["chosen"]
