"""Plots as SVG: bars side by side, and curves. Small enough to be read as text."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WIDTH = 720
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 200, 40, 48
_COLOURS = (
    "#1f5f8b",
    "#d9822b",
    "#3b8f5a",
    "#a23b72",
    "#6c757d",
    "#b8a200",
    "#7b4fa0",
    "#2aa6a6",
    "#c0392b",
    "#444444",
)
_MARKS = 6
_STYLE = "font-family='system-ui, sans-serif' font-size='12' fill='#222'"

Point = tuple[float, float]


def bars(title: str, unit: str, groups: Mapping[str, Mapping[str, float]]) -> str:
    """Draw groups of horizontal bars; each group names its bars."""
    names = list(dict.fromkeys(name for group in groups.values() for name in group))
    most = max((value for group in groups.values() for value in group.values()), default=1.0)
    left, wide, bar = 230, 380, 16
    parts = []
    y = 64
    for label, group in groups.items():
        parts.append(_text(left - 10, y + bar * len(group) / 2 + 4, label, "end"))
        for name, value in group.items():
            length = wide * value / most
            parts.append(
                f"<rect x='{left}' y='{y}' width='{length:.1f}' height='{bar - 2}' fill='{_colour(names.index(name))}'/>"
            )
            parts.append(_text(left + length + 6, y + 11, f"{value:,.0f}"))
            y += bar
        y += 12
    legend = [_key(left + 140 * place, 34, name, place) for place, name in enumerate(names)]
    return _picture(f"{title}, {unit}", y + 8, [*legend, *parts])


def curves(title: str, across: str, up: str, lines: Mapping[str, Sequence[Point]], *, logarithmic: bool = False) -> str:
    """Draw lines through points; `logarithmic` spreads what lies across by its magnitude."""
    height = 380
    points = [point for line in lines.values() for point in line]
    place = math.log10 if logarithmic else float
    low, high = min(place(x) for x, _ in points), max(place(x) for x, _ in points)
    top = _round_up(max(y for _, y in points))
    wide, tall = _WIDTH - _LEFT - _RIGHT, height - _TOP - _BOTTOM

    def at(point: Point) -> Point:
        return _LEFT + wide * (place(point[0]) - low) / ((high - low) or 1), _TOP + tall * (1 - point[1] / top)

    parts = [
        f"<line x1='{_LEFT}' x2='{_LEFT + wide}' y1='{y:.1f}' y2='{y:.1f}' stroke='#ddd'/>{_text(_LEFT - 8, y + 4, f'{value:g}', 'end')}"
        for value in (top * step / 5 for step in range(6))
        for y in (_TOP + tall * (1 - value / top),)
    ]
    every = sorted({x for x, _ in points})
    marks = every if len(every) <= _MARKS else every[:: math.ceil(len(every) / _MARKS)]
    parts += [_text(at((x, 0))[0], height - _BOTTOM + 18, f"{x:,.0f}", "middle") for x in marks]
    parts.append(_text(_LEFT + wide / 2, height - 8, across, "middle"))
    parts.append(_text(_LEFT - 8, _TOP - 10, up, "end"))
    for number, (name, line) in enumerate(lines.items()):
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(at, line))
        parts.append(f"<polyline points='{path}' fill='none' stroke='{_colour(number)}' stroke-width='2'/>")
        parts += [f"<circle cx='{x:.1f}' cy='{y:.1f}' r='3' fill='{_colour(number)}'/>" for x, y in map(at, line)]
        parts.append(_key(_WIDTH - _RIGHT + 16, _TOP + 18 * number, name, number))
    return _picture(title, height, parts)


def _picture(title: str, height: float, parts: Sequence[str]) -> str:
    head = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {_WIDTH} {height:.0f}' role='img' {_STYLE}>"
    ground = f"<title>{escape(title)}</title><rect width='100%' height='100%' fill='#fff'/>"
    words = (
        f"<text x='{_WIDTH / 2}' y='18' text-anchor='middle' font-size='14' font-weight='600'>{escape(title)}</text>"
    )
    return "\n".join((head, ground, words, *parts, "</svg>", ""))


def _key(x: float, y: float, name: str, number: int) -> str:
    return f"<rect x='{x}' y='{y - 10}' width='12' height='12' fill='{_colour(number)}'/>{_text(x + 18, y, name)}"


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f"<text x='{x:.1f}' y='{y:.1f}' text-anchor='{anchor}'>{escape(words)}</text>"


def _colour(number: int) -> str:
    return _COLOURS[number % len(_COLOURS)]


def _round_up(value: float) -> float:
    """Find a round figure that is not below this one."""
    if value <= 0:
        return 1.0
    size = 10.0 ** math.floor(math.log10(value))
    return next(step * size for step in (1, 2, 2.5, 5, 10) if step * size >= value)
