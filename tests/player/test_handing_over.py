"""With nginx in front, the service looks at the token and nginx sends the file: a real nginx, configured as deploy/nginx/ has it."""

from __future__ import annotations

import gzip
import http.client
import ssl
from typing import TYPE_CHECKING

import pytest

from tests.journeys.walking import serving
from tests.parts.left_out import or_left_out
from tests.parts.lessons import play, publish
from tests.parts.nginx import Nginx
from tests.parts.ports import free_port
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.parts.lessons import Playing

FILM = bytes(range(256)) * 4000
TEXT = ("Mật khẩu mạnh. " * 400).encode()
FILES = {"film.mp4": FILM, "bài/chữ #1%.txt": TEXT, "program.wasm": b"\0asm"}
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

    def __init__(self, nginx: Nginx, playing: Playing) -> None:
        self.nginx = nginx
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
    """Serve a lesson behind nginx."""
    folder, port = tmp_path_factory.mktemp("front"), free_port()
    more = {
        "HAIDANG_PUBLIC_URL": f"https://app.lms.localhost:{port}",
        "HAIDANG_TRUSTED_PROXIES": "1",
        "HAIDANG_FILES_BY": "nginx",
    }
    with serving(request, folder, "embedded", "sibling", **more) as service:
        objects = folder / "data" / "objects"
        with or_left_out():
            nginx = Nginx(folder, port=port, service=service.port, domain="lms.localhost", objects=objects)
        with nginx:
            made = service.installation
            yield Front(nginx, play(made.person("learner"), publish(made, scorm12(more=FILES))))


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
    direct = front.playing.file(name).headers
    assert {field: headers[field] for field in SHIELD} == {field: direct[field] for field in SHIELD}
    assert "X-Accel-Redirect" in direct  # it was nginx that read the file
    assert "X-Accel-Redirect" not in headers


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
