"""The QR code: large enough for an office printer, or refused."""

from __future__ import annotations

import pytest

from lrs.certificates.code import Code, PayloadTooLong
from lrs.seals.code import address
from tests.lrs.seals.given import KEY, LONGEST, seal


def test_a_short_payload_is_printed_at_25_mm() -> None:
    assert Code.of("HTTPS://EXAMPLE.ORG/K/7GQX2M4K").millimetres == 25.0


def test_parts_take_the_room_of_their_modes() -> None:
    digits = "0123456789" * 48

    assert Code.of(("HTTPS://EXAMPLE.ORG/", "v/#", digits)).millimetres == 25.0
    assert Code.of(f"HTTPS://EXAMPLE.ORG/v/#{digits}").millimetres > 25.0


@pytest.mark.parametrize("length", [100, 200, 280])
def test_a_module_is_never_smaller_than_a_printer_can(length: int) -> None:
    code = Code.of(b"\xff" * length)
    modules = int(code.svg.split('width="')[1].split('"')[0])

    assert 25 <= code.millimetres <= 34
    assert code.millimetres / modules >= 0.33999


@pytest.mark.parametrize("length", [600, 5000])
def test_a_payload_that_would_be_too_fine_is_refused(length: int) -> None:
    with pytest.raises(PayloadTooLong):
        Code.of(b"\xff" * length)


def test_the_longest_seal_fits_25_mm() -> None:
    payload = address("https://app.haiphong.onetouch.edu.vn", seal(**LONGEST).write(KEY))

    assert Code.of(payload).millimetres == 25.0
