"""Charts as shapes: figures in, coordinates out. The templates draw them as SVG and say them in words (docs/design.md). Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 600, 200
"""Units of every drawing; it is stretched to whatever room it gets."""

_STEPS = (1, 2, 2.5, 5, 10)
_LINES = 4
_CALM = 4
"""So many colours can be told apart, in the light and in the dark."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is of, its figure, where it begins and how far it goes, and its tone."""

    label: str
    value: float
    start: float
    length: float
    tone: int = 1


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars below one another, or end to end."""

    bars: tuple[Bar, ...]
    whole: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line through time: its points, the area below it, the heights that lines are drawn at, from the top down."""

    labels: tuple[str, ...]
    values: tuple[float, ...]
    points: str
    area: str
    heights: tuple[float, ...]
    """The figures at the lines."""
    rungs: tuple[float, ...]
    """Where the lines are."""


def bars(figures: Iterable[tuple[str, float]]) -> Bars:
    """Lay bars below one another, all from the same edge; the longest takes the room."""
    told = [*figures]
    most = max((value for _, value in told), default=0) or 1
    laid = tuple(Bar(label, value, 0, _round(WIDTH * max(0, value) / most)) for label, value in told)
    return Bars(laid, sum(value for _, value in told))


def stacked(figures: Iterable[tuple[str, float]]) -> Bars:
    """Lay bars end to end, each its share of the whole; what comes after the fourth has the tone of the fourth."""
    told = [*figures]
    whole = sum(value for _, value in told)
    laid, at = [], 0.0
    for number, (label, value) in enumerate(told, start=1):
        length = WIDTH * value / whole if whole else 0.0
        laid.append(Bar(label, value, _round(at), _round(length), min(number, _CALM)))
        at += length
    return Bars(tuple(laid), whole)


def line(figures: Sequence[tuple[str, float]]) -> Line:
    """Draw a line through figures that follow one another, over a scale that begins at nothing and ends at a round figure."""
    values = tuple(value for _, value in figures)
    step = _step(max(values, default=0))
    top = step * _LINES
    apart = WIDTH / max(1, len(values) - 1)
    spots = [(_round(number * apart), _round(HEIGHT * (1 - value / top))) for number, value in enumerate(values)]
    points = " ".join(f"{x:g},{y:g}" for x, y in spots)
    area = f"0,{HEIGHT} {points} {spots[-1][0]:g},{HEIGHT}" if spots else ""
    rungs = range(_LINES, -1, -1)
    return Line(
        tuple(label for label, _ in figures),
        values,
        points,
        area,
        tuple(step * rung for rung in rungs),
        tuple(_round(HEIGHT * (1 - rung / _LINES)) for rung in rungs),
    )


def _step(most: float) -> float:
    """Choose the smallest round figure that so many steps of reach as high as this; people and lessons come in whole ones."""
    size = 1.0
    while True:
        for step in _STEPS:
            if step * size * _LINES >= most and (step * size).is_integer():
                return step * size
        size *= 10


def _round(number: float) -> float:
    return round(number, 1)
