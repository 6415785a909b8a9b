"""Whoever was sent a file hands it in, and is told whether it is genuine and how it stands; nothing of it is kept."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest

from lrs.certificates import keeping
from lrs.checking import file_pages
from lrs.people import limits
from lrs.people.limits import Limit
from tests.lrs.certificates.issued import issued, renamed, revoked
from tests.lrs.certificates.papers import put_in_place
from tests.lrs.certificates.test_proofs import attached
from tests.lrs.checking.test_held import credentials, pdfs
from tests.parts.left_out import or_left_out
from tests.parts.poppler import find_poppler

if TYPE_CHECKING:
    from pathlib import Path

    from tests.parts.installations import Installation, Person

HERE = "/s/haiphong/verify"


def hand_in(who: Person, content: bytes, name: str = "chung-nhan.pdf") -> Any:
    """Hand a file in."""
    return who.post(f"{HERE}?lang=en", form_at=HERE, data={"file": (io.BytesIO(content), name)})


def held(installation: Installation, certificate: object) -> bytes:
    """Fetch a paper."""
    answer = installation.person("owner").get(f"/s/haiphong/certificates/{certificate}.pdf")
    assert answer.status_code == 200, answer.text
    return bytes(answer.data)


def test_a_file_is_genuine_and_stands_as_its_certificate_does(embedded: Installation, tmp_path: Path) -> None:
    with or_left_out():
        find_poppler()
    embedded.haidang("certificates", "key", "--name", "Sở Mẫu")
    row, wrong = (issued(embedded, embedded.person("learner").account) for _ in range(2))
    (tmp_path / "paper.pdf").write_bytes(held(embedded, row.id))
    pdf, other = (tmp_path / "paper.pdf").read_bytes(), held(embedded, wrong.id)
    attached(tmp_path / "paper.pdf")
    credential = (tmp_path / "paper.json").read_bytes()
    kept = sorted(blob.key for blob in embedded.services.blobs.list(""))
    anybody = embedded.visitor()

    told, badge = hand_in(anybody, pdf), hand_in(anybody, credential, "credential.json")

    assert (told.status_code, badge.status_code) == (200, 200)
    for words in ("Genuine and valid", "nothing in it was changed", "Signed by: Sở Mẫu.", "Nguyễn Thị Hạnh"):
        assert words in told.text
    assert "Genuine and valid" in badge.text
    assert "Signed by" not in badge.text
    assert sorted(blob.key for blob in embedded.services.blobs.list("")) == kept
    assert "noindex" in told.headers["X-Robots-Tag"]

    revoked(embedded, row)
    renamed(embedded, wrong, "Nguyễn Thị Hoa")
    assert "Revoked" in hand_in(anybody, pdf).text
    assert "Revoked" in hand_in(anybody, credential).text
    assert "Replaced by another paper" in hand_in(anybody, other).text


@pytest.mark.parametrize("many", [22, pytest.param(10_000, marks=[pytest.mark.long, pytest.mark.timeout(900)])])
def test_no_altered_file_is_taken(
    embedded: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    with or_left_out():
        find_poppler()
    monkeypatch.setattr(limits, "VERIFICATIONS", Limit("verification", device=10**9, address=10**9, space=10**9))
    path = keeping.file_of(embedded.services.config)
    assert path is not None
    put_in_place(path)
    row, anybody = issued(embedded, embedded.person("learner").account), embedded.visitor()
    pdf, word = held(embedded, row.id), anybody.csrf(HERE)
    (tmp_path / "paper.pdf").write_bytes(pdf)

    def status(content: bytes) -> int:
        return anybody.post(HERE, data={"csrf": word, "file": (io.BytesIO(content), "x")}).status_code

    for way, other in (*pdfs(many, pdf), *credentials(many, attached(tmp_path / "paper.pdf"))):
        assert status(other) == 422, way
    assert status(pdf) == status((tmp_path / "paper.json").read_bytes()) == 200


def test_what_is_no_certificate_is_told_apart_beside_the_field(
    embedded: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_pages, "MOST_BYTES", 4_000)
    anybody = embedded.visitor()

    for content, words in (
        (b"", "choose the file first"),
        (b"\x89PNG\r\n\x1a\n", "no certificate as a file"),
        (b"%PDF-1.7 of somebody else", "was not issued here"),
        (b"%PDF-" + bytes(4_000), "larger than any certificate"),
    ):
        answer = hand_in(anybody, content)
        assert answer.status_code == 422
        assert words in answer.text


def test_another_space_does_not_vouch_for_it(embedded: Installation) -> None:
    embedded.haidang("certificates", "key")
    pdf = held(embedded, issued(embedded, embedded.person("learner").account).id)
    embedded.haidang("space", "add", "quangninh")
    there = "/s/quangninh/verify"

    answer = embedded.visitor().post(there, form_at=there, data={"file": (io.BytesIO(pdf), "x.pdf")})

    assert answer.status_code == 422


def test_an_older_paper_stays_genuine_when_another_key_signs(embedded: Installation) -> None:
    embedded.haidang("certificates", "key", "--name", "Sở Cũ")
    first = held(embedded, issued(embedded, embedded.person("learner").account).id)
    path = keeping.file_of(embedded.services.config)
    assert path is not None
    path.unlink()
    assert "Signed by: Sở Cũ." in hand_in(embedded.visitor(), first).text  # not even without any key
    embedded.haidang("certificates", "key", "--name", "Sở Mới")
    second = held(embedded, issued(embedded, embedded.person("learner").account).id)

    assert "Signed by: Sở Cũ." in hand_in(embedded.visitor(), first).text
    assert "Signed by: Sở Mới." in hand_in(embedded.visitor(), second).text


def test_who_hands_in_one_after_the_other_is_slowed_down(
    embedded: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "VERIFICATIONS", Limit("verification", device=9, address=9, space=3))
    anybody = embedded.visitor()

    answers = [hand_in(anybody, b"%PDF-1.7") for _ in range(5)]

    assert [each.status_code for each in answers] == [422, 422, 422, 429, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
