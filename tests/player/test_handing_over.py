"""With nginx in front, the service looks at the token and nginx sends the file: a real nginx, configured as deploy/nginx/ has it."""

from __future__ import annotations

import gzip
import http.client
import re
import ssl
from typing import TYPE_CHECKING

import pytest

from storage.media_types import _TYPES
from tests.journeys.walking import serving
from tests.parts.left_out import or_left_out
from tests.parts.lessons import play, publish
from tests.parts.nginx import CONFIGURATION, Nginx
from tests.parts.ports import free_port
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.journeys.walking import Service
    from tests.parts.lessons import Playing

FILM = bytes(range(256)) * 4000
TEXT = ("Mật khẩu mạnh. " * 400).encode()
DEEP = "a/b/c/d/e/f/g/h/i/p.css"
FILES = {DEEP: b"p {}", "film.mp4": FILM, "bài/chữ #1%.txt": TEXT, "program.wasm": b"\0asm"}
SHIELD = (
    "Content-Security-Policy",
    "Cross-Origin-Resource-Policy",
    "Origin-Agent-Cluster",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
)


class Front:
    """nginx, and a lesson behind it."""

    def __init__(self, nginx: Nginx, playing: Playing, service: Service) -> None:
        self.nginx = nginx
        self.service = service
        self.playing = playing
        self._trusting = ssl.create_default_context(cafile=str(nginx.folder / "certificate.pem"))
        self._trusting.check_hostname = False  # it is asked for by number: Python resolves no *.localhost

    def ask(self, path: str, host: str = "", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Ask for an address of the lesson's host."""
        line = http.client.HTTPSConnection("127.0.0.1", self.nginx.port, context=self._trusting, timeout=30)
        try:
            line.request("GET", path, headers={"Host": host or self.playing.origin.partition("://")[2]} | headers)
            answer = line.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            line.close()

    def file(self, name: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Ask for a file of the lesson."""
        return self.ask(f"/c/{self.playing.content}/{name}", **headers)


@pytest.fixture(scope="module")
def front(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """Serve a lesson behind nginx, which sends its files."""
    yield from fronts(request, tmp_path_factory.mktemp("front"), "nginx")


def fronts(request: pytest.FixtureRequest, folder: Path, files_by: str) -> Iterator[Front]:
    """Serve a lesson behind nginx."""
    port = free_port()
    more = {
        "HAIDANG_PUBLIC_URL": f"https://app.lms.localhost:{port}",
        "HAIDANG_TRUSTED_PROXIES": "1",
        "HAIDANG_FILES_BY": files_by,
    }
    with serving(request, folder, "embedded", "sibling", **more) as service:
        objects = folder / "data" / "objects"
        with or_left_out():
            nginx = Nginx(folder, port=port, service=service.port, domain="lms.localhost", objects=objects)
        with nginx:
            made = service.installation
            yield Front(nginx, play(made.person("learner"), publish(made, scorm12(more=FILES))), service)


@pytest.mark.parametrize(
    ("name", "kind", "data"),
    [
        ("film.mp4", "video/mp4", FILM),
        ("b%C3%A0i/ch%E1%BB%AF%20%231%25.txt", "text/plain; charset=utf-8", TEXT),
        ("program.wasm", "application/wasm", b"\0asm"),
    ],
)
def test_nginx_sends_the_file_with_all_that_the_service_says_of_it(
    front: Front, name: str, kind: str, data: bytes
) -> None:
    status, headers, body = front.file(name)

    assert (status, headers["Content-Type"], body) == (200, kind, data)
    assert headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert headers.keys().isdisjoint(
        {"X-Accel-Redirect", "X-Haidang-Folder", "X-Request-Id"}
    )  # nginx asked nobody about this one
    direct = front.playing.file(name).headers
    assert {field: headers[field] for field in SHIELD} == {field: direct[field] for field in SHIELD}
    assert "X-Accel-Redirect" in direct


def test_the_service_hands_over_what_lies_too_deep_for_nginx(front: Front) -> None:
    status, headers, body = front.file(DEEP)

    assert (status, headers["Content-Type"], body) == (200, "text/css", b"p {}")
    assert "X-Request-Id" in headers  # it was asked
    direct = front.playing.file(DEEP).headers
    assert {field: headers[field] for field in SHIELD} == {field: direct[field] for field in SHIELD}
    assert direct["X-Accel-Redirect"].endswith("/p.css")
    assert "X-Accel-Redirect" not in headers


@pytest.mark.parametrize(
    "token",
    ["x", "..", "a.b.c", "{}x", "x{}", "{}%00", "{}%0d%0aX-Haidang-Token:%20x"],
)
def test_nginx_opens_nothing_for_another_token(front: Front, token: str) -> None:
    assert front.file("film.mp4")[0] == 200

    assert front.ask(f"/c/{token.format(front.playing.content)}/film.mp4")[0] in {400, 404}


def test_nothing_is_smuggled_to_the_service_in_a_token(front: Front) -> None:
    """A line break in the address is none in what nginx asks: the service believes what its proxy says."""
    for token in ("x", front.playing.content):
        assert front.ask(f"/c/{token}%0d%0aX-Request-Id:%20smuggled-in/film.mp4")[0] in {400, 404}
    assert front.file("film.mp4")[2] == FILM
    assert "smuggled-in" not in front.nginx.logs()


def test_a_token_opens_no_other_version(front: Front) -> None:
    assert front.file("film.mp4")[0] == 200
    host = f"c-{'0' * 32}.lms.localhost:{front.nginx.port}"

    assert front.ask(f"/c/{front.playing.content}/film.mp4", host)[0] == 404


def test_the_service_is_asked_once_for_a_lesson(front: Front) -> None:
    def asked() -> int:
        return front.nginx.logs().count('"route":"/opened"')

    front.file("film.mp4")
    before = asked()
    for _ in range(5):
        assert front.file("program.wasm")[0] == 200
    assert asked() == before


def test_a_file_comes_though_the_service_has_no_time(front: Front) -> None:
    """The answer is kept, so that a lesson goes on while the service starts again."""
    front.file("film.mp4")
    front.service.stop()
    try:
        assert front.file("film.mp4")[2] == FILM
        assert front.file("nothing.html")[0] == 502
    finally:
        front.service.start()


def test_a_service_worker_is_refused_behind_nginx_too(front: Front) -> None:
    assert front.file("film.mp4", **{"Service-Worker": "script"})[0] == 403


def test_who_asks_what_a_token_opens_needs_one(front: Front) -> None:
    assert front.ask("/opened")[0] == 403
    assert front.ask("/_opened")[0] == 404
    asked = front.ask("/opened", **{"X-Haidang-Token": front.playing.content})
    assert (asked[0], asked[1]["X-Haidang-Folder"].split("/")[0]) == (204, "spaces")


def test_files_come_through_nginx_though_the_service_sends_them_itself(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    for front in fronts(request, tmp_path, "service"):
        status, headers, body = front.file("film.mp4")
        assert (status, headers["Content-Type"], body) == (200, "video/mp4", FILM)
        assert "X-Request-Id" in headers
        assert front.file("nothing.html")[0] == 404
        assert front.ask("/c/x/y", f"app.lms.localhost:{front.nginx.port}")[0] == 404


def test_nginx_knows_the_types_that_the_service_knows() -> None:
    text = CONFIGURATION.with_name("haidang.types").read_text("utf-8")
    found = re.findall(r'^    "?([^"\n]+?)"? ([a-z0-9 ]+);$', text, re.MULTILINE)

    assert {extension: kind for kind, extensions in found for extension in extensions.split()} == _TYPES


def test_nginx_sends_a_part_and_what_has_not_changed(front: Front) -> None:
    status, headers, body = front.file("film.mp4", Range="bytes=1000-1999")
    assert (status, body, headers["Content-Range"]) == (206, FILM[1000:2000], f"bytes 1000-1999/{len(FILM)}")

    assert front.file("film.mp4", **{"If-None-Match": headers["ETag"]})[0] == 304


def test_nginx_compresses_text(front: Front) -> None:
    status, headers, body = front.file("b%C3%A0i/ch%E1%BB%AF%20%231%25.txt", **{"Accept-Encoding": "gzip"})

    assert (status, headers["Content-Encoding"], gzip.decompress(body)) == (200, "gzip", TEXT)
    assert "Accept-Encoding" in headers["Vary"]


@pytest.mark.parametrize("path", ["/_objects/", "/_objects/5/1/", "/_objects/../etc/passwd"])
def test_nobody_gets_into_the_folder_past_the_service(front: Front, path: str) -> None:
    assert front.ask(path)[0] in {400, 404}


@pytest.mark.parametrize("name", ["nothing.html", "..%2f..%2fx", "%00", "../imsmanifest.xml"])
def test_what_is_not_there_is_404(front: Front, name: str) -> None:
    assert front.file(name)[0] in {400, 404}


def test_no_log_holds_a_token(front: Front) -> None:
    front.file("film.mp4")
    front.file("nothing.html")
    front.file("..%2f..%2fx")
    front.ask(f"/c/{front.playing.content[:-1]}x/film.mp4")

    logs = front.nginx.logs()
    assert '"route":"/c/<token>/<path:name>"' in logs  # the service's own, which lies beside nginx's
    assert "200 GET" in logs
    assert front.playing.content[:20] not in logs
    assert front.playing.attempt[:20] not in logs
