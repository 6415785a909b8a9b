"""Bodies come and go packed with gzip, and never grow beyond the limit."""

import gzip
import json

import pytest

from tests.parts.installations import Installation
from tests.parts.programs import partner, statement

GZIP = {"Content-Encoding": "gzip"}
PACKED = gzip.compress(b"{}", mtime=0)


def test_a_packed_body_is_unpacked(embedded: Installation) -> None:
    said = statement()
    data = gzip.compress(json.dumps(said).encode())

    assert partner(embedded).post(data, headers=GZIP).json == [said["id"]]


@pytest.mark.parametrize("data", [b"nonsense", PACKED[:-4], PACKED + b"more", b"\x1f\x8b"])
def test_a_body_that_is_not_gzip_is_refused(embedded: Installation, data: bytes) -> None:
    assert partner(embedded).post(data, headers=GZIP).status_code == 400


def test_another_packing_is_refused(embedded: Installation) -> None:
    assert partner(embedded).post(b"{}", headers={"Content-Encoding": "br"}).status_code == 400


def test_a_body_that_unpacks_to_too_much_is_refused(embedded: Installation) -> None:
    bomb = gzip.compress(b" " * (embedded.services.config.body_limit + 1))

    assert partner(embedded).post(bomb, headers=GZIP).status_code == 413


def test_an_answer_is_packed_for_who_takes_that(embedded: Installation) -> None:
    program = partner(embedded)
    program.post([statement() for _ in range(20)])

    packed = program.ask("GET", "/statements", headers={"Accept-Encoding": "gzip"})
    plain = program.get()

    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 3
