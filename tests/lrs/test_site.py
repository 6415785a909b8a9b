"""Hosts are told apart before anything is routed: a lesson's host meets no route of the app, and a space's host only its own."""

import io
import re
from collections.abc import Iterator

import pytest
from werkzeug.test import Client

from lrs.config import APART, SIBLING
from tests.lrs.access_table import APP, CONTENT, TABLE, Line, address
from tests.parts.installations import Installation, environment, make_installation
from tests.parts.zips import scorm12

DOMAINS = {SIBLING: ("lms.localhost", "lms.localhost"), APART: ("hd.localhost", "hdc.localhost")}
FORM = "/s/haiphong/packages/new"


@pytest.fixture(scope="module", params=DOMAINS)
def arranged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Make an installation in each arrangement, with two spaces."""
    for environ in environment(request, "embedded", tmp_path_factory.mktemp("site")):
        made = make_installation(environ | {"HAIDANG_ARRANGEMENT": request.param})
        made.haidang("space", "add", "haiphong", "--name", "Hải Phòng")
        made.haidang("space", "add", "daklak", "--name", "Đắk Lắk")
        yield made
        made.services.database.dispose()


@pytest.fixture(scope="module")
def lesson(arranged: Installation) -> str:
    author = arranged.person("author")
    zipped = {"package": (io.BytesIO(scorm12()), "bai.zip")}
    sent = author.post(FORM, form_at=FORM, data=zipped, content_type="multipart/form-data")
    return sent.headers["Location"].split("/")[-2]


def host(made: Installation, label: str, *, content: bool = False) -> str:
    """Write the address of a host beside the app."""
    return f"http://{label}.{DOMAINS[made.services.config.arrangement][content]}:8080"


def content_host(made: Installation, lesson: str) -> str:
    return host(made, f"c-{lesson.replace('-', '')}", content=True)


def known(lesson: str) -> dict[str, str]:
    return {"space": "haiphong", "version_id": lesson}


@pytest.mark.parametrize("line", [line for line in TABLE if line.application == APP], ids=str)
def test_a_lessons_host_knows_no_route_of_the_app(arranged: Installation, lesson: str, line: Line) -> None:
    person = arranged.person("administrator")
    cookies = "; ".join(f"{cookie.key}={cookie.value}" for cookie in (person.client._cookies or {}).values())
    client = Client(arranged.app, use_cookies=False)
    path = address(arranged.app, line, known(lesson))

    for base in (content_host(arranged, lesson), host(arranged, f"c-{'0' * 32}", content=True)):
        there = client.open(path, method=line.method, base_url=base, headers={"Cookie": cookies}, buffered=True)
        assert there.status_code == 404
        assert "Set-Cookie" not in there.headers
        short = client.open(path.removeprefix("/s/haiphong"), method=line.method, base_url=base, buffered=True)
        assert short.status_code == 404


@pytest.mark.parametrize("line", [line for line in TABLE if line.application == CONTENT], ids=str)
def test_the_app_knows_no_route_of_a_lessons_host(arranged: Installation, lesson: str, line: Line) -> None:
    visitor = arranged.visitor()
    path = address(arranged.app, line, known(lesson))

    for base in (arranged.public_url, host(arranged, "haiphong"), "http://127.0.0.1:8080"):
        assert visitor.client.open(path, method=line.method, base_url=base).status_code == 404


@pytest.mark.parametrize("line", [line for line in TABLE if line.application == APP], ids=str)
@pytest.mark.parametrize("base", ["http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080"])
def test_the_machines_host_has_no_pages(arranged: Installation, lesson: str, line: Line, base: str) -> None:
    person = arranged.person("administrator") if base.startswith("http://127") else arranged.visitor()

    there = person.client.open(
        address(arranged.app, line, known(lesson)), method=line.method, base_url=base, buffered=True
    )
    if line.endpoint.startswith(("health.", "xapi.", "packages_api.")):
        assert there.status_code == (401 if line.scopes else 200)
    else:
        assert there.status_code == 404
        assert there.json is not None
        assert "Set-Cookie" not in there.headers


def test_the_machines_host_says_where_the_pages_are(arranged: Installation) -> None:
    there = arranged.visitor().get("/", base="http://127.0.0.1:8080")

    assert arranged.public_url in there.json["detail"]  # type: ignore[index]  # it would fail just as well


@pytest.mark.parametrize(
    "name", ["", "evil.example", "lms.localhost", "app.lms.localhost.evil.example", "app.evil.example", "192.0.2.1"]
)
def test_an_unknown_host_is_refused_in_two_languages(arranged: Installation, name: str) -> None:
    there = Client(arranged.app).get("/healthz", headers={"Host": name, "Accept-Language": "en"})

    assert (there.status_code, there.mimetype) == (404, "text/plain")
    assert "Không có trang nào ở địa chỉ này" in there.text
    assert "There is no site at this address" in there.text


def test_a_spaces_own_host_shows_its_pages_without_its_name_in_front(arranged: Installation, lesson: str) -> None:
    own = host(arranged, "haiphong")
    told = arranged.haidang("account", "link", "--space", "haiphong", "--role", "learner")
    path = told["url"].removeprefix(f"{arranged.public_url}/s/haiphong")
    person = arranged.visitor()

    form = person.get(path, base=own)
    word = re.findall(r'name="csrf" value="(\w+)"', form.text)
    entered = person.post(path, base=own, data={"csrf": word[0]})
    start = person.get("/", base=own)
    play = person.get(f"/lessons/{lesson}", base=own)

    assert (entered.status_code, entered.headers["Location"]) == (303, "/")
    assert "Hải Phòng" in start.text
    assert f'href="/lessons/{lesson}"' in start.text
    assert f'data-launch="/lessons/{lesson}/launch"' in play.text
    assert [page.status_code for page in (form, start, play)] == [200, 200, 200]
    assert [page for page in (form, start, play) if "/s/haiphong" in page.text] == []


def test_the_same_pages_are_on_the_apps_host_with_its_name_in_front(arranged: Installation, lesson: str) -> None:
    person = arranged.person("learner")

    start = person.get("/s/haiphong/")
    assert f'href="/s/haiphong/lessons/{lesson}"' in start.text


def test_a_spaces_own_host_shows_no_other_space(arranged: Installation) -> None:
    person = arranged.person("administrator", "daklak")
    own, app = host(arranged, "haiphong"), arranged.public_url

    assert person.get("/s/daklak/", base=app).status_code == 200
    assert person.get("/s/daklak/", base=own).status_code == 404
    assert person.get("/s/haiphong/", base=own).status_code == 404


def test_every_host_of_the_app_has_the_files_of_its_design(arranged: Installation) -> None:
    visitor = arranged.visitor()

    for base in (arranged.public_url, host(arranged, "haiphong")):
        for path in ("/static/haidang.css", "/static/player/play.js", "/healthz", "/xapi/about"):
            assert visitor.get(path, base=base).status_code == 200, (base, path)


def test_a_space_that_is_not_there_has_no_pages(arranged: Installation) -> None:
    visitor = arranged.visitor()

    assert visitor.get("/", base=host(arranged, "nowhere")).status_code == 404
    assert visitor.get("/s/nowhere/").status_code == 404


def test_a_space_without_its_slash_leads_to_the_one_with_it(arranged: Installation) -> None:
    there = arranged.visitor().get("/s/haiphong")

    assert (there.status_code, there.headers["Location"]) == (308, f"{arranged.public_url}/s/haiphong/")


@pytest.mark.parametrize("label", ["app", "haiphong"])
@pytest.mark.parametrize(
    "path",
    [
        "//s/haiphong/",
        "/s//haiphong/",
        "//lessons/",
        "/lessons//x",
        "//evil.example/",
        "//packages/new",
        "/s/haiphong//",
    ],
)
def test_two_slashes_redirect_nowhere(arranged: Installation, label: str, path: str) -> None:
    client = arranged.visitor().client

    there = client.get("/", base_url=host(arranged, label), environ_overrides={"PATH_INFO": path})
    assert there.status_code in {401, 404}
    assert "Location" not in there.headers
