"""The author's page."""

import io
from random import Random

import pytest
from werkzeug.test import TestResponse

from packages.findings import CODES
from tests.parts.installations import Installation, Person
from tests.parts.zips import MANIFEST, scorm12, zipped

NEW = "/s/haiphong/packages/new"


def upload(person: Person, data: bytes) -> TestResponse:
    return person.post(
        NEW,
        form_at=NEW,
        data={"package": (io.BytesIO(data), "bai.zip")},
        content_type="multipart/form-data",
    )


def test_the_page_asks_for_a_zip(embedded: Installation) -> None:
    page = embedded.person("author").get(NEW)

    assert page.status_code == 200
    assert 'type="file"' in page.text


def test_a_zip_becomes_a_lesson(installation: Installation) -> None:
    author = installation.person("author")

    answer = upload(author, scorm12("Bài của tôi"))

    assert answer.status_code == 303
    assert "Bài của tôi" in author.get("/s/haiphong/").text
    report = author.get(answer.location)
    assert report.status_code == 200
    assert "Bài học đã được đăng" in report.text
    assert "Không có gì cản trở người học của bạn" in report.text


@pytest.mark.parametrize("data", [b"no zip", zipped({"a.txt": b""})], ids=["no zip", "no manifest"])
def test_a_refused_file_is_explained_and_nothing_is_kept(installation: Installation, data: bytes) -> None:
    author = installation.person("author")

    answer = upload(author, data)

    assert answer.status_code == 422
    assert "Không dùng được tệp này" in answer.text
    assert "Chưa có gì được lưu" in answer.text
    assert list(installation.services.blobs.list("spaces/")) == []
    assert installation.haidang("package", "list", "--space", "haiphong") == {"packages": []}


@pytest.mark.parametrize(("kind", "status"), [("multipart/form-data", 400), ("application/x-www-form-urlencoded", 415)])
def test_a_form_without_a_file_is_refused(embedded: Installation, kind: str, status: int) -> None:
    assert embedded.person("author").post(NEW, form_at=NEW, content_type=kind).status_code == status


def test_every_reason_of_a_refusal_is_shown_with_its_file(embedded: Installation) -> None:
    manifest = MANIFEST.format(title="Bài").replace("</item>", '</item><item identifier="b" identifierref="r"/>')
    manifest = manifest.replace("<resources>", '<resources><resource identifier="r" href="hai.html"/>')

    answer = upload(embedded.person("author"), zipped({"imsmanifest.xml": manifest.encode()}))

    assert (answer.status_code, answer.text.count("Gói zip thiếu trang đầu tiên")) == (422, 1)
    assert "<code>index.html</code>" in answer.text
    assert "<code>hai.html</code>" in answer.text
    assert "Thiếu tiêu đề" not in answer.text


def test_the_report_says_what_is_in_a_package_and_what_will_bother_learners(installation: Installation) -> None:
    manifest = MANIFEST.format(title="Bài nặng").replace('<file href="index.html"/>', '<file href="INDEX.html"/>')
    files = {
        "imsmanifest.xml": manifest.encode(),
        "index.html": b'<html lang="vi"><p>x',
        "phim/a.mp4": Random(1).randbytes(300_000),
    }
    author = installation.person("author")

    page = author.get(upload(author, zipped(files)).location)

    assert page.text.index("Điều sẽ gây khó cho người học") < page.text.index("Đã sửa giúp bạn")
    for said in ("Phim không có phụ đề", "<code>phim/a.mp4</code>", "300 KB", "2 giây", "SCORM", "1.2"):
        assert said in page.text


def test_the_report_speaks_english_too(embedded: Installation) -> None:
    author = embedded.person("author")

    page = author.get(f"{upload(author, scorm12('Bài')).location}?lang=en")

    assert "Nothing stands in the way of your learners." in page.text


def test_the_report_for_programs_says_the_same(embedded: Installation) -> None:
    author = embedded.person("author")

    told = author.get(f"{upload(author, scorm12('Bài')).location}.json").json

    assert told is not None
    assert (told["title"], told["kind"], told["findings"]) == ("Bài", "scorm12", [])
    assert told["report"]["lessons"] == 1


def test_every_code_is_explained_under_its_name(embedded: Installation) -> None:
    page = embedded.person("author").get("/s/haiphong/packages/findings")

    assert [code for code in CODES if f'<div id="{code}">' not in page.text] == []


def test_a_version_of_another_space_has_no_report_here(embedded: Installation) -> None:
    author = embedded.person("author")
    place = upload(author, scorm12("Bài")).location.partition("/s/haiphong/")[2]
    embedded.haidang("space", "add", "daklak")

    assert embedded.person("author", "daklak").get(f"/s/daklak/{place}").status_code == 404
