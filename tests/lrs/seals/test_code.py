"""The printed code: its squares are large enough at 25 mm, and a reader of other people reads it from the pixels."""

from __future__ import annotations

from typing import Any

import pytest
import zxingcpp

from lrs.seals.code import address, code, in_modes
from tests.lrs.seals.given import KEY, LONGEST, USUAL, seal

ORIGIN = "https://app.haiphong.onetouch.edu.vn"
PRINT = 25
DOTS = 5
"""Dots of a printer for each square, at 300 to an inch."""


def picture(drawn: Any) -> list[bytearray]:
    """Print a code: black is nothing, white is much."""
    return [bytearray(0 if dark else 255 for dark in row) for row in drawn.matrix_iter(scale=DOTS, border=4)]


def seen(rows: list[bytearray]) -> list[str]:
    """Let another reader look at a picture."""
    pixels = memoryview(b"".join(rows)).cast("B", shape=[len(rows), len(rows[0])])
    return [found.text for found in zxingcpp.read_barcodes(pixels)]


def opened(text: str) -> str:
    """Write an address as a browser does: the host in small letters."""
    origin, rest = text[: len(ORIGIN)], text[len(ORIGIN) :]
    return f"{origin.lower()}{rest}"


@pytest.mark.parametrize(("words", "least"), [(USUAL, 0.43), (LONGEST, 0.38)])
def test_the_squares_are_large_enough_to_be_printed(words: dict[str, str], least: float) -> None:
    drawn = code(address(ORIGIN, seal(**words).write(KEY)))

    assert PRINT / drawn.symbol_size(border=0)[0] > least
    assert drawn.error == "M"


@pytest.mark.parametrize("words", [USUAL, LONGEST])
def test_another_reader_reads_the_address(words: dict[str, str]) -> None:
    text = seal(**words).write(KEY)

    (found,) = seen(picture(code(address(ORIGIN, text))))

    assert opened(found) == address(ORIGIN, text)


def test_a_stamp_on_it_does_no_harm() -> None:
    text = seal().write(KEY)
    rows = picture(code(address(ORIGIN, text)))
    stamp = len(rows) // 6
    for row in rows[len(rows) // 2 : len(rows) // 2 + stamp]:
        row[len(row) // 2 : len(row) // 2 + stamp] = bytes(stamp)

    assert [opened(found) for found in seen(rows)] == [address(ORIGIN, text)]


def test_control_a_large_one_does() -> None:
    rows = picture(code(address(ORIGIN, seal().write(KEY))))
    stamp = len(rows) // 2
    for row in rows[stamp // 2 : stamp // 2 + stamp]:
        row[stamp // 2 : stamp // 2 + stamp] = bytes(stamp)

    assert seen(rows) == []


def test_what_is_no_address_of_a_seal_is_left_as_it_is() -> None:
    assert in_modes("https://app.example.org/v/#12") == ["HTTPS://APP.EXAMPLE.ORG/", "v/#", "12"]
    for text in ("https://app.example.org/v/#x", "https://app.example.org/v", "a text"):
        assert in_modes(text) == text
