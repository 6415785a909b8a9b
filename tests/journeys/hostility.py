"""A hostile lesson and its surroundings: the trap, another lesson beside it, the attacker's own server, and what is true afterwards."""

from __future__ import annotations

import base64
import json
import threading
from contextlib import closing, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from tests.journeys.steps import come_in, open_in
from tests.journeys.walking import Log
from tests.parts.lessons import publish
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from types import TracebackType

    from tests.journeys.walking import Installed
    from tests.parts.tabs import Engine

_HERE = Path(__file__).parent
_PATIENCE = 90.0
_PIXEL = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
_PLANT = """
    localStorage.setItem("probe", "secret");
    sessionStorage.setItem("probe", "secret");
    document.cookie = "probe=secret; Path=/";
    await caches.open("probe");
    await new Promise((resolve) => { indexedDB.open("probe").onsuccess = resolve; });
"""
_WATCH = """
    window.seen = [];
    addEventListener("hashchange", () => seen.push(location.hash));
"""
_DECEIVED = """
    const state = document.getElementById("state");
    return state.classList.contains("completed") || state.textContent === "owned";
"""
_LED = tuple(
    f"leads the app's page elsewhere{way}" for way in ("", " as its top", " by a link", " from a popup at the end")
)
_PLACES = ("#owned-1", "#owned-2", "#owned-3", "#owned-4")


def files(name: str, **words: str) -> dict[str, bytes]:
    """Read the files of a lesson of ours, with its words filled in."""
    found = {path.name: path.read_text("utf-8") for path in sorted((_HERE / name).iterdir())}
    for word, value in words.items():
        found = {each: text.replace(f"{{{word}}}", value) for each, text in found.items()}
    return {each: text.encode() for each, text in found.items()}


class Attacker:
    """The attacker's own server, on a site of its own: it names the target, and hears what was found."""

    def __init__(self) -> None:
        self._target: dict[str, Any] | None = None
        self._may_begin = threading.Event()
        self._done = threading.Event()
        self._claims = [b"{}"]
        self._found: dict[str, bool] = {}
        self._referrers: list[str] = []
        attacker = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                attacker._referrers.append(self.headers.get("Referer", ""))
                answer = {"/target": attacker._aim, "/claim": attacker._claim, "/referrers": attacker._seen}.get(
                    self.path
                )
                body = _PIXEL if answer is None else answer()
                self.send_response(200 if body else 404)
                self.send_header("Access-Control-Allow-Origin", "*")
                self.send_header("Content-Type", "image/svg+xml" if answer is None else "application/json")
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                found = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                attacker._found |= found
                if not found:
                    attacker._done.set()
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://attacker.localhost:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._may_begin.set()
        self._server.shutdown()
        self._server.server_close()

    def attack(self, target: dict[str, Any]) -> dict[str, bool]:
        """Let the lesson begin, and wait for what it has found."""
        self._target = target
        self._may_begin.set()
        if not self._done.wait(_PATIENCE):
            raise TimeoutError(f"the hostile lesson went no further than {list(self._found)[-1:]}")
        return self._found

    def _aim(self) -> bytes:
        self._may_begin.wait(_PATIENCE)
        return json.dumps(self._target).encode()

    def _claim(self) -> bytes:
        """Let the first who asks begin: a page that was left while it waited asks no more."""
        with suppress(IndexError):
            return self._claims.pop()
        return b""

    def _seen(self) -> bytes:
        return json.dumps(self._referrers).encode()


@dataclass
class Outcome:
    """What the probes believe to have reached, and what is true."""

    found: dict[str, bool]
    before: dict[str, object]
    after: dict[str, object]

    @property
    def succeeded(self) -> list[str]:
        """Name the probes that got what they wanted."""
        return [name for name, reached in self.found.items() if reached]

    @property
    def failed(self) -> list[str]:
        """Name the others."""
        return [name for name, reached in self.found.items() if not reached]


def attack(engine: Engine, service: Installed, *, patience: int) -> Outcome:
    """Let an administrator open a hostile lesson, with another lesson open beside it."""
    with closing(engine.screen()) as screen, Attacker() as attacker:
        tab, beside = screen.open(), screen.open()
        account = come_in(tab, service, "administrator")
        tab.run(_PLANT)
        app = service.installation.public_url
        lessons = f"{app}/s/haiphong/lessons"
        other = open_in(
            screen, beside, f"{lessons}/{publish(service.installation, scorm12('Bài khác', files('victim')))}"
        )
        victim = str(other.tab.run("return location.href", *other.frames)).rpartition("/")[0] + "/"
        another = f"{lessons}/{publish(service.installation, scorm12('Bài thứ ba'))}"
        open_in(screen, screen.open(), another)
        trap = scorm12("Bẫy", files("trap", attacker=attacker.origin))
        address = f"{lessons}/{publish(service.installation, trap)}"
        open_in(screen, tab, address)
        tab.run(_WATCH)
        links = [
            service.haidang("account", "link", "--space", "haiphong", "--role", "administrator")["url"]
            for _ in range(3)
        ]
        log, visitor = Log(service), service.installation.visitor()

        def truth() -> dict[str, object]:
            start = screen.open()
            start.go(f"{app}/s/haiphong/")
            return {
                "signed in": start.run("return document.querySelector('form[action$=sign-out]') !== null"),
                "lessons": log.lessons(),
                "attempts": [attempt.id for attempt in log.attempts_of(account)],
                "place": tab.address,
                "deceived": tab.run(_DECEIVED),
                "links": [visitor.get(link.removeprefix(app)).status_code for link in links],
                "led": tab.run("return window.seen"),
            }

        before = truth()
        target = {
            "app": app,
            "lesson": address,
            "another": another,
            "victim": victim,
            "links": links,
            "patience": patience,
        }
        found = attacker.attack(target | {"zip": base64.b64encode(scorm12("Giả mạo")).decode()})
        after = truth()
        seen = f"{after['led']} {after['place']}"
        found |= {name: place in seen for name, place in zip(_LED, _PLACES, strict=True)}
        return Outcome(found, before, after)
