"""Somebody with a browser, at a service that runs in a process of its own or in this one: they come in, send forms, play a lesson."""

from __future__ import annotations

import json
import re
import time
from base64 import b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from werkzeug.test import Client

from tests.parts.served import with_all_cookies
from tests.parts.zips import scorm12

if TYPE_CHECKING:
    from tests.parts.installations import Installation

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answered:
    """An answer, and how long it took."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Service(Protocol):
    """What can be visited."""

    port: int

    def haidang(self, *words: str) -> dict[str, Any]:
        """Run a command beside it."""
        ...

    def ask(
        self, method: str, path: str, *, host: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, dict[str, str], bytes]:
        """Send one request."""
        ...


@dataclass
class Here:
    """An installation in this very process: as good where nothing depends on workers and sockets, and quicker."""

    installation: Installation
    port: int = 8080

    def haidang(self, *words: str) -> dict[str, Any]:
        """Run a command."""
        return self.installation.haidang(*words)

    def ask(
        self, method: str, path: str, *, host: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, dict[str, str], bytes]:
        """Send one request."""
        client = Client(self.installation.app, use_cookies=False)
        with client.open(path, method=method, headers=headers | {"Host": host}, data=body, buffered=True) as answer:
            return answer.status_code, with_all_cookies(answer.headers), answer.data


@dataclass
class Visitor:
    """One browser at one service."""

    service: Service
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(
        self, method: str, path: str, body: bytes = b"", *, host: str = "app.lms.localhost", **headers: str
    ) -> Answered:
        """Send a request as a page of ours would."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        sent |= {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        begun = time.monotonic()
        status, got, answered = self.service.ask(
            method,
            path,
            host=f"{host}:{self.service.port}",
            body=body,
            headers={"Accept": "text/html", "Sec-Fetch-Site": "same-origin"} | sent,
        )
        for cookie in got.get("Set-Cookie", "").splitlines():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answered(status, got, answered, time.monotonic() - begun)

    def word(self, path: str) -> str:
        """Read the word of a page's form."""
        page = self.ask("GET", path)
        found = re.search(r'(?:name="csrf" value|data-csrf)="(\w+)"', page.text)
        assert found is not None, page.text
        return found[1]

    def link(self, role: str) -> str:
        """Get a link."""
        told = self.service.haidang("account", "link", "--space", "haiphong", "--role", role)
        return "/s/" + str(told["url"]).partition("/s/")[2]

    def press(self, path: str, word: str) -> Answered:
        """Press the button of a link's page."""
        return self.ask("POST", path, f"csrf={word}".encode(), Content_Type=FORM)

    def enter(self, role: str) -> None:
        """Come in with a role."""
        path = self.link(role)
        assert self.press(path, self.word(path)).status == 303

    def upload(self) -> Answered:
        """Send a package."""
        return self.upload_without_asking(self.word("/s/haiphong/packages/new"))

    def upload_without_asking(self, word: str) -> Answered:
        """Send a package from a page that was opened before."""
        path = "/s/haiphong/packages/new"
        parts = [f'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{word}\r\n'.encode()]
        parts += [b'--x\r\nContent-Disposition: form-data; name="package"; filename="bai.zip"\r\n\r\n']
        parts += [scorm12(), b"\r\n--x--\r\n"]
        return self.ask("POST", path, b"".join(parts), Content_Type="multipart/form-data; boundary=x")


@dataclass
class Lesson:
    """A lesson that somebody plays."""

    visitor: Visitor
    host: str
    content: str
    attempt: str
    about: dict[str, Any]
    """Where its commits belong."""

    @classmethod
    def play(cls, visitor: Visitor) -> Lesson:
        """Upload a lesson and open it."""
        sent = visitor.upload()
        path = sent.headers["Location"].replace("/packages/", "/lessons/").removesuffix("/report")
        launched = visitor.ask("POST", f"{path}/launch", X_CSRF_Token=visitor.word(path)).json
        found = re.fullmatch(r"http://([\w.-]+):\d+/play/(.*)", launched["play"])
        assert found is not None
        host, content, token = found[1], found[2], launched["attempt"]
        shell = visitor.ask("POST", f"/play/{content}", f"attempt={token}".encode(), host=host, Content_Type=FORM)
        attempt = json.loads(shell.text.split('id="launch">')[1].split("</script>")[0])["attempt"]
        begun = visitor.ask("POST", "/begin", json.dumps({"token": token}).encode(), host=host, Accept="*/*").json
        about = {"attempt": attempt, "item": "bai-1", "visit": 1, "session": begun["session"]}
        return cls(visitor, host, content, token, about)

    def commit(self, n: int, status: str = "incomplete") -> Answered:
        """Save where one is."""
        said = {"token": self.attempt, "n": n, "values": {"cmi.core.lesson_status": status}, **self.about}
        return self.visitor.ask("POST", "/commit", json.dumps(said).encode(), host=self.host, Accept="*/*")

    def file(self) -> Answered:
        """Read the lesson's page."""
        return self.visitor.ask("GET", f"/c/{self.content}/index.html", host=self.host)


@dataclass
class ProgramWithKey:
    """A program that reads the record."""

    service: Service
    key: dict[str, Any]

    def statements(self) -> Answered:
        """Read the newest statements."""
        word = b64encode(f"{self.key['key']}:{self.key['secret']}".encode()).decode()
        return Visitor(self.service).ask(
            "GET",
            "/xapi/statements",
            host="127.0.0.1",
            Authorization=f"Basic {word}",
            Accept="application/json",
            X_Experience_API_Version="1.0.3",
        )
