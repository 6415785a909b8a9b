"""The whole of it: a paper is issued, printed and held by somebody; its code and its credential are verified by what everybody may read."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from lrs.badges.errors import NotProved
from lrs.badges.multibase import from_multikey
from lrs.badges.proof import verify
from lrs.badges.status import is_set
from lrs.certificates.issuing import number_of
from lrs.seals.letters import to_letters
from lrs.seals.seal import read
from storage import issuing
from tests.lrs.certificates.issued import issued, revoked
from tests.parts import pixels
from tests.parts.left_out import or_left_out
from tests.parts.poppler import find_poppler

if TYPE_CHECKING:
    from pathlib import Path

    from storage.certificates import CertificateRow
    from tests.parts.installations import Installation

NAME = "Nguyễn Thị Hạnh"
PRINTER = "300"
SMALLEST = 369
"""Dots on 25 mm at 300 to an inch, with an eighth of it as white on each side."""


def held(installation: Installation, row: CertificateRow, folder: Path) -> Path:
    """Fetch the paper as somebody who looks after the space."""
    answer = installation.person("owner").get(f"/s/haiphong/certificates/{row.id}.pdf")
    assert answer.status_code == 200, answer.text
    path = folder / "paper.pdf"
    path.write_bytes(answer.data)
    return path


def run(*words: str | Path) -> None:
    """Run one of poppler's programs."""
    subprocess.run(words, check=True, capture_output=True)


def printed(paper: Path) -> list[bytes]:
    """Print a paper: its first page as rows of grey dots, 300 to an inch."""
    run("pdftoppm", "-gray", "-r", PRINTER, "-singlefile", paper, paper.with_suffix(""))
    _, width_and_height, _, dots = paper.with_suffix(".pgm").read_bytes().split(b"\n", 3)
    width, height = map(int, width_and_height.split())
    return [dots[at : at + width] for at in range(0, width * height, width)]


def scanned(paper: Path) -> list[str]:
    """Print a paper and read its codes from the dots."""
    return pixels.read(printed(paper))


def attached(paper: Path) -> dict[str, Any]:
    """Take the credential out of a paper."""
    out = paper.with_suffix(".json")
    run("pdfdetach", "-save", "1", "-o", out, paper)
    found: dict[str, Any] = json.loads(out.read_bytes())
    return found


@pytest.fixture
def row(embedded: Installation) -> CertificateRow:
    """Issue a certificate."""
    with or_left_out():
        find_poppler()
    embedded.haidang("certificates", "key")
    return issued(embedded, embedded.person("learner").account, NAME, months=24)


def test_the_code_on_the_paper_says_what_the_paper_says(
    embedded: Installation, row: CertificateRow, tmp_path: Path
) -> None:
    (text,) = scanned(held(embedded, row, tmp_path))

    with embedded.services.database.read() as tx:
        (key,) = issuing.everybodys(tx)
    seal = read(text.partition("#")[2]).verify(key.public)
    assert (seal.name.text, seal.number.text, seal.completed.text) == (NAME, number_of(row), "An toàn số")
    assert (seal.issued, seal.until, to_letters(seal.code)) == (row.day, row.until, row.code)
    assert text.lower().startswith(f"{embedded.public_url}/v/#")


def test_the_credential_in_the_paper_is_proved_until_it_is_changed_and_valid_until_it_is_taken_back(
    embedded: Installation, row: CertificateRow, tmp_path: Path
) -> None:
    written, anybody = attached(held(embedded, row, tmp_path)), embedded.visitor()
    told: Any = anybody.get("/s/haiphong/did.json").json
    keys = {each["id"]: from_multikey(each["publicKeyMultibase"]) for each in told["verificationMethod"]}

    def taken_back() -> bool:
        place = written["credentialStatus"]
        path = place["statusListCredential"].removeprefix(embedded.public_url)
        listed: Any = anybody.get(path).get_json(force=True)
        verify(listed, keys.get)
        return is_set(listed["credentialSubject"]["encodedList"], int(place["statusListIndex"]))

    verify(written, keys.get)
    assert written["credentialSubject"]["identifier"][0]["identityHash"] == NAME
    assert not taken_back()
    revoked(embedded, row)
    assert taken_back()
    written["credentialSubject"]["licenseNumber"] = "0002/2026/KHCN"
    with pytest.raises(NotProved):
        verify(written, keys.get)


def test_a_code_of_25_millimetres_is_read_by_a_phone_that_a_hand_holds_askew(
    embedded: Installation, row: CertificateRow, tmp_path: Path
) -> None:
    sheet = printed(held(embedded, row, tmp_path))
    small = pixels.smaller(pixels.around(sheet), SMALLEST)

    for degrees in (3, -6):
        assert pixels.read(pixels.askew(small, degrees)) == pixels.read(sheet) != []
