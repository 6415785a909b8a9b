"""A page of another origin that posts statements itself, in Chromium: with a key that was made for it, and with others."""

from __future__ import annotations

import base64
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from tests.parts.programs import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.journeys.walking import Service
    from tests.parts.screens import Screens

pytestmark = pytest.mark.browser

POST = """async ([endpoint, key, secret, statement]) => {
    const headers = {
        "Authorization": "Basic " + btoa(key + ":" + secret),
        "Content-Type": "application/json",
        "X-Experience-API-Version": "1.0.3",
    };
    try {
        const answer = await fetch(endpoint + "/statements", {method: "POST", headers, body: JSON.stringify(statement)});
        return {status: answer.status, ids: await answer.json(), version: answer.headers.get("X-Experience-API-Version")};
    } catch (error) {
        return {error: error.name};
    }
}"""


class AnyPage(BaseHTTPRequestHandler):
    """A school's own web server: the same page at every address."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>school</title>")

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def school() -> Iterator[str]:
    """Serve a page on an origin that has nothing to do with the service."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), AnyPage)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://school.localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


def create(service: Service, *words: str) -> dict[str, Any]:
    return service.haidang("key", "create", "--space", "haiphong", *words)


def post(page: Page, key: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(POST, [key["public_endpoint"], key["key"], key["secret"], said])
    return found


def kept(service: Service, key: dict[str, Any]) -> str:
    """Read what is in the record, as another program does."""
    word = base64.b64encode(f"{key['key']}:{key['secret']}".encode()).decode()
    headers = {"Authorization": f"Basic {word}", "X-Experience-API-Version": "1.0.3"}
    return service.ask("GET", "/xapi/statements", headers=headers)[2].decode()


def test_a_page_writes_with_a_key_that_was_made_for_it_and_with_no_other(
    service: Service, screen: Screens, school: str
) -> None:
    ours = create(service, "--browser", "--origin", school)
    servers, others = create(service, "--scope", "all"), create(service, "--browser", "--origin", "https://b.example")
    page, said = screen.open("phone"), statement()
    page.goto(school)

    assert post(page, ours, said) == {"status": 200, "ids": [said["id"]], "version": "1.0.3"}
    assert said["id"] in kept(service, servers)
    assert post(page, ours, {"actor": "nobody"})["status"] == 400
    assert post(page, servers, statement()) == {"error": "TypeError"}
    assert post(page, others, statement()) == {"error": "TypeError"}


def test_a_page_that_no_key_was_made_for_does_not_even_send_one(service: Service, screen: Screens, school: str) -> None:
    page, servers = screen.open("desktop"), create(service, "--scope", "all")
    page.goto(school.replace("school", "stranger"))
    said = statement()

    assert post(page, servers, said) == {"error": "TypeError"}
    assert said["id"] not in kept(service, servers)
