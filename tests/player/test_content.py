"""The content host: what each token opens there and what it does not, what is refused, and what no answer ever says."""

from __future__ import annotations

import json
import re
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from player import tokens
from tests.parts.lessons import Playing, play, publish
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.parts.installations import Installation

DAY = 24 * 3600


@pytest.fixture
def playing(embedded: Installation) -> Playing:
    """Open a lesson."""
    return play(embedded.person("learner"), publish(embedded, scorm12(more={"sw.js": b"", "bài/1.html": b"<p>"})))


def launched(shell: TestResponse) -> dict[str, Any]:
    """Read what the shell was told."""
    assert shell.status_code == 200, shell.text
    found: dict[str, Any] = json.loads(shell.text.split('id="launch">')[1].split("</script>")[0])
    return found


# What the two tokens open


def test_the_shell_is_told_what_it_needs_and_nothing_in_an_address(playing: Playing) -> None:
    shell = playing.shell()
    launch = launched(shell)
    assert (launch["attempt"], launch["token"]) == (playing.registration, playing.attempt)
    assert launch["files"] == f"/c/{playing.content}/"
    (item,) = launch["items"]
    assert (item["id"], item["title"], item["address"], item["role"]) == ("bai-1", "Mật khẩu mạnh", "index.html", "sco")
    assert item["given"]["cmi.core.student_id"] == playing.person.account
    assert f'href="{playing.person.installation.public_url}/s/haiphong/"' in shell.text
    assert playing.attempt not in re.findall(r'(?:href|src|action)="([^"]*)"', shell.text)
    assert shell.headers["Cache-Control"] == "no-store"


def test_a_session_finds_what_the_one_before_said_and_how_it_was_left(playing: Playing) -> None:
    playing.commit(1, {"cmi.suspend_data": "trang=7", "cmi.core.exit": "suspend"}, finished=True)
    again = play(playing.person, playing.version)
    track = again.found["tracks"]["bai-1"]
    assert (again.session, again.found["item"], track["ended"]) == (2, "bai-1", True)
    assert track["values"]["cmi.suspend_data"] == "trang=7"


def test_a_token_is_passed_on_to_the_shell_that_waits_for_it(playing: Playing) -> None:
    def send(token: str) -> TestResponse:
        return playing.person.post("/renewed", base=playing.origin, data={"attempt": token})

    page = send(playing.attempt)
    told = json.loads(page.text.split('id="renewed">')[1].split("</script>")[0])
    assert told == {"attempt": playing.registration, "token": playing.attempt}
    assert send("nonsense").status_code == 401


def test_a_first_page_has_its_query_and_its_place_in_the_page(embedded: Installation) -> None:
    manifest = scorm12_with_href("b%C3%A0i/1.html?x=%2F&amp;y=a+b#trang-2")
    playing = play(embedded.person("learner"), publish(embedded, manifest))
    launch = launched(playing.shell())
    lesson = launch["files"] + launch["items"][0]["address"]
    assert lesson == f"/c/{playing.content}/b%C3%A0i/1.html?x=%2F&y=a+b#trang-2"
    assert playing.person.get(lesson.partition("#")[0], base=playing.origin).data == b"<p>"


def scorm12_with_href(href: str) -> bytes:
    from tests.parts.zips import MANIFEST, zipped

    manifest = MANIFEST.format(title="Bài").replace('adlcp:scormtype="sco" href="index.html"', f'href="{href}"')
    return zipped({"imsmanifest.xml": manifest.encode(), "bài/1.html": b"<p>"})


@pytest.mark.parametrize("attempt", ["", "x", "a.b"])
def test_no_shell_opens_without_an_attempts_token(playing: Playing, attempt: str) -> None:
    answer = playing.person.post(f"/play/{playing.content}", base=playing.origin, data={"attempt": attempt})
    assert answer.status_code == 401
    assert playing.attempt not in answer.text


def test_no_token_opens_another_version(embedded: Installation, playing: Playing) -> None:
    other = play(playing.person, publish(embedded))
    here = replace(playing, content=other.content, attempt=other.attempt)
    assert here.file("index.html").status_code == 404
    assert here.shell().status_code == 404
    assert (here.ask_to_begin().status_code, here.commit(1).status_code) == (401, 401)
    assert replace(playing, content=other.content).shell().status_code == 404
    assert replace(playing, attempt=other.attempt).shell().status_code == 401


def test_a_token_of_another_space_opens_nothing(embedded: Installation, playing: Playing) -> None:
    embedded.haidang("space", "add", "daklak")
    version = UUID(playing.version)
    keys = embedded.services.keys
    forged = tokens.content_token(keys, tokens.Content(2, version), UUID(playing.person.account))
    assert replace(playing, content=forged).file("index.html").status_code == 404
    assert replace(playing, content=forged).shell().status_code == 200  # the attempt's token says whose it is
    attempt = tokens.read_attempt(keys, playing.attempt, version)
    elsewhere = tokens.attempt_token(keys, replace(attempt, space_id=2, slug="daklak"))
    assert replace(playing, attempt=elsewhere).commit(1).status_code == 404
    assert replace(playing, attempt=elsewhere).ask_to_begin().status_code == 404
    assert replace(playing, attempt=elsewhere).shell().status_code == 404


def test_tokens_end(playing: Playing, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr("player.tokens.time.time", lambda: now + 4 * 3600 + 5)
    assert playing.commit(1).status_code == 401
    assert playing.shell().status_code == 401
    assert playing.file("index.html").status_code == 200
    monkeypatch.setattr("player.tokens.time.time", lambda: now + 2 * DAY)
    assert playing.file("index.html").status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "%2e%2e/index.html",
        "..%2f..%2fkeys%2fsecret.key",
        "../../../../keys/secret.key",
        "%2Fetc%2Fpasswd",
        "a%00b",
        "%0a",
        "index.html%20",
        "INDEX.HTML",
        "bài",
        "bài/",
        "%ff",
        "x" * 3000,
        "x/" * 1000,
        ".",
        "",
    ],
)
def test_an_odd_name_opens_nothing(playing: Playing, name: str) -> None:
    assert playing.file(name).status_code in {400, 404}


# What a commit may be


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        b"[]",
        b"null",
        b'"text"',
        b"{",
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"token": "\xff"}',
        b'{"n": 1' + b"0" * 5000 + b"}",
    ],
)
def test_what_is_no_commit_is_malformed(playing: Playing, body: bytes) -> None:
    assert send(playing, body).status_code == 400


@pytest.mark.parametrize("token", [None, 5, [], {}, "", "\ud800"])
def test_a_commit_without_its_token_is_refused(playing: Playing, token: object) -> None:
    assert playing.commit(1, token=token).status_code == 401


def test_half_a_character_is_refused_and_named(playing: Playing) -> None:
    assert playing.commit(1, {"cmi.suspend_data": "a\ud800b"}).json == {"receipt": 1, "refused": ["cmi.suspend_data"]}
    assert playing.commit(2, {"cmi.suspend_data\ud800": "x"}).json == {
        "receipt": 2,
        "refused": ["cmi.suspend_data\\ud800"],
    }
    assert playing.commit(3, {"cmi.suspend_data": "🏫"}, **{"more\ud800": "\ud800"}).json == {"receipt": 3}


def test_too_large_a_commit_is_refused(playing: Playing) -> None:
    limit = playing.person.installation.services.config.body_limit
    assert send(playing, b" " * (limit + 1)).status_code == 413


def test_a_commit_is_sent_and_nothing_else(playing: Playing) -> None:
    assert playing.person.get("/commit", base=playing.origin).status_code == 405
    assert playing.person.get(f"/play/{playing.content}", base=playing.origin).status_code == 405


def send(playing: Playing, body: bytes) -> TestResponse:
    return playing.person.client.post("/commit", base_url=playing.origin, data=body, content_type="text/plain")


# What the host is, and what it says


@pytest.mark.parametrize("path", ["/c/{content}/sw.js", "/c/{content}/none.js", "/_hd/shell.js", "/sw.js", "/"])
def test_no_service_worker_is_given_to_anybody(playing: Playing, path: str) -> None:
    address = path.format(content=playing.content)
    asked = {"Service-Worker": "script", "Sec-Fetch-Dest": "serviceworker"}
    assert playing.person.get(address, base=playing.origin, headers=asked).status_code == 403
    assert playing.person.get(address, base=playing.origin).status_code in {200, 404}


@pytest.mark.parametrize(
    "path",
    ["/", "/s/haiphong/", "/s/haiphong/packages/new", "/static/haidang.css", "/healthz", "/xapi/statements"],
)
def test_a_content_host_knows_no_route_of_the_app(playing: Playing, path: str) -> None:
    answer = playing.person.get(path, base=playing.origin)
    assert answer.status_code == 404
    assert playing.person.get(path).status_code != 404


def test_an_unknown_version_has_nothing(playing: Playing) -> None:
    origin = re.sub(r"c-[0-9a-f]{32}", f"c-{'0' * 32}", playing.origin)
    assert replace(playing, origin=origin).file("index.html").status_code == 404
    assert replace(playing, origin=origin).shell().status_code == 404


def answers(playing: Playing) -> list[TestResponse]:
    return [
        playing.shell(),
        playing.file("index.html"),
        playing.file("none.html"),
        playing.file("index.html", Range="bytes=0-1"),
        playing.file("index.html", Range="bytes=99999-"),
        playing.file("index.html", **{"If-None-Match": "*"}),
        playing.commit(1),
        playing.commit(1, token="x"),
        playing.person.get("/_hd/shell.js", base=playing.origin),
    ]


def test_each_answer_says_who_may_frame_it_and_tells_nobody_where_one_came_from(playing: Playing) -> None:
    app = playing.person.installation.public_url
    for answer in answers(playing):
        headers = answer.headers
        assert headers["Content-Security-Policy"].startswith(f"frame-ancestors 'self' {app} "), answer.status
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "unload=*" in headers["Permissions-Policy"]
        assert "Cache-Control" in headers


def test_no_answer_sets_a_cookie_or_opens_itself_to_other_origins(playing: Playing) -> None:
    playing.person.headers |= {"Origin": playing.person.installation.public_url, "Sec-Fetch-Site": "same-site"}
    for answer in answers(playing):
        assert not [name for name in dict(answer.headers) if name.startswith(("Set-Cookie", "Access-Control"))]


def test_scripts_are_told_in_json_and_people_in_words(playing: Playing) -> None:
    playing.person.headers["Accept"] = "*/*"
    problem = playing.commit(1, item="none")
    assert (problem.status_code, problem.content_type) == (400, "application/problem+json")
    assert "item" in json.loads(problem.text)["detail"]
    playing.person.headers["Accept"] = "text/html,*/*;q=0.8"
    words = playing.file("none.html")
    assert (words.status_code, words.mimetype) == (404, "text/plain")
    assert "Không có trang nào ở địa chỉ này" in words.text
