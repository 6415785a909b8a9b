"""A line of JSON a request, and nothing in it that says who asked for what."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import redirect_stderr
from typing import Any

import pytest
from werkzeug.test import Client

from lrs import logs
from lrs.access import EVERYBODY, allow
from lrs.logs import AsJson, RequestLog, log
from tests.parts.installations import Installation, make_installation

LINE = {"time", "level", "event", "request", "host", "method", "route", "status", "ms"}
MARK = "Hải-Đăng-0912345678"
ASCII = "nguyen.van.an@example.org"


class Written:
    """What is written to the log, set up as a worker does it."""

    def __init__(self) -> None:
        self._stream = io.StringIO()
        self.set_up("info")

    def set_up(self, level: str) -> None:
        with redirect_stderr(self._stream):
            logs.set_up(level)

    @property
    def text(self) -> str:
        return self._stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def written() -> Iterator[Written]:
    """Set the log up, and put the loggers back afterwards."""
    loggers = logging.getLogger("haidang"), logging.getLogger()
    before = [(logger, logger.handlers[:], logger.level, logger.propagate) for logger in loggers]
    yield Written()
    for logger, handlers, level, propagate in before:
        logger.handlers[:] = handlers
        logger.setLevel(level)
        logger.propagate = propagate


def test_a_request_writes_one_line(embedded: Installation, written: Written) -> None:
    answer = embedded.visitor().get("/s/haiphong/")

    (line,) = written.lines
    assert set(line) == LINE
    assert (line["event"], line["level"], line["host"], line["method"]) == ("request", "info", "app", "GET")
    assert (line["route"], line["status"]) == ("/s/<space>/", 401)
    assert line["request"] == answer.headers["X-Request-Id"]
    assert line["time"].endswith("+00:00")
    assert line["ms"] > 0


@pytest.mark.parametrize(
    ("base", "path", "host", "route"),
    [
        ("http://app.lms.localhost:8080", "/", "app", "/"),
        ("http://haiphong.lms.localhost:8080", "/link/x", "space", "/s/<space>/link/<word>"),
        (f"http://c-{'0' * 32}.lms.localhost:8080", "/c/x/y/z.png", "content", "/c/<token>/<path:name>"),
        ("http://127.0.0.1:8080", "/xapi/statements", "machine", "/xapi/statements"),
        ("http://127.0.0.1:8080", "/s/haiphong/", "machine", "/s/<space>/"),
        ("http://app.lms.localhost:8080", "/nothing/at/all", "app", "-"),
        ("http://evil.example", "/", "unknown", "-"),
    ],
)
def test_the_route_says_what_was_asked(
    embedded: Installation, written: Written, base: str, path: str, host: str, route: str
) -> None:
    embedded.visitor().client.get(path, base_url=base, buffered=True)

    (line,) = written.lines
    assert (line["host"], line["route"]) == (host, route)


def tell_everything(installation: Installation, base: str, path: str, method: str = "GET") -> None:
    """Send the mark in every place of a request."""
    fields = (
        *("User-Agent", "Referer", "Origin", "X-Forwarded-For", "X-CSRF-Token", "Accept", "Accept-Language"),
        *("If-None-Match", "Range", "Sec-Fetch-Site"),
    )
    headers = dict.fromkeys(fields, ASCII)
    headers |= {"Cookie": f"__Host-haidang-session-haiphong={ASCII}; {ASCII}={ASCII}", "X-Request-Id": "0912345678"}
    client = Client(installation.app, use_cookies=False)
    client.open(
        path,
        method=method,
        base_url=base,
        query_string={"q": MARK, ASCII: "1"},
        headers=headers,
        data={"name": MARK, "csrf": ASCII},
        environ_overrides={"REMOTE_ADDR": "203.0.113.77"},
        buffered=True,
    )


@pytest.mark.parametrize("method", ["GET", "POST", "NGUYENVANAN"])
@pytest.mark.parametrize(
    ("base", "path"),
    [
        ("http://app.lms.localhost:8080", f"/{MARK}"),
        ("http://app.lms.localhost:8080", f"/s/{MARK}/"),
        ("http://app.lms.localhost:8080", f"/s/haiphong/link/{MARK}"),
        ("http://app.lms.localhost:8080", "/s/haiphong/packages/new"),
        ("http://app.lms.localhost:8080", f"/static/{MARK}"),
        ("http://haiphong.lms.localhost:8080", f"/link/{MARK}"),
        (f"http://c-{'0' * 32}.lms.localhost:8080", f"/c/{MARK}/{MARK}"),
        (f"http://c-{'0' * 32}.lms.localhost:8080", "/commit"),
        ("http://127.0.0.1:8080", "/xapi/statements"),
        ("http://nguyen-van-an.example", f"/{MARK}"),
        (f"http://{ASCII}", "/"),
        ("http://nguyen-van-an.lms.localhost", "/"),
    ],
)
def test_nothing_of_what_was_sent_is_written(
    embedded: Installation, written: Written, base: str, path: str, method: str
) -> None:
    tell_everything(embedded, base, path, method)

    (line,) = written.lines
    assert set(line) == LINE
    for word in ("0912345678", "nguyen", "NGUYEN", "example", "203.0.113.77", "Hải", "haiphong"):
        assert word not in written.text


def test_our_own_mistake_writes_where_it_is_and_not_what_it_says(embedded: Installation, written: Written) -> None:
    def view(word: str) -> str:
        raise ValueError(f"{word} {MARK}")

    embedded.app.add_url_rule("/fails/<word>", "fails", allow(EVERYBODY)(view))
    answer = embedded.visitor().get(f"/fails/{ASCII}")

    bug, line = written.lines
    assert answer.status_code == line["status"] == 500
    assert (bug["event"], bug["level"], bug["kind"]) == ("bug", "error", "ValueError")
    assert any("test_logs.py" in place and place.endswith(" view") for place in bug["where"])
    assert MARK not in written.text
    assert ASCII not in written.text


def test_an_id_is_taken_over_from_a_proxy_that_we_trust(embedded: Installation, written: Written) -> None:
    behind = make_installation(embedded.environ | {"HAIDANG_TRUSTED_PROXIES": "1"})
    given = {"X-Request-Id": "from-the-proxy.1", "X-Forwarded-Host": "app.lms.localhost:8080"}

    for made, taken in ((embedded, False), (behind, True)):
        answer = made.visitor().get("/", headers=given)
        assert (answer.headers["X-Request-Id"] == "from-the-proxy.1") == taken
        assert (written.lines[-1]["request"] == "from-the-proxy.1") == taken


@pytest.mark.parametrize("given", ["short", "x" * 65, "with space", "a@example.org", "đường-dây", ""])
def test_an_id_that_could_be_more_than_an_id_is_not(embedded: Installation, written: Written, given: str) -> None:
    behind = make_installation(embedded.environ | {"HAIDANG_TRUSTED_PROXIES": "1"})

    answer = behind.visitor().client.get("/healthz", headers={"X-Request-Id": given.encode().decode("latin-1")})
    assert len(answer.headers["X-Request-Id"]) == 32


def test_a_line_is_written_when_the_answer_is_out(written: Written) -> None:
    def application(_environ: object, start_response: Any) -> Iterator[bytes]:
        start_response("200 OK", [])
        yield b"one"
        yield b"two"

    answer = RequestLog(application)({"REQUEST_METHOD": "GET"}, lambda *_: None)
    parts = iter(answer)
    assert next(parts) == b"one"
    assert written.lines == []

    answer.close()  # type: ignore[attr-defined]  # what a server calls when it is done, or the reader has gone
    assert [line["status"] for line in written.lines] == [200]


def test_what_libraries_say_is_json_without_what_they_fill_in(written: Written) -> None:
    library = logging.getLogger("some.library")

    library.warning("Retrying %s after %d times", f"/{MARK}", 3)
    library.info("chatter")
    library.error("Failed for %r", MARK, exc_info=OSError(MARK))
    broken = logging.LogRecord("some.library", logging.ERROR, __file__, 1, "%s and %s", (MARK,), None)

    first, second = written.lines
    third = json.loads(AsJson().format(broken))
    assert (first["event"], first["library"], first["level"]) == ("library", "some.library", "warning")
    assert first["says"] == "Retrying ... after 3 times"
    assert (second["kind"], second["says"]) == ("OSError", "Failed for '...'")
    assert third["says"] == "%s and %s"
    assert MARK not in written.text


@pytest.mark.parametrize(("level", "events"), [("debug", 4), ("info", 3), ("warning", 2), ("error", 1)])
def test_the_level_decides_what_is_written(written: Written, level: str, events: int) -> None:
    written.set_up(level)
    for name in ("debug", "info", "warning", "error"):
        log("event", level=name)

    assert len(written.lines) == events


def test_a_line_stays_one_line(written: Written) -> None:
    log("event", says='một\nhai "ba" \u2028 \\')

    assert len(written.text.splitlines()) in {1, 2}  # Python counts U+2028 as an end of a line, JSON does not
    assert json.loads(written.text)["says"] == 'một\nhai "ba" \u2028 \\'
