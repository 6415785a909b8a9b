"""An installation that is really served: `haidang serve` in a process of its own, reached over a socket."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.parts.installations import MAKE_UPS, environment, make_installation
from tests.parts.ports import free_port
from tests.parts.program import Program

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ROOT = Path(__file__).parents[2]
_HAIDANG = [sys.executable, "-c", "import wsgi; wsgi.main()"]


@dataclass
class Served:
    """A running service."""

    environ: dict[str, str]
    port: int
    folder: Path
    program: Program | None = None

    @property
    def public_url(self) -> str:
        """The address of the app."""
        return self.environ.get("HAIDANG_PUBLIC_URL", f"http://app.lms.localhost:{self.port}")

    def haidang(self, *words: str, code: int = 0) -> dict[str, Any]:
        """Run a command beside the service."""
        done = subprocess.run(
            [*_HAIDANG, *words, "--json"], env=self.environ, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == code, done.stdout + done.stderr
        found: dict[str, Any] = json.loads(done.stdout) if done.stdout else {"error": done.stderr}
        return found

    def start(self) -> None:
        """Serve, and wait until it is ready."""
        self.program = Program([*_HAIDANG, "serve"], self.folder, name="haidang", env=self.environ)
        self.program.wait_until(lambda: self.status("/readyz") == 200)

    def stop(self) -> None:
        """Stop serving, as an operator would."""
        if self.program is not None:
            self.program.stop()
            self.program = None

    def status(self, path: str, host: str | None = None) -> int:
        """Ask for an address; 0 when nobody answers."""
        return self.ask("GET", path, host=host)[0]

    def ask(
        self,
        method: str,
        path: str,
        *,
        host: str | None = None,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
    ) -> tuple[int, dict[str, str], bytes]:
        """Send one request over a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, {"Host": host or f"127.0.0.1:{self.port}"} | (headers or {}))
            answer = connection.getresponse()
            return answer.status, with_all_cookies(answer.getheaders()), answer.read()
        except (ConnectionError, http.client.HTTPException):
            return 0, {}, b""
        finally:
            connection.close()

    def log(self) -> str:
        """Read what the service has written so far."""
        return (self.folder / "haidang.log").read_text()


def serve(environ: dict[str, str], folder: Path, **more: str) -> Served:
    """Start a service with these settings, with the space haiphong in it."""
    port = free_port()
    ours = {name: value for name, value in os.environ.items() if not name.startswith("HAIDANG_")}
    settings = ours | environ | more | {"HAIDANG_PORT": str(port), "PYTHONPATH": str(_ROOT)}
    service = Served(settings, port, folder)
    # In this process: a program that only prepares takes as long to start as the service itself.
    made = make_installation({name: value for name, value in settings.items() if name.startswith("HAIDANG_")})
    made.haidang("space", "add", "haiphong", "--name", "Hải Phòng")
    made.services.database.dispose()
    service.start()
    return service


@pytest.fixture(params=MAKE_UPS)
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Served]:
    """Serve each make-up."""
    for environ in environment(request, request.param, tmp_path):
        service = serve(environ, tmp_path)
        yield service
        service.stop()


def with_all_cookies(fields: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give the fields of an answer by name; several cookies stand in one, a line each."""
    listed = [*fields]
    cookies = [value for name, value in listed if name.lower() == "set-cookie"]
    return dict(listed) | ({"Set-Cookie": "\n".join(cookies)} if cookies else {})
