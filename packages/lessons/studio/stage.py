"""The stage: one scene at one moment as a picture. The drawings move in gently, then stay; the words stand below, large."""

import io
import math
from dataclasses import dataclass
from functools import cache
from typing import Any

import resvg_py
from PIL import Image, ImageDraw, ImageFont

from packages.lessons.lesson import drawing

WIDTH, HEIGHT = 854, 480
INK, CARD = "#10233f", "#ffffff"

_STAGE = 286
"""How much of the height is for the drawings; the words have the rest."""

_FONT = "NotoSans-Bold.ttf"
"""Of Debian's fonts-noto-core; under the SIL Open Font License."""

_LETTERS = (50, 42)
"""Two lines are written as large as they fit. On a phone 360 pixels wide the small letters still have 17 pixels."""

_LINE = 1.34
_MARGIN = 28
_FEW = 2
_ENTER = 0.8
_FADE = 0.35
_AFTER = 0.25
_FROM = {"rise": (0, 36), "left": (-120, 0), "right": (120, 0), "pop": (0, 0)}


class TooWide(Exception):
    """A line that does not fit; the message is what was to be written."""


@dataclass(frozen=True, slots=True)
class Pose:
    """Where a drawing is at a moment, and how much of it is to be seen."""

    x: float
    y: float
    seen: float


def pose(layer: dict[str, Any], number: int, moment: float) -> Pose:
    """Tell where a layer of a scene is."""
    share = _eased((moment - layer.get("delay", number * _AFTER)) / _ENTER)
    dx, dy = _FROM[layer.get("enter", "rise")]
    x, y = layer["at"]
    float_ = 5 * math.sin(moment * 1.6) * share if layer.get("idle") == "float" else 0.0
    return Pose(x + dx * (1 - share), y + dy * (1 - share) + float_, share)


def frame(scene: dict[str, Any], moment: float) -> Image.Image:
    """Draw a scene at a moment, in seconds from its beginning."""
    image = Image.new("RGB", (WIDTH, HEIGHT), scene["paper"])
    for number, layer in enumerate(scene["layers"]):
        at = pose(layer, number, moment)
        if at.seen > 0:
            sprite = _sprite(layer["draw"], layer["size"])
            mask = sprite.getchannel("A").point([int(value * at.seen) for value in range(256)])
            image.paste(sprite, (round(at.x), round(at.y)), mask)
    image.paste(_words(tuple(scene["text"])), (0, _STAGE))
    return Image.blend(Image.new("RGB", image.size, CARD), image, _eased(moment / _FADE)) if moment < _FADE else image


@cache
def _sprite(name: str, size: int) -> Image.Image:
    png = resvg_py.svg_to_bytes(svg_string=drawing(name), width=size, height=size)
    return Image.open(io.BytesIO(bytes(png))).convert("RGBA")


@cache
def _words(lines: tuple[str, ...]) -> Image.Image:
    """Write the lines of a scene in the middle of their card."""
    image = Image.new("RGB", (WIDTH, HEIGHT - _STAGE), CARD)
    pen, font = ImageDraw.Draw(image), _font(lines)
    for n, line in enumerate(lines):
        y = image.height / 2 + font.size * _LINE * (n - (len(lines) - 1) / 2)
        pen.text((WIDTH / 2, y), line, INK, font, anchor="mm")
    return image


def require_font() -> None:
    """Say what to install where the font is missing."""
    try:
        ImageFont.truetype(_FONT, _LETTERS[0])
    except OSError:
        raise SystemExit(f"films are written in {_FONT}: on Debian install fonts-noto-core") from None


def _font(lines: tuple[str, ...]) -> ImageFont.FreeTypeFont:
    for size in _LETTERS[len(lines) > _FEW :]:
        font = ImageFont.truetype(_FONT, size)
        if all(font.getlength(line) <= WIDTH - 2 * _MARGIN for line in lines):
            return font
    raise TooWide(*lines)


def _eased(share: float) -> float:
    """Begin fast and end softly."""
    return 1 - (1 - min(1.0, max(0.0, share))) ** 3
