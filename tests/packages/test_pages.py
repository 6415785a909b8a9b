"""The author's page."""

import io
from random import Random

import pytest
from werkzeug.test import TestResponse

from lrs.design.stylesheet import sheet
from packages.codes import CODES
from tests.packages.mutations import whole
from tests.parts.installations import Installation, Person
from tests.parts.screens import Screens
from tests.parts.zips import MANIFEST, scorm12, tincan, zipped

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
    assert "<code>bai.zip</code>" in answer.text
    assert list(installation.services.blobs.list("spaces/")) == []
    assert installation.haidang("package", "list", "--space", "haiphong") == {"packages": []}


@pytest.mark.parametrize(("kind", "status"), [("multipart/form-data", 400), ("application/x-www-form-urlencoded", 415)])
def test_a_form_without_a_file_is_refused(embedded: Installation, kind: str, status: int) -> None:
    assert embedded.person("author").post(NEW, form_at=NEW, content_type=kind).status_code == status


def test_every_reason_of_a_refusal_is_shown_with_its_file(embedded: Installation) -> None:
    manifest = MANIFEST.format(title="Bài").replace("</item>", '</item><item identifier="b" identifierref="r"/>')
    manifest = manifest.replace("<resources>", '<resources><resource identifier="r" href="hai.html"/>')

    answer = upload(embedded.person("author"), zipped({"imsmanifest.xml": manifest.encode()}))

    assert (answer.status_code, answer.text.count("<h3>Gói zip thiếu trang đầu tiên")) == (422, 1)
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
    for said in ("Video này không có phụ đề", "<code>phim/a.mp4</code>", "300 KB", "2 giây", "SCORM", "1.2"):
        assert said in page.text


def test_a_lesson_that_cannot_be_opened_yet_is_kept_and_not_offered(embedded: Installation) -> None:
    author = embedded.person("author")

    opens = author.get(upload(author, scorm12("Mở được")).location).text
    waits = author.get(upload(author, whole("cmi5")).location).text

    assert ("Bài học đã được đăng" in opens, ">Mở bài học</a>" in opens) == (True, True)
    assert ("Bài học đã được lưu ở đây, nhưng chưa mở được." in waits, ">Mở bài học</a>" in waits) == (True, False)


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


def test_a_finding_for_programs_says_where_it_is_explained(embedded: Installation) -> None:
    author = embedded.person("author")

    told = author.get(f"{upload(author, scorm12(more={'index.html': b'<p>'})).location}.json?lang=en").json

    assert told is not None
    [finding] = told["findings"]
    assert finding["help"] == f"{embedded.public_url}/s/haiphong/packages/findings#no-viewport"
    assert (finding["code"], finding["severity"], finding["file"]) == ("no-viewport", "hurts", "index.html")
    assert finding["why"].startswith("On a phone")
    assert 'id="no-viewport"' in author.get(finding["help"].removeprefix(embedded.public_url).partition("#")[0]).text


def test_every_code_is_explained_under_its_name(embedded: Installation) -> None:
    page = embedded.person("author").get("/s/haiphong/packages/findings")

    assert [code for code in CODES if f'<div id="{code}">' not in page.text] == []


def test_a_refused_package_is_told_as_far_as_it_can_be_with_what_to_change_in_its_tool(embedded: Installation) -> None:
    files = {
        "story.html": b"<!-- Created using Storyline 360 --><html>",
        "story_content/a.js": Random(1).randbytes(300_000),
    }

    page = upload(embedded.person("author"), zipped(files))

    assert page.status_code == 422
    for said in ("Articulate Storyline 360", "300 KB", "LMS, không chọn Web"):
        assert said in page.text


def test_a_thing_is_said_once_with_all_its_places(embedded: Installation) -> None:
    listed = "".join(f'<file href="hình {n}.png"/>' for n in range(7))
    manifest = MANIFEST.format(title="Bài").replace('<file href="index.html"/>', listed)
    files = {
        "imsmanifest.xml": manifest.encode(),
        "index.html": '<html><body>\n<img src="mất.png"></body></html>'.encode(),
    }
    author = embedded.person("author")

    page = author.get(upload(author, zipped(files)).location)

    assert page.text.count("Tệp này có trong danh sách nhưng không có trong gói zip.</h3>") == 1
    assert "<summary>7 chỗ</summary>" in page.text
    assert "<code>index.html</code>, dòng 2: <code>mất.png</code>" in page.text
    assert "Bên dưới là 2 điều nên sửa" in page.text


def test_a_package_that_cannot_be_played_yet_is_not_called_fine(embedded: Installation) -> None:
    author = embedded.person("author")

    page = author.get(upload(author, tincan()).location)

    assert "Không có gì cản trở" not in page.text
    assert "Gói đã được lưu, nhưng ở đây chưa mở được toàn bộ" in page.text


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_a_report_fits_its_screen(embedded: Installation, screen: Screens, width: int) -> None:
    name = "một-thư-mục-có-tên-rất-dài/" * 6 + "ảnh.png"
    listed = f'<file href="index.html"/><file href="{name}"/>'
    manifest = MANIFEST.format(title="An toàn thông tin khi dùng dịch vụ công trực tuyến").replace(
        '<file href="index.html"/>', listed
    )
    files = {"imsmanifest.xml": manifest.encode(), "index.html": b"<p>", "phim.mp4": Random(1).randbytes(200_000)}
    author = embedded.person("author")
    page = screen.open("desktop", viewport={"width": width, "height": 800})

    page.set_content(author.get(upload(author, zipped(files)).location).text)
    page.add_style_tag(content=sheet().text)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_version_of_another_space_has_no_report_here(embedded: Installation) -> None:
    author = embedded.person("author")
    place = upload(author, scorm12("Bài")).location.partition("/s/haiphong/")[2]
    embedded.haidang("space", "add", "daklak")

    assert embedded.person("author", "daklak").get(f"/s/daklak/{place}").status_code == 404


def test_a_lesson_is_opened_and_closed_and_the_log_tells_each_once(installation: Installation) -> None:
    author = installation.person("author")
    report = upload(author, scorm12()).location
    where = report.removesuffix("/report") + "/open"

    for said, words in (("yes", "Mọi người, không cần tài khoản"), ("yes", "Đóng lại"), ("no", "Mở cho mọi người")):
        answer = author.post(where, form_at=report, data={"open": said})
        assert words in author.get(answer.location).text

    assert author.post(where, form_at=report, data={"open": "maybe"}).status_code == 400
    log = installation.person("auditor").get("/s/haiphong/audit").text
    assert log.count("mở một bài học cho mọi người") == log.count("đóng một bài học đang mở cho mọi người")


def test_a_lesson_that_is_not_there_is_not_opened(embedded: Installation) -> None:
    author = embedded.person("author")
    nowhere = "/s/haiphong/packages/11111111-1111-4111-8111-111111111111/open"

    assert author.post(nowhere, form_at=NEW, data={"open": "yes"}).status_code == 404


def test_an_author_finds_the_way_from_a_lesson_to_its_page(embedded: Installation) -> None:
    author, learner = embedded.person("author"), embedded.person("learner")
    report = upload(author, scorm12()).location
    lesson = report.replace("/packages/", "/lessons/").removesuffix("/report")

    assert f'href="{report}"' in author.get(lesson).text
    assert report not in learner.get(lesson).text
