"""The pictures of skills, drawn here: each has its own shape, fills from below, and needs no colour to be understood. Pure."""

from collections.abc import Mapping
from html import escape
from math import sqrt

WHOLE = 1000

SHAPES: Mapping[str, str] = {
    "office": '<path d="M24 42 48 28l24 14z"/><path d="M32 47v15M48 47v15M64 47v15M25 67h46"/>',
    "basket": '<path d="M26 44h44l-5 24H31z"/><path d="m36 44 8-15M60 44l-8-15M41 51v10M48 51v10M55 51v10"/>',
    "payment": '<rect x="24" y="33" width="48" height="32" rx="5"/><path d="M24 43h48M31 56h10M56 56h8"/>',
    "shield": '<path d="m48 25 21 7v16c0 12-9 20-21 25-12-5-21-13-21-25V32z"/><circle cx="48" cy="44" r="5"/><path d="M48 49v11"/>',
    "phone": (
        '<rect x="34" y="23" width="28" height="50" rx="5"/>'
        '<path d="M41 33h5v5h-5zM50 33h5v5h-5zM41 44h5v5h-5zM50 44h5v5h-5zM44 65h8"/>'
    ),
    "book": '<path d="M48 36c-7-6-15-7-24-6v35c9-1 17 0 24 6 7-6 15-7 24-6V30c-9-1-17 0-24 6zM48 36v35"/>',
    "talk": '<path d="M25 30h46v30H50L38 71V60H25z"/><path d="M34 41h28M34 50h18"/>',
    "lens": '<circle cx="44" cy="43" r="16"/><path d="m56 55 15 15"/>',
    "helper": (
        '<rect x="28" y="37" width="40" height="31" rx="6"/><path d="M48 37V26M40 60h16M24 49v8M72 49v8"/>'
        '<circle cx="40" cy="49" r="2"/><circle cx="56" cy="49" r="2"/>'
    ),
    "lighthouse": (
        '<path d="M42 38h12l5 32H37zM40 38h16M43 38v-9h10v9M43 29l5-6 5 6M40 50h16M39 59h18"/>'
        '<path d="M60 32l12-4M60 36l12 3M36 32l-12-4M36 36l-12 3"/>'
    ),
}
"""Lines in a square of 96, inside a ring; our own."""

OF_THE_SET = "lighthouse"

_MIDDLE, _RING, _INSIDE = 48, 45, 42


def drawn(shape: str, done: int) -> str:
    """Draw a picture for a page, as full as so many thousandths; the words stand beside it, so that nobody has to see it."""
    got = done >= WHOLE
    kind = "skill whole" if got else "skill"
    return (
        f'<svg class="{kind}" viewBox="0 0 96 96" aria-hidden="true" focusable="false">'
        f"{_level(done)}{_lines(shape, 5 if got else 2)}{_TICK if got else ''}</svg>"
    )


def alone(shape: str, words: str = "") -> str:
    """Draw a full picture as a file of its own, with words below it: what others see who are shown a badge."""
    lines = _broken(words)
    height = 120 + 14 * len(lines) if lines else 104
    written = 'x="48" text-anchor="middle" font-family="sans-serif" font-size="10" fill="#10233f"'
    text = "".join(f'<text {written} y="{112 + 14 * at}">{escape(line)}</text>' for at, line in enumerate(lines))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-12 -4 120 {height}" width="480" height="{4 * height}" role="img">'
        f"<title>{escape(words)}</title>"
        f'<rect x="-12" y="-4" width="120" height="{height}" fill="#fff"/>'
        f'<g color="#14683c">{_level(WHOLE)}{_lines(shape, 5)}{_TICK}</g>{text}</svg>'
    )


def _lines(shape: str, ring: int) -> str:
    strokes = 'fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"'
    circle = f'<circle cx="48" cy="48" r="{_RING - (ring - 2) / 2:g}" stroke-width="{ring}"/>'
    return f'<g {strokes}>{circle}<g stroke-width="3.5">{SHAPES[shape]}</g></g>'


def _level(done: int) -> str:
    """Fill the ring from below, with an edge where it ends: a part of a circle below a line."""
    share = min(max(done, 0), WHOLE) / WHOLE
    if share == 1:
        return f'<circle cx="48" cy="48" r="{_INSIDE}" fill="currentColor" fill-opacity=".2"/>'
    if not share:
        return ""
    height = _MIDDLE + _INSIDE - 2 * _INSIDE * share
    half = sqrt(_INSIDE**2 - (height - _MIDDLE) ** 2)
    left, right, large = f"{_MIDDLE - half:.1f}", f"{_MIDDLE + half:.1f}", int(share > 1 / 2)
    line = f"M{left} {height:.1f}A{_INSIDE} {_INSIDE} 0 {large} 0 {right} {height:.1f}"
    edge = f"M{left} {height:.1f}H{right}"
    return (
        f'<path d="{line}z" fill="currentColor" fill-opacity=".2"/>'
        f'<path d="{edge}" stroke="currentColor" stroke-width="2" stroke-dasharray="3 3"/>'
    )


_TICK = (
    '<circle cx="78" cy="78" r="15" fill="currentColor"/>'
    '<path class="cut" d="m71 78 5 6 9-11" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/>'
)

_A_LINE = 22
_MOST_LINES = 4


def _broken(words: str) -> list[str]:
    """Break words into lines that fit below the picture."""
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + 1 + len(word) <= _A_LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return [line[: _A_LINE + 4] for line in lines[:_MOST_LINES]]
