"""The author's page."""

import io

import pytest
from werkzeug.test import TestResponse

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


@pytest.mark.parametrize("data", [b"no zip", zipped({"a.txt": b""})], ids=["no zip", "no manifest"])
def test_a_refused_file_is_explained_and_nothing_is_kept(installation: Installation, data: bytes) -> None:
    author = installation.person("author")

    answer = upload(author, data)

    assert answer.status_code == 422
    assert "Không dùng được tệp này" in answer.text
    assert "Chưa có gì được lưu" in answer.text
    assert list(installation.services.blobs.list("spaces/")) == []
    assert installation.haidang("package", "list", "--space", "haiphong") == {"packages": []}


def test_a_form_without_a_file_is_refused(embedded: Installation) -> None:
    assert embedded.person("author").post(NEW, form_at=NEW).status_code == 400


def test_every_reason_of_a_refusal_is_shown_with_its_file(embedded: Installation) -> None:
    manifest = MANIFEST.format(title="Bài").replace("</item>", '</item><item identifier="b" identifierref="r"/>')
    manifest = manifest.replace("<resources>", '<resources><resource identifier="r" href="hai.html"/>')

    answer = upload(embedded.person("author"), zipped({"imsmanifest.xml": manifest.encode()}))

    assert (answer.status_code, answer.text.count("Gói zip thiếu trang đầu tiên")) == (422, 2)
    assert "<code>index.html</code>" in answer.text
    assert "<code>hai.html</code>" in answer.text
    assert "Thiếu tiêu đề" not in answer.text
